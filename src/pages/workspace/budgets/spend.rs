//! What was spent in each running window, beside the limit that it counts against.
//!
//! Invariant: spend that cannot be had leaves everything else as it is.

use leptos::prelude::*;

use crate::api::{ApiError, keys};
use crate::components::{ErrorPanel, LadderEditing, When};
use crate::domain::{Budgets, Interval, Pressure, Spend, Timestamp, Usd, Workspace};
use crate::effect::watch;
use crate::state::{Freshness, Query, Remote, Resource, now, use_query};
use crate::ui::{BadgeTone, Button, Icon, IconMark, Meter, dynamic};

/// Spend as the keys told it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct SpendAt {
    /// `None` where the sum has more digits than an amount can have.
    spend: Option<Spend>,
    /// When it was asked for, in Unix seconds.
    at: i64,
}

/// The spend of the workspace, read anew when a window has ended.
pub(super) fn use_spend(workspace: Signal<Workspace>, clock: ReadSignal<i64>) -> Query<SpendAt> {
    let id = Memo::new(move |_| workspace.with(|workspace| workspace.id.clone()));
    let query = use_query(
        Resource::Keys,
        move || Some(id.get()),
        async |client, id| {
            let at = now();
            let keys = keys::collect_all(&client, &id).await?;
            Ok(SpendAt { spend: Spend::of(&keys), at })
        },
    );
    let mut asked_for = None;
    watch(move || {
        let now = clock.get();
        let ended = query.state.with(|state| {
            let reset = Interval::Daily.next_reset(state.data()?.at)?;
            (reset <= now).then_some(reset)
        });
        if ended.is_some() && asked_for != ended {
            asked_for = ended;
            query.refetch();
        }
    });
    query
}

/// A limit's use: a bar with its text, a warning, and when the limit was last changed.
#[component]
pub(super) fn Use(
    interval: Interval,
    editing: LadderEditing,
    spend: Query<SpendAt>,
    data: Signal<Budgets>,
) -> impl IntoView {
    let spent = Memo::new(move |_| {
        let counts = editing.counts_byok.get();
        spend.state.with(|state| Some(state.data()?.spend?.within(interval, counts)))
    });
    let limit = Memo::new(move |_| editing.form().ladder().get(interval));
    let changed = Memo::new(move |_| {
        data.with(|data| data.of(interval).and_then(|budget| budget.updated_at.clone().or(budget.created_at.clone())))
    });
    let reading = dynamic(move || match (spent.get(), limit.get()) {
        (Some(spent), Some(limit)) => view! { <Bar interval=interval spent=spent limit=limit/> }.into_any(),
        (Some(spent), None) => view! { <p class="meter__text">{format!("{} spent", spent.brief())}</p> }.into_any(),
        (None, _) => view! { <p class="meter__text">{"Spend is not known"}</p> }.into_any(),
    });
    view! {
        {reading}
        {move || changed.get().map(|at| view! {
            <p class="meter__text">{"Changed "}<When at=at/></p>
        }.into_any())}
    }
}

#[component]
fn Bar(interval: Interval, spent: Usd, limit: Usd) -> impl IntoView {
    let (tone, warning) = match Pressure::of(spent, limit) {
        Pressure::Fine => (BadgeTone::Neutral, None),
        Pressure::Near => (BadgeTone::Warning, None),
        Pressure::Over => {
            (BadgeTone::Danger, Some("All of it is spent: with this limit, requests are refused at once."))
        }
    };
    view! {
        <Meter
            value=spent.ratio(limit)
            max=1.0
            label=format!("{} spend", interval.label())
            text=format!("{} of {limit} spent, {}", spent.brief(), spent.share_words(limit))
            tone=Signal::derive(move || tone)
        />
        {warning.map(|warning| view! {
            <p class="rung__warning" role="status"><IconMark icon=Icon::Warning/><span>{warning}</span></p>
        }.into_any())}
    }
}

/// What the spend is made of, as of when, and what it leaves out.
#[component]
pub(super) fn SpendNote(spend: Query<SpendAt>, counts_byok: Memo<bool>) -> impl IntoView {
    let refresh = Callback::new(move |()| spend.refetch());
    dynamic(move || match spend.state.get() {
        Remote::Loading => view! { <p class="ladder__note">{"Reading what was spent…"}</p> }.into_any(),
        Remote::Failed(error) => {
            view! { <Unread error=error effect="The limits can be changed all the same." on_retry=refresh/> }.into_any()
        }
        Remote::Ready(SpendAt { spend: None, .. }, _) => {
            view! { <p class="ladder__note">{"The spend is too large a number to be added up here."}</p> }.into_any()
        }
        Remote::Ready(SpendAt { spend: Some(spend), at }, freshness) => {
            let keys = match spend.keys {
                0 => "no API keys: nothing was spent through this workspace’s present keys".to_owned(),
                1 => "the 1 API key of this workspace".to_owned(),
                keys => format!("the {keys} API keys of this workspace, disabled ones too"),
            };
            let byok = if counts_byok.get() {
                "Spend through own provider keys (BYOK) counts."
            } else {
                "Spend through own provider keys (BYOK) does not count."
            };
            let as_of = Timestamp::from_unix_seconds(at).map(|at| at.exact()).unwrap_or_default();
            let text =
                format!("Spend as of {as_of}, summed over {keys}. {byok} Keys that were deleted since are not in it.");
            let unread = match freshness {
                Freshness::Stale(error) => Some(error),
                Freshness::Fresh | Freshness::Refreshing => None,
            };
            view! {
                {unread.map(|error| view! {
                    <Unread error=error effect="What was read before is shown still." on_retry=refresh/>
                }.into_any())}
                <div class="ladder__note">
                    <p>{text}</p>
                    <Button icon=Icon::Refresh on_click=refresh>"Refresh spend"</Button>
                </div>
            }
            .into_any()
        }
    })
}

#[component]
fn Unread(error: ApiError, effect: &'static str, on_retry: Callback<()>) -> impl IntoView {
    view! {
        <ErrorPanel
            title="What was spent could not be read"
            error=error
            effect=effect
            on_retry=on_retry
        />
    }
}
