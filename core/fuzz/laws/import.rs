//! Whatever a copy says (`id=1`, a line each), on top of whatever storage holds (the first line): without a click it opens nothing, what is forbidden stays shut, and
//! what was written can be read.

use crate::site::{NOW, act, opened, policy};
use consentry_core::{
    decision::Reason,
    engine::Engine,
    event::{Answer, Event, Proof, Stored},
};

/// Fails where that does not hold of a text.
pub(crate) fn check(copy: &str) {
    let mut lines = copy.lines();
    let text = String::from(lines.next().unwrap_or_default());
    let wishes: Vec<(String, bool)> = lines
        .map(|line| line.split_once('=').map_or((line.into(), false), |(id, yes)| (id.into(), yes == "1")))
        .collect();
    let mut policy = policy();
    policy.rules.forbidden.push("marketing".into());
    for proof in [Proof::None, Proof::Gesture] {
        let mut engine = Engine::new(policy.clone(), "1.0.0");
        engine.step(Event::Read { stored: Stored::Text(text.clone()), at: NOW });
        let before = opened(&engine);
        engine.step(Event::Answered(act(Answer::Import(wishes.clone()), proof)));
        let after = opened(&engine);
        assert!(
            proof == Proof::Gesture || after.iter().all(|id| before.contains(id)),
            "a script's copy opens {after:?}"
        );
        assert_eq!(engine.decision().choice("marketing").reason, Reason::Forbidden);
        assert!(!after.contains(&"video".into()), "its category is forbidden");
        if let Some(record) = engine.record() {
            let mut next = Engine::new(policy.clone(), "1.0.0");
            next.step(Event::Read { stored: Stored::Text(record.text().into()), at: NOW });
            assert_eq!(next.record(), Some(record), "what was written cannot be read");
            assert_eq!(opened(&next), after, "read anew it says something else");
        }
    }
}
