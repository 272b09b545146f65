//! The site: registered pages, built files, the folder `www/` with its shared parts, rendered documentation, the same pages without
//! Consentry, and the live stream for the panel.

use crate::answer::Answer;
use crate::log::{Request, Seen};
use crate::server::Shared;
use crate::{files, markdown, parts, without};
use serde::Serialize;
use std::time::Duration;

/// How long a question for news stays open; shorter than any browser's patience.
const PATIENCE: Duration = Duration::from_secs(20);

pub(crate) async fn answer(shared: &Shared, request: Request) -> Answer {
    match request.path.as_str() {
        "/_loopback/requests" => return news(shared, &request.query).await,
        "/_loopback/clear" => return clear(shared, &request.method),
        _ => {}
    }
    let path = request.path.clone();
    shared.site.arrived(request);
    let found = match path.strip_prefix("/without/") {
        Some(rest) => find(shared, &format!("/{rest}")).map(without_consentry),
        None => find(shared, &path),
    };
    found.unwrap_or_else(|| missing(shared))
}

fn find(shared: &Shared, path: &str) -> Option<Answer> {
    let www = &shared.options.www;
    if path.starts_with("/third-party/") || path.starts_with("/policies/third-party/") {
        return None; // these have hosts of their own
    }
    shared
        .page(path)
        .or_else(|| document(shared, path))
        .or_else(|| files::answer(&shared.options.dist, path))
        .or_else(|| files::answer(www, path).map(|file| with_parts(shared, file)))
}

fn with_parts(shared: &Shared, mut file: Answer) -> Answer {
    if file.content_type.starts_with("text/html") {
        file.body = parts::fill(&shared.options.www, &String::from_utf8_lossy(&file.body)).into_bytes();
    }
    file
}

fn document(shared: &Shared, path: &str) -> Option<Answer> {
    let www = &shared.options.www;
    let source = if path == "/docs/" { "/docs/index.md" } else { path };
    if !["/docs/", "/policies/"].iter().any(|folder| source.starts_with(folder)) || !source.ends_with(".md") {
        return None;
    }
    let text = files::answer(www, source)?;
    let shell = std::fs::read_to_string(www.join("docs/_shell.html")).ok()?;
    let html = markdown::page(&shell, std::str::from_utf8(&text.body).ok()?);
    Some(files::with_headers(www, source, Answer::html(html)))
}

fn without_consentry(mut answer: Answer) -> Answer {
    if answer.content_type.starts_with("text/html") {
        answer.body = without::page(&String::from_utf8_lossy(&answer.body)).into_bytes();
    }
    answer
}

fn missing(shared: &Shared) -> Answer {
    let page = files::answer(&shared.options.www, "/404.html").map(|page| with_parts(shared, page));
    page.unwrap_or_else(|| Answer::new("text/plain; charset=utf-8", "There is no such page.")).status(404)
}

fn clear(shared: &Shared, method: &str) -> Answer {
    if method != "POST" {
        return Answer::new("text/plain", "POST clears the list").status(405);
    }
    shared.third_parties.clear();
    Answer::new("text/plain", "").status(204)
}

#[derive(Serialize)]
struct News {
    version: u64,
    #[serde(flatten)]
    seen: Seen,
}

/// What reached the third parties, as JSON: at once, or with `after=<version>` as soon as there is something newer.
async fn news(shared: &Shared, query: &str) -> Answer {
    let after = query.strip_prefix("after=").and_then(|text| text.parse().ok());
    if let Some(known) = after {
        tokio::select! {
            () = shared.third_parties.changed_since(known, PATIENCE) => {}
            () = shared.stopped() => {}
        }
    }
    // The version is read first: what arrives in between is told again, never missed.
    let version = shared.third_parties.version();
    let news = News { version, seen: shared.third_parties.seen() };
    match serde_json::to_string(&news) {
        Ok(text) => Answer::json(text),
        Err(error) => Answer::new("text/plain", error.to_string()).status(500),
    }
}
