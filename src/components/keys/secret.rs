//! Hands over the secret of a new API key, once.
//!
//! Invariant: the secret is in the document only while it is shown, and is dropped when the dialog closes. Closing or
//! leaving without having copied it asks first.

use std::sync::Arc;

use leptos::prelude::*;

use crate::api::KeySecret;
use crate::components::LeaveDialog;
use crate::domain::{ApiKey, inline_text};
use crate::navigation::UnsavedGuard;
use crate::search::keys::KeyRow;
use crate::ui::{Banner, Button, ButtonVariant, CopyButton, Dialog, Tone, unique_id};

/// A new key with its secret.
#[derive(Clone)]
pub(super) struct Issued {
    pub key: Arc<ApiKey>,
    pub secret: Arc<KeySecret>,
    /// The key that it replaces.
    pub replaced: Option<Arc<KeyRow>>,
}

const MASK: &str = "••••••••••••••••••••••••";

#[component]
pub(super) fn SecretDialog(
    issued: RwSignal<Option<Issued>>,
    /// Called with the key that was replaced, once the secret was handed over.
    on_handed_over: Callback<Option<Arc<KeyRow>>>,
) -> impl IntoView {
    let is_open = Memo::new(move |_| issued.with(Option::is_some));
    let (is_copied, is_asked) = (RwSignal::new(false), RwSignal::new(false));
    ask_before_leaving(move || is_open.get() && !is_copied.get());
    let finish = move || {
        let replaced = issued.try_update(Option::take).flatten().and_then(|issued| issued.replaced);
        [is_copied, is_asked].iter().for_each(|signal| signal.set(false));
        on_handed_over.run(replaced);
    };
    let close = Callback::new(move |()| if is_copied.get_untracked() { finish() } else { is_asked.set(true) });
    let footer = move || match is_asked.get() {
        false => view! { <Button variant=ButtonVariant::Primary on_click=close>"Done"</Button> }.into_any(),
        true => view! {
            <span role="alert">{"You haven’t copied the secret. You can’t see it again."}</span>
            <Button on_click=move |()| is_asked.set(false) autofocus=true>"Keep open"</Button>
            <Button variant=ButtonVariant::Danger on_click=move |()| finish()>"Close without copying"</Button>
        }
        .into_any(),
    };
    let name = move || issued.with(|it| it.as_ref().map(|it| inline_text(&it.key.title())).unwrap_or_default());
    view! {
        <Dialog
            open=is_open
            on_close=close
            title=Signal::derive(move || format!("“{}” was created", name()))
            footer=move || view! { <div class="secret__footer">{move || footer()}</div> }.into_any()
        >
            <Secret issued=issued is_copied=is_copied/>
        </Dialog>
        // Another view asks for itself, so this question is there only with the secret.
        <Show when=move || is_open.get()>
            <LeaveDialog
                title="Leave without copying the secret?"
                what="The secret of the new API key is shown only here, and only once. If you leave, it’s lost."
                leave_words="Leave without copying"
                stay_words="Stay on page"
            />
        </Show>
    }
}

/// Leaving the page needs a confirmation while there are secrets that were not copied. Other reasons for one are left alone.
pub(super) fn ask_before_leaving(has_uncopied: impl Fn() -> bool + 'static) {
    let guard: UnsavedGuard = expect_context();
    // Outside world: the question before the page is left.
    Effect::new(move |had: Option<bool>| {
        let has = has_uncopied();
        if has || had == Some(true) {
            guard.set(has);
        }
        has
    });
}

#[component]
fn Secret(issued: RwSignal<Option<Issued>>, is_copied: RwSignal<bool>) -> impl IntoView {
    let secret = Signal::derive(move || {
        issued.with(|it| it.as_ref().map(|it| it.secret.reveal().to_owned()).unwrap_or_default())
    });
    let copied = Callback::new(move |()| is_copied.set(true));
    view! {
        <Banner tone=Tone::Warning title="Copy the secret now">
            <p>{"The API tells it only once. Store it where the people and programs that need it find it, such as a password manager."}</p>
        </Banner>
        <SecretField secret=secret label="Secret" on_copied=copied/>
    }
}

/// A secret that is masked until the person shows it.
#[component]
pub(super) fn SecretField(
    secret: Signal<String>,
    #[prop(into)] label: String,
    /// Below the label.
    #[prop(optional, into)]
    note: String,
    on_copied: Callback<()>,
) -> impl IntoView {
    let id = unique_id("secret");
    let is_shown = RwSignal::new(false);
    let text = move || if is_shown.get() { secret.get() } else { MASK.to_owned() };
    let described = move || if is_shown.get() { None } else { Some("Hidden secret") };
    view! {
        <div class="secret" role="group" aria-labelledby=id.clone()>
            <span class="field__label" id=id.clone()><bdi>{label}</bdi></span>
            {(!note.is_empty()).then(|| view! { <span class="muted mono"><bdi>{note}</bdi></span> })}
            <code
                class="secret__text mono"
                translate="no"
                role=move || described().map(|_| "img")
                aria-label=described
                // A person can also copy the text by hand.
                on:copy=move |_| if is_shown.get_untracked() { on_copied.run(()) }
            >
                {move || text()}
            </code>
            <div class="secret__buttons">
                <Button on_click=move |()| is_shown.update(|it| *it = !*it)>
                    {move || if is_shown.get() { "Hide secret" } else { "Show secret" }}
                </Button>
                <CopyButton text=secret label="Copy secret" has_text=true on_copied=on_copied/>
            </div>
        </div>
    }
}
