//! What was found, a line for each check.
//!
//! Invariant: a check that was not made is not counted as passed.

use anyhow::Result;

/// How many problems of one check are told.
const MOST_SHOWN: usize = 3;

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
            let shown = problems.iter().take(MOST_SHOWN).cloned().collect::<Vec<_>>().join("; ");
            let more = match problems.len().saturating_sub(MOST_SHOWN) {
                0 => String::new(),
                more => format!("; and {more} more"),
            };
            println!("FAIL  {name}: {shown}{more}. {hint}");
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
