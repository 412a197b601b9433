//! Counts passed and failed tests in the output of test runners.
//!
//! Invariant: a runner that fails without a failed test counts as one.

use std::{
    fmt,
    ops::AddAssign,
    process::{Command, ExitStatus},
};

use anyhow::Result;

use crate::process::run_by_line;

/// Counts of tests.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Tally {
    /// Tests that ran and passed.
    pub passed: u64,
    /// Tests that failed or could not run.
    pub failed: u64,
    /// Lines for the summary, such as the names of failed tests.
    pub notes: Vec<String>,
}

impl Tally {
    /// Prints an error, and counts it as one failed test.
    pub fn of_error(error: &anyhow::Error) -> Self {
        eprintln!("error: {error:#}");
        Self { failed: 1, ..Self::default() }
    }

    /// Counts a check as one test.
    pub fn of_check(result: Result<()>) -> Self {
        result.map_or_else(|error| Self::of_error(&error), |()| Self { passed: 1, ..Self::default() })
    }

    /// Counts a failure if the runner failed without one. Otherwise a crash would go unnoticed.
    pub fn with_status(mut self, status: ExitStatus) -> Self {
        if !status.success() && self.failed == 0 {
            self.failed = 1;
        }
        self
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.notes.extend(other.notes);
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} passed, {} failed", self.passed, self.failed)
    }
}

/// Runs a test runner, prints its output, and adds up the counts that `read` finds in its lines.
pub fn run_and_count(command: &mut Command, read: fn(&str) -> Option<Tally>) -> Result<Tally> {
    let mut total = Tally::default();
    let status = run_by_line(command, |line| {
        println!("{line}");
        if let Some(tally) = read(line) {
            total += tally;
        }
    })?;
    Ok(total.with_status(status))
}

/// Reads `test result: ok. 3 passed; 0 failed; …`, which `cargo test` prints for each test program.
pub fn of_cargo(line: &str) -> Option<Tally> {
    let (_, counts) = line.strip_prefix("test result: ")?.split_once(". ")?;
    Some(Tally { passed: count(counts, "passed")?, failed: count(counts, "failed")?, ..Tally::default() })
}

/// Reads `# pass 3` or `ℹ fail 0`, which Node's test runner prints at its end.
pub fn of_node(line: &str) -> Option<Tally> {
    let mut words = line.split_whitespace();
    let (mark, what, number) = (words.next()?, words.next()?, words.next()?.parse().ok()?);
    if !matches!(mark, "#" | "ℹ") {
        return None;
    }
    match what {
        "pass" => Some(Tally { passed: number, ..Tally::default() }),
        "fail" | "cancelled" => Some(Tally { failed: number, ..Tally::default() }),
        _ => None,
    }
}

/// Reads `== 1 failed, 3 passed, 1 error in 0.52s ==`, which pytest prints at its end.
pub fn of_pytest(line: &str) -> Option<Tally> {
    let (counts, duration) = line.trim_matches(['=', ' ']).rsplit_once(" in ")?;
    if !duration.split_whitespace().next()?.ends_with('s') {
        return None;
    }
    let one = |what| count(counts, what);
    let found = [one("passed"), one("failed"), one("error"), one("errors")];
    found.iter().any(Option::is_some).then(|| {
        let [passed, failed, error, errors] = found.map(Option::unwrap_or_default);
        Tally { passed, failed: failed + error + errors, ..Tally::default() }
    })
}

/// Returns the number before the word `what` in a text such as `3 passed; 0 failed`.
fn count(text: &str, what: &str) -> Option<u64> {
    let words: Vec<&str> = text.split([' ', ',', ';']).filter(|word| !word.is_empty()).collect();
    let [number, _] = words.windows(2).find(|pair| pair[1] == what)? else { return None };
    number.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::{Tally, of_cargo, of_node, of_pytest};

    const fn tally(passed: u64, failed: u64) -> Option<Tally> {
        Some(Tally { passed, failed, notes: Vec::new() })
    }

    #[test]
    fn cargo_counts_per_test_program() {
        let ok = "test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out";
        let bad = "test result: FAILED. 12 passed; 2 failed; 0 ignored; 0 measured";
        assert_eq!(of_cargo(ok), tally(3, 0));
        assert_eq!(of_cargo(bad), tally(12, 2));
        assert_eq!(of_cargo("test budget::raises ... ok"), None);
    }

    #[test]
    fn node_counts_line_by_line() {
        assert_eq!(of_node("# pass 12"), tally(12, 0));
        assert_eq!(of_node("ℹ fail 2"), tally(0, 2));
        assert_eq!(of_node("# cancelled 1"), tally(0, 1));
        assert_eq!(of_node("# tests 14"), None);
        assert_eq!(of_node("✔ pass 3 of the deck"), None);
    }

    #[test]
    fn pytest_counts_in_its_last_line() {
        assert_eq!(of_pytest("===== 5 passed, 1 failed in 1.2s ====="), tally(5, 1));
        assert_eq!(of_pytest("1 failed, 2 errors in 61.02s (0:01:01)"), tally(0, 3));
        assert_eq!(of_pytest("7 passed in 0.20s"), tally(7, 0));
        assert_eq!(of_pytest("test_members.py ..... [100%]"), None);
        assert_eq!(of_pytest("no tests ran in 0.01s"), None);
    }
}
