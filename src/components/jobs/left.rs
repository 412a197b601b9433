//! Jobs that a closed tab has left, with the way to go on.
//!
//! Invariant: nothing is sent before somebody asks to go on.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::words::{JobNames, people, title};
use crate::bulk::{Action, Machine};
use crate::domain::WorkspaceId;
use crate::domain::text::count_words;
use crate::effect::watch;
use crate::state::BulkJob;
use crate::state::jobs::records::{self, Record};
use crate::ui::{Banner, Button, ButtonVariant, Tone, dynamic};

/// What is said of a job that was left.
#[derive(Clone, PartialEq, Eq)]
struct Left {
    record: Record,
    action: Action,
    workspaces: Vec<WorkspaceId>,
    people: usize,
    total: usize,
    open: usize,
}

impl Left {
    fn of(record: Record) -> Option<Self> {
        let machine: Machine = record.restore()?;
        let tally = machine.tally();
        Some(Self {
            action: machine.action(),
            workspaces: machine.workspaces().to_vec(),
            people: people(&machine),
            total: tally.total(),
            open: tally.total() - tally.settled(),
            record,
        })
    }
}

/// A banner for each job that was left about this workspace, or about any.
#[component]
pub fn LeftJobs(
    /// The job of the view, which takes over.
    job: BulkJob,
    /// What people and workspaces are called.
    names: JobNames,
    /// Whose jobs to show; `None` for all.
    about: Signal<Option<WorkspaceId>>,
    /// Called when there are some: a panel that came with the address would cover them.
    #[prop(optional, into)]
    on_found: Option<Callback<()>>,
) -> impl IntoView {
    let left = RwSignal::new(Arc::<Vec<Left>>::default());
    let look = move || {
        spawn_local(async move {
            let found = records::left().await.into_iter().filter_map(Left::of).collect();
            left.try_set(Arc::new(found));
        });
    };
    look();
    let shown = Memo::new(move |_| {
        let about = about.get();
        let is_about =
            |it: &&Left| about.as_ref().is_none_or(|id| it.workspaces.len() == 1 && it.workspaces.contains(id));
        left.with(|left| left.iter().filter(is_about).cloned().collect::<Vec<_>>())
    });
    watch(move || {
        if let Some(on_found) = on_found.filter(|_| shown.with(|shown| !shown.is_empty())) {
            untrack(|| on_found.run(()));
        }
    });
    let go_on = Callback::new(move |record: Record| {
        spawn_local(async move {
            job.go_on(record).await;
            look();
        });
    });
    let forget = Callback::new(move |record: Record| {
        record.forget();
        look();
    });
    dynamic(move || {
        let banner = |it: Left| view! { <LeftJob left=it names=names go_on=go_on forget=forget/> }.into_any();
        shown.get().into_iter().map(banner).collect_view().into_any()
    })
}

#[component]
fn LeftJob(left: Left, names: JobNames, go_on: Callback<Record>, forget: Callback<Record>) -> impl IntoView {
    let what = title(left.action, left.people, &left.workspaces, names);
    let (title, button) = match left.open {
        0 => (format!("{what} has ended, and nobody has seen how"), "See the outcome"),
        open => {
            let (open, total) = (count_words(open), count_words(left.total));
            (format!("{what} was interrupted, with {open} of {total} changes still to be made"), "Go on")
        }
    };
    let record = StoredValue::new(left.record);
    let go_on = Callback::new(move |()| go_on.run(record.get_value()));
    let forget = Callback::new(move |()| forget.run(record.get_value()));
    view! {
        <Banner tone=Tone::Warning title=title>
            <p>{"Whoever was on the way when the page was closed is looked up first."}</p>
            <div class="job__tools">
                <Button variant=ButtonVariant::Primary on_click=go_on>{button}</Button>
                <Button on_click=forget>"Leave it so"</Button>
            </div>
        </Banner>
    }
}
