//! The problems of a workspace form, field by field.
//!
//! Invariant: a field has at most one problem.

use super::WorkspaceField;

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Problems(Vec<(WorkspaceField, String)>);

impl Problems {
    /// Adds the problem of a field that has none.
    pub fn add(&mut self, field: WorkspaceField, problem: String) {
        self.0.push((field, problem));
    }

    pub fn of(&self, field: WorkspaceField) -> Option<&str> {
        self.0.iter().find(|(at, _)| *at == field).map(|(_, problem)| problem.as_str())
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::{ApiError, Operation, StatusError};

    #[test]
    fn a_refusal_is_shown_at_the_field_that_it_names() {
        let named = |status, message: &str| {
            let message = message.to_owned();
            let error = StatusError { message, ..StatusError::bare(Operation::CreateWorkspace, status) };
            WorkspaceField::named_in(&ApiError::Status(Box::new(error)))
        };
        assert_eq!(named(400, "A workspace with slug \"lab\" already exists"), Some(WorkspaceField::Slug));
        assert_eq!(named(400, "name: too long"), Some(WorkspaceField::Name));
        assert_eq!(named(400, "The name of default_text_model is unknown"), Some(WorkspaceField::TextModel));
        assert_eq!(named(400, "Bad request"), None);
        assert_eq!(named(403, "slug"), None);
    }
}
