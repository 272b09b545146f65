//! Addresses that the gate has no attribute for leave a hole, `data:,`, and stand in `data-consentry-urls` meanwhile.
//!
//! The gate fills the holes of an element in order: those of its attributes, but for `data-` ones, and of a style sheet
//! those of its text. What was a hole before anybody took an address away is filled with itself.

use std::ops::Range;

/// What stands for an address. Nothing is asked for it.
pub(super) const HOLE: &str = "data:,";

/// The addresses of one element, while its holes are made.
#[derive(Debug, Default)]
pub(super) struct Holes {
    /// What the page's own list says, from an earlier run.
    earlier: std::collections::VecDeque<String>,
    urls: Vec<String>,
}

impl Holes {
    /// Starts with the list that the element has.
    pub(super) fn new(list: Option<&str>) -> Self {
        let earlier = list.unwrap_or_default().split_ascii_whitespace().map(ToOwned::to_owned).collect();
        Self { earlier, urls: Vec::new() }
    }

    /// Takes addresses out of a text: each with the place of what stands for it, quotes and all.
    pub(super) fn take(&mut self, text: &str, spots: &[(Range<usize>, String)]) -> String {
        let mut out = String::new();
        let mut at = 0;
        for (range, url) in spots {
            self.keep(text.get(at..range.start).unwrap_or_default(), &mut out);
            out.push_str(&stand_in(text.get(range.clone()).unwrap_or_default()));
            self.urls.push(listed(url));
            at = range.end;
        }
        self.keep(text.get(at..).unwrap_or_default(), &mut out);
        out
    }

    /// The list for the gate.
    pub(super) fn list(self) -> String {
        self.urls.join(" ")
    }

    fn keep(&mut self, text: &str, out: &mut String) {
        for _ in text.matches(HOLE) {
            self.urls.push(self.earlier.pop_front().unwrap_or_else(|| HOLE.to_owned()));
        }
        out.push_str(text);
    }
}

/// The hole, written as the address was.
fn stand_in(written: &str) -> String {
    match written.chars().next() {
        Some(quote @ ('"' | '\'')) => format!("{quote}{HOLE}{quote}"),
        _ if written.ends_with(')') => format!("url({HOLE})"),
        _ => HOLE.to_owned(),
    }
}

/// An address as one word that ends no string, no `url(…)` and no attribute.
fn listed(url: &str) -> String {
    let mut word = String::new();
    for sign in url.trim().chars() {
        match sign {
            '\'' | '(' | ')' | '"' | '<' | '>' | ' ' => word.push_str(&format!("%{:02X}", u32::from(sign))),
            '\t' | '\n' | '\r' => {}
            _ => word.push(sign),
        }
    }
    word
}

#[cfg(test)]
mod tests {
    use super::Holes;

    #[test]
    fn leaves_holes_and_lists_what_was_there() {
        let mut holes = Holes::new(None);
        let text = "a: url(//x/1), \"//x/2 (b)\" url(data:,)";
        let spots = [(3..13, "//x/1".to_owned()), (15..26, "//x/2 (b)".to_owned())];
        assert_eq!(holes.take(text, &spots), "a: url(data:,), \"data:,\" url(data:,)");
        assert_eq!(holes.list(), "//x/1 //x/2%20%28b%29 data:,");
    }

    #[test]
    fn a_second_run_keeps_the_first_ones_list() {
        let mut holes = Holes::new(Some("//x/1"));
        assert_eq!(holes.take("url(data:,) url(//y)", &[(12..20, "//y".to_owned())]), "url(data:,) url(data:,)");
        assert_eq!(holes.list(), "//x/1 //y");
    }
}
