//! What an element asks third parties for, and how it could wait.

use std::ops::Range;

use super::{
    Fate, Finding, Name,
    mark::Marker,
    name_of,
    ours::Ours,
    role::{self, Role},
    scan::{Attribute, Tag},
    script, style,
};

/// An address, and for what it waits.
pub(super) type Hit = (Name, String);

/// Addresses in a text, each with its place there.
pub(super) type Spots = Vec<(Range<usize>, String)>;

/// What an element asks for, and how it comes to wait.
#[derive(Default)]
pub(super) struct Wait {
    pub(super) hits: Vec<Hit>,
    /// Attributes that are put aside: where their names stand, and the names they get.
    pub(super) aside: Vec<(Range<usize>, String)>,
    /// By attribute.
    pub(super) holes: Vec<(usize, Spots)>,
    /// In the text of a style sheet.
    pub(super) text: Spots,
    /// A script: it gets another type.
    pub(super) script: bool,
    /// All of the element goes into a template.
    pub(super) whole: bool,
}

impl Marker<'_> {
    /// What an element asks third parties for; `None` if nothing that can be made to wait.
    pub(super) fn wait(&mut self, tag: &Tag) -> Option<Wait> {
        let mut wait = Wait { script: tag.name == "script", ..Wait::default() };
        let kind = if wait.script { Some(role::live_script(tag)?) } else { None };
        if Ours::of(tag, |url| self.site.resolve(url, Some(&self.page))).is_some() {
            return None;
        }
        for (index, attribute) in tag.attributes.iter().enumerate() {
            self.attribute(tag, index, attribute, &mut wait);
        }
        let content = self.text(tag.content.clone());
        if let Some(kind) = kind
            && tag.attribute("src").is_none()
            && wait.hits.is_empty()
        {
            wait.hits = self.inline(tag, kind, &content);
        } else if tag.name == "style" {
            let spots = style::addresses(&content);
            wait.text = self.third(spots.into_iter().map(|spot| (spot.range, spot.url)), &mut wait.hits);
        }
        if wait.hits.is_empty() { None } else { Some(wait) }
    }

    fn attribute(&mut self, tag: &Tag, index: usize, attribute: &Attribute, wait: &mut Wait) {
        let value = attribute.value.as_str();
        let before = wait.hits.len();
        match role::role(tag, attribute) {
            Role::Nothing => {}
            Role::Script => wait.hits.extend(self.hit(value)),
            Role::Aside(target) => {
                wait.hits.extend(self.hit(value));
                if wait.hits.len() == before && self.documents(tag, value, wait) {
                    return;
                }
                put_aside(tag, attribute, target, wait, before);
            }
            Role::Candidates(target) => {
                wait.hits.extend(role::candidates(value).into_iter().filter_map(|url| self.hit(url)));
                put_aside(tag, attribute, target, wait, before);
            }
            Role::Hole => {
                let words =
                    value.split(|sign: char| sign.is_ascii_whitespace() || sign == ';').filter(|word| !word.is_empty());
                let places = words.map(|word| {
                    let start = word.as_ptr() as usize - value.as_ptr() as usize;
                    (start..start + word.len(), word.to_owned())
                });
                let spots = self.third(places, &mut wait.hits);
                wait.holes.push((index, spots));
            }
            Role::Style => {
                let places = style::addresses(value).into_iter().map(|spot| (spot.range, spot.url));
                let spots = self.third(places, &mut wait.hits);
                wait.holes.push((index, spots));
            }
            Role::Document => {
                self.inner(tag, value, wait);
            }
            Role::Handler => {
                let hits = self.mentioned(value);
                self.leave(tag, &hits, "code in an attribute cannot wait: move it into a script");
            }
        }
    }

    /// A document in a `data:` address; whether there was a third party in it.
    fn documents(&mut self, tag: &Tag, value: &str, wait: &mut Wait) -> bool {
        if !matches!(tag.name.as_str(), "iframe" | "object" | "embed") {
            return false;
        }
        let Some((scheme, text)) = value.trim_start().split_once(':') else { return false };
        let text = percent_decoded(text);
        match scheme.to_ascii_lowercase().as_str() {
            "data" => self.inner(tag, &text, wait),
            "javascript" => self.named_in(&text, wait),
            _ => false,
        }
    }

    /// Looks into a document within the page; whether a third party was in it.
    fn inner(&mut self, tag: &Tag, html: &str, wait: &mut Wait) -> bool {
        let mut marker = self.framed(html.as_bytes());
        marker.piece(0..html.len());
        let before = wait.hits.len();
        for Finding { url, fate, .. } in marker.finish().findings {
            wait.hits.extend(match fate {
                Fate::Marked(id) => Some((Name::Service(id), url)),
                Fate::Missing(id) => Some((Name::Entry(id), url)),
                Fate::Unknown => Some((Name::Stranger, url)),
                Fate::Several(ids) => Some((Name::Several(ids.split(", ").map(ToOwned::to_owned).collect()), url)),
                Fate::Forbidden => Some((Name::Forbidden, url)),
                Fate::Left(why) => {
                    self.find(tag, &url, Fate::Left(why));
                    None
                }
                Fate::Shadow | Fate::Named | Fate::Free => None,
            });
        }
        // A frame that sends itself elsewhere is no visit of the visitor's.
        if html.to_ascii_lowercase().contains("refresh") {
            self.named_in(html, wait);
        }
        let found = wait.hits.len() > before;
        wait.whole |= found;
        found
    }

    /// Looks for third parties' addresses in a text that is a frame's content or leads to it; whether there was one.
    fn named_in(&self, text: &str, wait: &mut Wait) -> bool {
        let hits = self.mentioned(text);
        let found = !hits.is_empty();
        wait.hits.extend(hits);
        wait.whole |= found;
        found
    }

    /// What an inline script loads from third parties.
    fn inline(&mut self, tag: &Tag, kind: &str, text: &str) -> Vec<Hit> {
        let hits = if matches!(kind, "speculationrules" | "importmap") {
            // Data, all of which are addresses.
            script::mentions(text)
                .into_iter()
                .filter(|mention| mention.is_address)
                .filter_map(|mention| self.hit(&mention.url))
                .collect()
        } else if script::loads(text) {
            let (known, strangers) =
                self.mentioned(text).into_iter().partition::<Vec<_>, _>(|(name, _)| *name != Name::Stranger);
            self.leave(tag, &strangers, "it may load from there: declare the host, or mark the script by hand");
            known
        } else {
            Vec::new()
        };
        if !script::is_loader(text) {
            self.leave(tag, &hits, "it is too long to be a loader alone: mark by hand what loads this");
            return Vec::new();
        }
        hits
    }

    /// The third parties that a script's text names; strangers only where they are written as addresses.
    fn mentioned(&self, text: &str) -> Vec<Hit> {
        let mentions = script::mentions(text).into_iter();
        let hits = mentions.filter_map(|mention| Some((self.hit(&mention.url)?, mention.is_address)));
        hits.filter(|((name, _), is_address)| *is_address || *name != Name::Stranger).map(|(hit, _)| hit).collect()
    }

    fn hit(&self, url: &str) -> Option<Hit> {
        let name = name_of(self.site, url, &self.page)?;
        let is_ours = |ours: &Ours| self.site.resolve(url, Some(&self.page)).is_some_and(|url| ours.has(&url));
        // As in the gate, what a service declares or the policy rules out comes first.
        if !name.is_declared() && self.ours.as_ref().is_some_and(is_ours) {
            return None;
        }
        Some((name, url.trim().to_owned()))
    }

    /// Those of addresses that are third parties'.
    fn third(&self, places: impl Iterator<Item = (Range<usize>, String)>, hits: &mut Vec<Hit>) -> Spots {
        places
            .filter(|(_, url)| {
                self.hit(url).is_some_and(|hit| {
                    hits.push(hit);
                    true
                })
            })
            .collect()
    }

    /// For what a video waits that has nothing to play but sources of one service.
    pub(super) fn media_name(&self, index: usize, tags: &[Tag]) -> Option<Name> {
        let media = tags.get(index)?;
        let is_media = matches!(media.name.as_str(), "video" | "audio");
        if !is_media || role::is_named(media) || media.attribute("src").is_some() {
            return None;
        }
        let sources = tags.iter().filter(|tag| tag.name == "source" && tag.inside == Some(index));
        let mut names = sources.map(|source| self.hit(source.value("src").unwrap_or_default()).map(|(name, _)| name));
        let first = names.next()??;
        let is_held = first.is_declared() || self.site.holds_strangers();
        if is_held && names.all(|name| name.as_ref() == Some(&first)) { Some(first) } else { None }
    }
}

