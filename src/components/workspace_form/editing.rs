//! A workspace form that is being edited: its state, and the problems that its fields show.

use leptos::prelude::*;

use crate::api::WriteError;
use crate::components::{FormState, focus_first_problem};
use crate::domain::{Slug, WorkspaceId};
use crate::forms::{Field, FieldType, Form as _, KeyFilter, KeyScope, Problems, Value, WorkspaceForm};
use crate::state::WorkspaceList;
use crate::ui::Bound;

/// The form and its problems.
#[derive(Clone, Copy)]
pub struct Editing {
    /// The form.
    pub state: FormState<WorkspaceForm>,
    problems: Memo<Problems>,
    refused: RwSignal<Option<Refused>>,
}

/// A problem that the server found, and the value that it is about.
#[derive(Clone)]
struct Refused {
    field: Field,
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

    /// A field, for a control.
    pub fn bind<T: FieldType>(&self, field: Field) -> Bound<T> {
        self.state.bind_touching(field)
    }

    /// The name. The slug follows it for as long as the slug is the one that the name suggests, or empty.
    pub fn name(&self, suggests_slug: bool) -> Bound<String> {
        let state = self.state;
        let name = self.bind::<String>(Field::Name);
        Bound::new(
            move || name.get(),
            move |typed: String| {
                if suggests_slug {
                    let suggest = |name: &str| Slug::suggest(name).map(String::from).unwrap_or_default();
                    state.update(|form| {
                        if form.slug.is_empty() || form.slug == suggest(&form.name) {
                            form.slug = suggest(&typed);
                        }
                    });
                }
                name.set(typed);
            },
        )
    }

    /// Whether all keys or the listed ones are logged, as the value of a choice.
    pub fn key_scope(&self) -> Bound<String> {
        let keys = self.state.bind::<KeyFilter>(Field::ApiKeyIds);
        Bound::new(
            move || keys.with(|keys| if keys.scope == KeyScope::Listed { "listed" } else { "all" }.to_owned()),
            move |scope: String| {
                let scope = if scope == "listed" { KeyScope::Listed } else { KeyScope::All };
                keys.set(KeyFilter { scope, ..keys.get_untracked() });
            },
        )
    }

    /// The numbers of the listed keys.
    pub fn key_ids(&self) -> Bound<Vec<String>> {
        let keys = self.bind::<KeyFilter>(Field::ApiKeyIds);
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
    pub fn leave(&self, field: Field) -> Callback<()> {
        let state = self.state;
        Callback::new(move |()| state.touch(field))
    }

    /// Shows a refusal at the field that it names, with the focus, until the field changes. Returns a refusal that names
    /// no field.
    pub fn show_refusal(&self, refused: WriteError) -> Option<WriteError> {
        let Some(field) = Field::named_in(&refused.error) else { return Some(refused) };
        let value = untrack(|| self.state.with(|form| form.get(field)));
        self.refused.set(Some(Refused { field, message: refused.error.to_string(), value }));
        focus_first_problem();
        None
    }

    /// The problem that a field shows.
    pub fn problem(&self, field: Field) -> Signal<Option<String>> {
        let Self { state, problems, refused } = *self;
        Signal::derive(move || {
            let own = problems.with(|problems| problems.of(field).map(str::to_owned));
            own.filter(|_| state.is_touched(field)).or_else(|| {
                let refused = refused.get().filter(|refused| refused.field == field)?;
                state.with(|form| form.get(field) == refused.value).then_some(refused.message)
            })
        })
    }
}

/// Whether another workspace than `own` has a slug, as far as the list is loaded; tracked.
pub fn is_slug_taken(list: WorkspaceList, slug: &Slug, own: Option<&WorkspaceId>) -> bool {
    list.rows.with(|rows| rows.iter().any(|row| row.workspace.slug == *slug && Some(&row.workspace.id) != own))
}
