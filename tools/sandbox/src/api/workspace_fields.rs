//! The fields of CreateWorkspace and UpdateWorkspace.
//!
//! Invariant: an error about a field names the field.

use serde_json::Value;

use crate::{
    body::{JsonObject, Patch},
    error::ApiError,
    wire::Workspace,
};

const SLUG: &str = "1 to 50 lowercase letters and digits, with single hyphens between them";

/// The validated fields of a request.
#[derive(Debug, Default)]
pub struct WorkspaceFields {
    name: Option<String>,
    slug: Option<String>,
    description: Patch<String>,
    default_text_model: Patch<String>,
    default_image_model: Patch<String>,
    default_provider_sort: Patch<String>,
    is_observability_io_logging_enabled: Option<bool>,
    is_observability_broadcast_enabled: Option<bool>,
    is_data_discount_logging_enabled: Option<bool>,
    io_logging_sampling_rate: Option<f64>,
    io_logging_api_key_ids: Patch<Vec<i64>>,
    disabled_server_tools: Patch<Vec<String>>,
}

impl WorkspaceFields {
    /// Reads the fields, which are all optional. Returns 400 for the first invalid one.
    pub fn parse(body: &JsonObject) -> Result<Self, ApiError> {
        Ok(Self {
            name: non_null("name", "a string of 1 to 100 characters", body.text("name", 1, 100)?)?,
            slug: body
                .read_non_null("slug", SLUG, |value| value.as_str().filter(|slug| is_slug(slug)).map(str::to_owned))?,
            description: body.text("description", 0, 500)?,
            default_text_model: body.text("default_text_model", 1, 255)?,
            default_image_model: body.text("default_image_model", 1, 255)?,
            default_provider_sort: body.read(
                "default_provider_sort",
                "price, throughput, latency, exacto or null",
                |value| {
                    let sort = value.as_str()?;
                    ["price", "throughput", "latency", "exacto"].contains(&sort).then(|| sort.to_owned())
                },
            )?,
            is_observability_io_logging_enabled: body.flag("is_observability_io_logging_enabled")?,
            is_observability_broadcast_enabled: body.flag("is_observability_broadcast_enabled")?,
            is_data_discount_logging_enabled: body.flag("is_data_discount_logging_enabled")?,
            io_logging_sampling_rate: body.read_non_null(
                "io_logging_sampling_rate",
                "a number from 0.0001 to 1",
                |value| value.as_f64().filter(|rate| (0.0001..=1.0).contains(rate)),
            )?,
            io_logging_api_key_ids: body.read("io_logging_api_key_ids", "a list of integers or null", |value| {
                value.as_array()?.iter().map(Value::as_i64).collect()
            })?,
            disabled_server_tools: body.read("disabled_server_tools", "a list of strings or null", |value| {
                value.as_array()?.iter().map(|tool| tool.as_str().map(str::to_owned)).collect()
            })?,
        })
    }

    /// Takes the name and slug, which a new workspace needs. Returns 400 if one is missing.
    pub fn take_required(&mut self) -> Result<(String, String), ApiError> {
        let missing = |name: &str| ApiError::bad_request(format!("{name} is required"));
        Ok((self.name.take().ok_or_else(|| missing("name"))?, self.slug.take().ok_or_else(|| missing("slug"))?))
    }

    /// Writes the fields into `workspace`.
    pub fn apply(self, workspace: &mut Workspace) {
        fn set<T>(field: &mut T, value: Option<T>) {
            if let Some(value) = value {
                *field = value;
            }
        }
        set(&mut workspace.name, self.name);
        set(&mut workspace.slug, self.slug);
        self.description.apply(&mut workspace.description);
        self.default_text_model.apply(&mut workspace.default_text_model);
        self.default_image_model.apply(&mut workspace.default_image_model);
        self.default_provider_sort.apply(&mut workspace.default_provider_sort);
        set(&mut workspace.is_observability_io_logging_enabled, self.is_observability_io_logging_enabled);
        set(&mut workspace.is_observability_broadcast_enabled, self.is_observability_broadcast_enabled);
        set(&mut workspace.is_data_discount_logging_enabled, self.is_data_discount_logging_enabled);
        set(&mut workspace.io_logging_sampling_rate, self.io_logging_sampling_rate);
        self.io_logging_api_key_ids.apply(&mut workspace.io_logging_api_key_ids);
        self.disabled_server_tools.apply(&mut workspace.disabled_server_tools);
        // An empty list of tools means the same as null.
        workspace.disabled_server_tools.take_if(|tools| tools.is_empty());
    }
}

fn non_null<T>(name: &str, must_be: &str, patch: Patch<T>) -> Result<Option<T>, ApiError> {
    match patch {
        Patch::Absent => Ok(None),
        Patch::Null => Err(crate::body::invalid(name, must_be)),
        Patch::Value(value) => Ok(Some(value)),
    }
}

/// `^[a-z0-9]+(?:-[a-z0-9]+)*$`, at most 50 characters.
fn is_slug(text: &str) -> bool {
    let is_segment =
        |segment: &str| !segment.is_empty() && segment.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    text.len() <= 50 && text.split('-').all(is_segment)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn parse(body: Value) -> Result<WorkspaceFields, ApiError> {
        let Value::Object(fields) = body else { panic!("an object") };
        WorkspaceFields::parse(&JsonObject { fields, bytes: Default::default() })
    }

    #[test]
    fn a_value_out_of_its_limits_is_refused_with_the_name_of_its_field() {
        for (field, values) in [
            ("name", vec![json!(""), json!("  "), json!("x".repeat(101)), json!(null), json!(7)]),
            ("slug", vec![json!(""), json!("A"), json!("a--b"), json!("-a"), json!("a-"), json!("é"), json!(null)]),
            ("slug", vec![json!("a".repeat(51))]),
            ("description", vec![json!("x".repeat(501)), json!(1)]),
            ("default_text_model", vec![json!(""), json!([])]),
            ("default_provider_sort", vec![json!("fast"), json!(true)]),
            ("is_observability_io_logging_enabled", vec![json!(null), json!("yes"), json!(1)]),
            ("is_observability_broadcast_enabled", vec![json!(null)]),
            ("is_data_discount_logging_enabled", vec![json!(null)]),
            ("io_logging_sampling_rate", vec![json!(0), json!(0.00009), json!(1.1), json!(null), json!("1")]),
            ("io_logging_api_key_ids", vec![json!([1.5]), json!(["1"]), json!(1)]),
            ("disabled_server_tools", vec![json!([1]), json!("openrouter:web_search")]),
        ] {
            for value in values {
                let error = parse(json!({ field: value })).unwrap_err();
                assert_eq!(error.status, 400);
                assert!(error.message.starts_with(&format!("{field} must be ")), "{value}: {}", error.message);
            }
        }
    }

    #[test]
    fn values_at_their_limits_and_unknown_fields_pass() {
        let fields = parse(json!({
            "name": "ü".repeat(100), "slug": "a-1-b", "description": "", "io_logging_sampling_rate": 0.0001,
            "io_logging_api_key_ids": [], "disabled_server_tools": ["openrouter:new"], "color": "red"
        }));
        assert!(fields.is_ok());
    }
}
