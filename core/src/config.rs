//! From the raw config to a [`Policy`], or to everything that is wrong with it, each with its path.
//!
//! What a config may hold is said in [`table`]: one walk compares the config with it and finds all mistakes, and the
//! JSON Schema is made from it. Only then the policy is made, from a config that is known to be right.
//!
//! Mistakes in `policy`, `categories`, `services`, `gate` and `record` are errors, and so are keys that this version
//! does not know or does not have yet: a site that believes in a protection that is not there is worse off than one
//! that does not start. Mistakes in anything else are warnings, and the default is used.

use alloc::vec::Vec;

pub use self::declare::CATEGORIES;
use self::{check::Check, place::Place};
use crate::{
    index::Index,
    issue::{Issue, Severity},
    policy::Policy,
    value::Value,
};

mod check;
mod declare;
pub mod form;
mod law;
mod place;
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
    read_with_texts(config, catalog, "")
}

/// The same where the keys are known that `texts` may have, with a space between them: any other is a warning. A key
/// with a dot at its end stands for all that begin so.
#[must_use]
#[inline(never)]
pub fn read_with_texts(config: &Value, catalog: &Value, words: &str) -> Reading {
    let mut check = Check {
        config,
        catalog,
        words,
        issues: Vec::new(),
        severity: Severity::Error,
        taken: Index::default(),
        lists: 0,
        entry: None,
    };
    check.value(config, "R", &Place::Root);
    let issues = check.issues;
    let is_broken = issues.iter().any(|issue| issue.severity == Severity::Error);
    Reading { policy: if is_broken { None } else { Some(declare::policy(config, catalog)) }, issues }
}
