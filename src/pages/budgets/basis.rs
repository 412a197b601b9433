//! What the figures of the table are: what they add up, as of when, and what they leave out.

use leptos::prelude::*;

use super::rows::Rows;
use crate::components::{NO_DELETED_KEYS, ONLY_KEYS, RecordsState, by_records, figure_text, lower_bound};
use crate::domain::text::counted;
use crate::domain::{Interval, SpendSource};
use crate::search::BudgetUse;
use crate::ui::{Disclosure, exact_text};

#[component]
pub(super) fn Basis(rows: Rows) -> impl IntoView {
    let text = Memo::new(move |_| rows.records.state.with(basis));
    let short = Signal::derive(move || text.with(|text| text.short.clone()));
    // The space is for those who copy or search the whole.
    let details = move || format!(" {}", text.with(|text| text.details.clone()));
    view! {
        <div class="budgets__basis">
            <Disclosure summary=short>{move || exact_text(details())}</Disclosure>
        </div>
    }
}

/// What is said at once, and what on request.
#[derive(Clone, PartialEq)]
struct BasisText {
    short: String,
    details: String,
}

const BYOK: &str = "Spend with your own provider keys (BYOK) counts where the workspace’s budget counts it.";

fn basis(state: &RecordsState) -> BasisText {
    match state {
        RecordsState::Loading => BasisText {
            short: "Loading the API’s records of spend.".to_owned(),
            details: "Until they are here, only API keys are counted.".to_owned(),
        },
        RecordsState::Missing(reason) => {
            BasisText { short: format!("{ONLY_KEYS} {reason}"), details: format!("{NO_DELETED_KEYS} {BYOK}") }
        }
        RecordsState::Known(records) => {
            let of = |count: usize, why: &str| {
                let workspaces = (count != 0).then(|| counted(count, "workspace", "workspaces"));
                workspaces.map(|of| format!(" Only API keys are counted for {of} {why}.")).unwrap_or_default()
            };
            let namesakes = of(records.namesakes, "with the same name as another");
            let others = of(records.others, "that the records may call by another name");
            let lifetime = lower_bound("only API keys");
            let details = format!("{lifetime}{namesakes}{others} {BYOK}");
            BasisText { short: by_records(records.at), details }
        }
    }
}

/// What the figures of a row add up: in a word, and in full. `None` without a figure.
pub(super) fn source_of(budget_use: &BudgetUse) -> Option<(&'static str, String)> {
    let figures: Vec<_> = Interval::ALL
        .into_iter()
        .filter_map(|interval| Some((interval, budget_use.state.ladder.get(interval)?, budget_use.figure(interval)?)))
        .collect();
    let has_records = figures.iter().any(|(.., figure)| figure.source == SpendSource::Records);
    let word = match has_records {
        _ if figures.is_empty() => return None,
        true => "API’s records",
        false => "API keys only",
    };
    let line = |(interval, limit, figure): &(Interval, _, _)| {
        let text = figure_text(*interval, *figure, *limit, budget_use.read_at(figure));
        format!("{}: {text}", interval.label())
    };
    Some((word, figures.iter().map(line).collect::<Vec<_>>().join("\n")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{ApiKey, BudgetState, Ladder, RecordedSpend, Spend, SpendRecords, Usd};
    use crate::search::SpendReading;

    fn usd(text: &str) -> Usd {
        Usd::parse(text).unwrap()
    }

    fn source(interval: Interval, recorded: Option<&str>) -> (&'static str, String) {
        let key: ApiKey = serde_json::from_str(r#"{"hash":"a","usage":10,"usage_daily":10}"#).unwrap();
        let spend = SpendReading::Known(Box::new(Spend::of([&key]).unwrap()));
        let ladder = Ladder::default().with(interval, Some(usd("40")));
        let records = recorded.map(|credits| {
            let today = RecordedSpend { credits: usd(credits), byok: Usd::ZERO };
            SpendRecords::new(&[], today, 1_794_830_460)
        });
        let state = BudgetState { ladder, counts_byok: None };
        source_of(&BudgetUse { state, spend, records, at: 1_794_830_400 }).unwrap()
    }

    #[test]
    fn a_row_says_what_its_figures_add_up_and_where_they_disagree() {
        let keys = "Daily: $10.00 of $40.00 spent, by API keys only as of 2026-11-16 12:00:00 UTC.";
        assert_eq!(source(Interval::Daily, None), ("API keys only", keys.to_owned()));
        let records = "Daily: $10.20 of $40.00 spent, by the API’s records as of 2026-11-16 12:01:00 UTC.";
        assert_eq!(source(Interval::Daily, Some("10.2")), ("API’s records", records.to_owned()));
        let (word, text) = source(Interval::Daily, Some("20"));
        assert_eq!(word, "API’s records");
        assert!(text.ends_with("UTC. The API keys add up to $10.00."), "{text}");
        let (word, text) = source(Interval::Lifetime, Some("20"));
        assert_eq!(word, "API keys only");
        assert!(text.starts_with("Lifetime: At least $10.00 of $40.00 spent, by API keys only"), "{text}");
    }

    #[test]
    fn the_note_says_why_there_are_no_records() {
        let text = basis(&RecordsState::Missing("The API is busy.".to_owned()));
        assert_eq!(text.short, "Couldn’t load the API’s records, so only API keys are counted. The API is busy.");
        assert!(text.details.starts_with("Deleted keys are not included."));
    }
}
