//! What Consentry decides, without a browser: facts in, orders out.
//!
//! Nothing here has a clock, a storage, a screen or randomness: each is an argument. The modules in reading order:
//!
//! * [`value`], [`config`] and [`issue`]: the site's raw config, read into a [`policy`] or into everything that is wrong
//! * [`matching`]: which service a URL belongs to
//! * [`jurisdiction`], [`age`] and [`uses`]: what rules where the visitor is, and what its laws tell apart
//! * [`engine`]: takes an [`event`], gives [`effect`]s, and knows the present [`decision`]
//! * [`condition`]: what site scripts and marked elements ask of a decision
//! * [`record`]: the evidence of the visitor's answers, kept as text
//! * [`time`]: seconds, handed in
//!
//! ```
//! use consentry_core::{
//!     condition::{Verdict, judge},
//!     config,
//!     effect::Effect,
//!     engine::Engine,
//!     event::{Act, Answer, Event, Proof, Screen, Shown, Stored, View},
//!     time::Timestamp,
//!     value::Value,
//! };
//!
//! // The site declares …
//! let text = |text: &str| Value::Text(text.into());
//! let map = |entries: &[(&str, Value)]| Value::Map(entries.iter().map(|(key, value)| ((*key).into(), value.clone())).collect());
//! let video = map(&[("id", text("video")), ("category", text("marketing")), ("hosts", Value::List(vec![text("video.example")]))]);
//! let site = map(&[("policy", map(&[("version", text("1"))])), ("services", Value::List(vec![video]))]);
//! let reading = config::read(&site, &Value::Null);
//! let mut engine = Engine::new(reading.policy.expect("no errors"), "1.0.0");
//!
//! // … a page is opened, for the first time …
//! let at = Timestamp(1_793_491_200);
//! let effects = engine.step(Event::Read { stored: Stored::Empty, at });
//! assert_eq!(effects, [Effect::Decide, Effect::Show(View::Notice)]);
//! assert_eq!(judge(&text("video"), engine.decision()), Verdict::Wait);
//!
//! // … and the visitor answers.
//! let shown = Shown { screen: Screen::Notice, locale: "en".into(), texts: "May we?".into() };
//! let act = Act { answer: Answer::Allow("video".into()), proof: Proof::Gesture, at, nonce: [7; 16], shown };
//! let effects = engine.step(Event::Answered(act));
//! assert!(matches!(&effects[..], [Effect::Persist(_), Effect::Decide, Effect::Announce(_)]));
//! assert!(engine.decision().choice("video").allowed);
//! assert!(!engine.decision().choice("marketing").allowed);
//! ```
#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;

pub mod age;
pub mod condition;
pub mod config;
pub mod decision;
pub mod effect;
pub mod engine;
pub mod event;
mod index;
pub mod issue;
pub mod jurisdiction;
pub mod matching;
mod pattern;
pub mod policy;
pub mod record;
pub mod time;
pub mod uses;
pub mod value;
