//! The dialog that adds members: picked from the directory or pasted as a list.
//!
//! Invariant: only people whom the preview counts and names are added. What was picked or pasted survives closing.

mod pick;

use std::collections::HashSet;
use std::sync::Arc;

use leptos::prelude::*;

use super::rows::MembersView;
use crate::components::{
    JobDialog, JobPanels, JobStartButtons, ListReader, ListReaderPanel, ListWords, Unmatched, fixed_options,
};
use crate::data::{Listing, Remote, Shared};
use crate::domain::{Member, UserId, text::verb_counted};
use crate::jobs::JobKind;
use crate::jobs::planners::members::{Action, Members, Target, spec};
use crate::routes::PeoplePanel;
use crate::selection::Selection;
use crate::session::drafts;
use crate::ui::Segmented;

use pick::{Pick, PickPanel};

const PICK: &str = "pick";
const PASTE: &str = "paste";

const WORDS: ListWords = ListWords {
    label: "People to add",
    selected: "to add",
    select: "Add",
    already: ["already a member", "already members"],
    already_one: "Already a member",
};

#[derive(Clone, Copy)]
struct Adding {
    members: MembersView,
    mode: RwSignal<String>,
    pick: Pick,
    list: ListReader,
}

impl Adding {
    fn new(members: MembersView, is_open: Memo<bool>) -> Self {
        let existing = Memo::new(move |last: Option<&Arc<HashSet<UserId>>>| {
            if !is_open.get() {
                return last.cloned().unwrap_or_default();
            }
            let listing = members.list.get();
            let ids = listing.iter().flat_map(|listing| listing.rows.iter()).map(|member| member.user_id.clone());
            Arc::new(ids.collect())
        });
        let pick = Pick::new(members.directory, existing, is_open);
        let list = ListReader::new(WORDS, members.directory, existing, is_open);
        let draft = untrack(|| drafts::of_added_members(&members.id.get()));
        pick.keep_draft(format!("{draft}.pick"));
        list.keep_draft(format!("{draft}.list"));
        // A restored draft is shown where it was made.
        let is_pasted = untrack(|| pick.count.get() == 0 && !list.text.with(String::is_empty));
        let mode = if is_pasted { PASTE } else { PICK };
        Self { members, mode: RwSignal::new(mode.to_owned()), pick, list }
    }

    fn is_pasting(&self) -> bool {
        self.mode.with(|mode| mode == PASTE)
    }

    fn count(&self) -> usize {
        if self.is_pasting() { self.list.count() } else { self.pick.count.get() }
    }

    fn target(&self) -> Target {
        let (people, already) = match self.is_pasting() {
            true => (self.list.people(), self.list.already()),
            false => (self.pick.people(), Vec::new()),
        };
        Target { workspace: self.members.id.get_untracked(), people, already }
    }

    fn reason(&self) -> Option<&'static str> {
        let unknown = self.members.list.state.with(unknown_members);
        let is_loading = || self.members.directory.data.state.with(|people| people.is_loading());
        unknown
            .or_else(|| is_loading().then_some("Loading the directory…"))
            .or_else(|| (self.is_pasting() && self.list.is_reading()).then_some("Reading the list…"))
            .or_else(|| (self.count() == 0).then_some("No members to add"))
    }

    /// The entries of the list that the job is not about.
    fn unmatched(&self) -> Vec<Unmatched> {
        if self.is_pasting() { self.list.unmatched() } else { Vec::new() }
    }

    /// Drops what was chosen, except for entries that matched no one.
    fn clear(&self, unmatched: &[Unmatched]) {
        self.pick.row_selection.selection.update(Selection::clear);
        self.list.keep_only(unmatched);
    }
}

/// Why it is not certain who is a member. Someone whom the list lacks would be added again, and removed by an undo.
fn unknown_members(list: &Remote<Shared<Listing<Member>>>) -> Option<&'static str> {
    match list.data() {
        _ if list.is_loading() => Some("Loading members…"),
        _ if list.error().is_some() => Some("Couldn’t load the members, so we don’t know who is already a member"),
        Some(listing) if listing.is_certain => None,
        _ => Some("The list may be incomplete, so we don’t know who is already a member"),
    }
}

#[component]
pub(super) fn AddDialog(members: MembersView, panels: JobPanels) -> impl IntoView {
    let job = panels.job;
    let is_asked = Memo::new(move |_| panels.is_asked(PeoplePanel::Add));
    let adding = Adding::new(members, is_asked);
    // Outside world: an addition has ended without failures, so the choice is used up. Other jobs leave it as it is.
    Effect::new(move |_| {
        let is_done = || {
            is_asked.get()
                && job.kind.get() == Some(JobKind::AddMembers)
                && job.counts.with(|counts| counts.retried() == 0)
        };
        if job.has_ended.get() && untrack(is_done) {
            adding.clear(&panels.unmatched.get_untracked());
        }
    });
    let title = Signal::derive(move || {
        members.workspace.with(|workspace| format!("Add members to “{}”", workspace.inline_label()))
    });
    let start = move |()| {
        panels.unmatched.set(untrack(|| adding.unmatched()));
        panels.job.start::<Members>(spec(Action::Add, vec![untrack(|| adding.target())]));
    };
    let buttons = move || {
        view! {
            <JobStartButtons
                panels=panels
                label=Signal::derive(move || verb_counted("Add", adding.count(), "member", "members"))
                disabled_reason=Signal::derive(move || adding.reason().map(str::to_owned))
                on_start=start
            />
        }
        .into_any()
    };
    view! {
        <JobDialog panels=panels panel=PeoplePanel::Add title=title buttons=buttons>
            <Choice adding=adding/>
        </JobDialog>
    }
}

#[component]
fn Choice(adding: Adding) -> impl IntoView {
    let options = fixed_options(&[(PICK, "From the directory"), (PASTE, "Paste a list")]);
    let directory = adding.members.directory;
    view! {
        <Segmented legend="How to choose people" value=adding.mode options=options/>
        {move || match adding.is_pasting() {
            true => view! { <ListReaderPanel reader=adding.list directory=directory/> }.into_any(),
            false => view! { <PickPanel pick=adding.pick directory=directory/> }.into_any(),
        }}
        <p class={"muted"}>{"Each person gets the same role here as in the organization."}</p>
        <p class={"muted"}>{Action::Add.undo_note()}</p>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::{ApiError, Operation};
    use crate::data::{Freshness, Progress};

    #[test]
    fn no_one_is_added_to_a_list_that_may_lack_members() {
        let list = |is_certain, freshness| {
            let listing = Listing { rows: Arc::default(), unreadable: Arc::default(), is_certain };
            unknown_members(&Remote::Ready(Shared::new(listing), freshness))
        };
        let error = ApiError::Aborted { operation: Operation::ListMembers };
        let progress = Progress { loaded: 1, total: None };
        assert_eq!((list(true, Freshness::Fresh), list(true, Freshness::Refreshing)), (None, None));
        for freshness in [Freshness::Fresh, Freshness::Refreshing, Freshness::Partial(progress)] {
            assert!(list(false, freshness).is_some());
        }
        assert!(list(true, Freshness::Stale(error.clone())).is_some());
        assert!(unknown_members(&Remote::Failed(error)).is_some() && unknown_members(&Remote::Loading).is_some());
    }
}
