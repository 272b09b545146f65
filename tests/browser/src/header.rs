//! The policy of level `header`, as the generated recipe for axum makes it.

#[allow(missing_docs, unreachable_pub, dead_code)] // as it is written for a site: here its policy alone is asked for
#[rustfmt::skip]
#[path = "../header/consentry_header.rs"]
mod recipe;

use std::time::{SystemTime, UNIX_EPOCH};

/// The policy for a request with these cookies, now.
pub(crate) fn policy(cookies: &str, gpc: bool) -> String {
    let minutes = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs() / 60);
    recipe::policy(cookies, gpc, minutes)
}
