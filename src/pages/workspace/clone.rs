//! The form for a clone: a new workspace with the settings of this one, as a file to import.
//!
//! Invariant: nothing is created here. The file goes through the same plan as any other.

use std::sync::Arc;

use leptos::prelude::*;

use crate::components::{WorkspaceIdentity, put_import_draft};
use crate::data::{
    Data, Directory, Listing, Remote, WorkspaceBudgets, WorkspaceMembers, Workspaces, use_data, use_directory_if,
    use_workspaces,
};
use crate::domain::{BudgetState, Budgets, Member, Slug, Workspace, WorkspaceName};
use crate::files::write::{ExportFormat, ExportedMember, entry};
use crate::files::{cloned, names_of_clone};
use crate::navigation::use_navigator;
use crate::routes::Route;
use crate::ui::{Bound, Button, ButtonVariant, Checkbox, Dialog, Field, TextInput};

/// What a clone takes over besides the settings.
#[derive(Clone, Copy)]
struct Parts {
    with_limits: RwSignal<bool>,
    with_members: RwSignal<bool>,
    budgets: Data<Budgets>,
    members: Data<Listing<Member>>,
    directory: Directory,
    workspaces: Workspaces,
}

impl Parts {
    fn new(data: Signal<Workspace>, is_open: Signal<bool>) -> Self {
        let (with_limits, with_members) = (RwSignal::new(true), RwSignal::new(true));
        let id = move || is_open.get().then(|| data.with(|workspace| workspace.id.clone()));
        // Everyone is a member of the default workspace.
        let has_members = move || with_members.get() && !data.with(Workspace::is_default);
        Self {
            with_limits,
            with_members,
            budgets: use_data(move || id().filter(|_| with_limits.get()).map(WorkspaceBudgets)),
            members: use_data(move || id().filter(|_| has_members()).map(WorkspaceMembers)),
            directory: use_directory_if(move || is_open.get() && has_members()),
            workspaces: use_workspaces(),
        }
    }

    /// Why a part can't be cloned yet.
    fn problem(self, is_default: bool) -> Option<String> {
        let limits = || self.budgets.state.with(|state| unread(state, "limits", |budgets| budgets.unread.is_empty()));
        let members = || self.members.state.with(|state| unread(state, "members", |listing| listing.is_certain));
        let people = || self.directory.data.state.with(|state| unread(state, "people", |_| true));
        let limits = self.with_limits.get().then(limits).flatten();
        let has_members = self.with_members.get() && !is_default;
        limits.or_else(|| has_members.then(|| members().or_else(people)).flatten())
    }

    /// The file of the clone.
    fn file(self, source: &Workspace, name: &str, slug: &str) -> String {
        let budget = self.budgets.get().filter(|_| self.with_limits.get()).map(|it| BudgetState::of(&it));
        let members = self.members.get().filter(|_| self.with_members.get() && !source.is_default());
        let members = members.map(|listing| {
            let member = |member: &Arc<Member>| ExportedMember {
                id: member.user_id.clone(),
                email: self.directory.with(|people| people.get(&member.user_id).map(|it| it.email.clone())),
                role: member.role.clone(),
            };
            listing.rows.iter().map(member).collect()
        });
        ExportFormat::Yaml.write(&cloned(entry(source, budget.as_ref(), members, None), name, slug))
    }
}

fn unread<T>(state: &Remote<T>, part: &str, is_whole: impl Fn(&T) -> bool) -> Option<String> {
    match state {
        state if state.is_loading() => Some(format!("Loading {part}…")),
        state if state.data().is_some_and(is_whole) => None,
        _ => Some(format!("Couldn’t load all {part}. Leave them out, or reload the page")),
    }
}

