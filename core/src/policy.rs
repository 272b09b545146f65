//! What the site declares, valid by construction: the reader in `config` is the only way to make one from a config.

use alloc::{string::String, vec::Vec};

use crate::{jurisdiction::Regime, matching::HostPattern, time::Timestamp, uses::Uses};

/// The site's declaration, as far as decisions depend on it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
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
    /// What holds for all of it beside the declaration.
    pub rules: Rules,
}

/// What the visitor toggles; groups services.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Category {
    /// Its id, unique among categories and services.
    pub id: String,
    /// Whether the site cannot work without it; then it is always on.
    pub necessary: bool,
    /// Whether all its purposes rest on the visitor's objection alone, where a law allows that.
    pub objection: bool,
    /// Ids of the purposes it serves.
    pub purposes: Vec<String>,
    /// What is marked with it alone does with data beyond the page, as declared.
    pub uses: Uses,
    /// Whether what is marked with it alone works for the site alone.
    pub serves: bool,
    /// Whether it and its services open by nothing but a yes of their own: neither by Accept all nor by default.
    pub each: bool,
}

/// One thing on the page, third-party or first-party.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
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
    /// What it does with data beyond the page, declared or, of a third party, assumed.
    pub uses: Uses,
    /// Whether it is asked about on its own, and never part of a yes to all.
    pub each: bool,
    /// Whether it serves lessons alone, so that a school may open it.
    pub educational: bool,
    /// Whether it hands data to somebody who does not only serve the site.
    pub discloses: bool,
}

/// How the record is kept.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RecordRules {
    /// Suffix of the storage keys; empty for none.
    pub scope: String,
    /// Days after which a grant lapses and is asked for again.
    pub granted_days: u32,
    /// Days during which a refusal is not asked about again; the refusal itself never lapses.
    pub refused_days: u32,
    /// Whether it lasts no longer than the browser's session, as on a device that many share.
    pub session: bool,
    /// Whether a script may grant without a visitor's click; the record then says so.
    pub script_grants: bool,
}

/// What holds for the whole declaration.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rules {
    /// No place is treated more loosely than this.
    pub floor: Regime,
    /// The place that the site says its visitors are in; empty for none.
    pub jurisdiction: String,
    /// Places with the regime that the site wants there in place of the table's.
    pub regimes: Vec<(String, Regime)>,
    /// Whose advice stands behind settings that are looser than the law's, joined; empty for nobody's.
    pub counsel: String,
    /// What DNT denies; in the European Economic Area and Britain at least [`Uses::SOLD`].
    pub dnt: Uses,
    /// Ids of categories and services, and hosts, that no click opens.
    pub forbidden: Vec<String>,
    /// Ids of categories and services that an administrator keeps shut.
    pub locked: Vec<String>,
    /// Ids of services that a school opened for its pupils.
    pub opened: Vec<String>,
    /// Where age plays a part: places, or `*` for all, with a first threshold of the site's own, in years.
    pub age: Option<Vec<(String, u32)>>,
    /// The same with a second threshold.
    pub second_ages: Vec<(String, u32)>,
    /// The day of the last version that asked for grants again: older ones do not count.
    pub last_material: Timestamp,
    /// What will rule from a day on.
    pub upcoming: Option<Upcoming>,
}

/// A version of the policy, or a controller, that is announced.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Upcoming {
    /// When it is to be told.
    pub announced: Timestamp,
    /// When it begins to rule.
    pub effective: Timestamp,
    /// The version's name.
    pub version: String,
    /// Who decides from then on.
    pub controller: String,
}
