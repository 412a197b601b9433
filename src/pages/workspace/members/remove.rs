//! The dialog that removes members: who can be removed, and whose active keys prevent it.
//!
//! Invariant: only people whom the dialog lists are removed. Focus starts on Cancel.

use leptos::prelude::*;

use super::rows::MembersView;
use crate::components::{
    JobDialog, JobPanels, JobStartButtons, KeyWayButtons, KeyWays, PlacedKeys, PreviewTable, RefusedOwnersKeys,
    WorkspaceIdentity, person_cell, selected_people,
};
use crate::domain::text::{counted, format_count, verb_counted};
use crate::domain::{UserId, WorkspaceId, inline_text};
use crate::jobs::planners::members::{Action, Members, Target, spec};
use crate::routes::PeoplePanel;
use crate::search::sorting::sort_rows;
use crate::ui::{Badge, BadgeTone, Banner, ButtonVariant, Tone};

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

    fn removable_count(&self) -> usize {
        self.people.len() - self.blocked
    }

    fn summary(&self) -> String {
        let removable = format_count(self.removable_count());
        match self.blocked {
            0 => format!("{removable} ready to remove"),
            blocked => {
                format!("{removable} ready to remove · {} blocked by active API keys", format_count(blocked))
            }
        }
    }

    fn removable(&self) -> impl Iterator<Item = &UserId> {
        self.people.iter().filter(|(_, keys)| *keys == 0).map(|(id, _)| id)
    }
}

#[component]
pub(super) fn RemoveDialog(members: MembersView, panels: JobPanels, ways: KeyWays) -> impl IntoView {
    // The job deselects people; the dialog still shows them.
    let people = selected_people(members.people.rows, panels, PeoplePanel::Remove);
    let removal = Memo::new(move |_| {
        members
            .active_keys
            .with(|keys| people.with(|people| Removal::new(people, |id: &UserId| keys.get(id).map_or(0, Vec::len))))
    });
    let title = Signal::derive(move || {
        let name = members.workspace.with(|workspace| workspace.inline_label());
        format!("Remove {} from “{name}”?", counted(people.with(|people| people.len()), "member", "members"))
    });
    let removable = move || removal.with(Removal::removable_count);
    let remove = move |()| {
        let people = removal.with_untracked(|removal| removal.removable().cloned().collect());
        let target = Target { workspace: members.id.get_untracked(), people, already: Vec::new() };
        panels.job.start::<Members>(spec(Action::Remove, vec![target]));
    };
    let buttons = move || {
        let reason = move || (removable() == 0).then(|| "Active API keys block all of them".to_owned());
        view! {
            <JobStartButtons
                panels=panels
                variant=ButtonVariant::Danger
                is_cautious=true
                label=Signal::derive(move || verb_counted("Remove", removable(), "member", "members"))
                disabled_reason=Signal::derive(reason)
                on_start=remove
            />
        }
    };
    let keys_of = Callback::new(move |workspace: WorkspaceId| {
        let is_here = members.id.get() == workspace;
        members.keys.get().filter(|_| is_here).map(|keys| keys.rows.clone()).unwrap_or_default()
    });
    let after = move || view! { <RefusedOwnersKeys job=panels.job ways=ways keys_of=keys_of/> }.into_any();
    view! {
        <JobDialog panels=panels panel=PeoplePanel::Remove title=title buttons=buttons after=after>
            <Preview members=members removal=removal ways=ways/>
        </JobDialog>
    }
}

/// The active keys of the people who are blocked by them.
fn blocking_keys(members: MembersView, removal: &Removal) -> PlacedKeys {
    let workspace = members.id.get();
    members.active_keys.with(|keys| {
        let blocked = removal.people.iter().filter_map(|(person, _)| keys.get(person));
        blocked.flatten().map(|key| (workspace.clone(), key.clone())).collect()
    })
}

#[component]
fn Preview(members: MembersView, removal: Memo<Removal>, ways: KeyWays) -> impl IntoView {
    let at = move |at: usize| removal.with(|removal| removal.people.get(at).cloned());
    view! {
        <WorkspaceIdentity workspace=members.workspace/>
        <PreviewTable
            caption="Members to remove"
            heads=&["Member", "Status"]
            summary=Signal::derive(move || removal.with(Removal::summary))
            row_count=Signal::derive(move || removal.with(|removal| removal.people.len()))
            row_key=move |row| at(row).map_or_else(String::new, |(id, _)| id.to_string())
            row=move |row| at(row).map_or_else(|| ().into_any(), |(id, keys)| cells(members, id, keys))
        >
            <Show when=move || removal.with(|removal| removal.blocked != 0)>
                <Banner tone=Tone::Warning title="Members with active API keys can’t be removed">
                    <p>{"Move their keys to another workspace, disable them, or delete them first. Anything that uses a disabled or deleted key stops working immediately."}</p>
                    {move || view! { <KeyWayButtons ways=ways keys=removal.with(|removal| blocking_keys(members, removal))/> }}
                </Banner>
            </Show>
            <p class={"muted"}>{"They lose access to this workspace. They stay in the organization and in other workspaces."}</p>
            <p class={"muted"}>{Action::Remove.undo_note()}</p>
        </PreviewTable>
    }
}

fn cells(members: MembersView, id: UserId, count: usize) -> AnyView {
    let entry = members.directory.entry(&id);
    let note = if count == 0 {
        view! { <Badge tone=BadgeTone::Success>"Ready"</Badge> }.into_any()
    } else {
        let keys = counted(count, "active key", "active keys");
        let label = format!("Show the {keys} of {}", inline_text(&entry.name));
        let show = move |_| members.show_keys(id.clone());
        view! {
            <Badge tone=BadgeTone::Danger>"Blocked"</Badge>
            <button type="button" class="link-button" aria-label=label on:click=show>{keys}</button>
        }
        .into_any()
    };
    view! {
        {person_cell(&entry, entry.note())}
        <td role="cell" class="is-line" data-label="Status"><span class="cell-line">{note}</span></td>
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
