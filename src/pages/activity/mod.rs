//! What was done from this browser, newest first: one row an action, with its requests.
//!
//! Invariant: search and filters are in the address.

mod entry;
mod rows;
mod steps;
mod storage;
mod undo;

use leptos::prelude::*;

use crate::activity::{ActivityRecord, csv_rows, json};
use crate::components::{PageHeader, fixed_options, save_json, save_table, search_in_address, shown_of};
use crate::domain::{ActivityState, KindFilter, UserId};
use crate::navigation::{use_navigator, use_route};
use crate::routes::{ActivityQuery, Route};
use crate::ui::{Bound, Button, EmptyState, Icon, LinkButton, SearchBox, Select, column_heads, dynamic, exact};
use crate::write::Notices;

use entry::Entry;
use rows::ActivityRows;
use storage::StorageChoice;
use undo::UndoDialog;

/// How many more rows are drawn at a time.
const PAGE: usize = 50;

/// The page of what was done from this browser.
#[component]
pub fn ActivityPage() -> impl IntoView {
    let (navigator, route) = (use_navigator(), use_route());
    let query = Memo::new(move |last: Option<&ActivityQuery>| match route.get() {
        Route::Activity(query) => query,
        _ => last.cloned().unwrap_or_default(),
    });
    let in_address = Memo::new(move |_| query.with(|query| query.search.clone()));
    let search = search_in_address(in_address, move |search| {
        navigator.replace(&ActivityQuery { search, ..query.get_untracked() }.route());
    });
    let rows = ActivityRows::new(query, search);
    // Outside world: the address. That of an earlier release leads here too.
    Effect::new(move |_| {
        if window().location().pathname().is_ok_and(|path| path.ends_with("/journal")) {
            navigator.replace(&query.get_untracked().route());
        }
    });
    view! {
        <PageHeader title="Activity" actions=move || view! { <Exports rows=rows/> }/>
        <div class="toolbar">
            <SearchBox value=search label="Search activity" placeholder="Search actions, names, IDs or messages"/>
            <Filters query=query/>
            <p class="toolbar__status" role="status">{exact(move || count_text(rows))}</p>
        </div>
        <StorageChoice rows=rows/>
        <List rows=rows/>
        <UndoDialog rows=rows/>
    }
}

#[component]
fn Filters(query: Memo<ActivityQuery>) -> impl IntoView {
    let navigator = use_navigator();
    let kind = Bound::new(
        move || query.with(|query| query.kind.word().to_owned()),
        move |word: String| {
            let kind = KindFilter::parse(&word).unwrap_or_default();
            navigator.push(&ActivityQuery { kind, ..query.get_untracked() }.route());
        },
    );
    let state = Bound::new(
        move || query.with(|query| query.state.map_or("all", ActivityState::word).to_owned()),
        move |word: String| {
            let state = ActivityState::parse(&word);
            navigator.push(&ActivityQuery { state, ..query.get_untracked() }.route());
        },
    );
    let kinds = fixed_options(&[
        (KindFilter::All.word(), "All actions"),
        (KindFilter::Workspaces.word(), "Workspaces and settings"),
        (KindFilter::Budgets.word(), "Budgets"),
        (KindFilter::Members.word(), "Members"),
        (KindFilter::Keys.word(), "API keys"),
    ]);
    let states = fixed_options(&[
        ("all", "All states"),
        (ActivityState::Done.word(), "Done"),
        (ActivityState::Partly.word(), "Partly done"),
        (ActivityState::Failed.word(), "Failed"),
        (ActivityState::Unclear.word(), "Unclear"),
        (ActivityState::Running.word(), "Running"),
    ]);
    view! {
        <Select value=kind options=kinds label="Actions"/>
        <Select value=state options=states label="State"/>
    }
}

fn count_text(rows: ActivityRows) -> String {
    match rows.all.get() {
        0 => String::new(),
        all => shown_of(rows.shown.with(Vec::len), all, "action", "actions"),
    }
}

/// Exports what is shown.
#[component]
fn Exports(rows: ActivityRows) -> impl IntoView {
    let notices: Notices = expect_context();
    let reason = Signal::derive(move || rows.shown.with(Vec::is_empty).then(|| "Nothing to export".to_owned()));
    let name_of = move |id: &UserId| rows.name_of(id);
    let csv = move |()| {
        save_table(notices, "activity", untrack(|| csv_rows(&rows.records(), name_of)));
    };
    let json = move |()| {
        let text = untrack(|| json(&rows.records(), name_of));
        save_json(notices, "activity", &text);
    };
    view! {
        <Show when=move || rows.all.get() != 0>
            <Button icon=Icon::External on_click=csv disabled_reason=reason>"Export CSV"</Button>
            <Button icon=Icon::External on_click=json disabled_reason=reason>"Export JSON"</Button>
        </Show>
    }
}

#[component]
fn List(rows: ActivityRows) -> impl IntoView {
    #[derive(Clone, Copy, PartialEq)]
    enum Content {
        Table,
        Empty,
        NoMatch,
    }
    let content = Memo::new(move |_| match (rows.all.get(), rows.shown.with(Vec::is_empty)) {
        (0, _) => Content::Empty,
        (_, true) => Content::NoMatch,
        _ => Content::Table,
    });
    dynamic(move || match content.get() {
        Content::Table => view! { <Table rows=rows/> }.into_any(),
        Content::NoMatch => view! {
            <EmptyState title="No matching activity" icon=Icon::Search>{"Try another search or filter."}</EmptyState>
        }
        .into_any(),
        Content::Empty => view! {
            <EmptyState
                title="No activity yet"
                icon=Icon::Clock
                actions=|| view! { <LinkButton href=Route::home().href()>"View workspaces"</LinkButton> }.into_any()
            >
                {"What you create, change or delete appears here, with each request that was sent."}
            </EmptyState>
        }
        .into_any(),
    })
}

#[component]
fn Table(rows: ActivityRows) -> impl IntoView {
    let drawn = RwSignal::new(PAGE);
    let rest = move || rows.shown.with(Vec::len).saturating_sub(drawn.get());
    let more = move |()| drawn.update(|drawn| *drawn += PAGE);
    view! {
        <div class="table-box">
            <table class="table table--activity" role="table">
                <caption class="visually-hidden">{"Activity"}</caption>
                <thead role="rowgroup">
                    <tr role="row">{column_heads(&["Action", "State", "Time", "Key", "Undo"])}</tr>
                </thead>
                <tbody role="rowgroup">
                    <For
                        each=move || rows.shown.with(|shown| shown.iter().take(drawn.get()).cloned().collect::<Vec<_>>())
                        key=|id| id.clone()
                        children=move |id| view! { <Entry rows=rows id=id/> }
                    />
                </tbody>
            </table>
        </div>
        <Show when=move || rest() != 0>
            <div class={"activity__more"}>
                <Button on_click=more>{exact(move || format!("Show {} more", rest().min(PAGE)))}</Button>
            </div>
        </Show>
    }
}

impl ActivityRows {
    /// The records that are shown, as they are now.
    fn records(self) -> Vec<ActivityRecord> {
        let record = |id: &crate::activity::RecordId| self.log.with_record(id, ActivityRecord::clone);
        self.shown.with(|shown| shown.iter().filter_map(record).collect())
    }
}
