//! The confirmation before a workspace is deleted: what is lost, what blocks it, and the typed slug.
//!
//! Invariant: nothing is deleted before its slug was typed. Focus starts on Cancel.

use leptos::prelude::*;

use crate::browser::now;
use crate::components::{BlockingKeys, WorkspaceIdentity, WriteFailurePanel};
use crate::data::{Data, Dated, MemberCount, Remote, Shared, WorkspaceBudgets, WorkspaceKeys, use_data};
use crate::domain::{ApiKey, Budgets, Workspace, inline_text, text::counted};
use crate::ui::{Banner, Button, ButtonVariant, Dialog, Field, Skeleton, TextInput, Tone, dynamic, exact};
use crate::write::{DeleteWorkspace, use_write};

#[derive(Clone, Copy)]
struct Stakes {
    budgets: Data<Budgets>,
    members: Data<u64>,
    keys: Data<Dated<ApiKey>>,
}

impl Stakes {
    /// The active keys, of those that could be read; `None` while they are being read.
    fn active(&self) -> Option<Vec<ApiKey>> {
        let now = now();
        self.keys.state.with(|state| {
            let active =
                |read: &Shared<Dated<ApiKey>>| read.rows.iter().filter(|key| key.is_active(now)).cloned().collect();
            (!state.is_loading()).then(|| state.data().map(active).unwrap_or_default())
        })
    }

    fn is_loading(&self) -> bool {
        let others = [self.budgets.state.with(Remote::is_loading), self.members.state.with(Remote::is_loading)];
        self.keys.state.with(Remote::is_loading) || others.contains(&true)
    }
}

#[component]
pub(super) fn DeleteDialog(data: Signal<Workspace>, is_open: Signal<bool>, on_close: Callback<()>) -> impl IntoView {
    let typed = RwSignal::new(String::new());
    let deletion = use_write(|_: DeleteWorkspace, result| result.err());
    let id = move || is_open.get().then(|| data.with(|workspace| workspace.id.clone()));
    let stakes = Stakes {
        budgets: use_data(move || id().map(WorkspaceBudgets)),
        members: use_data(move || id().map(MemberCount)),
        keys: use_data(move || id().map(WorkspaceKeys)),
    };
    let reason = Signal::derive(move || blocked_by(&data.get(), stakes, &typed.get()));
    let delete = move |()| deletion.run(DeleteWorkspace(data.get_untracked()));
    let close = Callback::new(move |()| {
        if !deletion.pending.get_untracked() {
            typed.set(String::new());
            deletion.failure.set(None);
            on_close.run(());
        }
    });
    let title = Signal::derive(move || data.with(|workspace| format!("Delete “{}”?", workspace.inline_label())));
    let footer = move || {
        view! {
            <Button on_click=close autofocus=true>"Cancel"</Button>
            <Button variant=ButtonVariant::Danger pending=deletion.pending disabled_reason=reason on_click=delete>
                "Delete workspace"
            </Button>
        }
    };
    view! {
        <Dialog open=is_open on_close=close title=title danger=true footer=footer>
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
                <Field label=Signal::derive(move || data.with(|workspace| format!("Type “{}” to confirm", inline_text(workspace.slug.as_str()))))>
                    <TextInput value=typed name="confirm-slug" mono=true/>
                </Field>
            </Show>
            <WriteFailurePanel title="The workspace could not be deleted" failure=deletion.failure/>
        </Dialog>
    }
}

fn blocked_by(workspace: &Workspace, stakes: Stakes, typed: &str) -> Option<String> {
    if workspace.is_default() {
        return Some("The default workspace cannot be deleted".to_owned());
    }
    match stakes.active().map(|keys| keys.len()) {
        None => Some("Looking for what blocks it…".to_owned()),
        Some(0) if typed.trim() == workspace.slug.as_str() => None,
        Some(0) => Some("Type the slug first".to_owned()),
        Some(count) => Some(counted(count, "active API key blocks it", "active API keys block it")),
    }
}

#[component]
fn Losses(data: Signal<Workspace>, stakes: Stakes) -> impl IntoView {
    let is_loading = Memo::new(move |_| stakes.is_loading());
    let active = Memo::new(move |_| stakes.active().unwrap_or_default());
    let unread = Memo::new(move |_| match stakes.keys.state.get() {
        Remote::Failed(error) => Some(error),
        _ => None,
    });
    let idle = move |read: &Dated<ApiKey>| {
        let now = now();
        read.rows.iter().filter(|key| !key.is_active(now)).count()
    };
    dynamic(move || {
        if is_loading.get() {
            return view! { <Skeleton lines=3/> }.into_any();
        }
        view! {
            <p>{"This deletes, for good:"}</p>
            <ul class="delete__losses">
                <li>{exact(move || count(stakes.budgets, |it| it.budgets.len() + it.unread.len(), "budget", "budgets"))}</li>
                <li>{exact(move || count(stakes.members, |count| usize::try_from(*count).unwrap_or(usize::MAX), "membership", "memberships"))}</li>
                <li>{"its guardrails; its classifiers and broadcast destinations are disabled"}</li>
            </ul>
            <p>
                {"It has "}
                {exact(move || count(stakes.keys, idle, "disabled or expired API key", "disabled or expired API keys"))}
                {". The API does not say whether such keys are deleted too."}
            </p>
            {move || view! {
                <BlockingKeys
                    workspace=data.with_untracked(|workspace| workspace.id.clone())
                    keys=active.get()
                    unread=unread.get()
                    blocked="the deletion"
                />
            }}
        }
        .into_any()
    })
}

fn count<T: Send + Sync>(data: Data<T>, count: impl Fn(&T) -> usize, one: &str, many: &str) -> String {
    match data.get().map(|value| count(&value)) {
        Some(0) => format!("no {many}"),
        Some(number) => counted(number, one, many),
        None => format!("its {many} (they could not be counted)"),
    }
}
