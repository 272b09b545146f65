//! The commands of the workshop: build, serve, test, size, package, env.
fn main() {}
