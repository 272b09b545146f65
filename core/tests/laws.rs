//! What holds whatever happens: laws, checked on random lives of a browser.
#![allow(clippy::indexing_slicing, clippy::expect_used)] // a test may panic

mod site;

use consentry_core::{
    decision::Reason,
    effect::{Effect, Warning},
    event::{Answer, Event, Proof, View},
    policy::Policy,
};
use proptest::{collection::vec, option, prelude::*, sample::select};
use site::{Device, FUNCTIONAL, MARKETING, OPTIONAL, Page, START, act, day, policy, service};

/// One thing that happens in a browser's life with the site.
#[derive(Debug, Clone)]
enum Turn {
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
enum Fault {
    Erase,
    Cut(prop::sample::Index),
    Flip(prop::sample::Index, u8),
    Newer,
    /// An older text of this browser's own comes back.
    Full,
    Denied,
}

fn ids() -> impl Strategy<Value = String> {
    let known = OPTIONAL.iter().chain(&["necessary", "login", "chat", "nothing"]).map(|id| String::from(*id));
    select(known.collect::<Vec<_>>())
}

fn answers() -> impl Strategy<Value = Answer> {
    prop_oneof![
        2 => Just(Answer::AcceptAll),
        1 => Just(Answer::RejectAll),
        3 => vec((ids(), any::<bool>()), 0..4).prop_map(Answer::Save),
        2 => Just(Answer::Dismiss),
        3 => option::of(ids()).prop_map(Answer::Withdraw),
        2 => ids().prop_map(Answer::LoadOnce),
        3 => ids().prop_map(Answer::Allow),
    ]
}

fn proofs() -> impl Strategy<Value = Proof> {
    prop_oneof![3 => Just(Proof::Gesture), 1 => Just(Proof::None)]
}

fn turns(tabs: usize) -> impl Strategy<Value = Turn> {
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

fn faults() -> impl Strategy<Value = Turn> {
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
fn policies() -> Vec<Policy> {
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

/// What a visitor said yes to and never took back: the most that may be on.
#[derive(Debug, Default)]
struct Visitor(Vec<String>);

impl Visitor {
    fn hears(&mut self, answer: &Answer, proof: Proof, policy: &Policy) {
        let yes = proof == Proof::Gesture;
        match answer {
            Answer::AcceptAll if yes => {
                self.0 = policy.categories.iter().map(|category| category.id.clone()).collect();
                self.0.extend(policy.services.iter().map(|service| service.id.clone()));
            }
            Answer::RejectAll | Answer::Withdraw(None) => self.0.clear(),
            Answer::Withdraw(Some(id)) if Self::knows(id, policy) => self.denies(id, policy),
            Answer::Allow(id) if yes => self.grants(id, policy),
            Answer::Save(wishes) => {
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
            Answer::AcceptAll | Answer::Allow(_) | Answer::Dismiss | Answer::LoadOnce(_) | Answer::Withdraw(_) => {}
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
struct Life {
    device: Device,
    tabs: Vec<(Page, usize)>,
    policies: Vec<Policy>,
    visitor: Visitor,
    now: u32,
    /// Storage is denied until the next page, which then finds nothing.
    lost: bool,
}

impl Life {
    fn new(tabs: usize) -> Self {
        let mut device = Device::default();
        let policies = policies();
        let tabs = (0..tabs).map(|_| (Page::open(&policies[0], &mut device, START).0, 0)).collect();
        Self { device, tabs, policies, visitor: Visitor::default(), now: START, lost: false }
    }

    /// Lives through one turn and checks the laws on the page that it happened on.
    fn turn(&mut self, turn: &Turn) -> Result<(), TestCaseError> {
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
        if matches!(answer, Answer::RejectAll | Answer::Withdraw(None)) {
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
        site.services[1].id = id.clone();
        site.services[1].vendor = vendor;
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
