//! A browser's life with a site, and the laws that hold in each turn of it.

use consentry_core::{
    decision::Reason,
    effect::{Effect, Warning},
    event::{Answer, Event, Proof},
    policy::Policy,
};
use proptest::prelude::*;

use super::{
    Device, Page, START, act,
    turns::{Fault, Turn, policies},
};

/// What a visitor said yes to and never took back: the most that may be on.
#[derive(Debug, Default)]
pub(crate) struct Visitor(Vec<String>);

impl Visitor {
    fn hears(&mut self, answer: &Answer, proof: Proof, policy: &Policy) {
        let yes = proof == Proof::Gesture;
        match answer {
            Answer::AcceptAll if yes => {
                self.0 = policy.categories.iter().map(|category| category.id.clone()).collect();
                self.0.extend(policy.services.iter().map(|service| service.id.clone()));
            }
            Answer::RejectAll | Answer::Withdraw(None) | Answer::Erase => self.0.clear(),
            Answer::Refuse(id) if Self::knows(id, policy) => self.denies(id, policy),
            Answer::Withdraw(Some(id)) if Self::knows(id, policy) => self.denies(id, policy),
            Answer::Allow(id) if yes => self.grants(id, policy),
            Answer::Save(wishes) | Answer::Import(wishes) => {
                if wishes.iter().all(|(id, _)| Self::knows(id, policy)) {
                    let no = |id: &String| wishes.contains(&(id.clone(), false));
                    wishes.iter().filter(|(_, wish)| !wish).for_each(|(id, _)| self.denies(id, policy));
                    let granted = wishes.iter().filter(|(id, wish)| yes && *wish && !no(id));
                    granted.for_each(|(id, _)| self.grants(id, policy));
                    wishes
                        .iter()
                        .filter(|(id, wish)| !wish && !Self::is_category(id, policy))
                        .for_each(|(id, _)| self.denies(id, policy));
                }
            }
            // Where the site asks no age, nobody's age or parent changes anything; nor does a place open anything.
            Answer::Age(_) | Answer::Parent(..) | Answer::Place(_) => {}
            Answer::AcceptAll
            | Answer::Allow(_)
            | Answer::Refuse(_)
            | Answer::Dismiss
            | Answer::LoadOnce(_)
            | Answer::Withdraw(_) => {}
        }
    }

    fn is_category(id: &str, policy: &Policy) -> bool {
        policy.categories.iter().any(|category| category.id == id)
    }

    fn knows(id: &str, policy: &Policy) -> bool {
        Self::is_category(id, policy) || policy.services.iter().any(|service| service.id == id)
    }

    fn within<'policy>(id: &str, policy: &'policy Policy) -> impl Iterator<Item = &'policy String> {
        let position = policy.categories.iter().position(|category| category.id == id);
        let services = policy.services.iter().filter(move |service| Some(service.category) == position);
        services.map(|service| &service.id)
    }

    fn denies(&mut self, id: &str, policy: &Policy) {
        self.0.retain(|granted| granted != id && !Self::within(id, policy).any(|service| service == granted));
    }

    fn grants(&mut self, id: &str, policy: &Policy) {
        self.0.push(id.into());
        self.0.extend(Self::within(id, policy).cloned());
    }
}

/// A browser with tabs, and what the visitor in front of it wants.
pub(crate) struct Life {
    device: Device,
    tabs: Vec<(Page, usize)>,
    policies: Vec<Policy>,
    visitor: Visitor,
    now: u32,
    /// Storage is denied until the next page, which then finds nothing.
    lost: bool,
}

impl Life {
    pub(crate) fn new(tabs: usize) -> Self {
        let mut device = Device::default();
        let policies = policies();
        let tabs = (0..tabs).map(|_| (Page::open(&policies[0], &mut device, START).0, 0)).collect();
        Self { device, tabs, policies, visitor: Visitor::default(), now: START, lost: false }
    }

    /// Lives through one turn and checks the laws on the page that it happened on.
    pub(crate) fn turn(&mut self, turn: &Turn) -> Result<(), TestCaseError> {
        match turn {
            Turn::Answer { tab, answer, proof } => self.answer(*tab, answer, *proof)?,
            Turn::Look { tab } => self.look(*tab)?,
            Turn::Reopen { tab, policy } => {
                if std::mem::take(&mut self.lost) {
                    self.device = Device { shelf: std::mem::take(&mut self.device.shelf), ..Device::default() };
                }
                self.tabs[*tab] = (Page::open(&self.policies[*policy], &mut self.device, self.now).0, *policy);
                self.check(*tab)?;
            }
            Turn::Clock { days, seconds } => {
                let seconds = days * 86_400 + seconds;
                self.now = self.now.saturating_add_signed(seconds).clamp(1_000_000_000, 4_000_000_000);
            }
            Turn::View { tab, view } => {
                let event = view.map_or(Event::Closed, Event::Requested);
                let before = self.tabs[*tab].0.allowed_ids();
                let effects = self.tabs[*tab].0.engine.step(event);
                prop_assert!(effects.iter().all(|effect| matches!(effect, Effect::Show(_) | Effect::Hide)));
                prop_assert_eq!(before, self.tabs[*tab].0.allowed_ids());
            }
            Turn::Fault(fault) => self.suffer(fault),
        }
        Ok(())
    }

