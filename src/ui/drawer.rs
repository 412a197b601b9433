//! A modal sheet at the start edge: the side bar of a narrow screen.
//!
//! Invariant: as for dialogs, the content exists only while it is open, and focus returns.

use super::dialog::{backdrop_press, show_while_mounted};
use super::erase::{dynamic, handler};
use super::icon::{Icon, IconMark};
use leptos::{html, prelude::*};

/// A drawer. Escape, the close button and a press on the backdrop ask `on_close`.
#[component]
pub fn Drawer(
    /// Whether it is shown.
    #[prop(into)]
    open: Signal<bool>,
    /// Asked to close.
    #[prop(into)]
    on_close: Callback<()>,
    /// Its accessible name.
    #[prop(into)]
    label: String,
    /// The content.
    children: ChildrenFn,
) -> impl IntoView {
    let is_open = Memo::new(move |_| open.get());
    let (label, children) = (StoredValue::new(label), StoredValue::new(children));
    let opened = move || {
        view! {
            <OpenDrawer label=label.get_value() on_close=on_close>{children.with_value(|it| it())}</OpenDrawer>
        }
        .into_any()
    };
    dynamic(move || is_open.get().then(opened).into_any())
}

#[component]
fn OpenDrawer(label: String, on_close: Callback<()>, children: Children) -> impl IntoView {
    let element = NodeRef::<html::Dialog>::new();
    show_while_mounted(element);
    let (pressed, released) = backdrop_press(element, on_close);
    view! {
        <dialog
            node_ref=element
            class="drawer"
            aria-label=label
            on:keydown=handler(move |event: web_sys::KeyboardEvent| {
                if event.key() == "Escape" && !event.default_prevented() {
                    event.prevent_default();
                    event.stop_propagation();
                    on_close.run(());
                }
            })
            on:cancel=handler(move |event: web_sys::Event| {
                event.prevent_default();
                on_close.run(());
            })
            on:pointerdown=handler(pressed)
            on:click=handler(released)
        >
            <div class="drawer__content">{children()}</div>
            <button
                type="button"
                class="button button--ghost button--icon drawer__close"
                aria-label="Close"
                on:click=handler(move |_| on_close.run(()))
            >
                <IconMark icon=Icon::Close/>
            </button>
        </dialog>
    }
}
