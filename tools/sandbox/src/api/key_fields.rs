//! The fields of a new key and of a changed one.
//!
//! Invariant: an error about a field names the field.

use crate::{
    body::{JsonObject, Patch, invalid},
    clock,
    error::ApiError,
    wire::Key,
};

const NAME: &str = "a string of 1 to 255 characters";
const WORKSPACE: &str = "the UUID of a workspace";
const EXPIRES_AT: &str = "a UTC time in the future with seconds (YYYY-MM-DDTHH:MM:SSZ), or null";

/// The validated fields that creating and changing a key have in common.
#[derive(Debug)]
pub struct KeyFields {
    /// The name.
    pub name: Option<String>,
    /// The UUID of the key's workspace.
    pub workspace_id: Option<String>,
    disabled: Option<bool>,
    limit: Patch<f64>,
    limit_reset: Patch<String>,
    include_byok_in_limit: Option<bool>,
}

impl KeyFields {
    /// Reads the fields, which are all optional. Returns 400 for the first invalid one.
    pub fn parse(body: &JsonObject) -> Result<Self, ApiError> {
        Ok(Self {
            name: match body.text("name", 1, 255)? {
                Patch::Null => return Err(invalid("name", NAME)),
                Patch::Absent => None,
                Patch::Value(name) => Some(name),
            },
            workspace_id: body.read_non_null("workspace_id", WORKSPACE, |value| value.as_str().map(str::to_owned))?,
            disabled: body.flag("disabled")?,
            limit: body.read("limit", "a number of at least 0, or null", |value| {
                value.as_f64().filter(|limit| *limit >= 0.0)
            })?,
            limit_reset: body.read("limit_reset", "daily, weekly, monthly or null", |value| {
                value.as_str().filter(|it| ["daily", "weekly", "monthly"].contains(it)).map(str::to_owned)
            })?,
            include_byok_in_limit: body.flag("include_byok_in_limit")?,
        })
    }

    /// Whether no field was sent that can change.
    pub fn is_empty(&self) -> bool {
        self.name.is_none()
            && self.workspace_id.is_none()
            && self.disabled.is_none()
            && self.limit == Patch::Absent
            && self.limit_reset == Patch::Absent
            && self.include_byok_in_limit.is_none()
    }

    /// Applies the fields that were sent, except the workspace.
    pub fn apply(self, key: &mut Key) {
        key.name = self.name.unwrap_or_else(|| key.name.clone());
        key.disabled = self.disabled.unwrap_or(key.disabled);
        self.limit.apply(&mut key.limit);
        self.limit_reset.apply(&mut key.limit_reset);
        key.include_byok_in_limit = self.include_byok_in_limit.unwrap_or(key.include_byok_in_limit);
    }
}

/// The fields that only a new key has.
#[derive(Debug)]
pub struct NewKeyFields {
    /// ISO 8601 in UTC.
    pub expires_at: Option<String>,
    /// The ID of a person, who has to be in the organization.
    pub creator_user_id: Option<String>,
}

impl NewKeyFields {
    /// Reads the fields, which are all optional. Returns 400 for the first invalid one.
    pub fn parse(body: &JsonObject) -> Result<Self, ApiError> {
        let expires_at = body.read("expires_at", EXPIRES_AT, |value| {
            let time = clock::parse_timestamp(value.as_str()?)?;
            (time > clock::time()).then(|| clock::timestamp(time))
        })?;
        let creator = body.text("creator_user_id", 1, usize::MAX)?;
        let mut fields = Self { expires_at: None, creator_user_id: None };
        expires_at.apply(&mut fields.expires_at);
        creator.apply(&mut fields.creator_user_id);
        Ok(fields)
    }
}
