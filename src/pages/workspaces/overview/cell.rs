//! The cell of a workspace in the column "This month".

use leptos::prelude::*;

use super::Readings;
use crate::data::{Remote, WorkspaceOverview};
use crate::domain::{Interval, Pressure, Usd, WorkspaceId, inline_message};
use crate::search::month_spend::MonthFigure;
use crate::ui::{exact_text, percentage};

const NAMESAKE: &str = "Another workspace has the same name, so the API’s records don’t tell their spend apart";
const UNCLEAR: &str = "The API’s records may have this workspace under another name";

#[derive(Debug, Clone, PartialEq)]
enum Spent {
    Loading,
    Unknown(String),
    Of(Usd, Option<Usd>),
}

pub(super) fn spend_cell(readings: Readings, workspace: WorkspaceId) -> AnyView {
    let spent = Memo::new(move |_| spent(readings, &workspace));
    (move || match spent.get() {
        Spent::Loading => view! { <span class="muted">{"…"}</span> }.into_any(),
        Spent::Unknown(reason) => view! { <span class="muted" title=reason>{"—"}</span> }.into_any(),
        Spent::Of(spent, None) => {
            let title = format!("{} spent this month", spent.brief());
            // The place of a share stays empty, so that amounts are below each other.
            view! {
                <div class="use" title=title>
                    <span class="use__limit">{exact_text(spent.table_text())}</span>
                    <span class={"use__share"}></span>
                </div>
            }
            .into_any()
        }
        Spent::Of(spent, Some(limit)) => used(spent, limit),
    })
    .into_any()
}

fn spent(readings: Readings, workspace: &WorkspaceId) -> Spent {
    if let Remote::Failed(error) = readings.month.state.get() {
        return Spent::Unknown(inline_message(&format!("Couldn’t load the API’s records: {}", error.sentence())));
    }
    let Some(month) = readings.spend.get() else { return Spent::Loading };
    let spent = match month.of(workspace) {
        None => return Spent::Loading,
        Some(MonthFigure::Namesake) => return Spent::Unknown(NAMESAKE.to_owned()),
        Some(MonthFigure::Unclear) => return Spent::Unknown(UNCLEAR.to_owned()),
        Some(MonthFigure::Spent(spent)) => spent,
    };
    let reading = readings.each.get(&WorkspaceOverview(workspace.clone()));
    let budgets = reading.data().and_then(|reading| reading.budgets.as_ref().ok());
    Spent::Of(spent, budgets.and_then(|budgets| budgets.state.ladder.get(Interval::Monthly)))
}

fn used(spent: Usd, limit: Usd) -> AnyView {
    let class = match Pressure::of(spent, limit) {
        Pressure::Fine => "use",
        Pressure::Near => "use use--near",
        Pressure::Over => "use use--over",
    };
    let width = percentage(spent.ratio(limit));
    view! {
        <div class=class title=format!("{} of {limit} spent this month", spent.brief())>
            <span class="use__limit">{exact_text(spent.table_text())}</span>
            <span class="use__share">{exact_text(spent.format_share(limit))}</span>
            <span class="use__bar" aria-hidden="true"><span class="use__fill" style:inline-size=width></span></span>
        </div>
    }
    .into_any()
}
