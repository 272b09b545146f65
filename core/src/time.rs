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

    /// The moment as RFC 3339 writes it: `2026-11-22T20:40:00Z`.
    #[must_use]
    pub fn iso(self) -> String {
        // The year starts in March, so that the leap day is its last and months have a rhythm of 153 days in five.
        let days = self.0 / DAY + 719_468;
        let (era, day_of_era) = (days / 146_097, days % 146_097);
        let year = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year + year / 4 - year / 100);
        let month = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * month + 2) / 5 + 1;
        let (year, month) = (year + era * 400 + month / 10, (month + 2) % 12 + 1);
        let second = self.0 % DAY;
        let mut text = String::new();
        push_number(&mut text, year);
        let parts = [('-', month), ('-', day), ('T', second / 3600), (':', second / 60 % 60), (':', second % 60)];
        for (before, part) in parts {
            text.push(before);
            push_number(&mut text, part / 10);
            push_number(&mut text, part % 10);
        }
        text.push('Z');
        text
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
    use super::*;

    #[test]
    fn writes_moments_as_rfc_3339_does() {
        let moments = [
            (0, "1970-01-01T00:00:00Z"),
            (951_782_399, "2000-02-28T23:59:59Z"),
            (951_782_400, "2000-02-29T00:00:00Z"),
            (951_868_800, "2000-03-01T00:00:00Z"),
            (1_735_689_599, "2024-12-31T23:59:59Z"),
            (1_735_689_600, "2025-01-01T00:00:00Z"),
            (u32::MAX, "2106-02-07T06:28:15Z"),
        ];
        for (seconds, text) in moments {
            assert_eq!(Timestamp(seconds).iso(), text);
        }
    }
}
