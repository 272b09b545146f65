//! Goes through the tags of a page and makes those wait that would ask a third party for something.

use std::ops::Range;

use encoding_rs::Encoding;
use url::Url;

use super::{
    FORBIDDEN, Fate, Finding, Name, Rewritten, SEVERAL, UNKNOWN,
    ask::{Hit, Wait, distinct},
    encoded,
    hole::Holes,
    ours::Ours,
    patch::{self, Patch},
    role,
    scan::{self, Attribute, Tag},
};
use crate::owner::Site;

/// One page under work.
pub(super) struct Marker<'a> {
    html: &'a [u8],
    pub(super) site: &'a Site,
    pub(super) page: Url,
    /// Our own tag, once it was seen.
    pub(super) ours: Option<Ours>,
    encoding: &'static Encoding,
    /// A document within a frame of the page: the frame waits as a whole, so that no name in it counts.
    framed: bool,
    patches: Vec<Patch>,
    findings: Vec<Finding>,
}

impl<'a> Marker<'a> {
    pub(super) fn new(html: &'a [u8], site: &'a Site, page: Option<&Url>) -> Self {
        let page = page.cloned().unwrap_or_else(|| site.root());
        let (patches, findings) = (Vec::new(), Vec::new());
        Self { html, site, page, ours: None, encoding: scan::encoding_of(html), framed: false, patches, findings }
    }

    /// The same for a document within a frame of this one.
    pub(super) fn framed(&self, html: &'a [u8]) -> Self {
        Self { framed: true, ours: self.ours.clone(), ..Self::new(html, self.site, Some(&self.page)) }
    }

    pub(super) fn finish(mut self) -> Rewritten {
        self.findings.sort_by_key(|finding| finding.line);
        let html = if self.patches.is_empty() { None } else { Some(patch::apply(self.html, self.patches)) };
        Rewritten { html, findings: self.findings }
    }

    /// Marks a piece of the page.
    pub(super) fn piece(&mut self, range: Range<usize>) {
        let Some(mut tags) = scan::scan(self.html.get(range.clone()).unwrap_or_default()) else { return };
        tags.iter_mut().for_each(|tag| tag.shift(range.start));
        if let Some(base) = tags.iter().filter(|tag| tag.name == "base").find_map(|tag| tag.value("href"))
            && let Some(page) = self.site.resolve(base, Some(&self.page))
        {
            self.page = page;
        }
        let ours = tags.iter().find_map(|tag| Ours::of(tag, |url| self.site.resolve(url, Some(&self.page))));
        self.ours = ours.or_else(|| self.ours.take());
        for (index, tag) in tags.iter().enumerate() {
            if tag.name == "noscript" && tag.is_html {
                self.piece(tag.content.clone());
                continue;
            }
            if let Some(wait) = self.wait(tag) {
                self.mark(tag, wait, &tags);
            } else if let Some(name) = self.media_name(index, &tags) {
                self.insert(tag, &attributes_for(&name));
            }
        }
    }

    /// Makes an element wait.
    fn mark(&mut self, tag: &Tag, wait: Wait, tags: &[Tag]) {
        let is_declared = wait.hits.iter().any(|(name, _)| name.is_declared());
        if !is_declared && !self.site.holds_strangers() {
            return distinct(&wait.hits).iter().for_each(|(_, url)| self.find(tag, url, Fate::Free));
        }
        let outer = tag.inside.and_then(|at| tags.get(at));
        if wait.whole && outer.is_some_and(|outer| outer.name == "template" && role::is_named(outer)) {
            return;
        }
        let named = role::is_named(tag) && !self.framed;
        let (name, fate) = fate_of(&wait.hits);
        for (name, url) in distinct(&wait.hits) {
            let plain = if named { Fate::Named } else { fate.clone().unwrap_or_else(|| fate_alone(&name)) };
            let is_hidden = !plain.is_issue() && !self.framed && in_shadow_root(tag, tags);
            let fate = if is_hidden { Fate::Shadow } else { plain };
            self.find(tag, &url, fate);
        }
        if wait.whole {
            return self.wrap(tag, &name);
        }
        // A source goes with its video, where that is named for it.
        let goes_along = matches!(tag.name.as_str(), "source")
            && tag.inside.is_some_and(|media| {
                tags.get(media).is_some_and(role::is_named) || self.media_name(media, tags).as_ref() == Some(&name)
            });
        let mut added = if named || goes_along { String::new() } else { attributes_for(&name) };
        if wait.script {
            added.push_str(&self.inert(tag));
        }
        for (range, name) in &wait.aside {
            self.patches.push(Patch::replace(range.clone(), name));
        }
        self.dig(tag, &wait, &mut added);
        self.insert(tag, &added);
    }

    /// Gives a script the type of text, and remembers its own.
    fn inert(&mut self, tag: &Tag) -> String {
        let kind = role::live_script(tag).unwrap_or_default();
        let mut added = String::new();
        match tag.attribute("type").and_then(|kind| kind.value_range.clone()) {
            Some(range) => self.patches.push(Patch::replace(range, "text/plain")),
            None => added.push_str(" type=\"text/plain\""),
        }
        if !kind.is_empty() {
            added.push_str(&format!(" data-type=\"{kind}\""));
        }
        added
    }

