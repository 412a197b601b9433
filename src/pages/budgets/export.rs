//! The shown rows as a CSV file.
//!
//! Invariant: amounts are exact and plain; what has not been read is empty and says so.

use leptos::prelude::*;

use super::reading::Reading;
use super::table::Rows;
use crate::components::save_table;
use crate::domain::{Interval, Usd, Workspace};
use crate::forms::SpendReading;
use crate::state::Notices;
use crate::ui::{Button, Icon};

/// Saves the shown rows; where some are selected, those.
#[component]
pub(super) fn ExportButton(rows: Rows) -> impl IntoView {
    let notices: Notices = expect_context();
    let export = Callback::new(move |()| save_table(notices, "budgets", untrack(|| table(rows))));
    let reason =
        Signal::derive(move || rows.shown.with(Vec::is_empty).then(|| "There is nothing to export".to_owned()));
    view! { <Button icon=Icon::External disabled_reason=reason on_click=export>"Export CSV"</Button> }
}

fn table(rows: Rows) -> Vec<Vec<String>> {
    let mut header = vec!["workspace".to_owned(), "slug".to_owned(), "id".to_owned(), "byok_counts".to_owned()];
    for interval in Interval::ALL {
        let interval = interval.as_str();
        header.extend([format!("{interval}_limit_usd"), format!("{interval}_spent_usd")]);
    }
    header.push("note".to_owned());
    let is_any_selected = rows.choosing.selection.with(|selection| !selection.is_empty());
    let is_wanted = |workspace: &Workspace| {
        !is_any_selected || rows.choosing.selection.with(|selection| selection.contains(&workspace.id))
    };
    let lines: Vec<Vec<String>> = rows.shown.with(|shown| {
        shown.iter().filter(|workspace| is_wanted(workspace)).map(|workspace| line(rows, workspace)).collect()
    });
    std::iter::once(header).chain(lines).collect()
}

fn line(rows: Rows, workspace: &Workspace) -> Vec<String> {
    let reading = rows.overview.of(&workspace.id).get();
    let standing = reading.standing();
    let counts = standing.and_then(|standing| standing.state.counts_byok);
    let counts = counts.map_or("", |counts| if counts { "yes" } else { "no" });
    let mut cells =
        vec![workspace.name.clone(), workspace.slug.to_string(), workspace.id.to_string(), counts.to_owned()];
    for interval in Interval::ALL {
        let limit = standing.and_then(|standing| standing.state.ladder.get(interval));
        let spent = standing.and_then(|standing| match &standing.spend {
            SpendReading::Known(spend) => Some(spend.within(interval, standing.state.counts_byok == Some(true))),
            _ => None,
        });
        cells.extend([limit, spent].map(|amount| amount.map(Usd::plain).unwrap_or_default()));
    }
    let note = match (&reading, standing.map(|standing| &standing.spend)) {
        (Reading::Waiting, _) => "not read yet",
        (Reading::Failed(_), _) => "could not be read",
        (_, Some(SpendReading::Failed(_) | SpendReading::TooLarge)) => "spend is not known",
        (_, Some(SpendReading::NotNeeded)) => "no budget",
        _ => "",
    };
    cells.push(note.to_owned());
    cells
}
