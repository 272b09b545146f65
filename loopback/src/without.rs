//! A page as it would be without Consentry, made from the same source so that the two never drift apart: marked
//! elements are live, Consentry's own tag and config are gone, and so are controls that only Consentry answers.

use html5gum::emitters::default::DefaultEmitter;
use html5gum::{Span, StartTag, Token, Tokenizer};
use std::ops::Range;

/// The attributes that mark an element.
const MARKS: [&str; 3] = ["data-category", "data-service", "data-consentry"];
/// The attributes that hold an address back, and what they hold back.
const HELD: [(&str, &str); 5] = [
    ("data-src", "src"),
    ("data-srcset", "srcset"),
    ("data-href", "href"),
    ("data-poster", "poster"),
    ("data-data", "data"),
];

/// The page without Consentry. Everything but the tags concerned stays byte for byte.
pub(crate) fn page(source: &str) -> String {
    let mut page =
        Rewriter { source, out: String::with_capacity(source.len()), copied: 0, dropping: None, open: Vec::new() };
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    emitter.naively_switch_states(true);
    for token in Tokenizer::new_with_emitter(source, emitter).flatten() {
        match token {
            Token::StartTag(tag) => page.start(&tag),
            Token::EndTag(tag) => page.end(&text(&tag.name), range(tag.span)),
            Token::String(_) | Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
        }
    }
    page.finish()
}

struct Rewriter<'a> {
    source: &'a str,
    out: String,
    /// Up to here the source is in the output already, or dropped.
    copied: usize,
    /// The element being dropped, with how many of its own name are open inside.
    dropping: Option<(String, usize)>,
    /// For every open template whether it was marked, so that its tags go and its content stays.
    open: Vec<bool>,
}

impl Rewriter<'_> {
    fn start(&mut self, tag: &StartTag<usize>) {
        let name = text(&tag.name);
        if let Some((dropped, depth)) = &mut self.dropping {
            *depth += usize::from(*dropped == name);
            return;
        }
        if is_ours(&name, tag) || waits_for_a_refusal(tag) {
            self.skip(range(tag.span));
            self.dropping = (!is_void(&name) && !tag.self_closing).then_some((name, 0));
        } else if name == "template" {
            let marked = is_marked(tag);
            self.open.push(marked);
            if marked {
                self.skip(range(tag.span));
            }
        } else if is_marked(tag) || self.goes_with_another(&name, tag) {
            self.skip(range(tag.span));
            self.out.push_str(&live(&name, tag));
        }
    }

    /// Sources go with their picture or player, and what a marked template holds goes with the template.
    fn goes_with_another(&self, name: &str, tag: &StartTag<usize>) -> bool {
        let holds = tag.attributes.keys().any(|key| release(&text(key)) != text(key));
        holds && (name == "source" || self.open.contains(&true))
    }

    fn end(&mut self, name: &str, at: Range<usize>) {
        match &mut self.dropping {
            Some((dropped, _)) if dropped != name => {}
            Some((_, depth)) if *depth > 0 => *depth -= 1,
            Some(_) => {
                self.dropping = None;
                self.copied = at.end;
            }
            None if name == "template" && self.open.pop() == Some(true) => self.skip(at),
            None => {}
        }
    }

    /// Copies everything up to this range, and leaves the range out.
    fn skip(&mut self, at: Range<usize>) {
        self.out.push_str(self.source.get(self.copied..at.start).unwrap_or_default());
        self.copied = at.end;
    }

    fn finish(mut self) -> String {
        if self.dropping.is_none() {
            self.out.push_str(self.source.get(self.copied..).unwrap_or_default());
        }
        self.out
    }
}

/// Consentry's script and data, and controls that only Consentry answers.
fn is_ours(name: &str, tag: &StartTag<usize>) -> bool {
    let file = attribute(tag, "src").unwrap_or_default();
    let data = attribute(tag, "id").unwrap_or_default();
    let script = name == "script"
        && (file.ends_with("/consentry.js") || matches!(data.as_str(), "consentry-config" | "consentry-catalog"));
    script || attribute(tag, "data-consentry-open").is_some()
}

/// What runs only after a refusal has no reason to run where nobody asks.
fn waits_for_a_refusal(tag: &StartTag<usize>) -> bool {
    MARKS.iter().any(|mark| attribute(tag, mark).is_some_and(|value| value.starts_with('!')))
}