    /// Takes addresses out of styles and the like.
    fn dig(&mut self, tag: &Tag, wait: &Wait, added: &mut String) {
        let spots_of =
            |index: usize| wait.holes.iter().find(|(at, _)| *at == index).map_or(&[][..], |(_, spots)| spots);
        if wait.text.is_empty() && wait.holes.iter().all(|(_, spots)| spots.is_empty()) {
            return;
        }
        let earlier = tag.attribute("data-consentry-urls");
        let mut holes = Holes::new(earlier.map(|list| list.value.as_str()));
        for (index, attribute) in tag.attributes.iter().enumerate() {
            let is_aside = wait.aside.iter().any(|(range, _)| *range == attribute.name_range);
            let Some(range) =
                attribute.value_range.clone().filter(|_| !is_aside && !attribute.name.starts_with("data-"))
            else {
                continue;
            };
            let spots = spots_of(index);
            let value = holes.take(&attribute.value, spots);
            if !spots.is_empty() {
                let text = self.written(&value, attribute, range.start);
                self.patches.push(Patch { range, bytes: encoded(&text, self.encoding) });
            }
        }
        if tag.name == "style" {
            let text = holes.take(&self.text(tag.content.clone()), &wait.text);
            if !wait.text.is_empty() {
                self.patches.push(Patch { range: tag.content.clone(), bytes: encoded(&text, self.encoding) });
            }
        }
        let list = holes.list().replace('&', "&amp;");
        match earlier.and_then(|list| list.value_range.clone()) {
            Some(range) => self.patches.push(Patch { range, bytes: encoded(&list, self.encoding) }),
            None => added.push_str(&format!(" data-consentry-urls=\"{list}\"")),
        }
    }

    /// The value of an attribute as it may stand in its place.
    fn written(&self, value: &str, attribute: &Attribute, start: usize) -> String {
        // A value without character references is read the same way again.
        let value = if attribute.raw == attribute.value { value.to_owned() } else { value.replace('&', "&amp;") };
        match start.checked_sub(1).and_then(|before| self.html.get(before)) {
            Some(b'"') => value.replace('"', "&quot;"),
            Some(b'\'') => value.replace('\'', "&#39;"),
            _ => format!("\"{}\"", value.replace('"', "&quot;")),
        }
    }

    /// Puts all of an element into a template that waits.
    fn wrap(&mut self, tag: &Tag, name: &Name) {
        let names = attributes_for(name);
        self.patches.push(Patch::insert(tag.range.start, &format!("<template{names}>")));
        self.patches.push(Patch::insert(tag.end, "</template>"));
    }

    fn insert(&mut self, tag: &Tag, added: &str) {
        if !added.is_empty() {
            let at = tag.range.start + 1 + tag.name.len();
            self.patches.push(Patch { range: at..at, bytes: encoded(added, self.encoding) });
        }
    }

    pub(super) fn leave(&mut self, tag: &Tag, hits: &[Hit], why: &'static str) {
        for (_, url) in distinct(hits) {
            self.find(tag, &url, Fate::Left(why));
        }
    }

    pub(super) fn find(&mut self, tag: &Tag, url: &str, fate: Fate) {
        let finding =
            Finding { line: self.line(tag.range.start), element: tag.name.clone(), url: url.to_owned(), fate };
        self.findings.push(finding);
    }

    fn line(&self, at: usize) -> usize {
        self.html.get(..at).unwrap_or_default().iter().filter(|byte| **byte == b'\n').count() + 1
    }

    pub(super) fn text(&self, range: Range<usize>) -> String {
        self.encoding.decode_without_bom_handling(self.html.get(range).unwrap_or_default()).0.into_owned()
    }
}

/// The attribute that names something.
fn attributes_for(name: &Name) -> String {
    match name {
        Name::Service(id) | Name::Entry(id) => format!(" data-service=\"{id}\""),
        Name::Stranger => format!(" data-consentry=\"{UNKNOWN}\""),
        Name::Several(_) => format!(" data-consentry=\"{SEVERAL}\""),
        Name::Forbidden => format!(" data-consentry=\"{FORBIDDEN}\""),
    }
}

/// For what an element waits that asks for all of these, and what became of it where that is not plain.
fn fate_of(hits: &[Hit]) -> (Name, Option<Fate>) {
    let mut names: Vec<Name> = Vec::new();
    for (name, _) in hits {
        if !names.contains(name) {
            names.push(name.clone());
        }
    }
    if let [name] = names.as_slice() {
        return (name.clone(), None);
    }
    let mut ids: Vec<String> = Vec::new();
    for name in names {
        let new = match name {
            Name::Service(id) | Name::Entry(id) => vec![id],
            Name::Stranger => vec![UNKNOWN.to_owned()],
            Name::Several(ids) => ids,
            Name::Forbidden => vec![FORBIDDEN.to_owned()],
        };
        for id in new {
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
    }
    let fate = Fate::Several(ids.join(", "));
    (Name::Several(ids), Some(fate))
}

fn fate_alone(name: &Name) -> Fate {
    match name {
        Name::Service(id) => Fate::Marked(id.clone()),
        Name::Entry(id) => Fate::Missing(id.clone()),
        Name::Stranger => Fate::Unknown,
        Name::Several(ids) => Fate::Several(ids.join(", ")),
        Name::Forbidden => Fate::Forbidden,
    }
}

/// Whether an element stands in a declarative shadow root.
fn in_shadow_root(tag: &Tag, tags: &[Tag]) -> bool {
    let mut around = tag.inside.and_then(|at| tags.get(at));
    while let Some(outer) = around {
        if outer.attribute("shadowrootmode").is_some() {
            return true;
        }
        around = outer.inside.and_then(|at| tags.get(at));
    }
    false
}
