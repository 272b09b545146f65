//! Where the tags of a page are: lol_html reads it as a browser does, and tells places in its bytes.

use std::{cell::RefCell, ops::Range, rc::Rc};

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};
use lol_html::{AsciiCompatibleEncoding, HtmlRewriter, Settings, element, end_tag, html_content::Element};

/// Elements whose beginning and end matter for what stands in them.
const AROUND: [&str; 5] = ["template", "video", "audio", "svg", "math"];

/// A start tag, and where its element ends.
#[derive(Debug, Clone)]
pub(super) struct Tag {
    /// In lower case.
    pub(super) name: String,
    /// Whether it is an element of HTML, not of SVG or MathML.
    pub(super) is_html: bool,
    /// The start tag.
    pub(super) range: Range<usize>,
    /// What stands between start and end tag; up to the end of the page where no end tag was found.
    pub(super) content: Range<usize>,
    /// Where the element ends.
    pub(super) end: usize,
    /// In the order written, one for each name.
    pub(super) attributes: Vec<Attribute>,
    /// The nearest of [`AROUND`] that it stands in.
    pub(super) inside: Option<usize>,
}

/// An attribute of a start tag.
#[derive(Debug, Clone)]
pub(super) struct Attribute {
    /// In lower case.
    pub(super) name: String,
    /// Where the name stands.
    pub(super) name_range: Range<usize>,
    /// As the page spells it.
    pub(super) raw: String,
    /// As a browser reads it.
    pub(super) value: String,
    /// Where the value stands, without quotes; `None` if there is none.
    pub(super) value_range: Option<Range<usize>>,
    /// Where the name stands again: the browser passes over those until the first one has another name.
    pub(super) again: Vec<Range<usize>>,
}

impl Tag {
    /// An attribute by its name.
    pub(super) fn attribute(&self, name: &str) -> Option<&Attribute> {
        self.attributes.iter().find(|attribute| attribute.name == name)
    }

    /// Counts places from elsewhere: the tag stands in a piece of a page.
    pub(super) fn shift(&mut self, by: usize) {
        let move_on = |range: &mut Range<usize>| *range = range.start + by..range.end + by;
        move_on(&mut self.range);
        move_on(&mut self.content);
        self.end += by;
        for attribute in &mut self.attributes {
            move_on(&mut attribute.name_range);
            attribute.again.iter_mut().for_each(move_on);
            attribute.value_range.iter_mut().for_each(move_on);
        }
    }

    /// Its value.
    pub(super) fn value(&self, name: &str) -> Option<&str> {
        self.attribute(name).map(|attribute| attribute.value.as_str())
    }
}

/// The encoding that a page is read in: other than UTF-8 it may be anything that spells tags and addresses in ASCII.
pub(super) fn encoding_of(html: &[u8]) -> &'static Encoding {
    if std::str::from_utf8(html).is_ok() { UTF_8 } else { WINDOWS_1252 }
}

#[derive(Default)]
struct Found {
    tags: Vec<Tag>,
    /// Which of [`AROUND`] are open.
    open: Vec<usize>,
    /// Where to begin anew.
    cut: Option<usize>,
}

/// Finds the tags of a page or a piece of one; `None` if it cannot be read.
pub(super) fn scan(html: &[u8]) -> Option<Vec<Tag>> {
    let mut tags: Vec<Tag> = Vec::new();
    let mut from = 0;
    loop {
        let Found { tags: mut found, cut, .. } = scan_from(html.get(from..).unwrap_or_default(), encoding_of(html))?;
        let before = tags.len();
        for tag in &mut found {
            tag.shift(from);
            tag.inside = tag.inside.map(|inside| inside + before);
        }
        tags.append(&mut found);
        match cut {
            Some(cut) => from += cut,
            None => return Some(tags),
        }
    }
}

fn scan_from(html: &[u8], encoding: &'static Encoding) -> Option<Found> {
    let found = Rc::new(RefCell::new(Found::default()));
    let keep = Rc::clone(&found);
    let length = html.len();
    let mut settings = Settings::new();
    settings = settings.append_element_content_handler(element!("*", move |element: &mut Element<'_, '_>| {
        take(element, length, &keep)
    }));
    // A browser reads on where markup is ambiguous.
    settings = settings.with_strict(false).with_encoding(AsciiCompatibleEncoding::new(encoding)?);
    let mut reader = HtmlRewriter::new(settings, |_: &[u8]| {});
    let read = reader.write(html).and_then(|()| reader.end());
    let found = found.take();
    if read.is_ok() || found.cut.is_some() { Some(found) } else { None }
}

fn take(element: &mut Element<'_, '_>, length: usize, found: &Rc<RefCell<Found>>) -> lol_html::HandlerResult {
    let mut all = found.borrow_mut();
    let range = element.source_location().bytes();
    let name = element.tag_name();
    let number = all.tags.len();
    let can_end = element.can_have_content();
    let is_drawing = matches!(name.as_str(), "svg" | "math");
    if is_drawing
        && element.is_self_closing()
        && !all.open.iter().any(|at| all.tags.get(*at).is_some_and(|tag| !tag.is_html))
    {
        // lol_html would take the rest of the page for a part of the drawing.
        all.cut = Some(range.end);
    }
    let inside = all.open.last().copied();
    all.tags.push(Tag {
        is_html: element.namespace_uri().ends_with("xhtml"),
        content: range.end..if can_end { length } else { range.end },
        end: if can_end { length } else { range.end },
        attributes: attributes(element),
        inside,
        range,
        name,
    });
    if all.cut.is_some() {
        return Err("begin anew behind this".into());
    }
    if !can_end {
        return Ok(());
    }
    let around = all.tags.last().is_some_and(|tag| AROUND.contains(&tag.name.as_str()));
    if around {
        all.open.push(number);
    }
    let ends = Rc::clone(found);
    element.on_end_tag(end_tag!(move |end| {
        let mut all = ends.borrow_mut();
        let range = end.source_location().bytes();
        if let Some(tag) = all.tags.get_mut(number) {
            tag.content.end = range.start;
            tag.end = range.end;
        }
        if around {
            all.open.retain(|open| *open < number);
        }
        Ok(())
    }))
}

fn attributes(element: &Element<'_, '_>) -> Vec<Attribute> {
    let read = |attribute: &lol_html::html_content::Attribute<'_>| {
        let raw = attribute.value();
        Some(Attribute {
            name: attribute.name(),
            name_range: attribute.name_source_location()?.bytes(),
            value: htmlize::unescape_attribute(raw.as_str()).into_owned(),
            raw,
            again: Vec::new(),
            value_range: attribute.value_source_location().map(|range| range.bytes()),
        })
    };
    let mut found: Vec<Attribute> = Vec::new();
    for attribute in element.attributes().iter().filter_map(read) {
        match found.iter_mut().find(|known| known.name == attribute.name) {
            Some(first) => first.again.push(attribute.name_range),
            None => found.push(attribute),
        }
    }
    found
}
