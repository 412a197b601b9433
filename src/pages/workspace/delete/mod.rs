//! The confirmation before a workspace is deleted: what is lost, what blocks it, and the typed slug.
//!
//! Invariant: nothing is deleted before its slug was typed, and the default workspace not before a box was ticked, too. Focus
//! starts on Cancel.

mod losses;

use leptos::prelude::*;

use crate::browser::now;
use crate::components::{KeyWays, WorkspaceIdentity, WriteFailurePanel};
use crate::data::{Data, Dated, MemberCount, Remote, WorkspaceBudgets, WorkspaceKeys, use_data};
use crate::domain::{ApiKey, Budgets, Workspace, inline_text, text::counted};
use crate::ui::{Button, ButtonVariant, Checkbox, Dialog, Field, TextInput};
use crate::write::{DeleteWorkspace, use_write};

use losses::{DefaultLosses, IdleKeys, Losses};

#[derive(Clone, Copy)]
struct Stakes {
    budgets: Data<Budgets>,
    members: Data<u64>,
    keys: Data<Dated<ApiKey>>,
}

impl Stakes {
    /// The active keys, or the others, of those that could be read. `None` while they are being read.
    fn keys(&self, is_active: bool) -> Option<Vec<ApiKey>> {
        let now = now();
        let wanted = |key: &&ApiKey| key.is_active(now) == is_active;
        self.keys.state.with(|state| {
            let read = || state.data().map(|read| read.rows.iter().filter(wanted).cloned().collect());
            (!state.is_loading()).then(|| read().unwrap_or_default())
        })
    }

    fn is_loading(&self) -> bool {
        let others = [self.budgets.state.with(Remote::is_loading), self.members.state.with(Remote::is_loading)];
        self.keys.state.with(Remote::is_loading) || others.contains(&true)
    }
}

/// What was entered to confirm.
#[derive(Clone, Copy)]
struct Confirmation {
    slug: RwSignal<String>,
    /// Whether the box of the default workspace is ticked.
    is_accepted: RwSignal<bool>,
}

impl Confirmation {
    fn clear(self) {
        self.slug.set(String::new());
        self.is_accepted.set(false);
    }

    /// Why the workspace can't be deleted now.
    fn problem(self, workspace: &Workspace, stakes: Stakes) -> Option<String> {
        let is_default = workspace.is_default();
        let is_typed = self.slug.with(|typed| typed.trim() == workspace.slug.as_str());
        match stakes.keys(true).map(|keys| keys.len()) {
            None => Some("Checking for active API keys…".to_owned()),
            Some(count) if count != 0 && !is_default => {
                Some(counted(count, "active API key blocks it", "active API keys block it"))
            }
            Some(_) if !is_typed => Some("Type the slug to confirm".to_owned()),
            Some(_) if is_default && !self.is_accepted.get() => Some("Tick the box to confirm".to_owned()),
            Some(_) => None,
        }
    }
}

#[component]
pub(super) fn DeleteDialog(
    data: Signal<Workspace>,
    is_open: Signal<bool>,
    on_close: Callback<()>,
    ways: KeyWays,
) -> impl IntoView {
    let confirmation = Confirmation { slug: RwSignal::new(String::new()), is_accepted: RwSignal::new(false) };
    let deletion = use_write(|_: DeleteWorkspace, result| result.err());
    let id = move || is_open.get().then(|| data.with(|workspace| workspace.id.clone()));
    let stakes = Stakes {
        budgets: use_data(move || id().map(WorkspaceBudgets)),
        members: use_data(move || id().map(MemberCount)),
        keys: use_data(move || id().map(WorkspaceKeys)),
    };
    let is_default = Memo::new(move |_| data.with(Workspace::is_default));
    let reason = Signal::derive(move || data.with(|workspace| confirmation.problem(workspace, stakes)));
    let delete = move |()| deletion.run(DeleteWorkspace(data.get_untracked()));
    let close = Callback::new(move |()| {
        if !deletion.pending.get_untracked() {
            confirmation.clear();
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
            {move || match is_default.get() {
                true => view! { <DefaultLosses data=data stakes=stakes ways=ways/> }.into_any(),
                false => view! { <Losses data=data stakes=stakes ways=ways/> }.into_any(),
            }}
            <Field label=Signal::derive(move || data.with(|workspace| format!("Type “{}” to confirm", inline_text(workspace.slug.as_str()))))>
                <TextInput value=confirmation.slug name="confirm-slug" mono=true/>
            </Field>
            <Show when=move || is_default.get()>
                <Checkbox checked=confirmation.is_accepted label="I understand that these API keys stop working permanently"/>
            </Show>
            <WriteFailurePanel title="Couldn’t delete the workspace" failure=deletion.failure/>
            <IdleKeys data=data stakes=stakes failure=deletion.failure ways=ways/>
        </Dialog>
    }
}
