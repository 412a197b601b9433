//! A job as text, so that a closed tab's job can be resumed: the spec once, the outcomes as often as they change.
//!
//! Invariant: a record holds IDs, amounts, settings, outcomes, times and the server's messages, never a key. A text of another version or
//! kind, or one that is damaged, is no job.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::items::{Item, JobSpec, Outcome};
use super::job::Job;
use super::planner::Planner;
use crate::domain::WorkspaceId;

/// The version of the format. Version 1 had no kind and no version.
const VERSION: u32 = 2;
/// The letter of each outcome, by [`Outcome::index`].
const LETTERS: [char; 9] = ['w', 'f', 'd', 'o', 'a', 'r', 'u', 'e', 'n'];

#[derive(Serialize, Deserialize)]
struct SpecText<H, S> {
    version: u32,
    kind: String,
    head: H,
    workspaces: Vec<WorkspaceText<S>>,
}

#[derive(Serialize, Deserialize)]
struct WorkspaceText<S> {
    workspace: WorkspaceId,
    items: Vec<S>,
}

/// The part that stays the same for the whole job.
pub fn spec<P: Planner>(job: &Job<P>) -> String {
    let of = |workspace| WorkspaceText { workspace, items: Vec::new() };
    let mut workspaces: Vec<WorkspaceText<&P::Subject>> = job.ledger.workspaces.iter().cloned().map(of).collect();
    for item in job.ledger.items() {
        workspaces[item.workspace].items.push(&item.subject);
    }
    let text = SpecText { version: VERSION, kind: P::NAME.to_owned(), head: &job.head, workspaces };
    serde_json::to_string(&text).unwrap_or_default()
}

/// The outcomes: one letter for each item, a capital where a write about it was sent; then the reasons that some have; then,
/// if known, when each write in flight was sent.
pub fn state<P: Planner>(job: &Job<P>) -> String {
    let mut text = String::with_capacity(job.ledger.items().len());
    let mut reasons: Vec<&str> = Vec::new();
    let mut times: Vec<Option<i64>> = Vec::new();
    for item in job.ledger.items() {
        let letter = LETTERS[item.outcome.index()];
        text.push(if item.was_sent { letter.to_ascii_uppercase() } else { letter });
        reasons.extend(item.outcome.reason().map(|why| &**why));
        times.extend(is_timed(&item.outcome, item.was_sent).then_some(item.sent_at));
    }
    text += &serde_json::to_string(&reasons).unwrap_or_default();
    if times.iter().any(Option::is_some) {
        text += &serde_json::to_string(&times).unwrap_or_default();
    }
    text
}

/// Whether a record holds the time of an item's write.
fn is_timed(outcome: &Outcome, was_sent: bool) -> bool {
    was_sent && *outcome == Outcome::InFlight
}

/// The job that the text describes, before it has begun, if it is of this kind.
pub fn unstarted<P: Planner>(spec: &str) -> Option<Job<P>> {
    let spec = spec_of::<P>(spec)?;
    let (mut workspaces, mut items) = (Vec::new(), Vec::new());
    for (at, part) in spec.workspaces.into_iter().enumerate() {
        workspaces.push(part.workspace);
        items.extend(part.items.into_iter().map(|subject| Item::new(at, subject, Outcome::Waiting)));
    }
    Some(Job::new(JobSpec { head: spec.head, workspaces, items }))
}

fn spec_of<P: Planner>(text: &str) -> Option<SpecText<P::Head, P::Subject>> {
    let spec: SpecText<P::Head, P::Subject> = serde_json::from_str(text).ok()?;
    ((spec.version, &*spec.kind) == (VERSION, P::NAME)).then_some(spec)
}

/// The job that both texts hold, if it is of this kind.
pub fn restore<P: Planner>(spec: &str, state: &str) -> Option<Job<P>> {
    let spec = spec_of::<P>(spec)?;
    let (letters, lists) = state.split_at_checked(state.find('[')?)?;
    let (reasons, times) = lists_of(lists)?;
    let (mut letters, mut reasons, mut times) = (letters.chars(), reasons.into_iter(), times.into_iter());
    let (mut workspaces, mut items) = (Vec::new(), Vec::new());
    for (at, part) in spec.workspaces.into_iter().enumerate() {
        workspaces.push(part.workspace);
        for subject in part.items {
            let letter = letters.next()?;
            let outcome = outcome(letter, &mut reasons)?;
            let was_sent = letter.is_ascii_uppercase();
            let sent_at = if is_timed(&outcome, was_sent) { times.next().flatten() } else { None };
            items.push(Item { workspace: at, subject, outcome, was_sent, sent_at });
        }
    }
    let is_whole = letters.next().is_none() && reasons.next().is_none() && times.next().is_none();
    is_whole.then(|| Job::new(JobSpec { head: spec.head, workspaces, items }))
}

/// The reasons and the times. Without times, none is known.
fn lists_of(text: &str) -> Option<(Vec<String>, Vec<Option<i64>>)> {
    let mut text = serde_json::Deserializer::from_str(text);
    let reasons = Vec::deserialize(&mut text).ok()?;
    if text.end().is_ok() {
        return Some((reasons, Vec::new()));
    }
    let times = Vec::deserialize(&mut text).ok()?;
    text.end().is_ok().then_some((reasons, times))
}

fn outcome(letter: char, reasons: &mut impl Iterator<Item = String>) -> Option<Outcome> {
    let mut reason = || Some(Arc::from(reasons.next()?));
    Some(match letter.to_ascii_lowercase() {
        'w' => Outcome::Waiting,
        'f' => Outcome::InFlight,
        'd' => Outcome::Done,
        'o' => Outcome::Unattributed,
        'a' => Outcome::Unchanged,
        'r' => Outcome::Refused(reason()?),
        'u' => Outcome::Unknown(reason()?),
        'e' => Outcome::ChangedElsewhere,
        'n' => Outcome::NotTried,
        _ => return None,
    })
}
