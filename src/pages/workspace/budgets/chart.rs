//! The spend of the month as a line, or that of each of the last 30 completed UTC days and of today so far with the daily limit,
//! and the days as a table.

use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast as _;

use crate::components::{AsyncView, LadderEditing, fixed_options};
use crate::data::Dated;
use crate::domain::timestamp::{DAY, month_and_day};
use crate::domain::{
    ActivityDay, DailySpend, Interval, MonthCurve, Timestamp, Usd, Workspace, activity::daily_spend, text::counted,
};
use crate::ui::{Bound, Disclosure, Segmented, dynamic, is_composing, percentage};

use super::month::MonthPicture;
use super::shares::{Shares, TOTAL, choices, chosen};
use super::spend::WorkspaceSpend;

#[component]
pub(super) fn SpendChart(workspace: Signal<Workspace>, editing: LadderEditing, spend: WorkspaceSpend) -> impl IntoView {
    let range = RwSignal::new(MONTH.to_owned());
    let content = Callback::new(move |(activity,): (Signal<Dated<ActivityDay>>,)| {
        // The days that were completed when the activity was read. A later day would look like one without spend.
        let days =
            Memo::new(move |_| activity.with(|read| daily_spend(&read.rows, read.at, editing.counts_byok.get())));
        // Of the day after the last completed one, or it would leave a gap.
        let today = Memo::new(move |_| {
            let read = spend
                .today
                .get()
                .filter(|read| activity.with(|days| days.at.div_euclid(DAY) == read.at.div_euclid(DAY)))?;
            let date = Timestamp::from_unix_seconds(read.at)?.date().to_owned();
            Some(DailySpend { date, spent: read.spent.total(editing.counts_byok.get())? })
        });
        let limit = Memo::new(move |_| editing.ladder().get(Interval::Daily));
        let (chosen_of_month, chosen_day) = (RwSignal::new(None), RwSignal::new(None));
        let month_limit = Memo::new(move |_| editing.ladder().get(Interval::Monthly));
        let curve = Memo::new(move |_| {
            let now = spend.today.get().map_or_else(|| activity.with(|read| read.at), |read| read.at);
            MonthCurve::of(&days.get()?, today.get().as_ref(), now)
        });
        let too_large = || view! { <p>{"The spend is too large to add up here."}</p> }.into_any();
        let month = move || match curve.get() {
            Some(curve) => {
                view! { <MonthPicture curve=curve limit=month_limit.get() chosen_day=chosen_of_month/> }.into_any()
            }
            None => too_large(),
        };
        let by_day = move || match days.get() {
            Some(days) => {
                view! { <Picture days=days today=today.get() limit=limit.get() chosen_day=chosen_day/> }.into_any()
            }
            None => too_large(),
        };
        view! {
            {dynamic(move || if range.with(|range| range == MONTH) { month() } else { by_day() })}
            // Not inside the picture, which is rebuilt for each digit of the limit: the table stays open.
            <Disclosure summary="Show as a table">
                {move || days.get().map(|days| view! { <DayTable days=days today=today.get() limit=limit.get()/> })}
            </Disclosure>
        }
        .into_any()
    });
    let choice = RwSignal::new(TOTAL.to_owned());
    let by = Memo::new(move |_| choice.with(|choice| chosen(choice)));
    let ranges = || fixed_options(&[(MONTH, "Month"), (DAYS, "30 days")]);
    let ranges = dynamic(move || {
        by.get().is_none().then(|| view! { <Segmented legend="Days" value=Bound::from(range) options=ranges()/> })
    });
    view! {
        <section class="card chart-card" aria-labelledby="chart-title" on:keydown=|event| keep_enter(&event)>
            <div class="chart-card__head">
                <h2 class="card__title" id={"chart-title"}>{"Spend"}</h2>
                <Segmented legend="Show spend" value=Bound::from(choice) options=choices()/>
                {ranges}
            </div>
            {move || match by.get() {
                None => view! { <AsyncView data=spend.days failure="Couldn’t load the spend by day" content=content/> }.into_any(),
                Some(by) => view! { <Shares workspace=workspace by=by editing=editing/> }.into_any(),
            }}
        </section>
    }
}

/// The choices of the days.
const MONTH: &str = "month";
const DAYS: &str = "days";

/// The chart is inside the form of the limits. Enter at its slider and its choices saves nothing.
fn keep_enter(event: &web_sys::KeyboardEvent) {
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlInputElement>().ok());
    if event.key() == "Enter" && !is_composing(event) && target.is_some() {
        event.prevent_default();
    }
}

/// Such as `Nov 5: $12.30`. The current day goes on.
fn day_text(day: &DailySpend, is_today: bool) -> String {
    format!("{}: {}{}", month_and_day(&day.date), day.spent.brief(), if is_today { " so far" } else { "" })
}

