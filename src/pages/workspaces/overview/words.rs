//! What the overview says about its figures: what they are, as of when, and what they leave out.

use leptos::prelude::*;

use super::{Counted, Figure, MOST_READ, Readings};
use crate::api::ApiError;
use crate::components::RecordsState;
use crate::data::Remote;
use crate::domain::text::{counted, format_count};
use crate::domain::{Timestamp, Usd, inline_message};
use crate::search::overview::{Count, OverviewCounts};

pub(super) const BY_KEYS: &str =
    "spent this month by all API keys. Couldn’t load the API’s records, so deleted keys are not included.";
pub(super) const TOO_LARGE: &str = "The spend is too large to add up here.";
pub(super) const TOO_MANY: &str = "With more than 50 workspaces, budgets and API keys are counted on their pages.";

const _: () = assert!(MOST_READ == 50, "the sentence above names it");

/// Continues an amount.
pub(super) fn recorded(at: i64) -> String {
    let at = Timestamp::from_unix_seconds(at).map(|at| at.exact()).unwrap_or_default();
    format!("spent this month by all workspaces, by the API’s records as of {at}, with spend outside of API keys.")
}

/// What the limits are that the spend is compared with.
pub(super) fn limits(limited: &Count, workspaces: usize, sum: Usd) -> String {
    let of = counted(workspaces, "workspace", "workspaces");
    let unread = match limited.unknown {
        0 => String::new(),
        unknown => format!(" {} not loaded.", counted(unknown, "workspace", "workspaces")),
    };
    format!(" {} of {of} have monthly limits, {} in total.{unread}", format_count(limited.known), sum.brief())
}

/// Why some workspaces are not counted.
pub(super) fn unread(count: &Count, workspaces: usize) -> String {
    let of = counted(workspaces, "workspace", "workspaces");
    let reason = count.error.as_ref().map_or_else(|| TOO_LARGE.to_owned(), ApiError::sentence);
    inline_message(&format!("{} of {of} not loaded. {reason}", format_count(count.unknown)))
}

pub(super) fn of_limited(counts: &OverviewCounts, workspaces: usize) -> (String, &'static str) {
    let limited = workspaces.saturating_sub(counts.without.known);
    let note = format!("of {} with budgets", format_count(limited));
    (note, "Workspaces where a limit is used up. All budgets shows the same spend, and what it adds up.")
}

pub(super) fn with_those_over(_: &OverviewCounts, _: usize) -> (String, &'static str) {
    let title =
        "Workspaces where a limit is used to 80% or more. All budgets shows the same spend, and what it adds up.";
    ("with those over limit".to_owned(), title)
}

pub(super) fn of_all(_: &OverviewCounts, workspaces: usize) -> (String, &'static str) {
    (format!("of {}", counted(workspaces, "workspace", "workspaces")), "Workspaces without any limit")
}

pub(super) fn unused(_: &OverviewCounts, _: usize) -> (String, &'static str) {
    ("unused for 30 days".to_owned(), "Active API keys that were not used for 30 days")
}

impl Readings {
    /// A figure that could not be read.
    pub(super) fn unknown(&self, error: &ApiError) -> Figure {
        let note = match error.status() {
            _ if self.is_said_offline.run(error.clone()) => "Offline".to_owned(),
            Some(status) => format!("Not loaded ({status})"),
            None => "Not loaded".to_owned(),
        };
        Figure::Unknown { note, title: inline_message(&format!("{} {}", error.sentence(), error.advice())) }
    }

    /// What the figures are. Tracked.
    pub(super) fn basis(&self) -> String {
        let counts = self.counts.get();
        let is_counted = matches!(counts, Counted::Counts { .. });
        let month = match self.month.state.get() {
            Remote::Loading => return String::new(),
            Remote::Failed(_) if is_counted => {
                return "Couldn’t load the API’s records, so all spend is the sum over API keys.".to_owned();
            }
            Remote::Failed(_) => return "Couldn’t load the API’s records of spend.".to_owned(),
            Remote::Ready(month, _) => month,
        };
        let at = Timestamp::from_unix_seconds(month.at).map(|at| at.as_str().to_owned()).unwrap_or_default();
        let rest = match counts {
            Counted::Counts { .. } => match self.records.state.get() {
                RecordsState::Known(_) => " Limits: the same, lifetime by API keys.",
                RecordsState::Loading | RecordsState::Missing(_) => " Limits: sum over API keys.",
            },
            Counted::TooMany => " Others are counted on their pages.",
            Counted::Loading | Counted::Unlisted(_) => "",
        };
        format!("Spend: API’s records, {} UTC.{rest}", at.get(11..16).unwrap_or_default())
    }
}
