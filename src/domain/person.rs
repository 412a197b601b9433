//! People: the organization's directory.
//!
//! Invariant: a person is the `id` that memberships call `user_id`.

use serde::Deserialize;

use super::{UserId, in_order, is_visible};

/// A role in the organization.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(from = "String")]
pub enum OrganizationRole {
    /// `org:admin`.
    Admin,
    /// `org:member`.
    Member,
    /// One that this console does not know yet.
    Other(String),
}

impl From<String> for OrganizationRole {
    fn from(text: String) -> Self {
        match text.as_str() {
            "org:admin" => Self::Admin,
            "org:member" => Self::Member,
            _ => Self::Other(text),
        }
    }
}

/// One person of the organization.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Person {
    /// The user id.
    pub id: UserId,
    /// E-mail address.
    #[serde(default)]
    pub email: String,
    /// Given name.
    #[serde(default)]
    pub first_name: Option<String>,
    /// Family name.
    #[serde(default)]
    pub last_name: Option<String>,
    /// Role in the organization.
    pub role: OrganizationRole,
}

impl Person {
    /// The name to show: both names, one of them, or else the e-mail address, or else the id.
    pub fn display_name(&self) -> String {
        let names = [self.first_name.as_deref(), self.last_name.as_deref()];
        let names: Vec<&str> = names.into_iter().flatten().map(str::trim).filter(|name| is_visible(name)).collect();
        match (names.is_empty(), !is_visible(&self.email)) {
            (false, _) => in_order(&names.join(" ")),
            (true, false) => in_order(&self.email),
            (true, true) => self.id.to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn somebody_without_a_name_is_shown_by_the_next_best_thing() {
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
