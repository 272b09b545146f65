//! Doors over real sockets: what came is known by the port alone, and nothing of before is counted again.

use loopback::{Answer, Doors, Loopback, Options};
use std::io;
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpStream, UdpSocket};

const SOON: Duration = Duration::from_secs(5);

async fn open(doors: &Doors, name: &str) -> io::Result<TcpStream> {
    TcpStream::connect(doors.host(name).replace(&format!("{name}.door.localhost"), "127.0.0.1")).await
}

#[tokio::test]
async fn a_bare_connection_tells_whose_it_is() -> io::Result<()> {
    let doors = Doors::open(["a", "b", "c"].map(String::from)).await?;
    let held = open(&doors, "a").await?;
    UdpSocket::bind("127.0.0.1:0")
        .await?
        .send_to(b"?", doors.host("b").replace("b.door.localhost", "127.0.0.1"))
        .await?;
    assert!(doors.wait_for(|knocks| knocks.len() == 2, SOON).await);
    let knocks = doors.knocks();
    assert_eq!(knocks.get("a").map(|one| (one.connections, one.requests.len(), one.datagrams)), Some((1, 0, 0)));
    assert_eq!(knocks.get("b").map(|one| (one.connections, one.datagrams)), Some((0, 1)));
    drop(held);
    Ok(())
}

#[tokio::test]
async fn a_request_is_answered_by_its_ending_and_ends_the_connection() -> io::Result<()> {
    let doors = Doors::open(["a".into()]).await?;
    let mut stream = open(&doors, "a").await?;
    stream.write_all(b"POST /1/a.css?b.js HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc").await?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await?;
    assert!(answer.starts_with("HTTP/1.1 200") && answer.contains("text/css"), "{answer}");
    assert_eq!(
        doors.knocks().get("a").map(|one| one.requests.clone()),
        Some(vec!["POST /1/a.css?b.js HTTP/1.1".into()])
    );
    let mut stream = open(&doors, "a").await?;
    stream.write_all(b"\x16\x03\x01\x9f").await?;
    let strange = |one: &loopback::Knocks| one.requests.last().is_some_and(|line| line == "?");
    assert!(doors.wait_for(|knocks| knocks.get("a").is_some_and(strange), SOON).await, "{:?}", doors.knocks());
    Ok(())
}

#[tokio::test]
async fn forgetting_ends_what_is_still_open() -> io::Result<()> {
    let doors = Doors::open(["a".into()]).await?;
    let mut held = open(&doors, "a").await?;
    assert!(doors.wait_for(|knocks| knocks.contains_key("a"), SOON).await);
    doors.clear();
    assert_eq!(held.read(&mut [0]).await?, 0, "a browser would use this connection again, unseen");
    assert!(doors.knocks().is_empty());
    let begun = Instant::now();
    doors.quiet(Duration::from_millis(50), SOON).await;
    assert!(begun.elapsed() >= Duration::from_millis(50) && begun.elapsed() < SOON);
    Ok(())
}

#[tokio::test]
async fn a_page_can_come_in_two_pieces() -> io::Result<()> {
    let loopback = Loopback::start(Options::new("no such folder", "no such folder")).await?;
    let page = Answer::html("<head><!--flush--><title>t</title>").pause_after("<!--flush-->", "/go", SOON);
    loopback.page("/a.html", page);
    let mut stream = TcpStream::connect(loopback.site().trim_start_matches("http://")).await?;
    stream.write_all(b"GET /a.html HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").await?;
    let mut early = String::new();
    while !early.contains("<!--flush-->") {
        let mut piece = vec![0; 4096];
        let read = stream.read(&mut piece).await?;
        early.push_str(&String::from_utf8_lossy(piece.get(..read).unwrap_or_default()));
        assert!(read > 0, "{early}");
    }
    assert!(!early.contains("<title>"), "{early}");
    let nothing = tokio::time::timeout(Duration::from_millis(50), stream.read(&mut [0])).await;
    assert!(nothing.is_err(), "the rest did not wait");
    let begun = Instant::now();
    let mut go = TcpStream::connect(loopback.site().trim_start_matches("http://")).await?;
    go.write_all(b"GET /go HTTP/1.1\r\nHost: a\r\n\r\n").await?;
    let mut late = String::new();
    stream.read_to_string(&mut late).await?;
    assert!(late.contains("<title>t</title>") && begun.elapsed() < SOON, "{late}");
    Ok(())
}
