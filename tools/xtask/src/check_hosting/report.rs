//! What was found, a line for each check.
//!
//! Invariant: a check that was not made is not counted as passed.

use anyhow::Result;

/// The outcome so far.
#[derive(Default)]
pub struct Report {
    passed: u32,
    failed: u32,
}

impl Report {
    /// Tells the outcome of one check: it passed where `problems` is empty. The hint says what to do otherwise.
    pub fn check(&mut self, name: &str, problems: &[String], hint: &str) {
        if problems.is_empty() {
            self.passed += 1;
            println!("pass  {name}");
        } else {
            self.failed += 1;
            println!("FAIL  {name}: {}. {hint}", problems.join("; "));
        }
    }

    /// Tells something that is neither good nor bad.
    pub fn note(&self, text: &str) {
        println!("note  {text}");
    }

    /// The last line; an error where something failed.
    pub fn finish(self) -> Result<()> {
        println!("{} passed, {} failed", self.passed, self.failed);
        if self.failed > 0 {
            anyhow::bail!("this is not how the console should be hosted");
        }
        Ok(())
    }
}

/// What is wrong with a value, if it is not the expected one.
pub fn differs(about: &str, expected: &str, found: &str) -> Option<String> {
    let found_or_nothing = if found.is_empty() { "nothing" } else { found };
    (expected != found).then(|| format!("{about}: expected {expected}, found {found_or_nothing}"))
}
