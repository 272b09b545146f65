//! Whatever storage holds: reading it never panics, and a refusal afterwards leaves nothing on.
#![no_main]

use consentry_core::{
    effect::Effect,
    engine::Engine,
    event::{Act, Answer, Event, Proof, Screen, Shown, Stored},
    policy::{Category, Policy, RecordRules, Service},
    time::Timestamp,
};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: String| {
    let at = Timestamp(1_793_491_200);
    let mut engine = Engine::new(policy(), "1.0.0");
    engine.step(Event::Read { stored: Stored::Text(text.clone()), at });
    let believed = engine.record().is_some();
    let allowed = engine.decision().iter().any(|(_, choice)| choice.allowed);
    assert!(believed || !allowed, "a grant without a record");
    let shown = Shown { screen: Screen::Notice, locale: String::from("en"), texts: String::new() };
    let effects =
        engine.step(Event::Answered(Act { answer: Answer::RejectAll, proof: Proof::None, at, nonce: [0; 16], shown }));
    assert!(engine.decision().iter().all(|(_, choice)| !choice.allowed), "a refusal left something on");
    let [.., Effect::Persist(written)] =
        &effects[..=effects.iter().position(|e| matches!(e, Effect::Persist(_))).unwrap()]
    else {
        unreachable!("the position is that of a text to be written")
    };
    assert!(believed || written.len() <= 8_000);
    let mut next = Engine::new(policy(), "1.0.0");
    next.step(Event::Read { stored: Stored::Text(written.clone()), at });
    assert!(next.record().is_some(), "what was written cannot be read");
});

fn policy() -> Policy {
    let category = |id: &str| Category { id: id.into(), purposes: vec![String::from("purpose")], ..Category::default() };
    let service = |id: &str| Service { id: id.into(), vendor: "Vendor".into(), ..Service::default() };
    Policy {
        version: "1".into(),
        controller: "Example".into(),
        categories: vec![category("analytics"), category("marketing")],
        services: vec![service("counter"), service("video")],
        record: RecordRules { scope: String::new(), granted_days: 365, refused_days: 183, script_grants: false },
        ..Policy::default()
    }
}
