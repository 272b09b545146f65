//! Fuzzes what `laws/import.rs` says.
#![no_main]

#[path = "../laws/import.rs"]
mod law;
#[path = "../laws/site.rs"]
mod site;

libfuzzer_sys::fuzz_target!(|text: &str| law::check(text));
