//! Laws of marking, for pages that nobody would write by hand; another parser judges what came out.
#![allow(clippy::expect_used, reason = "a test reports by panicking")]

mod marked;

use consentry_site::{
    owner::Owner,
    rewrite::{Rewritten, rewrite},
};
use marked::site;
use proptest::{prelude::*, sample::select};
use scraper::{ElementRef, Html, Node};

const THIRD: &[&str] = &[
    "//video.example/a",
    "https://x.tracker.example/b?c=1&amp;d=2",
    "HTTP://VIDEO.EXAMPLE/a",
    "//stranger.example/",
    "/collect/1",
    "&#47;/video.example&sol;e",
    " \\\\video.example\\a ",
];
const OWN: &[&str] =
    &["/own.png", "own", "", "#a", "data:,x", "https://www.shop.example/a", "https://pay.example/", "mailto:a@b"];
const NAMES: &[&str] = &[
    "img", "IFRAME", "script", "link", "video", "source", "audio", "track", "embed", "object", "input", "style", "p",
    "a", "table", "td", "svg", "image", "use", "template", "picture", "noscript", "select", "option", "title", "math",
    "body", "form", "br", "textarea",
];
const ATTRIBUTES: &[&str] = &[
    "src",
    "SRC",
    "srcset",
    "href",
    "xlink:href",
    "poster",
    "data",
    "background",
    "ping",
    "data-src",
    "type",
    "rel",
    "class",
    "data-service",
    "style",
    "id",
    "async",
    "/",
    "onclick",
    "data-consentry-urls",
    "=x",
];
const VALUES: &[&str] = &[
    "module",
    "image",
    "stylesheet",
    "preload icon",
    "text/javascript",
    "video",
    "text/plain",
    "a b",
    "background: url(//video.example/a)",
    "color: red",
    "//video.example/a 2x, /own 1x",
    "x: url('data:,') url(\"//video.example/b\")",
];
const TEXTS: &[&str] = &[
    "Text",
    " \r\n ",
    "<!-- <img src=//video.example/a> -->",
    "</p>",
    "</script>",
    "</style>",
    "</template>",
    "</svg>",
    "<",
    "&amp;",
    "<!x>",
    "import '//video.example/x.js'",
    "@import '//video.example/a.css';",
    "a { b: url(//video.example/a) }",
    "</noscript>",
    "<![CDATA[<img>]]>",
];

/// Of words those that go with the addresses.
fn fitting(words: &'static [&'static str], addresses: &'static [&'static str]) -> Vec<&'static str> {
    words.iter().copied().filter(|word| addresses == THIRD || !word.contains("video.example")).collect()
}

fn attribute(addresses: &'static [&'static str]) -> impl Strategy<Value = String> {
    let value = prop_oneof![4 => select(addresses), 2 => select(fitting(VALUES, addresses))];
    (select(ATTRIBUTES), value, 0..4_u8).prop_map(|(name, value, quote)| match quote {
        0 => format!(" {name}"),
        1 if !value.contains('\'') => format!("\n{name} = '{value}'"),
        2 if !value.is_empty() && !value.contains([' ', '\'', '"', '\\']) => format!(" {name}={value}"),
        _ => format!(" {name}=\"{}\"", value.replace('"', "&quot;")),
    })
}

fn tag(addresses: &'static [&'static str]) -> impl Strategy<Value = String> {
    let attributes = prop::collection::vec(attribute(addresses), 0..4);
    (select(NAMES), attributes, 0..4_u8).prop_map(|(name, attributes, end)| {
        let attributes = attributes.concat();
        match end {
            0 => format!("<{name}{attributes}/>"),
            1 => format!("<{name}{attributes}>"),
            _ => format!("<{name}{attributes}></{name}>"),
        }
    })
}

fn page(addresses: &'static [&'static str]) -> impl Strategy<Value = String> {
    let piece = prop_oneof![4 => tag(addresses), 2 => select(fitting(TEXTS, addresses)).prop_map(ToOwned::to_owned)];
    prop::collection::vec(piece, 0..9).prop_map(|pieces| pieces.concat())
}

