//! Chores of the project: `serve`, `test`, `build`, `bench`.
fn main() {}
