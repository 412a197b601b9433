//! The active API keys that block a deletion or a removal, with buttons to move, disable and delete them.
//!
//! Invariant: a key is disabled or deleted only on a second press, of a button that names it. The first one focuses Cancel.
//! Several keys are changed by a job, which has a preview.

use super::{ErrorPanel, IdentityOf, KeyWayButtons, KeyWays, WriteFailurePanel};
use crate::api::ApiError;
use crate::data::{Directory, Topic, use_cache};
use crate::domain::{ApiKey, UserId, WorkspaceId, inline_text, is_visible, text::counted};
use crate::jobs::JobKind;
use crate::ui::{Banner, Button, ButtonVariant, Dialog, Tone};
use crate::write::{ChangeKey, KeyChange, use_write};
use leptos::prelude::*;

/// What the keys of a list do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum KeysRole {
    /// They block this, such as `the deletion`.
    Block(&'static str),
    /// They stay active.
    Stay,
    /// The deletion of their workspace disables them permanently.
    End,
}

impl KeysRole {
    fn words(self, count: usize) -> (String, &'static str) {
        match self {
            Self::Block(blocked) => (
                format!("{} {blocked}", counted(count, "active API key blocks", "active API keys block")),
                "Move them to another workspace, disable them, or delete them first. Anything that uses a disabled or deleted key stops working immediately.",
            ),
            Self::Stay => (
                counted(count, "active API key", "active API keys"),
                "To end this access, disable or delete them. Anything that uses them stops working immediately.",
            ),
            Self::End => (
                format!(
                    "{} permanently",
                    counted(count, "active API key stops working", "active API keys stop working")
                ),
                "To keep them working, move them to another workspace first.",
            ),
        }
    }

    fn effect_of_unread(self) -> &'static str {
        match self {
            Self::Block(_) => "If any of them is active, the API will refuse.",
            Self::Stay => "They may still be active.",
            Self::End => "Any that are active stop working permanently.",
        }
    }
}

#[component]
pub(crate) fn BlockingKeys(
    workspace: WorkspaceId,
    keys: Vec<ApiKey>,
    unread: Option<ApiError>,
    role: KeysRole,
    /// Without them the keys can't be moved here.
    #[prop(optional)]
    ways: Option<KeyWays>,
) -> impl IntoView {
    if let Some(error) = unread {
        let cache = use_cache();
        let retry = Callback::new(move |()| cache.invalidate([Topic::Keys(workspace.clone())]));
        return view! {
            <ErrorPanel title="Couldn’t load API keys" error=error effect=role.effect_of_unread() on_retry=retry/>
        }
        .into_any();
    }
    if keys.is_empty() {
        return ().into_any();
    }
    let (title, advice) = role.words(keys.len());
    let all = ways.filter(|_| keys.len() > 1).map(|ways| {
        let keys = keys.iter().map(|key| (workspace.clone(), key.clone())).collect();
        view! { <KeyWayButtons ways=ways keys=keys/> }
    });
    let item = |key| view! { <KeyItem workspace=workspace.clone() key=key ways=ways/> };
    let items = keys.into_iter().map(item).collect_view();
    view! {
        <Banner tone=Tone::Warning title=title>
            <p>{advice}</p>
            {all}
        </Banner>
        <ul class="key-list">{items}</ul>
    }
    .into_any()
}

