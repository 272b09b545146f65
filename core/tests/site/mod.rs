//! A site to decide for, and a browser to keep its record: the stage on which the engine is tested.
// Each test file uses its own part; a test may panic; of an effect only what touches storage matters here.
#![allow(dead_code, clippy::expect_used, clippy::indexing_slicing, clippy::wildcard_enum_match_arm)]

pub(crate) mod life;
pub(crate) mod rows;
pub(crate) mod sealed;
pub(crate) mod turns;
pub(crate) mod young;

use consentry_core::{
    decision::{Choice, Reason},
    effect::Effect,
    engine::Engine,
    event::{Act, Answer, Event, Proof, Screen, Shown, Stored},
    jurisdiction::Facts,
    matching::HostPattern,
    policy::{Category, Policy, RecordRules, Rules, Service},
    time::{DAY, Timestamp},
    uses::Uses,
};

/// A moment to start from: 2026-11-01.
pub(crate) const START: u32 = 1_793_491_200;

/// So many days after the start.
pub(crate) const fn day(days: u32) -> u32 {
    START + days * DAY
}

pub(crate) fn category(id: &str, purposes: &[&str]) -> Category {
    Category { id: id.into(), necessary: id == "necessary", purposes: texts(purposes), ..Category::default() }
}

pub(crate) fn service(id: &str, category: usize, vendor: &str, purposes: &[&str], hosts: &[&str]) -> Service {
    let hosts = hosts.iter().map(|host| HostPattern::parse(host).expect("a host pattern")).collect();
    let (purposes, uses) = (texts(purposes), Uses::UNDECLARED);
    Service {
        id: id.into(),
        category,
        vendor: vendor.into(),
        purposes,
        hosts,
        uses,
        each: false,
        educational: false,
        discloses: true,
    }
}

fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| String::from(*text)).collect()
}

/// Positions of the categories that [`policy`] declares.
pub(crate) const NECESSARY: usize = 0;
pub(crate) const FUNCTIONAL: usize = 1;
pub(crate) const ANALYTICS: usize = 2;
pub(crate) const MARKETING: usize = 3;

/// The ids of everything optional that [`policy`] declares.
pub(crate) const OPTIONAL: [&str; 8] =
    ["functional", "analytics", "marketing", "map", "counter", "heatmap", "video", "tweet"];

/// A site with four categories and six services.
pub(crate) fn policy() -> Policy {
    Policy {
        version: "2026-11-01".into(),
        material: false,
        controller: "Example s.r.o.".into(),
        hosts: Vec::new(),
        categories: vec![
            category("necessary", &["security"]),
            category("functional", &["comfort"]),
            category("analytics", &["measurement"]),
            category("marketing", &["ads", "profiles"]),
        ],
        services: vec![
            service("login", NECESSARY, "Example s.r.o.", &[], &["/login"]),
            service("map", FUNCTIONAL, "Map Ltd.", &[], &["tiles.map.example"]),
            service("counter", ANALYTICS, "Counter Inc.", &[], &["counter.example", "*.counter.example"]),
            service("heatmap", ANALYTICS, "Heat GmbH", &["replay"], &["heat.example"]),
            service("video", MARKETING, "Video Corp.", &[], &["video.example", "cdn.video.example/player"]),
            service("tweet", MARKETING, "Bird Corp.", &["social"], &["bird.example"]),
        ],
        record: RecordRules {
            scope: String::new(),
            granted_days: 365,
            refused_days: 183,
            session: false,
            script_grants: false,
        },
        rules: Rules::default(),
    }
}

/// A browser's storage for the site.
#[derive(Debug, Default, Clone)]
pub(crate) struct Device {
    pub(crate) record: Option<String>,
    /// Records of newer versions that were put away.
    pub(crate) shelf: Vec<(u32, String)>,
    pub(crate) denied: bool,
    pub(crate) full: bool,
}

