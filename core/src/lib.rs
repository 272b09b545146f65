//! What Consentry decides, without a browser: facts in, orders out.
#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;

pub mod config;
pub mod issue;
pub mod matching;
pub mod policy;
pub mod time;
pub mod value;