    fn answer(&mut self, tab: usize, answer: &Answer, proof: Proof) -> Result<(), TestCaseError> {
        let (page, policy) = &mut self.tabs[tab];
        let effects = page.act(&mut self.device, act(answer.clone(), proof, self.now));
        let written = effects.iter().any(|effect| matches!(effect, Effect::Persist(_)));
        self.visitor.hears(answer, proof, &self.policies[*policy]);
        let settles = matches!(answer, Answer::AcceptAll if proof == Proof::Gesture)
            || matches!(answer, Answer::RejectAll | Answer::Dismiss);
        if settles {
            prop_assert_eq!(page.engine.asking(), [""; 0], "{:?} leaves questions open", answer);
        }
        if matches!(answer, Answer::AcceptAll) && proof == Proof::Gesture {
            prop_assert!(page.engine.decision().iter().all(|(_, choice)| choice.allowed), "accepting all");
        }
        if matches!(answer, Answer::RejectAll | Answer::Withdraw(None) | Answer::Erase) {
            prop_assert_eq!(page.allowed_ids(), [""; 0], "{:?}", answer);
        }
        self.check(tab)?;
        if written && !self.lost { self.check_text() } else { Ok(()) }
    }

    /// Looking changes nothing by itself, and neither does time: no denial turns into a grant without an answer.
    fn look(&mut self, tab: usize) -> Result<(), TestCaseError> {
        self.tabs[tab].0.read(&mut self.device, self.now);
        self.check(tab)?;
        let effects = self.tabs[tab].0.read(&mut self.device, self.now);
        let quiet = effects.iter().all(|effect| matches!(effect, Effect::Persist(_) | Effect::SetAside { .. }));
        prop_assert!(quiet, "a second look: {:?}", effects);
        Ok(())
    }

    fn check(&self, tab: usize) -> Result<(), TestCaseError> {
        let (page, policy) = &self.tabs[tab];
        for id in page.allowed_ids() {
            prop_assert!(self.visitor.0.contains(&id), "{} is on, but the visitor wants {:?}", id, self.visitor.0);
        }
        for (id, choice) in page.engine.decision().iter() {
            let on = matches!(choice.reason, Reason::Granted | Reason::Necessary);
            prop_assert_eq!(choice.allowed, on);
            prop_assert_eq!(page.choice(id), choice);
        }
        for id in ["", "nothing", "Analytics"] {
            prop_assert_eq!((page.reason(id), page.allowed(id)), (Reason::Unknown, false));
        }
        for id in page.engine.asking() {
            let known =
                self.policies[*policy].categories.iter().any(|category| category.id == *id && !category.necessary)
                    || self.policies[*policy].services.iter().any(|service| service.id == *id);
            prop_assert!(known && !page.allowed(id), "asks about {}", id);
        }
        Ok(())
    }

    /// What is stored is in bounds, and the next page reads from it what this one decided.
    fn check_text(&mut self) -> Result<(), TestCaseError> {
        let Some(text) = self.device.record.clone().filter(|text| text.starts_with("consentry/1 ")) else {
            return Ok(());
        };
        prop_assert!(text.len() <= 8_000 && text.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic()));
        prop_assert!(text.matches(";e=1").count() <= 20);
        for (page, policy) in &mut self.tabs {
            page.read(&mut self.device, self.now);
            let (next, effects) = Page::open(&self.policies[*policy], &mut self.device, self.now);
            prop_assert!(!effects.contains(&Effect::Warn(Warning::DamagedRecord)));
            prop_assert_eq!(page.allowed_ids(), next.allowed_ids());
        }
        Ok(())
    }

    fn suffer(&mut self, fault: &Fault) {
        let text = self.device.record.clone().unwrap_or_default();
        match fault {
            Fault::Erase => self.device.record = None,
            Fault::Cut(_) | Fault::Flip(..) if text.is_empty() => {}
            Fault::Cut(end) => self.device.record = text.get(..end.index(text.len())).map(String::from),
            Fault::Flip(position, bit) => {
                let mut bytes = text.into_bytes();
                let position = position.index(bytes.len());
                bytes[position] ^= 1 << bit;
                self.device.record = String::from_utf8(bytes).ok();
            }
            Fault::Newer => self.device.record = Some("consentry/2 from the future".into()),
            Fault::Full => (self.device.full, self.lost) = (true, true),
            Fault::Denied => (self.device.denied, self.lost) = (true, true),
        }
    }
}
