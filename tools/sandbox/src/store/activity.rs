//! Spend by day in the database.

use rusqlite::{Transaction, named_params};

use super::derived_id;
use crate::wire::ActivityItem;

/// A filter for activity.
pub struct ActivityFilter {
    /// The first day, as `YYYY-MM-DD`.
    pub from: String,
    /// The day after the last one, as `YYYY-MM-DD`.
    pub until: String,
    /// The UUID of a workspace, or `None` for all.
    pub workspace_id: Option<String>,
    /// Whether to group by workspace.
    pub by_workspace: bool,
}

/// Returns the sums by day, model and provider, latest day first.
pub fn list(transaction: &Transaction<'_>, filter: &ActivityFilter) -> rusqlite::Result<Vec<ActivityItem>> {
    transaction
        .prepare_cached(
            "SELECT date, model, provider_name, CASE WHEN :grouped THEN workspace_id END AS workspace_id,
                 sum(usage) AS usage, sum(byok_usage_inference) AS byok_usage_inference, sum(requests) AS requests,
                 sum(prompt_tokens) AS prompt_tokens, sum(completion_tokens) AS completion_tokens,
                 sum(reasoning_tokens) AS reasoning_tokens, sum(cached_tokens) AS cached_tokens
             FROM activity
             WHERE date >= :from AND date < :until AND (:workspace IS NULL OR workspace_id = :workspace)
             GROUP BY date, model, provider_name, CASE WHEN :grouped THEN workspace_id END
             ORDER BY date DESC, min(seq)",
        )?
        .query_map(
            named_params! {
                ":from": filter.from,
                ":until": filter.until,
                ":workspace": filter.workspace_id,
                ":grouped": filter.by_workspace,
            },
            |row| {
                let (model, provider_name): (String, String) = (row.get("model")?, row.get("provider_name")?);
                Ok(ActivityItem {
                    date: row.get("date")?,
                    endpoint_id: derived_id(&["endpoint", &model, &provider_name]),
                    model_permaslug: model.clone(),
                    model,
                    provider_name,
                    usage: row.get("usage")?,
                    byok_usage_inference: row.get("byok_usage_inference")?,
                    requests: row.get("requests")?,
                    prompt_tokens: row.get("prompt_tokens")?,
                    completion_tokens: row.get("completion_tokens")?,
                    reasoning_tokens: row.get("reasoning_tokens")?,
                    cached_tokens: row.get("cached_tokens")?,
                    workspace_id: row.get("workspace_id")?,
                })
            },
        )?
        .collect()
}

/// Adds the spend of a workspace for one model on one day.
pub fn insert(transaction: &Transaction<'_>, workspace_id: &str, item: &ActivityItem) -> rusqlite::Result<()> {
    transaction
        .prepare_cached(
            "INSERT INTO activity (date, workspace_id, model, provider_name, usage, byok_usage_inference, requests,
                 prompt_tokens, completion_tokens, reasoning_tokens, cached_tokens)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        )?
        .execute((
            &item.date,
            workspace_id,
            &item.model,
            &item.provider_name,
            item.usage,
            item.byok_usage_inference,
            item.requests,
            item.prompt_tokens,
            item.completion_tokens,
            item.reasoning_tokens,
            item.cached_tokens,
        ))?;
    Ok(())
}
