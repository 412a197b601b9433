//! Records as tables and as JSON, to be kept outside of the browser.

use serde::Serialize;

use super::{
    ActivityRecord, ActivityStep, FieldChange, NamedWorkspace, SentRequest, StepOutcome, outcome_label, state_label,
    title,
};
use crate::domain::{Timestamp, UserId};

const HEADS: [&str; 16] = [
    "Time (UTC)",
    "Action",
    "State",
    "Summary",
    "Key",
    "Workspace",
    "Workspace ID",
    "Operation",
    "Method",
    "Path",
    "Body",
    "Status",
    "Outcome",
    "Message",
    "Changes",
    "People",
];

fn time(record: &ActivityRecord) -> String {
    Timestamp::from_unix_seconds(record.id.at()).map(|at| at.as_str().to_owned()).unwrap_or_default()
}

/// One row for each step, under a row of headings. `name_of` names people.
pub fn csv_rows(records: &[ActivityRecord], name_of: impl Fn(&UserId) -> String) -> Vec<Vec<String>> {
    let mut rows = vec![HEADS.map(str::to_owned).to_vec()];
    for record in records {
        let about =
            [time(record), title(record), state_label(record.state).to_owned(), record.note.clone(), record.by.clone()];
        let step = |step: &ActivityStep| row(&about, record, step, &name_of);
        if record.steps.is_empty() {
            rows.push(
                about.iter().cloned().chain(std::iter::repeat_n(String::new(), HEADS.len() - about.len())).collect(),
            );
        }
        rows.extend(record.steps.iter().map(step));
    }
    rows
}

fn row(
    about: &[String],
    record: &ActivityRecord,
    step: &ActivityStep,
    name_of: &impl Fn(&UserId) -> String,
) -> Vec<String> {
    let id = step.workspace.as_ref();
    let workspace = record.workspaces.iter().find(|it| it.id.as_ref() == id).map(|it| it.name.clone());
    let request = step.request.as_ref();
    let of = |part: fn(&SentRequest) -> String| request.map(part).unwrap_or_default();
    let change = |FieldChange { field, from, to }: &FieldChange| format!("{field}: {from} → {to}");
    let person = |id: &UserId| match name_of(id) {
        name if name.is_empty() || name == id.as_str() => id.to_string(),
        name => format!("{name} ({id})"),
    };
    let rest = [
        workspace.unwrap_or_default(),
        id.map(ToString::to_string).unwrap_or_default(),
        of(|it| it.operation.name().to_owned()),
        of(|it| it.operation.method().to_string()),
        of(|it| it.target.clone()),
        of(|it| it.body.clone().unwrap_or_default()),
        step.status.map(|status| status.to_string()).unwrap_or_default(),
        outcome_label(step.outcome).to_owned(),
        step.message.clone(),
        step.changes.iter().map(change).collect::<Vec<_>>().join("; "),
        step.people.iter().map(person).collect::<Vec<_>>().join("; "),
    ];
    about.iter().cloned().chain(rest).collect()
}

#[derive(Serialize)]
struct JsonRecord<'a> {
    time: String,
    action: String,
    kind: &'static str,
    state: &'static str,
    summary: &'a str,
    key: &'a str,
    workspaces: &'a [NamedWorkspace],
    undone: bool,
    steps_not_kept: usize,
    steps: Vec<JsonStep<'a>>,
}

#[derive(Serialize)]
struct JsonStep<'a> {
    workspace_id: Option<&'a str>,
    operation: Option<&'static str>,
    method: Option<String>,
    path: Option<&'a str>,
    body: Option<&'a str>,
    status: Option<u16>,
    outcome: StepOutcome,
    message: &'a str,
    changes: &'a [FieldChange],
    people: Vec<JsonPerson<'a>>,
}

#[derive(Serialize)]
struct JsonPerson<'a> {
    id: &'a str,
    name: String,
}

/// The records as a JSON array.
pub fn json(records: &[ActivityRecord], name_of: impl Fn(&UserId) -> String) -> String {
    let records = records.iter().map(|record| JsonRecord {
        time: time(record),
        action: title(record),
        kind: record.kind.word(),
        state: record.state.word(),
        summary: &record.note,
        key: &record.by,
        workspaces: &record.workspaces,
        undone: record.is_undone,
        steps_not_kept: record.dropped,
        steps: record.steps.iter().map(|step| json_step(step, &name_of)).collect(),
    });
    serde_json::to_string(&records.collect::<Vec<_>>()).unwrap_or_default()
}

fn json_step<'a>(step: &'a ActivityStep, name_of: &impl Fn(&UserId) -> String) -> JsonStep<'a> {
    let request = step.request.as_ref();
    JsonStep {
        workspace_id: step.workspace.as_ref().map(|id| id.as_str()),
        operation: request.map(|it| it.operation.name()),
        method: request.map(|it| it.operation.method().to_string()),
        path: request.map(|it| it.target.as_str()),
        body: request.and_then(|it| it.body.as_deref()),
        status: step.status,
        outcome: step.outcome,
        message: &step.message,
        changes: &step.changes,
        people: step.people.iter().map(|id| JsonPerson { id: id.as_str(), name: name_of(id) }).collect(),
    }
}
