//! The spend in each running interval, next to the limit that it counts against.
//!
//! Invariant: a figure says whether it has all recorded spend or only that of the API keys.

use leptos::prelude::*;

use crate::api::ApiError;
use crate::components::{
    ErrorPanel, LadderEditing, NO_DELETED_KEYS, ONLY_KEYS, When, amount_text, as_of, by_records, difference_text,
    lower_bound, use_offline_banner,
};
use crate::data::{
    Data, Dated, DatedSpend, Freshness, Remote, WorkspaceActivity, WorkspaceKeys, WorkspaceToday, use_data,
};
use crate::domain::pace::day_of;
use crate::domain::text::counted;
use crate::domain::timestamp::DAY;
use crate::domain::{
    ActivityDay, ApiKey, Budgets, Forecast, Interval, Pressure, Spend, SpendFigure, SpendRecords, Usd, Workspace,
};
use crate::ui::{Bound, Disclosure, Icon, IconButton, IconMark, dynamic, exact_text, number_text, percentage};

#[derive(Clone, Copy)]
pub(super) struct WorkspaceSpend {
    keys: Data<Dated<ApiKey>>,
    /// The sum over all keys. `None` until they have been read, or if it has more digits than an amount can have.
    sum: Memo<Option<Spend>>,
    pub(super) days: Data<Dated<ActivityDay>>,
    pub(super) today: Data<DatedSpend>,
    /// `None` until both parts are there, of the same day.
    records: Memo<Option<SpendRecords>>,
}

impl WorkspaceSpend {
    /// The spend of an interval, and when it was read in Unix seconds. Tracked.
    pub(super) fn figure(&self, interval: Interval, counts_byok: bool) -> Option<(SpendFigure, i64)> {
        let keys = self.sum.get()?;
        let records = self.records.get();
        let at = records.map(|records| records.at).or_else(|| self.keys.get().map(|keys| keys.at))?;
        Some((SpendFigure::of(interval, &keys, records.as_ref(), counts_byok), at))
    }

    /// Whether the API's records could not be read. Tracked.
    fn has_no_records(&self) -> bool {
        let has_failed =
            self.days.state.with(|it| it.error().is_some()) || self.today.state.with(|it| it.error().is_some());
        has_failed && self.records.with(Option::is_none)
    }

    /// What is said before someone asks how spend is counted. Tracked.
    fn basis_title(&self) -> &'static str {
        if self.has_no_records() { ONLY_KEYS } else { "How spend is counted" }
    }

    /// Why there is no figure. Tracked.
    pub(super) fn missing_text(&self) -> &'static str {
        if self.keys.state.with(|it| it.data().is_none() && it.error().is_none()) {
            "Loading spend…"
        } else {
            "Spend unknown"
        }
    }

    fn refetch(&self) {
        self.keys.refetch();
        self.days.refetch();
        self.today.refetch();
    }
}

/// Observes the spend of a workspace. It is read again when a day, and with it a window, has ended.
pub(super) fn use_spend(workspace: Signal<Workspace>) -> WorkspaceSpend {
    let id = move || workspace.with(|it| it.id.clone());
    let keys = use_data(move || Some(WorkspaceKeys(id())));
    let days = use_data(move || Some(WorkspaceActivity(id())));
    let today = use_data(move || Some(WorkspaceToday(id())));
    let sum = Memo::new(move |_| keys.get().and_then(|keys| Spend::of(&keys.rows)));
    let records = Memo::new(move |_| {
        let (days, today) = (days.get()?, today.get()?);
        let is_same_day = days.at.div_euclid(DAY) == today.at.div_euclid(DAY);
        is_same_day.then(|| SpendRecords::new(&days.rows, today.spent, today.at))
    });
    WorkspaceSpend { keys, sum, days, today, records }
}

#[component]
pub(super) fn Use(
    interval: Interval,
    editing: LadderEditing,
    spend: WorkspaceSpend,
    data: Signal<Budgets>,
) -> impl IntoView {
    let figure = Memo::new(move |_| spend.figure(interval, editing.counts_byok.get()));
    let limit = Memo::new(move |_| editing.ladder().get(interval));
    let changed = Memo::new(move |_| {
        data.with(|data| data.of(interval).and_then(|budget| budget.updated_at.clone().or(budget.created_at.clone())))
    });
    view! {
        {move || match (figure.get(), limit.get()) {
            (Some((figure, at)), Some(limit)) => {
                view! { <Bar interval=interval figure=figure limit=limit at=at/> }.into_any()
            }
            (Some((figure, _)), None) => {
                let text = format!("{} spent", amount_text(interval, figure));
                view! { <p class="meter__text">{exact_text(text)}</p> {difference(figure)} }.into_any()
            }
            (None, _) => view! { <p class="meter__text">{"Spend unknown"}</p> }.into_any(),
        }}
        {move || changed.get().map(|at| view! {
            <p class="meter__text">{"Changed "}<When at=at/></p>
        }.into_any())}
    }
}

