//! Marking a page: what every kind of element becomes.
#![allow(clippy::expect_used, clippy::indexing_slicing, reason = "a test reports by panicking")]

use consentry_site::{
    config::Config,
    owner::Site,
    rewrite::{Fate, Finding, Rewritten, rewrite},
};

const CONFIG: &str = r#"{ "policy": { "version": "1" }, "site": { "hosts": ["static.shop.example"] }, "services": [
  "video",
  { "id": "tracker", "category": "analytics", "hosts": ["*.tracker.example", "/collect"] },
  { "id": "fonts", "category": "functional", "hosts": ["fonts.example"] },
  { "id": "pay", "category": "necessary", "hosts": ["pay.example"] } ] }"#;

const CATALOG: &str = r#"{ "video": { "category": "marketing", "hosts": ["video.example"] },
                           "counter": { "category": "analytics", "hosts": ["counter.example"] } }"#;

fn site() -> Site {
    let config = Config::read("test", CONFIG, &[CATALOG]);
    assert_eq!(config.issues, []);
    Site::new(&config, Some("https://www.shop.example")).expect("the config is valid")
}

fn rewritten(html: &str) -> (String, Vec<Finding>) {
    let Rewritten { html: new, findings } = rewrite(html.as_bytes(), &site(), None);
    let text = new.map_or_else(|| html.to_owned(), |new| String::from_utf8(new).expect("it was UTF-8"));
    let again = rewrite(text.as_bytes(), &site(), None);
    assert_eq!(again.html.map(|html| String::from_utf8_lossy(&html).into_owned()), None, "a second run changes {text}");
    (text, findings)
}

#[track_caller]
fn becomes(before: &str, after: &str) {
    assert_eq!(rewritten(before).0, after);
}

#[track_caller]
fn stays(html: &str) {
    let (text, findings) = rewritten(html);
    assert_eq!(text, html);
    assert_eq!(findings, []);
}

const V: &str = r#"data-service="video""#;

#[test]
fn scripts_become_text() {
    becomes(
        "<script src=\"//video.example/a.js\" async></script>",
        &format!("<script {V} type=\"text/plain\" src=\"//video.example/a.js\" async></script>"),
    );
    becomes(
        "<script type=module src=https://video.example/a.js></script>",
        &format!("<script {V} data-type=\"module\" type=text/plain src=https://video.example/a.js></script>"),
    );
    becomes(
        "<SCRIPT\n  Type='Text/JavaScript'\n  SRC='https://video.example/a.js'></SCRIPT>",
        &format!("<SCRIPT {V}\n  Type='text/plain'\n  SRC='https://video.example/a.js'></SCRIPT>"),
    );
    becomes(
        "<script data-category=\"marketing\" src=\"https://video.example/a.js\"></script>",
        "<script type=\"text/plain\" data-category=\"marketing\" src=\"https://video.example/a.js\"></script>",
    );
    becomes(
        "<script type=\"speculationrules\">{\"prefetch\":[{\"urls\":[\"https://video.example/\"]}]}</script>",
        &format!(
            "<script {V} data-type=\"speculationrules\" type=\"text/plain\">{{\"prefetch\":[{{\"urls\":[\"https://video.example/\"]}}]}}</script>"
        ),
    );
    stays("<script type=\"text/template\" src=\"https://video.example/a.js\"></script>");
    stays("<script type=\"application/ld+json\">{ \"url\": \"https://video.example/\" }</script>");
}

