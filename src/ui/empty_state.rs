//! What stands where there is nothing to show.
//!
//! Invariant: it says why, and what to do next.

use super::icon::{Icon, IconMark};
use leptos::prelude::*;

/// A centred message in an empty place.
#[component]
pub fn EmptyState(
    /// Why there is nothing.
    #[prop(into)]
    title: Signal<String>,
    /// The picture. Default: a folder.
    #[prop(default = Icon::Folder)]
    icon: Icon,
    /// More about it.
    #[prop(optional)]
    children: Option<Children>,
    /// What to do next.
    #[prop(optional, into)]
    actions: Option<ViewFn>,
) -> impl IntoView {
    view! {
        <div class="empty-state">
            <span class="empty-state__icon">
                <IconMark icon=icon/>
            </span>
            <p class="empty-state__title">{move || title.get()}</p>
            {children.map(|children| view! { <div class="empty-state__body">{children()}</div> }.into_any())}
            {actions.map(|actions| view! { <div class="empty-state__actions">{actions.run()}</div> }.into_any())}
        </div>
    }
}
