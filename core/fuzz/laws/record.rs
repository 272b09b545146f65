//! Whatever storage holds: reading it never panics, a refusal afterwards leaves nothing on, and what becomes of a text that
//! another tab wrote then (behind the first line break) is what the next page reads.

use crate::site::{NOW, act, opened, policy};
use consentry_core::{
    effect::Effect,
    engine::Engine,
    event::{Answer, Event, Proof, Stored},
};

/// Fails where that does not hold of a text.
pub(crate) fn check(texts: &str) {
    let (text, other) = texts.split_once('\n').unwrap_or((texts, ""));
    let mut engine = Engine::new(policy(), "1.0.0");
    engine.step(Event::Read { stored: Stored::Text(text.into()), at: NOW });
    let believed = engine.record().is_some();
    assert!(believed || opened(&engine).is_empty(), "a grant without a record");
    let effects = engine.step(Event::Answered(act(Answer::RejectAll, Proof::None)));
    assert!(opened(&engine).is_empty(), "a refusal left something on");
    let written = effects.iter().find_map(|effect| if let Effect::Persist(text) = effect { Some(text) } else { None });
    let written = written.expect("a refusal is written").clone();
    assert!(believed || written.len() <= 8_000);
    let mut next = Engine::new(policy(), "1.0.0");
    next.step(Event::Read { stored: Stored::Text(written), at: NOW });
    assert!(next.record().is_some(), "what was written cannot be read");
    engine.step(Event::Kept(true));
    engine.step(Event::Read { stored: Stored::Text(other.into()), at: NOW });
    let Some(record) = engine.record() else { return assert!(opened(&engine).is_empty(), "a grant without a record") };
    let mut next = Engine::new(policy(), "1.0.0");
    next.step(Event::Read { stored: Stored::Text(record.text().into()), at: NOW });
    assert_eq!(opened(&next), opened(&engine), "the next page reads something else");
}
