//! What can happen in a browser's life with a site, at random.

use consentry_core::{
    event::{Answer, Proof, View},
    policy::Policy,
    time::Timestamp,
};
use proptest::{collection::vec, option, prelude::*, sample::select};

use super::{FUNCTIONAL, MARKETING, OPTIONAL, START, policy, service};

/// One thing that happens in a browser's life with the site.
#[derive(Debug, Clone)]
pub(crate) enum Turn {
    /// Somebody or something answers on a page.
    Answer { tab: usize, answer: Answer, proof: Proof },
    /// A page is looked at again.
    Look { tab: usize },
    /// A page is opened anew, under one of the site's policies.
    Reopen { tab: usize, policy: usize },
    /// The clock moves, mostly ahead.
    Clock { days: i32, seconds: i32 },
    /// Buttons that are no answers.
    View { tab: usize, view: Option<View> },
    /// Something befalls the stored text.
    Fault(Fault),
}

#[derive(Debug, Clone)]
pub(crate) enum Fault {
    Erase,
    Cut(prop::sample::Index),
    Flip(prop::sample::Index, u8),
    Newer,
    /// An older text of this browser's own comes back.
    Full,
    Denied,
}

pub(crate) fn ids() -> impl Strategy<Value = String> {
    let known = OPTIONAL.iter().chain(&["necessary", "login", "chat", "nothing"]).map(|id| String::from(*id));
    select(known.collect::<Vec<_>>())
}

/// What a parent can answer about.
fn parents() -> impl Strategy<Value = String> {
    select(vec!["functional", "analytics", "marketing", "nothing"]).prop_map(String::from)
}

pub(crate) fn answers() -> impl Strategy<Value = Answer> {
    prop_oneof![
        2 => Just(Answer::AcceptAll),
        1 => Just(Answer::RejectAll),
        3 => vec((ids(), any::<bool>()), 0..4).prop_map(Answer::Save),
        1 => vec((ids(), any::<bool>()), 0..4).prop_map(Answer::Import),
        1 => Just(Answer::Erase),
        1 => (0..30_u32).prop_map(Answer::Age),
        1 => (vec((parents(), any::<bool>()), 0..6), -99_999..99_999_i64).prop_map(|(wishes, ago)| {
            Answer::Parent(wishes, Timestamp(u32::try_from(i64::from(START) + ago).unwrap_or_default()))
        }),
        2 => Just(Answer::Dismiss),
        3 => option::of(ids()).prop_map(Answer::Withdraw),
        2 => ids().prop_map(Answer::LoadOnce),
        3 => ids().prop_map(Answer::Allow),
        2 => ids().prop_map(Answer::Refuse),
    ]
}

pub(crate) fn proofs() -> impl Strategy<Value = Proof> {
    prop_oneof![3 => Just(Proof::Gesture), 1 => Just(Proof::None)]
}

pub(crate) fn turns(tabs: usize) -> impl Strategy<Value = Turn> {
    let answer = (0..tabs, answers(), proofs()).prop_map(|(tab, answer, proof)| Turn::Answer { tab, answer, proof });
    let view = (0..tabs, option::of(select(vec![View::Notice, View::Preferences])));
    prop_oneof![
        6 => answer,
        2 => (0..tabs).prop_map(|tab| Turn::Look { tab }),
        2 => (0..tabs, 0..policies().len()).prop_map(|(tab, policy)| Turn::Reopen { tab, policy }),
        2 => (-3..200_i32, -5..5_i32).prop_map(|(days, seconds)| Turn::Clock { days, seconds }),
        1 => (-400..0_i32).prop_map(|days| Turn::Clock { days, seconds: 0 }),
        1 => view.prop_map(|(tab, view)| Turn::View { tab, view }),
    ]
}

pub(crate) fn faults() -> impl Strategy<Value = Turn> {
    prop_oneof![
        Just(Fault::Erase),
        any::<prop::sample::Index>().prop_map(Fault::Cut),
        (any::<prop::sample::Index>(), 0..7_u8).prop_map(|(position, bit)| Fault::Flip(position, bit)),
        Just(Fault::Newer),
        Just(Fault::Full),
        Just(Fault::Denied),
    ]
    .prop_map(Turn::Fault)
}

/// What the site declares over the years.
pub(crate) fn policies() -> Vec<Policy> {
    let mut more = policy();
    more.version = "2027".into();
    more.services.push(service("chat", FUNCTIONAL, "Chat Ltd.", &["advice"], &["chat.example"]));
    let mut material = more.clone();
    (material.version, material.material) = ("2028".into(), true);
    let mut moved = more.clone();
    moved.services[1].category = MARKETING;
    moved.services[2].vendor = "Other Inc.".into();
    let mut sold = policy();
    sold.controller = "Buyer Inc.".into();
    sold.services.remove(3);
    vec![policy(), more, material, moved, sold]
}
