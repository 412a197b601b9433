//! A workspace form that is being edited: its state, and the problems that its fields show.

use crate::components::{FormState, focus_first_problem};
use crate::domain::{Slug, Workspace};
use crate::forms::{
    FieldType, Form as _, KeyFilter, KeyScope, PercentInput, Problems, Value, WorkspaceField, WorkspaceForm,
};
use crate::ui::Bound;
use crate::write::WriteFailure;
use leptos::prelude::*;

#[derive(Clone, Copy)]
pub struct Editing {
    pub state: FormState<WorkspaceForm>,
    /// The form of the saved workspace, or an empty one.
    saved: Memo<WorkspaceForm>,
    is_new: bool,
    problems: Memo<Problems>,
    refused: RwSignal<Option<Refused>>,
    free_slug: Memo<Option<Slug>>,
    /// The form as it was when logging was switched off, for the fields that are shown only while it is on.
    logged: StoredValue<Option<WorkspaceForm>>,
}

/// The fields that are shown only while requests are logged.
const OF_LOGGING: [WorkspaceField; 2] = [WorkspaceField::SamplingRate, WorkspaceField::ApiKeyIds];

/// A problem that the server found, and the value that it is about.
#[derive(Clone)]
struct Refused {
    field: WorkspaceField,
    message: String,
    value: Value,
}

impl Refused {
    fn is_taken(&self, slug: &Slug) -> bool {
        self.field == WorkspaceField::Slug && self.value == Value::Text(slug.to_string())
    }
}

impl Editing {
    /// Edits the form of a new workspace. `is_taken` is tracked, and says whether another workspace has a slug.
    pub fn creation(
        state: FormState<WorkspaceForm>,
        is_taken: impl Fn(&Slug) -> bool + Copy + Send + Sync + 'static,
    ) -> Self {
        let problems = Memo::new(move |_| state.with(|form| form.validate_create(is_taken)).err().unwrap_or_default());
        Self::new(state, true, Memo::new(|_| WorkspaceForm::default()), problems, is_taken)
    }

    /// Edits the form of the workspace that `saved` returns. Both closures are tracked.
    pub fn update(
        state: FormState<WorkspaceForm>,
        saved: impl Fn() -> Workspace + Copy + Send + Sync + 'static,
        is_taken: impl Fn(&Slug) -> bool + Copy + Send + Sync + 'static,
    ) -> Self {
        let problems = move |_: Option<&Problems>| {
            let saved = saved();
            state.with(|form| form.validate_update(&saved, is_taken)).err().unwrap_or_default()
        };
        Self::new(state, false, Memo::new(move |_| WorkspaceForm::of(&saved())), Memo::new(problems), is_taken)
    }

    fn new(
        state: FormState<WorkspaceForm>,
        is_new: bool,
        saved: Memo<WorkspaceForm>,
        problems: Memo<Problems>,
        is_taken: impl Fn(&Slug) -> bool + Send + Sync + 'static,
    ) -> Self {
        let refused = RwSignal::new(None::<Refused>);
        let free_slug = Memo::new(move |_| {
            let typed = Slug::parse(state.with(|form| form.slug.trim().to_owned()).as_str()).ok()?;
            let is_refused = |slug: &Slug| refused.with(|it| it.as_ref().is_some_and(|it| it.is_taken(slug)));
            let is_free = |slug: &Slug| !is_taken(slug) && !is_refused(slug);
            let is_default = saved.with(|saved| saved.slug == "default");
            (!is_free(&typed) && !is_default).then(|| typed.next_free(|slug| !is_free(slug))).flatten()
        });
        Self { state, saved, is_new, problems, refused, free_slug, logged: StoredValue::new(None) }
    }

    /// Whether a field differs from what is saved. In a new workspace nothing does.
    pub fn is_changed(&self, field: WorkspaceField) -> Signal<bool> {
        let Self { state, saved, is_new, .. } = *self;
        Signal::derive(move || !is_new && saved.with(|saved| state.with(|form| !form.matches(field, saved))))
    }

    /// A slug to use instead of the typed one, while the slug shows that another workspace has it.
    pub fn free_slug(&self) -> Signal<Option<Slug>> {
        let (free, problem) = (self.free_slug, self.problem(WorkspaceField::Slug));
        Signal::derive(move || free.get().filter(|_| problem.with(Option::is_some)))
    }

    /// Whether requests are logged. The fields of logging are as saved while it is off, and as typed when it is on again.
    pub fn io_logging(&self) -> Bound<bool> {
        let Self { state, saved, logged, .. } = *self;
        let fill = move |from: &WorkspaceForm| {
            state.update(|form| OF_LOGGING.iter().for_each(|field| form.set(*field, from.get(*field))));
        };
        self.bind(WorkspaceField::IoLogging).before_set(move |is_on: &bool| match is_on {
            true => logged.with_value(|typed| typed.iter().for_each(fill)),
            false => {
                logged.set_value(Some(untrack(|| state.get())));
                fill(&saved.get_untracked());
            }
        })
    }

    /// Whether the fields of logging are shown: while it is on, and where a restored draft has changed one.
    pub fn shows_logging(&self) -> Memo<bool> {
        let Self { state, saved, .. } = *self;
        Memo::new(move |_| {
            saved.with(|saved| {
                let differs = |form: &WorkspaceForm| OF_LOGGING.iter().any(|field| !form.matches(*field, saved));
                state.with(|form| form.is_io_logging || differs(form))
            })
        })
    }

    /// The percentage of requests that is logged.
    pub fn sampling_rate(&self) -> Bound<String> {
        let rate = self.bind::<PercentInput>(WorkspaceField::SamplingRate);
        Bound::new(Memo::new(move |_| rate.get().0), move |typed: String| rate.set(PercentInput(typed)))
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

    /// Marks the name as left, and the slug with it where there is one: it may have followed the name to a taken one.
    pub fn leave_name(&self) -> Callback<()> {
        let state = self.state;
        Callback::new(move |()| {
            state.touch(WorkspaceField::Name);
            if !untrack(|| state.with(|form| form.slug.is_empty())) {
                state.touch(WorkspaceField::Slug);
            }
        })
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
        let Self { state, problems, refused, .. } = *self;
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
mod tests;
