//! The active API keys that block a deletion or a removal, with buttons to disable and delete them.
//!
//! Invariant: a key is deleted only on a second press, of a button that names it.

use super::{ErrorPanel, IdentityOf, WriteFailurePanel};
use crate::api::ApiError;
use crate::data::{Directory, Topic, use_cache};
use crate::domain::{ApiKey, UserId, WorkspaceId, inline_text, is_visible, text::counted};
use crate::ui::{Banner, Button, ButtonVariant, Dialog, Tone};
use crate::write::{ChangeKey, KeyChange, use_write};
use leptos::prelude::*;

#[component]
pub fn BlockingKeys(
    workspace: WorkspaceId,
    keys: Vec<ApiKey>,
    unread: Option<ApiError>,
    /// What they block, such as `the deletion`.
    blocked: &'static str,
) -> impl IntoView {
    if let Some(error) = unread {
        let cache = use_cache();
        let retry = Callback::new(move |()| cache.invalidate([Topic::Keys(workspace.clone())]));
        return view! {
            <ErrorPanel
                title="The API keys could not be read"
                error=error
                effect="The API refuses it if any of them is active."
                on_retry=retry
            />
        }
        .into_any();
    }
    if keys.is_empty() {
        return ().into_any();
    }
    let title = format!("{} {blocked}", counted(keys.len(), "active API key blocks", "active API keys block"));
    let item = |key| view! { <KeyItem workspace=workspace.clone() key=key/> };
    let items = keys.into_iter().map(item).collect_view();
    view! {
        <Banner tone=Tone::Warning title=title>
            <p>{"Disable or delete them first. Whatever uses them stops working at once."}</p>
        </Banner>
        <ul class="key-list">{items}</ul>
    }
    .into_any()
}

#[component]
fn KeyItem(workspace: WorkspaceId, key: ApiKey) -> impl IntoView {
    let name = if is_visible(&key.name) { key.name.clone() } else { key.label.clone() };
    let is_asking = RwSignal::new(false);
    let target = StoredValue::new((workspace, key.hash, name.clone()));
    let writer = use_write(|_: ChangeKey, result| result.err());
    let run = move |change: KeyChange| {
        let (workspace, hash, name) = target.get_value();
        writer.run(ChangeKey { workspace, hash, name, change });
    };
    let disable = move |()| run(KeyChange::Disable);
    let delete = move |()| run(KeyChange::Delete);
    let spend = format!("{} this month, {} total", key.usage_monthly.brief(), key.usage.brief());
    view! {
        <li class="key-list__item">
            <div class="key-list__text">
                <bdi class="key-list__name">{name.clone()}</bdi>
                <span class="muted mono"><bdi>{key.label.clone()}</bdi></span>
                <span class="muted">{spend}</span>
                <Show when=move || is_asking.get()>
                    <span class="muted mono key-list__hash"><bdi>{target.with_value(|(_, hash, _)| hash.to_string())}</bdi></span>
                </Show>
            </div>
            {move || {
                let name = inline_text(&name);
                let buttons = if is_asking.get() {
                    view! {
                        <Button on_click=move |()| is_asking.set(false)>"Keep"</Button>
                        <Button variant=ButtonVariant::Danger pending=writer.pending on_click=delete>
                            {format!("Delete {name} for good")}
                        </Button>
                    }.into_any()
                } else {
                    let ask = move |()| is_asking.set(true);
                    view! {
                        <Button pending=writer.pending on_click=disable label=format!("Disable {name}")>"Disable"</Button>
                        <Button on_click=ask label=format!("Delete {name}")>"Delete…"</Button>
                    }.into_any()
                };
                view! { <div class="key-list__actions">{buttons}</div> }
            }}
            <WriteFailurePanel title="The key could not be cleared" failure=writer.failure/>
        </li>
    }
}

/// The active keys of a person, who can be removed from a workspace once none is left. The dialog stays open when the last
/// key is gone, so that this is seen.
#[component]
pub fn KeysDialog(
    who: RwSignal<Option<(WorkspaceId, UserId)>>,
    directory: Directory,
    /// The active keys of a person in a workspace, and why they could not be read.
    #[prop(into)]
    keys_of: Callback<(WorkspaceId, UserId), (Vec<ApiKey>, Option<ApiError>)>,
    /// The word for the person, such as `member`.
    noun: &'static str,
) -> impl IntoView {
    let close = Callback::new(move |()| who.set(None));
    let keys = Memo::new(move |_| who.get().map(|who| keys_of.run(who)).unwrap_or_default());
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
                (Some((workspace, _)), (keys, unread)) if !keys.is_empty() || unread.is_some() => view! {
                    <BlockingKeys workspace=workspace keys=keys unread=unread blocked="the removal"/>
                }.into_any(),
                _ => {
                    let title = format!("No active API key is left: this {noun} can be removed");
                    view! { <Banner tone=Tone::Success title=title/> }.into_any()
                }
            }}
        </Dialog>
    }
}
