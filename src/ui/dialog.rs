//! Modal dialogs on the native `<dialog>`.
//!
//! Invariant: the content exists only while the dialog is open, and focus returns to where it was before.

use super::dom::{focus, focused, unique_id};
use super::erase::{dynamic, handler};
use super::icon::{Icon, IconMark};
use crate::effect::watch;
use leptos::{html, prelude::*};
use send_wrapper::SendWrapper;

/// What kind of question a dialog asks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DialogTone {
    /// Any.
    #[default]
    Plain,
    /// One that destroys: announced as an alert dialog.
    Danger,
}

/// How wide a dialog may get.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DialogSize {
    /// 400 px: a question.
    Small,
    /// 560 px: a form.
    #[default]
    Medium,
    /// 880 px: a list or a comparison.
    Large,
}

/// A modal dialog.
///
/// Escape, the close button and a press on the backdrop ask `on_close`; the caller closes by setting `open` to false.
/// Focus starts on the element that has the `autofocus` attribute, else on the first that can take it.
#[component]
pub fn Dialog(
    /// Whether it is shown.
    #[prop(into)]
    open: Signal<bool>,
    /// Asked to close.
    #[prop(into)]
    on_close: Callback<()>,
    /// Its heading and accessible name.
    #[prop(into)]
    title: Signal<String>,
    /// Default: plain.
    #[prop(optional)]
    tone: DialogTone,
    /// Default: medium.
    #[prop(optional)]
    size: DialogSize,
    /// Whether Escape, backdrop and close button work. Default: true.
    #[prop(into, default = Signal::stored(true))]
    dismissable: Signal<bool>,
    /// The row of buttons at the end.
    #[prop(optional, into)]
    footer: Option<ViewFn>,
    /// The content.
    children: ChildrenFn,
) -> impl IntoView {
    let look = StoredValue::new((tone, size));
    let dismiss = Callback::new(move |()| {
        if dismissable.get_untracked() {
            on_close.run(());
        }
    });
    let (children, footer) = (StoredValue::new(children), StoredValue::new(footer));
    let is_open = Memo::new(move |_| open.get());
    let opened = move || {
        view! {
            <OpenDialog look=look.get_value() title=title dismissable=dismissable dismiss=dismiss>
                <div class="dialog__body">{children.with_value(|it| it())}</div>
                {footer
                    .with_value(|it| it.as_ref().map(ViewFn::run))
                    .map(|it| view! { <footer class="dialog__footer">{it}</footer> }.into_any())}
            </OpenDialog>
        }
        .into_any()
    };
    dynamic(move || is_open.get().then(opened).into_any())
}

#[component]
fn OpenDialog(
    look: (DialogTone, DialogSize),
    title: Signal<String>,
    dismissable: Signal<bool>,
    dismiss: Callback<()>,
    children: Children,
) -> impl IntoView {
    let element = NodeRef::<html::Dialog>::new();
    show_while_mounted(element);
    let title_id = unique_id("dialog");
    let (tone, size) = look;
    let width = match size {
        DialogSize::Small => "dialog dialog--small",
        DialogSize::Medium => "dialog",
        DialogSize::Large => "dialog dialog--large",
    };
    let (pressed, released) = backdrop_press(element, dismiss);
    view! {
        <dialog
            node_ref=element
            class=width
            class:dialog--danger=tone == DialogTone::Danger
            role=(tone == DialogTone::Danger).then_some("alertdialog")
            aria-labelledby=title_id
            on:keydown=handler(move |event: web_sys::KeyboardEvent| {
                if event.key() == "Escape" && !event.default_prevented() {
                    event.prevent_default();
                    event.stop_propagation();
                    dismiss.run(());
                }
            })
            on:cancel=handler(move |event: web_sys::Event| {
                // Also a "back" gesture; a file input's cancel bubbles and is not meant.
                if event.target() == event.current_target() {
                    event.prevent_default();
                    dismiss.run(());
                }
            })
            on:pointerdown=handler(pressed)
            on:click=handler(released)
        >
            <div class="dialog__frame">
                <header class="dialog__header">
                    <h2 class="dialog__title" id=title_id.clone()>{move || title.get()}</h2>
                </header>
                {children()}
                // Last, so that focus starts in the content.
                {move || dismissable.get().then(|| view! { <CloseButton dismiss=dismiss/> }.into_any())}
            </div>
        </dialog>
    }
}

#[component]
fn CloseButton(dismiss: Callback<()>) -> impl IntoView {
    view! {
        <button
            type="button"
            class="button button--ghost button--icon dialog__close"
            aria-label="Close"
            on:click=handler(move |_| dismiss.run(()))
        >
            <IconMark icon=Icon::Close/>
        </button>
    }
}

/// Opens the dialog as modal once it is in the document, and gives focus back when it goes.
pub(super) fn show_while_mounted(element: NodeRef<html::Dialog>) {
    let opener = SendWrapper::new(focused());
    let shown = StoredValue::new_local(None::<web_sys::HtmlDialogElement>);
    watch(move || {
        if let Some(dialog) = element.get() {
            // Refused only for a dialog that is open already.
            drop(dialog.show_modal());
            shown.set_value(Some(dialog));
        }
    });
    on_cleanup(move || {
        if let Some(dialog) = shown.try_get_value().flatten() {
            dialog.close();
        }
        if let Some(opener) = opener.take().filter(|it| it.is_connected()) {
            focus(&opener);
        }
    });
}

/// Handlers that dismiss on a press that starts and ends on the backdrop: selecting text beyond the edge must not.
pub(super) fn backdrop_press(
    element: NodeRef<html::Dialog>,
    dismiss: Callback<()>,
) -> (impl Fn(web_sys::PointerEvent) + Clone, impl Fn(web_sys::MouseEvent) + Clone) {
    let started = StoredValue::new(false);
    let outside = move |event: &web_sys::MouseEvent| {
        element.get_untracked().is_some_and(|dialog| {
            let own: &web_sys::EventTarget = &dialog;
            let on_dialog = event.target().is_some_and(|it| it == *own);
            let frame = dialog.get_bounding_client_rect();
            let (x, y) = (f64::from(event.client_x()), f64::from(event.client_y()));
            on_dialog && (x < frame.left() || x > frame.right() || y < frame.top() || y > frame.bottom())
        })
    };
    let pressed = move |event: web_sys::PointerEvent| started.set_value(outside(&event));
    let released = move |event: web_sys::MouseEvent| {
        if started.get_value() && outside(&event) {
            dismiss.run(());
        }
        started.set_value(false);
    };
    (pressed, released)
}
