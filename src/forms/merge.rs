//! Two people at one form: what somebody else changed since it was loaded, beside what this person changed.
//!
//! Invariant: a field is in the comparison exactly where the server's value is no longer the one that was loaded.

use super::{Field, KeyScope, WorkspaceForm};
use crate::domain::Workspace;

/// A field that somebody else changed since the form was loaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// What the form calls it.
    pub label: &'static str,
    /// What was loaded.
    pub loaded: String,
    /// What the server holds now.
    pub theirs: String,
    /// What the form holds, where this person changed it too; saving would overwrite theirs.
    pub mine: Option<String>,
}

/// What changed on the server since `loaded` was read, beside the changes in `form`.
pub fn differences(loaded: &Workspace, now: &Workspace, form: &WorkspaceForm) -> Vec<Comparison> {
    let (loaded, theirs) = (WorkspaceForm::of(loaded), WorkspaceForm::of(now));
    let mut found = Vec::new();
    for field in Field::ALL {
        let [was, is, mine] = [&loaded, &theirs, form].map(|form| form.text_of(field));
        if was != is {
            let mine = (mine != was && mine != is).then_some(mine);
            found.push(Comparison { label: field.label(), loaded: was, theirs: is, mine });
        }
    }
    found
}

impl WorkspaceForm {
    /// The value of a field as one line of text; a switch is “on” or “off”, nothing is empty.
    pub fn text_of(&self, field: Field) -> String {
        let switch = |is_on: bool| if is_on { "on" } else { "off" }.to_owned();
        match field {
            Field::Name => self.name.clone(),
            Field::Slug => self.slug.clone(),
            Field::Description => self.description.clone(),
            Field::TextModel => self.text_model.clone(),
            Field::ImageModel => self.image_model.clone(),
            Field::ProviderSort => self.provider_sort.clone(),
            Field::IoLogging => switch(self.is_io_logging),
            Field::SamplingRate => self.sampling_rate.clone(),
            Field::ApiKeyIds => match self.key_scope {
                KeyScope::All => "all keys".to_owned(),
                KeyScope::Listed => self.api_key_ids.join(", "),
            },
            Field::Broadcast => switch(self.is_broadcast),
            Field::DataDiscount => switch(self.is_data_discount),
            Field::DisabledTools => self.disabled_tools.join(", "),
        }
    }

    /// Takes over a field's value from another form.
    pub fn adopt(&mut self, field: Field, other: &Self) {
        match field {
            Field::Name => self.name.clone_from(&other.name),
            Field::Slug => self.slug.clone_from(&other.slug),
            Field::Description => self.description.clone_from(&other.description),
            Field::TextModel => self.text_model.clone_from(&other.text_model),
            Field::ImageModel => self.image_model.clone_from(&other.image_model),
            Field::ProviderSort => self.provider_sort.clone_from(&other.provider_sort),
            Field::IoLogging => self.is_io_logging = other.is_io_logging,
            Field::SamplingRate => self.sampling_rate.clone_from(&other.sampling_rate),
            Field::ApiKeyIds => {
                self.key_scope = other.key_scope;
                self.api_key_ids.clone_from(&other.api_key_ids);
            }
            Field::Broadcast => self.is_broadcast = other.is_broadcast,
            Field::DataDiscount => self.is_data_discount = other.is_data_discount,
            Field::DisabledTools => self.disabled_tools.clone_from(&other.disabled_tools),
        }
    }

    /// The form after the server's workspace moved on: fields that this person did not touch follow it, the others stay.
    #[must_use]
    pub fn rebased(&self, loaded: &Workspace, now: &Workspace) -> Self {
        self.following(&Self::of(loaded), &Self::of(now))
    }

    /// The form with every field that is still as in `was` taken from `is`; the others stay.
    #[must_use]
    pub fn following(&self, was: &Self, is: &Self) -> Self {
        let mut form = self.clone();
        for field in Field::ALL {
            if self.text_of(field) == was.text_of(field) {
                form.adopt(field, is);
            }
        }
        form
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn workspace(name: &str, description: &str, is_broadcast: bool) -> Workspace {
        let json = format!(
            r#"{{"id":"0f8fad5b-d9cb-469f-a165-70867728950e","name":"{name}","slug":"lab","description":"{description}",
               "is_observability_broadcast_enabled":{is_broadcast}}}"#
        );
        serde_json::from_str(&json).unwrap()
    }

    #[test]
    fn their_changes_stand_beside_mine_and_untouched_fields_follow_them() {
        let (loaded, now) = (workspace("Lab", "old", false), workspace("Their lab", "theirs", true));
        let form = WorkspaceForm { description: "mine".to_owned(), ..WorkspaceForm::of(&loaded) };
        let found = differences(&loaded, &now, &form);
        let lines: Vec<_> = found.iter().map(|d| (d.label, d.theirs.as_str(), d.mine.as_deref())).collect();
        assert_eq!(
            lines,
            [("Name", "Their lab", None), ("Description", "theirs", Some("mine")), ("Broadcast", "on", None)]
        );
        let rebased = form.rebased(&loaded, &now);
        assert_eq!((rebased.name.as_str(), rebased.description.as_str()), ("Their lab", "mine"));
        let update = rebased.validate_update(&now, |_| false).unwrap();
        assert_eq!(serde_json::to_string(&update).unwrap(), r#"{"description":"mine"}"#);
    }

    #[test]
    fn the_same_change_made_twice_is_no_conflict() {
        let (loaded, now) = (workspace("Lab", "old", false), workspace("Lab", "new", false));
        let form = WorkspaceForm { description: "new".to_owned(), ..WorkspaceForm::of(&loaded) };
        assert_eq!(differences(&loaded, &now, &form)[0].mine, None);
        assert!(differences(&loaded, &loaded, &form).is_empty());
    }
}
