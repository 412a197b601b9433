//! The outcomes that are shown as a file, or on the clipboard.

use leptos::prelude::*;

use super::outcomes::Rows;
use super::words::{JobNames, outcome};
use crate::components::save_table;
use crate::csv;
use crate::domain::Workspace;
use crate::jobs::engine::Column;
use crate::ui::{Button, CopyButton, Icon};
use crate::write::Notices;

/// Saves or copies the outcomes that are shown, in their order.
#[component]
pub(super) fn ExportButtons(rows: Memo<Rows>, names: JobNames) -> impl IntoView {
    let notices: Notices = expect_context();
    let save = Callback::new(move |()| {
        let file = rows.with_untracked(|rows| rows.words().map(|words| words.file));
        save_table(notices, file.unwrap_or("outcomes"), untrack(|| table(rows, names)));
    });
    let text = Signal::derive(move || csv::for_clipboard(table(rows, names)));
    view! {
        <Button icon=Icon::External on_click=save>"Export CSV"</Button>
        <CopyButton text=text label="Copy outcomes"/>
    }
}

fn table(rows: Memo<Rows>, names: JobNames) -> Vec<Vec<String>> {
    rows.with(|rows| {
        let Some(words) = rows.words() else { return Vec::new() };
        let has = |column| words.columns.contains(&column);
        let (has_person, has_change) = (has(Column::Person), has(Column::Change));
        let row = |person: [String; 3], place: [String; 2], change: String, end: [String; 2]| {
            let person = person.into_iter().filter(|_| has_person);
            let change = Some(change).into_iter().filter(|_| has_change);
            person.chain(place).chain(change).chain(end).collect::<Vec<_>>()
        };
        let person = ["name", "email_or_id", "user_id"].map(str::to_owned);
        let (place, end) = (["workspace", "workspace_id"].map(str::to_owned), ["outcome", "reason"].map(str::to_owned));
        let mut table = vec![row(person, place, "change".to_owned(), end)];
        table.extend(rows.iter().map(|(about, state)| {
            let (name, second) = about.person.as_ref().map(|id| names.person(id)).unwrap_or_default();
            let id = about.person.as_ref().map(ToString::to_string).unwrap_or_default();
            let label = names.workspace(&about.workspace, Workspace::label);
            let place = [label.unwrap_or_else(|| about.workspace.to_string()), about.workspace.to_string()];
            let (_, word, reason) = outcome(words, state);
            row([name, second, id], place, about.change.clone().unwrap_or_default(), [word.to_lowercase(), reason])
        }));
        table
    })
}
