//! What is wrong with a config, and where.

use alloc::string::String;

/// Whether an issue stops Consentry from starting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    /// Nothing starts; the gate stays shut.
    Error,
    /// The default is used and the notice works.
    Warning,
}

/// One thing that is wrong with a config.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issue {
    /// Where: `categories[1].services[0].hosts[2]`.
    pub path: String,
    /// What, and the way out.
    pub message: String,
    /// Whether it stops the start.
    pub severity: Severity,
}