#[component]
pub(super) fn CloneDialog(data: Signal<Workspace>, is_open: Signal<bool>, on_close: Callback<()>) -> impl IntoView {
    let parts = Parts::new(data, is_open);
    let title = Signal::derive(move || data.with(|workspace| format!("Clone “{}”", workspace.inline_label())));
    // The footer and the form share what was typed, from the opening on.
    let names =
        Memo::new(move |_| is_open.get().then(|| untrack(|| data.with(|source| Names::new(source, parts.workspaces)))));
    let footer = move || names.get().map(|names| buttons(data, names, parts, on_close)).into_any();
    view! {
        <Dialog open=is_open on_close=on_close title=title footer=footer>
            {move || names.get().map(|names| view! { <CloneForm data=data names=names parts=parts/> }.into_any())}
        </Dialog>
    }
}

/// The name and the slug of the clone.
#[derive(Clone, Copy, PartialEq)]
struct Names {
    name: RwSignal<String>,
    slug: RwSignal<String>,
    is_slug_typed: RwSignal<bool>,
    first: StoredValue<String>,
}

impl Names {
    fn new(source: &Workspace, workspaces: Workspaces) -> Self {
        let is_taken = |slug: &str| Slug::parse(slug).is_ok_and(|slug| workspaces.is_taken(&slug, None));
        let (name, slug) = names_of_clone(&source.name, &source.slug, |_, slug| is_taken(slug));
        Self {
            first: StoredValue::new(name.clone()),
            name: RwSignal::new(name),
            slug: RwSignal::new(slug),
            is_slug_typed: RwSignal::new(false),
        }
    }

    /// The slug follows the name until a slug is typed.
    fn slug(self) -> String {
        let follows = !self.is_slug_typed.get() && self.name.with(|name| *name != self.first.get_value());
        let suggested = follows.then(|| self.name.with(|name| Slug::suggest(name))).flatten();
        suggested.map_or_else(|| self.slug.get(), |slug| slug.to_string())
    }

    fn name_problem(self) -> Option<String> {
        self.name.with(|name| WorkspaceName::parse(name).err().map(|why| why.to_string()))
    }

    fn slug_problem(self, workspaces: Workspaces) -> Option<String> {
        match Slug::parse(self.slug().trim()) {
            Err(why) => Some(why.to_string()),
            Ok(slug) => workspaces.is_taken(&slug, None).then(|| "Another workspace has this slug".to_owned()),
        }
    }
}

fn buttons(data: Signal<Workspace>, names: Names, parts: Parts, on_close: Callback<()>) -> AnyView {
    let navigator = use_navigator();
    let reason = Signal::derive(move || {
        let is_open = || names.name_problem().is_some() || names.slug_problem(parts.workspaces).is_some();
        let unnamed = || is_open().then(|| "Enter a name and a slug that no other workspace has".to_owned());
        parts.problem(data.with(Workspace::is_default)).or_else(unnamed)
    });
    let show = move |()| {
        let file = untrack(|| data.with(|source| parts.file(source, &names.name.get(), &names.slug())));
        put_import_draft(&file);
        navigator.follow(&Route::files());
    };
    view! {
        <Button on_click=on_close>"Cancel"</Button>
        <Button variant=ButtonVariant::Primary disabled_reason=reason on_click=show>"Show plan"</Button>
    }
    .into_any()
}

#[component]
fn CloneForm(data: Signal<Workspace>, names: Names, parts: Parts) -> impl IntoView {
    let slug = Bound::new(
        move || names.slug(),
        move |text: String| {
            names.is_slug_typed.set(true);
            names.slug.set(text);
        },
    );
    view! {
        <WorkspaceIdentity workspace=data/>
        <p>{"You get a file for a new workspace with the same settings, and see its plan. Nothing is created before you apply it."}</p>
        <Field label="Name" required=true problem=Signal::derive(move || names.name_problem())>
            <TextInput value=names.name name="name"/>
        </Field>
        <Field label="Slug" required=true problem=Signal::derive(move || names.slug_problem(parts.workspaces))>
            <TextInput value=slug name="slug" mono=true/>
        </Field>
        <div class="files__choices" role="group" aria-label="Clone also">
            <Checkbox checked=parts.with_limits label="Limits"/>
            <Show when=move || !data.with(Workspace::is_default)>
                <Checkbox checked=parts.with_members label="Members"/>
            </Show>
        </div>
        <p class={"muted"}>{"API keys are not cloned."}</p>
    }
}
