//! Saving workspaces as a file, once everything that it holds has been read.

use std::sync::Arc;

use leptos::prelude::*;

use super::reads::{Reads, Wanted};
use crate::components::{
    Action, FormSection, HeaderCheckbox, RowCheckbox, RowSelection, SelectableRows, fixed_options, offer_actions,
    save_text, workspace_cell,
};
use crate::data::{Remote, WorkspaceBudgets, WorkspaceKeys, WorkspaceMembers};
use crate::domain::text::{counted, format_count, verb_counted};
use crate::domain::{BudgetState, Workspace, WorkspaceId, WorkspaceRef};
use crate::files::Document;
use crate::files::write::{ExportFormat, ExportedMember, entry, sort_for_export};
use crate::routes::ListQuery;
use crate::selection::Selection;
use crate::ui::{
    Bound, Button, ButtonVariant, Checkbox, Disclosure, Field, Icon, SearchBox, Select, VirtualTable, exact,
};
use crate::write::Notices;

#[derive(Clone, Copy)]
struct Export {
    reads: Reads,
    format: RwSignal<String>,
    budgets: RwSignal<bool>,
    members: RwSignal<bool>,
    keys: RwSignal<bool>,
    search: RwSignal<String>,
    selection: RowSelection<WorkspaceId>,
    is_requested: RwSignal<bool>,
}

impl Export {
    fn format(self) -> ExportFormat {
        self.format.with(|word| ExportFormat::parse(word)).unwrap_or(ExportFormat::Yaml)
    }

    /// The selected workspaces, or all.
    fn workspaces(self) -> Vec<Arc<Workspace>> {
        let mut all: Vec<_> = self.reads.workspaces.rows().iter().map(|row| row.workspace.clone()).collect();
        self.selection.selection.with(|selection| {
            if !selection.is_empty() {
                all.retain(|workspace| selection.contains(&workspace.id));
            }
        });
        sort_for_export(&mut all);
        all
    }

    /// What is asked for and the format can hold.
    fn wanted(self) -> Wanted {
        let (budgets, members, keys) = self.format().holds();
        Wanted {
            workspaces: self.workspaces(),
            budgets: budgets && self.budgets.get(),
            members: members && (self.members.get() || self.format() == ExportFormat::Memberships),
            keys: keys && self.keys.get(),
        }
    }

    fn is_reading(self) -> bool {
        let reads = self.reads;
        let people = || reads.directory.data.state.with(Remote::is_loading);
        reads.export.with(|wanted| {
            wanted.workspaces.iter().any(|workspace| {
                let id = || workspace.id.clone();
                wanted.budgets && reads.budgets.get(&WorkspaceBudgets(id())).is_loading()
                    || wanted.members && reads.members.get(&WorkspaceMembers(id())).is_loading()
                    || wanted.keys && reads.keys.get(&WorkspaceKeys(id())).is_loading()
            }) || wanted.members && people()
        })
    }

    /// The file, and how many workspaces could not be read whole.
    fn document(self) -> (Document, usize) {
        let reads = self.reads;
        let mut failed = 0;
        let wanted = reads.export.get();
        let workspaces = wanted.workspaces.iter().map(|workspace| {
            let id = || workspace.id.clone();
            let budget = wanted.budgets.then(|| reads.budgets.get(&WorkspaceBudgets(id())));
            let members =
                (wanted.members && !workspace.is_default()).then(|| reads.members.get(&WorkspaceMembers(id())));
            let keys = wanted.keys.then(|| reads.keys.get(&WorkspaceKeys(id())));
            let is_uncertain = members.as_ref().is_some_and(|it| !it.data().is_some_and(|listing| listing.is_certain));
            let is_failed = is_uncertain
                || budget.as_ref().is_some_and(|it| it.data().is_none_or(|budgets| !budgets.unread.is_empty()))
                || keys.as_ref().is_some_and(|it| it.data().is_none());
            failed += usize::from(is_failed);
            let budget = budget.as_ref().and_then(Remote::data).map(|budgets| BudgetState::of(budgets));
            let members = members.as_ref().and_then(Remote::data).filter(|listing| listing.is_certain).map(|listing| {
                let member = |member: &Arc<crate::domain::Member>| ExportedMember {
                    id: member.user_id.clone(),
                    email: reads.directory.with(|people| people.get(&member.user_id).map(|it| it.email.clone())),
                    role: member.role.clone(),
                };
                listing.rows.iter().map(member).collect()
            });
            let keys = keys.as_ref().and_then(Remote::data).map(|keys| keys.rows.as_slice());
            entry(workspace, budget.as_ref(), members, keys)
        });
        (Document { workspaces: workspaces.collect(), delete: Vec::new() }, failed)
    }
}

