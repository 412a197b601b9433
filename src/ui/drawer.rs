//! A modal sheet at the left edge: the side bar of a narrow screen.

use super::icon::{Icon, IconMark};
use super::modal::Modal;
use leptos::prelude::*;

/// A drawer. Its content exists only while it is open.
///
/// Escape, the close button and a press on the backdrop call `on_close`; the caller then sets `open` to false.
#[component]
pub fn Drawer(
    /// Whether it is open.
    #[prop(into)]
    open: Signal<bool>,
    /// Called when the person asks to close it.
    #[prop(into)]
    on_close: Callback<()>,
    /// The accessible name.
    #[prop(into)]
    label: String,
    /// The content.
    children: ChildrenFn,
) -> impl IntoView {
    let (label, children) = (StoredValue::new(label), StoredValue::new(children));
    view! {
        <Show when=move || open.get()>
            <Modal class="drawer" label=label.get_value() dismiss=on_close>
                <div class="drawer__content">{children.with_value(|children| children())}</div>
                <button
                    type="button"
                    class="button button--ghost button--icon drawer__close"
                    aria-label="Close"
                    on:click=move |_| on_close.run(())
                >
                    <IconMark icon=Icon::Close/>
                </button>
            </Modal>
        </Show>
    }
}
