//! Documentation pages: Markdown in the site's shell, with an anchor at every heading.

use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, TagEnd, html};

/// The page: `{{title}}` of the shell becomes the text of the first heading, `{{content}}` the rendered source.
pub(crate) fn page(shell: &str, source: &str) -> String {
    let mut events: Vec<Event<'_>> = Parser::new_ext(source, Options::ENABLE_TABLES).collect();
    let headings = headings(&events);
    let title = headings.first().cloned().unwrap_or_default();
    name_headings(&mut events, &headings);
    let mut content = String::new();
    html::push_html(&mut content, events.into_iter());
    // Wide tables scroll in a box of their own, which the keyboard can reach.
    let content = content
        .replace("<table>", "<div class=\"table\" tabindex=\"0\"><table>")
        .replace("</table>", "</table></div>")
        .replace("<pre>", "<pre tabindex=\"0\">");
    shell.replace("{{title}}", &escape(&title)).replace("{{content}}", &content)
}

/// The text of every heading, in order.
fn headings(events: &[Event<'_>]) -> Vec<String> {
    let mut all = Vec::new();
    let mut current: Option<String> = None;
    for event in events {
        match (event, &mut current) {
            (Event::Start(Tag::Heading { .. }), _) => current = Some(String::new()),
            (Event::End(TagEnd::Heading(_)), _) => all.extend(current.take()),
            (Event::Text(text) | Event::Code(text), Some(heading)) => heading.push_str(text),
            _ => {}
        }
    }
    all
}

fn name_headings(events: &mut [Event<'_>], headings: &[String]) {
    let mut headings = headings.iter();
    for event in events {
        if let Event::Start(Tag::Heading { id, .. }) = event {
            *id = headings.next().map(|text| CowStr::from(anchor(text)));
        }
    }
}

/// `Where it is stored` → `where-it-is-stored`.
fn anchor(heading: &str) -> String {
    let words = heading.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join("-")
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_heading_is_the_title_and_every_heading_has_an_anchor() {
        let page = page("<title>{{title}}</title>{{content}}", "# The `gate` & more\n\ntext\n\n## Two words\n");
        assert!(page.starts_with("<title>The gate &amp; more</title>"), "{page}");
        assert!(page.contains("<h1 id=\"the-gate-more\">") && page.contains("<h2 id=\"two-words\">"), "{page}");
    }

    #[test]
    fn tables_scroll_and_examples_keep_their_braces() {
        let page = page("{{content}}", "| a | b |\n|---|---|\n| `{{title}}` | 2 |\n\n```html\n<b>\n```\n");
        assert!(
            page.contains("<div class=\"table\" tabindex=\"0\"><table>") && page.contains("</table></div>"),
            "{page}"
        );
        assert!(page.contains("<code>{{title}}</code>") && page.contains("&lt;b&gt;"), "{page}");
    }
}
