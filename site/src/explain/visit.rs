//! The visitor that a call describes, and the engine as it stands for them.

use consentry_core::{
    age::Ages,
    config::form::Form,
    effect::{Effect, Warning},
    engine::Engine,
    event::{Event, Stored, View},
    jurisdiction::{Facts, Jurisdiction},
    policy::Policy,
    time::{DAY, Timestamp},
};

use crate::{
    command::{Call, Stop},
    json,
};

/// One visitor at one moment.
pub(super) struct Visit {
    /// When.
    pub(super) at: Timestamp,
    /// The place that `--place` names.
    pub(super) place: Option<String>,
    /// The browser's time zone.
    pub(super) zone: String,
    /// The browser's languages.
    pub(super) languages: String,
    /// Whether the browser sends Global Privacy Control.
    pub(super) gpc: bool,
    /// Whether the browser sends Do Not Track.
    pub(super) dnt: bool,
    /// How old the visitor said they are.
    pub(super) years: Option<u32>,
    /// Where the record came from, as it is shown to people, and its text.
    pub(super) record: Option<(String, String)>,
    /// What is amiss with the record.
    pub(super) warnings: Vec<Warning>,
    /// The engine, after it has heard all that.
    pub(super) engine: Engine,
    /// Whether the notice comes up by itself.
    pub(super) asks: bool,
}

impl Visit {
    /// The visitor of a call.
    ///
    /// # Errors
    /// [`Stop::Usage`] for a value of another form, [`Stop::File`] if the record cannot be read.
    pub(super) fn of(call: &mut Call<'_>, policy: &Policy) -> Result<Self, Stop> {
        let word = |name: &str| -> Result<String, Stop> {
            let text = call.option(name).unwrap_or_default();
            // Facts stand one behind the other, with spaces between.
            if text.contains(char::is_whitespace) {
                return Err(Stop::Usage(format!("--{name} must be one word, got \"{text}\"")));
            }
            Ok(text.to_owned())
        };
        let (zone, languages) = (word("zone")?, word("languages")?);
        let place = call.option("place").is_some().then(|| word("place")).transpose()?;
        let (gpc, dnt) = (call.option("gpc").is_some(), call.option("dnt").is_some());
        let years = match call.option("age") {
            None => None,
            Some(age) => {
                Some(age.parse().map_err(|_| Stop::Usage(format!("--age must be a number of years, got \"{age}\"")))?)
            }
        };
        let at = moment(call)?;
        let record = record(call)?;
        let mut facts =
            format!("z={zone} l={languages} g={} d={}", if gpc { "1" } else { "" }, if dnt { "1" } else { "" });
        if let Some(place) = &place {
            facts.push_str(" h=");
            facts.push_str(place);
        }
        if let Some(years) = years {
            facts.push_str(" a=");
            ages(&facts, policy).band(years, at).push(&mut facts);
        }
        let stored = record.as_ref().map_or(Stored::Empty, |(_, text)| Stored::Text(text.clone()));
        let mut engine = Engine::new(policy.clone(), env!("CARGO_PKG_VERSION"));
        engine.step(Event::Told(Facts::new(facts)));
        let effects = engine.step(Event::Read { stored, at });
        if effects.iter().any(|effect| matches!(effect, Effect::Persist(_))) {
            engine.step(Event::Kept(true));
        }
        let asks = effects.contains(&Effect::Show(View::Notice));
        let warnings = effects
            .iter()
            .filter_map(|effect| if let Effect::Warn(warning) = effect { Some(*warning) } else { None })
            .collect();
        Ok(Self { at, place, zone, languages, gpc, dnt, years, record, warnings, engine, asks })
    }
}

/// The thresholds that hold where the facts say that the visitor is.
fn ages(facts: &str, policy: &Policy) -> Ages {
    Jurisdiction::of(&Facts::new(facts.to_owned()), "", &policy.rules).ages
}

fn moment(call: &mut Call<'_>) -> Result<Timestamp, Stop> {
    match call.option("date") {
        None => Ok(call.desk().now()),
        Some(day) if Form::of(b'd').fits(day) => Ok(Timestamp::of_day(day)),
        Some(day) => Err(Stop::Usage(format!("--date must be a day like 2026-11-01, got \"{day}\""))),
    }
}

/// The record of a file: the text itself, or the one that a visitor's copy holds.
fn record(call: &mut Call<'_>) -> Result<Option<(String, String)>, Stop> {
    let Some(path) = call.option("record").map(ToOwned::to_owned) else { return Ok(None) };
    let text = call.text(&path)?;
    let text = text.trim();
    if !text.starts_with('{') {
        return Ok(Some((path, text.to_owned())));
    }
    let copy = json::read(text).map_err(|not_json| Stop::File(format!("{path}: {not_json}")))?;
    let Some(text) = copy.value.at("record").text() else {
        return Err(Stop::File(format!("{path}: record: is missing: this is no copy of a record")));
    };
    Ok(Some((path, text.to_owned())))
}

/// A moment's day, UTC, as `2026-11-01`.
pub(super) fn day(at: Timestamp) -> String {
    let last = |prefix: &str, numbers: std::ops::RangeInclusive<u32>, rest: &str| {
        let names = numbers.rev().map(|number| format!("{prefix}{number:02}"));
        let mut begun = names.filter(|name| Timestamp::of_day(&format!("{name}{rest}")) <= at);
        begun.next().unwrap_or_default()
    };
    let year = last("", 1970..=2105, "-01-01");
    let month = last(&format!("{year}-"), 1..=12, "-01");
    let first = Timestamp::of_day(&format!("{month}-01"));
    format!("{month}-{:02}", at.0.saturating_sub(first.0) / DAY + 1)
}

#[cfg(test)]
mod tests {
    use consentry_core::time::Timestamp;

    use super::day;

    #[test]
    fn names_the_day_that_the_calendar_has() {
        for text in ["1970-01-01", "2000-02-29", "2024-12-31", "2026-11-01", "2100-03-01"] {
            let at = Timestamp::of_day(text);
            assert_eq!(day(at), text);
            assert_eq!(day(Timestamp(at.0 + 86_399)), text, "its last second");
        }
    }
}
