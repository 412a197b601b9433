//! The spend in each running window, next to the limit that it counts against.

use leptos::prelude::*;

use crate::api::ApiError;
use crate::components::{ErrorPanel, LadderEditing, When};
use crate::data::{Data, Dated, Freshness, Remote, WorkspaceKeys, use_data};
use crate::domain::{ApiKey, Budgets, Interval, Pressure, Spend, Timestamp, Usd, Workspace};
use crate::ui::{Bound, Button, Icon, IconMark, dynamic, exact_text, number_text, percentage};

#[derive(Clone, Copy)]
pub(super) struct WorkspaceSpend {
    keys: Data<Dated<ApiKey>>,
    /// The sum over all keys. `None` until they have been read, or if it has more digits than an amount can have.
    sum: Memo<Option<Spend>>,
}

/// Observes the spend of a workspace. It is read again when a day, and with it a window, has ended.
pub(super) fn use_spend(workspace: Signal<Workspace>) -> WorkspaceSpend {
    let keys = use_data(move || Some(WorkspaceKeys(workspace.with(|it| it.id.clone()))));
    WorkspaceSpend { keys, sum: Memo::new(move |_| keys.get().and_then(|keys| Spend::of(&keys.rows))) }
}

#[component]
pub(super) fn Use(
    interval: Interval,
    editing: LadderEditing,
    spend: WorkspaceSpend,
    data: Signal<Budgets>,
) -> impl IntoView {
    let spent = Memo::new(move |_| {
        let counts = editing.counts_byok.get();
        spend.sum.with(|sum| sum.map(|sum| sum.within(interval, counts)))
    });
    let limit = Memo::new(move |_| editing.ladder().get(interval));
    let changed = Memo::new(move |_| {
        data.with(|data| data.of(interval).and_then(|budget| budget.updated_at.clone().or(budget.created_at.clone())))
    });
    view! {
        {move || match (spent.get(), limit.get()) {
            (Some(spent), Some(limit)) => view! { <Bar interval=interval spent=spent limit=limit/> }.into_any(),
            (Some(spent), None) => view! { <p class="meter__text">{exact_text(format!("{} spent", spent.brief()))}</p> }.into_any(),
            (None, _) => view! { <p class="meter__text">{"Spend is not known"}</p> }.into_any(),
        }}
        {move || changed.get().map(|at| view! {
            <p class="meter__text">{"Changed "}<When at=at/></p>
        }.into_any())}
    }
}

#[component]
fn Bar(interval: Interval, spent: Usd, limit: Usd) -> impl IntoView {
    let (class, warning) = match Pressure::of(spent, limit) {
        Pressure::Fine => ("meter", None),
        Pressure::Near => ("meter meter--warning", None),
        Pressure::Over => {
            ("meter meter--danger", Some("All of it is spent: with this limit, requests are refused at once."))
        }
    };
    let share = spent.ratio(limit);
    let text = format!("{} of {limit} spent, {}", spent.brief(), spent.format_share(limit));
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
            </div>
            <span class="meter__text">{exact_text(text)}</span>
        </div>
        {warning.map(|warning| view! {
            <p class="rung__warning" role="status"><IconMark icon=Icon::Warning/><span>{warning}</span></p>
        }.into_any())}
    }
}

#[component]
pub(super) fn SpendNote(spend: WorkspaceSpend, counts_byok: Bound<bool>) -> impl IntoView {
    let refresh = Callback::new(move |()| spend.keys.refetch());
    let unread = move |error: ApiError, effect: &'static str| {
        let title = "What was spent could not be read";
        view! { <ErrorPanel title=title error=error effect=effect on_retry=refresh/> }.into_any()
    };
    dynamic(move || match spend.keys.state.get() {
        Remote::Loading => view! { <p class="ladder__note">{"Reading what was spent…"}</p> }.into_any(),
        Remote::Failed(error) => unread(error, "You can still change the limits."),
        Remote::Ready(keys, freshness) => {
            let Some(sum) = spend.sum.get() else {
                return view! { <p class="ladder__note">{"The spend is too large a number to be added up here."}</p> }
                    .into_any();
            };
            let error = if let Freshness::Stale(error) = freshness { Some(error) } else { None };
            view! {
                {error.map(|error| unread(error, "What was read before is shown still."))}
                <div class="ladder__note">
                    <p>{note(sum, keys.at, counts_byok.get())}</p>
                    <Button icon=Icon::Refresh on_click=refresh>"Refresh spend"</Button>
                </div>
            }
            .into_any()
        }
    })
}

fn note(spend: Spend, at: i64, counts_byok: bool) -> String {
    let keys = match spend.keys {
        0 => "no API keys: nothing was spent through this workspace’s present keys".to_owned(),
        1 => "the 1 API key of this workspace".to_owned(),
        keys => format!("the {keys} API keys of this workspace, disabled ones too"),
    };
    let byok = match counts_byok {
        true => "Spend through own provider keys (BYOK) counts.",
        false => "Spend through own provider keys (BYOK) does not count.",
    };
    let as_of = Timestamp::from_unix_seconds(at).map(|at| at.exact()).unwrap_or_default();
    format!("Spend as of {as_of}, summed over {keys}. {byok} Keys that were deleted since are not in it.")
}
