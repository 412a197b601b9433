//! A menu of pages to open and texts to copy, such as an ID, behind a button with three dots.

use super::copy_button::Copier;
use super::dom::{focus, is_composing, place_below, unique_id};
use super::icon::{Icon, IconMark};
use leptos::wasm_bindgen::JsCast;
use leptos::{html, prelude::*};
use web_sys::HtmlElement;

/// A page that a menu opens: its icon, its label and its address.
pub type MenuLink = (Icon, &'static str, String);

/// A button with three dots. Its menu copies texts; `items` returns the label and the text of each when it opens.
#[component]
pub fn CopyMenu(
    /// The accessible name, such as `More about Research`.
    #[prop(into)]
    label: Signal<String>,
    #[prop(into)] items: Callback<(), Vec<(&'static str, String)>>,
    /// The pages before the texts, when it opens.
    #[prop(optional, into)]
    links: Option<Callback<(), Vec<MenuLink>>>,
) -> impl IntoView {
    let (button, menu) = (NodeRef::<html::Button>::new(), NodeRef::<html::Div>::new());
    let is_open = RwSignal::new(false);
    let copier = Copier::new(button);
    let id = unique_id("menu");
    let toggled = move |_| {
        let Some(popup) = menu.get_untracked() else { return };
        is_open.set(popup.matches(":popover-open").unwrap_or(false));
        if is_open.get_untracked() {
            // In the next frame the items are there.
            request_animation_frame(move || {
                if let Some(anchor) = button.try_get_untracked().flatten() {
                    place_below(&anchor, &popup);
                }
                focus_item(&popup, |_, _| 0);
            });
        }
    };
    let close = move || close_menu(menu, button);
    let keydown = move |event| on_key(&event, menu, button);
    let item = move |(label, text): (&'static str, String)| {
        let press = move |_| {
            close();
            copier.copy(text.clone(), None);
        };
        view! {
            <button type="button" role="menuitem" class="copy-menu__item" tabindex="-1" on:click=press>
                <IconMark icon=Icon::Copy/>
                <span>{label}</span>
            </button>
        }
    };
    let link = move |(icon, label, href): MenuLink| {
        view! {
            <a role="menuitem" class="copy-menu__item" tabindex="-1" href=href on:click=move |_| close()>
                <IconMark icon=icon/>
                <span>{label}</span>
            </a>
        }
    };
    let links = move || links.map(|links| links.run(()).into_iter().map(link).collect_view());
    view! {
        <span class="copy copy-menu">
            <button
                node_ref=button
                type="button"
                class="button button--ghost button--icon button--small"
                popovertarget=id.clone()
                aria-haspopup="menu"
                aria-label=move || label.get()
                title=move || label.get()
            >
                <IconMark icon=Icon::More/>
            </button>
            <div
                node_ref=menu
                id=id
                class="copy-menu__list"
                popover="auto"
                role="menu"
                aria-label=move || label.get()
                on:toggle=toggled
                on:keydown=keydown
            >
                {move || is_open.get().then(|| (links(), items.run(()).into_iter().map(item).collect_view()))}
            </div>
            {copier.said()}
        </span>
    }
}

/// Closes the menu and focuses its button.
fn close_menu(menu: NodeRef<html::Div>, button: NodeRef<html::Button>) {
    if let Some(popup) = menu.get_untracked() {
        // Fails only if it is closed already.
        let _ = popup.hide_popover();
    }
    button.get_untracked().iter().for_each(|button| focus(button));
}

fn on_key(event: &web_sys::KeyboardEvent, menu: NodeRef<html::Div>, button: NodeRef<html::Button>) {
    let Some(popup) = menu.get_untracked().filter(|_| !is_composing(event)) else { return };
    match event.key().as_str() {
        "ArrowDown" => focus_item(&popup, |at, count| (at + 1) % count),
        "ArrowUp" => focus_item(&popup, |at, count| (at + count - 1) % count),
        "Home" => focus_item(&popup, |_, _| 0),
        "End" => focus_item(&popup, |_, count| count - 1),
        // A dialog around it stays open.
        "Escape" => close_menu(menu, button),
        // The browser moves the focus on from the button.
        "Tab" => {
            close_menu(menu, button);
            return;
        }
        _ => return,
    }
    event.prevent_default();
    event.stop_propagation();
}

/// Focuses the item that `choose` returns for the position of the focused one and the number of all.
fn focus_item(menu: &HtmlElement, choose: impl Fn(usize, usize) -> usize) {
    let items = super::dom::elements(menu, "[role=menuitem]");
    let focused = document().active_element();
    let at = items.iter().position(|item| focused.as_ref() == Some(item)).unwrap_or(0);
    let next = (!items.is_empty()).then(|| choose(at, items.len())).and_then(|at| items.get(at).cloned());
    if let Some(next) = next.and_then(|next| next.dyn_into::<HtmlElement>().ok()) {
        focus(&next);
    }
}
