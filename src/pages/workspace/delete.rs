//! Deleting a workspace: what it destroys, what blocks it, and the typed slug.
//!
//! Invariant: nothing is destroyed without its slug having been typed; focus starts on Cancel.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::{ApiError, WriteError, budgets, keys, members, workspaces};
use crate::components::{BlockingKeys, WorkspaceIdentity, WriteErrorPanel};
use crate::domain::{ApiKey, Workspace, WorkspaceRef, in_words};
use crate::routes::Route;
use crate::state::{
    Invalidation, Journal, Notices, Query, Resource, UnsavedGuard, WorkspaceList, drafts, now, use_client,
    use_navigator, use_query,
};
use crate::ui::{Banner, Button, ButtonVariant, Dialog, DialogTone, Field, Skeleton, TextInput, Tone, dynamic};

/// What a deletion destroys and what blocks it. A part that could not be read says so instead.
#[derive(Clone, PartialEq)]
struct Stakes {
    budgets: Result<usize, ApiError>,
    members: Result<u64, ApiError>,
    keys: Result<Vec<ApiKey>, ApiError>,
}

impl Stakes {
    fn active(&self) -> Vec<ApiKey> {
        let now = now();
        self.keys.iter().flatten().filter(|key| key.is_active(now)).cloned().collect()
    }
}

/// The confirmation.
#[component]
pub(super) fn DeleteDialog(data: Signal<Workspace>, is_open: Signal<bool>, on_close: Callback<()>) -> impl IntoView {
    let typed = RwSignal::new(String::new());
    let pending = RwSignal::new(false);
    let failure = RwSignal::new(None::<WriteError>);
    let stakes = stakes_of(data, is_open);
    let reason = Signal::derive(move || blocked_by(&data.get(), stakes, &typed.get()));
    let delete = deletion(data, pending, failure);
    let close = Callback::new(move |()| {
        if !pending.get_untracked() {
            typed.set(String::new());
            failure.set(None);
            on_close.run(());
        }
    });
    let title = Signal::derive(move || data.with(|workspace| format!("Delete “{}”?", workspace.label_in_words())));
    let footer = move || {
        view! {
            <Button on_click=close autofocus=true>"Cancel"</Button>
            <Button variant=ButtonVariant::Danger pending=pending disabled_reason=reason on_click=delete>
                "Delete workspace"
            </Button>
        }
        .into_any()
    };
    view! {
        <Dialog open=is_open on_close=close title=title tone=DialogTone::Danger footer=footer>
            <WorkspaceIdentity workspace=data/>
            {move || match data.with(Workspace::is_default) {
                true => view! {
                    <Banner tone=Tone::Warning title="The default workspace cannot be deleted">
                        <p>{"It holds everybody in the organization. Delete other workspaces instead."}</p>
                    </Banner>
                }.into_any(),
                false => view! { <Losses data=data stakes=stakes/> }.into_any(),
            }}
            <Show when=move || !data.with(Workspace::is_default)>
                <Field label=Signal::derive(move || data.with(|workspace| format!("Type “{}” to confirm", in_words(workspace.slug.as_str()))))>
                    <TextInput value=typed name="confirm-slug" mono=true/>
                </Field>
            </Show>
            {move || failure.get().map(|failure| view! {
                <WriteErrorPanel title="The workspace could not be deleted" failure=failure/>
            }.into_any())}
        </Dialog>
    }
}

fn stakes_of(data: Signal<Workspace>, is_open: Signal<bool>) -> Query<Stakes> {
    use_query(
        Resource::Keys,
        move || is_open.get().then(|| data.with(|workspace| workspace.id.clone())),
        async |client, id| {
            let workspace = WorkspaceRef::from(&id);
            let all_keys = keys::collect_all(&client, &id);
            let budgets = budgets::list(&client, &workspace);
            let members = members::count(&client, &workspace);
            let (budgets, members, keys) = futures::join!(budgets, members, all_keys);
            Ok(Stakes { budgets: budgets.map(|budgets| budgets.budgets.len() + budgets.unread.len()), members, keys })
        },
    )
}

