//! What the law does not allow, and what nobody but counsel can answer for: a rule with its source for each.

use super::{
    check::Check,
    declare::{OBJECTION, day, is_necessary, rests_on, whole},
    place::Place,
};
use crate::{age::Ages, jurisdiction::Regime, record::text::parts, value::Value};

/// Behind a rule that counsel can set aside.
const COUNSEL: &str = " without counsel: who, when, why";

const LOOSER: &str = "must not be looser than the law of the place (docs: jurisdictions, age)";

const UNREAD: &str = "must be consent: nobody of us has read the PECR as amended in 2025";

const OPTIONAL: &str =
    "must not hold statistics or advertising: they are not strictly necessary (ePrivacy Directive Art. 5(3))";

/// Where visitors have a right to be informed and served in French, and what is said where a config lacks it.
const QUEBEC: &str = "CA-QC";

const FRENCH: &str = "must have one in fr for CA-QC: a right of visitors there (Charter of the French Language, s. 5)";

/// Most days of a grant (CNIL), and fewest without a question after a refusal (CNIL 2020-092, 38; Garante 10.06.2021, 6.2).
const DAYS: (u32, u32) = (395, 183);

/// Domains that serve nothing but statistics and advertising.
const TRACKERS: &str = "google-analytics.com googletagmanager.com doubleclick.net googleadservices.com \
                        googlesyndication.com facebook.net ads.linkedin.com snap.licdn.com hotjar.com hotjar.io clarity.ms \
                        bat.bing.com analytics.tiktok.com ads-twitter.com mixpanel.com amplitude.com segment.io \
                        fullstory.com matomo.cloud criteo.com criteo.net taboola.com outbrain.com adnxs.com adsrvr.org";

impl<'a> Check<'a> {
    /// What the law, or the keys of an object among themselves, do not allow.
    pub(super) fn law(&mut self, value: &'a Value, sign: u8, place: &Place<'_>) {
        let config = self.config;
        let lacks = |counsel: &Value| counsel.get("counsel").is_none();
        let by_law = config.at("floor").text() == Some("law");
        match sign {
            b'C' => {
                if is_necessary(value) && (rests_on(value, "consent") || rests_on(value, OBJECTION)) {
                    let whole = "must not need consent in part: a visitor answers a category as a whole";
                    self.say(&Place::Key(place, "purposes"), &[whole]);
                }
                let objects = rests_on(value, OBJECTION) && !rests_on(value, "consent");
                self.unless(!objects || !by_law || !lacks(value), place, "purposes", UNREAD);
                let id = value.at("id").text();
                let is_optional = matches!(id, Some("analytics" | "marketing")) && is_necessary(value);
                self.unless(!is_optional || !lacks(value), place, "purposes", OPTIONAL);
            }
            b'E' => {
                let id = value.at("category").text().unwrap_or_default();
                let own = |category: &&Value| category.at("id").text() == Some(id);
                let category = config.at("categories").items().iter().find(own).unwrap_or(value);
                let is_tracker = value.at("hosts").items().iter().any(is_tracker);
                let needs_none = id == "necessary" || is_necessary(category);
                self.unless(
                    !(is_tracker && needs_none && lacks(value) && lacks(category)),
                    place,
                    "category",
                    OPTIONAL,
                );
            }
            b'G' => {
                let opens = value.at("unknownThirdParties").text().is_some_and(|word| word != "block");
                let closed = "must be block: nothing third-party loads before a yes (ePrivacy Directive Art. 5(3))";
                self.unless(!(opens && !by_law && lacks(value)), place, "unknownThirdParties", closed);
            }
            b'X' => {
                let (granted, refused) = (value.at("granted"), value.at("refused"));
                let kept = "must not be over 395: no grant is kept over 13 months (CNIL)";
                self.unless(whole(granted, 0) <= DAYS.0 || !lacks(value), place, "granted", kept);
                let asked = "must not be under 183: no question within 6 months of a refusal (CNIL, Garante)";
                self.unless(whole(refused, DAYS.1) >= DAYS.1 || !lacks(value), place, "refused", asked);
            }
            b'R' if lacks_french(value) => self.say(&Place::Key(&Place::Key(place, "site"), "policies"), &[FRENCH]),
            b'M' if day(value.at("announced")).plus_days(whole(value.at("noticeDays"), 0))
                > day(value.at("effective")) =>
            {
                self.say(&Place::Key(place, "effective"), &["must be noticeDays after it is announced"]);
            }
            b'Z' => self.unless(!lacks(config) || !is_looser(value), place, "regime", LOOSER),
            b'F' => {
                for (key, second) in [("thresholds", false), ("secondThresholds", true)] {
                    self.unless(!lacks(value) || !is_lower(value.at(key), second), place, key, LOOSER);
                }
            }
            _ => {}
        }
    }

    /// Says a rule that counsel can set aside, unless it is kept.
    fn unless(&mut self, kept: bool, place: &Place<'_>, key: &str, rule: &str) {
        if !kept {
            self.say(&Place::Key(place, key), &[rule, COUNSEL]);
        }
    }
}

/// Whether a config that names Québec lists its policies by language, and none of those for it is French. The languages of
/// the notice are no matter: they come by themselves.
fn lacks_french(config: &Value) -> bool {
    let is_there = |place: &Value| place.text() == Some(QUEBEC);
    let (mut named, mut lacks) = (is_there(config.at("jurisdiction")), false);
    for policy in config.at("site").at("policies").items() {
        let (places, languages) = (policy.at("places").items(), policy.at("languages").items());
        let is_for = places.iter().any(is_there);
        named |= is_for;
        if is_for || places.is_empty() {
            if languages.is_empty() || languages.iter().any(|tag| tag.text().is_some_and(|tag| tag.starts_with("fr"))) {
                return false;
            }
            lacks = true;
        }
    }
    named && lacks
}

/// Whether a regime is looser than the table's for the place.
fn is_looser(entry: &Value) -> bool {
    let text = |key| entry.at(key).text().unwrap_or_default();
    Regime::of(text("regime")) < crate::jurisdiction::law(text("place"))
}

/// Whether a first or second threshold of age is lower than the table's for its place.
fn is_lower(thresholds: &Value, second: bool) -> bool {
    let law = |place: &str| if second { Ages::law(place).second } else { Ages::law(place).first };
    thresholds.entries().iter().any(|(place, years)| place != "*" && whole(years, 0) < law(place))
}

/// Whether a host, or a pattern of hosts, is a tracker's.
fn is_tracker(host: &Value) -> bool {
    let host = parts(host.text().unwrap_or_default(), b'/').next().unwrap_or_default();
    let is_its = |domain: &str| host.strip_suffix(domain).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
    parts(TRACKERS, b' ').any(is_its)
}
