//! The key is asked for in place when it stops being accepted.
//!
//! Invariant: the view underneath stays as it is, drafts included.

use leptos::prelude::*;

use super::KeyForm;
use crate::state::session::{KeyHolder, SessionState, use_session};
use crate::ui::{Button, Dialog};

/// Asks for the key while the session's key is expired.
#[component]
pub fn KeyDialog() -> impl IntoView {
    let session = use_session();
    let state = session.state;
    let is_open = Memo::new(move |_| state.with(|state| matches!(state, SessionState::KeyExpired(_))));
    let is_by_proxy = Memo::new(move |_| {
        state.with(|state| matches!(state, SessionState::KeyExpired(identity) if identity.holder == KeyHolder::Proxy))
    });
    let session = StoredValue::new(session);
    let sign_out = Callback::new(move |()| session.with_value(|session| session.sign_out()));
    view! {
        <Dialog
            open=is_open
            on_close=Callback::new(|()| {})
            dismissable=false
            title="Sign in again"
            footer=move || view! { <Button on_click=sign_out>"Sign out"</Button> }.into_any()
        >
            {move || match is_by_proxy.get() {
                true => view! {
                    <p>
                        {"The proxy that holds the management key no longer lets this session through. "}
                        <a href="" rel="external">{"Reload the page"}</a>
                        {" to sign in there; what you are typing is kept. Or go on with a management key of your own."}
                    </p>
                }.into_any(),
                false => view! {
                    <p>{"The API no longer accepts the key of this session. Nothing on this page is lost: give a valid key and go on."}</p>
                }.into_any(),
            }}
            <KeyForm/>
        </Dialog>
    }
}
