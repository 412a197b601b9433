//! API keys. Active keys block deletions and removals, and all keys count spend.
//!
//! Invariant: a key is identified by its hash. The secret is never here.

use std::collections::HashMap;

use serde::Deserialize;

use super::key_change::LimitReset;
use super::timestamp::DAY;
use super::{Interval, KeyHash, Timestamp, Usd, UserId, WorkspaceId, is_visible, without_direction_marks};

/// After so many days without use a key is dormant.
pub const DORMANT_DAYS: i64 = 30;

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
    /// Its owner.
    pub creator_user_id: Option<UserId>,
    pub workspace_id: Option<WorkspaceId>,
    /// The most that it may spend until its limit is reset.
    pub limit: Option<Usd>,
    /// When its limit is reset. `None` means never.
    pub limit_reset: Option<LimitReset>,
    /// Whether spend through the organization's own provider keys (BYOK) counts against its limit.
    #[serde(default)]
    pub include_byok_in_limit: bool,
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
    pub created_at: Option<Timestamp>,
    /// When it was last used. `None` if no use was recorded since the end of 2025.
    pub last_used_at: Option<Timestamp>,
}

/// Whether a key works.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum KeyState {
    Active,
    Disabled,
    /// Its expiry has passed, whether it is disabled or not.
    Expired,
}

impl KeyState {
    pub fn label(self) -> &'static str {
        match self {
            Self::Active => "Active",
            Self::Disabled => "Disabled",
            Self::Expired => "Expired",
        }
    }
}

impl ApiKey {
    /// The name, or else the label, or else the hash: the first of them with a visible character.
    pub fn title(&self) -> String {
        let texts = [self.name.as_str(), &self.label, self.hash.as_str()];
        let visible = texts.into_iter().find(|text| is_visible(text));
        without_direction_marks(visible.unwrap_or(self.hash.as_str()))
    }

    /// Its state at `now` (Unix seconds).
    pub fn state(&self, now: i64) -> KeyState {
        let expires = self.expires_at.as_ref().and_then(Timestamp::unix_seconds);
        match expires {
            Some(at) if at <= now => KeyState::Expired,
            _ if self.disabled => KeyState::Disabled,
            _ => KeyState::Active,
        }
    }

    /// Spend in the current window of an interval, without BYOK.
    pub fn spend(&self, interval: Interval) -> Usd {
        match interval {
            Interval::Lifetime => self.usage,
            Interval::Monthly => self.usage_monthly,
            Interval::Weekly => self.usage_weekly,
            Interval::Daily => self.usage_daily,
        }
    }

    fn byok_spend(&self, interval: Interval) -> Usd {
        match interval {
            Interval::Lifetime => self.byok_usage,
            Interval::Monthly => self.byok_usage_monthly,
            Interval::Weekly => self.byok_usage_weekly,
            Interval::Daily => self.byok_usage_daily,
        }
    }

    /// What it has spent of its limit, with the limit. `None` without a limit, and where the window is not known.
    pub fn limit_use(&self) -> Option<(Usd, Usd)> {
        let limit = self.limit?;
        let interval = match &self.limit_reset {
            None => Interval::Lifetime,
            Some(reset) => reset.interval()?,
        };
        let own = self.spend(interval);
        let spent = if self.include_byok_in_limit { own.checked_add(self.byok_spend(interval))? } else { own };
        Some((spent, limit))
    }

    /// Whether it works and was not used for 30 days before `now` (Unix seconds).
    pub fn is_dormant(&self, now: i64) -> bool {
        let used = self.last_used_at.as_ref().or(self.created_at.as_ref()).and_then(Timestamp::unix_seconds);
        self.state(now) == KeyState::Active && used.is_some_and(|at| now - at >= DORMANT_DAYS * DAY)
    }

    /// Whether the key works at `now` (Unix seconds), and so blocks a deletion or a removal (rules 4 and 7).
    pub fn is_active(&self, now: i64) -> bool {
        self.state(now) == KeyState::Active
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
    /// Its organization. `None` for an individual account, and empty if the API does not tell.
    #[serde(default = "untold")]
    organization_id: Option<String>,
}

impl CurrentKey {
    /// Whether the account is certainly no organization, so that it has no directory.
    pub fn is_individual(&self) -> bool {
        self.organization_id.is_none()
    }

    /// The ID of its organization, if it has one and the API tells it.
    pub fn organization(&self) -> Option<&String> {
        self.organization_id.as_ref().filter(|id| !id.is_empty())
    }
}

/// Tells a field that is missing from one that is null.
#[expect(clippy::unnecessary_wraps, reason = "it is the default of an optional field")]
fn untold() -> Option<String> {
    Some(String::new())
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
    fn only_an_account_whose_organization_is_null_is_individual() {
        let is_individual = |json: &str| serde_json::from_str::<CurrentKey>(json).unwrap().is_individual();
        assert!(is_individual(r#"{"organization_id":null}"#));
        assert!(!is_individual(r#"{"organization_id":"org_1"}"#));
        assert!(!is_individual("{}"));
    }

    #[test]
    fn a_key_is_called_by_what_can_be_seen() {
        let title =
            |rest: &str| serde_json::from_str::<ApiKey>(&format!(r#"{{"hash":"6c14"{rest}}}"#)).unwrap().title();
        assert_eq!(title(r#","name":"CI","label":"sk-or-v1-a...z""#), "CI");
        assert_eq!(title(r#","name":" \u200b","label":"sk-or-v1-a...z""#), "sk-or-v1-a...z");
        assert_eq!(title(r#","label":"\u200b""#), "6c14");
    }

    #[test]
    fn a_limit_is_used_in_its_own_window() {
        let key = |json: &str| serde_json::from_str::<ApiKey>(json).unwrap();
        let used = |rest: &str| {
            let json = format!(r#"{{"hash":"a","usage":9,"usage_daily":2,"byok_usage_daily":3,"limit":10{rest}}}"#);
            key(&json).limit_use().map(|(spent, _)| spent.plain())
        };
        assert_eq!(used("").as_deref(), Some("9"));
        assert_eq!(used(r#","limit_reset":"daily""#).as_deref(), Some("2"));
        assert_eq!(used(r#","limit_reset":"daily","include_byok_in_limit":true"#).as_deref(), Some("5"));
        assert_eq!(used(r#","limit_reset":"hourly""#), None);
        assert_eq!(key(r#"{"hash":"a","usage":9}"#).limit_use(), None);
    }

    #[test]
    fn a_key_is_dormant_after_thirty_days_without_use() {
        let now = Timestamp::new("2026-11-29T00:00:00Z").unix_seconds().unwrap();
        let is_dormant =
            |rest: &str| serde_json::from_str::<ApiKey>(&format!(r#"{{"hash":"a"{rest}}}"#)).unwrap().is_dormant(now);
        assert!(is_dormant(r#","last_used_at":"2026-10-30T00:00:00Z""#));
        assert!(!is_dormant(r#","last_used_at":"2026-10-30T00:00:01Z","created_at":"2020-01-01T00:00:00Z""#));
        assert!(is_dormant(r#","created_at":"2026-01-01T00:00:00Z""#));
        assert!(!is_dormant(r#","created_at":"2026-11-28T00:00:00Z""#));
        assert!(!is_dormant(r#","created_at":"2026-01-01T00:00:00Z","disabled":true"#));
        assert!(!is_dormant(""));
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
