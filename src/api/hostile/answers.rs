//! A correct response to each operation. Lists have three different rows.

use crate::api::Operation;
use crate::domain::{CreateKey, KeyName, WorkspaceId};

/// All operations.
pub const ALL: [Operation; 24] = [
    Operation::ListWorkspaces,
    Operation::CreateWorkspace,
    Operation::GetWorkspace,
    Operation::UpdateWorkspace,
    Operation::DeleteWorkspace,
    Operation::ListBudgets,
    Operation::GetBudget,
    Operation::SetBudget,
    Operation::DeleteBudget,
    Operation::ListMembers,
    Operation::BulkAddMembers,
    Operation::BulkRemoveMembers,
    Operation::GetCurrentKey,
    Operation::ListOrganizationMembers,
    Operation::ListKeys,
    Operation::CreateKey,
    Operation::GetKey,
    Operation::UpdateKey,
    Operation::DeleteKey,
    Operation::ListActivity,
    Operation::GetAnalyticsMeta,
    Operation::QueryAnalytics,
    Operation::GetCredits,
    Operation::ListModels,
];

/// Operations that return a list of independent rows.
pub const LISTS: [Operation; 6] = [
    Operation::ListWorkspaces,
    Operation::ListBudgets,
    Operation::ListMembers,
    Operation::ListOrganizationMembers,
    Operation::ListKeys,
    Operation::ListModels,
];

