//! API keys: what blocks a deletion or a removal, and where spend is counted.
//!
//! Invariant: a key is named by its hash; the key's own text is never here.

use std::collections::HashMap;

use serde::Deserialize;

use super::{KeyHash, Timestamp, Usd, UserId, WorkspaceId};

/// An API key of a workspace, with its spend in the running windows (UTC).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct ApiKey {
    /// What names the key to the API.
    pub hash: KeyHash,
    /// The name that people gave it.
    #[serde(default)]
    pub name: String,
    /// The key's first and last characters.
    #[serde(default)]
    pub label: String,
    /// A disabled key blocks nothing.
    #[serde(default)]
    pub disabled: bool,
    /// Who made it.
    #[serde(default)]
    pub creator_user_id: Option<UserId>,
    /// Where it is.
    #[serde(default)]
    pub workspace_id: Option<WorkspaceId>,
    /// Spend in US dollars since it was made.
    #[serde(default = "zero")]
    pub usage: Usd,
    /// Spend today.
    #[serde(default = "zero")]
    pub usage_daily: Usd,
    /// Spend since Monday.
    #[serde(default = "zero")]
    pub usage_weekly: Usd,
    /// Spend since the 1st.
    #[serde(default = "zero")]
    pub usage_monthly: Usd,
    /// Spend through own provider keys since it was made.
    #[serde(default = "zero")]
    pub byok_usage: Usd,
    /// Such spend today.
    #[serde(default = "zero")]
    pub byok_usage_daily: Usd,
    /// Such spend since Monday.
    #[serde(default = "zero")]
    pub byok_usage_weekly: Usd,
    /// Such spend since the 1st.
    #[serde(default = "zero")]
    pub byok_usage_monthly: Usd,
    /// The key's own limit.
    #[serde(default)]
    pub limit: Option<Usd>,
    /// When it stops working by itself.
    #[serde(default)]
    pub expires_at: Option<Timestamp>,
    /// When it was made.
    #[serde(default)]
    pub created_at: Option<Timestamp>,
}

impl ApiKey {
    /// Whether the key works at a time (Unix seconds), and so blocks a deletion or a removal (rules 4 and 7).
    pub fn is_active(&self, now: i64) -> bool {
        let expires = self.expires_at.as_ref().and_then(Timestamp::unix_seconds);
        !self.disabled && expires.is_none_or(|at| at > now)
    }

    /// The keys that work at a time (Unix seconds), by who made them: whoever made one cannot be removed (rule 7).
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

fn zero() -> Usd {
    Usd::ZERO
}

/// Who is asking: the answer of `GET /key`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct CurrentKey {
    /// The key's first and last characters.
    #[serde(default)]
    pub label: String,
    /// Only a management key may use this API; any other gets 403.
    #[serde(default)]
    pub is_management_key: bool,
    /// Who made the key.
    #[serde(default)]
    pub creator_user_id: Option<UserId>,
    /// The organization of the key, or `None` for an individual account.
    #[serde(default)]
    pub organization_id: Option<String>,
    /// When it stops working.
    #[serde(default)]
    pub expires_at: Option<Timestamp>,
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
}
