//! The dialog that removes members: who can be removed, and whose active keys prevent it.
//!
//! Invariant: only people whom the dialog lists are removed. Focus starts on Cancel.

use std::sync::Arc;

use leptos::prelude::*;

use super::rows::MembersView;
use crate::components::{JobDialog, JobPanels, WorkspaceIdentity, person_cell};
use crate::domain::text::format_count;
use crate::domain::{UserId, inline_text};
use crate::jobs::planners::members::{Action, Members, Target, spec};
use crate::routes::PeoplePanel;
use crate::search::sorting::sort_rows;
use crate::selection::Selection;
use crate::ui::{Badge, BadgeTone, Banner, Button, ButtonVariant, Tone, VirtualTable, column_heads};

/// The selected people with the number of their active keys. People with keys come first.
#[derive(Clone, Default, PartialEq)]
struct Removal {
    people: Vec<(UserId, usize)>,
    blocked: usize,
}

impl Removal {
    fn new(people: &[UserId], keys_of: impl Fn(&UserId) -> usize) -> Self {
        let mut people: Vec<_> = people.iter().map(|id| (id.clone(), keys_of(id))).collect();
        sort_rows(&mut people, |(_, left), (_, right)| (*left == 0).cmp(&(*right == 0)));
        let blocked = people.iter().filter(|(_, keys)| *keys != 0).count();
        Self { people, blocked }
    }

    fn removable(&self) -> impl Iterator<Item = &UserId> {
        self.people.iter().filter(|(_, keys)| *keys == 0).map(|(id, _)| id)
    }
}

/// The confirmation, and then the job.
#[component]
pub(super) fn RemoveDialog(members: MembersView, panels: JobPanels) -> impl IntoView {
    let is_choosing = Memo::new(move |_| panels.is_asked(PeoplePanel::Remove) && !panels.is_job(PeoplePanel::Remove));
    // The selection stays as it was when the dialog opened, also while the job deselects people.
    let chosen = Memo::new(move |last: Option<&Arc<Vec<UserId>>>| match is_choosing.get() {
        true => {
            members.rows.row_selection.selection.track();
            Arc::new(members.rows.row_selection.selected_ids())
        }
        false => last.cloned().unwrap_or_default(),
    });
    let removal = Memo::new(move |_| {
        members.active_keys.with(|keys| {
            let keys_of = |id: &UserId| keys.get(id).map_or(0, Vec::len);
            chosen.with(|chosen| Removal::new(chosen, keys_of))
        })
    });
    let selection = members.rows.row_selection.selection;
    panels.require_selection(PeoplePanel::Remove, move || selection.with(Selection::is_empty));
    let title = Signal::derive(move || {
        let name = members.workspace.with(|workspace| workspace.inline_label());
        let count = chosen.with(|chosen| chosen.len());
        let plural = if count == 1 { "" } else { "s" };
        format!("Remove {} member{plural} from “{name}”?", format_count(count))
    });
    view! {
        <JobDialog
            panels=panels
            panel=PeoplePanel::Remove
            title=title
            buttons=move || view! { <Confirm members=members panels=panels removal=removal/> }.into_any()
        >
            <Preview members=members removal=removal/>
        </JobDialog>
    }
}

#[component]
fn Confirm(members: MembersView, panels: JobPanels, removal: Memo<Removal>) -> impl IntoView {
    let cancel = Callback::new(move |()| panels.close());
    let free = move || removal.with(|removal| removal.people.len() - removal.blocked);
    let reason = Signal::derive(move || (free() == 0).then(|| "Nobody of them can be removed now".to_owned()));
    let label = move || match free() {
        1 => "Remove 1 member".to_owned(),
        count => format!("Remove {} members", format_count(count)),
    };
    let remove = Callback::new(move |()| {
        let people = removal.with_untracked(|removal| removal.removable().cloned().collect());
        let target = Target { workspace: members.id.get_untracked(), people, already: Vec::new() };
        panels.job.start::<Members>(spec(Action::Remove, vec![target]));
    });
    view! {
        <Button on_click=cancel autofocus=true>"Cancel"</Button>
        <Button variant=ButtonVariant::Danger disabled_reason=reason on_click=remove>{move || label()}</Button>
    }
}

#[component]
fn Preview(members: MembersView, removal: Memo<Removal>) -> impl IntoView {
    let at = move |at: usize| removal.with(|removal| removal.people.get(at).cloned());
    let words = move || {
        removal.with(|removal| {
            let free = format_count(removal.people.len() - removal.blocked);
            match removal.blocked {
                0 => format!("{free} can be removed"),
                blocked => {
                    format!("{free} can be removed · {} cannot, for their active API keys", format_count(blocked))
                }
            }
        })
    };
    view! {
        <WorkspaceIdentity workspace=members.workspace/>
        <p class="change__summary" role="status">{move || words()}</p>
        <Show when=move || removal.with(|removal| removal.blocked != 0)>
            <Banner tone=Tone::Warning title="Members with active API keys cannot be removed">
                <p>{"They stay. Disable or delete their keys here first; what uses those keys stops working at once."}</p>
            </Banner>
        </Show>
        <p class={"muted"}>{"They lose access to this workspace. They stay in the organization and in other workspaces."}</p>
        <VirtualTable
            caption="Who is to be removed"
            class="table--job"
            header=|| column_heads(&["Member", "Can be removed"])
            row_count=Signal::derive(move || removal.with(|removal| removal.people.len()))
            row_key=move |row: usize| at(row).map_or_else(String::new, |(id, _)| id.to_string())
            row=move |row: usize| at(row).map_or_else(|| ().into_any(), |(id, keys)| cells(members, id, keys))
            columns=2
        />
    }
}

fn cells(members: MembersView, id: UserId, keys: usize) -> AnyView {
    let entry = members.directory.entry(&id);
    let note = match keys {
        0 => view! { <Badge tone=BadgeTone::Success>"Yes"</Badge> }.into_any(),
        count => {
            let plural = if count == 1 { "" } else { "s" };
            let label = format!("Show the {count} active key{plural} of {}", inline_text(&entry.name));
            view! {
                <Badge tone=BadgeTone::Danger>"No"</Badge>
                <button
                    type="button"
                    class="link-button"
                    aria-label=label
                    on:click=move |_| members.show_keys(id.clone())
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_with_active_keys_come_first_and_are_not_removed() {
        let ids = ["a", "b", "c", "d"].map(|id| UserId::parse(id).unwrap());
        let removal = Removal::new(&ids, |id| usize::from(matches!(id.as_str(), "b" | "d")));
        let order: Vec<&str> = removal.people.iter().map(|(id, _)| id.as_str()).collect();
        let removed: Vec<&str> = removal.removable().map(UserId::as_str).collect();
        assert_eq!((order, removed, removal.blocked), (vec!["b", "d", "a", "c"], vec!["a", "c"], 2));
    }
}
