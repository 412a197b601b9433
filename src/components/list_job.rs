//! What the dialogs of jobs share: the people that a job is about, its preview, and the buttons that start it.

use std::sync::Arc;

use leptos::prelude::*;

use super::{JobPanels, PeopleRows};
use crate::domain::{UserId, text::format_count};
use crate::routes::PeoplePanel;
use crate::selection::Selection;
use crate::ui::{Button, ButtonVariant, VirtualTable, column_heads, exact};

/// The selected people, as they were when the panel's job began. Closes the panel if no one is selected.
pub(crate) fn selected_people(rows: PeopleRows, panels: JobPanels, panel: PeoplePanel) -> Memo<Arc<Vec<UserId>>> {
    let selection = rows.row_selection.selection;
    panels.require_selection(panel, move || selection.with(Selection::is_empty));
    let is_choosing = Memo::new(move |_| panels.is_asked(panel) && !panels.is_job(panel));
    Memo::new(move |last: Option<&Arc<Vec<UserId>>>| match is_choosing.get() {
        true => {
            selection.track();
            Arc::new(rows.row_selection.selected_ids())
        }
        false => last.cloned().unwrap_or_default(),
    })
}

/// The counts of a summary that are not zero, such as `5 to add · 3 already members`.
pub(crate) fn summary_of(parts: &[(usize, &str)]) -> String {
    let parts = parts.iter().filter(|(count, _)| *count != 0);
    parts.map(|(count, text)| format!("{} {text}", format_count(*count))).collect::<Vec<_>>().join(" · ")
}

/// What a job would do: a summary, and a table if there are rows.
#[component]
pub(crate) fn PreviewTable(
    caption: &'static str,
    heads: &'static [&'static str],
    #[prop(into)] summary: Signal<String>,
    /// Between the summary and the table.
    #[prop(optional)]
    children: Option<Children>,
    #[prop(into)] row_count: Signal<usize>,
    #[prop(into)] row_key: Callback<usize, String>,
    #[prop(into)] row: Callback<usize, AnyView>,
) -> impl IntoView {
    view! {
        <p class="change__summary" role="status">{exact(summary)}</p>
        {children.map(|children| children())}
        <Show when=move || row_count.get() != 0>
            <VirtualTable
                caption=caption
                class="table--job"
                header=move || column_heads(heads)
                row_count=row_count
                row_key=row_key
                row=move |at| row.run(at)
                columns=heads.len()
            />
        </Show>
    }
}

/// The buttons under the choice: one that cancels, and one that starts the job.
#[component]
pub(crate) fn JobStartButtons(
    panels: JobPanels,
    #[prop(default = ButtonVariant::Primary)] variant: ButtonVariant,
    /// Whether focus starts on Cancel.
    #[prop(optional)]
    is_cautious: bool,
    #[prop(into)] label: Signal<String>,
    /// Why the job can't be started now.
    #[prop(into)]
    disabled_reason: Signal<Option<String>>,
    #[prop(into)] on_start: Callback<()>,
) -> impl IntoView {
    view! {
        <Button on_click=move |()| panels.close() autofocus=is_cautious>"Cancel"</Button>
        <Button variant=variant disabled_reason=disabled_reason on_click=on_start>{exact(label)}</Button>
    }
}
