//! Age: which thresholds hold where the visitor may be, and what is known of the visitor.
//!
//! `www/docs/age.md` has a source for each row of the table. Where nobody read one, the highest threshold holds.

use alloc::string::String;

use crate::{
    jurisdiction::{EUROPE, PLACES, is_listed, row as own, ruled},
    policy::Rules,
    record::text::{number, parts, push},
    time::{Timestamp, push_number},
    uses::Uses,
};

/// Behind each pair of ages the places where it holds, and a 1 where law bars sale, sharing, targeted ads and profiling
/// between the two, whoever agrees. `EU` stands for whatever of the European Economic Area has no row of its own.
const AGES: &str = "13.16: US-CA 13.16.1: US-OR 13.18.1: US 12.18.1: BR 13.13: BE FI GB SE 14.14: AT ES IT 15.15: CZ DK FR \
                    16.16: EU";

/// Where nobody knows better.
const HIGHEST: &str = "18.18";

/// The thresholds of a place, or the highest of several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Ages {
    /// Below it, in years, only a parent or guardian grants; 0 where age plays no part.
    pub first: u32,
    /// Below it nothing is on by default.
    pub second: u32,
    /// What nobody may grant below the second.
    pub bars: Uses,
}

/// What is known of a visitor's age.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Band {
    /// At least so many years.
    pub low: u32,
    /// Fewer than so many years; 0 for any number.
    pub high: u32,
    /// When the visitor said so.
    pub at: Timestamp,
}

/// What an age comes to at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Stage {
    /// Nobody said: counts as [`Stage::Child`].
    Unknown,
    /// Below the first threshold.
    Child,
    /// Below the second.
    Teen,
    /// Neither, or age plays no part.
    #[default]
    Adult,
}

impl Stage {
    /// The word in the snapshot.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Child => "child",
            Self::Teen => "teen",
            Self::Adult => "adult",
        }
    }
}

impl Ages {
    /// What the table says of a place.
    #[must_use]
    #[inline(never)]
    pub fn law(code: &str) -> Self {
        let mut row = own(AGES, code);
        if row.is_empty() {
            row = if own(PLACES, code) == "e" { own(AGES, EUROPE) } else { HIGHEST };
        }
        let [first, second, barred] = numbers(row);
        Self { first, second, bars: if barred > 0 { Uses::UNDECLARED } else { Uses::NONE } }
    }

    /// Takes one more place into account that the visitor may be in; does nothing where the site asks no age.
    #[inline(never)]
    pub(crate) fn or(&mut self, code: &str, rules: &Rules) {
        let Some(thresholds) = &rules.age else { return };
        let (mut ages, listed) = (Self::law(code), is_listed(AGES, code));
        ages.first = ruled(thresholds, code, ages.first, listed);
        ages.second = ruled(&rules.second_ages, code, ages.second, listed).max(ages.first);
        self.widen(ages);
    }

    /// The stricter of both in each respect.
    pub(crate) fn widen(&mut self, other: Self) {
        self.first = self.first.max(other.first);
        self.second = self.second.max(other.second);
        self.bars = self.bars.and(other.bars);
    }

    /// The band that an age of so many years falls into.
    #[must_use]
    pub const fn band(self, years: u32, at: Timestamp) -> Band {
        let (low, high) = if years < self.first {
            (0, self.first)
        } else if years < self.second {
            (self.first, self.second)
        } else {
            (self.second, 0)
        };
        Band { low, high, at }
    }

    /// What a band comes to here. One of a place with other thresholds may leave it open: then nobody said.
    #[must_use]
    pub fn stage(self, band: Option<Band>) -> Stage {
        let band = band.unwrap_or_default();
        if band.low >= self.second {
            Stage::Adult
        } else if band.low >= self.first {
            Stage::Teen
        } else if band.high > 0 && band.high <= self.first {
            Stage::Child
        } else {
            Stage::Unknown
        }
    }
}

impl Band {
    /// The band that record and facts keep as `low.high.seconds`.
    pub(crate) fn of(text: &str) -> Option<Self> {
        let [low, high, at] = numbers(text);
        if at > 0 { Some(Self { low, high, at: Timestamp(at) }) } else { None }
    }

    /// The same as text.
    pub fn push(self, out: &mut String) {
        push_number(out, self.low);
        push(out, b'.');
        push_number(out, self.high);
        push(out, b'.');
        push_number(out, self.at.0);
    }
}

/// Three numbers with dots between; 0 for what is none.
fn numbers(text: &str) -> [u32; 3] {
    let mut found = [0; 3];
    let mut parts = parts(text, b'.');
    for place in &mut found {
        *place = parts.next().and_then(number).unwrap_or_default();
    }
    found
}
