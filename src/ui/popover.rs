//! A panel over the page that a button opens, for choices that apply at once.

use super::dom::{focus, listen_to_window, place_below, unique_id};
use super::icon::{Icon, IconMark};
use leptos::{html, prelude::*};

/// Closes a panel. The focus returns to its button.
pub(crate) fn close_popover(panel: NodeRef<html::Div>) {
    if let Some(panel) = panel.get_untracked() {
        // Fails only if it is closed already.
        let _ = panel.hide_popover();
    }
}

/// A button and the panel that it opens. Escape and a press elsewhere close it. Its content exists only while it is open.
#[component]
pub(crate) fn Popover(
    icon: Icon,
    label: &'static str,
    /// The accessible name of the panel.
    title: &'static str,
    /// The panel, for [`close_popover`].
    panel: NodeRef<html::Div>,
    children: ChildrenFn,
) -> impl IntoView {
    let button = NodeRef::<html::Button>::new();
    let is_open = RwSignal::new(false);
    let id = unique_id("popover");
    let place = move || {
        if let (Some(anchor), Some(panel)) = (button.try_get_untracked().flatten(), panel.try_get_untracked().flatten())
        {
            place_below(&anchor, &panel);
        }
    };
    listen_to_window("resize", move || {
        if is_open.get_untracked() {
            place();
        }
    });
    let toggled = move |_| {
        let Some(shown) = panel.get_untracked() else { return };
        is_open.set(shown.matches(":popover-open").unwrap_or(false));
        if is_open.get_untracked() {
            // In the next frame its content is there.
            request_animation_frame(move || {
                place();
                focus(&shown);
            });
        }
    };
    view! {
        <span class="popover">
            <button node_ref=button type="button" class="button" popovertarget=id.clone() aria-haspopup="dialog">
                <IconMark icon=icon/>
                <span class="button__text">{label}</span>
            </button>
            <div
                node_ref=panel
                id=id
                class="popover__panel"
                popover="auto"
                role="dialog"
                aria-label=title
                tabindex="-1"
                on:toggle=toggled
            >
                <Show when=move || is_open.get()>{children()}</Show>
            </div>
        </span>
    }
}
