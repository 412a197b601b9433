//! The confirmation before a workspace is deleted: what is lost, what blocks it, and the typed slug.
//!
//! Invariant: nothing is deleted before its slug was typed. Focus starts on Cancel.

use leptos::prelude::*;

use crate::browser::now;
use crate::components::{BlockingKeys, WorkspaceIdentity, WriteFailurePanel};
use crate::data::{Data, KeysAt, MemberCount, Remote, Shared, WorkspaceBudgets, WorkspaceKeys, use_data};
use crate::domain::{ApiKey, Budgets, Workspace, in_words};
use crate::ui::{Banner, Button, ButtonVariant, Dialog, DialogTone, Field, Skeleton, TextInput, Tone};
use crate::write::{DeleteWorkspace, use_write};

/// What a deletion destroys and what blocks it. Read while the confirmation is open.
#[derive(Clone, Copy)]
struct Stakes {
    budgets: Data<Budgets>,
    members: Data<u64>,
    keys: Data<KeysAt>,
}

impl Stakes {
    fn observe(data: Signal<Workspace>, is_open: Signal<bool>) -> Self {
        let id = Memo::new(move |_| is_open.get().then(|| data.with(|workspace| workspace.id.clone())));
        Self {
            budgets: use_data(move || id.get().map(WorkspaceBudgets)),
            members: use_data(move || id.get().map(MemberCount)),
            keys: use_data(move || id.get().map(WorkspaceKeys)),
        }
    }

    /// The keys that block the deletion. `None` until they have been read; none if they could not be read, because the
    /// API then decides.
    fn active(&self) -> Option<Vec<ApiKey>> {
        let is_active = |key: &&ApiKey| key.is_active(now());
        self.keys.state.with(|state| match state {
            Remote::Loading => None,
            Remote::Failed(_) => Some(Vec::new()),
            Remote::Ready(keys, _) => Some(keys.keys.iter().filter(is_active).cloned().collect()),
        })
    }
}

/// The confirmation.
#[component]
pub(super) fn DeleteDialog(data: Signal<Workspace>, is_open: Signal<bool>, on_close: Callback<()>) -> impl IntoView {
    let typed = RwSignal::new(String::new());
    let deletion = use_write(|_: DeleteWorkspace, result| result.err());
    let stakes = Stakes::observe(data, is_open);
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

/// Why the workspace cannot be deleted now.
fn blocked_by(workspace: &Workspace, stakes: Stakes, typed: &str) -> Option<String> {
    if workspace.is_default() {
        return Some("The default workspace cannot be deleted".to_owned());
    }
    match stakes.active().map(|keys| keys.len()) {
        None => Some("Looking for what blocks it…".to_owned()),
        Some(0) if typed.trim() == workspace.slug.as_str() => None,
        Some(0) => Some("Type the slug first".to_owned()),
        Some(1) => Some("1 active API key blocks it".to_owned()),
        Some(count) => Some(format!("{count} active API keys block it")),
    }
}

/// What is lost, in numbers, and the keys that block the deletion.
#[component]
fn Losses(data: Signal<Workspace>, stakes: Stakes) -> impl IntoView {
    let is_loading = Memo::new(move |_| {
        let members_or_keys =
            stakes.members.state.with(Remote::is_loading) || stakes.keys.state.with(Remote::is_loading);
        members_or_keys || stakes.budgets.state.with(Remote::is_loading)
    });
    move || {
        match is_loading.get() {
        true => view! { <Skeleton lines=3/> }.into_any(),
        false => view! {
            <p>{"This destroys, for good:"}</p>
            <ul class="delete__losses">
                <li>{move || loss(&stakes.budgets, |it| it.budgets.len() + it.unread.len(), "budget", "budgets")}</li>
                <li>{move || loss(&stakes.members, |count| *count, "membership", "memberships")}</li>
                <li>{move || loss(&stakes.keys, idle_keys, "disabled or expired API key", "disabled or expired API keys")}</li>
                <li>{"its guardrails; its broadcast destinations are disabled"}</li>
            </ul>
            {move || view! {
                <BlockingKeys
                    workspace=data.with_untracked(|workspace| workspace.id.clone())
                    keys=stakes.active().unwrap_or_default()
                    unread=stakes.keys.state.with(|state| state.error().cloned())
                    blocked="the deletion"
                />
            }}
        }
        .into_any(),
    }
    }
}

fn idle_keys(keys: &KeysAt) -> usize {
    let at = now();
    keys.keys.iter().filter(|key| !key.is_active(at)).count()
}

/// How many of something are lost; that they could not be counted, if so.
fn loss<T: Send + Sync, N: TryInto<u64>>(data: &Data<T>, count: impl Fn(&T) -> N, one: &str, many: &str) -> String {
    let count = data.get().and_then(|data: Shared<T>| count(&data).try_into().ok());
    match count {
        Some(0) => format!("no {many}"),
        Some(1) => format!("1 {one}"),
        Some(number) => format!("{number} {many}"),
        None => format!("its {many} (they could not be counted)"),
    }
}
