//! The message in place of an empty list.

use super::icon::{Icon, IconMark};
use leptos::prelude::*;

/// A centred message that says what is missing and what to do next.
#[component]
pub fn EmptyState(
    #[prop(into)] title: Signal<String>,
    #[prop(default = Icon::Folder)] icon: Icon,
    children: Children,
    #[prop(optional, into)] actions: Option<ViewFn>,
) -> impl IntoView {
    view! {
        <div class="empty-state">
            <span class="empty-state__icon">
                <IconMark icon=icon/>
            </span>
            <p class="empty-state__title">{move || title.get()}</p>
            <div class="empty-state__body">{children()}</div>
            {actions.map(|actions| view! { <div class="empty-state__actions">{actions.run()}</div> })}
        </div>
    }
}
