//! The key of the caller.

use axum::{Extension, Json, extract::State, http::HeaderMap};

use crate::{
    access::{Caller, bearer},
    app::App,
    error::ApiError,
    store::{keys, organization, workspaces},
    wire::{CurrentKey, Data},
};

pub async fn get(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    headers: HeaderMap,
) -> Result<Json<Data<CurrentKey>>, ApiError> {
    let account = app.behavior().account;
    let secret = bearer(&headers).map(str::to_owned);
    app.database
        .read(move |transaction| {
            let stored = secret.map(|secret| keys::find_active(transaction, &secret)).transpose()?.flatten();
            if let Some(key) = stored {
                return Ok(Json(Data { data: CurrentKey::of_key(key).of_account(account) }));
            }
            let owner = organization::owner(transaction)?;
            // It may have been deleted.
            let workspace = workspaces::find(transaction, "default").ok();
            let data = CurrentKey::new(caller == Caller::Management, owner, workspace.map(|it| it.id));
            Ok(Json(Data { data: data.of_account(account) }))
        })
        .await
}
