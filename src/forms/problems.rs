//! The problems of a workspace form, field by field.
//!
//! Invariant: a field has at most one problem, and problems are in the form's order.

use super::WorkspaceField;

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Problems(Vec<(WorkspaceField, String)>);

impl Problems {
    /// Adds a problem, unless the field has one.
    pub fn add(&mut self, field: WorkspaceField, problem: impl Into<String>) {
        if self.of(field).is_none() {
            let at = self.0.partition_point(|(before, _)| *before < field);
            self.0.insert(at, (field, problem.into()));
        }
    }

    pub fn of(&self, field: WorkspaceField) -> Option<&str> {
        self.0.iter().find(|(at, _)| *at == field).map(|(_, problem)| problem.as_str())
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn first(&self) -> Option<WorkspaceField> {
        self.0.first().map(|(field, _)| *field)
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::{ApiError, Operation, StatusError};

    #[test]
    fn a_refusal_is_shown_at_the_field_that_it_names() {
        let named = |status, message: &str| {
            WorkspaceField::named_in(&ApiError::Status(Box::new(StatusError {
                operation: Operation::CreateWorkspace,
                status,
                code: None,
                message: message.to_owned(),
                metadata: None,
                request_id: None,
                retry_after: None,
            })))
        };
        assert_eq!(named(400, "A workspace with slug \"lab\" already exists"), Some(WorkspaceField::Slug));
        assert_eq!(named(400, "name: too long"), Some(WorkspaceField::Name));
        assert_eq!(named(400, "The name of default_text_model is unknown"), Some(WorkspaceField::TextModel));
        assert_eq!(named(400, "Bad request"), None);
        assert_eq!(named(403, "slug"), None);
    }
}
