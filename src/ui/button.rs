//! Buttons, and links that look like buttons.
//!
//! Invariant: an unavailable button stays focusable, shows its reason as text, and ignores presses.

use super::dom::unique_id;
use super::exact::exact_text;
use super::icon::{Icon, IconMark};
use super::skeleton::Spinner;
use leptos::prelude::*;

/// The look of a button.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonVariant {
    /// The one main action of a view.
    Primary,
    /// Any other action.
    #[default]
    Secondary,
    /// An action beside content: no border until hovered.
    Ghost,
    /// A destructive action.
    Danger,
}

impl ButtonVariant {
    const fn class(self) -> &'static str {
        match self {
            Self::Primary => "button button--primary",
            Self::Secondary => "button",
            Self::Ghost => "button button--ghost",
            Self::Danger => "button button--danger",
        }
    }
}

/// A button.
#[component]
pub fn Button(
    #[prop(optional)] variant: ButtonVariant,
    #[prop(optional, into)] icon: Option<Icon>,
    /// Whether it submits its form, unless it is pending or unavailable.
    #[prop(optional)]
    submits: bool,
    /// Whether the action is running. Presses are ignored; a spinner appears after 300 ms.
    #[prop(optional, into)]
    pending: Signal<bool>,
    /// Why the action is unavailable; `None` if it is available.
    #[prop(optional, into)]
    disabled_reason: Signal<Option<String>>,
    /// The element that shows the reason. Default: one below the button.
    #[prop(optional, into)]
    reason_id: Option<String>,
    #[prop(optional, into)] on_click: Option<Callback<()>>,
    /// The accessible name, if it differs from the text.
    #[prop(optional, into)]
    label: Option<String>,
    #[prop(optional)] autofocus: bool,
    children: Children,
) -> impl IntoView {
    let is_reason_here = reason_id.is_none();
    let reason_id = reason_id.unwrap_or_else(|| unique_id("reason"));
    let described_by = {
        let id = reason_id.clone();
        move || disabled_reason.with(Option::is_some).then(|| id.clone())
    };
    let press = move |event: web_sys::MouseEvent| {
        if pending.get_untracked() || disabled_reason.with_untracked(Option::is_some) {
            event.prevent_default();
            event.stop_propagation();
        } else if let Some(on_click) = on_click {
            on_click.run(());
        }
    };
    view! {
        <span class="button-box">
            <button
                type=if submits { "submit" } else { "button" }
                class=variant.class()
                class:is-pending=move || pending.get()
                aria-busy=move || pending.get().then_some("true")
                aria-disabled=move || disabled_reason.with(Option::is_some).then_some("true")
                aria-describedby=described_by
                aria-label=label
                autofocus=autofocus
                on:click=press
            >
                {icon.map(|icon| view! { <IconMark icon=icon/> })}
                <span class="button__text">{children()}</span>
                {move || pending.get().then(|| view! { <Spinner/> })}
            </button>
            {move || {
                disabled_reason
                    .get()
                    .filter(|_| is_reason_here)
                    .map(|reason| view! { <span class="button-box__reason" id=reason_id.clone()>{exact_text(reason)}</span> })
            }}
        </span>
    }
}

/// A link that looks like a button.
#[component]
pub fn LinkButton(
    href: String,
    #[prop(optional)] variant: ButtonVariant,
    #[prop(optional, into)] icon: Option<Icon>,
    children: Children,
) -> impl IntoView {
    view! {
        <a class=variant.class() href=href>
            {icon.map(|icon| view! { <IconMark icon=icon/> })}
            <span class="button__text">{children()}</span>
        </a>
    }
}

/// A square button with an icon and no visible text.
#[component]
pub fn IconButton(
    icon: Icon,
    #[prop(into)] label: Signal<String>,
    #[prop(into)] on_click: Callback<()>,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class="button button--ghost button--icon"
            aria-label=move || label.get()
            title=move || label.get()
            on:click=move |_| on_click.run(())
        >
            <IconMark icon=icon/>
        </button>
    }
}