/// Puts an attribute aside if third parties were found in it. A name is used once: what a lazy loader would put in place
/// later is what the page wants to show.
fn put_aside(tag: &Tag, attribute: &Attribute, target: &str, wait: &mut Wait, before: usize) {
    if wait.hits.len() == before {
        return;
    }
    let ours = format!("data-consentry-{target}");
    let is_lazy = |name: &str| name.strip_prefix("data-") == Some(target);
    let waits_already = tag.attributes.iter().any(|other| other.name == ours || is_lazy(&other.name));
    let name = if waits_already && !is_lazy(&attribute.name) { format!("data-placeholder-{target}") } else { ours };
    let places = std::iter::once(&attribute.name_range).chain(&attribute.again);
    wait.aside.extend(places.map(|range| (range.clone(), name.clone())));
}

/// One hit for each name.
pub(super) fn distinct(hits: &[Hit]) -> Vec<Hit> {
    let mut found: Vec<Hit> = Vec::new();
    for hit in hits {
        if found.iter().all(|(name, _)| *name != hit.0) {
            found.push(hit.clone());
        }
    }
    found
}

/// The text of a `data:` address, as far as addresses of others can stand in it.
fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, behind)) = rest.split_first() {
        let code = behind.get(..2).and_then(|code| u8::from_str_radix(std::str::from_utf8(code).ok()?, 16).ok());
        match code.filter(|_| *first == b'%') {
            Some(byte) => {
                bytes.push(byte);
                rest = behind.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(*first);
                rest = behind;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
