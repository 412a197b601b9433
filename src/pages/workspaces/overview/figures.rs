//! Each figure of the overview: its value, what it is, or why it is not known.

use leptos::prelude::*;

use super::{Counted, Readings, words};
use crate::data::Remote;
use crate::domain::{Usd, text::format_count};
use crate::search::overview::{Count, OverviewCounts};

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Figure {
    Loading,
    Known {
        value: String,
        /// What it is, in a few words.
        note: String,
        /// The same in full.
        title: String,
        tone: Tone,
        /// A share to draw, from 0 to 1.
        share: Option<f64>,
    },
    Unknown {
        note: String,
        title: String,
    },
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Tone {
    Neutral,
    Warning,
    Danger,
}

impl Readings {
    /// The counts, if all workspaces have been counted. Tracked.
    fn counts_of_all(&self) -> Option<(Box<OverviewCounts>, usize)> {
        match self.counts.get() {
            Counted::Counts { counts, workspaces } => Some((counts, workspaces)),
            _ => None,
        }
    }

    /// This month's spend, by the API's records, or else by the keys. Tracked.
    pub(super) fn spend_figure(&self) -> Figure {
        let counts = self.counts_of_all();
        let known = |spent: Usd, by: &'static str, basis: String| {
            let limits = counts.as_ref().and_then(|(counts, all)| {
                let sum = counts.limits.filter(|sum| !sum.is_zero())?;
                Some((sum, words::limits(&counts.limited, *all, sum)))
            });
            let share = limits.as_ref().map(|(sum, _)| spent.ratio(*sum));
            let (note, about) = match limits {
                Some((sum, about)) => (format!("of {} in limits", sum.table_text()), about),
                None => (by.to_owned(), String::new()),
            };
            let title = format!("{} {basis}{about}", spent.brief());
            Figure::Known { value: spent.table_text(), note, title, tone: Tone::Neutral, share }
        };
        let total = self.spend.get().and_then(|spend| spend.total);
        let by_keys = counts.as_ref().and_then(|(counts, _)| counts.by_keys);
        match (self.month.state.get(), total, by_keys) {
            (Remote::Ready(month, _), Some(total), _) => known(total, "API’s records", words::recorded(month.at)),
            (Remote::Loading, ..) => Figure::Loading,
            (_, _, Some(by_keys)) => known(by_keys, "API keys only", words::BY_KEYS.to_owned()),
            (Remote::Failed(_), ..) if self.counts.get() == Counted::Loading => Figure::Loading,
            (Remote::Failed(error), ..) => self.unknown(&error),
            (Remote::Ready(..), ..) => {
                Figure::Unknown { note: "Too large".to_owned(), title: words::TOO_LARGE.to_owned() }
            }
        }
    }

    /// A count of workspaces or keys. Tracked.
    pub(super) fn count(
        &self,
        of: fn(&OverviewCounts) -> &Count,
        tone: Tone,
        note: fn(&OverviewCounts, usize) -> (String, &'static str),
    ) -> Figure {
        match self.counts.get() {
            Counted::Loading => Figure::Loading,
            Counted::Unlisted(error) => self.unknown(&error),
            Counted::TooMany => Figure::Unknown { note: "Open to count".to_owned(), title: words::TOO_MANY.to_owned() },
            Counted::Counts { counts, workspaces } => {
                let count = of(&counts);
                let reason = || words::unread(count, workspaces);
                match (count.known, count.unknown) {
                    (_, unknown) if unknown == workspaces && unknown != 0 => match &count.error {
                        Some(error) => self.unknown(error),
                        None => Figure::Unknown { note: "Too large".to_owned(), title: reason() },
                    },
                    (known, unknown) => {
                        let (note, title) = note(&counts, workspaces);
                        let (note, title) = match unknown {
                            0 => (note, title.to_owned()),
                            unknown => (format!("{unknown} not loaded"), reason()),
                        };
                        let tone = if known == 0 { Tone::Neutral } else { tone };
                        Figure::Known { value: format_count(known), note, title, tone, share: None }
                    }
                }
            }
        }
    }

    /// The credits that are left. Tracked.
    pub(super) fn credits_figure(&self) -> Figure {
        let credits = match self.credits.state.get() {
            Remote::Loading => return Figure::Loading,
            Remote::Failed(error) => return self.unknown(&error),
            Remote::Ready(credits, _) => credits,
        };
        let bought = credits.total_credits;
        let title = format!("{} bought, {} used", bought.brief(), credits.total_usage.brief());
        let (value, tone) = match credits.left() {
            Some(left) if !left.is_zero() => (left.table_text(), Tone::Neutral),
            _ => (Usd::ZERO.table_text(), Tone::Danger),
        };
        Figure::Known { value, note: format!("of {} bought", bought.table_text()), title, tone, share: None }
    }
}
