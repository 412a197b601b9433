//! The confirmation before a workspace is deleted: what is lost, what blocks it, and the typed slug.
//!
//! Invariant: nothing is deleted before its slug was typed. Focus starts on Cancel.

use leptos::prelude::*;

use crate::api::{ApiError, budgets, keys, members};
use crate::components::{BlockingKeys, WorkspaceIdentity, WriteFailurePanel};
use crate::domain::{ApiKey, Workspace, WorkspaceRef, in_words};
use crate::state::{Query, Resource, now, use_query};
use crate::ui::{Banner, Button, ButtonVariant, Dialog, DialogTone, Field, Skeleton, TextInput, Tone};
use crate::write::{DeleteWorkspace, use_write};

/// What a deletion destroys and what blocks it, each part as far as it could be read.
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
    let deletion = use_write(|_: DeleteWorkspace, result| result.err());
    let stakes = use_stakes(data, is_open);
    let reason = Signal::derive(move || blocked_by(&data.get(), stakes, &typed.get()));
    let delete = Callback::new(move |()| deletion.run(DeleteWorkspace(data.get_untracked())));
    let close = Callback::new(move |()| {
        if !deletion.pending.get_untracked() {
            typed.set(String::new());
            deletion.failure.set(None);
            on_close.run(());
        }
    });
    let title = Signal::derive(move || data.with(|workspace| format!("Delete “{}”?", workspace.label_in_words())));
    let footer = move || {
        view! {
            <Button on_click=close autofocus=true>"Cancel"</Button>
            <Button variant=ButtonVariant::Danger pending=deletion.pending disabled_reason=reason on_click=delete>
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
            {move || deletion.failure.get().map(|failure| view! {
                <WriteFailurePanel title="The workspace could not be deleted" failure=failure/>
            })}
        </Dialog>
    }
}

fn use_stakes(data: Signal<Workspace>, is_open: Signal<bool>) -> Query<Stakes> {
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

/// Why the workspace cannot be deleted now.
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

/// What is lost, in numbers, and the keys that block the deletion.
#[component]
fn Losses(data: Signal<Workspace>, stakes: Query<Stakes>) -> impl IntoView {
    let known = Memo::new(move |_| stakes.state.with(|state| state.data().cloned()));
    move || match known.get() {
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
    }
}
