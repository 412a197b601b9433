//! The buttons at the end of a form that is edited and saved.
//!
//! Invariant: a button that would do nothing says why.

use leptos::prelude::*;

use crate::ui::{Button, ButtonKind, ButtonVariant, ReasonPlacement};

/// Buttons to discard and to save.
#[component]
pub fn SaveBar(
    /// Whether something was edited.
    is_dirty: Memo<bool>,
    /// Whether the form is being saved.
    #[prop(into)]
    pending: Signal<bool>,
    /// Why the edits cannot be saved.
    #[prop(optional, into)]
    problem: Signal<Option<String>>,
    /// Discards the edits.
    on_discard: Callback<()>,
    /// The text of the button that submits the form.
    label: &'static str,
) -> impl IntoView {
    let reason = Signal::derive(move || match is_dirty.get() {
        false => Some("Nothing was changed".to_owned()),
        true => problem.get(),
    });
    view! {
        <div class="form__actions">
            <Show when=move || is_dirty.get()>
                <Button on_click=on_discard>"Discard changes"</Button>
            </Show>
            <Button
                kind=ButtonKind::Submit
                variant=ButtonVariant::Primary
                pending=pending
                disabled_reason=reason
                reason_placement=ReasonPlacement::Inline
            >
                {label}
            </Button>
        </div>
    }
}
