//! `consentry decisions`: what is decided for every kind of visitor, printed from the code that decides.

use consentry_core::{
    effect::Effect,
    engine::Engine,
    event::{Act, Answer, Event, Proof, Screen, Shown, Stored},
    jurisdiction::Facts,
    policy::Policy,
    time::Timestamp,
};

use crate::command::{Call, Code, Command, Stop};

/// `consentry decisions`
pub static COMMAND: Command = Command {
    name: "decisions",
    summary: "the table of what is decided: place, signal, age, record, and each category with its reason",
    usage: "consentry decisions [--place US-CA]\n\n\
            Prints a Markdown table for your config: a row for every place with a law of its own (or the one you name), signal,\n\
            age where the config has `age`, and record: answers of today, and what else a record can be. Under each category\n\
            + where it is on, - where it is off, and why.",
    options: &["place"],
    flags: &[],
    run,
};

/// A place for each row of the tables of law, some that are in none, and nowhere.
const PLACES: [&str; 18] = [
    "DE", "ES", "AT", "DK", "GB", "CH", "US-CA", "US-OR", "US-MD", "US-TX", "CA", "CA-QC", "BR", "JP", "AU", "KR",
    "IN", "",
];

/// What the browser says.
const SIGNALS: [(&str, &str); 3] = [("none", ""), ("GPC", "g=1 "), ("DNT", "d=1 ")];

/// Ages on both sides of every threshold that the law knows.
const AGES: [Option<u32>; 6] = [None, Some(10), Some(13), Some(15), Some(17), Some(40)];

/// What the record is: what was answered, so many days ago, and what befell it since.
struct History {
    name: &'static str,
    answers: &'static [Answer],
    days: u32,
    fate: Fate,
}

/// What befalls a record.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    Kept,
    /// A piece of it is missing.
    Damaged,
    /// A later version of this code wrote it.
    Newer,
    /// It was given on another version of the policy, which has changed materially since.
    Older,
}

const HISTORIES: [History; 9] = [
    history("none", &[], 0, Fate::Kept),
    history("accept all", &[Answer::AcceptAll], 0, Fate::Kept),
    history("reject all", &[Answer::RejectAll], 0, Fate::Kept),
    history("withdrawn", &[Answer::AcceptAll, Answer::Withdraw(None)], 0, Fate::Kept),
    history("expired", &[Answer::AcceptAll], 400, Fate::Kept),
    history("older policy", &[Answer::AcceptAll], 0, Fate::Older),
    history("erased", &[Answer::AcceptAll, Answer::Erase], 0, Fate::Kept),
    history("damaged", &[Answer::AcceptAll], 0, Fate::Damaged),
    history("newer code", &[], 0, Fate::Newer),
];

const fn history(name: &'static str, answers: &'static [Answer], days: u32, fate: Fate) -> History {
    History { name, answers, days, fate }
}

/// Any day; the decision depends on none.
const NOW: Timestamp = Timestamp(1_793_491_200);

fn run(call: &mut Call<'_>) -> Result<Code, Stop> {
    call.no_more(0)?;
    let config = call.valid_config()?;
    let Some(policy) = &config.policy else { return Ok(Code::Issues) };
    let table = table(policy, call.option("place"));
    call.say(&table);
    Ok(Code::Well)
}

/// The table for a policy, in Markdown; of one place, where one is named.
#[must_use]
pub fn table(policy: &Policy, place: Option<&str>) -> String {
    let categories: Vec<&str> = policy.categories.iter().map(|category| category.id.as_str()).collect();
    let mut text = format!("| place | signal | age | record | {} |\n", categories.join(" | "));
    text.push_str(&format!("|---|---|---|---|{}\n", "---|".repeat(categories.len())));
    let ages = if policy.rules.age.is_some() { &AGES[..] } else { &[None] };
    for place in place.map_or_else(|| PLACES.to_vec(), |place| vec![place]) {
        for (signal, facts) in SIGNALS {
            for age in ages {
                for history in &HISTORIES {
                    let engine = decide(policy, &format!("{facts}h={place}"), *age, history);
                    let cells = categories.iter().map(|id| {
                        let choice = engine.decision().choice(id);
                        format!("{} {}", if choice.allowed { '+' } else { '-' }, choice.reason.as_str())
                    });
                    let cells: Vec<String> = cells.collect();
                    let age = age.map_or_else(|| "unknown".to_owned(), |years| years.to_string());
                    let place = if place.is_empty() { "unknown" } else { place };
                    text.push_str(&format!(
                        "| {place} | {signal} | {age} | {} | {} |\n",
                        history.name,
                        cells.join(" | ")
                    ));
                }
            }
        }
    }
    text
}

/// The engine of a page today, on which the visitor says how old they are.
fn decide(policy: &Policy, facts: &str, age: Option<u32>, history: &History) -> Engine {
    let mut today = Policy { material: policy.material || history.fate == Fate::Older, ..policy.clone() };
    let stored = record(policy, facts, age, history);
    if history.fate == Fate::Older {
        today.version.push_str(", changed");
    }
    let mut engine = open(&today, facts, stored, NOW);
    if let Some(years) = age {
        answer(&mut engine, &Answer::Age(years), NOW);
    }
    engine
}

/// What storage holds after that history.
fn record(policy: &Policy, facts: &str, age: Option<u32>, history: &History) -> Stored {
    if history.fate == Fate::Newer {
        return Stored::Text("consentry/2 of a later version".into());
    }
    if history.answers.is_empty() {
        return Stored::Empty;
    }
    let then = Timestamp(NOW.0 - history.days * 86_400);
    let mut engine = open(policy, facts, Stored::Empty, then);
    let mut text = String::new();
    for one in age.map(Answer::Age).iter().chain(history.answers) {
        text = answer(&mut engine, one, then).unwrap_or(text);
    }
    if history.fate == Fate::Damaged {
        text.truncate(text.len() / 2);
    }
    if text.is_empty() { Stored::Empty } else { Stored::Text(text) }
}

fn open(policy: &Policy, facts: &str, stored: Stored, at: Timestamp) -> Engine {
    let mut engine = Engine::new(policy.clone(), "");
    engine.step(Event::Told(Facts::new(facts.into())));
    engine.step(Event::Read { stored, at });
    engine
}

/// Answers by a click; what is to be kept then.
fn answer(engine: &mut Engine, answer: &Answer, at: Timestamp) -> Option<String> {
    let shown = Shown { screen: Screen::Notice, locale: String::new(), texts: String::new() };
    let act = Act { answer: answer.clone(), proof: Proof::Gesture, at, nonce: [1; 16], shown };
    let mut kept = None;
    for effect in engine.step(Event::Answered(act)) {
        if let Effect::Persist(text) = effect {
            kept = Some(text);
        }
    }
    kept
}
