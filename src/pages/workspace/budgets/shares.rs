//! The same days by API key or person: a row for each with its total, its share and a bar for each day.

use leptos::prelude::*;

use crate::components::{AsyncView, LadderEditing, fixed_options};
use crate::data::{AnalyticsSchema, Dated, NamedSpendByDay, Remote, use_data};
use crate::domain::text::counted;
use crate::domain::{NamedDay, SpendBy, Usd, Workspace, inline_text};
use crate::search::spend_shares::{SpendShare, SpendShares, Spender};
use crate::ui::{SelectOption, exact_text, percentage};

/// What the chart shows, as the choice above it has it.
pub(super) fn choices() -> Vec<SelectOption> {
    fixed_options(&[(TOTAL, "Total"), (BY_KEY, "By API key"), (BY_PERSON, "By person")])
}

pub(super) const TOTAL: &str = "total";
const BY_KEY: &str = "key";
const BY_PERSON: &str = "person";

/// What a choice groups spend by. `None` for the total.
pub(super) fn chosen(choice: &str) -> Option<SpendBy> {
    match choice {
        BY_KEY => Some(SpendBy::Key),
        BY_PERSON => Some(SpendBy::Person),
        _ => None,
    }
}

/// One query, and only if the account has what it asks for.
#[component]
pub(super) fn Shares(workspace: Signal<Workspace>, by: SpendBy, editing: LadderEditing) -> impl IntoView {
    let schema = use_data(|| Some(AnalyticsSchema));
    let missing = Memo::new(move |_| schema.state.with(|state| state.data().map(|known| known.missing_by_day(by))));
    let id = move || workspace.with(|it| it.id.clone());
    let rows = use_data(move || (missing.get() == Some(None)).then(|| NamedSpendByDay(id(), by)));
    let failure = match by {
        SpendBy::Person => "Couldn’t load the spend by person",
        SpendBy::Key | SpendBy::Workspace => "Couldn’t load the spend by API key",
    };
    let content = Callback::new(move |(rows,): (Signal<Dated<NamedDay>>,)| {
        let shares =
            Memo::new(move |_| rows.with(|read| SpendShares::of(&read.rows, read.at, editing.counts_byok.get())));
        let table = move || match shares.get() {
            None => view! { <p>{"The spend is too large to add up here."}</p> }.into_any(),
            Some(shares) if shares.shares.is_empty() => {
                view! { <p class="chart__summary">{"No spend in these days."}</p> }.into_any()
            }
            Some(shares) => table(&shares, by),
        };
        view! { {table} }.into_any()
    });
    let no_query = move || {
        let name = missing.get().flatten()?;
        Some(view! { <p class="chart__summary">{format!("Analytics of this account has no “{name}”.")}</p> })
    };
    let is_refused = Memo::new(move |_| schema.state.with(|state| matches!(state, Remote::Failed(_))));
    move || match (is_refused.get(), missing.with(|missing| matches!(missing, Some(Some(_))))) {
        (true, _) => {
            let unused = Callback::new(|_: (Signal<_>,)| ().into_any());
            view! { <AsyncView data=schema failure=failure content=unused/> }.into_any()
        }
        (false, true) => view! { {no_query} }.into_any(),
        (false, false) => view! { <AsyncView data=rows failure=failure content=content/> }.into_any(),
    }
}

fn table(shares: &SpendShares, by: SpendBy) -> AnyView {
    let head = match by {
        SpendBy::Person => "Person",
        SpendBy::Key | SpendBy::Workspace => "API key",
    };
    let rows = shares.shares.iter().map(|share| row(share, shares, by)).collect_view();
    let caption = format!("Spend by {}", if by == SpendBy::Person { "person" } else { "API key" });
    view! {
        <div class="table-box">
            <table class="table table--shares" role="table">
                <caption class="visually-hidden">{caption}</caption>
                <thead role="rowgroup">
                    <tr role="row">
                        <th scope="col" role="columnheader" class="col-spender">{head}</th>
                        <th scope="col" role="columnheader" class="col-days">{"By day"}</th>
                        <th scope="col" role="columnheader" class="is-numeric">{"Spend"}</th>
                        <th scope="col" role="columnheader" class="is-numeric">{"Share"}</th>
                    </tr>
                </thead>
                <tbody role="rowgroup">{rows}</tbody>
            </table>
        </div>
        <p class="chart__summary">{note(by)}</p>
    }
    .into_any()
}

/// What names are, and what has none.
fn note(by: SpendBy) -> &'static str {
    match by {
        SpendBy::Person => "By the API’s records, which name people. People with the same name are one row.",
        SpendBy::Key | SpendBy::Workspace => {
            "By the API’s records, which name API keys. API keys with the same name are one row."
        }
    }
}

fn spender_text(spender: &Spender, by: SpendBy) -> String {
    match (spender, by) {
        (Spender::Named(name), _) => name.clone(),
        (Spender::Unnamed, SpendBy::Person) => "No person".to_owned(),
        (Spender::Unnamed, _) => "No API key".to_owned(),
        (Spender::Others(count), SpendBy::Person) => counted(*count, "other person", "other people"),
        (Spender::Others(count), _) => counted(*count, "other API key", "other API keys"),
    }
}

fn row(share: &SpendShare, all: &SpendShares, by: SpendBy) -> AnyView {
    let name = spender_text(&share.spender, by);
    let tooltip = inline_text(&name);
    let bar = |(date, spent): (&String, &Usd)| {
        let title = format!("{date}: {}", spent.brief());
        view! { <span class="strip__day" title=title><span style:block-size=percentage(spent.ratio(all.most))></span></span> }
            .into_any()
    };
    let bars = all.dates.iter().zip(&share.days).map(bar).collect_view();
    let most = share.days.iter().zip(&all.dates).max_by_key(|(spent, _)| **spent);
    let said = most.map(|(spent, date)| format!("At most {} on {date}", spent.brief()));
    view! {
        <tr role="row">
            <th scope="row" role="rowheader" class="col-spender" title=tooltip><bdi>{exact_text(name)}</bdi></th>
            <td role="cell" class="col-days" data-label="By day"><div class="strip" role="img" aria-label=said>{bars}</div></td>
            <td role="cell" class="is-numeric" data-label="Spend">{share.total.brief()}</td>
            <td role="cell" class="is-numeric" data-label="Share">{share.total.format_share(all.total)}</td>
        </tr>
    }
    .into_any()
}
