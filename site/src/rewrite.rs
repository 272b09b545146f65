//! Marks the third parties of a page: what would ask them for something waits for the visitor's choice.
//!
//! The page's bytes are changed in the places named and nowhere else, so that a page without unmarked third parties
//! comes out as it went in, and a marked one, too. How each element waits is what the gate understands: see
//! `src/gate/marked.js` and the documentation of marks.

use encoding_rs::Encoding;
use url::Url;

use crate::owner::{Owner, Site};

mod ask;
mod command;
mod hole;
mod mark;
mod ours;
mod patch;
mod role;
mod scan;
mod script;
mod style;

pub use self::command::COMMAND;

/// The category that third parties wait for which no service declares. Where the config has no such category they wait
/// for good.
pub const UNKNOWN: &str = "unknown";

/// What an element is named for that several services ask together: no category and no service can be called so, and the
/// gate keeps shut what names nothing that it knows.
const SEVERAL: &str = "several services";

/// The same for what `policy.forbidden` rules out: no click opens it.
const FORBIDDEN: &str = "policy.forbidden";

/// A page, marked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rewritten {
    /// The new bytes; `None` if nothing was to be changed.
    pub html: Option<Vec<u8>>,
    /// What was found, in the page's order.
    pub findings: Vec<Finding>,
}

/// A third party on a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Its line, from 1.
    pub line: usize,
    /// The element that asks for it.
    pub element: String,
    /// What it asks for.
    pub url: String,
    /// What became of it.
    pub fate: Fate,
}

/// What became of a third party.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// It waits for a service.
    Marked(String),
    /// It waits for what the page itself has named.
    Named,
    /// No service declares it: it waits for the category [`UNKNOWN`].
    Unknown,
    /// It waits for a service that the catalog knows and the config lacks.
    Missing(String),
    /// It waits for good, since it belongs to several services; their ids.
    Several(String),
    /// It waits for good, since the policy rules its host out.
    Forbidden,
    /// It waits in a shadow root, where the gate looks only when it is told of it.
    Shadow,
    /// It is free: the config lets unknown third parties be.
    Free,
    /// It was left as it is, and why.
    Left(&'static str),
}

impl Fate {
    /// Whether the site's owner has to do something about it.
    #[must_use]
    pub const fn is_issue(&self) -> bool {
        !matches!(self, Self::Marked(_) | Self::Forbidden | Self::Named | Self::Free)
    }
}

/// Marks a page, or a piece of one. `page` is its address, from which relative addresses are read; `None` stands for the
/// site's root. A page that cannot be read as HTML comes out as it is.
#[must_use]
pub fn rewrite(html: &[u8], site: &Site, page: Option<&Url>) -> Rewritten {
    let mut marker = mark::Marker::new(html, site, page);
    marker.piece(0..html.len());
    marker.finish()
}

/// For what a third party waits.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Name {
    /// A service of the config.
    Service(String),
    /// An entry of the catalog.
    Entry(String),
    /// Nobody knows it.
    Stranger,
    /// More than one has to allow it; their ids.
    Several(Vec<String>),
    /// The policy rules it out.
    Forbidden,
}

impl Name {
    /// Whether the config itself says that it waits, whatever becomes of strangers.
    const fn is_declared(&self) -> bool {
        matches!(self, Self::Service(_) | Self::Several(_) | Self::Forbidden)
    }
}

/// For what a URL waits on a page; `None` if it does not.
fn name_of(site: &Site, url: &str, page: &Url) -> Option<Name> {
    match site.owner_of(url, Some(page)) {
        Owner::Nobody | Owner::Own => None,
        Owner::Forbidden => Some(Name::Forbidden),
        // Of several services that load the same all have to allow it; a necessary one always does.
        Owner::Services(services) => {
            let all = services.iter().filter_map(|index| site.policy.services.get(*index));
            let asks = |category: usize| site.policy.categories.get(category).is_some_and(|one| !one.necessary);
            let ids: Vec<String> = all.filter(|one| asks(one.category)).map(|one| one.id.clone()).collect();
            match ids.as_slice() {
                [] => None,
                [id] => Some(Name::Service(id.clone())),
                _ => Some(Name::Several(ids)),
            }
        }
        Owner::Unknown(Some(entry)) => Some(Name::Entry(entry)),
        Owner::Unknown(None) => Some(Name::Stranger),
    }
}

/// A text in the encoding of its page.
fn encoded(text: &str, encoding: &'static Encoding) -> Vec<u8> {
    encoding.encode(text).0.into_owned()
}

/// The text of the first script of a type with an id.
pub(crate) fn script_text(html: &[u8], kind: &str, id: &str) -> Option<String> {
    let tags = scan::scan(html)?;
    let mut scripts = tags.iter().filter(|tag| tag.name == "script" && tag.is_html);
    let script = scripts.find(|tag| tag.value("type") == Some(kind) && tag.value("id") == Some(id))?;
    let text = html.get(script.content.clone()).unwrap_or_default();
    Some(scan::encoding_of(html).decode_without_bom_handling(text).0.into_owned())
}
