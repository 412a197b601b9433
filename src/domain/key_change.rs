//! The requests that create and change API keys.
//!
//! Invariant: a new key always names its workspace. Without one the API silently uses the default workspace.

use serde::Serialize;
use thiserror::Error;

use super::open_enum::open_enum;
use super::{ApiKey, Interval, Patch, Timestamp, Usd, UserId, WorkspaceId};

open_enum! {
    /// When the limit of a key is reset (UTC).
    LimitReset { Daily = "daily", Weekly = "weekly", Monthly = "monthly" }
}

impl LimitReset {
    /// The interval with the same window.
    pub fn interval(&self) -> Option<Interval> {
        match self {
            Self::Daily => Some(Interval::Daily),
            Self::Weekly => Some(Interval::Weekly),
            Self::Monthly => Some(Interval::Monthly),
            Self::Other(_) => None,
        }
    }
}

/// The name of a key: at least one character, trimmed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct KeyName(String);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("Enter a name")]
pub struct KeyNameMissing;

impl KeyName {
    /// Reads a typed name and trims it.
    pub fn parse(text: &str) -> Result<Self, KeyNameMissing> {
        let text = text.trim();
        if text.is_empty() { Err(KeyNameMissing) } else { Ok(Self(text.to_owned())) }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The body of a creation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CreateKey {
    pub name: KeyName,
    pub workspace_id: WorkspaceId,
    pub limit: Option<Usd>,
    pub limit_reset: Option<LimitReset>,
    pub include_byok_in_limit: bool,
    /// In whole seconds.
    pub expires_at: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub creator_user_id: Option<UserId>,
}

/// The body of a change. Fields that are not set stay as they are.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct UpdateKey {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<KeyName>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub disabled: Option<bool>,
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub limit: Patch<Usd>,
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub limit_reset: Patch<LimitReset>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub include_byok_in_limit: Option<bool>,
    /// Moves the key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub workspace_id: Option<WorkspaceId>,
}

impl UpdateKey {
    /// Whether it changes nothing. The API refuses such a request.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whether the key has all values that this sets.
    pub fn is_met_by(&self, key: &ApiKey) -> bool {
        self.name.as_ref().is_none_or(|name| name.as_str() == key.name)
            && self.disabled.is_none_or(|disabled| disabled == key.disabled)
            && is_met(&self.limit, key.limit.as_ref())
            && is_met(&self.limit_reset, key.limit_reset.as_ref())
            && self.include_byok_in_limit.is_none_or(|counts| counts == key.include_byok_in_limit)
            && self.workspace_id.as_ref().is_none_or(|id| key.workspace_id.as_ref() == Some(id))
    }
}

fn is_met<T: PartialEq>(patch: &Patch<T>, now: Option<&T>) -> bool {
    match patch {
        Patch::Keep => true,
        Patch::Clear => now.is_none(),
        Patch::Set(value) => now == Some(value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(body: &UpdateKey) -> String {
        serde_json::to_string(body).unwrap()
    }

    #[test]
    fn a_change_sends_only_what_it_sets() {
        assert_eq!(text(&UpdateKey::default()), "{}");
        assert!(UpdateKey::default().is_empty());
        let cleared = UpdateKey { limit: Patch::Clear, limit_reset: Patch::Clear, ..UpdateKey::default() };
        assert_eq!(text(&cleared), r#"{"limit":null,"limit_reset":null}"#);
        let moved = UpdateKey { workspace_id: WorkspaceId::parse("w").ok(), ..UpdateKey::default() };
        assert_eq!(text(&moved), r#"{"workspace_id":"w"}"#);
    }

    #[test]
    fn a_new_key_always_names_its_workspace() {
        let body = CreateKey {
            name: KeyName::parse(" CI ").unwrap(),
            workspace_id: WorkspaceId::parse("w").unwrap(),
            limit: Usd::parse("12.50").ok(),
            limit_reset: Some(LimitReset::Monthly),
            include_byok_in_limit: false,
            expires_at: Timestamp::from_unix_seconds(86_400),
            creator_user_id: None,
        };
        let expected = r#"{"name":"CI","workspace_id":"w","limit":12.50,"limit_reset":"monthly","include_byok_in_limit":false,"expires_at":"1970-01-02T00:00:00Z"}"#;
        assert_eq!(serde_json::to_string(&body).unwrap(), expected);
        assert_eq!(KeyName::parse("  "), Err(KeyNameMissing));
    }

    #[test]
    fn a_change_is_met_only_by_a_key_with_all_its_values() {
        let key = |json: &str| serde_json::from_str::<ApiKey>(json).unwrap();
        let moved = UpdateKey { workspace_id: WorkspaceId::parse("w").ok(), ..UpdateKey::default() };
        assert!(moved.is_met_by(&key(r#"{"hash":"a","workspace_id":"w"}"#)));
        assert!(!moved.is_met_by(&key(r#"{"hash":"a"}"#)));
        let cleared = UpdateKey { limit: Patch::Clear, ..UpdateKey::default() };
        assert!(cleared.is_met_by(&key(r#"{"hash":"a"}"#)) && !cleared.is_met_by(&key(r#"{"hash":"a","limit":1}"#)));
    }
}
