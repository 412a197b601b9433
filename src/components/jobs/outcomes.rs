//! What became of each person.
//!
//! Invariant: a filter hides rows of one list; it never makes another.

use std::sync::Arc;

use leptos::prelude::*;

use super::export::ExportButtons;
use super::words::{JobNames, Kind, outcome};
use crate::bulk::{Item, Stage};
use crate::components::place_cell;
use crate::domain::message_in_words;
use crate::domain::text::count_words;
use crate::forms::ranked;
use crate::state::BulkJob;
use crate::ui::{Badge, Select, SelectOption, VirtualTable, column_heads};

const ALL: &str = "all";

/// The list, with its filter.
#[component]
pub(super) fn Outcomes(job: BulkJob, names: JobNames) -> impl IntoView {
    let chosen = RwSignal::new(ALL.to_owned());
    let shown = Memo::new(move |_| {
        let kind = chosen.with(|chosen| Kind::ALL.into_iter().find(|kind| kind.label() == chosen));
        let items = job.with(|machine| {
            let is_shown = |item: &&Item| kind.is_none() || Kind::of(&item.status) == kind;
            let items: Vec<Item> = machine.items().iter().filter(is_shown).cloned().collect();
            match machine.stage() {
                Stage::Ended => ranked(items, Kind::LAST, |item| Kind::of(&item.status).map_or(0, Kind::rank)),
                _ => items,
            }
        });
        Arc::new((items.unwrap_or_default(), job.with(|machine| machine.workspaces().to_vec()).unwrap_or_default()))
    });
    let options = Signal::derive(move || {
        let tally = job.tally.get();
        let option = |kind: Kind| match kind.count(&tally) {
            0 => None,
            count => Some(SelectOption::new(kind.label(), format!("{} ({})", kind.label(), count_words(count)))),
        };
        let all = SelectOption::new(ALL, format!("All ({})", count_words(tally.total())));
        std::iter::once(all).chain(Kind::ALL.into_iter().filter_map(option)).collect::<Vec<_>>()
    });
    let key = move |at: usize| {
        shown.with(|shown| shown.0.get(at).map_or_else(String::new, |item| format!("{}/{}", item.place, item.person)))
    };
    let row = move |at: usize| {
        shown.with(|shown| match shown.0.get(at) {
            Some(item) => {
                let workspace =
                    shown.1.get(item.place).filter(|_| names.is_across).map(|id| (names.workspace(id), names.slug(id)));
                cells(names, item, workspace)
            }
            None => ().into_any(),
        })
    };
    view! {
        <div class="job__tools">
            <Select value=chosen options=options label="Outcomes shown"/>
            <ExportButtons shown=shown names=names/>
        </div>
        <VirtualTable
            caption="Outcome for each person"
            class="table--job"
            header=move || column_heads(if names.is_across { &["Person", "Workspace", "Outcome"] } else { &["Person", "Outcome"] })
            row_count=Signal::derive(move || shown.with(|shown| shown.0.len()))
            row_key=Callback::new(key)
            row=Callback::new(row)
            columns=if names.is_across { 3 } else { 2 }
            busy=Signal::derive(move || job.is_running())
        />
    }
}

fn cells(names: JobNames, item: &Item, workspace: Option<(String, Option<String>)>) -> AnyView {
    let (name, second) = names.person(&item.person);
    let (tone, word, why) = outcome(item);
    let why = message_in_words(&why);
    let title = why.clone();
    view! {
        <td role="cell" class="col-name is-title">
            <div class="cell-stack"><bdi>{name}</bdi><bdi class="cell-note">{second}</bdi></div>
        </td>
        {workspace.map(|(name, slug)| place_cell(name, slug))}
        <td role="cell" data-label="Outcome">
            <span class="clamp" title=title><Badge tone=tone>{word}</Badge>{" "}<bdi>{why}</bdi></span>
        </td>
    }
    .into_any()
}
