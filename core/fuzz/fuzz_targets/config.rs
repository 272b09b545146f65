//! Fuzzes what `laws/config.rs` says.
#![no_main]

#[path = "../laws/config.rs"]
mod law;

libfuzzer_sys::fuzz_target!(|text: &str| law::check(text));
