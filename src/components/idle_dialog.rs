//! The question shortly before the idle limit.

use leptos::prelude::*;

use crate::session::IdleWatch;
use crate::ui::{Button, ButtonVariant, Dialog, DialogSize};

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
