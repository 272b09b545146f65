//! The site that the targets decide for.

use consentry_core::{
    engine::Engine,
    event::{Act, Answer, Proof, Screen, Shown},
    policy::{Category, Policy, RecordRules, Service},
    time::Timestamp,
};

/// The moment of everything that happens.
pub(crate) const NOW: Timestamp = Timestamp(1_793_491_200);

/// Two categories and a service in each.
pub(crate) fn policy() -> Policy {
    let category =
        |id: &str| Category { id: id.into(), purposes: vec![String::from("purpose")], ..Category::default() };
    let service =
        |id: &str, category| Service { id: id.into(), category, vendor: "Vendor".into(), ..Service::default() };
    Policy {
        version: "1".into(),
        controller: "Example".into(),
        categories: vec![category("analytics"), category("marketing")],
        services: vec![service("counter", 0), service("video", 1)],
        record: RecordRules { granted_days: 365, refused_days: 183, ..RecordRules::default() },
        ..Policy::default()
    }
}

/// What somebody does now.
pub(crate) fn act(answer: Answer, proof: Proof) -> Act {
    let shown = Shown { screen: Screen::Notice, locale: String::from("en"), texts: String::new() };
    Act { answer, proof, at: NOW, nonce: [0; 16], shown }
}

/// What is allowed.
pub(crate) fn opened(engine: &Engine) -> Vec<String> {
    engine.decision().iter().filter(|(_, choice)| choice.allowed).map(|(id, _)| id.into()).collect()
}
