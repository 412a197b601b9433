use proptest::prelude::*;

use super::stored::MAX_TEXT;
use super::*;
use crate::api::settle::WriteOutcome;
use crate::api::{ApiError, StatusError, WriteError};
use crate::api::{Operation, WriteResult};
use crate::domain::{BudgetState, BudgetTarget, Change, Interval, Ladder, Step, Usd, UserId};

const ID: &str = "0f8fad5b-d9cb-469f-a165-70867728950e";

pub(super) fn workspace() -> NamedWorkspace {
    let id = WorkspaceId::parse(ID).ok();
    NamedWorkspace { id, name: "Research".to_owned(), slug: Slug::parse("research").ok() }
}

fn record(kind: ActivityKind) -> ActivityRecord {
    let id = RecordId::new(1_764_000_000, 7);
    ActivityRecord::new(id, "org_1".to_owned(), "sk-or-v1-abc…123", NewActivity::new(kind, workspace()))
}

fn refused() -> WriteResult<()> {
    let error = ApiError::Status(Box::new(StatusError::bare(Operation::SetBudget, 400)));
    Err(WriteError { error, outcome: WriteOutcome::Refused })
}

fn request(body: Option<&str>) -> SentRequest {
    let body = body.map(ToOwned::to_owned);
    SentRequest { operation: Operation::SetBudget, target: format!("/workspaces/{ID}/budgets/daily"), body }
}

#[test]
fn a_title_says_what_was_done_to_whom() {
    let mut removal = ActivityRecord { people: 18, ..record(ActivityKind::RemoveMembers) };
    assert_eq!(title(&removal), "Removing 18 members from Research");
    removal.state = ActivityState::Partly;
    assert_eq!(title(&removal), "Removed 18 members from Research");
    removal.state = ActivityState::Failed;
    assert_eq!(title(&removal), "Tried to remove 18 members from Research");
    removal.workspaces.push(workspace());
    (removal.state, removal.is_undo) = (ActivityState::Done, true);
    assert_eq!(title(&removal), "Removed 18 members from 2 workspaces (undo)");
    let budgets = ActivityRecord { state: ActivityState::Done, ..record(ActivityKind::ChangeBudgets) };
    assert_eq!(title(&budgets), "Changed budgets of Research");
}

#[test]
fn the_steps_decide_how_an_action_ended() {
    let end = |planned: usize, results: &[Option<WriteResult<()>>]| {
        let mut record = ActivityRecord { planned, ..record(ActivityKind::ChangeBudgets) };
        for result in results {
            let step = record.add_step(StepAbout::default());
            result.iter().for_each(|result| record.step_mut(step).unwrap().end(result));
        }
        record.end_by_steps();
        (record.state, record.note)
    };
    let done = || Some(Ok(()));
    assert_eq!(end(2, &[done(), done()]), (ActivityState::Done, String::new()));
    assert_eq!(end(2, &[done()]), (ActivityState::Partly, "1 of 2 steps done".to_owned()));
    assert_eq!(end(2, &[done(), Some(refused())]).0, ActivityState::Partly);
    assert_eq!(end(1, &[Some(refused())]).0, ActivityState::Failed);
    assert_eq!(end(2, &[done(), None]).0, ActivityState::Unclear);
}

#[test]
fn a_record_that_was_interrupted_is_unclear() {
    let mut record = record(ActivityKind::AddMembers);
    record.add_step(StepAbout::default());
    record.interrupt();
    assert_eq!((record.state, record.steps[0].outcome), (ActivityState::Unclear, StepOutcome::Unknown));
    let ended = ActivityRecord { state: ActivityState::Done, ..record };
    let mut same = ended.clone();
    same.interrupt();
    assert_eq!(same, ended);
}

