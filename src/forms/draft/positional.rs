//! Drafts of version 1: a list of texts in a fixed order. Kept so that a release does not lose what was typed before it.
//!
//! Invariant: nothing is added here. A field that came later is not in such a draft.

use serde_json::{Value as Json, json};

use super::Fields;
use crate::domain::Interval;
use crate::forms::{LadderForm, NewWorkspace, WorkspaceForm};

/// Reads drafts of version 1.
pub trait Positional: Sized {
    /// The fields of one form; `None` where a text is missing.
    fn read_positional(texts: &mut dyn Iterator<Item = String>) -> Option<Fields>;
}

impl Positional for WorkspaceForm {
    fn read_positional(texts: &mut dyn Iterator<Item = String>) -> Option<Fields> {
        let lines = |text: String| text.lines().map(str::to_owned).collect::<Vec<_>>();
        serde_json::from_value(json!({
            "name": texts.next()?,
            "slug": texts.next()?,
            "description": texts.next()?,
            "default_text_model": texts.next()?,
            "default_image_model": texts.next()?,
            "default_provider_sort": texts.next()?,
            "is_observability_io_logging_enabled": texts.next()? == "on",
            "io_logging_sampling_rate": texts.next()?,
            "io_logging_api_key_ids": {
                "scope": if texts.next()? == "on" { "listed" } else { "all" },
                "ids": lines(texts.next()?),
            },
            "is_observability_broadcast_enabled": texts.next()? == "on",
            "is_data_discount_logging_enabled": texts.next()? == "on",
            "disabled_server_tools": lines(texts.next()?),
        }))
        .ok()
    }
}

impl Positional for LadderForm {
    fn read_positional(texts: &mut dyn Iterator<Item = String>) -> Option<Fields> {
        let texts: Vec<String> = texts.take(9).collect();
        let [switches @ .., byok, _, _, _, _] = texts.as_slice() else { return None };
        let limit = |(at, interval): (usize, Interval)| {
            let limit = json!({ "is_on": switches.get(at)? == "on", "amount": texts.get(5 + at)? });
            Some((interval.as_str().to_owned(), limit))
        };
        let mut fields: Fields = Interval::ALL.into_iter().enumerate().map(limit).collect::<Option<_>>()?;
        let counts = match byok.as_str() {
            "on" => Json::Bool(true),
            "off" => Json::Bool(false),
            _ => Json::Null,
        };
        fields.insert("include_byok_in_budgets".to_owned(), counts);
        Some(fields)
    }
}

impl Positional for NewWorkspace {
    fn read_positional(texts: &mut dyn Iterator<Item = String>) -> Option<Fields> {
        let mut fields = WorkspaceForm::read_positional(texts)?;
        fields.extend(LadderForm::read_positional(texts)?);
        Some(fields)
    }
}
