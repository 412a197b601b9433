//! API keys. Active keys block deletions and removals, and all keys count spend.
//!
//! Invariant: a key is identified by its hash. The secret is never here.

use std::collections::HashMap;

use serde::Deserialize;

use super::{KeyHash, Timestamp, Usd, UserId};

/// An API key of a workspace, with its spend in US dollars in the current windows (UTC).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct ApiKey {
    /// Identifies the key in calls.
    pub hash: KeyHash,
    #[serde(default)]
    pub name: String,
    /// The key's first and last characters.
    #[serde(default)]
    pub label: String,
    /// Whether it is disabled. A disabled key blocks nothing.
    #[serde(default)]
    pub disabled: bool,
    pub creator_user_id: Option<UserId>,
    /// Spend since it was created.
    #[serde(default)]
    pub usage: Usd,
    /// Spend today.
    #[serde(default)]
    pub usage_daily: Usd,
    /// Spend since Monday.
    #[serde(default)]
    pub usage_weekly: Usd,
    /// Spend since the 1st.
    #[serde(default)]
    pub usage_monthly: Usd,
    #[serde(default)]
    pub byok_usage: Usd,
    #[serde(default)]
    pub byok_usage_daily: Usd,
    #[serde(default)]
    pub byok_usage_weekly: Usd,
    #[serde(default)]
    pub byok_usage_monthly: Usd,
    pub expires_at: Option<Timestamp>,
}

impl ApiKey {
    /// Whether the key works at `now` (Unix seconds), and so blocks a deletion or a removal (rules 4 and 7).
    pub fn is_active(&self, now: i64) -> bool {
        let expires = self.expires_at.as_ref().and_then(Timestamp::unix_seconds);
        !self.disabled && expires.is_none_or(|at| at > now)
    }

    /// The keys that work at `now` (Unix seconds), by their creator, who cannot be removed (rule 7).
    pub fn active_by_owner(keys: &[Self], now: i64) -> HashMap<UserId, Vec<Self>> {
        let mut owners: HashMap<UserId, Vec<Self>> = HashMap::new();
        for key in keys.iter().filter(|key| key.is_active(now)) {
            if let Some(owner) = &key.creator_user_id {
                owners.entry(owner.clone()).or_default().push(key.clone());
            }
        }
        owners
    }
}

/// The key that a request was sent with: the response of `GET /key`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct CurrentKey {
    #[serde(default)]
    pub label: String,
    /// Whether it may use this API. Other keys get 403.
    #[serde(default)]
    pub is_management_key: bool,
    pub creator_user_id: Option<UserId>,
    /// Its organization, or `None` for an individual account.
    pub organization_id: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_disabled_or_expired_key_blocks_nothing() {
        let is_active = |json: &str| serde_json::from_str::<ApiKey>(json).unwrap().is_active(1_800_000_000);
        assert!(is_active(r#"{"hash":"a"}"#));
        assert!(is_active(r#"{"hash":"a","expires_at":"2100-01-01T00:00:00Z"}"#));
        assert!(!is_active(r#"{"hash":"a","expires_at":"2020-01-01T00:00:00Z"}"#));
        assert!(!is_active(r#"{"hash":"a","disabled":true}"#));
    }

    #[test]
    fn only_active_keys_are_listed_by_owner() {
        let key = |json: &str| serde_json::from_str::<ApiKey>(json).unwrap();
        let keys = [
            key(r#"{"hash":"a","creator_user_id":"jane"}"#),
            key(r#"{"hash":"b","creator_user_id":"jane"}"#),
            key(r#"{"hash":"c","creator_user_id":"rick","disabled":true}"#),
            key(r#"{"hash":"d"}"#),
        ];
        let owners = HashMap::from([(UserId::parse("jane").unwrap(), keys[..2].to_vec())]);
        assert_eq!(ApiKey::active_by_owner(&keys, 0), owners);
    }
}
