//! What holds whatever happens: laws, checked on random lives of a browser.

mod site;

use consentry_core::{
    decision::Reason,
    effect::{Effect, Warning},
    event::{Answer, Proof},
};
use proptest::{collection::vec, prelude::*};
use site::{
    Device, OPTIONAL, Page, START, act, day,
    life::Life,
    policy,
    turns::{answers, faults, turns},
};

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Tabs that share a storage which works.
    #[test]
    fn nothing_is_on_without_a_visitors_yes(turns in vec(turns(2), 1..40)) {
        let mut life = Life::new(2);
        for turn in &turns {
            life.turn(turn)?;
        }
    }

    /// One tab, and everything that can befall its storage.
    #[test]
    fn no_fault_turns_a_no_into_a_yes(turns in vec(prop_oneof![4 => turns(1), 1 => faults()], 1..40)) {
        let mut life = Life::new(1);
        for turn in &turns {
            life.turn(turn)?;
        }
    }

    /// Scripts alone: whatever they call, nothing is ever on, and nobody gets an identifier.
    #[test]
    fn scripts_alone_grant_nothing(turns in vec(answers(), 1..20)) {
        let mut device = Device::default();
        let (mut page, _) = Page::open(&policy(), &mut device, START);
        for answer in turns {
            page.act(&mut device, act(answer, Proof::None, START));
            prop_assert_eq!(page.allowed_ids(), [""; 0]);
        }
        let text = device.record.unwrap_or_default();
        prop_assert!(!text.contains(" i=") && !text.contains(" q=") && !text.contains(" o="));
    }

    /// A refusal or withdrawal stands however much time goes by, in either direction.
    #[test]
    fn no_passage_of_time_turns_a_no_into_a_yes(turns in vec(answers(), 1..10), times in vec(any::<u32>(), 1..10)) {
        let mut device = Device::default();
        let (mut page, _) = Page::open(&policy(), &mut device, START);
        for answer in turns {
            page.answer(&mut device, answer, START);
        }
        let denied: Vec<&str> = OPTIONAL.into_iter().filter(|id| {
            matches!(page.reason(id), Reason::Refused | Reason::Withdrawn | Reason::Unanswered)
        }).collect();
        for at in times {
            page.read(&mut device, at);
            for id in &denied {
                prop_assert!(!page.allowed(id), "{} at {}", id, at);
            }
            if at >= day(365) || at < START - 86_400 {
                prop_assert_eq!(page.allowed_ids(), [""; 0], "grants outlive their time at {}", at);
            }
        }
    }

    /// The codec brings back what any site wrote.
    #[test]
    fn any_texts_come_back(version: String, controller: String, locale: String, id in "\\PC{1,12}", vendor: String) {
        let mut site = policy();
        (site.version, site.controller) = (version.clone(), controller);
        site.services.truncate(2);
        for service in site.services.iter_mut().skip(1) {
            (service.id, service.vendor) = (id.clone(), vendor.clone());
        }
        prop_assume!(site.categories.iter().all(|category| category.id != id));
        prop_assume!(site.services.iter().filter(|service| service.id == id).count() == 1);
        let mut device = Device::default();
        let (mut page, _) = Page::open(&site, &mut device, START);
        let mut act = act(Answer::Allow(id.clone()), Proof::Gesture, START);
        act.shown.locale = locale;
        page.act(&mut device, act);
        let (next, effects) = Page::open(&site, &mut device, START);
        prop_assert!(!effects.contains(&Effect::Warn(Warning::DamagedRecord)));
        prop_assert_eq!(next.allowed_ids(), [id]);
        let kept = next.engine.record().and_then(|record| record.latest()).map(|latest| latest.policy_version());
        prop_assert!(kept.is_some_and(|kept| version.starts_with(&kept) && (kept == version || kept.len() >= 40)));
        prop_assert_eq!(page.engine.record(), next.engine.record());
    }
}
