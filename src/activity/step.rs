//! One request of an action: what it is about, what was sent, and what became of it.

use serde::{Deserialize, Serialize};

use super::stored;
use crate::api::settle::WriteOutcome;
use crate::api::{Operation, Request, WriteResult};
use crate::domain::{
    ApiKey, Change, LimitReset, Step, UpdateKey, Usd, UserId, WorkspaceId, inline_message, inline_text,
};

/// One request of an action, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActivityStep {
    pub workspace: Option<WorkspaceId>,
    pub people: Vec<UserId>,
    pub changes: Vec<FieldChange>,
    /// The request as it was last sent. `None` if none was sent.
    pub request: Option<SentRequest>,
    /// The last status. `None` without an answer.
    pub status: Option<u16>,
    pub outcome: StepOutcome,
    /// Why it failed.
    pub message: String,
}

/// What a step is about, known before it is sent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StepAbout {
    /// Its workspace. `None` while it is being created.
    pub workspace: Option<WorkspaceId>,
    /// The people that it adds or removes.
    pub people: Vec<UserId>,
    /// The values that it changes.
    pub changes: Vec<FieldChange>,
}

/// A request without base address and headers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "stored::RequestText", into = "stored::RequestText")]
pub struct SentRequest {
    pub operation: Operation,
    /// Path and query below the base, encoded.
    pub target: String,
    pub body: Option<String>,
}

impl From<&Request> for SentRequest {
    fn from(request: &Request) -> Self {
        Self { operation: request.operation, target: request.target.clone(), body: request.body.clone() }
    }
}

/// A value before and after a step, as the screen shows both.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldChange {
    pub field: String,
    pub from: String,
    pub to: String,
}

impl FieldChange {
    pub fn new(field: impl Into<String>, from: impl Into<String>, to: impl Into<String>) -> Self {
        Self { field: field.into(), from: from.into(), to: to.into() }
    }
}

/// What became of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StepOutcome {
    Running,
    Done,
    Refused,
    NotApplied,
    Conflict,
    Unknown,
}

impl From<WriteOutcome> for StepOutcome {
    fn from(outcome: WriteOutcome) -> Self {
        match outcome {
            WriteOutcome::Refused => Self::Refused,
            WriteOutcome::NotApplied => Self::NotApplied,
            WriteOutcome::Conflict => Self::Conflict,
            WriteOutcome::Unknown => Self::Unknown,
        }
    }
}

impl ActivityStep {
    pub fn end<T>(&mut self, result: &WriteResult<T>) {
        match result {
            Ok(_) => self.outcome = StepOutcome::Done,
            Err(failure) => {
                self.outcome = failure.outcome.into();
                self.message = inline_message(&failure.error.to_string());
            }
        }
    }
}

/// The values of an API key that a request changes, except its workspace.
pub fn key_changes(before: &ApiKey, body: &UpdateKey) -> Vec<FieldChange> {
    let mut changes = Vec::new();
    if let Some(name) = &body.name {
        changes.push(FieldChange::new("Name", inline_text(&before.name), inline_text(name.as_str())));
    }
    if let Some(disabled) = body.disabled {
        let word = |disabled: bool| if disabled { "Disabled" } else { "Enabled" };
        changes.push(FieldChange::new("API key", word(before.disabled), word(disabled)));
    }
    if !body.limit.is_keep() || !body.limit_reset.is_keep() {
        let limit = body.limit.applied(before.limit.as_ref()).copied();
        let reset = body.limit_reset.applied(before.limit_reset.as_ref());
        let from = limit_text(before.limit, before.limit_reset.as_ref());
        changes.push(FieldChange::new("Limit", from, limit_text(limit, reset)));
    }
    if let Some(counts) = body.include_byok_in_limit {
        let word = |counts: bool| if counts { "Counted" } else { "Not counted" };
        changes.push(FieldChange::new("BYOK spend", word(before.include_byok_in_limit), word(counts)));
    }
    changes
}

/// The limit of an API key, such as `$25.00 weekly`.
pub fn limit_text(limit: Option<Usd>, reset: Option<&LimitReset>) -> String {
    match (limit, reset) {
        (None, _) => "No limit".to_owned(),
        (Some(limit), None) => limit.to_string(),
        (Some(limit), Some(reset)) => format!("{limit} {}", inline_text(reset.as_str())),
    }
}

/// The limits that a step of a budget plan changes.
pub fn budget_changes(step: &Step) -> Vec<FieldChange> {
    let amount = |limit: Option<Usd>| limit.map_or_else(|| "No limit".to_owned(), |limit| limit.to_string());
    let to = match step.change {
        Change::Delete => None,
        Change::Set(body) => Some(body.limit_usd),
    };
    let mut changes = Vec::new();
    if step.from != to {
        changes.push(FieldChange::new(format!("{} limit", step.interval.label()), amount(step.from), amount(to)));
    }
    if let Change::Set(body) = step.change
        && let Some(counts) = body.include_byok_in_budgets
    {
        let word = |counts: bool| if counts { "Counted" } else { "Not counted" };
        changes.push(FieldChange::new("BYOK spend", word(!counts), word(counts)));
    }
    changes
}
