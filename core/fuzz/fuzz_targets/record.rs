//! Fuzzes what `laws/record.rs` says.
#![no_main]

#[path = "../laws/record.rs"]
mod law;
#[path = "../laws/site.rs"]
mod site;

libfuzzer_sys::fuzz_target!(|text: &str| law::check(text));
