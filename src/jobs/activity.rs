//! What the activity log has about a job.

use std::collections::HashSet;

use super::engine::{JobKind, Outcome, OutcomeKind, Snapshot};
use crate::activity::NewActivity;
use crate::domain::text::{counted, format_count};
use crate::domain::{ActivityKind, ActivityState};

/// A job that begins, as the log has it. `record` names the job's own record.
pub(super) fn new_activity(job: &Snapshot, record: &str, is_undo: bool) -> NewActivity {
    let kind = match job.words.kind {
        JobKind::AddMembers => ActivityKind::AddMembers,
        JobKind::RemoveMembers => ActivityKind::RemoveMembers,
        JobKind::ChangeBudgets => ActivityKind::ChangeBudgets,
        JobKind::DisableKeys => ActivityKind::DisableKey,
        JobKind::EnableKeys => ActivityKind::EnableKey,
        JobKind::LimitKeys => ActivityKind::EditKey,
        JobKind::MoveKeys => ActivityKind::MoveKey,
        JobKind::DeleteKeys => ActivityKind::DeleteKey,
        JobKind::RotateKeys => ActivityKind::CreateKey,
        JobKind::ApplyFile => ActivityKind::ApplyFile,
        JobKind::Offboard | JobKind::RestorePeople => ActivityKind::Offboard,
    };
    let keys = open_keys(job);
    let open = || job.items().filter(|(_, outcome)| **outcome != Outcome::Unchanged).map(|(about, _)| about);
    let is_meant: HashSet<_> = open().map(|about| &about.workspace).collect();
    NewActivity {
        kind,
        workspaces: job.workspaces.iter().filter(|id| is_meant.contains(id)).cloned().map(Into::into).collect(),
        subject: (keys != 0).then(|| counted(keys, "API key", "API keys")),
        people: open().filter_map(|about| about.person.as_ref()).collect::<HashSet<_>>().len(),
        planned: 0,
        job: Some(record.to_owned()),
        is_undo,
    }
}

/// How many API keys a job is still to change.
fn open_keys(job: &Snapshot) -> usize {
    job.items().filter(|(about, outcome)| about.key.is_some() && **outcome != Outcome::Unchanged).count()
}

/// How a job ended: its state, and the counts of its outcomes unless all were done.
pub(super) fn end_of(job: &Snapshot) -> (ActivityState, String) {
    let of = |kind| job.counts.of(kind);
    let met = of(OutcomeKind::Done) + of(OutcomeKind::Unattributed) + of(OutcomeKind::Unchanged);
    let state = match (met, of(OutcomeKind::Unknown)) {
        (_, 1..) => ActivityState::Unclear,
        (met, _) if met == job.counts.total() => ActivityState::Done,
        _ if of(OutcomeKind::Done) == 0 => ActivityState::Failed,
        _ => ActivityState::Partly,
    };
    let part = |kind: OutcomeKind| {
        let count = Some(of(kind)).filter(|count| *count != 0)?;
        Some(format!("{} {}", format_count(count), (job.words.outcome)(kind).1))
    };
    let is_plain = of(OutcomeKind::Done) == job.counts.total();
    let note = OutcomeKind::ALL.into_iter().filter(|_| !is_plain).filter_map(part).collect::<Vec<_>>().join(" · ");
    (state, note)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{UserId, WorkspaceId};
    use crate::jobs::engine::{Job, record};
    use crate::jobs::planners::members::{Action, Members, Target, spec};

    fn text() -> String {
        let people = ["a", "b", "c"].map(|id| UserId::parse(id).unwrap());
        let workspace = WorkspaceId::parse("0f8fad5b-d9cb-469f-a165-70867728950e").unwrap();
        let target = Target { workspace, people: people[1..].to_vec(), already: people[..1].to_vec() };
        record::spec(&Job::<Members>::new(spec(Action::Add, vec![target])))
    }

    fn ended(state: &str) -> (ActivityState, String) {
        end_of(&Snapshot::of(&record::restore::<Members>(&text(), state).unwrap()))
    }

    #[test]
    fn the_outcomes_decide_how_a_job_ended() {
        assert_eq!(ended("ddd[]"), (ActivityState::Done, String::new()));
        assert_eq!(ended("add[]").0, ActivityState::Done);
        assert!(!ended("add[]").1.is_empty(), "who was unchanged is counted");
        assert_eq!(ended("adn[]").0, ActivityState::Partly);
        assert_eq!(ended("arr[\"No.\",\"No.\"]").0, ActivityState::Failed);
        assert_eq!(ended("adu[\"Closed.\"]").0, ActivityState::Unclear);
    }

    #[test]
    fn a_job_is_about_those_who_are_not_as_wanted_yet() {
        let job = record::restore::<Members>(&text(), "aww[]").unwrap();
        let new = new_activity(&Snapshot::of(&job), "job", true);
        assert_eq!((new.kind, new.people, new.workspaces.len()), (ActivityKind::AddMembers, 2, 1));
        assert_eq!((new.job.as_deref(), new.is_undo), (Some("job"), true));
    }

    #[test]
    fn an_undo_starts_from_the_beginning() {
        let job = record::unstarted::<Members>(&text()).unwrap();
        assert!(job.ledger.items().iter().all(|item| item.outcome == Outcome::Waiting));
        assert!(record::unstarted::<Members>("{}").is_none());
    }
}