/// The body of a 2xx.
pub fn of(operation: Operation) -> String {
    match operation {
        Operation::ListWorkspaces => list(WORKSPACE, r#","total_count":12"#),
        Operation::CreateWorkspace | Operation::GetWorkspace | Operation::UpdateWorkspace => single(WORKSPACE),
        Operation::ListBudgets => list(BUDGET, r#","include_byok_in_budgets":true"#),
        Operation::GetBudget | Operation::SetBudget => {
            format!(r#"{{"data":{},"include_byok_in_budgets":true}}"#, row(BUDGET, 1))
        }
        Operation::ListMembers => list(MEMBER, r#","total_count":41"#),
        Operation::BulkAddMembers => list(MEMBER, r#","added_count":3"#),
        Operation::BulkRemoveMembers => r#"{"removed_count":3}"#.to_owned(),
        Operation::DeleteWorkspace | Operation::DeleteBudget | Operation::DeleteKey => r#"{"deleted":true}"#.to_owned(),
        Operation::GetCurrentKey => single(CURRENT_KEY),
        Operation::ListOrganizationMembers => list(PERSON, r#","total_count":240"#),
        Operation::ListKeys => list(KEY, ""),
        Operation::CreateKey => format!(r#"{{"data":{},"key":"sk-or-v1-secret"}}"#, row(KEY, 1)),
        Operation::GetKey | Operation::UpdateKey => single(KEY),
        Operation::ListActivity => list(DAY, ""),
        Operation::GetAnalyticsMeta => single(ANALYTICS_META),
        Operation::QueryAnalytics => single(ANALYTICS),
        Operation::GetCredits => single(CREDITS),
        Operation::ListModels => list(MODEL, r#","links":{"next":"/api/v1/models?offset=3&limit=3"},"total_count":58"#),
    }
}

/// A request for a new key.
pub fn new_key() -> CreateKey {
    CreateKey {
        name: KeyName::parse("Evaluation harness").unwrap(),
        workspace_id: WorkspaceId::parse("371153e8-0555-40e1-9335-d2d75f14df5b").unwrap(),
        limit: None,
        limit_reset: None,
        include_byok_in_limit: false,
        expires_at: None,
        creator_user_id: None,
    }
}

/// The body of an error.
pub const ENVELOPE: &str = r#"{"error":{"code":400,"message":"Limits must decrease: daily $20 is not under weekly $10","metadata":{"raw":{"intervals":["daily","weekly"]}}},"user_id":"user_1"}"#;

fn single(template: &str) -> String {
    format!(r#"{{"data":{}}}"#, row(template, 1))
}

fn list(template: &str, rest: &str) -> String {
    format!(r#"{{"data":[{},{},{}]{rest}}}"#, row(template, 1), row(template, 2), row(template, 3))
}

/// Three rows of a kind differ in the digit that takes the place of `#`.
fn row(template: &str, digit: u8) -> String {
    template.replace('#', &digit.to_string())
}

const WORKSPACE: &str = r#"{"id":"31446743-ce1b-4152-a7dc-e777ec0d6bb#","name":"Production #","slug":"production-#","description":"Everything that customers touch.","default_text_model":"anthropic/claude-sonnet-4.5","default_image_model":null,"default_provider_sort":"price","default_guardrail_id":"c4aa68e6-db5c-4fbc-8456-2167ce73266#","is_observability_io_logging_enabled":true,"is_observability_broadcast_enabled":false,"is_data_discount_logging_enabled":false,"io_logging_sampling_rate":0.25,"io_logging_api_key_ids":[4711,#],"disabled_server_tools":["openrouter:web_search"],"include_byok_in_budgets":true,"created_by":"user_BAdUkKIp1hHVfnNJd36euDeWx9#","created_at":"2024-12-23T15:17:21.026854Z","updated_at":"2026-11-22T13:41:01.938006Z"}"#;
const BUDGET: &str = r#"{"id":"94089c17-c1c2-4ee4-b680-03d7bb42288#","workspace_id":"371153e8-0555-40e1-9335-d2d75f14df5b","limit_usd":1500#.50,"reset_interval":"monthly","created_at":"2026-11-16T13:32:55.361564Z","updated_at":"2026-11-16T13:32:55.361564Z"}"#;
const MEMBER: &str = r#"{"id":"88b33e36-2890-48fe-b3de-f7f6eef2a11#","workspace_id":"371153e8-0555-40e1-9335-d2d75f14df5b","user_id":"user_#","role":"member","created_at":"2025-10-29T17:04:16.733082Z"}"#;
const PERSON: &str = r#"{"id":"user_#","email":"milica.shevchenko#@meridian-labs.example","first_name":"Милица","last_name":"Шевченко","role":"org:admin"}"#;
const KEY: &str = r#"{"hash":"6c142fbf3165c16e02fc24a9babde189ad951e1682f43e4ad9af649e47e1a63#","name":"Evaluation harness","label":"sk-or-v1-e89...c61","disabled":false,"creator_user_id":"user_#","external_user":null,"workspace_id":"371153e8-0555-40e1-9335-d2d75f14df5b","limit":null,"limit_remaining":null,"limit_reset":null,"include_byok_in_limit":true,"usage":17258.8686,"usage_daily":75.5976,"usage_weekly":232.4492,"usage_monthly":1579.0634,"byok_usage":10355.3212,"byok_usage_daily":45.3586,"byok_usage_weekly":139.4695,"byok_usage_monthly":947.438,"expires_at":"2027-01-01T00:00:00Z","last_used_at":"2026-11-25T19:52:50.425807Z","created_at":"2025-10-01T13:29:22.655234Z","updated_at":null}"#;
const CURRENT_KEY: &str = r#"{"label":"sk-or-v1-man...key","is_management_key":true,"creator_user_id":"user_#","expires_at":null,"limit":null,"usage":0.0,"budgets":[],"free_model_daily_requests":{"limit":1000,"remaining":1000,"used":0},"rate_limit":{"interval":"10s","note":"This field is deprecated","requests":-1}}"#;
const DAY: &str = r#"{"date":"2026-11-2#","model":"deepseek/deepseek-r1-0528","endpoint_id":"a93c659a-49f0-4ca8-872b-a61a5d961946","provider_name":"DeepSeek","usage":192.161#,"byok_usage_inference":115.2967,"requests":24636,"prompt_tokens":120100750,"completion_tokens":82354800,"reasoning_tokens":16470960,"workspace_id":"371153e8-0555-40e1-9335-d2d75f14df5b"}"#;
const ANALYTICS_META: &str = r#"{"metrics":[{"name":"credits_usage","display_label":"Credits usage","display_format":"currency","is_rate":false},{"name":"byok_usage","display_label":"BYOK usage","display_format":"currency","is_rate":false}],"dimensions":[{"name":"workspace","display_label":"Workspace #"}],"granularities":[{"name":"day","display_label":"Day"}],"operators":[{"name":"eq","value_type":"scalar"}]}"#;
const ANALYTICS: &str = r#"{"data":[{"byok_usage":17.7086,"credits_usage":"98.38#"}],"metadata":{"query_time_ms":3,"row_count":1,"truncated":false},"cachedAt":1795000000}"#;
const CREDITS: &str = r#"{"total_credits":45000.#,"total_usage":41234.5678}"#;
const MODEL: &str = r#"{"architecture":{"input_modalities":["text","image"],"modality":"text+image->text","output_modalities":["text"],"tokenizer":"GPT"},"id":"openai/gpt-5.#","created":1750000000,"links":{"details":"/api/v1/models/openai/gpt-5.1/endpoints"},"name":"OpenAI: GPT-5.#","pricing":{"completion":"0.00001","prompt":"0.00000125"},"supported_parameters":["max_tokens","temperature"]}"#;