fn is_marked(tag: &StartTag<usize>) -> bool {
    MARKS.iter().any(|mark| attribute(tag, mark).is_some())
}

/// The start tag that the marked one stands for.
fn live(name: &str, tag: &StartTag<usize>) -> String {
    let mut out = format!("<{name}");
    for (key, value) in &tag.attributes {
        let (key, value) = (text(key), text(value));
        let inert = name == "script" && key == "type" && value == "text/plain";
        if inert || MARKS.contains(&key.as_str()) {
            continue;
        }
        let key = if key == "data-type" { "type" } else { release(&key) };
        out.push_str(&format!(" {key}=\"{}\"", value.replace('&', "&amp;").replace('"', "&quot;")));
    }
    out.push_str(if tag.self_closing { " />" } else { ">" });
    out
}

fn release(key: &str) -> &str {
    let plain = key.strip_prefix("data-consentry-").map(|rest| HELD.iter().find(|(_, live)| *live == rest));
    let held = plain.unwrap_or_else(|| HELD.iter().find(|(held, _)| *held == key));
    held.map_or(key, |(_, live)| live)
}

fn attribute(tag: &StartTag<usize>, name: &str) -> Option<String> {
    tag.attributes.get(name.as_bytes()).map(|value| text(value))
}

fn is_void(name: &str) -> bool {
    matches!(name, "img" | "link" | "source" | "embed" | "meta" | "input" | "br" | "hr")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn range(span: Span<usize>) -> Range<usize> {
    span.start..span.end
}

#[cfg(test)]
mod tests {
    use super::page;

    #[test]
    fn marked_elements_are_live_and_their_other_attributes_stay() {
        for (marked, live) in [
            (
                r#"<script type="text/plain" data-category="a" src="x.js" async></script>"#,
                r#"<script async="" src="x.js"></script>"#,
            ),
            (r#"<script type="text/plain" data-service="s">if (a < b) {}</script>"#, "<script>if (a < b) {}</script>"),
            (
                r#"<iframe data-consentry="a" data-src="//x/?a=1&amp;b=2" title="T"></iframe>"#,
                r#"<iframe src="//x/?a=1&amp;b=2" title="T"></iframe>"#,
            ),
            (
                r#"<img data-service="s" data-src="p.gif" data-srcset="q 2x" alt="">"#,
                r#"<img alt="" src="p.gif" srcset="q 2x">"#,
            ),
            (
                r#"<link data-category="a" rel="stylesheet" data-consentry-href="c.css">"#,
                r#"<link href="c.css" rel="stylesheet">"#,
            ),
            (r#"<template data-category="a"><p>in</p></template>"#, "<p>in</p>"),
            (
                r#"<template data-service="s"><script data-src="w.js"></script></template>"#,
                r#"<script src="w.js"></script>"#,
            ),
            (r#"<object data-service="s" data-data="m"></object>"#, r#"<object data="m"></object>"#),
            (r#"<audio data-service="s"><source data-src="a.mp3"></audio>"#, r#"<audio><source src="a.mp3"></audio>"#),
        ] {
            assert_eq!(page(&format!("<p>before</p>{marked}<p>after</p>")), format!("<p>before</p>{live}<p>after</p>"));
        }
    }

    #[test]
    fn what_belongs_to_consentry_is_gone() {
        for ours in [
            r#"<script src="/consentry.js"></script>"#,
            r#"<script type="application/json" id="consentry-config">{"a": "</b>"}</script>"#,
            "<button data-consentry-open>Cookie <b>settings</b></button>",
            r#"<script type="text/plain" data-category="!analytics">plain()</script>"#,
            r#"<template data-category="!a"><template></template><p>no</p></template>"#,
        ] {
            assert_eq!(page(&format!("<p>a</p>{ours}<p>b</p>")), "<p>a</p><p>b</p>");
        }
    }

    #[test]
    fn unmarked_source_stays_byte_for_byte() {
        let source = "<!DOCTYPE html>\n<HTML lang=en><!-- <script src=/consentry.js> --><script>'<p data-category=a>'</script>\n<img data-src=x><template><p>t</template>ä";
        assert_eq!(page(source), source);
    }
}
