//! Modal dialogs.

use super::dom::{focus, unique_id};
use super::exact::exact;
use super::modal::{Modal, close_button};
use leptos::{html, prelude::*};

/// The maximum width of a dialog.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DialogSize {
    /// 400 px, for a question.
    Small,
    /// 560 px, for a form.
    #[default]
    Medium,
    /// 880 px, for a list or a comparison.
    Large,
    /// A sheet at the right edge, of full height and at most 960 px. It covers a narrow screen.
    Sheet,
}

/// A modal dialog. Its content exists only while it is open.
///
/// Escape, the close button and a press on the backdrop call `on_close`; the caller then sets `open` to false. Initial
/// focus is on the element with the `autofocus` attribute, else on the first focusable one. On close, focus returns.
#[component]
pub fn Dialog(
    #[prop(into)] open: Signal<bool>,
    #[prop(into)] on_close: Callback<()>,
    #[prop(into)] title: Signal<String>,
    /// Whether it asks about a destructive action. It is announced as an alert dialog then.
    #[prop(optional)]
    danger: bool,
    #[prop(optional)] size: DialogSize,
    /// Whether the person can close it without answering. Default: true.
    #[prop(into, default = Signal::stored(true))]
    dismissable: Signal<bool>,
    /// When it becomes true, the title takes the focus and is read out.
    #[prop(optional, into)]
    focus_title: Signal<bool>,
    #[prop(optional, into)] footer: Option<ViewFn>,
    children: ChildrenFn,
) -> impl IntoView {
    let dismiss = Callback::new(move |()| {
        if dismissable.get_untracked() {
            on_close.run(());
        }
    });
    let size = match size {
        DialogSize::Small => "dialog--small",
        DialogSize::Medium => "",
        DialogSize::Large => "dialog--large",
        DialogSize::Sheet => "dialog--sheet",
    };
    let class = format!("dialog {size} {}", if danger { "dialog--danger" } else { "" });
    let heading = NodeRef::<html::H2>::new();
    // Outside world: the focus.
    Effect::new(move |_| {
        if let Some(heading) = heading.get().filter(|_| focus_title.get()) {
            // Only now, because a dialog gives its initial focus to the first element that can have it.
            heading.set_tab_index(-1);
            focus(&heading);
        }
    });
    let title_id = StoredValue::new(unique_id("dialog"));
    let (children, footer) = (StoredValue::new(children), StoredValue::new(footer));
    let footer = move || {
        let footer = footer.with_value(|footer| footer.as_ref().map(ViewFn::run));
        footer.map(|footer| view! { <footer class="dialog__footer">{footer}</footer> })
    };
    view! {
        <Show when=move || open.get()>
            <Modal class=class.clone() is_alert=danger labelled_by=title_id.get_value() dismiss=dismiss>
                <div class="dialog__frame">
                    <header class="dialog__header">
                        <h2 node_ref=heading class="dialog__title" id=title_id.get_value()>{exact(title)}</h2>
                    </header>
                    <div class="dialog__body">{children.with_value(|children| children())}</div>
                    {footer()}
                    // Last, so that initial focus is in the content.
                    {move || dismissable.get().then(|| close_button("dialog__close", dismiss))}
                </div>
            </Modal>
        </Show>
    }
}
