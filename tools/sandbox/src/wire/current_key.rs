//! The key of the caller.

use serde::Serialize;
use serde_json::{Value, json};

use super::{Key, Usage};
use crate::args::Account;

/// The response to `GET /key`. Management keys and other keys differ in `is_management_key`.
#[derive(Clone, Debug, Serialize)]
pub struct CurrentKey {
    label: String,
    is_management_key: bool,
    is_provisioning_key: bool,
    is_free_tier: bool,
    creator_user_id: Option<String>,
    organization_id: Option<&'static str>,
    workspace_id: Option<String>,
    expires_at: Option<String>,
    limit: Option<f64>,
    limit_remaining: Option<f64>,
    limit_reset: Option<String>,
    include_byok_in_limit: bool,
    #[serde(flatten)]
    usage: Usage,
    budgets: Vec<Value>,
    effective_budget: Option<Value>,
    allowed_data_regions: [&'static str; 1],
    free_model_daily_requests: Value,
    rate_limit: Value,
}

impl CurrentKey {
    /// Returns what a stored key is told about itself.
    pub fn of_key(key: Key) -> Self {
        let Key { label, expires_at, limit, limit_remaining, limit_reset, include_byok_in_limit, usage, .. } = key;
        Self {
            label,
            expires_at,
            limit,
            limit_remaining,
            limit_reset,
            include_byok_in_limit,
            usage,
            ..Self::new(false, key.creator_user_id, Some(key.workspace_id))
        }
    }

    /// An individual account has no organization.
    pub fn of_account(mut self, account: Account) -> Self {
        if account == Account::Individual {
            self.organization_id = None;
        }
        self
    }

    /// Returns a key without limits, created by `creator_user_id`.
    pub fn new(is_management_key: bool, creator_user_id: Option<String>, workspace_id: Option<String>) -> Self {
        Self {
            label: if is_management_key { "sk-or-v1-man...key" } else { "sk-or-v1-pla...key" }.to_owned(),
            is_management_key,
            is_provisioning_key: is_management_key,
            is_free_tier: false,
            creator_user_id,
            organization_id: Some("org_2kQx81ZbTqPmwRv4"),
            workspace_id,
            expires_at: None,
            limit: None,
            limit_remaining: None,
            limit_reset: None,
            include_byok_in_limit: false,
            usage: Usage::default(),
            budgets: Vec::new(),
            effective_budget: None,
            allowed_data_regions: ["global"],
            free_model_daily_requests: json!({ "limit": 1000, "remaining": 1000, "used": 0 }),
            rate_limit: json!({ "interval": "10s", "note": "This field is deprecated", "requests": -1 }),
        }
    }
}
