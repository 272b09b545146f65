//! Where the visitor is, and what rules there: decided from what server, config and browser say, without any request.
//!
//! The table holds what is looser than opt-in, and what opt-in has of its own; every other place, known or not, is opt-in.
//! `www/docs/jurisdictions.md` has a source for each row. A row whose source nobody read is not in it.

use alloc::string::String;

use crate::{
    age::Ages,
    config::form::Form,
    policy::Rules,
    record::text::{field, number, parts},
};

/// How much may run before the visitor says anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Regime {
    /// Everything; visitors are informed.
    Notice,
    /// Everything until the visitor or a signal opts out, but what uses sensitive data.
    OptOut,
    /// Nothing optional.
    #[default]
    OptIn,
}

impl Regime {
    /// The word in config, record and snapshot.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Notice => "notice",
            Self::OptOut => "opt-out",
            Self::OptIn => "opt-in",
        }
    }

    /// The regime that a word names; of any other word the strictest.
    #[must_use]
    pub fn of(word: &str) -> Self {
        match word {
            "notice" => Self::Notice,
            "opt-out" => Self::OptOut,
            _ => Self::OptIn,
        }
    }
}

const UNKNOWN: &str = "unknown";

/// How a place was determined that nothing tells.
const NOTHING: &str = "default";

/// Behind each letter the places it stands for: `e` European Economic Area with its overseas codes, `g` Britain, `u` the
/// United States (opt-out as in California, the strictest of them, in every state), `o` opt-out, `n` notice, `i` opt-in.
pub(crate) const PLACES: &str = "e: AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE IS LI NO \
                      GF GP MQ RE YT MF AX g: GB u: US o: CA i: CA-QC n: JP AU";

/// Behind each place the time zones, or their beginnings, that are its alone. A zone that it shares with a stricter place
/// is that place's (Toronto is Québec's), and a zone that is not here says that the place is unknown.
const ZONES: &str = "US-CA: America/Los_Angeles US: America/New_York America/Chicago America/Denver America/Phoenix \
                     America/Detroit America/Boise America/Indiana/ America/Kentucky/ America/North_Dakota/ \
                     America/Anchorage America/Juneau Pacific/Honolulu CA: America/Vancouver America/Edmonton \
                     America/Winnipeg America/Regina GB: Europe/London JP: Asia/Tokyo AU: Australia/";

/// What server and browser say of the visitor and their place: fields `tag=value` with spaces between them.
///
/// `z` the time zone, `l` the languages with commas between them, `g` 1 or 0 for the GPC signal where the browser knows
/// it, `d` 1 for DNT, `n` on how many pages of this visit the notice went unanswered, `a` the age band that the visitor
/// gave in this visit, `m` what the cookie mirror says, `h` the server's own word for this request: the last one, since it
/// is the only one that others than the browser write.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Facts(String);

impl Facts {
    /// Facts as the browser's side put them together.
    #[must_use]
    pub const fn new(fields: String) -> Self {
        Self(fields)
    }

    pub(crate) fn get(&self, tag: u8) -> &str {
        field(&self.0, tag).unwrap_or_default()
    }

    /// How many pages of this visit showed the notice and got no answer.
    pub(crate) fn unanswered(&self) -> u32 {
        number(self.get(b'n')).unwrap_or_default()
    }
}

/// Where the visitor is taken to be, and what follows from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Jurisdiction {
    /// `DE`, `US-CA`, or `unknown`.
    pub place: String,
    /// What said so: `hint`, `config`, `zone`, `language`; `default` where nothing did.
    pub how: &'static str,
    /// What rules there, the site's floor included.
    pub regime: Regime,
    /// Whether it may be in the European Economic Area or Britain: there DNT is an objection (GDPR Art. 21(5)).
    pub objects: bool,
    /// Whether it may be in the United States: there nobody is asked within 12 months of an opt-out (§1798.135(c)(4)).
    pub states: bool,
    /// Whether it is Britain for sure: there statistics and appearance rest on an objection (PECR as amended 2025).
    pub britain: bool,
    /// The highest thresholds of age of all places that it may be.
    pub ages: Ages,
}

