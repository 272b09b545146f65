//! From the raw config to a [`Policy`], or to everything that is wrong with it, each with its path.
//!
//! What can be said in a table is said in [`table`]: one walk compares the config with it, and the JSON Schema is made
//! from it. What remains, names that must be known or must not be taken, is checked while the policy is made.
//!
//! Mistakes in `policy`, `categories`, `services`, `gate` and `record` are errors, and so are keys that this version
//! does not know or does not have yet: a site that believes in a protection that is not there is worse off than one
//! that does not start. Mistakes in anything else are warnings, and the default is used.

use alloc::vec::Vec;

pub use self::declare::CATEGORIES;
use self::report::{Place, Report};
use crate::{
    issue::{Issue, Severity},
    policy::Policy,
    value::Value,
};

mod check;
mod declare;
pub mod form;
mod report;
mod suggestion;
pub mod table;

/// What reading a config gives.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// The policy; `None` if any issue is an error: then nothing starts.
    pub policy: Option<Policy>,
    /// Everything that is wrong, errors and warnings.
    pub issues: Vec<Issue>,
}

/// Reads a config. `catalog` maps a service's id to what is known of it, for services that the config names by a
/// string; [`Value::Null`] where there is none.
#[must_use]
pub fn read(config: &Value, catalog: &Value) -> Reading {
    let mut report = Report::default();
    check::value(config, &table::CONFIG, &Place::Root, Severity::Error, &mut report);
    let policy = declare::policy(config, catalog, &mut report);
    let issues = report.issues;
    let is_broken = issues.iter().any(|issue| issue.severity == Severity::Error);
    Reading { policy: if is_broken { None } else { Some(policy) }, issues }
}
