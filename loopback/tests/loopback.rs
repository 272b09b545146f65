//! The servers over real sockets: who is counted where, and what comes back.

mod client;

use client::{get, send};
use loopback::{Answer, Loopback, Options};
use std::io;
use std::time::{Duration, Instant};
use tokio::net::TcpStream;

const SOON: Duration = Duration::from_secs(5);

async fn start() -> io::Result<Loopback> {
    let www = concat!(env!("CARGO_MANIFEST_DIR"), "/../www");
    Loopback::start(Options::new(www, "no such folder")).await
}

#[tokio::test]
async fn a_request_is_counted_with_all_that_it_tells() -> io::Result<()> {
    let loopback = start().await?;
    loopback.fake("tracker", "/c", Answer::script("").header("Set-Cookie", "id={{random}}; Path=/"));
    let origin = loopback.third_party("tracker");
    let headers = "Cookie: a=1\r\nReferer: http://127.0.0.1/x\r\nSec-Fetch-Dest: image\r\n";
    let answer = send(&origin, "POST /c?v=2&t=event", headers, "hello").await?;
    assert!(answer.contains("set-cookie: id=") && !answer.contains("{{"), "{answer}");
    let requests = loopback.requests();
    let [request] = requests.as_slice() else { return Err(io::Error::other(format!("{requests:?}"))) };
    assert_eq!((request.order, request.name.as_str()), (1, "tracker"));
    assert_eq!(format!("http://{}", request.host), origin);
    assert_eq!((request.method.as_str(), request.path.as_str(), request.query.as_str()), ("POST", "/c", "v=2&t=event"));
    assert_eq!((request.cookies.as_str(), request.body.as_str()), ("a=1", "hello"));
    assert_eq!(
        (request.referer.as_deref(), request.destination.as_deref()),
        (Some("http://127.0.0.1/x"), Some("image"))
    );
    assert_eq!(request.sets, ["id"]);
    assert!(request.time > 1_700_000_000_000);
    Ok(())
}

#[tokio::test]
async fn third_parties_are_told_apart_by_host_name_and_unknown_paths_count_too() -> io::Result<()> {
    let loopback = start().await?;
    loopback.fake("one", "/x.js", Answer::script("one"));
    loopback.fake("two", "/x.js", Answer::new("image/gif", "two").header("Content-Type", "text/x-two"));
    assert!(get(&loopback.third_party("one"), "/x.js").await?.ends_with("one"));
    let two = get(&loopback.third_party("two"), "/x.js").await?;
    assert!(two.ends_with("two") && two.contains("content-type: text/x-"), "{two}");
    assert!(get(&loopback.third_party("three"), "/x.js").await?.starts_with("HTTP/1.1 404"));
    assert!(get(&loopback.third_party(".."), "/index.html").await?.starts_with("HTTP/1.1 404"));
    assert_eq!(loopback.seen().paths(), ["one/x.js", "two/x.js", "three/x.js", "../index.html"]);
    assert_eq!(loopback.seen().count("two"), 1);
    Ok(())
}

#[tokio::test]
async fn connections_without_a_request_are_counted() -> io::Result<()> {
    let loopback = start().await?;
    let address = loopback.third_party("any").replace("http://any.localhost", "127.0.0.1");
    let silent = TcpStream::connect(&address).await?;
    let seen = loopback.wait_for(|seen| seen.connections == 1, SOON).await;
    assert!(seen.is_ok_and(|seen| seen.requests.is_empty()));
    drop(silent);
    get(&loopback.third_party("any"), "/").await?;
    assert_eq!((loopback.connections(), loopback.requests().len()), (2, 1));
    loopback.clear();
    assert_eq!((loopback.connections(), loopback.requests().len()), (0, 0));
    Ok(())
}

