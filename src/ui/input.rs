//! Controls that hold typed text.
//!
//! Invariant: the signal is the value; what the element shows follows it, also when the signal is set from outside.

use super::dom::after_press;
use super::erase::handler;
use super::field::FieldIds;
use leptos::{html, prelude::*};

/// What is typed, for the keyboard and the browser's help.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum InputKind {
    /// Any text.
    #[default]
    Text,
    /// A secret: masked; paste and password managers work.
    Password,
    /// An address.
    Url,
    /// A search term.
    Search,
    /// A decimal number, kept as it was typed.
    Decimal,
    /// A whole number, kept as it was typed.
    Number,
}

impl InputKind {
    // Numbers are text to the browser: `type=number` rewrites what was typed and scrolls values away.
    const fn attributes(self) -> (&'static str, Option<&'static str>) {
        match self {
            Self::Text => ("text", None),
            Self::Password => ("password", None),
            Self::Url => ("url", Some("url")),
            Self::Search => ("search", Some("search")),
            Self::Decimal => ("text", Some("decimal")),
            Self::Number => ("text", Some("numeric")),
        }
    }
}

/// Follows what is typed.
fn typed(value: RwSignal<String>, on_input: Option<Callback<String>>) -> Box<dyn FnMut(web_sys::Event)> {
    handler(move |event| {
        let text = event_target_value(&event);
        value.set(text.clone());
        if let Some(on_input) = on_input {
            on_input.run(text);
        }
    })
}

/// Tells that the control was left. Where a press elsewhere took the focus, that press ends first: what the caller shows
/// then must not move its target away from under it.
fn left(on_blur: Option<Callback<()>>) -> Box<dyn FnMut(web_sys::FocusEvent)> {
    handler(move |_| {
        if let Some(on_blur) = on_blur {
            after_press(move || {
                // The browser also takes focus away where the view goes, and with it the callback.
                let _gone = on_blur.try_run(());
            });
        }
    })
}

/// One line of text.
#[component]
pub fn TextInput(
    /// The text, both ways.
    value: RwSignal<String>,
    /// Default: text.
    #[prop(optional)]
    kind: InputKind,
    /// An example, not a label.
    #[prop(optional, into)]
    placeholder: Option<String>,
    /// The `autocomplete` token. Default: `off`.
    #[prop(optional, into)]
    autocomplete: Option<String>,
    /// The `name` of the element.
    #[prop(optional, into)]
    name: Option<String>,
    /// The accessible name, for a control outside of a field.
    #[prop(optional, into)]
    label: Option<String>,
    /// Monospaced, for ids and slugs.
    #[prop(optional)]
    mono: bool,
    /// Text before the value inside of the frame, such as `$`.
    #[prop(optional, into)]
    prefix: Option<String>,
    /// Text after the value inside of the frame, such as `USD`.
    #[prop(optional, into)]
    suffix: Option<String>,
    /// Longest value that can be typed, in UTF-16 units. Leave it out to explain a limit instead of cutting.
    #[prop(optional, into)]
    max_length: Option<u32>,
    /// Not editable now, still focusable and readable.
    #[prop(optional, into)]
    read_only: Signal<bool>,
    /// Takes focus when its dialog opens.
    #[prop(optional)]
    autofocus: bool,
    /// Called when focus leaves the control.
    #[prop(optional, into)]
    on_blur: Option<Callback<()>>,
    /// Called with the text after each edit by the person.
    #[prop(optional, into)]
    on_input: Option<Callback<String>>,
    /// Access to the element.
    #[prop(optional)]
    node_ref: NodeRef<html::Input>,
) -> impl IntoView {
    let ids = FieldIds::take();
    let (input_type, input_mode) = kind.attributes();
    view! {
        <div class="input" class:input--mono=mono class:is-read-only=move || read_only.get()>
            {prefix.map(|text| view! { <span class="input__affix" aria-hidden="true">{text}</span> }.into_any())}
            <input
                node_ref=node_ref
                class="input__control"
                id=ids.control()
                type=input_type
                inputmode=input_mode
                name=name
                placeholder=placeholder
                autocomplete=autocomplete.unwrap_or_else(|| "off".to_owned())
                autocapitalize="off"
                spellcheck=if mono { "false" } else { "true" }
                maxlength=max_length
                autofocus=autofocus
                readonly=move || read_only.get()
                aria-label=label
                aria-describedby=move || ids.described_by()
                aria-invalid=move || ids.invalid()
                aria-required=ids.required()
                prop:value=move || value.get()
                on:input=typed(value, on_input)
                on:blur=left(on_blur)
            />
            {suffix.map(|text| view! { <span class="input__affix" aria-hidden="true">{text}</span> }.into_any())}
        </div>
    }
}

/// Several lines of text.
#[component]
pub fn TextArea(
    /// The text, both ways.
    value: RwSignal<String>,
    /// Height in lines. Default: 3.
    #[prop(default = 3)]
    rows: u32,
    /// An example, not a label.
    #[prop(optional, into)]
    placeholder: Option<String>,
    /// The `name` of the element.
    #[prop(optional, into)]
    name: Option<String>,
    /// The accessible name, for a control outside of a field.
    #[prop(optional, into)]
    label: Option<String>,
    /// Called when focus leaves the control.
    #[prop(optional, into)]
    on_blur: Option<Callback<()>>,
    /// Called with the text after each edit by the person.
    #[prop(optional, into)]
    on_input: Option<Callback<String>>,
) -> impl IntoView {
    let ids = FieldIds::take();
    view! {
        <div class="input input--area">
            <textarea
                class="input__control"
                id=ids.control()
                rows=rows
                name=name
                placeholder=placeholder
                aria-label=label
                aria-describedby=move || ids.described_by()
                aria-invalid=move || ids.invalid()
                aria-required=ids.required()
                prop:value=move || value.get()
                on:input=typed(value, on_input)
                on:blur=left(on_blur)
            ></textarea>
        </div>
    }
}
