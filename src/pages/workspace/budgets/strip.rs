//! Three figures above the budgets: the spend of the month, what it comes to, and how long the month goes on.

use leptos::prelude::*;

use super::spend::WorkspaceSpend;
use crate::browser::use_clock;
use crate::components::LadderEditing;
use crate::domain::budget::format_duration;
use crate::domain::pace::{by_reset, day_of};
use crate::domain::{Forecast, Interval, Timestamp, Usd};
use crate::ui::{Icon, IconMark, dynamic, exact_text};

const MONTH: Interval = Interval::Monthly;

/// A figure as the strip shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Figure {
    value: String,
    note: String,
    tone: Tone,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tone {
    Neutral,
    Good,
    Warning,
    Danger,
}

impl Tone {
    /// The class of the note, and the icon that says the same.
    fn look(self) -> (&'static str, Option<Icon>) {
        match self {
            Self::Neutral => ("figures__note", None),
            Self::Good => ("figures__note is-good", Some(Icon::Success)),
            Self::Warning => ("figures__note is-warning", Some(Icon::Warning)),
            Self::Danger => ("figures__note is-danger", Some(Icon::Error)),
        }
    }
}

impl Figure {
    fn new(value: impl Into<String>, note: impl Into<String>, tone: Tone) -> Self {
        Self { value: value.into(), note: note.into(), tone }
    }
}

#[component]
pub(super) fn Strip(editing: LadderEditing, spend: WorkspaceSpend) -> impl IntoView {
    let limit = Memo::new(move |_| editing.ladder().get(MONTH));
    let figure = Memo::new(move |_| spend.figure(MONTH, editing.counts_byok.get()));
    let spent = Memo::new(move |_| match figure.get() {
        Some((figure, _)) => spent_figure(figure.spent, limit.get()),
        None => Figure::new("—", spend.missing_text(), Tone::Neutral),
    });
    let forecast = Memo::new(move |_| match figure.get() {
        Some((figure, at)) => forecast_figure(figure.spent, limit.get(), at),
        None => Figure::new("—", spend.missing_text(), Tone::Neutral),
    });
    let clock = use_clock();
    let left = Memo::new(move |_| time_left(clock.get()));
    view! {
        <dl class="card figures">
            {item("Spent this month", spent)}
            {item("Forecast", forecast)}
            {item("Time left", left)}
        </dl>
    }
}

fn item(label: &'static str, figure: Memo<Figure>) -> AnyView {
    view! {
        <div class="figures__item">
            <dt class="figures__label">{label}</dt>
            {dynamic(move || {
                let Figure { value, note, tone } = figure.get();
                let (class, icon) = tone.look();
                view! {
                    <dd class="figures__value">{exact_text(value)}</dd>
                    <dd class=class>
                        {icon.map(|icon| view! { <IconMark icon=icon/> })}
                        <span>{exact_text(note)}</span>
                    </dd>
                }
            })}
        </div>
    }
    .into_any()
}

fn spent_figure(spent: Usd, limit: Option<Usd>) -> Figure {
    let note = match limit {
        Some(limit) => format!("of {}, {}", limit.table_text(), spent.format_share(limit)),
        None => "No monthly limit".to_owned(),
    };
    Figure::new(spent.table_text(), note, Tone::Neutral)
}

fn forecast_figure(spent: Usd, limit: Option<Usd>, at: i64) -> Figure {
    let by_reset = by_reset(MONTH, spent, at);
    let (note, tone) = match limit.map(|limit| Forecast::of(MONTH, spent, limit, at)) {
        Some(Some(Forecast::Reached)) => ("Limit reached".to_owned(), Tone::Danger),
        Some(Some(Forecast::At(reached))) => (format!("Over the limit {}", day_of(reached, at)), Tone::Warning),
        Some(Some(Forecast::Within(_))) => ("On track".to_owned(), Tone::Good),
        _ if by_reset.is_none() => ("Too early to tell".to_owned(), Tone::Neutral),
        _ => ("At the present pace".to_owned(), Tone::Neutral),
    };
    Figure::new(by_reset.map_or_else(|| "—".to_owned(), Usd::table_text), note, tone)
}

fn time_left(now: i64) -> Figure {
    let end = MONTH.next_reset(now).unwrap_or(now);
    let date = Timestamp::from_unix_seconds(end).map(|at| at.date_text()).unwrap_or_default();
    Figure::new(format_duration(end - now), format!("Resets {date}, 00:00 UTC"), Tone::Neutral)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn usd(text: &str) -> Usd {
        Usd::parse(text).unwrap()
    }

    #[test]
    fn the_forecast_says_whether_the_limit_holds() {
        // Ten of thirty days have passed.
        let at = Timestamp::new("2026-11-11T00:00:00Z").unix_seconds().unwrap();
        let figure = |spent: &str, limit: Option<&str>| {
            let Figure { value, note, tone } = forecast_figure(usd(spent), limit.map(usd), at);
            (value, note, tone)
        };
        assert_eq!(figure("100", Some("400")), ("$300.00".to_owned(), "On track".to_owned(), Tone::Good));
        let over = ("$3,000".to_owned(), "Over the limit on Nov 21, 2026".to_owned(), Tone::Warning);
        assert_eq!(figure("1000", Some("2000")), over);
        assert_eq!(figure("400", Some("400")), ("$1,200".to_owned(), "Limit reached".to_owned(), Tone::Danger));
        assert_eq!(figure("100", None), ("$300.00".to_owned(), "At the present pace".to_owned(), Tone::Neutral));
        let Figure { value, note, .. } = forecast_figure(usd("5"), Some(usd("9")), at - 10 * 86_400 + 60);
        assert_eq!((value.as_str(), note.as_str()), ("—", "Too early to tell"));
    }

    #[test]
    fn the_spend_is_compared_with_the_limit() {
        assert_eq!(
            spent_figure(usd("12862.23"), Some(usd("15750"))),
            Figure::new("$12,862", "of $15,750, 81%", Tone::Neutral)
        );
        assert_eq!(spent_figure(usd("0.001"), None), Figure::new("<$0.01", "No monthly limit", Tone::Neutral));
    }

    #[test]
    fn the_month_ends_at_its_reset() {
        let now = Timestamp::new("2026-11-28T16:00:00Z").unix_seconds().unwrap();
        assert_eq!(time_left(now), Figure::new("2 days 8 h", "Resets Dec 1, 2026, 00:00 UTC", Tone::Neutral));
    }
}
