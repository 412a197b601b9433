//! The credits of the account.

use super::request::Request;
use super::{ApiError, Client, Operation};
use crate::domain::Credits;

/// What the account has bought and used. `GET /credits`: 401, 403, 500.
pub(crate) async fn get(client: &Client) -> Result<Credits, ApiError> {
    client.get(Request::new(Operation::GetCredits, &["credits"])).await
}
