//! Which service a URL belongs to.

use alloc::string::String;

/// A host name, with an optional wildcard, port and path prefix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HostPattern {
    text: String,
}

impl HostPattern {
    /// The pattern as the config spells it.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }
}
