//! The dialogs that ask over any view: before leaving, before the idle limit, and for another key.

use super::KeyForm;
use crate::navigation::{UnsavedGuard, use_navigator};
use crate::routes::Route;
use crate::session::{IdleWatch, KeyHolder, Session, SessionState, drafts, use_session};
use crate::ui::{Button, ButtonVariant, Dialog, DialogSize};
use leptos::prelude::*;

const KEPT_AT_SIGN_OUT: &str =
    "Your unsaved changes stay in this tab as a draft for up to 7 days. To continue, sign in again in this tab.";
const LOST_AT_SIGN_OUT: &str = "Your browser can’t store your unsaved changes, so you may lose them.";

/// Asks when the guard of unsaved changes has stopped the person.
#[component]
pub fn LeaveDialog(
    #[prop(default = "Leave without saving?")] title: &'static str,
    #[prop(default = "Your changes on this page aren’t saved. If you leave, you lose them.")] what: &'static str,
    #[prop(default = "Discard changes")] leave_words: &'static str,
    #[prop(default = "Keep editing")] stay_words: &'static str,
) -> impl IntoView {
    let guard: UnsavedGuard = expect_context();
    let (navigator, session) = (use_navigator(), use_context::<Session>());
    let stay = Callback::new(move |()| guard.stay());
    let leave = move |()| match session.filter(|_| untrack(|| guard.is_signing_out())) {
        Some(session) => {
            guard.stay();
            session.sign_out_unasked();
        }
        None => navigator.leave(),
    };
    let (has_draft, is_unstored) = (drafts::is_any_open(), drafts::is_any_unstored());
    let words = move || match (guard.is_signing_out(), is_unstored.get()) {
        (false, _) => (title, what, leave_words),
        (true, _) if !has_draft() => ("Sign out?", what, "Sign out"),
        (true, true) => ("Sign out without saving?", LOST_AT_SIGN_OUT, "Sign out"),
        (true, false) => ("Sign out without saving?", KEPT_AT_SIGN_OUT, "Sign out"),
    };
    view! {
        <Dialog
            open=guard.is_asking()
            on_close=stay
            title=Signal::derive(move || words().0.to_owned())
            danger=true
            footer=move || view! {
                <Button on_click=stay autofocus=true>{stay_words}</Button>
                <Button variant=ButtonVariant::Danger on_click=leave>{move || words().2}</Button>
            }
        >
            <p>{move || words().1}</p>
        </Dialog>
    }
}

/// Watches for the idle limit and asks before it is reached.
#[component]
pub fn IdleDialog() -> impl IntoView {
    let watch = IdleWatch::start();
    let stay = Callback::new(move |()| watch.stay());
    view! {
        <Dialog
            open=watch.is_ending
            on_close=stay
            title="Are you still there?"
            size=DialogSize::Small
            footer=move || view! { <Button variant=ButtonVariant::Primary autofocus=true on_click=stay>"Stay signed in"</Button> }.into_any()
        >
            <p>{format!("You’ll be signed out in less than a minute, after {} minutes of inactivity.", watch.minutes)}</p>
            <p>{"This tab keeps what you were typing."}</p>
        </Dialog>
    }
}

/// Who has to accept the person again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asked {
    /// The sign-in of a proxy.
    ProxySignIn,
    /// The API, which no longer accepts the key. With who holds it.
    Key(KeyHolder),
    /// The API, after a sign-out in another tab.
    SignedOut,
}

/// A link to the sign-in of the proxy, in a new tab: the proxy answers the navigation to a page of the console with it.
#[component]
pub fn ProxySignInLink() -> impl IntoView {
    view! {
        <a class="button button--primary" href=Route::home().href() target="_blank" rel="noopener external">
            {"Sign in at the proxy"}
        </a>
    }
}

/// Asks the person to sign in again: with another key, or at the proxy in front of this page.
#[component]
pub fn KeyDialog() -> impl IntoView {
    let session = use_session();
    let expired = Memo::new(move |_| {
        session.state.with(|state| match state {
            SessionState::KeyExpired(identity) => Some(Asked::Key(identity.holder)),
            SessionState::SignedOutElsewhere(_) => Some(Asked::SignedOut),
            SessionState::ProxySignInEnded(_) => Some(Asked::ProxySignIn),
            _ => None,
        })
    });
    let content = move || {
        expired.get().map(|asked| match asked {
            Asked::ProxySignIn => view! {
                <p>
                    {"Your sign-in at the proxy has ended. If you were saving, nothing was changed. This page keeps what you typed."}
                </p>
                <p><ProxySignInLink/></p>
                <p role="status">{"The sign-in opens in a new tab. This page continues by itself when you’re signed in."}</p>
            }
            .into_any(),
            Asked::Key(KeyHolder::Proxy) => view! {
                <p>
                    {"The API no longer accepts the proxy’s management key. Tell the person who runs this console. Then "}
                    <a href="" rel="external">{"reload the page"}</a>
                    {". This tab keeps what you were typing."}
                </p>
            }
            .into_any(),
            Asked::SignedOut => view! {
                <p>{"You signed out in another tab. Your unsaved changes are still here. To continue, sign in again."}</p>
                <KeyForm/>
            }
            .into_any(),
            Asked::Key(KeyHolder::Page) => view! {
                <p>{"The API no longer accepts your key. Enter a valid key to continue. Nothing on this page is lost."}</p>
                <KeyForm/>
            }
            .into_any(),
        })
    };
    let footer = move || {
        view! {
            {move || (expired.get() == Some(Asked::ProxySignIn)).then(|| view! {
                <Button on_click=move |()| session.probe()>"Try again"</Button>
            })}
            <Button on_click=move |()| session.sign_out()>"Sign out"</Button>
        }
    };
    view! {
        <Dialog
            open=Signal::derive(move || expired.with(Option::is_some))
            on_close=|()| {}
            dismissable=false
            title="Sign in again"
            footer=footer
        >
            {move || content()}
        </Dialog>
    }
}
