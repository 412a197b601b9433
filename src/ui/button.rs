//! Buttons and links that look like buttons.
//!
//! Invariant: a button that can't be used stays focusable, says why in visible text, and does nothing when pressed.

use super::dom::unique_id;
use super::erase::handler;
use super::icon::{Icon, IconMark};
use super::spinner::Spinner;
use leptos::{html, prelude::*};

/// How much a button asks for attention.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonVariant {
    /// The one main act of a view.
    Primary,
    /// Every other act.
    #[default]
    Secondary,
    /// An act beside content: no border until pointed at.
    Ghost,
    /// An act that destroys.
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

/// What a button does in a form.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonKind {
    /// Nothing by itself.
    #[default]
    Button,
    /// Submits its form. A refused or pending one stops the click, and with it the submit.
    Submit,
}

/// Where the reason of a refused button stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ReasonPlacement {
    /// Under the button.
    #[default]
    Below,
    /// Beside the button.
    Inline,
}

/// A button.
#[component]
pub fn Button(
    /// The look. Default: secondary.
    #[prop(optional)]
    variant: ButtonVariant,
    /// An icon before the text.
    #[prop(optional, into)]
    icon: Option<Icon>,
    /// Default: [`ButtonKind::Button`].
    #[prop(optional)]
    kind: ButtonKind,
    /// The act is under way: presses are ignored, a spinner appears after 300 ms.
    #[prop(optional, into)]
    pending: Signal<bool>,
    /// Why the act is impossible now; `None` when it is possible.
    #[prop(optional, into)]
    disabled_reason: Signal<Option<String>>,
    /// Where the reason stands. Default: below.
    #[prop(optional)]
    reason_placement: ReasonPlacement,
    /// Called for each effective press.
    #[prop(optional, into)]
    on_click: Option<Callback<()>>,
    /// The accessible name, where the content does not give it.
    #[prop(optional, into)]
    label: Option<String>,
    /// Takes focus when its dialog opens.
    #[prop(optional)]
    autofocus: bool,
    /// The id of the `<form>` that a submit button outside of it submits.
    #[prop(optional, into)]
    form: Option<String>,
    /// Access to the element.
    #[prop(optional)]
    node_ref: NodeRef<html::Button>,
    /// The text.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let reason_id = unique_id("reason");
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
    let icon_only = children.is_none();
    view! {
        <span class="button-box" class:button-box--inline=reason_placement == ReasonPlacement::Inline>
            <button
                node_ref=node_ref
                type=if kind == ButtonKind::Submit { "submit" } else { "button" }
                class=variant.class()
                class:button--icon=icon_only
                class:is-pending=move || pending.get()
                aria-busy=move || pending.get().then_some("true")
                aria-disabled=move || disabled_reason.with(Option::is_some).then_some("true")
                aria-describedby=described_by
                aria-label=label
                autofocus=autofocus
                form=form
                on:click=handler(press)
            >
                {icon.map(|icon| view! { <IconMark icon=icon/> }.into_any())}
                {children.map(|children| view! { <span class="button__text">{children()}</span> }.into_any())}
                {move || pending.get().then(|| view! { <Spinner/> }.into_any())}
            </button>
            {move || {
                disabled_reason
                    .get()
                    .map(|reason| view! { <span class="button-box__reason" id=reason_id.clone()>{reason}</span> }.into_any())
            }}
        </span>
    }
}

/// A link with the look of a button.
#[component]
pub fn LinkButton(
    /// Where it leads.
    #[prop(into)]
    href: Signal<String>,
    /// The look. Default: secondary.
    #[prop(optional)]
    variant: ButtonVariant,
    /// An icon before the text.
    #[prop(optional, into)]
    icon: Option<Icon>,
    /// The accessible name, where the content does not give it.
    #[prop(optional, into)]
    label: Option<String>,
    /// The text.
    children: Children,
) -> impl IntoView {
    view! {
        <a class=variant.class() href=move || href.get() aria-label=label>
            {icon.map(|icon| view! { <IconMark icon=icon/> }.into_any())}
            <span class="button__text">{children()}</span>
        </a>
    }
}

/// A square button with an icon and no visible text.
#[component]
pub fn IconButton(
    /// The picture.
    icon: Icon,
    /// The accessible name, also shown as the browser's tooltip.
    #[prop(into)]
    label: Signal<String>,
    /// The look. Default: ghost.
    #[prop(default = ButtonVariant::Ghost)]
    variant: ButtonVariant,
    /// Called for each press.
    #[prop(into)]
    on_click: Callback<()>,
    /// Access to the element.
    #[prop(optional)]
    node_ref: NodeRef<html::Button>,
) -> impl IntoView {
    view! {
        <button
            node_ref=node_ref
            type="button"
            class=variant.class()
            class:button--icon=true
            aria-label=move || label.get()
            title=move || label.get()
            on:click=handler(move |_| on_click.run(()))
        >
            <IconMark icon=icon/>
        </button>
    }
}
