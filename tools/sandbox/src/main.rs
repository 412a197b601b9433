//! The API on loopback.
fn main() {}
