//! The same days by API key or person: a row for each with its total, its share and a bar for each day.

use leptos::prelude::*;

use crate::components::{AsyncView, LadderEditing, fixed_options};
use crate::data::{AnalyticsSchema, Dated, NamedSpendByDay, use_data};
use crate::domain::text::counted;
use crate::domain::timestamp::month_and_day;
use crate::domain::{AnalyticsMeta, NamedDay, SpendBy, Usd, Workspace, inline_text};
use crate::search::spend_shares::{SpendShare, SpendShares, Spender};
use crate::ui::{SelectOption, dynamic, exact_text, percentage};

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
    let content = Callback::new(move |(schema,): (Signal<AnalyticsMeta>,)| {
        let missing = Memo::new(move |_| schema.with(|known| known.missing_by_day(by)));
        dynamic(move || match missing.get() {
            Some(name) => note(format!("Analytics of this account has no “{name}”.")),
            None => view! { <ShareTable workspace=workspace by=by editing=editing/> }.into_any(),
        })
        .into_any()
    });
    view! { <AsyncView data=schema failure=failure(by) content=content/> }
}

#[component]
fn ShareTable(workspace: Signal<Workspace>, by: SpendBy, editing: LadderEditing) -> impl IntoView {
    let rows = use_data(move || Some(NamedSpendByDay(workspace.with(|it| it.id.clone()), by)));
    let content = Callback::new(move |(rows,): (Signal<Dated<NamedDay>>,)| {
        let shares =
            Memo::new(move |_| rows.with(|read| SpendShares::of(&read.rows, read.at, editing.counts_byok.get())));
        dynamic(move || match shares.get() {
            None => note("The spend is too large to add up here."),
            Some(shares) if shares.shares.is_empty() => note("No spend in these days."),
            Some(shares) => table(&shares, by),
        })
        .into_any()
    });
    view! { <AsyncView data=rows failure=failure(by) content=content/> }
}

fn failure(by: SpendBy) -> String {
    format!("Couldn’t load the spend by {}", word(by))
}

fn word(by: SpendBy) -> &'static str {
    match by {
        SpendBy::Key => "API key",
        SpendBy::Person => "person",
    }
}

fn note(text: impl Into<String>) -> AnyView {
    view! { <p class="chart__summary">{text.into()}</p> }.into_any()
}

fn table(shares: &SpendShares, by: SpendBy) -> AnyView {
    let head = match by {
        SpendBy::Key => "API key",
        SpendBy::Person => "Person",
    };
    let rows = shares.shares.iter().map(|share| row(share, shares, by)).collect_view();
    let caption = format!("Spend by {}", word(by));
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
        {note(about_names(by))}
    }
    .into_any()
}

/// What the names in the table are.
fn about_names(by: SpendBy) -> &'static str {
    match by {
        SpendBy::Key => "By the API’s records, which name API keys. API keys with the same name are one row.",
        SpendBy::Person => "By the API’s records, which name people. People with the same name are one row.",
    }
}

fn spender_text(spender: &Spender, by: SpendBy) -> String {
    match (spender, by) {
        (Spender::Named(name), _) => name.clone(),
        (Spender::Unnamed, _) => format!("No {}", word(by)),
        (Spender::Others(count), SpendBy::Key) => counted(*count, "other API key", "other API keys"),
        (Spender::Others(count), SpendBy::Person) => counted(*count, "other person", "other people"),
    }
}

fn row(share: &SpendShare, all: &SpendShares, by: SpendBy) -> AnyView {
    let name = spender_text(&share.spender, by);
    let tooltip = inline_text(&name);
    let bar = |(date, spent): (&String, &Usd)| {
        let title = format!("{}: {}", month_and_day(date), spent.brief());
        view! { <span class="strip__day" title=title><span style:block-size=percentage(spent.ratio(all.most))></span></span> }
            .into_any()
    };
    let bars = all.dates.iter().zip(&share.days).map(bar).collect_view();
    let most = share.days.iter().zip(&all.dates).max_by_key(|(spent, _)| **spent);
    let said = most.map(|(spent, date)| format!("At most {} on {}", spent.brief(), month_and_day(date)));
    view! {
        <tr role="row">
            <th scope="row" role="rowheader" class="col-spender" title=tooltip><bdi>{exact_text(name)}</bdi></th>
            <td role="cell" class="col-days" data-label="By day"><div class="strip" role="img" aria-label=said>{bars}</div></td>
            <td role="cell" class="is-numeric" data-label="Spend" title=share.total.brief()>{share.total.table_text()}</td>
            <td role="cell" class="is-numeric" data-label="Share">{share.total.format_share(all.total)}</td>
        </tr>
    }
    .into_any()
}
