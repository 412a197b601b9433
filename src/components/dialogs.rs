//! The dialogs that ask over any view: before leaving, before the idle limit, and for another key.

use super::KeyForm;
use crate::navigation::{UnsavedGuard, use_navigator};
use crate::routes::Route;
use crate::session::{IdleWatch, KeyHolder, SessionState, use_session};
use crate::ui::{Button, ButtonVariant, Dialog, DialogSize};
use leptos::prelude::*;

/// Asks when the guard of unsaved changes has stopped the person.
#[component]
pub fn LeaveDialog(
    #[prop(default = "Leave without saving?")] title: &'static str,
    #[prop(default = "What you changed on this page has not been saved and would be lost.")] what: &'static str,
    #[prop(default = "Discard changes")] leave_words: &'static str,
    #[prop(default = "Keep editing")] stay_words: &'static str,
) -> impl IntoView {
    let guard: UnsavedGuard = expect_context();
    let navigator = use_navigator();
    let stay = Callback::new(move |()| guard.stay());
    view! {
        <Dialog
            open=guard.is_asking()
            on_close=stay
            title=title
            danger=true
            footer=move || view! {
                <Button on_click=stay autofocus=true>{stay_words}</Button>
                <Button variant=ButtonVariant::Danger on_click=move |()| navigator.leave()>{leave_words}</Button>
            }
        >
            <p>{what}</p>
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
            <p>{format!("You will be signed out in less than a minute, after {} minutes without activity.", watch.minutes)}</p>
            <p>{"What you were typing is kept for this tab."}</p>
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
            SessionState::ProxySignInEnded(_) => Some(Asked::ProxySignIn),
            _ => None,
        })
    });
    let content = move || {
        expired.get().map(|asked| match asked {
            Asked::ProxySignIn => view! {
                <p>
                    {"Your sign-in at the proxy has ended. It answered instead of the API: if you were just saving, nothing \
                      was changed. What you typed is kept."}
                </p>
                <p><ProxySignInLink/></p>
                <p role="status">{"It opens a new tab. This page goes on by itself once you are signed in there."}</p>
            }
            .into_any(),
            Asked::Key(KeyHolder::Proxy) => view! {
                <p>
                    {"The API no longer accepts the management key that the proxy holds. Tell the person who runs this \
                      console. Then "}
                    <a href="" rel="external">{"reload the page"}</a>
                    {". What you were typing is kept."}
                </p>
            }
            .into_any(),
            Asked::Key(KeyHolder::Page) => view! {
                <p>{"The API no longer accepts the key of this session. Nothing on this page is lost: give a valid key and go on."}</p>
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
