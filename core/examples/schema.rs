//! Prints the config's JSON Schema: `cargo run -p consentry-core --example schema > www/consentry.schema.json`.
#![allow(dead_code, unreachable_pub, reason = "the tests use the rest")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a tool for contributors may panic")]

#[path = "../tests/support/schema.rs"]
mod schema;

fn main() {
    print!("{}", schema::text());
}
