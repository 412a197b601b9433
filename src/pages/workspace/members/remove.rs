//! Removing members: who can be, who cannot and why, and what became of each.
//!
//! Invariant: nobody is removed whom the dialog did not name; focus starts on Cancel.

use std::sync::Arc;

use leptos::prelude::*;

use super::rows::Members;
use crate::components::{JobDialog, JobPanels, WorkspaceIdentity, person_cell};
use crate::domain::text::count_words;
use crate::domain::{UserId, in_words};
use crate::jobs::planners::members::{Action, Members as MembersJob, Target, spec};
use crate::routes::PeoplePanel;
use crate::ui::{Badge, BadgeTone, Banner, Button, ButtonVariant, Tone, VirtualTable, column_heads, handler};

/// Who is to be removed: those with active keys first, since they need a look.
#[derive(Clone, PartialEq)]
struct Split {
    blocked: usize,
    people: Vec<(UserId, usize)>,
}

/// The confirmation, and then the job.
#[component]
pub(super) fn RemoveDialog(members: Members, panels: JobPanels) -> impl IntoView {
    let is_choosing = Memo::new(move |_| panels.is_asked(PeoplePanel::Remove) && !panels.is_job(PeoplePanel::Remove));
    // Who is chosen when the dialog opens; what is done about keys meanwhile changes only who is blocked.
    let chosen = Memo::new(move |last: Option<&Arc<Vec<UserId>>>| match is_choosing.get() {
        true => {
            members.rows.choosing.selection.track();
            Arc::new(members.rows.choosing.chosen())
        }
        false => last.cloned().unwrap_or_default(),
    });
    let split = Memo::new(move |_| {
        let keys = |blocked: &super::rows::Blocked, id: &UserId| blocked.get(id).map_or(0, Vec::len);
        let people = members.blocked.with(|blocked| {
            chosen.with(|chosen| chosen.iter().map(|id| (id.clone(), keys(blocked, id))).collect::<Vec<_>>())
        });
        let (blocked, free): (Vec<_>, Vec<_>) = people.into_iter().partition(|(_, keys)| *keys != 0);
        Split { blocked: blocked.len(), people: blocked.into_iter().chain(free).collect() }
    });
    let selection = members.rows.choosing.selection;
    panels.require_selection(PeoplePanel::Remove, move || selection.with(crate::selection::Selection::is_empty));
    let title = Signal::derive(move || {
        let name = members.workspace.with(|workspace| workspace.label_in_words());
        let count = chosen.with(|chosen| chosen.len());
        let plural = if count == 1 { "" } else { "s" };
        format!("Remove {} member{plural} from “{name}”?", count_words(count))
    });
    view! {
        <JobDialog
            panels=panels
            panel=PeoplePanel::Remove
            title=title
            buttons=move || view! { <Confirm members=members panels=panels split=split/> }.into_any()
        >
            <Preview members=members split=split/>
        </JobDialog>
    }
}

#[component]
fn Confirm(members: Members, panels: JobPanels, split: Memo<Split>) -> impl IntoView {
    let cancel = Callback::new(move |()| panels.close());
    let free = move || split.with(|split| split.people.len() - split.blocked);
    let reason = Signal::derive(move || (free() == 0).then(|| "Nobody of them can be removed now".to_owned()));
    let label = move || match free() {
        1 => "Remove 1 member".to_owned(),
        count => format!("Remove {} members", count_words(count)),
    };
    let remove = Callback::new(move |()| {
        let people = split.with_untracked(|split| {
            split.people.iter().filter(|(_, keys)| *keys == 0).map(|(id, _)| id.clone()).collect()
        });
        let target = Target { workspace: members.id.get_untracked(), people, already: Vec::new() };
        panels.job.start::<MembersJob>(spec(Action::Remove, vec![target]));
    });
    view! {
        <Button on_click=cancel autofocus=true>"Cancel"</Button>
        <Button variant=ButtonVariant::Danger disabled_reason=reason on_click=remove>{move || label()}</Button>
    }
}

#[component]
fn Preview(members: Members, split: Memo<Split>) -> impl IntoView {
    let at = move |at: usize| split.with(|split| split.people.get(at).cloned());
    let words = move || {
        split.with(|split| {
            let free = count_words(split.people.len() - split.blocked);
            match split.blocked {
                0 => format!("{free} can be removed"),
                blocked => {
                    format!("{free} can be removed · {} cannot, for their active API keys", count_words(blocked))
                }
            }
        })
    };
    let row = move |(id, keys): (UserId, usize)| cells(members, id, keys);
    view! {
        <WorkspaceIdentity workspace=members.workspace/>
        <p class="change__summary" role="status">{move || words()}</p>
        <Show when=move || split.with(|split| split.blocked != 0)>
            <Banner tone=Tone::Warning title="Members with active API keys cannot be removed">
                <p>{"They stay. Disable or delete their keys here first; what uses those keys stops working at once."}</p>
            </Banner>
        </Show>
        <p class={"muted"}>{"They lose access to this workspace. They stay in the organization and in other workspaces."}</p>
        <VirtualTable
            caption="Who is to be removed"
            class="table--job"
            header=|| column_heads(&["Member", "Can be removed"])
            row_count=Signal::derive(move || split.with(|split| split.people.len()))
            row_key=Callback::new(move |place| at(place).map_or_else(String::new, |(id, _)| id.to_string()))
            row=Callback::new(move |place| at(place).map_or_else(|| ().into_any(), row))
            columns=2
        />
    }
}

fn cells(members: Members, id: UserId, keys: usize) -> AnyView {
    let entry = members.directory.entry(&id);
    let note = match keys {
        0 => view! { <Badge tone=BadgeTone::Success>"Yes"</Badge> }.into_any(),
        count => {
            let plural = if count == 1 { "" } else { "s" };
            let label = format!("Show the {count} active key{plural} of {}", in_words(&entry.name));
            view! {
                <Badge tone=BadgeTone::Danger>"No"</Badge>
                <button
                    type="button"
                    class="link-button"
                    aria-label=label
                    on:click=handler(move |_: web_sys::MouseEvent| members.look_at_keys(id.clone()))
                >
                    {format!("{count} active key{plural}")}
                </button>
            }
            .into_any()
        }
    };
    view! {
        {person_cell(&entry, entry.note())}
        <td role="cell" class="is-line" data-label="Can be removed"><span class="cell-line">{note}</span></td>
    }
    .into_any()
}