#[test]
fn inline_loaders_become_text() {
    let loader =
        "var s=document.createElement('script');s.src='https://video.example/'+id+'.js';document.head.append(s)";
    becomes(&format!("<script>{loader}</script>"), &format!("<script {V} type=\"text/plain\">{loader}</script>"));
    becomes(
        "<script type=\"module\">import x from 'https://a.tracker.example/x.js';</script>",
        "<script data-service=\"tracker\" data-type=\"module\" type=\"text/plain\">import x from 'https://a.tracker.example/x.js';</script>",
    );
    let beacon = "navigator.sendBeacon('/collect/page')";
    becomes(
        &format!("<script>{beacon}</script>"),
        &format!("<script data-service=\"tracker\" type=\"text/plain\">{beacon}</script>"),
    );
    stays("<script>links = ['https://video.example/watch/1'];</script>");
    stays("<script>fetch('/api?from=www.shop.example')</script>");
    let (text, findings) = rewritten("<script>fetch('https://stranger.example/x')</script>");
    assert_eq!(text, "<script>fetch('https://stranger.example/x')</script>");
    assert!(matches!(findings.as_slice(), [Finding { fate: Fate::Left(_), .. }]), "{findings:?}");
    let long = format!("<script>{loader}/*{}*/</script>", "x".repeat(9_000));
    let (text, findings) = rewritten(&long);
    assert!(text == long && matches!(findings.as_slice(), [Finding { fate: Fate::Left(_), .. }]), "{findings:?}");
}

#[test]
fn addresses_are_put_aside() {
    for (before, after) in [
        (
            "<iframe src=\"https://video.example/e\" width=1></iframe>",
            "<iframe N data-consentry-src=\"https://video.example/e\" width=1></iframe>",
        ),
        ("<img src='//video.example/a'>", "<img N data-consentry-src='//video.example/a'>"),
        (
            "<img src=/own.png srcset=\"//video.example/a 2x, /b 1x\">",
            "<img N src=/own.png data-consentry-srcset=\"//video.example/a 2x, /b 1x\">",
        ),
        ("<image src=//video.example/a>", "<image N data-consentry-src=//video.example/a>"),
        ("<source srcset=//video.example/a>", "<source N data-consentry-srcset=//video.example/a>"),
        (
            "<video src=//video.example/a poster=/own></video>",
            "<video N data-consentry-src=//video.example/a poster=/own></video>",
        ),
        ("<video poster=//video.example/a></video>", "<video N data-consentry-poster=//video.example/a></video>"),
        ("<audio src=//video.example/a></audio>", "<audio N data-consentry-src=//video.example/a></audio>"),
        ("<track src=//video.example/a>", "<track N data-consentry-src=//video.example/a>"),
        ("<embed src=//video.example/a>", "<embed N data-consentry-src=//video.example/a>"),
        ("<object data=//video.example/a>x</object>", "<object N data-consentry-data=//video.example/a>x</object>"),
        ("<input type=IMAGE src=//video.example/a>", "<input N type=IMAGE data-consentry-src=//video.example/a>"),
        (
            "<svg><image xlink:href=\"//video.example/a\"/></svg>",
            "<svg><image N data-consentry-href=\"//video.example/a\"/></svg>",
        ),
        (
            "<svg><image href=\"//video.example/a\"/></svg>",
            "<svg><image N data-consentry-href=\"//video.example/a\"/></svg>",
        ),
        (
            "<svg><script href=\"//video.example/a\"/></svg>",
            "<svg><script N type=\"text/plain\" data-consentry-href=\"//video.example/a\"/></svg>",
        ),
        (
            "<template><img src=//video.example/a></template>",
            "<template><img N data-consentry-src=//video.example/a></template>",
        ),
        (
            "<noscript><p><img src=\"//video.example/a\"></noscript>",
            "<noscript><p><img N data-consentry-src=\"//video.example/a\"></noscript>",
        ),
    ] {
        becomes(before, &after.replace('N', V));
    }
}

#[test]
fn links_that_ask_wait() {
    for rel in [
        "stylesheet",
        "Preload",
        "modulepreload",
        "prefetch",
        "preconnect",
        "dns-prefetch",
        "shortcut icon",
        "manifest",
    ] {
        becomes(
            &format!("<link rel=\"{rel}\" href=\"//video.example/a\">"),
            &format!("<link {V} rel=\"{rel}\" data-consentry-href=\"//video.example/a\">"),
        );
    }
    for rel in ["canonical", "me", "alternate", "author", "https://api.w.org/"] {
        stays(&format!("<link rel=\"{rel}\" href=\"//video.example/a\">"));
    }
}