fn marked_once(html: &str) -> Option<String> {
    let Rewritten { html, .. } = rewrite(html.as_bytes(), &site(), None);
    html.map(|html| String::from_utf8(html).expect("it was UTF-8"))
}

/// The page's nodes in order; of elements the name and what marks leave alone.
fn outline(html: &str) -> Vec<String> {
    let tree = Html::parse_document(html);
    let shown = tree.tree.root().descendants().filter_map(|node| {
        let above =
            node.parent().and_then(ElementRef::wrap).map(|parent| parent.value().name().to_owned()).unwrap_or_default();
        match node.value() {
            // Holes in a style sheet, and what noscript hides from this parser, are marks.
            Node::Text(text) => {
                (above != "style" && above != "noscript" && !text.contains("@import")).then(|| text.to_string())
            }
            Node::Comment(text) => Some(format!("<!--{}-->", &**text)),
            Node::Element(element) => {
                let mut kept: Vec<String> = element
                    .attrs()
                    .filter(|(name, _)| ["class", "id", "rel", "async", "onclick"].contains(name))
                    .map(|(name, value)| format!("{name}={value}"))
                    .collect();
                kept.sort_unstable();
                Some(format!("<{} {}>", element.name(), kept.join(" ")))
            }
            Node::Document | Node::Fragment | Node::Doctype(_) | Node::ProcessingInstruction(_) => None,
        }
    });
    shown.collect()
}

/// Addresses that a browser would ask for at once, told without the code under test.
fn live(html: &str) -> Vec<String> {
    let tree = Html::parse_document(html);
    let mut found = Vec::new();
    for element in tree.tree.root().descendants().filter_map(ElementRef::wrap) {
        let value = element.value();
        let kind = value.attr("type").unwrap_or_default().to_ascii_lowercase();
        let asks: &[&str] = match value.name() {
            "img" | "source" => &["src"],
            "iframe" | "embed" | "track" | "audio" => &["src"],
            "video" => &["src", "poster"],
            "object" => &["data"],
            "script" if ["", "module", "text/javascript"].contains(&kind.as_str()) => &["src"],
            "link" if value.attr("rel").is_some_and(|rel| rel.contains("stylesheet") || rel.contains("preload")) => {
                &["href"]
            }
            "input" if kind == "image" => &["src"],
            _ => &[],
        };
        found.extend(asks.iter().filter_map(|name| Some((name, value.attr(name)?))).map(|(_, url)| url.to_owned()));
        found.extend(
            value
                .attr("srcset")
                .filter(|_| ["img", "source"].contains(&value.name()))
                .map(|set| set.split(' ').next().unwrap_or_default().to_owned()),
        );
    }
    found
}

proptest! {
    #[test]
    fn a_second_run_changes_nothing(html in page(THIRD)) {
        if let Some(once) = marked_once(&html) {
            prop_assert_eq!(marked_once(&once), None, "{}", once);
        }
    }

    #[test]
    fn the_tree_stays_but_for_marks(html in page(THIRD)) {
        if let Some(marked) = marked_once(&html) {
            prop_assert_eq!(outline(&marked), outline(&html), "{}", marked);
        }
    }

    #[test]
    fn no_third_party_is_asked_any_more(html in page(THIRD)) {
        let marked = marked_once(&html).unwrap_or_else(|| html.clone());
        let site = site();
        for url in live(&marked) {
            let owner = site.owner_of(&url, None);
            prop_assert!(!matches!(owner, Owner::Services(_) | Owner::Unknown(_)) || url.contains("pay.example"), "{url} in {marked}");
        }
    }

    #[test]
    fn a_page_of_own_addresses_is_not_touched(html in page(OWN)) {
        prop_assert_eq!(marked_once(&html), None);
    }

    #[test]
    fn any_bytes_come_back(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let page = [b"<img src=//video.example/a>".as_slice(), &bytes].concat();
        let marked = rewrite(&page, &site(), None).html;
        prop_assert!(marked.is_none_or(|marked| marked.ends_with(&bytes)), "the rest of the page was changed");
    }
}
