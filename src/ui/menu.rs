//! A button that opens a menu of acts and links.
//!
//! Invariant: while it is open, focus is in the menu; when it closes by key or choice, focus is on its button.

use super::dom::{Align, focus, focused, listen_to_window, place, unique_id};
use super::erase::handler;
use super::icon::{Icon, IconMark};
use crate::effect::watch;
use leptos::wasm_bindgen::JsCast;
use leptos::{html, prelude::*};

/// The colour of a menu's item.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MenuTone {
    /// Any act.
    #[default]
    Plain,
    /// One that destroys.
    Danger,
}

/// One act or link.
#[derive(Clone, Debug, Default)]
pub struct MenuItem {
    /// What it does.
    pub label: String,
    /// A picture before it.
    pub icon: Option<Icon>,
    /// Its colour.
    pub tone: MenuTone,
    /// Called when it is chosen.
    pub on_select: Option<Callback<()>>,
    /// Where it leads, for a link.
    pub href: Option<String>,
    /// Why it can't be chosen now; shown under its label.
    pub disabled_reason: Option<String>,
}

/// A menu button.
#[component]
pub fn Menu(
    /// The accessible name of button and menu.
    #[prop(into)]
    label: String,
    /// The picture on the button. Default: three dots.
    #[prop(default = Icon::More)]
    icon: Icon,
    /// Visible text on the button; without it the button is square.
    #[prop(optional, into)]
    text: Option<String>,
    /// What is in it, read anew at each opening.
    #[prop(into)]
    items: Signal<Vec<MenuItem>>,
) -> impl IntoView {
    let id = unique_id("menu");
    let open = RwSignal::new(false);
    let (button, popup) = (NodeRef::<html::Button>::new(), NodeRef::<html::Div>::new());
    let arrange = move || {
        if let (Some(button), Some(popup), true) = (button.get_untracked(), popup.get_untracked(), open.get_untracked())
        {
            place(&button, &popup, Align::End);
        }
    };
    let close = Callback::new(move |()| {
        if let Some(popup) = popup.get_untracked() {
            // Refused where it is closed already.
            drop(popup.hide_popover());
        }
        if let Some(button) = button.get_untracked() {
            focus(&button);
        }
    });
    // The popover tells by its `toggle` event, late; the state is read off the element.
    let toggled = move |_| {
        open.set(popup.get_untracked().is_some_and(|it| it.matches(":popover-open").unwrap_or(false)));
    };
    watch(move || {
        if open.get()
            && let Some(popup) = popup.get_untracked()
        {
            arrange();
            move_focus(&popup, |_, _| Some(0));
        }
    });
    let (menu_label, square) = (label.clone(), text.is_none());
    let arrow = move |event: web_sys::KeyboardEvent| {
        if matches!(event.key().as_str(), "ArrowDown" | "ArrowUp")
            && let Some(popup) = popup.get_untracked()
        {
            event.prevent_default();
            drop(popup.show_popover());
        }
    };
    view! {
        <span class="menu">
            <button
                node_ref=button
                type="button"
                class="button"
                class:button--icon=square
                class:button--ghost=square
                popovertarget=id.clone()
                aria-haspopup="menu"
                aria-controls=id.clone()
                aria-expanded=move || if open.get() { "true" } else { "false" }
                aria-label=square.then_some(label)
                on:keydown=handler(arrow)
            >
                <IconMark icon=icon/>
                {text.map(|text| view! { <span class="button__text">{text}</span> }.into_any())}
            </button>
            <div
                node_ref=popup
                class="menu__popup"
                id=id
                popover="auto"
                role="menu"
                aria-label=menu_label
                on:toggle=handler(toggled)
                on:keydown=handler(move |event| key(&event, popup, close))
            >
                {move || open.get().then(|| entries(items, close, arrange))}
            </div>
        </span>
    }
}

/// The entries of an open menu. Only then it follows its button: there may be a menu in each row of a table.
fn entries(items: Signal<Vec<MenuItem>>, close: Callback<()>, arrange: impl Fn() + Copy + 'static) -> AnyView {
    listen_to_window("scroll", arrange);
    listen_to_window("resize", arrange);
    items.get().into_iter().map(|it| entry(it, close)).collect_view().into_any()
}

fn entry(item: MenuItem, close: Callback<()>) -> AnyView {
    let MenuItem { label, icon, tone, on_select, href, disabled_reason } = item;
    let disabled = disabled_reason.is_some();
    let class = match tone {
        MenuTone::Plain => "menu__item",
        MenuTone::Danger => "menu__item menu__item--danger",
    };
    let inner = view! {
        {icon.map(|icon| view! { <IconMark icon=icon/> }.into_any())}
        <span class="menu__text">
            <span>{label}</span>
            {disabled_reason.map(|reason| view! { <span class="menu__reason">{reason}</span> }.into_any())}
        </span>
    };
    let choose = move |_| {
        if !disabled {
            close.run(());
            if let Some(on_select) = on_select {
                on_select.run(());
            }
        }
    };
    match href.filter(|_| !disabled) {
        Some(href) => {
            view! { <a class=class role="menuitem" tabindex="-1" href=href on:click=handler(choose)>{inner}</a> }
                .into_any()
        }
        None => view! {
            <button
                type="button"
                class=class
                role="menuitem"
                tabindex="-1"
                aria-disabled=disabled.then_some("true")
                on:click=handler(choose)
            >
                {inner}
            </button>
        }
        .into_any(),
    }
}

fn key(event: &web_sys::KeyboardEvent, popup: NodeRef<html::Div>, close: Callback<()>) {
    let Some(popup) = popup.get_untracked() else { return };
    match event.key().as_str() {
        "Escape" => close.run(()),
        // Leaving by Tab continues from the button.
        "Tab" => return close.run(()),
        "ArrowDown" => move_focus(&popup, |at, count| Some((at.map_or(0, |it| it + 1)) % count)),
        "ArrowUp" => move_focus(&popup, |at, count| Some((at.unwrap_or(0) + count - 1) % count)),
        "Home" => move_focus(&popup, |_, _| Some(0)),
        "End" => move_focus(&popup, |_, count| Some(count - 1)),
        _ => return,
    }
    event.prevent_default();
    // Escape closes the menu alone, not the dialog around.
    event.stop_propagation();
}

/// Focuses the item that `choose` names, given the focused one's position and the count (at least 1).
fn move_focus(popup: &web_sys::Element, choose: impl Fn(Option<usize>, usize) -> Option<usize>) {
    let Ok(items) = popup.query_selector_all("[role=menuitem]") else { return };
    let items: Vec<web_sys::HtmlElement> =
        (0..items.length()).filter_map(|it| items.item(it)?.dyn_into().ok()).collect();
    if items.is_empty() {
        return;
    }
    let at = focused().and_then(|now| items.iter().position(|it| *it == now));
    if let Some(item) = choose(at, items.len()).and_then(|it| items.get(it)) {
        focus(item);
    }
}
