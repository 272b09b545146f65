//! Time as the core knows it: an argument, never a clock.

use alloc::string::String;

use crate::record::text::{number, parts};

/// Seconds since 1970-01-01 00:00 UTC; good until the year 2106.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Timestamp(pub u32);

/// Seconds in a day.
pub const DAY: u32 = 86_400;

/// Days of that calendar before 1970.
const BEFORE_1970: u32 = 719_469;

impl Timestamp {
    /// The moment that many days later, or the last moment that can be told.
    #[must_use]
    pub const fn plus_days(self, days: u32) -> Self {
        Self(self.0.saturating_add(days.saturating_mul(DAY)))
    }
}

impl Timestamp {
    /// The moment at which a day begins, UTC, written as `2026-11-01`; of anything else, and of what is before 1970, the
    /// first moment.
    #[must_use]
    pub fn of_day(text: &str) -> Self {
        let mut numbers = parts(text, b'-').map(|part| number(part).unwrap_or_default().min(9_999));
        let mut next = || numbers.next().unwrap_or_default();
        let (year, month, day) = (next(), next(), next());
        // Years that begin in March, so that a leap day is the last: 153 days are five months from there.
        let (year, month) = if month > 2 { (year, month - 3) } else { (year.saturating_sub(1), month + 9) };
        let days = (year * 365 + year / 4 + year / 400 + (month * 153 + 2) / 5 + day).saturating_sub(year / 100);
        Self(days.saturating_sub(BEFORE_1970).saturating_mul(DAY))
    }
}

/// Appends a number in decimal digits, without the formatting machinery of the standard library.
pub fn push_number(out: &mut String, number: u32) {
    if number >= 10 {
        push_number(out, number / 10);
    }
    out.push(char::from(b'0' + (number % 10) as u8));
}

#[cfg(test)]
mod tests {
    use super::Timestamp;

    #[test]
    fn reads_days_as_the_calendar_has_them() {
        let days = [
            ("1970-01-01", 0),
            ("1970-01-02", 86_400),
            ("2000-02-29", 951_782_400),
            ("2000-03-01", 951_868_800),
            ("2024-12-31", 1_735_603_200),
            ("2026-11-01", 1_793_491_200),
            ("2100-03-01", 4_107_542_400),
            ("1969-12-31", 0),
            ("9999-12-31", u32::MAX),
            ("", 0),
            ("never", 0),
        ];
        for (text, seconds) in days {
            assert_eq!(Timestamp::of_day(text), Timestamp(seconds), "{text}");
        }
    }
}
