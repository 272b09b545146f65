//! What Consentry decides, without a browser: facts in, orders out.
#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;

pub mod condition;
pub mod config;
pub mod decision;
pub mod effect;
pub mod engine;
pub mod event;
mod index;
pub mod issue;
pub mod matching;
mod pattern;
pub mod policy;
pub mod record;
pub mod time;
pub mod value;
