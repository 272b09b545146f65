//! What a service does with data beyond the page, as far as laws of opt-out tell it apart.

use alloc::string::String;

use crate::record::text::{parts, push};

/// A set of uses, one bit for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Uses(pub u8);

/// The uses' names in the config, in the order of their bits.
const WORDS: &str = "sale share targetedAds profiling sensitive";

impl Uses {
    /// None.
    pub const NONE: Self = Self(0);
    /// Sale, sharing and targeted advertising: what GPC and "Do Not Sell or Share" are about.
    pub const SOLD: Self = Self(7);
    /// What a third-party service counts as that declares none: all but sensitive.
    pub const UNDECLARED: Self = Self(15);
    /// Use of sensitive data: never without a yes.
    pub const SENSITIVE: Self = Self(16);
    /// Anything optional, whatever it does: what a general refusal is about.
    pub const ANY: Self = Self(32);
    /// Beside uses that a visitor granted despite an opt-out: no signal said so then.
    pub(crate) const UNSIGNALED: Self = Self(64);
    /// Every use, and anything optional.
    pub const ALL: Self = Self(63);

    /// The uses that words name, with a space between them; `None` if one of them is no use.
    #[must_use]
    pub fn named(words: &str) -> Option<Self> {
        let mut uses = 0;
        for word in parts(words, b' ') {
            uses |= 1 << parts(WORDS, b' ').position(|known| known == word)?;
        }
        Some(Self(uses))
    }

    /// The words for them, with a space between.
    #[must_use]
    pub fn words(self) -> String {
        let mut words = String::new();
        for (bit, word) in parts(WORDS, b' ').enumerate() {
            if self.0 >> bit & 1 != 0 {
                if !words.is_empty() {
                    push(&mut words, b' ');
                }
                words.push_str(word);
            }
        }
        words
    }

    /// Whether one of these is among the others.
    #[must_use]
    pub const fn meet(self, others: Self) -> bool {
        self.0 & others.0 != 0
    }

    /// Both.
    #[must_use]
    pub const fn and(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }

    /// These without the others.
    #[must_use]
    pub const fn without(self, others: Self) -> Self {
        Self(self.0 & !others.0)
    }
}
