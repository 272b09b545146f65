//! Written by `consentry header`: generate it again when services or hosts change. What a visitor's cookie opens: no text
//! of the cookie gets into what is sent, it only chooses among these rows.

use axum::{
    extract::Request,
    http::{HeaderMap, HeaderName, HeaderValue, header},
    middleware::Next,
    response::Response,
};
use std::time::{SystemTime, UNIX_EPOCH};

const BASE: &str = "";
const DAYS: u64 = 0;
/// Whether what runs by law alone opens, too: on the day that the cookie says, and the one after.
const LAW: bool = false;
/// A source, the ids that all have to be granted for it, and whether Global Privacy Control keeps it shut.
const TABLE: &[(&str, &[&str], bool)] = &[];

const GPC: HeaderName = HeaderName::from_static("sec-gpc");

/// Sends the policy with every page: `.layer(axum::middleware::from_fn(consentry))`, around everything else.
pub async fn consentry(mut request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    let headers = request.headers_mut();
    // A page that the browser has kept would come back with the policy of that day.
    headers.remove(header::IF_NONE_MATCH);
    headers.remove(header::IF_MODIFIED_SINCE);
    let (cookies, gpc) = (joined(headers, &header::COOKIE, "; "), joined(headers, &GPC, ","));
    let minutes = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs() / 60);
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let kind = joined(headers, &header::CONTENT_TYPE, ",").to_ascii_lowercase();
    let is_page = kind.is_empty() || kind.contains("html") || kind.contains("xml");
    if is_page && !path.ends_with("/consentry-frame.html") {
        let control = personal(&joined(headers, &header::CACHE_CONTROL, ","));
        let added = [
            (header::CONTENT_SECURITY_POLICY, policy(&cookies, gpc == "1", minutes)),
            (header::VARY, "Cookie, Sec-GPC".to_owned()),
        ];
        for (name, value) in added {
            headers.append(name, HeaderValue::try_from(value).expect("hosts and words"));
        }
        headers.insert(header::CACHE_CONTROL, HeaderValue::try_from(control).expect("made of a header"));
        headers.remove(header::ETAG);
        headers.remove(header::LAST_MODIFIED);
    }
    response
}

/// The policy for a request: its `Cookie` header, whether it says `Sec-GPC: 1`, and now in minutes since 1970.
#[must_use]
pub fn policy(cookies: &str, gpc: bool, minutes: u64) -> String {
    let open = open(cookies, minutes).unwrap_or_default();
    let opens = |ids: &[&str], sells: bool| ids.iter().all(|id| open.contains(id)) && !(sells && gpc);
    let rows = TABLE.iter().filter(|(_, ids, sells)| opens(ids, *sells));
    let sources: String = rows.map(|(source, ..)| format!(" {source} ws://{source}")).collect();
    format!("{BASE}{sources}")
}

/// The ids of a cookie in its one right shape that may run now.
fn open(cookies: &str, minutes: u64) -> Option<Vec<&str>> {
    let mut found = cookies.split(';').filter_map(|one| one.trim_matches([' ', '\t']).strip_prefix("consentry="));
    let (mirror, None) = (found.next()?, found.next()) else { return None };
    let (said, law) = match mirror.split_once(".~") {
        Some((said, law)) => (said, Some(list(law, 5)?)),
        None => (mirror, None),
    };
    let mut open = Vec::new();
    if let Some(said) = said.strip_prefix("1.") {
        let (written, ids) = list(said, 10)?;
        if written <= minutes + 1440 && minutes < written + DAYS * 1440 {
            open = ids;
        }
    } else if said != "1" || law.is_none() {
        return None;
    }
    if let Some((_, ids)) = law.filter(|(day, _)| LAW && day.abs_diff(minutes / 1440) <= 1) {
        open.extend(ids);
    }
    Some(open)
}

/// A number of so many digits at most, and the ids behind it.
fn list(text: &str, most: usize) -> Option<(u64, Vec<&str>)> {
    let mut parts = text.split('.');
    let digits = parts.next().filter(|digits| digits.len() <= most && digits.bytes().all(|one| one.is_ascii_digit()))?;
    let ids: Vec<&str> = parts.collect();
    let known = |one: u8| one.is_ascii_lowercase() || one.is_ascii_digit() || one == b'-';
    let is_id = |id: &&str| id.bytes().all(known) && !id.is_empty() && !id.starts_with('-');
    Some((digits.parse().ok()?, ids.iter().all(is_id).then_some(ids)?))
}

/// What a shared cache is told: the response is this visitor's alone.
fn personal(control: &str) -> String {
    let shared = |one: &str| one == "public" || one == "private" || one.starts_with("s-maxage=");
    let others = control.split(',').map(str::trim).filter(|one| !one.is_empty() && !shared(&one.to_ascii_lowercase()));
    std::iter::once("private").chain(others).collect::<Vec<_>>().join(", ")
}

fn joined(headers: &HeaderMap, name: &HeaderName, between: &str) -> String {
    let values = headers.get_all(name).iter().map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
    values.collect::<Vec<_>>().join(between)
}