#[component]
fn Bar(
    interval: Interval,
    figure: SpendFigure,
    limit: Usd,
    /// When the spend was read, in Unix seconds.
    at: i64,
) -> impl IntoView {
    let spent = figure.spent;
    let (class, warning) = match Pressure::of(spent, limit) {
        Pressure::Fine => ("meter", None),
        Pressure::Near => ("meter meter--warning", None),
        Pressure::Over => ("meter meter--danger", Some("This limit is used up, so requests are refused immediately.")),
    };
    let share = spent.ratio(limit);
    let text = format!("{} of {limit} spent, {}", amount_text(interval, figure), spent.format_share(limit));
    view! {
        <div class=class>
            <div
                class="meter__bar"
                role="meter"
                aria-label=format!("{} spend", interval.label())
                aria-valuemin="0"
                aria-valuemax="1"
                aria-valuenow=number_text(share.min(1.0))
                aria-valuetext=text.clone()
            >
                <div class="meter__fill" style:inline-size=percentage(share)></div>
                {elapsed(interval, at).map(|elapsed| view! {
                    // At the end of an interval the whole mark is inside of the bar.
                    <div class="meter__now" style:inset-inline-start=format!("min({}, 100% - 2px)", percentage(elapsed)) title="Now"></div>
                }.into_any())}
            </div>
            <span class="meter__text">{exact_text(text)}</span>
            {difference(figure)}
            {pace(interval, spent, limit, at)}
        </div>
        {warning.map(|warning| view! {
            <p class="rung__warning" role="status"><IconMark icon=Icon::Warning/><span>{warning}</span></p>
        }.into_any())}
    }
}

/// What the API keys add up to, where that is not what the API has recorded.
fn difference(figure: SpendFigure) -> Option<AnyView> {
    let text = difference_text(figure)?;
    Some(view! { <span class="meter__text">{exact_text(text)}</span> }.into_any())
}

/// How much of the running interval has passed, from 0 to 1.
#[expect(clippy::cast_precision_loss, reason = "a share, to be drawn")]
fn elapsed(interval: Interval, now: i64) -> Option<f64> {
    let (start, end) = interval.running(now)?;
    Some((now - start) as f64 / (end - start) as f64)
}

/// What the limit comes to at the present pace. Follows the limit while it is typed.
fn pace(interval: Interval, spent: Usd, limit: Usd, at: i64) -> Option<AnyView> {
    let (class, text) = match Forecast::of(interval, spent, limit, at)? {
        Forecast::Reached => return None,
        Forecast::At(reached) => {
            let text = format!("At this pace the {} limit is reached {}.", interval.as_str(), day_of(reached, at));
            ("meter__text meter__pace is-at-risk", text)
        }
        Forecast::Within(by_then) => {
            ("meter__text meter__pace", format!("At this pace {} is spent by the reset.", by_then.brief()))
        }
    };
    Some(view! { <span class=class>{exact_text(text)}</span> }.into_any())
}

#[component]
pub(super) fn SpendNote(spend: WorkspaceSpend, counts_byok: Bound<bool>) -> impl IntoView {
    let refresh = Callback::new(move |()| spend.refetch());
    let is_said_offline = use_offline_banner();
    let unread = move |error: ApiError, effect: &'static str| {
        let title = "Couldn’t load the spend";
        view! { <ErrorPanel title=title error=error effect=effect on_retry=refresh/> }.into_any()
    };
    dynamic(move || match spend.keys.state.get() {
        Remote::Loading => view! { <p class="ladder__note">{"Loading spend…"}</p> }.into_any(),
        Remote::Failed(error) if is_said_offline(&error) => ().into_any(),
        Remote::Failed(error) => unread(error, "You can still change the limits."),
        Remote::Ready(keys, freshness) => {
            if spend.sum.with(Option::is_none) {
                return view! { <p class="ladder__note">{"The spend is too large to add up here."}</p> }.into_any();
            }
            // Tracked apart from the rest, so that the details stay open.
            let text = move || spend.sum.get().map(|sum| note(sum, keys.at, spend, counts_byok.get()));
            let error = if let Freshness::Stale(error) = freshness { Some(error) } else { None };
            let error = error.filter(|error| !is_said_offline(error));
            view! {
                {error.map(|error| unread(error, "The last known spend is shown."))}
                <div class="ladder__note">
                    <Disclosure summary=Signal::derive(move || spend.basis_title().to_owned())>
                        <p>{text}</p>
                    </Disclosure>
                    <IconButton icon=Icon::Refresh label="Refresh spend" on_click=refresh/>
                </div>
            }
            .into_any()
        }
    })
}

fn note(sum: Spend, keys_at: i64, spend: WorkspaceSpend, counts_byok: bool) -> String {
    let keys = match sum.keys {
        0 => "no API keys".to_owned(),
        keys => format!("{}, disabled keys too", counted(keys, "API key", "API keys")),
    };
    let recorded_at = spend.records.get().map(|records| records.at);
    let what = match recorded_at {
        Some(at) => format!("{} {}", by_records(at), lower_bound(&keys)),
        None => format!("Spend as of {}. Includes {keys}. {NO_DELETED_KEYS}", as_of(keys_at)),
    };
    let byok = match counts_byok {
        true => "Spend with your own provider keys (BYOK) counts.",
        false => "Spend with your own provider keys (BYOK) doesn’t count.",
    };
    format!("{what} {byok}")
}
