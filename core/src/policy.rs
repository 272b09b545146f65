//! What the site declares, valid by construction: the reader in `config` is the only way to make one from a config.

use alloc::{string::String, vec::Vec};

use crate::matching::HostPattern;

/// The site's declaration, as far as decisions depend on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// The policy's version, as the site names it.
    pub version: String,
    /// Whether this version changes so much that grants must be asked for again.
    pub material: bool,
    /// Who decides why and how data are used; grants to one controller are none for another.
    pub controller: String,
    /// The site's own hosts beside its origin: never third party.
    pub hosts: Vec<HostPattern>,
    /// What the visitor toggles, in the order shown.
    pub categories: Vec<Category>,
    /// What is on the page, in the order declared.
    pub services: Vec<Service>,
    /// How the record is kept.
    pub record: RecordRules,
}

/// What the visitor toggles; groups services.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Category {
    /// Its id, unique among categories and services.
    pub id: String,
    /// Whether the site cannot work without it; then it is always on.
    pub necessary: bool,
    /// Ids of the purposes it serves.
    pub purposes: Vec<String>,
}

/// One thing on the page, third-party or first-party.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Service {
    /// Its id, unique among categories and services.
    pub id: String,
    /// Index of its category in [`Policy::categories`].
    pub category: usize,
    /// The company behind it; may be empty.
    pub vendor: String,
    /// Ids of purposes beside its category's.
    pub purposes: Vec<String>,
    /// Where it lives.
    pub hosts: Vec<HostPattern>,
}

/// How the record is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordRules {
    /// Suffix of the storage keys; empty for none.
    pub scope: String,
    /// Days after which a grant lapses and is asked for again.
    pub granted_days: u32,
    /// Days during which a refusal is not asked about again; the refusal itself never lapses.
    pub refused_days: u32,
    /// Whether a script may grant without a visitor's click; the record then says so.
    pub script_grants: bool,
}
