//! The organization's directory: names for user ids, and who can be added to a workspace.

use super::listing::{ListStream, read_pages};
use super::request::{Method, Request};
use super::{ApiError, Client, Operation, decode};
use crate::domain::{Page, PageRequest, Person};

/// One page of the directory. `GET /organization/members`; An account without an
/// organization (404) has an empty directory.
pub async fn list_members(client: &Client, page: PageRequest) -> Result<Page<Person>, ApiError> {
    let operation = Operation::ListOrganizationMembers;
    let request = Request::new(operation, Method::Get, &["organization", "members"]).page(page);
    match client.send(request).await {
        Ok(answer) => decode::list(operation, &answer.body),
        Err(error) if error.is_not_found() => Ok(Page { rows: Vec::new(), bad: Vec::new(), total: Some(0) }),
        Err(error) => Err(error),
    }
}

/// Reads the whole directory.
pub fn read_all_members(client: &Client) -> ListStream<Person> {
    let client = client.clone();
    let fetch = move |page| {
        let client = client.clone();
        Box::pin(async move { list_members(&client, page).await }) as _
    };
    read_pages(fetch, |person: &Person| person.id.to_string())
}
