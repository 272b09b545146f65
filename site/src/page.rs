//! What a page holds for Consentry: its config, its catalog.

use crate::rewrite::script_text;

/// Whether a file's name says that it is a page.
#[must_use]
pub fn is_page(path: &str) -> bool {
    [".html", ".htm", ".xhtml"].iter().any(|end| path.to_ascii_lowercase().ends_with(end))
}

/// The text of `<script type="application/json" id="…">`, the first of that id, as the browser finds it.
#[must_use]
pub fn json_of(html: &[u8], id: &str) -> Option<String> {
    script_text(html, "application/json", id)
}
