//! Watches for the idle limit, and asks whether anybody is there before it is reached.
//!
//! Invariant: while it is open, only an answer to it counts.

use leptos::prelude::*;

use crate::state::Idle;
use crate::ui::{Button, ButtonVariant, Dialog, DialogSize};

/// Watches, and asks.
#[component]
pub fn IdleDialog() -> impl IntoView {
    let idle = Idle::watch();
    let stay = Callback::new(move |()| idle.stay());
    view! {
        <Dialog
            open=idle.is_near
            on_close=stay
            title="Are you still there?"
            size=DialogSize::Small
            footer=move || view! { <Button variant=ButtonVariant::Primary autofocus=true on_click=stay>"Stay signed in"</Button> }.into_any()
        >
            <p>{format!("You will be signed out in less than a minute, after {} minutes without activity.", idle.minutes)}</p>
            <p>{"What you were typing is kept for this tab."}</p>
        </Dialog>
    }
}
