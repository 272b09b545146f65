//! Which attributes of which elements make a browser ask for something, and how each can be made to wait.

use super::scan::{Attribute, Tag};

/// What the value of an attribute is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// An address, or several with spaces between, that is put aside under our name for it: `data-consentry-src`.
    Aside(&'static str),
    /// The same of candidates with sizes.
    Candidates(&'static str),
    /// The address of a script, which stays: its type keeps it from running.
    Script,
    /// Addresses in a place that the gate has no name for: each leaves a hole that is filled again.
    Hole,
    /// The same in a style.
    Style,
    /// A whole document.
    Document,
    /// Code that runs upon an event.
    Handler,
    /// Nothing that asks for anything.
    Nothing,
}

/// What the gate has a name for.
const TARGETS: [&str; 5] = ["src", "srcset", "href", "poster", "data"];

/// Relations of a link that make a browser ask, or open a connection.
const ASKING: [&str; 17] = [
    "stylesheet",
    "preload",
    "modulepreload",
    "prefetch",
    "prerender",
    "next",
    "preconnect",
    "dns-prefetch",
    "icon",
    "apple-touch-icon",
    "apple-touch-icon-precomposed",
    "apple-touch-startup-image",
    "mask-icon",
    "fluid-icon",
    "manifest",
    "compression-dictionary",
    "search",
];

/// Attributes of SVG that may be painted from elsewhere, as in a style.
const PAINTING: [&str; 10] =
    ["clip-path", "cursor", "fill", "filter", "marker", "marker-start", "marker-mid", "marker-end", "mask", "stroke"];

/// What an attribute is on its element.
pub(super) fn role(tag: &Tag, attribute: &Attribute) -> Role {
    let name = attribute.name.as_str();
    let aside = TARGETS.iter().find(|target| name == **target || name.strip_prefix("data-") == Some(target));
    if let Some(target) = aside
        && is_carrier(tag, target)
        // A lazy loader would put it in place whatever the visitor says. What is marked already waits.
        && (name == *target || !is_named(tag))
    {
        return if *target == "srcset" { Role::Candidates(target) } else { Role::Aside(target) };
    }
    match (tag.name.as_str(), name) {
        ("script", "src") => Role::Script,
        ("script" | "image", "href" | "xlink:href") => Role::Aside("href"),
        ("link", "imagesrcset") if asks(tag) => Role::Candidates("imagesrcset"),
        ("iframe", "srcdoc") => Role::Document,
        ("frame" | "portal" | "fencedframe" | "bgsound", "src") => Role::Hole,
        ("a", "href" | "xlink:href") => Role::Nothing,
        (_, "background" | "ping" | "attributionsrc") => Role::Hole,
        (_, "href" | "xlink:href" | "from" | "to" | "by" | "values") if is_drawing(tag) => Role::Hole,
        (_, "style") => Role::Style,
        (_, _) if is_drawing(tag) && PAINTING.contains(&name) => Role::Style,
        (_, _) if name.starts_with("on") => Role::Handler,
        _ => Role::Nothing,
    }
}

/// Whether an element is one of SVG. What the scanner takes for HTML may be drawn, and the other way round: parsers differ
/// where markup is broken, so names count as well. Elements of a site's own with an `href` are none.
fn is_drawing(tag: &Tag) -> bool {
    let is_drawn =
        ["use", "feimage", "textpath", "mpath", "pattern", "lineargradient", "radialgradient", "animate", "set"];
    !tag.is_html || is_drawn.contains(&tag.name.as_str())
}

/// Whether the page itself has said what an element is for.
pub(super) fn is_named(tag: &Tag) -> bool {
    ["data-service", "data-category", "data-consentry"].iter().any(|name| tag.attribute(name).is_some())
}

/// Whether the gate gives an element this attribute back.
fn is_carrier(tag: &Tag, target: &str) -> bool {
    match (tag.name.as_str(), target) {
        ("image", "href") => true,
        ("link", "href") => asks(tag),
        ("input", "src") => tag.value("type").is_some_and(|kind| kind.eq_ignore_ascii_case("image")),
        ("img" | "image" | "source", "src" | "srcset") => true,
        ("video", "src" | "poster") | ("iframe" | "audio" | "track" | "embed", "src") | ("object", "data") => true,
        _ => false,
    }
}

/// Whether a link is one that asks.
fn asks(tag: &Tag) -> bool {
    let words = tag.value("rel").unwrap_or_default();
    words.split_ascii_whitespace().any(|word| ASKING.iter().any(|known| word.eq_ignore_ascii_case(known)))
}

/// Whether a browser runs a script, and as what beside a classic one.
pub(super) fn live_script(tag: &Tag) -> Option<&'static str> {
    let kind = match (tag.value("type"), tag.value("language")) {
        (Some(kind), _) if !kind.is_empty() => kind.trim().to_ascii_lowercase(),
        (None, Some(language)) if !language.is_empty() => format!("text/{}", language.to_ascii_lowercase()),
        _ => return Some(""),
    };
    let classic = ["text/", "application/"].iter().find_map(|class| kind.strip_prefix(class)).map(|name| {
        let name = name.strip_prefix("x-").unwrap_or(name);
        matches!(name, "ecmascript" | "livescript" | "jscript") || name.starts_with("javascript")
    });
    match kind.as_str() {
        "module" => Some("module"),
        "speculationrules" => Some("speculationrules"),
        "importmap" => Some("importmap"),
        _ if classic == Some(true) => Some(""),
        _ => None,
    }
}

/// The addresses of a `srcset`.
pub(super) fn candidates(value: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = value;
    loop {
        rest = rest.trim_start_matches(|sign: char| sign.is_ascii_whitespace() || sign == ',');
        if rest.is_empty() {
            return found;
        }
        let (address, behind) = rest.split_at(rest.find(|sign: char| sign.is_ascii_whitespace()).unwrap_or(rest.len()));
        found.push(address.trim_end_matches(','));
        rest = behind;
        if !address.ends_with(',') {
            // Descriptors go on up to a comma that is not in parentheses.
            let mut depth = 0_u32;
            let end = rest.find(|sign| {
                match sign {
                    '(' => depth += 1,
                    ')' => depth = depth.saturating_sub(1),
                    _ => {}
                }
                sign == ',' && depth == 0
            });
            rest = rest.get(end.unwrap_or(rest.len())..).unwrap_or_default();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::candidates;

    #[test]
    fn reads_candidates_as_browsers_do() {
        assert_eq!(candidates(" a 1x, b,c 2x ,, //d/e?f=1,2 3x"), ["a", "b,c", "//d/e?f=1,2"]);
        assert_eq!(candidates("a, b 10w calc(1,2), c"), ["a", "b", "c"]);
        assert_eq!(candidates(""), Vec::<&str>::new());
    }
}
