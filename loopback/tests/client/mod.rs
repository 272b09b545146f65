//! One request over a socket of its own: enough of HTTP to look at an answer.

use std::io;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// Sends one request over a connection of its own and returns the whole answer.
pub(crate) async fn send(origin: &str, line: &str, headers: &str, body: &str) -> io::Result<String> {
    let host = origin.trim_start_matches("http://");
    let port = host.rsplit(':').next().unwrap_or_default();
    let mut stream = TcpStream::connect(format!("127.0.0.1:{port}")).await?;
    let length = body.len();
    let request = format!(
        "{line} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nContent-Length: {length}\r\n{headers}\r\n{body}"
    );
    stream.write_all(request.as_bytes()).await?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await?;
    Ok(answer)
}

/// The whole answer to a plain request.
pub(crate) async fn get(origin: &str, path: &str) -> io::Result<String> {
    send(origin, &format!("GET {path}"), "", "").await
}
