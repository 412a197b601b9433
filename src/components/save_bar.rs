//! The buttons at the end of a form that is edited and saved.

use super::DraftNote;
use crate::ui::{Button, ButtonVariant};
use leptos::prelude::*;

#[component]
pub fn SaveBar(
    is_dirty: Memo<bool>,
    #[prop(into)] pending: Signal<bool>,
    #[prop(optional, into)] problem: Signal<Option<String>>,
    on_discard: Callback<()>,
    label: &'static str,
) -> impl IntoView {
    let reason = Signal::derive(move || match is_dirty.get() {
        false => Some("Nothing was changed".to_owned()),
        true => problem.get(),
    });
    view! {
        <DraftNote/>
        <div class="form__actions">
            <Show when=move || is_dirty.get()>
                <Button on_click=on_discard>"Discard changes"</Button>
            </Show>
            <Button
                submits=true
                variant=ButtonVariant::Primary
                pending=pending
                disabled_reason=reason
                inline_reason=true
            >
                {label}
            </Button>
        </div>
    }
}
