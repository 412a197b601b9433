//! The baseline of this browser, and the workspaces that have moved from it.

use std::collections::HashMap;
use std::sync::Arc;

use leptos::prelude::*;

use super::file_text::FileText;
use super::reads::{INCOMPLETE, Reads, known, known_people, member_ids};
use crate::components::{BaselineStore, FormSection, NotKept, OnDate, summary_of, use_baseline};
use crate::data::{Remote, Shared, WorkspaceBudgets, WorkspaceMembers};
use crate::domain::text::{counted, format_count};
use crate::domain::{BudgetState, Timestamp, UserId, Workspace, WorkspaceRef, inline_text};
use crate::files::plan::{Details, Difference, Drift, Known, State, compare, drift};
use crate::files::{Baseline, Document};
use crate::routes::Route;
use crate::ui::{Button, ButtonVariant, Disclosure, EmptyState, Icon, dynamic, exact, exact_text};
use crate::write::Notices;

/// Up to this number of workspaces their limits and members are read without being asked for.
pub(super) const READ_AT_ONCE: usize = 100;
/// How many workspaces are drawn at first, and with each press of the button.
const STEP: usize = 50;

/// The part of the baseline that is compared.
fn compared(baseline: &Baseline, is_whole: bool) -> Document {
    let mut document = baseline.document.clone();
    if !is_whole {
        for entry in &mut document.workspaces {
            (entry.budget, entry.members) = (None, None);
        }
    }
    document
}

/// The present workspaces, as far as they have been read for the baseline.
fn state_of(reads: Reads, baseline: &Baseline) -> State {
    let rows = reads.workspaces.rows();
    let (budgets, members) = (reads.budgets.values(), reads.members.values());
    let mut details = HashMap::new();
    for row in rows.iter().filter(|row| baseline.entry_of(&row.workspace).is_some()) {
        let id = &row.workspace.id;
        let budget = match known(reads.budgets, &budgets, &WorkspaceBudgets(id.clone())) {
            Known::Ready(found) if !found.unread.is_empty() => Known::Failed(INCOMPLETE.to_owned()),
            found => found.map(|found| BudgetState::of(&found)),
        };
        let members = member_ids(known(reads.members, &members, &WorkspaceMembers(id.clone())));
        details.insert(id.clone(), Details { budget, members, ..Details::default() });
    }
    known_people(reads.directory, State::new(rows.iter().map(|row| row.workspace.clone()).collect(), details))
}

/// What differs.
#[derive(Debug, Default, PartialEq)]
struct Comparison {
    drifts: Vec<Drift>,
    unchanged: usize,
    loading: usize,
    /// Workspaces that the baseline does not have.
    others: Vec<Arc<Workspace>>,
}

fn comparison(reads: Reads, baseline: &Baseline, is_whole: bool) -> Comparison {
    let state = state_of(reads, baseline);
    let plan = compare(&compared(baseline, is_whole), &state);
    let drifts = drift(&plan, |id: &UserId| state.name_of(id));
    let loading = plan.workspaces.iter().filter(|it| it.is_loading).count();
    let is_other = |workspace: &&Arc<Workspace>| baseline.entry_of(workspace).is_none();
    let others = state.workspaces.iter().filter(is_other).cloned().collect();
    let unchanged = plan.workspaces.iter().filter(|it| it.is_unchanged() && it.id.is_some()).count();
    Comparison { drifts, unchanged, loading, others }
}

#[component]
pub(super) fn BaselineSection(reads: Reads, file: FileText) -> impl IntoView {
    let (store, notices): (_, Notices) = (use_baseline(), expect_context());
    let reason = Signal::derive(move || {
        reads.file.with(|file| match file {
            None => Some("Import a file first".to_owned()),
            Some(Err(_)) => Some("The file has problems".to_owned()),
            Some(Ok(file)) => file.workspaces.is_empty().then(|| "The file has no workspaces".to_owned()),
        })
    });
    let keep = Callback::new(move |()| {
        let document = reads.file.get_untracked().and_then(Result::ok);
        match document.map(|document| store.keep(&document)) {
            Some(Ok(())) => notices.success("Baseline kept in this browser"),
            Some(Err(NotKept::TooLarge)) => {
                notices.failure(
                    "Couldn’t keep the baseline",
                    "It is larger than 2 MB. Keep a file with fewer workspaces.",
                );
            }
            Some(Err(NotKept::NotStored)) => {
                notices.failure("Couldn’t keep the baseline", "Your browser has no space for it, or blocks storage.");
            }
            None => {}
        }
    });
    let is_kept = Memo::new(move |_| store.opened.with(Option::is_some));
    let keep_label =
        move || if is_kept.get() { "Replace with the imported file" } else { "Keep the imported file as the baseline" };
    view! {
        <FormSection
            title="Baseline"
            description="A file that this browser keeps, so that you see which workspaces have moved from it. It stays after you sign out, until you remove it."
        >
            {dynamic(move || match store.opened.get() {
                Some(baseline) => view! { <Kept baseline=baseline store=store reads=reads file=file/> }.into_any(),
                None => view! {
                    <p class={"muted"}>{"No baseline yet. Import a file, such as an export of all workspaces, and keep it."}</p>
                }.into_any(),
            })}
            <div class="job__tools">
                <Button disabled_reason=reason on_click=keep>{exact(keep_label)}</Button>
                <Show when=move || is_kept.get()>
                    <Button icon=Icon::Trash on_click=move |()| store.remove()>"Remove baseline"</Button>
                </Show>
            </div>
        </FormSection>
    }
}

