//! People in the organization.

use serde::Deserialize;

use super::open_enum::open_enum;
use super::{UserId, is_visible, without_direction_marks};

open_enum! {
    /// A role in the organization.
    OrganizationRole { Admin = "org:admin", Member = "org:member" }
}

/// A person in the organization.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Person {
    /// The user id, which memberships call `user_id`.
    pub id: UserId,
    #[serde(default)]
    pub email: String,
    pub first_name: Option<String>,
    pub last_name: Option<String>,
    pub role: OrganizationRole,
}

impl Person {
    /// The name to show: the first and last name, or else the email address, or else the id.
    pub fn display_name(&self) -> String {
        let names = [self.first_name.as_deref(), self.last_name.as_deref()];
        let names: Vec<&str> = names.into_iter().flatten().map(str::trim).filter(|name| is_visible(name)).collect();
        match (names.is_empty(), !is_visible(&self.email)) {
            (false, _) => without_direction_marks(&names.join(" ")),
            (true, false) => without_direction_marks(&self.email),
            (true, true) => self.id.to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_without_a_name_is_shown_by_the_address_or_the_id() {
        let person = |first: Option<&str>, last: Option<&str>, email: &str| {
            Person {
                id: UserId::parse("user_1").unwrap(),
                email: email.to_owned(),
                first_name: first.map(str::to_owned),
                last_name: last.map(str::to_owned),
                role: OrganizationRole::Member,
            }
            .display_name()
        };
        assert_eq!(person(Some("Jane"), Some("Doe"), "j@x.com"), "Jane Doe");
        assert_eq!(person(None, Some("Doe"), "j@x.com"), "Doe");
        assert_eq!(person(Some(" "), None, "j@x.com"), "j@x.com");
        assert_eq!(person(None, None, ""), "user_1");
    }
}
