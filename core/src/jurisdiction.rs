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

/// How a place was determined that the visitor named.
pub(crate) const SAID: &str = "visitor";

/// Behind each letter the places it stands for: `e` European Economic Area with its overseas codes, `g` Britain, `u` the
/// United States (opt-out as in California, the strictest of them, in every state), `i` opt-in, whatever is said of the
/// country around it.
pub(crate) const PLACES: &str = "e: AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE IS LI NO \
                      GF GP MQ RE YT MF AX g: GB u: US i: CA-QC";

/// Stands for a place somewhere in the European Economic Area.
pub(crate) const EUROPE: &str = "EU";

/// Behind each place the time zones, or their beginnings, that are its alone. A zone that it shares with a stricter place
/// is that place's (Toronto is Québec's), and a zone that is not here says that the place is unknown.
const ZONES: &str = "US-CA: America/Los_Angeles US: America/New_York America/Chicago America/Denver America/Phoenix \
                     America/Detroit America/Boise America/Indiana/ America/Kentucky/ America/North_Dakota/ \
                     America/Anchorage America/Juneau Pacific/Honolulu CA: America/Vancouver America/Edmonton \
                     America/Winnipeg America/Regina GB: Europe/London JP: Asia/Tokyo AU: Australia/";

/// How the zones begin, behind `Europe/`, that are all of the European Economic Area: Amsterdam, Athens, Berlin … No other
/// zone of the continent begins so.
const CITIES: &str = "EU: Ams Ath Ber Bra Bru Buc Bud Bus Cop Dub Hel Lis Lju Lux Mad Mal Mar Osl Par Pra Rig Rom Sof Sto Tal Vad \
                      Vie Vil War Zag";

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
    /// What said so: `visitor`, `hint`, `config`, `zone`, `language`; `default` where nothing did.
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
    /// The strictest of all places that the visitor may be in, and of the one that they say they are in (empty for none);
    /// beside that the server's word for this request decides alone.
    #[must_use]
    pub fn of(facts: &Facts, said: &str, rules: &Rules) -> Self {
        let (how, regime) = ("", Regime::Notice);
        let mut found = Self { how, regime, objects: false, britain: true, ..Self::default() };
        // First, so that of two equally strict it is the visitor's.
        if !said.is_empty() {
            found.or(said, said, SAID, rules);
        }
        if let Some(hint) = field(&facts.0, b'h') {
            found.or(hint, hint, "hint", rules);
        } else {
            if !rules.jurisdiction.is_empty() {
                found.or(&rules.jurisdiction, &rules.jurisdiction, "config", rules);
            }
            let zone = facts.get(b'z');
            let place = find(ZONES, |begins| zone.starts_with(begins));
            let europe =
                find(CITIES, |begins| zone.strip_prefix("Europe/").is_some_and(|city| city.starts_with(begins)));
            // States share their zones; of Europe's it is enough to know that all of it has one law.
            found.or(place, place.get(..2).unwrap_or(europe), "zone", rules);
            for language in parts(facts.get(b'l'), b',') {
                let mut tags = parts(language, b'-');
                let first = tags.next();
                if let Some(region) = tags.find(|tag| Form::of(b'c').fits(tag)) {
                    let place = if first == Some("fr") && region == "CA" { "CA-QC" } else { region };
                    found.or(place, place, "language", rules);
                }
            }
        }
        found.regime = found.regime.max(rules.floor);
        found
    }

    /// Takes one more place into account that the visitor may be in; `within` is as much of it as can be told for sure.
    fn or(&mut self, code: &str, within: &str, how: &'static str, rules: &Rules) {
        let valid = Form::of(b'p').fits(code);
        let row = if valid { row(PLACES, code) } else { "e" };
        let mut regime = regime(row);
        if valid {
            regime = ruled(&rules.regimes, within, regime, is_listed(PLACES, within));
        }
        self.ages.or(if valid || within == EUROPE { within } else { "" }, rules);
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

/// What holds at a place. What the site says of it, or of the country around it, stands in for the table's word, but what
/// it says of the country alone never for that of a state with a row of its own (`listed`). What it says of places inside,
/// or of all (`*`), stands beside: the visitor may be in any of them. Of several the strictest.
pub(crate) fn ruled<T: Copy + Ord>(overrides: &[(String, T)], code: &str, law: T, mut listed: bool) -> T {
    let (mut here, mut inside) = (None, None);
    for (place, value) in overrides {
        if place == code || code.get(..2) == Some(place) {
            listed &= place != code;
            here = here.max(Some(*value));
        } else if code.is_empty()
            || place == "*"
            || place.get(..2) == Some(code)
            || code == EUROPE && row(PLACES, place) == "e"
        {
            inside = inside.max(Some(*value));
        }
    }
    let base = here.map_or(law, |here| if listed { here.max(law) } else { here });
    inside.map_or(base, |inside| inside.max(base))
}

/// What the table says of a place.
#[must_use]
pub fn law(code: &str) -> Regime {
    regime(row(PLACES, code))
}

fn regime(row: &str) -> Regime {
    if row == "u" { Regime::OptOut } else { Regime::OptIn }
}

/// The heading of a place's row in a table: its own, or that of the country around it; empty where there is none.
#[inline(never)]
pub(crate) fn row(table: &'static str, code: &str) -> &'static str {
    let own = find(table, |place| place == code);
    if own.is_empty() { find(table, |place| code.get(..2) == Some(place)) } else { own }
}

/// Whether a place has a row of its own in a table.
pub(crate) fn is_listed(table: &'static str, code: &str) -> bool {
    !find(table, |place| place == code).is_empty()
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