impl Default for Jurisdiction {
    fn default() -> Self {
        let place = String::from(UNKNOWN);
        let ages = Ages::default();
        Self { place, how: NOTHING, regime: Regime::OptIn, objects: true, states: false, britain: false, ages }
    }
}

impl Jurisdiction {
    /// The strictest of all places that the visitor may be in; the server's word for this request decides alone.
    #[must_use]
    pub fn of(facts: &Facts, rules: &Rules) -> Self {
        let (how, regime) = ("", Regime::Notice);
        let mut found = Self { how, regime, objects: false, britain: true, ..Self::default() };
        if let Some(hint) = field(&facts.0, b'h') {
            found.or(hint, "hint", rules);
            found.ages.or(hint, rules);
        } else {
            if !rules.jurisdiction.is_empty() {
                found.or(&rules.jurisdiction, "config", rules);
                found.ages.or(&rules.jurisdiction, rules);
            }
            let zone = facts.get(b'z');
            let place = find(ZONES, |begins| zone.starts_with(begins));
            found.or(place, "zone", rules);
            // States share their zones; of Europe's it is enough to know the continent.
            found.ages.or(
                if zone.starts_with("Europe/") && place.is_empty() { "EU" } else { place.get(..2).unwrap_or_default() },
                rules,
            );
            for language in parts(facts.get(b'l'), b',') {
                let mut tags = parts(language, b'-');
                let first = tags.next();
                if let Some(region) = tags.find(|tag| Form::of(b'c').fits(tag)) {
                    let quebec = first == Some("fr") && region == "CA";
                    found.or(if quebec { "CA-QC" } else { region }, "language", rules);
                    found.ages.or(region, rules);
                }
            }
        }
        found.regime = found.regime.max(rules.floor);
        found
    }

    /// Takes one more place into account that the visitor may be in.
    fn or(&mut self, code: &str, how: &'static str, rules: &Rules) {
        let valid = Form::of(b'p').fits(code);
        let row = if valid { row(PLACES, code) } else { "e" };
        let declared = rules.regimes.iter().find(|(place, _)| place == code);
        let regime = declared.map_or_else(|| regime(row), |(_, regime)| *regime);
        self.objects |= matches!(row, "e" | "g");
        // A language alone makes nobody a visitor from there: American English is spoken by browsers everywhere.
        self.states |= row == "u" && how != "language";
        self.britain &= row == "g";
        let stricter = self.how.is_empty() || regime > self.regime;
        // Of two equally strict the one that has a name.
        if stricter || regime == self.regime && valid && self.how == NOTHING {
            self.place = String::from(if valid { code } else { UNKNOWN });
            self.how = if valid || how == "hint" { how } else { NOTHING };
            self.regime = regime;
        }
    }
}

/// What the table says of a place.
#[must_use]
pub fn law(code: &str) -> Regime {
    regime(row(PLACES, code))
}

fn regime(row: &str) -> Regime {
    match row {
        "u" | "o" => Regime::OptOut,
        "n" => Regime::Notice,
        _ => Regime::OptIn,
    }
}

/// The heading of a place's row in a table: its own, or that of the country around it; empty where there is none.
#[inline(never)]
pub(crate) fn row(table: &'static str, code: &str) -> &'static str {
    let own = find(table, |place| place == code);
    if own.is_empty() { find(table, |place| code.get(..2) == Some(place)) } else { own }
}

/// The heading, which ends in a colon, above the first word that fits.
fn find(table: &'static str, fits: impl Fn(&str) -> bool) -> &'static str {
    let mut heading = "";
    for word in parts(table, b' ') {
        if let Some(next) = word.strip_suffix(':') {
            heading = next;
        } else if fits(word) {
            return heading;
        }
    }
    ""
}