#[component]
pub(super) fn ExportSection(reads: Reads) -> impl IntoView {
    let search = RwSignal::new(String::new());
    let ids = Memo::new(move |_| {
        let query = ListQuery { search: search.get(), ..ListQuery::default() };
        let found = reads.workspaces.matching(&query);
        Arc::new(found.iter().map(|workspace| workspace.id.clone()).collect::<Vec<_>>())
    });
    let export = Export {
        reads,
        format: RwSignal::new(ExportFormat::Yaml.word().to_owned()),
        budgets: RwSignal::new(true),
        members: RwSignal::new(true),
        keys: RwSignal::new(false),
        search,
        selection: RowSelection::new(ids),
        is_requested: RwSignal::new(false),
    };
    let notices: Notices = expect_context();
    // Outside world: the file is saved after the last response that it needs.
    Effect::new(move |_| {
        if export.is_requested.get() && !export.is_reading() {
            export.is_requested.set(false);
            untrack(|| save(export, notices));
        }
    });
    let request = Callback::new(move |()| {
        export.reads.export.set(untrack(|| export.wanted()));
        export.is_requested.set(true);
    });
    let count = Memo::new(move |_| export.workspaces().len());
    let reason = Signal::derive(move || match reads.workspaces.data.state.with(Remote::is_loading) {
        true => Some("Loading workspaces…".to_owned()),
        false => (count.get() == 0).then(|| "No workspaces to export".to_owned()),
    });
    offer_actions(move || {
        let is_offered = reason.with(Option::is_none);
        is_offered.then(|| Action::run(Icon::External, "Export workspaces as a file", request)).into_iter().collect()
    });
    let formats = fixed_options(&ExportFormat::ALL.map(|format| (format.word(), format.label())));
    let holds = move |part: fn((bool, bool, bool)) -> bool| part(export.format().holds());
    let label = move || verb_counted("Export", count.get(), "workspace", "workspaces");
    view! {
        <FormSection
            title="Export"
            description="The settings of workspaces, with limits and members. A file never has secrets of API keys."
        >
            <Field label="Format"><Select value=export.format options=formats/></Field>
            <div class="files__choices" role="group" aria-label="Include">
                <Show when=move || holds(|(budgets, ..)| budgets)><Checkbox checked=export.budgets label="Limits"/></Show>
                <Show when=move || holds(|(budgets, members, _)| budgets && members)>
                    <Checkbox checked=export.members label="Members"/>
                </Show>
                <Show when=move || holds(|(.., keys)| keys)>
                    <Checkbox checked=export.keys label="Names of API keys, for reading only"/>
                </Show>
            </div>
            <Disclosure summary=Signal::derive(move || chosen_text(export))><WorkspaceChoice export=export/></Disclosure>
            <div>
                <Button
                    variant=ButtonVariant::Primary
                    icon=Icon::External
                    disabled_reason=reason
                    pending=export.is_requested
                    on_click=request
                >
                    {exact(label)}
                </Button>
            </div>
        </FormSection>
    }
}

fn chosen_text(export: Export) -> String {
    match export.selection.summary.with(|summary| summary.selected) {
        0 => "All workspaces".to_owned(),
        count => counted(count, "selected workspace", "selected workspaces"),
    }
}

fn save(export: Export, notices: Notices) {
    let (document, failed) = export.document();
    let format = export.format();
    save_text(notices, format.file(), &format.write(&document));
    if failed != 0 {
        let what = counted(failed, "workspace", "workspaces");
        notices.failure(
            "The file is incomplete",
            format!("Couldn’t load limits, members or API keys of {what}. The file leaves them out."),
        );
    }
}

#[component]
fn WorkspaceChoice(export: Export) -> impl IntoView {
    let selection = export.selection;
    let at = move |at: usize| selection.ids.with(|ids| ids.get(at).cloned());
    let count = move || {
        let summary = selection.summary.get();
        match summary.selected {
            0 => format!("None selected: all {} are exported", format_count(summary.matching)),
            _ => format!("{} of {} workspaces selected", format_count(summary.shown), format_count(summary.matching)),
        }
    };
    let row = move |id: WorkspaceId| {
        let Some(workspace) = export.reads.workspaces.find(&WorkspaceRef::from(&id)) else { return ().into_any() };
        view! {
            <RowCheckbox row_selection=selection id=id name=workspace.label()/>
            {workspace_cell(&workspace)}
        }
        .into_any()
    };
    view! {
        <SearchBox
            value=Bound::from(export.search)
            label="Search workspaces to export"
            placeholder="Search name, slug, description or ID"
        />
        <div class="job__tools">
            <p class="change__summary" role="status">{exact(count)}</p>
            <Button on_click=move |()| selection.select_all()>"Select all"</Button>
            <Button on_click=move |()| selection.selection.update(Selection::clear)>"Select none"</Button>
        </div>
        <div class="table-scroll table-scroll--short">
            <SelectableRows row_selection=selection>
            <VirtualTable
                caption="Workspaces to export"
                class="table--people"
                header=move || view! {
                    <HeaderCheckbox row_selection=selection/>
                    <th scope="col" role="columnheader" class="col-name">{"Workspace"}</th>
                }.into_any()
                row_count=Signal::derive(move || selection.ids.with(|ids| ids.len()))
                row_key=move |row| at(row).map_or_else(String::new, |id| id.to_string())
                row=move |index| at(index).map_or_else(|| ().into_any(), row)
                columns=2
                body=selection.body
            />
            </SelectableRows>
        </div>
    }
}
