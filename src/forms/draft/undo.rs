//! Undoing a change of a form, as a draft with only the fields that the change made different.
//!
//! Invariant: a change is undone only while each of its fields is as the change left it.

use super::{Fields, Kept, VERSION, read};
use crate::forms::{Form, FormField as _};

/// The draft that sets the fields that differ back from `new` to `old`.
pub fn undo_draft<F: Form>(old: &F, new: &F) -> String {
    let fields = |form: &F| {
        let differing = F::Field::ALL.iter().filter(|field| !old.matches(**field, new) || !new.matches(**field, old));
        let value = |field: &F::Field| {
            // A value of texts and switches always has a JSON form.
            (field.wire_name().to_owned(), serde_json::to_value(form.get(*field)).unwrap_or_default())
        };
        differing.map(value).collect::<Fields>()
    };
    let kept = Kept { version: VERSION, form: fields(old), base: fields(new) };
    serde_json::to_string(&kept).unwrap_or_default()
}

/// The form that undoes a change, if all of it is still as the change left it.
pub fn read_undo<F: Form>(text: &str, now: &F) -> Option<F> {
    let (former, left) = read(text, now)?;
    F::Field::ALL.iter().all(|field| now.matches(*field, &left)).then_some(former)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forms::WorkspaceForm;

    fn form(name: &str, description: &str) -> WorkspaceForm {
        WorkspaceForm { name: name.to_owned(), description: description.to_owned(), ..WorkspaceForm::default() }
    }

    #[test]
    fn only_what_was_changed_is_set_back() {
        let undo = undo_draft(&form("Lab", "old"), &form("Lab", "new"));
        assert!(!undo.contains("Lab"), "{undo}");
        // Someone else has changed another field since.
        assert_eq!(read_undo(&undo, &form("Other", "new")), Some(form("Other", "old")));
    }

    #[test]
    fn a_field_that_was_changed_again_is_left_alone() {
        let undo = undo_draft(&form("Lab", "old"), &form("Lab", "new"));
        assert_eq!(read_undo(&undo, &form("Lab", "newer")), None);
        assert_eq!(read_undo("{}", &form("Lab", "new")), None);
    }
}