impl Device {
    pub(crate) fn stored(&self) -> Stored {
        if self.denied { Stored::Denied } else { self.record.clone().map_or(Stored::Empty, Stored::Text) }
    }
}

/// A page of the site, which does with effects what the session does.
pub(crate) struct Page {
    pub(crate) engine: Engine,
}

impl Page {
    /// Opens the page on a device at a time.
    pub(crate) fn open(policy: &Policy, device: &mut Device, at: u32) -> (Self, Vec<Effect>) {
        let mut page = Self { engine: Engine::new(policy.clone(), "1.0.0") };
        let effects = page.read(device, at);
        (page, effects)
    }

    /// The same with what server and browser say of the visitor.
    pub(crate) fn open_in(policy: &Policy, device: &mut Device, at: u32, facts: &str) -> (Self, Vec<Effect>) {
        let mut page = Self { engine: Engine::new(policy.clone(), "1.0.0") };
        page.step(device, Event::Told(Facts::new(facts.into())));
        let effects = page.read(device, at);
        (page, effects)
    }

    /// Hears something else while the page is open.
    pub(crate) fn hear(&mut self, device: &mut Device, facts: &str) -> Vec<Effect> {
        self.step(device, Event::Told(Facts::new(facts.into())))
    }

    /// Reads storage again.
    pub(crate) fn read(&mut self, device: &mut Device, at: u32) -> Vec<Effect> {
        self.step(device, Event::Read { stored: device.stored(), at: Timestamp(at) })
    }

    /// Answers with a gesture.
    pub(crate) fn answer(&mut self, device: &mut Device, answer: Answer, at: u32) -> Vec<Effect> {
        self.act(device, act(answer, Proof::Gesture, at))
    }

    /// Reads storage, answers, and keeps what is to be kept.
    pub(crate) fn act(&mut self, device: &mut Device, act: Act) -> Vec<Effect> {
        self.step(device, Event::Read { stored: device.stored(), at: act.at });
        self.step(device, Event::Answered(act))
    }

    fn step(&mut self, device: &mut Device, event: Event) -> Vec<Effect> {
        let mut effects = self.engine.step(event);
        for effect in effects.clone() {
            match effect {
                Effect::SetAside { major, text } => device.shelf.push((major, text)),
                Effect::Persist(text) => {
                    let kept = !device.denied && !device.full;
                    if kept {
                        device.record = Some(text);
                    } else if !device.denied {
                        device.record = None;
                    }
                    effects.extend(self.engine.step(Event::Kept(kept)));
                }
                _ => {}
            }
        }
        effects
    }

    pub(crate) fn choice(&self, id: &str) -> Choice {
        self.engine.decision().choice(id)
    }

    pub(crate) fn allowed(&self, id: &str) -> bool {
        self.choice(id).allowed
    }

    pub(crate) fn reason(&self, id: &str) -> Reason {
        self.choice(id).reason
    }

    /// What is allowed of everything optional.
    pub(crate) fn allowed_ids(&self) -> Vec<String> {
        let optional = self.engine.decision().iter().filter(|(_, choice)| choice.reason != Reason::Necessary);
        optional.filter(|(_, choice)| choice.allowed).map(|(id, _)| id.into()).collect()
    }
}

pub(crate) fn act(answer: Answer, proof: Proof, at: u32) -> Act {
    let shown = Shown { screen: Screen::Notice, locale: "en".into(), texts: "May we?".into() };
    Act { answer, proof, at: Timestamp(at), nonce: [7; 16], shown }
}

pub(crate) fn save(wishes: &[(&str, bool)]) -> Answer {
    Answer::Save(wishes.iter().map(|(id, yes)| (String::from(*id), *yes)).collect())
}

pub(crate) fn withdraw(id: &str) -> Answer {
    Answer::Withdraw(Some(id.into()))
}

pub(crate) fn allow(id: &str) -> Answer {
    Answer::Allow(id.into())
}

pub(crate) fn load_once(id: &str) -> Answer {
    Answer::LoadOnce(id.into())
}