#[test]
fn older_steps_are_dropped_and_the_others_keep_their_numbers() {
    let mut record = record(ActivityKind::AddMembers);
    let numbers: Vec<usize> = (0..MAX_STEPS + 3).map(|_| record.add_step(StepAbout::default())).collect();
    assert_eq!((record.steps.len(), record.dropped), (MAX_STEPS, 3));
    assert!(record.step_mut(numbers[2]).is_none());
    record.step_mut(numbers[3]).unwrap().status = Some(204);
    assert_eq!(record.steps[0].status, Some(204));
}

#[test]
fn a_label_that_could_be_a_key_is_shortened() {
    assert_eq!(masked("sk-or-v1-abc…123"), "sk-or-v1-abc…123");
    assert_eq!(masked("sk-or-v1-0123456789abcdef0123456789abcdef"), "sk-or-v1-0…cdef");
}

#[test]
fn the_limits_of_a_step_are_shown_before_and_after() {
    let usd = |text: &str| Usd::parse(text).unwrap();
    let change = Change::Set(usd("500").into());
    let step = Step { interval: Interval::Monthly, from: None, change };
    assert_eq!(budget_changes(&step), [FieldChange::new("Monthly limit", "No limit", usd("500").to_string())]);
    let step = Step { interval: Interval::Daily, from: Some(usd("20")), change: Change::Delete };
    assert_eq!(budget_changes(&step), [FieldChange::new("Daily limit", usd("20").to_string(), "No limit")]);
}

#[test]
fn a_plan_is_undone_from_where_it_ended() {
    let limits =
        |monthly: &str, daily: &str| Ladder::new([None, Usd::parse(monthly).ok(), None, Usd::parse(daily).ok()]);
    let start = BudgetState { ladder: limits("500", ""), counts_byok: Some(false) };
    let target = BudgetTarget::new(limits("900", "30").validate().unwrap(), Some(true), &start).unwrap();
    let plan = Plan::new(start, target);
    assert_eq!(undo_of_plan(&plan, 0), None);
    assert_eq!(undo_of_plan(&plan, 2).unwrap().end(), start);
    assert_eq!(undo_of_plan(&plan, 1).unwrap().end().ladder, start.ladder);
    assert_eq!(undo_of_plan(&plan, 1).unwrap().start(), plan.states()[1]);
}

