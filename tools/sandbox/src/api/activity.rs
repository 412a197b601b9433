//! Spend by day, over the last 30 completed UTC days.

use axum::{Json, extract::State};
use time::Duration;

use crate::{
    app::App,
    body::invalid,
    clock,
    error::ApiError,
    paging::QueryMap,
    store::{
        activity::{self, ActivityFilter},
        workspaces,
    },
    wire::{ActivityItem, Data},
};

pub async fn list(State(app): State<App>, query: QueryMap) -> Result<Json<Data<Vec<ActivityItem>>>, ApiError> {
    let (mut from, mut until) = clock::activity_window();
    if let Some(text) = query.text("date") {
        let date = clock::parse_date(text).filter(|date| (from..until).contains(date));
        from = date.ok_or_else(|| invalid("date", "YYYY-MM-DD, one of the last 30 completed UTC days"))?;
        until = from + Duration::days(1);
    }
    let by_workspace = match query.text("group_by") {
        None => false,
        Some("workspace") => true,
        Some(_) => return Err(invalid("group_by", "workspace")),
    };
    let workspace = query.text("workspace_id").map(str::to_owned);
    let key_hash = query.text("api_key_hash").map(str::to_owned);
    let user_id = query.text("user_id").map(str::to_owned);
    app.database
        .read(move |transaction| {
            let workspace = workspace.map(|id| workspaces::find(transaction, &id)).transpose()?;
            let filter = ActivityFilter {
                from: clock::date(from),
                until: clock::date(until),
                workspace_id: workspace.map(|workspace| workspace.id),
                key_hash,
                user_id,
                by_workspace,
            };
            Ok(Json(Data { data: activity::list(transaction, &filter)? }))
        })
        .await
}
