//! The key of the caller.

use axum::{Extension, Json, extract::State};

use crate::{
    access::Caller,
    app::App,
    error::ApiError,
    store::{organization, workspaces},
    wire::{CurrentKey, Data},
};

pub async fn get(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
) -> Result<Json<Data<CurrentKey>>, ApiError> {
    app.database
        .read(move |transaction| {
            let owner = organization::owner(transaction)?;
            let workspace = workspaces::find(transaction, "default")?;
            let data = CurrentKey::new(caller == Caller::Management, owner, Some(workspace.id));
            Ok(Json(Data { data }))
        })
        .await
}
