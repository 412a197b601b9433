//! Requests in the database, and their spend by day.

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
    /// The hash of a key, or `None` for all.
    pub key_hash: Option<String>,
    /// The ID of a person, or `None` for all.
    pub user_id: Option<String>,
    /// Whether to group by workspace.
    pub by_workspace: bool,
}

/// Returns the sums by day, model and provider, latest day first.
pub fn list(transaction: &Transaction<'_>, filter: &ActivityFilter) -> rusqlite::Result<Vec<ActivityItem>> {
    transaction
        .prepare_cached(
            "SELECT date, model, provider_name, CASE WHEN :grouped THEN workspace_id END AS workspace_id,
                 round(sum(usage), 8) AS usage, round(sum(byok_usage_inference), 8) AS byok_usage_inference,
                 sum(requests) AS requests, sum(prompt_tokens) AS prompt_tokens, sum(completion_tokens) AS completion_tokens,
                 sum(reasoning_tokens) AS reasoning_tokens, sum(cached_tokens) AS cached_tokens
             FROM activity
             WHERE date >= :from AND date < :until AND (:workspace IS NULL OR workspace_id = :workspace)
                 AND (:key IS NULL OR key_hash = :key) AND (:user IS NULL OR user_id = :user)
             GROUP BY date, model, provider_name, CASE WHEN :grouped THEN workspace_id END
             ORDER BY date DESC, min(seq)",
        )?
        .query_map(
            named_params! {
                ":from": filter.from,
                ":until": filter.until,
                ":workspace": filter.workspace_id,
                ":key": filter.key_hash,
                ":user": filter.user_id,
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

/// Returns the spend of the requests without a key, such as those of the chat, in US dollars.
pub fn spend_without_key(transaction: &Transaction<'_>) -> rusqlite::Result<f64> {
    let sql = "SELECT coalesce(sum(usage), 0.0) FROM activity WHERE key_hash IS NULL AND user_id IS NOT NULL";
    transaction.query_row(sql, [], |row| row.get(0))
}

/// Who made requests.
#[derive(Clone, Copy, Default)]
pub struct Caller<'a> {
    /// The hash of the key. Requests of the chat have none.
    pub key_hash: Option<&'a str>,
    /// The ID of the person: the key's creator, or who used the chat.
    pub user_id: Option<&'a str>,
}

/// Adds the spend of a workspace for one model on one day. `at` is a time on that day.
pub fn insert(
    transaction: &Transaction<'_>,
    workspace_id: &str,
    caller: Caller<'_>,
    at: &str,
    item: &ActivityItem,
) -> rusqlite::Result<()> {
    transaction
        .prepare_cached(
            "INSERT INTO activity (date, at, workspace_id, key_hash, user_id, model, provider_name, usage,
                 byok_usage_inference, requests, prompt_tokens, completion_tokens, reasoning_tokens, cached_tokens)
             VALUES (:date, :at, :workspace, :key, :user, :model, :provider, :usage, :byok, :requests, :prompt,
                 :completion, :reasoning, :cached)",
        )?
        .execute(named_params! {
            ":date": item.date,
            ":at": at,
            ":workspace": workspace_id,
            ":key": caller.key_hash,
            ":user": caller.user_id,
            ":model": item.model,
            ":provider": item.provider_name,
            ":usage": item.usage,
            ":byok": item.byok_usage_inference,
            ":requests": item.requests,
            ":prompt": item.prompt_tokens,
            ":completion": item.completion_tokens,
            ":reasoning": item.reasoning_tokens,
            ":cached": item.cached_tokens,
        })?;
    Ok(())
}
