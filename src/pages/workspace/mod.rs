//! One workspace: its facts, its settings, its budgets, its members, and its deletion.
//!
//! Invariant: the workspace is read by the name in the address. Everything else is done by its UUID.

mod budgets;
mod clone;
mod delete;
mod first_members;
mod keys;
mod members;
mod settings;
mod subject;
mod summary_line;

use leptos::prelude::*;

use crate::components::{Action, AsyncView, FormSection, KeyWays, KeyWaysDialogs, PageHeader, offer_actions};
use crate::data::{Remote, WorkspaceDetails, WorkspaceMembers, use_data, use_workspaces};
use crate::domain::{Workspace, WorkspaceRef};
use crate::navigation::{PanelSteps, use_route};
use crate::routes::{KeysPanel, KeysQuery, PeoplePanel, PeopleQuery, Route, WorkspaceView};
use crate::ui::{Badge, BadgeTone, Button, ButtonVariant, Icon, SectionLink, SectionNav, after_paint};

use budgets::BudgetsTab;
use clone::CloneDialog;
use delete::DeleteDialog;
pub(crate) use first_members::first_members;
use keys::KeysTab;
use members::MembersTab;
use settings::SettingsForm;
use subject::Subject;
use summary_line::{SummaryLine, copy_menu};

#[component]
pub(crate) fn WorkspacePage(workspace: Memo<Option<WorkspaceRef>>) -> impl IntoView {
    let subject = Subject::follow(workspace);
    let details = use_data(move || subject.key.get().map(WorkspaceDetails));
    let clone = PanelSteps::new();
    let content = Callback::new(move |(data,): (Signal<Workspace>,)| {
        view! { <Content data=data subject=subject clone=clone/> }.into_any()
    });
    let workspaces = use_workspaces();
    // As read, or else as in the list, or else the name in the address.
    let title = move || {
        let read = details.get().map(|workspace| workspace.label());
        read.or_else(|| workspace.get().map(|name| workspaces.name_of(&name))).unwrap_or_default()
    };
    let is_default = Memo::new(move |_| details.get().is_some_and(|workspace| workspace.is_default()));
    let part = current_part();
    view! {
        <PageHeader
            title=title
            part=Signal::derive(move || Some(part.get().label()))
            subject=Signal::derive(move || subject.key.get().map(|key| key.as_str().to_owned()).unwrap_or_default())
            actions=move || view! { {clone_button(clone)} {copy_menu(details)} }.into_any()
            badge=move || is_default.get().then(|| view! { <Badge tone=BadgeTone::Accent>"Default"</Badge> }).into_any()
        />
        <AsyncView data=details failure="Couldn’t load the workspace" content=content/>
    }
}

fn clone_button(panel: PanelSteps) -> AnyView {
    let route = use_route();
    let open = move |()| panel.open(&route.with_untracked(|route| same_workspace(route, clone_of)));
    view! { <Button icon=Icon::Copy on_click=open>"Clone…"</Button> }.into_any()
}

fn clone_of(workspace: &WorkspaceRef) -> Route {
    Route::Workspace(workspace.clone(), WorkspaceView::Clone)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Settings,
    Budgets,
    Members,
    Keys,
}

impl Part {
    fn label(self) -> &'static str {
        match self {
            Self::Settings => "Settings",
            Self::Budgets => "Budgets",
            Self::Members => "Members",
            Self::Keys => "API keys",
        }
    }
}

/// The part that the address names. The last one stays while the address becomes another page's.
fn current_part() -> Memo<Part> {
    let route = use_route();
    Memo::new(move |last: Option<&Part>| {
        route.with(|route| match route {
            Route::Members(..) => Part::Members,
            Route::WorkspaceKeys(..) => Part::Keys,
            Route::Workspace(_, WorkspaceView::Budgets) => Part::Budgets,
            Route::Workspace(..) => Part::Settings,
            _ => last.copied().unwrap_or(Part::Settings),
        })
    })
}

#[component]
fn Content(data: Signal<Workspace>, subject: Subject, clone: PanelSteps) -> impl IntoView {
    let route = use_route();
    let is_cloning =
        Signal::derive(move || route.with(|route| matches!(route, Route::Workspace(_, WorkspaceView::Clone))));
    let end_clone =
        Callback::new(move |()| clone.close(&route.with_untracked(|route| same_workspace(route, settings))));
    let current = current_part();
    offer_actions(move || {
        let here = current.get();
        data.with(|workspace| route.with(|route| actions_of(workspace, route, here)))
    });
    let tab = move |part: Part, to: fn(&WorkspaceRef) -> Route| {
        let href = move || route.with(|route| same_workspace(route, to).href());
        let is_current = move || (current.get() == part).then_some("page");
        view! { <li><a class="tabs__link" href=href aria-current=is_current>{part.label()}</a></li> }
    };
    // The members' last search stays while another part is shown.
    let query = Memo::new(move |last: Option<&PeopleQuery>| {
        route.with(|route| match route {
            Route::Members(_, query) => query.clone(),
            _ => last.cloned().unwrap_or_default(),
        })
    });
    let keys_query = Memo::new(move |last: Option<&KeysQuery>| {
        route.with(|route| match route {
            Route::WorkspaceKeys(_, query) => query.clone(),
            _ => last.cloned().unwrap_or_default(),
        })
    });
    // The members come first, then the names of people.
    let members =
        use_data(move || (current.get() == Part::Members).then(|| WorkspaceMembers(data.with(|it| it.id.clone()))));
    let has_members = Memo::new(move |was: Option<&bool>| {
        was == Some(&true) || current.get() != Part::Members || !members.state.with(Remote::is_loading)
    });
    view! {
        <SummaryLine workspace=data is_ready=has_members.into()/>
        <nav class="tabs" aria-label="Workspace">
            <ul class="tabs__list">
                {tab(Part::Settings, settings)}
                {tab(Part::Budgets, |it| Route::Workspace(it.clone(), WorkspaceView::Budgets))}
                {tab(Part::Members, members_of)}
                {tab(Part::Keys, keys_of)}
            </ul>
        </nav>
        {move || match current.get() {
            Part::Settings => view! { <SettingsTab data=data subject=subject/> }.into_any(),
            Part::Budgets => view! { <BudgetsTab workspace=data/> }.into_any(),
            Part::Members => view! { <MembersTab workspace=data query=query/> }.into_any(),
            Part::Keys => view! { <KeysTab workspace=data query=keys_query/> }.into_any(),
        }}
        {after_paint(move || view! { <CloneDialog data=data is_open=is_cloning on_close=end_clone/> }.into_any())}
    }
}

