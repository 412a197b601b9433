//! Adding members: picked from the directory or read from a pasted list, looked at, then added with certainty about each.
//!
//! Invariant: nothing is sent that the preview did not count and name; what was picked or pasted outlives the panel.

mod paste;
mod pick;

use std::collections::HashSet;
use std::sync::Arc;

use leptos::prelude::*;

use super::rows::Members;
use crate::components::{JobDialog, JobPanels};
use crate::domain::UserId;
use crate::domain::text::count_words;
use crate::effect::watch;
use crate::jobs::JobKind;
use crate::jobs::planners::members::{Action, Members as MembersJob, Target, spec};
use crate::routes::PeoplePanel;
use crate::state::ListStatus;
use crate::ui::{Button, ButtonVariant, Segmented, SelectOption};

use paste::{Paste, PastePanel};
use pick::{Pick, PickPanel};

const PICK: &str = "pick";
const PASTE: &str = "paste";

/// Who is about to be added.
#[derive(Clone, Copy)]
struct Adding {
    members: Members,
    /// Who is a member already.
    inside: Memo<Arc<HashSet<UserId>>>,
    mode: RwSignal<String>,
    pick: Pick,
    paste: Paste,
}

impl Adding {
    fn new(members: Members, is_open: Memo<bool>) -> Self {
        let inside = Memo::new(move |last: Option<&Arc<HashSet<UserId>>>| {
            members.list.version.track();
            if !is_open.get() {
                return last.cloned().unwrap_or_default();
            }
            let ids = members.list.rows.with_value(|rows| rows.iter().map(|row| row.user_id.clone()).collect());
            Arc::new(ids)
        });
        Self {
            members,
            inside,
            mode: RwSignal::new(PICK.to_owned()),
            pick: Pick::new(members.directory, inside, is_open),
            paste: Paste::new(members.directory, inside, is_open),
        }
    }

    fn is_pasting(&self) -> bool {
        self.mode.with(|mode| mode == PASTE)
    }

    /// How many would be added.
    fn count(&self) -> usize {
        if self.is_pasting() {
            self.paste.read.with(|read| read.add())
        } else {
            self.pick.choosing.standing.get().selected
        }
    }

    fn target(&self) -> Target {
        let (people, already) =
            if self.is_pasting() { self.paste.people() } else { (self.pick.choosing.chosen(), Vec::new()) };
        Target { workspace: self.members.id.get_untracked(), people, already }
    }

    /// Why nothing can be added now.
    fn reason(&self) -> Option<String> {
        let is_coming = |status: &ListStatus| matches!(status, ListStatus::Loading | ListStatus::Partial(..));
        if self.members.list.status.with(is_coming) {
            return Some("The members are being read".to_owned());
        }
        // Whoever is in already would be told to have been added, and taken out by an undo.
        if self.members.list.status.with(|status| matches!(status, ListStatus::Failed(_))) {
            return Some("The members could not be read: who is in already is not known".to_owned());
        }
        if self.members.directory.list.status.with(is_coming) {
            return Some("The directory is being read".to_owned());
        }
        (self.count() == 0).then(|| "Nobody would be added".to_owned())
    }

    fn clear(&self) {
        self.pick.choosing.selection.update(crate::selection::Selection::clear);
        self.paste.text.set(String::new());
    }
}

/// The panel: who, then the job.
#[component]
pub(super) fn AddDialog(members: Members, panels: JobPanels) -> impl IntoView {
    let job = panels.job;
    let is_asked = Memo::new(move |_| panels.is_asked(PeoplePanel::Add));
    let adding = Adding::new(members, is_asked);
    watch(move || {
        // What was chosen here is of no use once it is done; another job leaves it alone.
        let is_done = || {
            is_asked.get()
                && job.kind.get() == Some(JobKind::AddMembers)
                && job.counts.with(|counts| counts.retried() == 0)
        };
        if job.has_ended.get() && untrack(is_done) {
            adding.clear();
        }
    });
    let title = Signal::derive(move || {
        members.workspace.with(|workspace| format!("Add members to “{}”", workspace.label_in_words()))
    });
    view! {
        <JobDialog
            panels=panels
            panel=PeoplePanel::Add
            title=title
            buttons=move || view! { <AddButtons adding=adding panels=panels/> }.into_any()
        >
            <Choice adding=adding/>
        </JobDialog>
    }
}

#[component]
fn Choice(adding: Adding) -> impl IntoView {
    let options = Signal::derive(|| {
        vec![SelectOption::new(PICK, "From the directory"), SelectOption::new(PASTE, "Paste a list")]
    });
    view! {
        <Segmented legend="How to choose people" value=adding.mode options=options/>
        {move || match adding.is_pasting() {
            true => view! { <PastePanel paste=adding.paste directory=adding.members.directory/> }.into_any(),
            false => view! { <PickPanel pick=adding.pick inside=adding.inside directory=adding.members.directory/> }.into_any(),
        }}
        <p class={"muted"}>{"Everybody gets the role in this workspace that they hold in the organization."}</p>
    }
}

#[component]
fn AddButtons(adding: Adding, panels: JobPanels) -> impl IntoView {
    let cancel = Callback::new(move |()| panels.close());
    let label = move || match adding.count() {
        1 => "Add 1 person".to_owned(),
        count => format!("Add {} people", count_words(count)),
    };
    let add = Callback::new(move |()| {
        panels.job.start::<MembersJob>(spec(Action::Add, vec![untrack(|| adding.target())]));
    });
    view! {
        <Button on_click=cancel>"Cancel"</Button>
        <Button variant=ButtonVariant::Primary disabled_reason=Signal::derive(move || adding.reason()) on_click=add>
            {move || label()}
        </Button>
    }
}