/// Why it cannot be deleted now.
fn blocked_by(workspace: &Workspace, stakes: Query<Stakes>, typed: &str) -> Option<String> {
    if workspace.is_default() {
        return Some("The default workspace cannot be deleted".to_owned());
    }
    let active = stakes.state.with(|state| state.data().map(|stakes| stakes.active().len()));
    match active {
        None => Some("Looking for what blocks it…".to_owned()),
        Some(0) if typed.trim() == workspace.slug.as_str() => None,
        Some(0) => Some("Type the slug first".to_owned()),
        Some(1) => Some("1 active API key blocks it".to_owned()),
        Some(count) => Some(format!("{count} active API keys block it")),
    }
}

/// What is destroyed, in numbers, and the keys that block it.
#[component]
fn Losses(data: Signal<Workspace>, stakes: Query<Stakes>) -> impl IntoView {
    let known = Memo::new(move |_| stakes.state.with(|state| state.data().cloned()));
    dynamic(move || match known.get() {
        None => view! { <Skeleton lines=3/> }.into_any(),
        Some(stakes) => {
            let count = |number: Result<u64, ApiError>, one: &str, many: &str| match number {
                Ok(0) => format!("no {many}"),
                Ok(1) => format!("1 {one}"),
                Ok(number) => format!("{number} {many}"),
                Err(_) => format!("its {many} (they could not be counted)"),
            };
            let at = now();
            let idle = |key: &&ApiKey| !key.is_active(at);
            let disabled = stakes.keys.clone().map(|keys| keys.iter().filter(idle).count() as u64);
            let budgets = count(stakes.budgets.clone().map(|count| count as u64), "budget", "budgets");
            let members = count(stakes.members.clone(), "membership", "memberships");
            let disabled = count(disabled, "disabled or expired API key", "disabled or expired API keys");
            view! {
                <p>{"This destroys, for good:"}</p>
                <ul class="delete__losses">
                    <li>{budgets}</li>
                    <li>{members}</li>
                    <li>{disabled}</li>
                    <li>{"its guardrails; its broadcast destinations are disabled"}</li>
                </ul>
                <BlockingKeys
                    workspace=data.with_untracked(|workspace| workspace.id.clone())
                    keys=stakes.active()
                    unread=stakes.keys.err()
                    blocked="the deletion"
                />
            }
            .into_any()
        }
    })
}

fn deletion(data: Signal<Workspace>, pending: RwSignal<bool>, failure: RwSignal<Option<WriteError>>) -> Callback<()> {
    let (client, navigator) = (use_client(), use_navigator());
    let (journal, notices): (Journal, Notices) = (expect_context(), expect_context());
    let (guard, list): (UnsavedGuard, WorkspaceList) = (expect_context(), expect_context());
    let invalidation: Invalidation = expect_context();
    Callback::new(move |()| {
        let (client, workspace) = (client.clone(), data.get_untracked());
        pending.set(true);
        failure.set(None);
        spawn_local(async move {
            let result = workspaces::delete(&client, &workspace.id).await;
            journal.note("Delete workspace", workspace.label_with_slug(), &result);
            let is_here = pending.try_set(false).is_none();
            match result {
                Ok(()) => {
                    drafts::forget(&format!("workspace.{}", workspace.id));
                    drafts::forget(&drafts::of_budgets(&workspace.id));
                    notices.success(format!("“{}” was deleted", workspace.label_in_words()));
                    list.remove(&workspace.id);
                    // Whoever went elsewhere meanwhile stays there, with what is being edited there.
                    if is_here {
                        guard.set(false);
                        navigator.replace(&Route::home());
                    }
                    invalidation.invalidate(Resource::Workspaces);
                }
                Err(refused) => {
                    if let Some(refused) = failure.try_set(Some(refused)).flatten() {
                        notices.failure(format!("“{}” was not deleted", workspace.label_in_words()), refused.words());
                    }
                    // Something blocks it that was not there before: look again.
                    invalidation.invalidate(Resource::Keys);
                }
            }
        });
    })
}