#[test]
fn styles_get_holes() {
    becomes(
        "<p style=\"color: red; background: url(&quot;//video.example/a b&quot;)\">",
        &format!(
            "<p {V} data-consentry-urls=\"//video.example/a%20b\" style=\"color: red; background: url(&quot;data:,&quot;)\">"
        ),
    );
    becomes(
        "<style>@import \"//fonts.example/css?a=1&b=2\"; a { background: url(/own) } b { src: url(https://fonts.example/x) }</style>",
        "<style data-service=\"fonts\" data-consentry-urls=\"//fonts.example/css?a=1&amp;b=2 https://fonts.example/x\">@import \"data:,\"; \
         a { background: url(/own) } b { src: url(data:,) }</style>",
    );
    becomes(
        "<table><td background=//video.example/a style='x: url(data:,)'>",
        &format!(
            "<table><td {V} data-consentry-urls=\"//video.example/a data:,\" background=\"data:,\" style='x: url(data:,)'>"
        ),
    );
    becomes(
        "<a href=//video.example/ ping=\"/own //video.example/p\">x</a>",
        &format!("<a {V} data-consentry-urls=\"//video.example/p\" href=//video.example/ ping=\"/own data:,\">x</a>"),
    );
    becomes(
        "<svg><filter><feImage href=\"//video.example/a\"/></filter><g mask=\"url(//video.example/m#a)\"/></svg>",
        &format!(
            "<svg><filter><feImage {V} data-consentry-urls=\"//video.example/a\" href=\"data:,\"/></filter>\
             <g {V} data-consentry-urls=\"//video.example/m#a\" mask=\"url(data:,)\"/></svg>"
        ),
    );
}

#[test]
fn a_document_within_the_page_waits_as_a_whole() {
    becomes(
        "<p><iframe srcdoc=\"<img src='//video.example/a'>\"></iframe></p>",
        &format!("<p><template {V}><iframe srcdoc=\"<img src='//video.example/a'>\"></iframe></template></p>"),
    );
    becomes(
        "<iframe src=\"data:text/html,%3Cimg src=//video.example/a%3E\"></iframe>",
        &format!("<template {V}><iframe src=\"data:text/html,%3Cimg src=//video.example/a%3E\"></iframe></template>"),
    );
    stays("<iframe srcdoc=\"<img src='/own'>\"></iframe>");
}

#[test]
fn sources_go_with_a_video_that_has_no_other() {
    becomes(
        "<video controls><source src=//video.example/a><source src=//video.example/b></video>",
        &format!(
            "<video {V} controls><source data-consentry-src=//video.example/a><source data-consentry-src=//video.example/b></video>"
        ),
    );
    becomes(
        "<video controls><source src=//video.example/a><source src=/own></video>",
        &format!("<video controls><source {V} data-consentry-src=//video.example/a><source src=/own></video>"),
    );
    becomes(
        "<picture><source srcset=//video.example/a><img src=//video.example/b></picture>",
        &format!(
            "<picture><source {V} data-consentry-srcset=//video.example/a><img {V} data-consentry-src=//video.example/b></picture>"
        ),
    );
}

#[test]
fn lazy_loaders_find_nothing_to_load() {
    becomes(
        "<img class=lazy data-src=//video.example/a>",
        &format!("<img {V} class=lazy data-consentry-src=//video.example/a>"),
    );
    becomes(
        "<img src=//video.example/small data-src=//video.example/a>",
        &format!("<img {V} data-placeholder-src=//video.example/small data-consentry-src=//video.example/a>"),
    );
    stays("<img data-category=marketing data-src=//video.example/a>");
    becomes(
        "<img data-category=marketing data-src=//video.example/a src=//video.example/b>",
        "<img data-category=marketing data-src=//video.example/a data-placeholder-src=//video.example/b>",
    );
}

