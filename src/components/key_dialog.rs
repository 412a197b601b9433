//! The dialog that asks for another key once the API no longer accepts the present one.
//!
//! Invariant: the view below it stays as it is, with what was typed.

use leptos::prelude::*;

use super::KeyForm;
use crate::session::{KeyHolder, SessionState, use_session};
use crate::ui::{Button, Dialog};

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
    let sign_out = Callback::new(move |()| session.sign_out());
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
    let footer = move || {
        let is_ours = expired.get() == Some(KeyHolder::Page);
        is_ours.then(|| view! { <Button on_click=sign_out>"Sign out"</Button> }).into_any()
    };
    view! {
        <Dialog
            open=Signal::derive(move || expired.with(Option::is_some))
            on_close=Callback::new(|()| {})
            dismissable=false
            title="Sign in again"
            footer=footer
        >
            {move || content()}
        </Dialog>
    }
}
