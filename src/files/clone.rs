//! A new workspace with the settings of another.

use super::Document;
use super::document::{Entry, MemberEntry};
use super::settings::{Setting, Value};
use crate::domain::text::MAX_NAME;
use crate::domain::{Patch, Slug, slug::MAX_SLUG};

/// The file of a new workspace with the settings, limits and members of `source`.
///
/// Neither its ID nor its API keys are taken over, so the list of logged keys is not either. A setting that is cleared is that of
/// a new workspace anyway.
pub fn cloned(source: Entry, name: &str, slug: &str) -> Document {
    let mut settings = source.settings;
    settings.0.retain(|setting, value| *value != Value::None && *setting != Setting::LoggedKeys);
    settings.0.insert(Setting::Name, Value::Text(name.trim().to_owned()));
    settings.0.insert(Setting::Slug, Value::Text(slug.trim().to_owned()));
    let budget = source.budget.map(|mut budget| {
        // A new workspace has no limits to clear.
        budget.limits.iter_mut().filter(|limit| **limit == Patch::Clear).for_each(|limit| *limit = Patch::Keep);
        budget
    });
    // Without a limit there is nothing to send the BYOK switch with.
    let budget = budget.filter(|budget| budget.limits.iter().any(|limit| !limit.is_keep()));
    let member = |member: MemberEntry| MemberEntry { role: None, ..member };
    let members = source.members.map(|members| members.into_iter().map(member).collect());
    let entry = Entry { settings, budget, members, ..Entry::default() };
    Document { workspaces: vec![entry], delete: Vec::new() }
}

/// A name and a slug for a clone, which no other workspace has.
pub fn names_of_clone(name: &str, slug: &Slug, is_taken: impl Fn(&str, &str) -> bool) -> (String, String) {
    let base = Slug::suggest(name).unwrap_or_else(|| slug.clone());
    let cut = |text: &str, most: usize, end: &str| text.chars().take(most - end.len()).collect::<String>();
    let numbered = |number: u32| {
        let number = if number < 2 { String::new() } else { format!(" {number}") };
        let end = format!(" copy{number}");
        let name = cut(name.trim(), MAX_NAME, &end).trim_end().to_owned() + &end;
        let end = end.replace(' ', "-");
        let slug = cut(base.as_str(), MAX_SLUG, &end).trim_end_matches('-').to_owned() + &end;
        (name, slug)
    };
    (1..).map(numbered).find(|(name, slug)| !is_taken(name, slug)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::read::read;
    use crate::files::write::ExportFormat;

    #[test]
    fn a_clone_is_a_new_workspace_with_the_same_settings() {
        let source = "version: 1\nworkspaces:\n- slug: alpha\n  id: 0f8fad5b-d9cb-469f-a165-70867728950e\n  name: Alpha\n  \
                      description: null\n  default_text_model: a/b\n  io_logging_api_key_ids: [1]\n  \
                      budget: {lifetime: null, monthly: 500, include_byok_in_budgets: true}\n  \
                      members: [{email: j@x.com, id: user_1, role: admin}]\n  keys: [{name: k, hash: h, disabled: false}]\n";
        let source = read(source).unwrap().workspaces.remove(0);
        let text = ExportFormat::Yaml.write(&cloned(source.clone(), " Beta ", "beta"));
        let expected = "version: 1\nworkspaces:\n  - slug: beta\n    name: Beta\n    default_text_model: a/b\n    budget:\n      \
                        monthly: 500\n      include_byok_in_budgets: true\n    members:\n      - email: j@x.com\n        id: user_1\n";
        assert_eq!(text, expected);
        let bare = Entry { budget: Some(crate::files::document::BudgetEntry::default()), ..source };
        assert_eq!(cloned(bare, "Beta", "beta").workspaces[0].budget, None);
    }

    #[test]
    fn a_clone_has_a_name_and_a_slug_of_its_own() {
        let slug = |slug: &str| Slug::from_server(slug).unwrap();
        let names =
            |name: &str, from: &str, taken: &[&str]| names_of_clone(name, &slug(from), |_, slug| taken.contains(&slug));
        let pair = |name: &str, slug: &str| (name.to_owned(), slug.to_owned());
        assert_eq!(names("Team", "team", &[]), pair("Team copy", "team-copy"));
        assert_eq!(names("Team", "team", &["team-copy"]), pair("Team copy 2", "team-copy-2"));
        assert_eq!(names("研究", "lab", &[]), pair("研究 copy", "lab-copy"));
        let long = "n".repeat(100);
        let (name, copy) = names(&long, "n", &[]);
        assert_eq!((name.chars().count(), copy.len()), (100, 50));
        let (name, second) = names(&long, "n", &[&copy]);
        assert!(name.ends_with(" copy 2") && second.ends_with("n-copy-2") && second.len() == 50);
    }
}