#[component]
fn Picture(
    days: Vec<DailySpend>,
    today: Option<DailySpend>,
    limit: Option<Usd>,
    /// The place of the day whose spend is shown: by its slider, or under the pointer.
    chosen_day: RwSignal<Option<usize>>,
) -> impl IntoView {
    let most_of = |days: &mut dyn Iterator<Item = &DailySpend>| days.map(|day| day.spent).max().unwrap_or(Usd::ZERO);
    let most = most_of(&mut days.iter().chain(&today));
    if most.is_zero() {
        return view! { <p class="chart__summary">{"No spend in these days."}</p> }.into_any();
    }
    // A limit far above every day would flatten the bars, so only the summary names it.
    let line = limit.filter(|limit| limit.ratio(most) <= 4.0);
    let top = line.map_or(most, |limit| limit.max(most));
    let summary = summary_of(&days, most_of(&mut days.iter()), limit);
    let last = today.as_ref().or(days.last()).map(|day| month_and_day(&day.date));
    let bar = |(place, (day, is_today)): (usize, (&DailySpend, bool))| {
        let height = percentage(day.spent.ratio(top));
        let is_over = limit.is_some_and(|limit| day.spent >= limit);
        let is_chosen = move || chosen_day.get() == Some(place);
        let choose = move |_| chosen_day.set(Some(place));
        view! {
            <div
                class="chart__day"
                class:is-over=is_over
                class:is-today=is_today
                class:is-chosen=is_chosen
                title=day_text(day, is_today)
                on:pointerenter=choose
            >
                <div class="chart__bar" style:block-size=height></div>
            </div>
        }
    };
    let all = || days.iter().map(|day| (day, false)).chain(today.iter().map(|day| (day, true)));
    let bars = all().enumerate().map(bar).map(IntoAny::into_any).collect_view();
    let texts: Vec<_> = all().map(|(day, is_today)| day_text(day, is_today)).collect();
    let last_place = texts.len().saturating_sub(1);
    let place = move || chosen_day.get().unwrap_or(last_place).min(last_place);
    let chosen_text = Memo::new(move |_| texts.get(place()).cloned().unwrap_or_default());
    let ends = [days.first().map(|day| month_and_day(&day.date)), last].map(Option::unwrap_or_default);
    view! {
        <p class="chart__summary">{summary.clone()}</p>
        <div class="chart" role="img" aria-label=summary>
            <span class="chart__top" aria-hidden="true">{top.brief()}</span>
            <div class="chart__plot">
                {bars}
                {line.map(|limit| view! {
                    <div class="chart__limit" style:inset-block-end=percentage(limit.ratio(top))>
                        <span class="chart__limit-label">{format!("Daily limit {limit}")}</span>
                    </div>
                }.into_any())}
            </div>
            <div class="chart__days" aria-hidden="true">{ends.map(|day| view! { <span>{day}</span> }).map(IntoAny::into_any).collect_view()}</div>
        </div>
        <DaySlider place=Signal::derive(place) last_place=last_place text=chosen_text chosen_day=chosen_day/>
    }
    .into_any()
}

/// Chooses a day by keyboard, and shows its spend as text.
#[component]
pub(super) fn DaySlider(
    place: Signal<usize>,
    last_place: usize,
    text: Memo<String>,
    chosen_day: RwSignal<Option<usize>>,
) -> impl IntoView {
    let slide = move |event| chosen_day.set(event_target_value(&event).parse().ok());
    view! {
        <label class="chart__choice">
            <span class="chart__chosen">{move || text.get()}</span>
            <input
                class="chart__slider"
                type="range"
                min="0"
                max=last_place.to_string()
                aria-label="Day"
                aria-valuetext=move || text.get()
                prop:value=move || place.get().to_string()
                on:input=slide
            />
        </label>
    }
}

/// Such as `$70.00 total, at most $20.00 per day.`
pub(super) fn summary(total: Usd, most: Usd) -> String {
    format!("{} total, at most {} per day.", total.brief(), most.brief())
}

fn summary_of(days: &[DailySpend], most: Usd, limit: Option<Usd>) -> String {
    let total = days.iter().try_fold(Usd::ZERO, |sum, day| sum.checked_add(day.spent));
    let over = limit.map(|limit| match days.iter().filter(|day| day.spent >= limit).count() {
        0 => format!(" No day reached the daily limit of {limit}."),
        days => format!(" {} reached the daily limit of {limit}.", counted(days, "day", "days")),
    });
    total.map(|total| summary(total, most)).unwrap_or_default() + &over.unwrap_or_default()
}

#[component]
fn DayTable(days: Vec<DailySpend>, today: Option<DailySpend>, limit: Option<Usd>) -> impl IntoView {
    let row = |(day, is_today): (DailySpend, bool)| {
        let name = month_and_day(&day.date) + if is_today { " so far" } else { "" };
        let share = limit.map_or_else(|| "no limit".to_owned(), |limit| day.spent.format_share(limit));
        view! {
            <tr role="row">
                <th scope="row" role="rowheader">{name}</th>
                <td role="cell" class="is-numeric" data-label="Spend">{day.spent.table_text()}</td>
                <td role="cell" class="is-numeric" data-label="Share of daily limit">{share}</td>
            </tr>
        }
    };
    let rows = today.into_iter().map(|day| (day, true)).chain(days.into_iter().rev().map(|day| (day, false)));
    view! {
        <div class="table-box table-scroll" role="group" aria-label="Spend by day" tabindex="0">
            <table class="table" role="table">
                <caption class="visually-hidden">{"Spend by day"}</caption>
                <thead role="rowgroup">
                    <tr role="row">
                        <th scope="col" role="columnheader">{"Day"}</th>
                        <th scope="col" role="columnheader" class="is-numeric">{"Spend"}</th>
                        <th scope="col" role="columnheader" class="is-numeric">{"Share of daily limit"}</th>
                    </tr>
                </thead>
                <tbody role="rowgroup">{rows.map(row).map(IntoAny::into_any).collect_view()}</tbody>
            </table>
        </div>
    }
}