/// What can be done with the workspace elsewhere than on the shown tab. The tabs offer what is done on them.
fn actions_of(workspace: &Workspace, route: &Route, here: Part) -> Vec<Action> {
    let name = workspace.inline_label();
    let to = |view: fn(&WorkspaceRef) -> Route| same_workspace(route, view);
    let add =
        |it: &WorkspaceRef| PeopleQuery { panel: Some(PeoplePanel::Add), ..PeopleQuery::default() }.on_members(it);
    let budgets = |it: &WorkspaceRef| Route::Workspace(it.clone(), WorkspaceView::Budgets);
    let deletion = |it: &WorkspaceRef| Route::Workspace(it.clone(), WorkspaceView::Delete);
    let (is_open, is_elsewhere) = (!workspace.is_default(), |part: Part| here != part);
    let all = [
        (is_elsewhere(Part::Settings), Action::open(Icon::Edit, format!("Edit settings of {name}"), to(settings))),
        (is_elsewhere(Part::Budgets), Action::open(Icon::Wallet, format!("Edit budgets of {name}"), to(budgets))),
        (is_elsewhere(Part::Members), Action::open(Icon::Users, format!("Show members of {name}"), to(members_of))),
        (is_open && is_elsewhere(Part::Members), Action::open(Icon::Plus, format!("Add members to {name}"), to(add))),
        (is_elsewhere(Part::Keys), Action::open(Icon::Key, format!("Show API keys of {name}"), to(keys_of))),
        (is_elsewhere(Part::Keys), Action::open(Icon::Plus, format!("Create API key in {name}…"), to(new_key))),
        (true, Action::open(Icon::Copy, format!("Clone {name}…"), to(clone_of))),
        (true, Action::open(Icon::Trash, format!("Delete {name}…"), to(deletion))),
    ];
    all.into_iter().filter_map(|(is_offered, action)| is_offered.then_some(action)).collect()
}

fn members_of(workspace: &WorkspaceRef) -> Route {
    PeopleQuery::default().on_members(workspace)
}

fn keys_of(workspace: &WorkspaceRef) -> Route {
    KeysQuery::default().on_workspace(workspace)
}

fn new_key(workspace: &WorkspaceRef) -> Route {
    KeysQuery { panel: Some(KeysPanel::Create), ..KeysQuery::default() }.on_workspace(workspace)
}

fn settings(workspace: &WorkspaceRef) -> Route {
    Route::workspace(workspace.clone())
}

/// Another view of the workspace of a route, by the name that it has in the address.
fn same_workspace(route: &Route, view: impl Fn(&WorkspaceRef) -> Route) -> Route {
    route.workspace_ref().map_or_else(|| route.clone(), view)
}

/// The sections of the settings, by their anchors. That of the budgets is left out: the tab above has the same name.
const SECTIONS: [SectionLink; 4] =
    [("identity", "Identity"), ("models", "Models"), ("logging", "Logging"), ("danger", "Danger zone")];

#[component]
fn SettingsTab(data: Signal<Workspace>, subject: Subject) -> impl IntoView {
    let (panel, route) = (PanelSteps::new(), use_route());
    let open = move |()| {
        let deletion = |it: &WorkspaceRef| Route::Workspace(it.clone(), WorkspaceView::Delete);
        panel.open(&route.with_untracked(|route| same_workspace(route, deletion)));
    };
    let close = Callback::new(move |()| panel.close(&route.with_untracked(|route| same_workspace(route, settings))));
    let is_deleting =
        Signal::derive(move || route.with(|route| matches!(route, Route::Workspace(_, WorkspaceView::Delete))));
    let ways = KeyWays::new();
    let losses = move || match data.with(Workspace::is_default) {
        true => {
            "This permanently disables the account’s API keys that belong to no other workspace, and its budgets, guardrails and broadcast destinations. You can’t undo it."
        }
        false => {
            "This permanently deletes its budgets and guardrails, and disables its broadcast destinations. You can’t undo it."
        }
    };
    view! {
        <SectionNav label="Sections" links=&SECTIONS>
            <SettingsForm data=data subject=subject ways=ways/>
            <FormSection title="Danger zone" anchor="danger">
                <div class="card card--danger">
                    <h3 class={"card__title"}>{"Delete this workspace"}</h3>
                    <p>{move || losses()}</p>
                    <Button variant=ButtonVariant::Danger icon=Icon::Trash on_click=open>"Delete workspace…"</Button>
                </div>
            </FormSection>
        </SectionNav>
        <DeleteDialog data=data is_open=is_deleting on_close=close ways=ways/>
        <KeyWaysDialogs ways=ways/>
    }
}
