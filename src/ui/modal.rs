//! The native modal `<dialog>` that `Dialog` and `Drawer` share, and the drawer.
//!
//! Invariant: when it closes, focus returns to the element that had it before.

use super::dom::{focus, focused, is_composing};
use super::icon::{Icon, IconMark};
use leptos::{html, prelude::*};
use send_wrapper::SendWrapper;

/// A `<dialog>` that is open as modal while it is mounted.
#[component]
pub(crate) fn Modal(
    #[prop(into)] class: String,
    #[prop(optional)] is_alert: bool,
    /// The accessible name, if no element gives it.
    #[prop(optional, into)]
    label: Option<String>,
    #[prop(optional, into)] labelled_by: Option<String>,
    /// Called for Escape, a "back" gesture and a press on the backdrop.
    dismiss: Callback<()>,
    children: Children,
) -> impl IntoView {
    let element = NodeRef::<html::Dialog>::new();
    let opener = SendWrapper::new(focused());
    // One backdrop is enough: two are darker than the gutter of the scroll bar beside them.
    let is_nested = document().query_selector("dialog:modal").ok().flatten().is_some();
    // Fails only if the dialog is open already.
    element.on_load(|dialog| drop(dialog.show_modal()));
    on_cleanup(move || {
        if let Some(dialog) = element.try_get_untracked().flatten() {
            dialog.close();
        }
        if let Some(opener) = opener.take().filter(|opener| opener.is_connected()) {
            focus(&opener);
        }
    });
    let keydown = move |event: web_sys::KeyboardEvent| {
        if event.key() == "Escape" && !event.default_prevented() && !is_composing(&event) {
            event.prevent_default();
            event.stop_propagation();
            dismiss.run(());
        }
    };
    let cancel = move |event: web_sys::Event| {
        // The `cancel` event of a file input inside bubbles up to here.
        if event.target() == event.current_target() {
            event.prevent_default();
            dismiss.run(());
        }
    };
    // A press counts only if it starts and ends on the backdrop: selecting text may end there too.
    let started_outside = StoredValue::new(false);
    let pointerdown = move |event: web_sys::PointerEvent| started_outside.set_value(is_on_backdrop(element, &event));
    let click = move |event: web_sys::MouseEvent| {
        if started_outside.get_value() && is_on_backdrop(element, &event) {
            dismiss.run(());
        }
        // Dismissing may have disposed this component.
        started_outside.try_update_value(|started| *started = false);
    };
    view! {
        <dialog
            node_ref=element
            class=class
            class:is-nested=is_nested
            role=is_alert.then_some("alertdialog")
            aria-label=label
            aria-labelledby=labelled_by
            on:keydown=keydown
            on:cancel=cancel
            on:pointerdown=pointerdown
            on:click=click
        >
            {children()}
        </dialog>
    }
}

/// The button in the corner that calls `close`.
pub(crate) fn close_button(class: &'static str, close: Callback<()>) -> impl IntoView {
    view! {
        <button
            type="button"
            class=format!("button button--ghost button--icon {class}")
            aria-label="Close"
            on:click=move |_| close.run(())
        >
            <IconMark icon=Icon::Close/>
        </button>
    }
}

/// A modal sheet at the left edge: the side bar of a narrow screen. Its content exists only while it is open.
///
/// Escape, the close button and a press on the backdrop call `on_close`; the caller then sets `open` to false.
#[component]
pub fn Drawer(
    #[prop(into)] open: Signal<bool>,
    #[prop(into)] on_close: Callback<()>,
    label: &'static str,
    children: ChildrenFn,
) -> impl IntoView {
    let children = StoredValue::new(children);
    view! {
        <Show when=move || open.get()>
            <Modal class="drawer" label=label dismiss=on_close>
                <div class="drawer__content">{children.with_value(|children| children())}</div>
                {close_button("drawer__close", on_close)}
            </Modal>
        </Show>
    }
}

fn is_on_backdrop(element: NodeRef<html::Dialog>, event: &web_sys::MouseEvent) -> bool {
    let Some(dialog) = element.get_untracked() else { return false };
    let own: &web_sys::EventTarget = &dialog;
    let frame = dialog.get_bounding_client_rect();
    let (x, y) = (f64::from(event.client_x()), f64::from(event.client_y()));
    let is_outside = x < frame.left() || x > frame.right() || y < frame.top() || y > frame.bottom();
    is_outside && event.target().is_some_and(|target| target == *own)
}
