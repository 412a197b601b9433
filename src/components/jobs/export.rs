//! The outcomes as a file, or on the clipboard.
//!
//! Invariant: what is shown is what is exported: the same rows, in their order.

use std::sync::Arc;

use leptos::prelude::*;

use super::words::{JobNames, outcome};
use crate::bulk::Item;
use crate::components::save_table;
use crate::csv;
use crate::domain::WorkspaceId;
use crate::state::Notices;
use crate::ui::{Button, CopyButton, Icon};

pub(super) type Shown = Memo<Arc<(Vec<Item>, Vec<WorkspaceId>)>>;

/// Saves or copies the outcomes that are shown.
#[component]
pub(super) fn ExportButtons(shown: Shown, names: JobNames) -> impl IntoView {
    let notices: Notices = expect_context();
    let save = Callback::new(move |()| save_table(notices, "members", untrack(|| rows(shown, names))));
    let text = Signal::derive(move || csv::for_clipboard(rows(shown, names)));
    view! {
        <Button icon=Icon::External on_click=save>"Export CSV"</Button>
        <CopyButton text=text label="Copy outcomes"/>
    }
}

fn rows(shown: Shown, names: JobNames) -> Vec<Vec<String>> {
    let header = ["name", "email_or_id", "user_id", "workspace", "workspace_id", "outcome", "reason"];
    let mut rows = vec![header.map(str::to_owned).to_vec()];
    shown.with(|shown| {
        for item in &shown.0 {
            let (name, second) = names.person(&item.person);
            let (_, word, why) = outcome(item);
            let place = shown.1.get(item.place);
            let workspace = place.map(|id| names.workspace(id)).unwrap_or_default();
            let id = place.map(WorkspaceId::to_string).unwrap_or_default();
            rows.push(vec![name, second, item.person.to_string(), workspace, id, word.to_lowercase(), why]);
        }
    });
    rows
}
