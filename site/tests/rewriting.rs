//! Marking a page: what every kind of element becomes.

mod marked;

use consentry_site::rewrite::{Fate, Finding};
use marked::{V, becomes, rewritten, stays};

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
    becomes(
        "<script type=\"module\">import{x}from\"https://a.tracker.example/x.js\"</script>",
        "<script data-service=\"tracker\" data-type=\"module\" type=\"text/plain\">import{x}from\"https://a.tracker.example/x.js\"</script>",
    );
    stays("<script>document.createElementNS('http://www.w3.org/2000/svg', 'svg')</script>");
    stays("<style>@namespace svg url(http://www.w3.org/2000/svg); a { color: red }</style>");
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
    for frame in [
        "<iframe src=\"javascript:'<img src=//video.example/a>'\"></iframe>",
        "<iframe srcdoc=\"<meta http-equiv=Refresh content='0;url=//video.example/a'>\"></iframe>",
    ] {
        becomes(frame, &format!("<template {V}>{frame}</template>"));
    }
    // What the document itself names or hides in a shadow root would load with the frame.
    for inner in [
        "<img data-service=fonts src=//video.example/a>",
        "<p><template shadowrootmode=open><img src=//video.example/a>",
    ] {
        let frame = format!("<iframe srcdoc=\"{inner}\"></iframe>");
        becomes(&frame, &format!("<template {V}>{frame}</template>"));
        assert!(matches!(rewritten(&frame).1.as_slice(), [Finding { fate: Fate::Marked(id), .. }] if id == "video"));
    }
    let several = "<iframe srcdoc='<img src=//tag.example/a>'></iframe>";
    becomes(several, &format!("<template data-consentry=\"several services\">{several}</template>"));
    assert!(matches!(rewritten(several).1.as_slice(), [Finding { fate: Fate::Several(_), .. }]));
    for address in ["srcdoc=\"", "src=\"data:text/html,"] {
        let (_, findings) = rewritten(&format!("<iframe {address}<body onload=fetch('//video.example/')>\"></iframe>"));
        assert!(matches!(findings.as_slice(), [Finding { fate: Fate::Left(_), .. }]), "{findings:?}");
    }
    stays("<iframe src=\"javascript:void 0\"></iframe>");
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
