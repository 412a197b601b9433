//! The successor of a key: the request for it, and which key may be the one that an unclear request created.

use crate::api::keys::CLOCK_SLACK;
use crate::domain::{ApiKey, CreateKey, KeyName, Timestamp, WorkspaceId, inline_text};
use crate::jobs::engine::Outcome;

/// The request for a key's successor. `None` if the key is no longer what the preview showed.
pub(super) fn successor_of(old: &ApiKey, workspace: &WorkspaceId, expires_at: &Timestamp) -> Option<CreateKey> {
    let is_elsewhere = old.workspace_id.as_ref().is_some_and(|id| id != workspace);
    if old.disabled || is_elsewhere {
        return None;
    }
    Some(CreateKey {
        name: name_of(old)?,
        workspace_id: workspace.clone(),
        limit: old.limit,
        limit_reset: old.limit_reset.clone(),
        include_byok_in_limit: old.include_byok_in_limit,
        expires_at: Some(expires_at.clone()),
        creator_user_id: old.creator_user_id.clone(),
    })
}

/// The name of the successor: that of the key, or else what the key is called.
fn name_of(old: &ApiKey) -> Option<KeyName> {
    KeyName::parse(&old.name).or_else(|_| KeyName::parse(&old.title())).ok()
}

/// Whether a request of that time may have created this key. Without the time each other key of the name may be it.
pub(super) fn may_succeed(key: &ApiKey, old: &ApiKey, sent_at: Option<i64>) -> bool {
    let created = key.created_at.as_ref().and_then(Timestamp::unix_seconds);
    let is_since = sent_at.zip(created).is_none_or(|(sent, created)| created >= sent - CLOCK_SLACK);
    key.hash != old.hash && name_of(old).is_some_and(|name| name.as_str() == key.name.trim()) && is_since
}

pub(super) fn lost<'a>(keys: impl IntoIterator<Item = &'a ApiKey>) -> Outcome {
    let labels: Vec<String> = keys.into_iter().map(|key| inline_text(&key.label)).collect();
    let labels = labels.join(", ");
    let words = format!("A new API key ({labels}) was created, but its secret is lost. Delete it, and then try again.");
    Outcome::Unknown(words.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_key_of_the_name_that_was_created_since_may_be_the_successor() {
        let key = |json: &str| serde_json::from_str::<ApiKey>(json).unwrap();
        let old = key(r#"{"hash":"a","name":"CI","created_at":"2026-11-29T00:01:00Z"}"#);
        let is = |json: &str, sent_at| may_succeed(&key(json), &old, sent_at);
        let sent = Timestamp::new("2026-11-29T00:01:00Z").unix_seconds();
        assert!(is(r#"{"hash":"b","name":"CI","created_at":"2026-11-29T00:00:56Z"}"#, sent));
        assert!(!is(r#"{"hash":"b","name":"CI","created_at":"2026-11-29T00:00:50Z"}"#, sent));
        assert!(is(r#"{"hash":"b","name":"CI","created_at":"2026-11-29T00:00:50Z"}"#, None));
        assert!(is(r#"{"hash":"b","name":"CI"}"#, sent));
        assert!(!is(r#"{"hash":"b","name":"Batch","created_at":"2026-11-29T00:01:01Z"}"#, sent));
        assert!(!may_succeed(&old, &old, sent));
        let unnamed = key(r#"{"hash":"a","label":"sk-or-v1-a...z"}"#);
        assert!(may_succeed(&key(r#"{"hash":"b","name":"sk-or-v1-a...z"}"#), &unnamed, sent));
    }
}
