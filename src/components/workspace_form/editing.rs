//! A workspace form that is being edited: its state, and the problems that its fields show.

use crate::components::{FormState, focus_first_problem};
use crate::domain::Slug;
use crate::forms::{FieldType, Form as _, KeyFilter, KeyScope, Problems, Value, WorkspaceField, WorkspaceForm};
use crate::ui::Bound;
use crate::write::WriteFailure;
use leptos::prelude::*;

#[derive(Clone, Copy)]
pub struct Editing {
    pub state: FormState<WorkspaceForm>,
    problems: Memo<Problems>,
    refused: RwSignal<Option<Refused>>,
}

/// A problem that the server found, and the value that it is about.
#[derive(Clone)]
struct Refused {
    field: WorkspaceField,
    message: String,
    value: Value,
}

impl Editing {
    /// Edits a form whose problems are what `problems` returns. The problems follow all that `problems` tracks.
    pub fn new(
        state: FormState<WorkspaceForm>,
        problems: impl Fn(&WorkspaceForm) -> Problems + Send + Sync + 'static,
    ) -> Self {
        Self { state, problems: Memo::new(move |_| state.with(&problems)), refused: RwSignal::new(None) }
    }

    /// A field, for a control that shows the field's problem from its first edit on.
    pub fn bind<T: FieldType>(&self, field: WorkspaceField) -> Bound<T> {
        let state = self.state;
        state.bind(field).before_set(move |_| state.touch(field))
    }

    /// The name. The slug follows it for as long as the slug is the one that the name suggests, or empty.
    pub fn name(&self, suggests_slug: bool) -> Bound<String> {
        let state = self.state;
        let suggest = |name: &str| Slug::suggest(name).map(String::from).unwrap_or_default();
        self.bind(WorkspaceField::Name).before_set(move |typed: &String| {
            if suggests_slug {
                state.update(|form| {
                    if form.slug.is_empty() || form.slug == suggest(&form.name) {
                        form.slug = suggest(typed);
                    }
                });
            }
        })
    }

    /// Whether all keys or the listed ones are logged, as the value of a choice.
    pub fn key_scope(&self) -> Bound<String> {
        let keys = self.state.bind::<KeyFilter>(WorkspaceField::ApiKeyIds);
        Bound::new(
            move || keys.with(|keys| if keys.scope == KeyScope::Listed { "listed" } else { "all" }.to_owned()),
            move |scope: String| {
                let scope = if scope == "listed" { KeyScope::Listed } else { KeyScope::All };
                keys.set(KeyFilter { scope, ..keys.get_untracked() });
            },
        )
    }

    pub fn key_ids(&self) -> Bound<Vec<String>> {
        let keys = self.bind::<KeyFilter>(WorkspaceField::ApiKeyIds);
        Bound::new(Memo::new(move |_| keys.with(|keys| keys.ids.clone())), move |ids: Vec<String>| {
            keys.set(KeyFilter { ids, ..keys.get_untracked() })
        })
    }

    /// Shows every problem, as an attempt to save does, and forgets what the server refused before.
    pub fn touch_all(&self) {
        self.state.touch_all();
        self.refused.set(None);
    }

    /// Marks a field as left: from then on it shows its problem.
    pub fn leave(&self, field: WorkspaceField) -> Callback<()> {
        let state = self.state;
        Callback::new(move |()| state.touch(field))
    }

    /// Shows a refusal at the field that it names, with the focus, until the field changes. Returns any other
    /// failure.
    pub fn show_refusal(&self, failure: WriteFailure) -> Option<WriteFailure> {
        if let WriteFailure::Write(refused) = &failure
            && let Some(field) = WorkspaceField::named_in(&refused.error)
        {
            self.refuse(field, refused.error.to_string());
            focus_first_problem();
            return None;
        }
        Some(failure)
    }

    fn refuse(&self, field: WorkspaceField, message: String) {
        let value = untrack(|| self.state.with(|form| form.get(field)));
        self.refused.set(Some(Refused { field, message, value }));
    }

