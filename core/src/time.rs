//! Time as the core knows it: an argument, never a clock.

use alloc::string::String;

/// Seconds since 1970-01-01 00:00 UTC; good until the year 2106.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Timestamp(pub u32);

/// Seconds in a day.
pub const DAY: u32 = 86_400;

impl Timestamp {
    /// The moment that many days later, or the last moment that can be told.
    #[must_use]
    pub const fn plus_days(self, days: u32) -> Self {
        Self(self.0.saturating_add(days.saturating_mul(DAY)))
    }
}

/// Appends a number in decimal digits, without the formatting machinery of the standard library.
pub fn push_number(out: &mut String, number: u32) {
    if number >= 10 {
        push_number(out, number / 10);
    }
    out.push(char::from(b'0' + (number % 10) as u8));
}
