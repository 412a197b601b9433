//! The outcome of each item, with a filter and an export of what is shown.

use super::unmatched::Unmatched;
use super::words::{JobNames, outcome, rank};
use crate::components::people::name_cell;
use crate::components::{clamped, place_cell, save_table, workspace_cell};
use crate::csv;
use crate::domain::{inline_message, text::format_count};
use crate::jobs::engine::{About, Column, Words};
use crate::jobs::{JobRunner, Outcome, OutcomeKind, Snapshot, Stage};
use crate::search::sorting::sort_rows;
use crate::ui::{Button, CopyButton, Icon, Select, SelectOption, VirtualTable, column_heads};
use crate::write::Notices;
use leptos::prelude::*;
use std::sync::Arc;

const ALL: &str = "all";

/// The rows that are shown, in order.
#[derive(Clone, Default)]
struct Rows {
    words: Option<&'static Words>,
    about: Arc<Vec<About>>,
    /// Positions in `about`, with the outcome of each.
    shown: Vec<(usize, Outcome)>,
}

impl PartialEq for Rows {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.about, &other.about) && self.shown == other.shown
    }
}

impl Rows {
    fn get(&self, at: usize) -> Option<(&About, &Outcome)> {
        self.shown.get(at).map(|(at, outcome)| (&self.about[*at], outcome))
    }

    fn iter(&self) -> impl Iterator<Item = (&About, &Outcome)> {
        self.shown.iter().map(|(at, outcome)| (&self.about[*at], outcome))
    }
}

/// The columns of a table. Jobs within one workspace do not name it.
fn columns(words: &Words, names: JobNames) -> Vec<Column> {
    let is_shown = |column: &Column| names.is_across || *column != Column::Workspace;
    words.columns.iter().copied().filter(is_shown).collect()
}

/// The rows of an outcome, or all; what needs attention first once the job has ended.
fn rows_of(job: &Snapshot, chosen: &str) -> Rows {
    let wanted = OutcomeKind::ALL.into_iter().find(|kind| (job.words.outcome)(*kind).0 == chosen);
    let all = job.outcomes.iter().cloned().enumerate();
    let mut shown: Vec<_> = all.filter(|(_, it)| wanted.is_none() || it.kind() == wanted).collect();
    if job.stage == Stage::Ended {
        sort_rows(&mut shown, |(_, left), (_, right)| rank(left).cmp(&rank(right)));
    }
    Rows { words: Some(job.words), about: job.about.clone(), shown }
}

fn options_of(job: &Snapshot) -> Vec<SelectOption> {
    let option = |kind: OutcomeKind| match (job.counts.of(kind), (job.words.outcome)(kind).0) {
        (0, _) => None,
        (count, label) => Some(SelectOption::new(label, format!("{label} ({})", format_count(count)))),
    };
    let all = SelectOption::new(ALL, format!("All ({})", format_count(job.counts.total())));
    std::iter::once(all).chain(OutcomeKind::ALL.into_iter().filter_map(option)).collect()
}

#[component]
pub(super) fn Outcomes(job: JobRunner, names: JobNames, unmatched: RwSignal<Vec<Unmatched>>) -> impl IntoView {
    let chosen = RwSignal::new(ALL.to_owned());
    let rows = Memo::new(move |_| {
        let of = |job: &Snapshot| chosen.with(|chosen| rows_of(job, chosen));
        job.snapshot.with(|job| job.as_ref().map(of).unwrap_or_default())
    });
    let options = Signal::derive(move || job.snapshot.with(|job| job.as_ref().map(options_of).unwrap_or_default()));
    let key = move |at: usize| rows.with(|rows| rows.get(at).map(|(about, _)| key_of(about)).unwrap_or_default());
    let row = move |at: usize| {
        rows.with(|rows| match (rows.words, rows.get(at)) {
            (Some(words), Some((about, outcome))) => cells(words, names, about, outcome),
            _ => ().into_any(),
        })
    };
    // They are in no outcome, so a choice of one leaves them out.
    let table = move || {
        let is_all = chosen.with(|chosen| chosen == ALL);
        let unmatched = unmatched.with(|entries| if is_all { entries.clone() } else { Vec::new() });
        table(rows, names, &unmatched)
    };
    let notices: Notices = expect_context();
    let save = move |()| {
        let file = rows.with_untracked(|rows| rows.words.map(|words| words.file));
        save_table(notices, file.unwrap_or("outcomes"), untrack(table));
    };
    let words = job.snapshot.with_untracked(|job| job.as_ref().map(|job| job.words));
    let heads: Vec<&str> = words.map(|words| columns(words, names)).unwrap_or_default().into_iter().map(head).collect();
    let count = heads.len();
    view! {
        <div class="job__tools">
            <Select value=chosen options=options label="Filter outcomes"/>
            <Button icon=Icon::External on_click=save>"Export CSV"</Button>
            <CopyButton text=Signal::derive(move || csv::for_clipboard(table())) label="Copy outcomes"/>
        </div>
        <VirtualTable
            caption=words.map_or("", |words| words.caption)
            class="table--job"
            header=move || column_heads(&heads)
            row_count=Signal::derive(move || rows.with(|rows| rows.shown.len()))
            row_key=key
            row=row
            columns=count
            busy=job.is_running
        />
    }
}