#[component]
fn KeyItem(workspace: WorkspaceId, key: ApiKey, ways: Option<KeyWays>) -> impl IntoView {
    let name = if is_visible(&key.name) { key.name.clone() } else { key.label.clone() };
    let asked = RwSignal::new(None::<KeyChange>);
    let target = StoredValue::new((workspace.clone(), key.hash.clone(), name.clone()));
    let writer = use_write(|_: ChangeKey, result| result.err());
    let run = move |change: KeyChange| {
        let (workspace, hash, name) = target.get_value();
        writer.run(ChangeKey { workspace, hash, name, change });
    };
    let ask = move |change: KeyChange| asked.set(Some(change));
    let moved = key.clone();
    let open_move = ways
        .map(|ways| Callback::new(move |()| ways.open(JobKind::MoveKeys, vec![(workspace.clone(), moved.clone())])));
    let spend = format!("{} this month, {} total", key.usage_monthly.brief(), key.usage.brief());
    view! {
        <li class="key-list__item">
            <div class="key-list__text">
                <bdi class="key-list__name">{name.clone()}</bdi>
                <span class="muted mono"><bdi>{key.label.clone()}</bdi></span>
                <span class="muted">{spend}</span>
                <Show when=move || asked.get() == Some(KeyChange::Delete)>
                    <span class="muted mono key-list__hash"><bdi>{target.with_value(|(_, hash, _)| hash.to_string())}</bdi></span>
                </Show>
            </div>
            {move || {
                let name = inline_text(&name);
                let buttons = if let Some(change) = asked.get() {
                    let (variant, verb) = match change {
                        KeyChange::Disable => (ButtonVariant::Primary, "Disable"),
                        KeyChange::Enable => (ButtonVariant::Primary, "Enable"),
                        KeyChange::Delete => (ButtonVariant::Danger, "Delete"),
                    };
                    let after = if change == KeyChange::Delete { " permanently" } else { "" };
                    // A group of its own: with the same elements as below, the focus would stay on the second button.
                    view! {
                        <div class="key-list__actions" role="group" aria-label=format!("{verb} {name}{after}?")>
                            <Button on_click=move |()| asked.set(None) autofocus=true>"Cancel"</Button>
                            <Button variant=variant pending=writer.pending on_click=move |()| run(change)>
                                {format!("{verb} {name}{after}")}
                            </Button>
                        </div>
                    }.into_any()
                } else {
                    view! {
                        {open_move.map(|open| view! { <Button on_click=open label=format!("Move {name}")>"Move…"</Button> }.into_any())}
                        <Button on_click=move |()| ask(KeyChange::Disable) label=format!("Disable {name}")>"Disable…"</Button>
                        <Button on_click=move |()| ask(KeyChange::Delete) label=format!("Delete {name}")>"Delete…"</Button>
                    }.into_any()
                };
                view! { <div class="key-list__actions">{buttons}</div> }
            }}
            <WriteFailurePanel title="Couldn’t change the key" failure=writer.failure/>
        </li>
    }
}

/// The active keys of a person, who can be removed from a workspace once none is left. The dialog stays open when the last
/// key is gone, so that this is seen.
#[component]
pub(crate) fn KeysDialog(
    who: RwSignal<Option<(WorkspaceId, UserId)>>,
    directory: Directory,
    /// The active keys of a person in a workspace, and why they could not be read.
    #[prop(into)]
    keys_of: Callback<(WorkspaceId, UserId), (Vec<ApiKey>, Option<ApiError>)>,
    ways: KeyWays,
    /// The default workspace, whose keys block no removal.
    #[prop(optional, into)]
    default: Signal<Option<WorkspaceId>>,
    /// The word for the person, such as `member`.
    noun: &'static str,
) -> impl IntoView {
    let close = Callback::new(move |()| who.set(None));
    let keys = Memo::new(move |_| who.get().map(|who| keys_of.run(who)).unwrap_or_default());
    let is_default = move || who.with(|who| who.as_ref().map(|(workspace, _)| workspace.clone())) == default.get();
    let title = Signal::derive(move || {
        let name = who.with(|who| who.as_ref().map(|(_, person)| inline_text(&directory.entry(person).name)));
        name.map(|name| format!("API keys of {name}")).unwrap_or_default()
    });
    view! {
        <Dialog
            open=Signal::derive(move || who.with(Option::is_some))
            on_close=close
            title=title
            footer=move || view! { <Button on_click=close autofocus=true>"Close"</Button> }.into_any()
        >
            {move || who.get().map(|(workspace, person)| view! {
                <p class="identity"><bdi>{directory.entry(&person).note().to_owned()}</bdi></p>
                <IdentityOf workspace=workspace/>
            }.into_any())}
            {move || match (who.get(), keys.get()) {
                (Some((workspace, _)), (keys, unread)) if !keys.is_empty() || unread.is_some() => {
                    let role = if is_default() { KeysRole::Stay } else { KeysRole::Block("the removal") };
                    view! { <BlockingKeys workspace=workspace keys=keys unread=unread role=role ways=ways/> }.into_any()
                }
                _ => {
                    let title = match is_default() {
                        true => "No active API keys".to_owned(),
                        false => format!("No active API keys. You can now remove this {noun}"),
                    };
                    view! { <Banner tone=Tone::Success title=title/> }.into_any()
                }
            }}
        </Dialog>
    }
}
