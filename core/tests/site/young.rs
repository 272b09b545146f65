//! A site where age plays a part, and the children on it.

use consentry_core::{
    age::Stage,
    event::{Answer, Proof},
    jurisdiction::Regime,
    policy::Policy,
    time::Timestamp,
    uses::Uses,
};

use super::{Device, Page, act, policy};

/// The site of the other tests, where age plays a part; the map and the counter work for the site alone.
pub(crate) fn asking() -> Policy {
    let mut policy = policy();
    policy.rules.age = Some(Vec::new());
    policy.rules.floor = Regime::Notice;
    for service in policy.services.iter_mut().take(3) {
        (service.uses, service.discloses) = (Uses::NONE, false);
    }
    policy
}

pub(crate) fn parent(wishes: &[&str], since: u32) -> Answer {
    let said = |id: &&str| (String::from(id.trim_end_matches('+')), id.ends_with('+'));
    Answer::Parent(wishes.iter().map(said).collect(), Timestamp(since))
}

/// A child in Texas, with what a parent answered.
pub(crate) fn child(device: &mut Device, answer: Answer, at: u32) -> Page {
    let (mut page, _) = Page::open_in(&asking(), device, at, "h=US-TX");
    if page.engine.stage() != Some(Stage::Child) {
        page.answer(device, Answer::Age(10), at);
    }
    page.act(device, act(answer, Proof::None, at));
    page
}