fn head(column: Column) -> &'static str {
    match column {
        Column::Person => "Person",
        Column::Key => "API key",
        Column::Workspace => "Workspace",
        Column::Outcome => "Outcome",
        Column::Change => "Change",
    }
}

fn key_of(about: &About) -> String {
    let person = about.person.as_ref().map(ToString::to_string).unwrap_or_default();
    let key = about.key.as_ref().map(|key| key.hash.as_str()).unwrap_or_default();
    format!("{}/{person}{key}/{}", about.workspace, about.change.as_deref().unwrap_or_default())
}

fn cells(words: &Words, names: JobNames, about: &About, state: &Outcome) -> AnyView {
    let cell = |column| match column {
        Column::Person => {
            let (name, note) = about.person.as_ref().map(|id| names.person(id)).unwrap_or_default();
            name_cell(name, note)
        }
        Column::Key => {
            let (name, label) = about.key.as_ref().map(|key| (key.name.clone(), key.label.clone())).unwrap_or_default();
            name_cell(name, label)
        }
        Column::Workspace if about.person.is_some() || about.key.is_some() => {
            let slug = names.workspace(&about.workspace, |workspace| workspace.slug.to_string());
            place_cell(names.workspace_name(&about.workspace), slug)
        }
        Column::Workspace => names.workspace(&about.workspace, workspace_cell).unwrap_or_else(|| {
            let id = about.workspace.to_string();
            view! { <td role="cell" class="col-name is-title"><bdi class="mono">{id}</bdi></td> }.into_any()
        }),
        Column::Outcome => {
            let (tone, label, reason) = outcome(words, state);
            let content = clamped(Some((tone, label)), inline_message(&reason));
            view! { <td role="cell" data-label="Outcome">{content}</td> }.into_any()
        }
        Column::Change => {
            let content = clamped(None, about.change.clone().unwrap_or_default());
            view! { <td role="cell" data-label="Change">{content}</td> }.into_any()
        }
    };
    columns(words, names).into_iter().map(cell).collect_view().into_any()
}

/// The outcomes that are shown, in their order, as a CSV table, and the entries that matched no one.
fn table(rows: Memo<Rows>, names: JobNames, unmatched: &[Unmatched]) -> Vec<Vec<String>> {
    rows.with(|rows| {
        let Some(words) = rows.words else { return Vec::new() };
        let has = |column| words.columns.contains(&column);
        let (has_person, has_key, has_change) = (has(Column::Person), has(Column::Key), has(Column::Change));
        let row = |person: [String; 3], key: [String; 3], place: [String; 2], change: String, end: [String; 2]| {
            let person = person.into_iter().filter(|_| has_person);
            let key = key.into_iter().filter(|_| has_key);
            let change = Some(change).into_iter().filter(|_| has_change);
            person.chain(key).chain(place).chain(change).chain(end).collect::<Vec<_>>()
        };
        let person = ["name", "email_or_id", "user_id"].map(str::to_owned);
        let key = ["api_key", "label", "hash"].map(str::to_owned);
        let (place, end) = (["workspace", "workspace_id"].map(str::to_owned), ["outcome", "reason"].map(str::to_owned));
        let mut table = vec![row(person, key, place, "change".to_owned(), end)];
        table.extend(rows.iter().map(|(about, state)| {
            let (name, second) = about.person.as_ref().map(|id| names.person(id)).unwrap_or_default();
            let id = about.person.as_ref().map(ToString::to_string).unwrap_or_default();
            let place = [names.workspace_name(&about.workspace), about.workspace.to_string()];
            let (_, word, reason) = outcome(words, state);
            let key = about.key.clone().map(|key| [key.name, key.label, key.hash.to_string()]).unwrap_or_default();
            row([name, second, id], key, place, about.change.clone().unwrap_or_default(), [word.to_lowercase(), reason])
        }));
        table.extend(unmatched.iter().map(|entry| {
            let [name, second, word, reason] = entry.outcome();
            row([name, second, String::new()], Default::default(), Default::default(), String::new(), [word, reason])
        }));
        table
    })
}
