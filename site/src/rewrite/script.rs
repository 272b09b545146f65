//! What an inline script names: hosts in its text, and whether it loads anything at all.

/// Words of scripts that load something. A script that only mentions a host, in a link or in its data, has none of them.
const LOADING: [&str; 35] = [
    "createElement",
    ".src",
    ".href=",
    ".href =",
    "setAttribute",
    "fetch(",
    "XMLHttpRequest",
    "sendBeacon",
    "new Image",
    "new Audio",
    "WebSocket",
    "EventSource",
    "WebTransport",
    "Worker",
    "importScripts",
    "document.write",
    "innerHTML",
    "insertAdjacentHTML",
    "setHTML",
    "createContextualFragment",
    "FontFace",
    "insertRule",
    ".background",
    "fetchLater",
    "adoptNode",
    "parseHTML",
    "DOMParser",
    "XSLTProcessor",
    "PaymentRequest",
    "credentials.get",
    "addModule",
    "CSSStyleSheet",
    "cssText",
    "backgroundImage",
    "RTCPeerConnection",
];

/// Words before the address of a module, and what may follow them there, spaces or none between.
const IMPORTING: [(&str, &[&str]); 2] = [("import", &["(", "'", "\"", "/*", "//"]), ("from", &["'", "\"", "/*", "//"])];

/// Names of XML, which look like addresses and are none.
const NAMESPACES: [&str; 6] =
    ["/1999/xhtml", "/1999/xlink", "/1998/Math/MathML", "/2000/svg", "/2000/xmlns/", "/XML/1998/namespace"];

/// The longest script that is taken for a loader as a whole. Vendors' snippets stay below; what is longer is a program of
/// the site's own, of which a part would have to wait.
const LONGEST: usize = 8_192;

/// A host in a text, with the path behind it, or a path of the own site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mention {
    /// As an address: `https://host/path`, `/path`.
    pub(super) url: String,
    /// Whether it is written as one: `//host`.
    pub(super) is_address: bool,
}

/// Whether a script loads something.
pub(super) fn loads(text: &str) -> bool {
    let imports = |(word, signs): &(&str, &[&str])| {
        let mut ends =
            text.match_indices(word).map(|(at, _)| text.get(at + word.len()..).unwrap_or_default().trim_start());
        ends.any(|rest| signs.iter().any(|sign| rest.starts_with(sign)))
    };
    LOADING.iter().any(|word| text.contains(word)) || IMPORTING.iter().any(imports)
}

/// Whether all of a script may be held for one service that it names.
pub(super) fn is_loader(text: &str) -> bool {
    text.len() <= LONGEST
}

/// Every host in a text, in the order written, and every path of the own site that stands in quotes.
pub(super) fn mentions(text: &str) -> Vec<Mention> {
    let text = text.replace("\\/", "/").replace("\\u002F", "/").replace("\\u002f", "/").replace("&amp;", "&");
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = bytes.iter().skip(at).position(|byte| is_of_host(*byte)).map(|start| start + at) {
        let end = bytes.iter().skip(start).position(|byte| !is_of_host(*byte)).map_or(bytes.len(), |end| start + end);
        at = end;
        let host = text.get(start..end).unwrap_or_default().trim_end_matches(['.', '-']);
        let before = text.get(..start).unwrap_or_default();
        let is_address = before.ends_with("//") && host.len() > 1;
        if is_address || looks_like_a_host(host) {
            let behind = text.get(start + host.len()..).unwrap_or_default();
            let port = behind.strip_prefix(':').unwrap_or_default();
            let port =
                port.get(..port.find(|sign: char| !sign.is_ascii_digit()).unwrap_or(port.len())).unwrap_or_default();
            let (colon, rest) =
                if port.is_empty() { ("", behind) } else { (":", behind.get(port.len() + 1..).unwrap_or_default()) };
            let path = if rest.starts_with('/') { rest.split(ends_path).next().unwrap_or_default() } else { "/" };
            if host != "www.w3.org" || !NAMESPACES.contains(&path) {
                found.push(Mention { url: format!("https://{host}{colon}{port}{path}"), is_address });
            }
        } else if ["'/", "\"/", "`/"].iter().any(|start| before.ends_with(start)) {
            let path = text.get(start..).unwrap_or_default().split(ends_path).next().unwrap_or_default();
            found.push(Mention { url: format!("/{path}"), is_address: false });
        }
    }
    found
}

const fn is_of_host(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_') || byte >= 0x80
}

/// Labels between dots, the last of letters: `www.example.com`, and sadly also `window.location`.
fn looks_like_a_host(name: &str) -> bool {
    let mut labels = name.rsplit('.');
    let last = labels.next().unwrap_or_default();
    last.len() > 1
        && last.bytes().all(|byte| byte.is_ascii_alphabetic())
        && labels.clone().count() > 0
        && labels.all(|label| !label.is_empty())
}

fn ends_path(sign: char) -> bool {
    sign.is_whitespace()
        || matches!(sign, '"' | '\'' | '`' | '\\' | '<' | '>' | '(' | ')' | ',' | ';' | '$' | '{' | '}' | '?' | '#')
}

#[cfg(test)]
mod tests {
    use super::{loads, mentions};

    fn urls(text: &str) -> Vec<String> {
        mentions(text).into_iter().map(|mention| mention.url).collect()
    }

    #[test]
    fn finds_hosts_however_they_are_written() {
        let text = r#"a('https://a.example/x.js?id=1', '//b.example:8080', "https:\/\/c.example\/y", proto + 'd.example/z');
                      e(`wss://e.example/s${1}`); f("http://127.0.0.1:81/p", 'stun:g.example:99', '/own/path.js?1')"#;
        let expected = [
            "https://a.example/x.js",
            "https://b.example:8080/",
            "https://g.example:99/",
            "/own/path.js",
            "https://c.example/y",
            "https://d.example/z",
            "https://e.example/s",
            "https://127.0.0.1:81/p",
        ];
        let found = urls(text);
        for url in expected {
            assert!(found.contains(&url.to_owned()), "{url} in {found:?}");
        }
    }

    #[test]
    fn knows_loaders_of_vendors() {
        let gtm = "(function(w,d,s,l,i){w[l]=w[l]||[];var f=d.getElementsByTagName(s)[0],j=d.createElement(s);j.async=true;\
                   j.src='https://www.googletagmanager.com/gtm.js?id='+i;f.parentNode.insertBefore(j,f);})(window,document,'script','dataLayer','GTM-X');";
        assert!(loads(gtm) && urls(gtm).contains(&"https://www.googletagmanager.com/gtm.js".to_owned()));
        assert!(!loads("window.links = ['https://www.youtube.com/channel/1'];"));
    }

    #[test]
    fn sees_imports_however_they_are_spaced() {
        for import in
            ["import{a}from\"https://x/\"", "export*from'https://x/'", "import\n'x'", "import (x)", "import/**/'x'"]
        {
            assert!(loads(import), "{import}");
        }
        assert!(!loads("Array.from(new Set(['a'])); important = 'x'; const from = \"x\""));
    }

    #[test]
    fn names_of_xml_are_no_addresses() {
        let found =
            urls("d.createElementNS('http://www.w3.org/2000/svg', 'svg'); x = 'http://www.w3.org/Icons/w3c.png'");
        let places: Vec<_> = found.iter().filter(|url| url.contains("w3.org")).collect();
        assert_eq!(places, ["https://www.w3.org/Icons/w3c.png"]);
    }
}
