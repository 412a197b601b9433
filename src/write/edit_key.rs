//! Changing an API key, or moving it to another workspace.
//!
//! Invariant: nothing is sent if someone else changed the same field since the key was read.

use super::{Message, Scope, Viewer, Write, WriteFailure};
use crate::activity::{FieldChange, NewActivity, StepAbout, key_changes};
use crate::api::keys;
use crate::data::Topic;
use crate::domain::{ActivityKind, ApiKey, Patch, UpdateKey, WorkspaceId, inline_text};

pub struct EditKey {
    pub workspace: WorkspaceId,
    /// The key as last read.
    pub base: ApiKey,
    pub change: UpdateKey,
    /// The names of the workspace and of the one that it moves to, for the activity log.
    pub places: (String, String),
}

pub enum EditKeyEnd {
    Saved,
    /// Someone else changed this field at the same time. The key as it is now.
    Changed(Box<ApiKey>, &'static str),
}

impl Write for EditKey {
    type Output = EditKeyEnd;

    async fn send(&self, scope: &Scope) -> Result<EditKeyEnd, WriteFailure> {
        let now = keys::get(&scope.client, &self.base.hash).await.map_err(WriteFailure::Unread)?;
        if self.change.is_met_by(&now) {
            return Ok(EditKeyEnd::Saved);
        }
        if let Some(field) = changed_field(&self.change, &self.base, &now) {
            return Ok(EditKeyEnd::Changed(Box::new(now), field));
        }
        let mut changes = key_changes(&now, &self.change);
        if self.change.workspace_id.is_some() {
            let (from, to) = &self.places;
            changes.push(FieldChange::new("Workspace", inline_text(from), inline_text(to)));
        }
        let about = StepAbout { workspace: Some(self.workspace.clone()), changes, ..StepAbout::default() };
        let send = async |client| keys::update(&client, &self.base.hash, &self.change).await;
        scope.record(about, send).await?;
        Ok(EditKeyEnd::Saved)
    }

    fn activity(&self) -> NewActivity {
        let is_only_moved = self.change.workspace_id.is_some() && key_changes(&self.base, &self.change).is_empty();
        let kind = if is_only_moved { ActivityKind::MoveKey } else { ActivityKind::EditKey };
        let new = NewActivity::new(kind, self.workspace.clone());
        NewActivity { subject: Some(self.base.title()), ..new }
    }

    fn topics(&self, _: &Result<EditKeyEnd, WriteFailure>) -> Vec<Topic> {
        let places = [Some(&self.workspace), self.change.workspace_id.as_ref()];
        places.into_iter().flatten().cloned().map(Topic::Keys).collect()
    }

    fn message(&self, end: &EditKeyEnd, viewer: Viewer) -> Option<Message> {
        let name = inline_text(&self.base.title());
        match end {
            EditKeyEnd::Saved => Some(Message::Success(match &self.change.workspace_id {
                Some(_) => format!("“{name}” was moved to “{}”", inline_text(&self.places.1)),
                None => format!("“{name}” was changed"),
            })),
            EditKeyEnd::Changed(..) => (viewer == Viewer::Gone).then(|| {
                let why = "Someone else changed it at the same time. Nothing was sent.".to_owned();
                Message::Failure(self.failure_title(), why)
            }),
        }
    }

    fn failure_title(&self) -> String {
        format!("“{}” was not changed", inline_text(&self.base.title()))
    }
}

/// The first field that both this change and someone else changed.
fn changed_field(change: &UpdateKey, base: &ApiKey, now: &ApiKey) -> Option<&'static str> {
    let is_sent = |patch: bool, is_same: bool| patch && !is_same;
    [
        (is_sent(change.name.is_some(), base.name == now.name), "name"),
        (is_sent(change.disabled.is_some(), base.disabled == now.disabled), "state"),
        (is_sent(change.limit != Patch::Keep, base.limit == now.limit), "limit"),
        (is_sent(change.limit_reset != Patch::Keep, base.limit_reset == now.limit_reset), "reset of the limit"),
        (
            is_sent(change.include_byok_in_limit.is_some(), base.include_byok_in_limit == now.include_byok_in_limit),
            "BYOK setting",
        ),
        (is_sent(change.workspace_id.is_some(), base.workspace_id == now.workspace_id), "workspace"),
    ]
    .into_iter()
    .find_map(|(is_changed, field)| is_changed.then_some(field))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Usd;

    #[test]
    fn only_a_change_of_the_same_field_is_a_conflict() {
        let key = |json: &str| serde_json::from_str::<ApiKey>(json).unwrap();
        let base = key(r#"{"hash":"a","name":"CI","limit":10}"#);
        let change = UpdateKey { limit: Patch::Set(Usd::parse("20").unwrap()), ..UpdateKey::default() };
        let other = |json: &str| changed_field(&change, &base, &key(json));
        assert_eq!(other(r#"{"hash":"a","name":"CI","limit":10.0}"#), None);
        assert_eq!(other(r#"{"hash":"a","name":"Renamed","limit":10,"disabled":true}"#), None);
        assert_eq!(other(r#"{"hash":"a","name":"CI","limit":15}"#), Some("limit"));
        assert_eq!(other(r#"{"hash":"a","name":"CI"}"#), Some("limit"));
    }
}