#[tokio::test]
async fn the_site_is_counted_apart_and_serves_registered_pages() -> io::Result<()> {
    let loopback = start().await?;
    let page = Answer::html("<img data-category=a data-src='{{third-party:x}}/p.gif'>")
        .header("Content-Security-Policy", "img-src {{third-party:x}}")
        .status(203);
    loopback.page("/test.html", page);
    let origin = loopback.third_party("x");
    let answer = get(&loopback.site(), "/test.html").await?;
    assert!(answer.starts_with("HTTP/1.1 203"), "{answer}");
    assert!(answer.contains(&format!("content-security-policy: img-src {origin}\r\n")), "{answer}");
    assert!(answer.ends_with(&format!("data-src='{origin}/p.gif'>")), "{answer}");
    let without = get(&loopback.site_as("other"), "/without/test.html").await?;
    assert!(without.ends_with(&format!("<img src=\"{origin}/p.gif\">")), "{without}");
    assert!(loopback.requests().is_empty() && loopback.connections() == 0);
    let paths: Vec<_> = loopback.site_requests().into_iter().map(|request| request.path).collect();
    assert_eq!(paths, ["/test.html", "/without/test.html"]);
    Ok(())
}

#[tokio::test]
async fn a_slow_answer_waits_and_does_not_hold_up_others() -> io::Result<()> {
    let loopback = start().await?;
    loopback.fake("slow", "/", Answer::script("").delay(Duration::from_millis(150)));
    let started = Instant::now();
    let slow = loopback.third_party("slow");
    let slow = tokio::spawn(async move { get(&slow, "/").await });
    get(&loopback.third_party("quick"), "/").await?;
    assert!(started.elapsed() < Duration::from_millis(150));
    slow.await??;
    assert!(started.elapsed() >= Duration::from_millis(150));
    Ok(())
}

#[tokio::test]
async fn waiting_ends_when_something_arrives_or_time_is_over() -> io::Result<()> {
    let loopback = start().await?;
    let origin = loopback.third_party("late");
    let late = tokio::spawn(async move { get(&origin, "/seen").await });
    assert!(loopback.wait_for(|seen| seen.has("late", "/seen"), SOON).await.is_ok());
    late.await??;
    let missed = loopback.wait_for(|seen| seen.has("late", "/other"), Duration::from_millis(20)).await;
    assert!(missed.is_err_and(|seen| seen.paths() == ["late/seen"]));
    Ok(())
}

#[tokio::test]
async fn the_panel_is_told_as_soon_as_something_arrives_and_can_clear() -> io::Result<()> {
    let loopback = start().await?;
    get(&loopback.third_party("a"), "/first").await?;
    let all = get(&loopback.site(), "/_loopback/requests").await?;
    let known = version(&all);
    assert!(all.contains("\"path\":\"/first\"") && all.contains("\"connections\":1"), "{all}");
    let (site, path) = (loopback.site(), format!("/_loopback/requests?after={known}"));
    let news = tokio::spawn(async move { get(&site, &path).await });
    get(&loopback.third_party("a"), "/second").await?;
    assert_ne!(version(&news.await??), known);
    assert!(send(&loopback.site(), "GET /_loopback/clear", "", "").await?.starts_with("HTTP/1.1 405"));
    assert!(send(&loopback.site(), "POST /_loopback/clear", "", "").await?.starts_with("HTTP/1.1 204"));
    assert!(loopback.requests().is_empty() && loopback.site_requests().is_empty());
    Ok(())
}

fn version(answer: &str) -> String {
    let rest = answer.split_once("\"version\":").map_or("", |(_, rest)| rest);
    rest.chars().take_while(char::is_ascii_digit).collect()
}

#[tokio::test]
async fn dropping_stops_both_servers_and_answers_that_wait() -> io::Result<()> {
    let loopback = start().await?;
    loopback.fake("slow", "/", Answer::script("").delay(Duration::from_secs(60)));
    let (site, slow) = (loopback.site(), loopback.third_party("slow"));
    let waiting = tokio::spawn(async move { get(&slow, "/").await });
    assert!(loopback.wait_for(|seen| seen.has("slow", "/"), SOON).await.is_ok());
    drop(loopback);
    assert!(tokio::time::timeout(SOON, waiting).await.is_ok(), "the slow answer still waits");
    let gone = async {
        while get(&site, "/").await.is_ok() {
            tokio::task::yield_now().await
        }
    };
    assert!(tokio::time::timeout(SOON, gone).await.is_ok(), "the site still answers");
    Ok(())
}