    pub fn problem(&self, field: WorkspaceField) -> Signal<Option<String>> {
        let Self { state, problems, refused } = *self;
        Signal::derive(move || {
            // First: an effect can miss the change of the form after `problems`, which may stay the same.
            let value = state.with(|form| form.get(field));
            let own = problems.with(|problems| problems.get(&field).cloned());
            own.filter(|_| state.is_touched(field)).or_else(|| {
                let refused = refused.get().filter(|refused| refused.field == field)?;
                (value == refused.value).then_some(refused.message)
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Edits a form; the slugs in the signal are taken.
    fn edit(form: WorkspaceForm, test: impl FnOnce(Editing, RwSignal<Vec<String>>)) {
        Owner::new().with(|| {
            let taken = RwSignal::new(Vec::<String>::new());
            let editing = Editing::new(FormState::new(RwSignal::new(form)), move |form| {
                let is_taken = |slug: &Slug| taken.with(|taken| taken.iter().any(|it| it == slug.as_str()));
                form.validate_create(is_taken).err().unwrap_or_default()
            });
            test(editing, taken);
        });
    }

    fn named(name: &str, slug: &str) -> WorkspaceForm {
        WorkspaceForm { name: name.to_owned(), slug: slug.to_owned(), ..WorkspaceForm::default() }
    }

    #[test]
    fn a_slug_that_turns_out_to_be_taken_is_a_problem_at_its_field() {
        edit(named("Lab", "lab"), |editing, taken| {
            let problem = editing.problem(WorkspaceField::Slug);
            editing.touch_all();
            assert_eq!(problem.get(), None);
            taken.set(vec!["lab".to_owned()]);
            assert_eq!(problem.get().as_deref(), Some("Another workspace uses “lab”"));
        });
    }

    #[test]
    fn a_problem_is_shown_once_its_field_was_touched() {
        edit(WorkspaceForm::default(), |editing, _| {
            let (name, slug) = (editing.problem(WorkspaceField::Name), editing.problem(WorkspaceField::Slug));
            editing.name(true).set(String::new());
            assert_eq!((name.get().as_deref(), slug.get()), (Some("Enter a name"), None));
            editing.leave(WorkspaceField::Slug).run(());
            assert_eq!(slug.get().as_deref(), Some("Enter a slug"));
        });
    }

    #[test]
    fn the_slug_follows_the_name_until_it_is_edited_and_again_once_it_is_emptied() {
        edit(WorkspaceForm::default(), |editing, _| {
            let (name, slug) = (editing.name(true), editing.bind::<String>(WorkspaceField::Slug));
            name.set("R&D Zürich".to_owned());
            assert_eq!(slug.get(), "r-and-d-zuerich");
            slug.set("rnd".to_owned());
            name.set("Research".to_owned());
            assert_eq!(slug.get(), "rnd");
            slug.set(String::new());
            name.set("Research Two".to_owned());
            assert_eq!(slug.get(), "research-two");
        });
    }

    #[test]
    fn after_a_restored_draft_was_discarded_the_slug_follows_the_name() {
        edit(named("Half a thought", "my-own"), |editing, _| {
            editing.state.fill(WorkspaceForm::default());
            editing.name(true).set("Night Shift".to_owned());
            assert_eq!(editing.state.get().slug, "night-shift");
        });
    }

    #[test]
    fn a_refusal_is_shown_at_its_field_until_the_field_changes() {
        edit(named("Lab", "lab"), |editing, _| {
            let problem = editing.problem(WorkspaceField::Slug);
            editing.refuse(WorkspaceField::Slug, "A workspace with slug \"lab\" already exists".to_owned());
            assert!(problem.get().is_some_and(|problem| problem.contains("already exists")));
            editing.bind::<String>(WorkspaceField::Slug).set("lab-2".to_owned());
            assert_eq!(problem.get(), None);
            editing.bind::<String>(WorkspaceField::Slug).set("lab".to_owned());
            editing.touch_all();
            assert_eq!(problem.get(), None);
        });
    }

    #[test]
    fn a_list_of_keys_is_kept_while_all_keys_are_logged() {
        edit(named("Lab", "lab"), |editing, _| {
            let (scope, ids) = (editing.key_scope(), editing.key_ids());
            scope.set("listed".to_owned());
            ids.set(vec!["12".to_owned()]);
            scope.set("all".to_owned());
            assert_eq!((scope.get(), ids.get()), ("all".to_owned(), vec!["12".to_owned()]));
        });
    }
}