#[test]
fn what_is_no_third_party_stays() {
    stays(
        "<!DOCTYPE html>\r\n<html  lang = en ><!-- <img src=//video.example/a> --><a href='https://video.example/'>x</a>",
    );
    stays(
        "<img src=https://pay.example/a><img src=//static.shop.example/a><script src=\"http://cdn.shop.example/a\"></script>",
    );
    stays(
        "<img src=\"data:image/gif;base64,AAAA\"><a href=\"mailto:a@video.example\">x</a><form action=//video.example/></form>",
    );
    stays("<textarea><img src=//video.example/a></textarea><title><img src=//video.example/a></title>");
    stays("<meta property=og:image content=https://video.example/a><img src=\"collector/a\"><img srcset>");
    stays("");
    stays("<img src=//video.example/unfinished");
}

#[test]
fn addresses_are_read_as_browsers_do() {
    for url in [
        "HTTPS:\\\\VIDEO.example/a",
        " \t//video&#46;example&sol;a",
        "ht\ntps://u:p@video.example./a",
        "http:video.example/a",
    ] {
        let (text, findings) = rewritten(&format!("<img src=\"{url}\">"));
        assert!(text.contains(V), "{url}: {text} {findings:?}");
    }
    becomes("<img src=/collect/1.gif>", "<img data-service=\"tracker\" data-consentry-src=/collect/1.gif>");
    becomes(
        "<base href=\"https://video.example/\"><img src=a.png><img src=/own>",
        &format!(
            "<base href=\"https://video.example/\"><img {V} data-consentry-src=a.png><img {V} data-consentry-src=/own>"
        ),
    );
}

#[test]
fn strangers_are_held_and_told() {
    let fate = |html: &str| rewritten(html).1.into_iter().map(|finding| finding.fate).collect::<Vec<_>>();
    becomes(
        "<img src=//stranger.example/a>",
        "<img data-consentry=\"unknown\" data-consentry-src=//stranger.example/a>",
    );
    assert_eq!(fate("<img src=//stranger.example/a>"), [Fate::Unknown]);
    becomes("<img src=//counter.example/a>", "<img data-service=\"counter\" data-consentry-src=//counter.example/a>");
    assert_eq!(fate("<img src=//counter.example/a>"), [Fate::Missing("counter".into())]);
    let both = "<video src=//video.example/a poster=//x.tracker.example/b></video>";
    becomes(
        both,
        "<video data-consentry=\"unknown\" data-consentry-src=//video.example/a data-consentry-poster=//x.tracker.example/b></video>",
    );
    assert_eq!(fate(both)[0], Fate::Several("video, tracker".into()));
    assert!(matches!(fate("<body onload=\"fetch('https://video.example/')\">")[..], [Fate::Left(_)]));
}

#[test]
fn what_waits_in_a_shadow_root_is_told() {
    let (text, findings) =
        rewritten("<p><template shadowrootmode=open><b><img src=//video.example/a></b></template></p>");
    assert!(text.contains(V), "{text}");
    assert_eq!(findings.first().map(|finding| &finding.fate), Some(&Fate::Shadow));
}

#[test]
fn bytes_that_are_no_utf_8_stay_what_they_are() {
    let before = b"<p style=\"x: url(//video.example/\xe9)\">\xff\xfe \x81</p><img src=//video.example/a>";
    let after = rewrite(before, &site(), None).html.expect("there is something to mark");
    assert_eq!(
        after,
        b"<p data-service=\"video\" data-consentry-urls=\"//video.example/\xe9\" style=\"x: url(data:,)\">\xff\xfe \x81</p>\
          <img data-service=\"video\" data-consentry-src=//video.example/a>"
    );
}

#[test]
fn findings_tell_the_line() {
    let (_, findings) =
        rewritten("<p>\n\n<img src=//video.example/a>\n<noscript>\n<img src=//video.example/b></noscript>");
    let places: Vec<_> =
        findings.iter().map(|finding| (finding.line, finding.element.as_str(), finding.url.as_str())).collect();
    assert_eq!(places, [(3, "img", "//video.example/a"), (5, "img", "//video.example/b")]);
}
