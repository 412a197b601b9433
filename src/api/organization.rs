//! The organization's directory: names for user ids, and who can be added to a workspace.

use super::listing::{ListStream, PageResponse, Pager, read};
use super::request::Request;
use super::{Client, Operation};
use crate::domain::{Page, PageRequest, Person};

/// One page of the directory. `GET /organization/members`. An account without an organization (404) has an empty directory.
pub fn list_members(client: &Client, page: PageRequest) -> PageResponse<Person> {
    let request = Request::new(Operation::ListOrganizationMembers, &["organization", "members"]).page(page);
    let response = client.list(request);
    Box::pin(async move {
        match response.await {
            Err(error) if error.is_not_found() => Ok(Page { rows: Vec::new(), bad: Vec::new(), total: Some(0) }),
            page => page,
        }
    })
}

/// Reads the whole directory.
pub fn read_all_members(client: &Client) -> ListStream<Person> {
    let client = client.clone();
    read(Pager::counted, move |page| list_members(&client, page), |person: &Person| person.id.to_string())
}
