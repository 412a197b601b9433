//! The smallest organization.

use rusqlite::Transaction;

use super::{people, random::Random};
use crate::{
    store::{derived_id, organization, workspaces},
    wire::Workspace,
};

/// Creates one person and the default workspace.
pub fn fill(transaction: &Transaction<'_>) -> rusqlite::Result<()> {
    let mut random = Random::new(1);
    let mut person = people::make(&mut random, 1).remove(0);
    person.joined_at = random.days_ago(40);
    organization::insert(transaction, &person)?;
    let created_at = person.joined_at.clone();
    let workspace = workspace(random.uuid(), "Default Workspace", "default", Some(person.id), created_at);
    workspaces::insert(transaction, &workspace)
}

/// Returns a workspace without optional fields.
pub fn workspace(id: String, name: &str, slug: &str, created_by: Option<String>, created_at: String) -> Workspace {
    Workspace {
        default_guardrail_id: derived_id(&["guardrail", &id]),
        id,
        name: name.to_owned(),
        slug: slug.to_owned(),
        description: None,
        default_text_model: None,
        default_image_model: None,
        default_provider_sort: None,
        is_observability_io_logging_enabled: false,
        is_observability_broadcast_enabled: false,
        is_data_discount_logging_enabled: false,
        io_logging_sampling_rate: 1.0,
        io_logging_api_key_ids: None,
        disabled_server_tools: None,
        include_byok_in_budgets: false,
        created_by,
        created_at,
        updated_at: None,
    }
}
