//! Marking a page: what is a third party, what stays as it is, and what its owner is told.
#![allow(clippy::expect_used, clippy::indexing_slicing, reason = "a test reports by panicking")]

mod marked;

use consentry_site::rewrite::{Fate, rewrite};
use marked::{V, becomes, rewritten, site, stays};

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

/// Held, it could hold nothing and open nothing.
#[test]
fn our_own_tag_never_waits() {
    for tag in [
        "<script src=//cdn.example/c/consentry.js></script>",
        "<script src=\"https://cdn.example/c/consentry.de.js?v=1\" data-hosts=\"img.example, *.img.example\"></script>",
        "<script src=//video.example/c/consentry.js></script>",
    ] {
        stays(tag);
    }
    let tag = "<script src=//cdn.example/c/consentry.js data-hosts=\"img.example video.example\"></script>";
    stays(&format!("<link rel=preload href=//cdn.example/c/consentry.sealed.js>{tag}<img src=//img.example/a>"));
    // Only our files lie there, and what a service declares is the service's.
    for other in ["//cdn.example/c/other.js", "//cdn.example/consentry.js.evil/a.js", "//video.example/a.js"] {
        let (text, _) = rewritten(&format!("{tag}<script src={other}></script>"));
        assert!(text.starts_with(tag) && text.contains("text/plain"), "{text}");
    }
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
fn the_first_base_that_leads_somewhere_counts() {
    let bases = "<base target=_blank><base href=//video.example/><base href=/>";
    becomes(&format!("{bases}<img src=a>"), &format!("{bases}<img {V} data-consentry-src=a>"));
}

#[test]
fn no_second_attribute_takes_the_place_of_the_first() {
    becomes(
        "<img src=//video.example/a src=//video.example/b SRC='//video.example/c'>",
        &format!(
            "<img {V} data-consentry-src=//video.example/a data-consentry-src=//video.example/b \
             data-consentry-src='//video.example/c'>"
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
        "<video data-consentry=\"several services\" data-consentry-src=//video.example/a data-consentry-poster=//x.tracker.example/b></video>",
    );
    assert_eq!(fate(both)[0], Fate::Several("video, tracker".into()));
    assert!(matches!(fate("<body onload=\"fetch('https://video.example/')\">")[..], [Fate::Left(_)]));
}

/// An element has one name, and one yes must not do for two services.
#[test]
fn what_several_services_load_waits_for_no_single_one() {
    let script = "<script src=//tag.example/tag.js></script>";
    becomes(
        script,
        "<script data-consentry=\"several services\" type=\"text/plain\" src=//tag.example/tag.js></script>",
    );
    let fates = |html: &str| rewritten(html).1.into_iter().map(|finding| finding.fate).collect::<Vec<_>>();
    assert_eq!(fates(script), [Fate::Several("stats, ads".into())]);
    let mixed = "<video src=//tag.example/a poster=//video.example/b></video>";
    assert_eq!(fates(mixed), [Fate::Several("stats, ads, video".into()), Fate::Several("stats, ads, video".into())]);
    // What is necessary, too, waits for the other alone.
    becomes("<img src=//checked.example/a>", "<img data-service=\"stats\" data-consentry-src=//checked.example/a>");
}

#[test]
fn what_the_policy_rules_out_waits_for_good() {
    for url in ["//a.spy.example/b", "/spy/c"] {
        let image = format!("<img src={url}>");
        becomes(&image, &format!("<img data-consentry=\"policy.forbidden\" data-consentry-src={url}>"));
        assert_eq!(rewritten(&image).1.into_iter().map(|finding| finding.fate).collect::<Vec<_>>(), [Fate::Forbidden]);
    }
    becomes("<img src=//chat.spy.example/a>", "<img data-service=\"chat\" data-consentry-src=//chat.spy.example/a>");
    stays("<img src=/spyglass>");
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
