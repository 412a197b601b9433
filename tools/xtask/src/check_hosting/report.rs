//! The report, with one line for each check.
//!
//! Invariant: a skipped check does not count as passed.

use anyhow::Result;
use hosting::cache;

/// The maximum number of problems to print for one check.
const MOST_SHOWN: usize = 3;

/// The counts of passed and failed checks.
#[derive(Default)]
pub struct Report {
    passed: u32,
    failed: u32,
}

impl Report {
    /// Prints the outcome of one check, which passed if `problems` is empty. The hint says how to fix it.
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

    /// Prints a note, which does not count.
    pub fn note(&self, text: &str) {
        println!("note  {text}");
    }

    /// Prints the counts. Returns an error if a check failed.
    pub fn finish(self) -> Result<()> {
        println!("{} passed, {} failed", self.passed, self.failed);
        if self.failed > 0 {
            anyhow::bail!("the console is not hosted correctly");
        }
        Ok(())
    }
}

/// Returns a problem if a `Cache-Control` is not the expected one. Another check looks for `no-transform`.
pub fn kept_differently(about: &str, expected: &str, found: &str) -> Option<String> {
    differs(about, &cache::without_no_transform(expected), &cache::without_no_transform(found))
}

/// Returns a problem if a value is not the expected one.
pub fn differs(about: &str, expected: &str, found: &str) -> Option<String> {
    let found_or_nothing = if found.is_empty() { "nothing" } else { found };
    (expected != found).then(|| format!("{about}: expected {expected}, found {found_or_nothing}"))
}
