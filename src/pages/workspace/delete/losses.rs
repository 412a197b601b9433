//! What a deletion destroys and disables, and the API keys that block it or end with it.
//!
//! Nothing published says whether a deletion destroys disabled keys, nor whether they block it. So the API decides.

use leptos::prelude::*;

use super::Stakes;
use crate::api::WriteOutcome;
use crate::components::{BlockingKeys, KeyWayButtons, KeyWays, KeysRole};
use crate::data::{Data, Remote};
use crate::domain::{Workspace, text::counted};
use crate::ui::{Banner, Skeleton, Tone, dynamic, exact};
use crate::write::WriteFailure;

#[component]
pub(super) fn Losses(data: Signal<Workspace>, stakes: Stakes, ways: KeyWays) -> impl IntoView {
    let is_loading = Memo::new(move |_| stakes.is_loading());
    dynamic(move || {
        if is_loading.get() {
            return view! { <Skeleton lines=3/> }.into_any();
        }
        view! {
            <p>{"This permanently deletes:"}</p>
            <ul class="delete__losses">
                <li>{exact(move || budgets(stakes))}</li>
                <li>{exact(move || count(stakes.members, |count| usize::try_from(*count).unwrap_or(usize::MAX), "membership", "memberships"))}</li>
                <li>{"its guardrails"}</li>
            </ul>
            <p>{"It also disables its classifiers and broadcast destinations."}</p>
            <p>
                {"The workspace has "}
                {exact(move || keys(stakes, false, "disabled or expired API key", "disabled or expired API keys"))}
                {". The API doesn’t say whether those keys are deleted too."}
            </p>
            <Keys data=data stakes=stakes role=KeysRole::Block("the deletion") ways=ways/>
        }
        .into_any()
    })
}

/// What the account loses with its default workspace.
#[component]
pub(super) fn DefaultLosses(data: Signal<Workspace>, stakes: Stakes, ways: KeyWays) -> impl IntoView {
    let is_loading = Memo::new(move |_| stakes.is_loading());
    dynamic(move || {
        if is_loading.get() {
            return view! { <Skeleton lines=3/> }.into_any();
        }
        view! {
            <Banner tone=Tone::Danger title="This affects the whole account">
                <p>{"API keys that belong to no other workspace stop working permanently. You can’t enable them again. Management keys keep working."}</p>
            </Banner>
            <p>{"This permanently disables:"}</p>
            <ul class="delete__losses">
                <li>{exact(move || keys(stakes, true, "active API key", "active API keys"))}</li>
                <li>{exact(move || budgets(stakes))}</li>
                <li>{"its guardrails"}</li>
                <li>{"its classifiers and broadcast destinations"}</li>
            </ul>
            <p>{"After that, the API refuses calls that name no workspace."}</p>
            <Keys data=data stakes=stakes role=KeysRole::End ways=ways/>
        }
        .into_any()
    })
}

/// The active keys, and why they could not be read.
#[component]
fn Keys(data: Signal<Workspace>, stakes: Stakes, role: KeysRole, ways: KeyWays) -> impl IntoView {
    let active = Memo::new(move |_| stakes.keys(true).unwrap_or_default());
    let unread = Memo::new(move |_| match stakes.keys.state.get() {
        Remote::Failed(error) => Some(error),
        _ => None,
    });
    move || {
        view! {
            <BlockingKeys
                workspace=data.with_untracked(|workspace| workspace.id.clone())
                keys=active.get()
                unread=unread.get()
                role=role
                ways=ways
            />
        }
    }
}

/// After the API has refused: the keys that are left. It may count those that do not work, too.
#[component]
pub(super) fn IdleKeys(
    data: Signal<Workspace>,
    stakes: Stakes,
    failure: RwSignal<Option<WriteFailure>>,
    ways: KeyWays,
) -> impl IntoView {
    let is_refused = Memo::new(move |_| {
        failure.with(|failure| match failure {
            Some(WriteFailure::Write(failure)) => {
                failure.outcome == WriteOutcome::Refused
                    && matches!(failure.error.status(), Some(400 | 403 | 409))
                    && failure.error.is_from_api()
            }
            _ => false,
        })
    });
    let idle = Memo::new(move |_| {
        let is_asked = is_refused.get() && !data.with(Workspace::is_default);
        let is_blocked = stakes.keys(true).is_none_or(|active| !active.is_empty());
        if is_asked && !is_blocked { stakes.keys(false).unwrap_or_default() } else { Vec::new() }
    });
    dynamic(move || {
        let idle = Some(idle.get()).filter(|idle| !idle.is_empty())?;
        let left = counted(idle.len(), "disabled or expired API key is", "disabled or expired API keys are");
        let workspace = data.with_untracked(|workspace| workspace.id.clone());
        let keys = idle.into_iter().map(|key| (workspace.clone(), key)).collect();
        Some(view! {
            <Banner tone=Tone::Warning title=format!("{left} left")>
                <p>{"The API may count them too. Move them to another workspace or delete them, and then try again."}</p>
                <KeyWayButtons ways=ways keys=keys/>
            </Banner>
        })
    })
}

fn budgets(stakes: Stakes) -> String {
    count(stakes.budgets, |it| it.budgets.len() + it.unread.len(), "budget", "budgets")
}

fn keys(stakes: Stakes, is_active: bool, one: &str, many: &str) -> String {
    count(stakes.keys, |_| stakes.keys(is_active).map_or(0, |keys| keys.len()), one, many)
}

fn count<T: Send + Sync>(data: Data<T>, count: impl Fn(&T) -> usize, one: &str, many: &str) -> String {
    match data.get().map(|value| count(&value)) {
        Some(0) => format!("no {many}"),
        Some(number) => counted(number, one, many),
        None => format!("its {many} (couldn’t be counted)"),
    }
}
