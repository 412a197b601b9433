//! The active API keys that block a deletion or a removal, with the means to clear them.
//!
//! Invariant: a key is deleted only on a second press, which names it.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{ErrorPanel, IdentityOf, WriteErrorPanel};
use crate::api::settle::WriteOutcome;
use crate::api::{ApiError, WriteError, keys};
use crate::domain::{ApiKey, UserId, WorkspaceId, in_words, is_visible};
use crate::state::{Directory, Invalidation, Journal, Resource, use_client};
use crate::ui::{Banner, Button, ButtonVariant, Dialog, Tone};

/// What is done to a key.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Clearing {
    Disable,
    Delete,
}

/// The keys, each with its two ways out.
#[component]
pub fn BlockingKeys(
    /// The workspace.
    workspace: WorkspaceId,
    /// The active keys.
    keys: Vec<ApiKey>,
    /// Why they could not be read.
    unread: Option<ApiError>,
    /// What they block, such as `the deletion`.
    blocked: &'static str,
) -> impl IntoView {
    if let Some(error) = unread {
        let invalidation: Invalidation = expect_context();
        let again = Callback::new(move |()| invalidation.invalidate(Resource::Keys));
        return view! {
            <ErrorPanel
                title="The API keys could not be read"
                error=error
                effect="The API refuses it if any of them is active."
                on_retry=again
            />
        }
        .into_any();
    }
    if keys.is_empty() {
        return ().into_any();
    }
    let item = |(key, workspace)| view! { <KeyItem workspace=workspace key=key/> }.into_any();
    let title = match keys.len() {
        1 => format!("1 active API key blocks {blocked}"),
        count => format!("{count} active API keys block {blocked}"),
    };
    let items = keys.into_iter().zip(std::iter::repeat(workspace)).map(item).collect_view();
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
    let name = if !is_visible(&key.name) { key.label.clone() } else { key.name.clone() };
    let is_asking = RwSignal::new(false);
    let pending = RwSignal::new(false);
    let failure = RwSignal::new(None::<WriteError>);
    let clear = clearing(workspace, &key, &name, pending, failure);
    let disable = Callback::new(move |()| clear.run(Clearing::Disable));
    let ask = Callback::new(move |()| is_asking.set(true));
    let keep = Callback::new(move |()| is_asking.set(false));
    let delete = Callback::new(move |()| clear.run(Clearing::Delete));
    let hash = StoredValue::new(key.hash.clone());
    let spend = format!("{} this month, {} in all", key.usage_monthly, key.usage);
    view! {
        <li class="key-list__item">
            <div class="key-list__text">
                <bdi class="key-list__name">{name.clone()}</bdi>
                <span class="muted mono"><bdi>{key.label.clone()}</bdi></span>
                <span class="muted">{spend}</span>
                <Show when=move || is_asking.get()>
                    <span class="muted mono key-list__hash"><bdi>{hash.with_value(ToString::to_string)}</bdi></span>
                </Show>
            </div>
            {move || {
                let called = in_words(&name);
                if is_asking.get() {
                    view! {
                        <div class="key-list__actions">
                            <Button on_click=keep>"Keep"</Button>
                            <Button variant=ButtonVariant::Danger pending=pending on_click=delete>
                                {format!("Delete {called} for good")}
                            </Button>
                        </div>
                    }.into_any()
                } else {
                    view! {
                        <div class="key-list__actions">
                            <Button pending=pending on_click=disable label=format!("Disable {called}")>"Disable"</Button>
                            <Button on_click=ask label=format!("Delete {called}")>"Delete…"</Button>
                        </div>
                    }.into_any()
                }
            }}
            {move || failure.get().map(|failure| view! {
                <WriteErrorPanel title="The key could not be cleared" failure=failure/>
            }.into_any())}
        </li>
    }
}

fn clearing(
    workspace: WorkspaceId,
    key: &ApiKey,
    name: &str,
    pending: RwSignal<bool>,
    failure: RwSignal<Option<WriteError>>,
) -> Callback<Clearing> {
    let client = use_client();
    let (journal, invalidation): (Journal, Invalidation) = (expect_context(), expect_context());
    let (hash, name) = (key.hash.clone(), name.to_owned());
    Callback::new(move |how: Clearing| {
        let (client, workspace, hash, name) = (client.clone(), workspace.clone(), hash.clone(), name.clone());
        pending.set(true);
        failure.set(None);
        spawn_local(async move {
            let (action, result) = match how {
                Clearing::Disable => ("Disable API key", keys::disable(&client, &workspace, &hash).await),
                Clearing::Delete => ("Delete API key", keys::delete(&client, &workspace, &hash).await),
            };
            journal.note(action, name, &result);
            pending.try_set(false);
            // Where even reading back failed, or the key of this session was refused, reading again would only put its own
            // failure in the place of the keys.
            let is_vain =
                |failure: &WriteError| failure.outcome == WriteOutcome::Unknown || failure.error.is_unauthorized();
            if !result.as_ref().is_err_and(is_vain) {
                invalidation.invalidate(Resource::Keys);
            }
            if let Err(refused) = result {
                failure.try_set(Some(refused));
            }
        });
    })
}

/// The active keys of somebody, who cannot be removed from a workspace before they are cleared. It stays open when the last
/// is, so that this is seen.
#[component]
pub fn KeysDialog(
    /// Whose keys in which workspace are looked at.
    who: RwSignal<Option<(WorkspaceId, UserId)>>,
    /// Names of people.
    directory: Directory,
    /// The active keys.
    keys: Memo<Vec<ApiKey>>,
    /// Why they could not be read.
    #[prop(optional, into)]
    unread: Signal<Option<ApiError>>,
    /// What people are here, such as `member`.
    noun: &'static str,
) -> impl IntoView {
    let close = Callback::new(move |()| who.set(None));
    let title = Signal::derive(move || {
        let title =
            |(_, person): &(WorkspaceId, UserId)| format!("API keys of {}", in_words(&directory.entry(person).name));
        who.with(|who| who.as_ref().map(title)).unwrap_or_default()
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
            {move || match (who.get(), keys.get(), unread.get()) {
                (Some((workspace, _)), keys, unread) if !keys.is_empty() || unread.is_some() => view! {
                    <BlockingKeys workspace=workspace keys=keys unread=unread blocked="the removal"/>
                }.into_any(),
                _ => view! {
                    <Banner
                        tone=Tone::Success
                        title=format!("No active API key is left: this {noun} can be removed")
                    />
                }.into_any(),
            }}
        </Dialog>
    }
}
