//! `consentry decisions`: what is decided for every kind of visitor, printed from the code that decides.

use consentry_core::{
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
    summary: "the table of what is decided: place, signal, age, answer, and each category with its reason",
    usage: "consentry decisions [--place US-CA]\n\n\
            Prints a Markdown table for your config: a row for every place with a law of its own (or the one you name), signal,\n\
            age where the config has `age`, and answer; under each category + where it is on, - where it is off, and why.",
    options: &["place"],
    flags: &[],
    run,
};

/// A place for each row of the tables of law, and nowhere.
const PLACES: [&str; 12] = ["DE", "ES", "GB", "CH", "US-CA", "US-OR", "US-TX", "CA", "CA-QC", "BR", "JP", ""];

/// What the browser says.
const SIGNALS: [(&str, &str); 3] = [("none", ""), ("GPC", "g=1 "), ("DNT", "d=1 ")];

/// Ages on both sides of every threshold that the law knows.
const AGES: [Option<u32>; 6] = [None, Some(10), Some(13), Some(15), Some(17), Some(40)];

/// What the visitor answers.
const ANSWERS: [(&str, Option<Answer>); 3] =
    [("none", None), ("accept all", Some(Answer::AcceptAll)), ("reject all", Some(Answer::RejectAll))];

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
    let mut text = format!("| place | signal | age | answer | {} |\n", categories.join(" | "));
    text.push_str(&format!("|---|---|---|---|{}\n", "---|".repeat(categories.len())));
    let ages = if policy.rules.age.is_some() { &AGES[..] } else { &[None] };
    for place in place.map_or_else(|| PLACES.to_vec(), |place| vec![place]) {
        for (signal, facts) in SIGNALS {
            for age in ages {
                for (answer, act) in &ANSWERS {
                    let engine = decide(policy, &format!("{facts}h={place}"), *age, act.as_ref());
                    let cells = categories.iter().map(|id| {
                        let choice = engine.decision().choice(id);
                        format!("{} {}", if choice.allowed { '+' } else { '-' }, choice.reason.as_str())
                    });
                    let cells: Vec<String> = cells.collect();
                    let age = age.map_or_else(|| "unknown".to_owned(), |years| years.to_string());
                    let place = if place.is_empty() { "unknown" } else { place };
                    text.push_str(&format!("| {place} | {signal} | {age} | {answer} | {} |\n", cells.join(" | ")));
                }
            }
        }
    }
    text
}

fn decide(policy: &Policy, facts: &str, age: Option<u32>, answer: Option<&Answer>) -> Engine {
    let mut engine = Engine::new(policy.clone(), "");
    engine.step(Event::Told(Facts::new(facts.into())));
    engine.step(Event::Read { stored: Stored::Empty, at: NOW });
    for answer in age.map(Answer::Age).iter().chain(answer) {
        let shown = Shown { screen: Screen::Notice, locale: String::new(), texts: String::new() };
        let act = Act { answer: answer.clone(), proof: Proof::Gesture, at: NOW, nonce: [1; 16], shown };
        engine.step(Event::Answered(act));
    }
    engine
}
