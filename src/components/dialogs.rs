//! The dialogs that ask over any view: before leaving, before the idle limit, and for another key.

use super::KeyForm;
use crate::navigation::{UnsavedGuard, use_navigator};
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

/// Asks for another key while the session's key is expired. Where a proxy holds the key, only a reload helps.
#[component]
pub fn KeyDialog() -> impl IntoView {
    let session = use_session();
    let expired = Memo::new(move |_| {
        session.state.with(|state| match state {
            SessionState::KeyExpired(identity) => Some(identity.holder),
            _ => None,
        })
    });
    let content = move || {
        expired.get().map(|holder| match holder {
            KeyHolder::Proxy => view! {
                <p>
                    {"The proxy that holds the management key no longer lets this session through. "}
                    <a href="" rel="external">{"Reload the page"}</a>
                    {" to sign in there. What you were typing is kept."}
                </p>
            }
            .into_any(),
            KeyHolder::Page => view! {
                <p>{"The API no longer accepts the key of this session. Nothing on this page is lost: give a valid key and go on."}</p>
                <KeyForm/>
            }
            .into_any(),
        })
    };
    let footer = move || view! { <Button on_click=move |()| session.sign_out()>"Sign out"</Button> };
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
