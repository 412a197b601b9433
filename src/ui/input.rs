//! Text inputs.

use super::bound::Bound;
use super::dom::{after_press, focus, is_composing};
use super::field::FieldIds;
use super::icon::{Icon, IconMark};
use leptos::{html, prelude::*};

/// What kind of text an input takes. It picks the on-screen keyboard and masking.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum InputKind {
    /// Any text.
    #[default]
    Text,
    /// A secret: masked, but open to paste and password managers.
    Password,
    /// A decimal number, kept as typed.
    Decimal,
    /// A date, whose value is `YYYY-MM-DD`.
    Date,
}

impl InputKind {
    /// The `type` and `inputmode` attributes. Numbers use `type=text`: `type=number` reformats what is typed, and
    /// scrolling over it changes the value.
    const fn attributes(self) -> (&'static str, Option<&'static str>) {
        match self {
            Self::Text => ("text", None),
            Self::Password => ("password", None),
            Self::Decimal => ("text", Some("decimal")),
            Self::Date => ("date", None),
        }
    }
}

/// Calls `on_blur`, but waits for the end of a press elsewhere: what the caller shows then must not move the target of
/// that press.
fn blur_handler(on_blur: Option<Callback<()>>) -> impl FnMut(web_sys::FocusEvent) + 'static {
    move |_| {
        if let Some(on_blur) = on_blur {
            after_press(move || {
                // Removing a focused element fires `blur` too, after the callback is disposed.
                let _disposed = on_blur.try_run(());
            });
        }
    }
}

/// A single-line text input.
#[component]
pub fn TextInput(
    #[prop(into)] value: Bound<String>,
    #[prop(optional)] kind: InputKind,
    #[prop(optional, into)] autocomplete: Option<String>,
    #[prop(optional, into)] name: Option<String>,
    #[prop(optional)] mono: bool,
    #[prop(optional, into)] prefix: Option<String>,
    #[prop(optional, into)] suffix: Option<String>,
    #[prop(optional)] autofocus: bool,
    #[prop(optional, into)] on_blur: Option<Callback<()>>,
    #[prop(optional)] node_ref: NodeRef<html::Input>,
) -> impl IntoView {
    let ids = FieldIds::from_context();
    let (input_type, input_mode) = kind.attributes();
    view! {
        <div class="input" class:input--mono=mono>
            {prefix.map(|text| view! { <span class="input__affix" aria-hidden="true">{text}</span> })}
            <input
                node_ref=node_ref
                class="input__control"
                id=ids.control()
                type=input_type
                inputmode=input_mode
                name=name
                autocomplete=autocomplete.unwrap_or_else(|| "off".to_owned())
                autocapitalize="off"
                spellcheck=if mono { "false" } else { "true" }
                autofocus=autofocus
                aria-describedby=move || ids.described_by()
                aria-invalid=move || ids.invalid()
                aria-required=ids.required()
                prop:value=move || value.get()
                on:input=move |event| value.set(event_target_value(&event))
                on:blur=blur_handler(on_blur)
            />
            {suffix.map(|text| view! { <span class="input__affix" aria-hidden="true">{text}</span> })}
        </div>
    }
}

/// A multi-line text input.
#[component]
pub fn TextArea(
    #[prop(into)] value: Bound<String>,
    #[prop(default = 3)] rows: u32,
    #[prop(optional, into)] placeholder: Option<String>,
    #[prop(optional, into)] name: Option<String>,
) -> impl IntoView {
    let ids = FieldIds::from_context();
    view! {
        <div class="input input--area">
            <textarea
                class="input__control"
                id=ids.control()
                rows=rows
                name=name
                placeholder=placeholder
                aria-describedby=move || ids.described_by()
                aria-invalid=move || ids.invalid()
                aria-required=ids.required()
                prop:value=move || value.get()
                on:input=move |event| value.set(event_target_value(&event))
            ></textarea>
        </div>
    }
}

/// A search input with a clear button. Escape clears it too; focus stays in the input.
///
/// The attributes tell password managers that it is no user name: 1Password, Bitwarden, LastPass and Dashlane ignore it.
#[component]
pub fn SearchBox(
    #[prop(into)] value: Bound<String>,
    #[prop(into)] label: String,
    #[prop(optional, into)] placeholder: Option<String>,
    /// Whether it takes the focus when the popover or dialog around it opens.
    #[prop(optional)]
    autofocus: bool,
) -> impl IntoView {
    let input = NodeRef::<html::Input>::new();
    let clear = move || {
        value.set(String::new());
        if let Some(input) = input.get_untracked() {
            focus(&input);
        }
    };
    let keydown = move |event: web_sys::KeyboardEvent| {
        if event.key() == "Escape" && !is_composing(&event) && !value.with_untracked(String::is_empty) {
            event.prevent_default();
            event.stop_propagation();
            clear();
        }
    };
    view! {
        <div class="input search-box" role="search">
            <IconMark icon=Icon::Search/>
            <input
                node_ref=input
                class="input__control"
                type="search"
                name="search"
                inputmode="search"
                autocomplete="off"
                data-1p-ignore="true"
                data-bwignore="true"
                data-lpignore="true"
                data-form-type="other"
                autocapitalize="off"
                spellcheck="false"
                autofocus=autofocus
                placeholder=placeholder.unwrap_or_else(|| label.clone())
                aria-label=label
                prop:value=move || value.get()
                on:input=move |event| value.set(event_target_value(&event))
                on:keydown=keydown
            />
            {move || {
                value
                    .with(|text| !text.is_empty())
                    .then(|| {
                        view! {
                            <button type="button" class="search-box__clear" aria-label="Clear search" on:click=move |_| clear()>
                                <IconMark icon=Icon::Close/>
                            </button>
                        }
                    })
            }}
        </div>
    }
}
