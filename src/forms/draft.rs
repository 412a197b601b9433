//! Forms that outlive a reload, as texts.
//!
//! Invariant: what was written is read back as it was, or not at all.

use serde_json::Value;

/// The texts of a kept form, as they were written; `None` for what is no list. What is no text is an empty one.
pub fn read(kept: &str) -> Option<Vec<String>> {
    let texts: Vec<Value> = serde_json::from_str(kept).ok()?;
    Some(texts.into_iter().map(|text| text.as_str().unwrap_or_default().to_owned()).collect())
}

/// A form that can be kept.
pub trait Draft: Sized {
    /// All values as texts, in the fields' order.
    fn to_texts(&self) -> Vec<String>;
    /// The form that [`Self::to_texts`] wrote; `None` where a text is missing.
    fn from_texts(texts: &mut std::vec::IntoIter<String>) -> Option<Self>;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::BudgetState;
    use crate::forms::{LadderForm, WorkspaceForm};
    use crate::testing::{Tree, damage, edit};
    use proptest::prelude::*;

    /// The form that somebody else's text gives, if any, can be written and read again.
    fn form_of<T: Draft>(kept: &str) -> Option<T> {
        let form = T::from_texts(&mut read(kept)?.into_iter())?;
        assert!(T::from_texts(&mut form.to_texts().into_iter()).is_some());
        Some(form)
    }

    proptest! {
        #[test]
        fn whatever_is_kept_is_no_form_or_one_that_can_be_judged(
            texts in prop::collection::vec(prop_oneof![any::<String>(), Just("on".to_owned()), "[0-9.,e+-]{0,9}"], 0..20),
            edits in prop::collection::vec(edit(), 0..3),
            damage in damage(),
        ) {
            let mut tree = Tree::of(&serde_json::to_string(&texts).unwrap());
            edits.iter().for_each(|edit| tree.edit(edit));
            let kept = damage.to(tree.text());
            if let Some(form) = form_of::<WorkspaceForm>(&kept) {
                let _ = form.validate_create(|_| false);
            }
            if let Some(form) = form_of::<LadderForm>(&kept) {
                let _ = form.validate(&BudgetState::default());
            }
        }
    }
}