#[component]
fn Kept(baseline: Shared<Baseline>, store: BaselineStore, reads: Reads, file: FileText) -> impl IntoView {
    let count = baseline.document.workspaces.len();
    let is_whole = move || reads.is_baseline_read.get() || count <= READ_AT_ONCE;
    let at = Timestamp::from_unix_seconds(baseline.at);
    let compared = Memo::new(move |_| {
        let is_listed = !reads.workspaces.data.state.with(Remote::is_loading);
        is_listed.then(|| Shared::new(comparison(reads, &baseline, is_whole())))
    });
    let summary = move || match compared.get() {
        None => "Loading workspaces…".to_owned(),
        Some(found) => summary_of(&[
            (found.drifts.len(), if found.drifts.len() == 1 { "workspace differs" } else { "workspaces differ" }),
            (found.loading, "still loading"),
            (found.unchanged, "unchanged"),
            (found.others.len(), "not in the baseline"),
        ]),
    };
    let is_same = Memo::new(move |_| {
        compared.with(|found| found.as_ref().is_some_and(|found| found.drifts.is_empty() && found.loading == 0))
    });
    let most = RwSignal::new(STEP);
    view! {
        <p>{"Kept on "}<OnDate at=at/>{format!(" with {}", counted(count, "workspace", "workspaces"))}</p>
        <p class="change__summary" role="status">{exact(summary)}</p>
        {dynamic(move || is_same.get().then(|| view! {
            <EmptyState title="No differences" icon=Icon::Success>{same_text(is_whole())}</EmptyState>
        }))}
        {dynamic(move || compared.get().map(|found| differing(&found, most)))}
        {dynamic(move || (!is_whole()).then(|| view! {
            <Button variant=ButtonVariant::Primary on_click=move |()| reads.is_baseline_read.set(true)>
                {exact_text(format!("Compare limits and members of {} workspaces", format_count(count)))}
            </Button>
        }))}
        {dynamic(move || compared.get().and_then(|found| others(&found.others)))}
        <Show when=move || !is_same.get()>
            <div>
                <Button on_click=move |()| file.replace(store.file())>"Import the baseline to see the plan back"</Button>
            </div>
        </Show>
    }
}

fn same_text(is_whole: bool) -> &'static str {
    match is_whole {
        true => "The workspaces are as in the baseline.",
        false => "The settings are as in the baseline. Limits and members were not compared.",
    }
}

fn differing(found: &Comparison, most: RwSignal<usize>) -> AnyView {
    let hidden = found.drifts.len().saturating_sub(most.get());
    let more = (hidden != 0).then(|| {
        view! {
            <Button on_click=move |()| most.update(|most| *most += STEP)>
                {exact_text(format!("Show {} more", format_count(hidden.min(STEP))))}
            </Button>
        }
    });
    let rows = found.drifts.iter().take(most.get()).map(workspace).collect_view();
    view! { <ul class="files__list" aria-label="Workspaces that differ from the baseline">{rows}</ul>{more} }.into_any()
}

fn workspace(drift: &Drift) -> AnyView {
    let name = inline_text(&drift.name);
    let title = match &drift.id {
        Some(id) => {
            let href = Route::workspace(WorkspaceRef::from(id)).href();
            view! { <a href=href><bdi>{exact_text(name)}</bdi></a> }.into_any()
        }
        None => view! { <bdi>{exact_text(name)}</bdi> }.into_any(),
    };
    let line = |it: &Difference| {
        let before = it.before.clone();
        view! {
            <li>
                {it.label.clone()}": "
                {before.map(|before| view! { <del><bdi>{exact_text(before)}</bdi></del>" → " })}
                <ins><bdi>{exact_text(it.now.clone())}</bdi></ins>
            </li>
        }
    };
    view! {
        <li class="files__workspace">
            <h3 class="files__name">{title}" "<bdi class="mono muted">{drift.slug.clone()}</bdi></h3>
            <ul class="files__changes">{drift.differences.iter().map(line).collect_view()}</ul>
        </li>
    }
    .into_any()
}

/// The workspaces that the baseline does not have, folded.
fn others(others: &[Arc<Workspace>]) -> Option<AnyView> {
    let summary = counted(others.len(), "workspace is not in the baseline", "workspaces are not in the baseline");
    let name = |it: &Arc<Workspace>| {
        view! { <li><bdi>{it.inline_label()}</bdi>" "<bdi class="mono muted">{it.slug.to_string()}</bdi></li> }
    };
    let names = others.iter().take(500).map(name).collect_view();
    (!others.is_empty()).then(|| view! { <Disclosure summary=summary><ul>{names}</ul></Disclosure> }.into_any())
}
