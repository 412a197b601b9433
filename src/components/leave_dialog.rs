//! The question before a form with unsaved changes is left.
//!
//! Invariant: staying is the safe answer and has the focus.

use leptos::prelude::*;

use crate::navigation::{UnsavedGuard, use_navigator};
use crate::ui::{Button, ButtonVariant, Dialog, DialogTone};

/// Asks when the guard of unsaved changes has stopped the person.
#[component]
pub fn LeaveDialog(
    /// The question. Default: about unsaved changes.
    #[prop(default = "Leave without saving?")]
    title: &'static str,
    /// What would be lost. Default: unsaved changes.
    #[prop(default = "What you changed on this page has not been saved and would be lost.")]
    what: &'static str,
    /// The label of the button that leaves. Default: that changes are discarded.
    #[prop(default = "Discard changes")]
    leave_words: &'static str,
    /// The label of the button that stays. Default: for a form.
    #[prop(default = "Keep editing")]
    stay_words: &'static str,
) -> impl IntoView {
    let guard: UnsavedGuard = expect_context();
    let navigator = use_navigator();
    let stay = Callback::new(move |()| guard.stay());
    let leave = Callback::new(move |()| navigator.leave());
    view! {
        <Dialog
            open=guard.is_asking()
            on_close=stay
            title=title
            tone=DialogTone::Danger
            footer=move || {
                view! {
                    <Button on_click=stay autofocus=true>{stay_words}</Button>
                    <Button variant=ButtonVariant::Danger on_click=leave>{leave_words}</Button>
                }
                .into_any()
            }
        >
            <p>{what}</p>
        </Dialog>
    }
}
