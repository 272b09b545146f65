//! The forms that a text of the config can be asked to have.

use crate::matching::{HostPattern, is_host};

/// A form of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Any text.
    Any,
    /// A short name for a version: one line of 1 to 64 characters.
    Version,
    /// `[a-z0-9][a-z0-9-]*`, at most 64 characters.
    Id,
    /// An id, or nothing.
    Scope,
    /// A day of the calendar, `YYYY-MM-DD`.
    Date,
    /// A [`HostPattern`].
    Host,
    /// A host that a cookie is set for, with or without a dot before it.
    Domain,
    /// The name of a cookie or a storage key, `*` for any part of it, but not for all of it: removing that would
    /// remove the site's own.
    Name,
    /// A URL with the scheme `http`, `https` or `mailto`, or a relative one.
    Url,
    /// A country by its two letters, `DE`.
    Country,
    /// A country or a part of one, `US-CA`.
    Place,
    /// A language tag, `pt-BR`.
    Language,
    /// `#rgb` or `#rrggbb`.
    Color,
    /// Whole pixels, `8px`.
    Length,
}

impl Form {
    /// What a text of this form is, for "must be …".
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Any => "a string",
            Self::Version => "1 to 64 characters",
            Self::Id | Self::Scope => "an id of a-z, 0-9 and -",
            Self::Date => "a date like 2026-11-01",
            Self::Host => "a host name",
            Self::Domain => "a domain",
            Self::Name => "a name that is more than *",
            Self::Url => "an http(s), mailto or relative URL",
            Self::Country => "a country like DE",
            Self::Place => "a place like US-CA",
            Self::Language => "a language tag like pt-BR",
            Self::Color => "a color like #1a2b3c",
            Self::Length => "a length like 8px",
        }
    }

    /// Whether a text has this form.
    #[must_use]
    pub fn fits(self, text: &str) -> bool {
        let bytes = text.as_bytes();
        match self {
            Self::Any => true,
            Self::Version => (1..=64).contains(&text.chars().count()) && !text.chars().any(char::is_control),
            Self::Id => is_id(bytes),
            Self::Scope => bytes.is_empty() || is_id(bytes),
            Self::Date => is_date(bytes),
            Self::Host => HostPattern::parse(text).is_ok(),
            Self::Domain => is_host(text.strip_prefix('.').unwrap_or(text)),
            Self::Name => bytes.iter().any(|byte| *byte != b'*'),
            Self::Url => is_url(bytes),
            Self::Country => bytes.len() == 2 && is_place(bytes),
            Self::Place => is_place(bytes),
            Self::Language => is_language(bytes),
            Self::Color => is_color(bytes),
            Self::Length => is_length(bytes),
        }
    }
}

fn is_id(text: &[u8]) -> bool {
    let plain = text.iter().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'));
    plain && (1..=64).contains(&text.len()) && text.first() != Some(&b'-')
}

fn is_date(text: &[u8]) -> bool {
    let &[a, b, c, d, b'-', e, f, b'-', g, h] = text else { return false };
    let number = |digits: &[u8]| {
        digits.iter().try_fold(0, |sum, digit| digit.is_ascii_digit().then(|| sum * 10 + u32::from(digit - b'0')))
    };
    let (Some(year), Some(month), Some(day)) = (number(&[a, b, c, d]), number(&[e, f]), number(&[g, h])) else {
        return false;
    };
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    (1..=days).contains(&day)
}

/// Browsers drop spaces and control characters from URLs and read `\` as `/`: none of these may hide a scheme.
fn is_url(text: &[u8]) -> bool {
    let odd = text.is_empty() || text.iter().any(|byte| matches!(byte, 0..=b' ' | b'\\' | 127));
    let delimiter = text.iter().position(|byte| matches!(byte, b':' | b'/' | b'?' | b'#'));
    let scheme = delimiter.and_then(|at| text.split_at_checked(at)).filter(|(_, rest)| rest.first() == Some(&b':'));
    !odd && match scheme {
        None => true,
        Some((b"mailto", rest)) => rest.len() > 1,
        Some((b"http" | b"https", rest)) => rest.len() > 3 && rest.starts_with(b"://"),
        Some(_) => false,
    }
}

fn is_place(text: &[u8]) -> bool {
    match text {
        [a, b] => a.is_ascii_uppercase() && b.is_ascii_uppercase(),
        [a, b, b'-', part @ ..] => {
            let plain = part.iter().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
            a.is_ascii_uppercase() && b.is_ascii_uppercase() && plain && (1..=3).contains(&part.len())
        }
        _ => false,
    }
}

fn is_language(text: &[u8]) -> bool {
    let mut tags = text.split(|byte| *byte == b'-');
    let first = tags.next().unwrap_or_default();
    let primary = (2..=8).contains(&first.len()) && first.iter().all(u8::is_ascii_alphabetic);
    primary && tags.all(|tag| (1..=8).contains(&tag.len()) && tag.iter().all(u8::is_ascii_alphanumeric))
}

fn is_color(text: &[u8]) -> bool {
    let digits = text.strip_prefix(b"#").unwrap_or_default();
    matches!(digits.len(), 3 | 6) && digits.iter().all(u8::is_ascii_hexdigit)
}

fn is_length(text: &[u8]) -> bool {
    let digits = text.strip_suffix(b"px").unwrap_or_default();
    (1..=3).contains(&digits.len()) && digits.iter().all(u8::is_ascii_digit)
}