#[test]
fn only_a_record_is_read_back() {
    let mut kept = record(ActivityKind::ChangeBudgets);
    let step = kept.add_step(StepAbout { workspace: workspace().id, ..StepAbout::default() });
    kept.step_mut(step).unwrap().request = Some(request(Some(r#"{"limit_usd":5}"#)));
    let text = write(&kept);
    assert_eq!(read(&text), Some(kept));
    for (part, other) in [
        ("\"version\":1", "\"version\":2"),
        ("001764000000-", "x"),
        ("change-budgets", "change-everything"),
        ("workspaces.set_budget", "workspaces.list"),
        ("workspaces.set_budget", "rm"),
        ("\"/workspaces/", "\"https://evil.example/"),
        ("/budgets/daily", "/budgets/daily\\n"),
        (r#""{\"limit_usd\":5}""#, "\"@/etc/passwd\""),
    ] {
        assert!(text.contains(part), "{part}");
        assert_eq!(read(&text.replace(part, other)), None, "{other}");
    }
    assert_eq!(read(&text[..text.len() - 1]), None);
    assert_eq!(read(""), None);
}

#[test]
fn a_stored_record_is_never_larger_than_its_limit() {
    let mut kept = record(ActivityKind::ChangeBudgets);
    for _ in 0..MAX_STEPS {
        let step = kept.add_step(StepAbout::default());
        kept.step_mut(step).unwrap().request = Some(request(Some(&format!("{{\"a\":\"{}\"}}", "é".repeat(100)))));
    }
    kept.undo = Some(Undo::Job("{}".to_owned()));
    let text = write(&kept);
    assert!(text.len() <= MAX_TEXT);
    let found = read(&text).unwrap();
    assert_eq!(found.dropped + found.steps.len(), MAX_STEPS);
    assert_eq!(found.undo, kept.undo);
    kept.undo = Some(Undo::Job("x".repeat(MAX_TEXT)));
    let found = read(&write(&kept)).unwrap();
    assert_eq!((found.undo, found.steps.len()), (None, 0));
}

#[test]
fn an_export_has_a_row_for_each_step_and_starts_no_formula() {
    let mut removal = ActivityRecord { people: 1, state: ActivityState::Done, ..record(ActivityKind::RemoveMembers) };
    removal.workspaces[0].name = "=Research".to_owned();
    let person = UserId::parse("user_1").unwrap();
    let step = removal.add_step(StepAbout { workspace: workspace().id, people: vec![person], ..StepAbout::default() });
    let step = removal.step_mut(step).unwrap();
    (step.request, step.status) = (Some(request(None)), Some(200));
    step.end(&Ok(()));
    let rows = csv_rows(&[removal.clone()], |_| "Jane Doe".to_owned());
    assert_eq!((rows.len(), rows[0].len(), rows[1].len()), (2, 16, 16));
    assert_eq!(rows[1][15], "Jane Doe (user_1)");
    assert!(crate::csv::table(rows).contains(",'=Research,"));
    let json: serde_json::Value = serde_json::from_str(&json(&[removal], |_| "Jane Doe".to_owned())).unwrap();
    assert_eq!(json[0]["steps"][0]["people"][0]["name"], "Jane Doe");
    assert_eq!(json[0]["steps"][0]["status"], 200);
    assert!(json[0].get("account").is_none() && json[0].get("undo").is_none());
}

#[test]
fn a_record_is_found_by_people_workspaces_and_changes() {
    let mut removal = record(ActivityKind::RemoveMembers);
    let person = UserId::parse("user_1").unwrap();
    let changes = vec![FieldChange::new("Membership", "Member", "Not a member")];
    removal.add_step(StepAbout { workspace: None, people: vec![person], changes });
    let text = haystack(&removal, |_| "Zoë Müller".to_owned());
    for word in ["zoë", "user_1", "research", ID, "not a member"] {
        assert!(text.contains(word), "{word}");
    }
}

fn any_step() -> impl Strategy<Value = ActivityStep> {
    let text = || prop::sample::select(vec!["", "a", "é\n\"", "\u{202e}", "=1"]).prop_map(ToOwned::to_owned);
    let request = prop::option::of(Just(request(Some("{\"a\":\"'\"}"))));
    (text(), text(), request, prop::option::of(any::<u16>()), prop::bool::ANY).prop_map(
        |(field, message, request, status, outcome)| ActivityStep {
            workspace: workspace().id,
            people: UserId::parse("user_1").into_iter().collect(),
            changes: vec![FieldChange::new(field, "", "x")],
            request,
            status,
            outcome: if outcome { StepOutcome::Done } else { StepOutcome::NotApplied },
            message,
        },
    )
}

proptest! {
    #[test]
    fn a_record_reads_back_as_it_was_written(
        kind in 0..ActivityKind::ALL.len(),
        state in 0..ActivityState::ALL.len(),
        steps in prop::collection::vec(any_step(), 0..5),
        at in 0i64..4_000_000_000,
        (people, dropped, is_undone) in (0usize..5_000, 0usize..5_000, any::<bool>()),
    ) {
        let mut kept = record(ActivityKind::ALL[kind]);
        kept.id = RecordId::new(at, 0xdead_beef);
        prop_assert_eq!(kept.id.at(), at);
        (kept.state, kept.steps, kept.people) = (ActivityState::ALL[state], steps, people);
        (kept.dropped, kept.is_undone) = (dropped, is_undone);
        prop_assert_eq!(read(&write(&kept)), Some(kept));
    }

    #[test]
    fn no_text_stops_the_reader(text in ".{0,80}") {
        prop_assert_eq!(read(&text), None);
    }
}
