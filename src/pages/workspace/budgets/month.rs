//! The spend of the running month as a rising line, with the monthly limit and a dashed forecast.

use leptos::prelude::*;

use crate::domain::month_curve::{CurvePoint, axis_top};
use crate::domain::timestamp::month_and_day;
use crate::domain::{MonthCurve, Usd};
use crate::ui::{number_text, percentage};

use super::chart::{DaySlider, summary};

#[component]
#[expect(clippy::needless_pass_by_value, reason = "components own their props")]
pub(super) fn MonthPicture(
    curve: MonthCurve,
    limit: Option<Usd>,
    /// The place of the day whose spend is shown.
    chosen_day: RwSignal<Option<usize>>,
) -> impl IntoView {
    let sum = curve.sum();
    if sum.is_zero() {
        return view! { <p class="chart__summary">{"No spend this month."}</p> }.into_any();
    }
    let most = curve.by_reset.map_or(sum, |by_reset| by_reset.max(sum));
    // A limit far above the line would flatten it, so only the summary names it.
    let line = limit.filter(|limit| limit.ratio(most) <= 4.0);
    let top = axis_top(line.map_or(most, |limit| limit.max(most)));
    let text = month_summary(&curve, limit);
    let ticks =
        [Some(top), top.scaled(1, 2), Some(Usd::ZERO)].map(|tick| tick.map(Usd::table_text).unwrap_or_default());
    let last_place = curve.points.len().saturating_sub(1);
    let place = move || chosen_day.get().unwrap_or(last_place).min(last_place);
    let texts: Vec<_> = curve.points.iter().map(point_text).collect();
    let chosen_text = Memo::new(move |_| texts.get(place()).cloned().unwrap_or_default());
    let spots: Vec<_> = curve.points.iter().map(|it| (percentage(it.share), percentage(it.sum.ratio(top)))).collect();
    let spot = Memo::new(move |_| spots.get(place()).cloned().unwrap_or_default());
    let hits = curve.points.iter().enumerate().map(|(at, point)| {
        let from = if at == 0 { 0.0 } else { curve.points[at - 1].share };
        let choose = move |_| chosen_day.set(Some(at));
        view! {
            <div
                class="curve__hit"
                title=point_text(point)
                style:inset-inline-start=percentage(from)
                style:inline-size=percentage(point.share - from)
                on:pointerenter=choose
            ></div>
        }
        .into_any()
    });
    let is_over = limit.is_some_and(|limit| sum >= limit);
    let [first, last] = curve.ends.each_ref().map(|day| month_and_day(day));
    view! {
        <p class="chart__summary">{text.clone()}</p>
        <div class="curve" class:is-over=is_over role="img" aria-label=text>
            <div class="curve__ticks" aria-hidden="true">
                {ticks.map(|tick| view! { <span>{tick}</span> }.into_any()).into_iter().collect_view()}
            </div>
            <div class="curve__plot">
                {lines(&curve, top)}
                {line.map(|limit| view! {
                    <div class="chart__limit" style:inset-block-end=percentage(limit.ratio(top))>
                        <span class="chart__limit-label">{format!("Monthly limit {limit}")}</span>
                    </div>
                }.into_any())}
                <div
                    class="curve__spot"
                    style:inset-inline-start=move || spot.get().0
                    style:inset-block-end=move || spot.get().1
                ></div>
                {hits.collect_view()}
            </div>
            <div class="chart__days curve__days" aria-hidden="true"><span>{first}</span><span>{last}</span></div>
        </div>
        <DaySlider place=Signal::derive(place) last_place=last_place text=chosen_text chosen_day=chosen_day/>
    }
    .into_any()
}

/// Such as `Nov 5: $12.30, $61.50 this month`. The current day goes on.
fn point_text(point: &CurvePoint) -> String {
    let so_far = if point.is_today { " so far" } else { "" };
    format!("{}: {}{so_far}, {} this month", month_and_day(&point.date), point.spent.brief(), point.sum.brief())
}

fn month_summary(curve: &MonthCurve, limit: Option<Usd>) -> String {
    let most = curve.points.iter().map(|point| point.spent).max().unwrap_or(Usd::ZERO);
    let limit = limit.map(|limit| format!(" The monthly limit is {limit}.")).unwrap_or_default();
    let forecast = curve.by_reset.map(|it| format!(" At the present pace it is {} by the reset.", it.brief()));
    format!("{}{limit}{}", summary(curve.sum(), most), forecast.unwrap_or_default())
}

/// The line, what is below it, and the forecast, in a box of 100 by 100 that is stretched to the plot.
fn lines(curve: &MonthCurve, top: Usd) -> AnyView {
    let place = |share: f64, sum: Usd| {
        let place = |share: f64| number_text((share.clamp(0.0, 1.0) * 10_000.0).round() / 100.0);
        format!("{} {}", place(share), place(1.0 - sum.ratio(top)))
    };
    let mut line = "M0 100".to_owned();
    for point in &curve.points {
        line.push_str(&format!("L{}", place(point.share, point.sum)));
    }
    let end = curve.points.last();
    let area = format!("{line}L{} 100Z", end.map(|it| number_text(it.share * 100.0)).unwrap_or_default());
    let forecast = end.zip(curve.by_reset).map(|(now, by_reset)| {
        let path = format!("M{}L{}", place(now.share, now.sum), place(1.0, by_reset));
        view! { <path class="curve__forecast" d=path></path> }.into_any()
    });
    view! {
        <svg class="curve__lines" viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
            <path class="curve__area" d=area></path>
            <path class="curve__line" d=line></path>
            {forecast}
        </svg>
    }
    .into_any()
}
