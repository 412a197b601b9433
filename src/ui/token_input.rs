//! A list of short texts as chips in one input.
//!
//! Invariant: the list holds no duplicate and no blank, and only what `validate` accepts.

use super::dom::focus;
use super::erase::handler;
use super::field::FieldIds;
use super::icon::{Icon, IconMark};
use super::listbox::{ComboOption, Listbox, ListboxPopup};
use super::live::Announcer;
use leptos::{html, prelude::*};

/// The state of one token input.
#[derive(Clone, Copy)]
struct Tokens {
    values: RwSignal<Vec<String>>,
    draft: RwSignal<String>,
    problem: RwSignal<Option<String>>,
    said: RwSignal<String>,
    validate: Option<Callback<String, Option<String>>>,
}

impl Tokens {
    /// Adds each part of `text`. What is refused stays in the input, with the reason.
    fn add(self, text: &str) {
        let mut refused = Vec::new();
        let mut added = Vec::new();
        self.problem.set(None);
        for part in text.split([',', '\n', '\t', ';']).map(str::trim).filter(|it| !it.is_empty()) {
            if let Some(reason) = self.validate.and_then(|it| it.run(part.to_owned())) {
                self.problem.set(Some(reason));
                refused.push(part.to_owned());
            } else if !self.values.with_untracked(|it| it.iter().any(|it| it == part)) {
                self.values.update(|it| it.push(part.to_owned()));
                added.push(part.to_owned());
            }
        }
        self.draft.set(refused.join(", "));
        if !added.is_empty() {
            self.said.set(format!("Added {}", added.join(", ")));
        }
    }

    fn remove(self, value: &str) {
        self.values.update(|it| it.retain(|it| it != value));
        self.said.set(format!("Removed {value}"));
    }

    fn remove_last(self) {
        if let Some(last) = self.values.with_untracked(|it| it.last().cloned()) {
            self.remove(&last);
        }
    }
}

/// Chips with remove buttons and an input: Enter, comma or leaving the input add, a paste is split at commas,
/// semicolons, tabs and lines, Backspace in the empty input removes the last.
#[component]
pub fn TokenInput(
    /// The list, both ways.
    values: RwSignal<Vec<String>>,
    /// What is offered while typing.
    #[prop(optional, into)]
    suggestions: Signal<Vec<String>>,
    /// An example, shown while the list is empty.
    #[prop(optional, into)]
    placeholder: Option<String>,
    /// The reason to refuse a text, `None` to accept it.
    #[prop(optional, into)]
    validate: Option<Callback<String, Option<String>>>,
    /// The accessible name, for a control outside of a field.
    #[prop(optional, into)]
    label: Option<String>,
) -> impl IntoView {
    let ids = FieldIds::take();
    let tokens = Tokens {
        values,
        draft: RwSignal::new(String::new()),
        problem: RwSignal::new(None),
        said: RwSignal::new(String::new()),
        validate,
    };
    let options = Signal::derive(move || {
        let taken = values.get();
        let mut offered = suggestions.get();
        offered.retain(|it| !taken.contains(it));
        offered.into_iter().map(|it| ComboOption::new(it, "")).collect()
    });
    let listbox = Listbox::new(options, tokens.draft.into());
    let (anchor, input) = (NodeRef::<html::Div>::new(), NodeRef::<html::Input>::new());
    let refocus = move || {
        if let Some(input) = input.get_untracked() {
            focus(&input);
        }
    };
    view! {
        <div class="tokens-box">
            <div node_ref=anchor class="input tokens" on:click=handler(move |_| refocus())>
                {move || chips(tokens, Callback::new(move |()| refocus()))}
                <input
                    node_ref=input
                    class="input__control"
                    id=ids.control()
                    type="text"
                    role="combobox"
                    autocomplete="off"
                    autocapitalize="off"
                    spellcheck="false"
                    placeholder=move || values.with(Vec::is_empty).then(|| placeholder.clone()).flatten()
                    aria-label=label
                    aria-autocomplete="list"
                    aria-controls=listbox.id()
                    aria-expanded=move || if listbox.is_open() { "true" } else { "false" }
                    aria-activedescendant=move || listbox.active_id()
                    aria-describedby=move || ids.described_by()
                    aria-invalid=move || ids.invalid().or_else(|| tokens.problem.with(Option::is_some).then_some("true"))
                    prop:value=move || tokens.draft.get()
                    on:input=handler(move |event| typed(tokens, listbox, &event_target_value(&event)))
                    on:click=handler(move |_| listbox.open())
                    on:keydown=handler(move |event| key(tokens, listbox, &event))
                    on:paste=handler(move |event| paste(tokens, &event))
                    on:blur=handler(move |_| {
                        listbox.close();
                        // The browser also takes focus away where the view goes, and with it the list.
                        if let Some(draft) = tokens.draft.try_get_untracked() {
                            tokens.add(&draft);
                        }
                    })
                />
                <ListboxPopup
                    listbox=listbox
                    anchor=anchor
                    label="Suggestions"
                    on_pick=Callback::new(move |taken: String| tokens.add(&taken))
                />
            </div>
            <Refusal problem=tokens.problem/>
            <Announcer text=tokens.said/>
        </div>
    }
}

#[component]
fn Refusal(problem: RwSignal<Option<String>>) -> impl IntoView {
    view! {
        <div class="field__problem" role="alert">
            {move || problem.get().map(|text| view! { <IconMark icon=Icon::Error/> <span>{text}</span> }.into_any())}
        </div>
    }
}

fn chips(tokens: Tokens, refocus: Callback<()>) -> AnyView {
    let chip = |value: String| {
        let removed = value.clone();
        let remove = move |event: web_sys::MouseEvent| {
            event.stop_propagation();
            tokens.remove(&removed);
            // The pressed button is about to go; focus must not fall to the body.
            refocus.run(());
        };
        view! {
            <span class="chip">
                <bdi class="chip__text">{value.clone()}</bdi>
                <button type="button" class="chip__remove" aria-label=format!("Remove {value}") on:click=handler(remove)>
                    <IconMark icon=Icon::Close/>
                </button>
            </span>
        }
    };
    tokens.values.get().into_iter().map(chip).map(IntoAny::into_any).collect_view().into_any()
}

fn typed(tokens: Tokens, listbox: Listbox, text: &str) {
    tokens.problem.set(None);
    tokens.draft.set(text.to_owned());
    if text.ends_with([',', ';']) {
        tokens.add(text);
    }
    listbox.open();
}

fn key(tokens: Tokens, listbox: Listbox, event: &web_sys::KeyboardEvent) {
    if let Some(taken) = listbox.on_key(event) {
        tokens.add(&taken);
        return;
    }
    if event.default_prevented() || event.is_composing() {
        return;
    }
    let draft = tokens.draft.get_untracked();
    match event.key().as_str() {
        // Enter adds; in the empty input it submits the form, as everywhere.
        "Enter" if !draft.trim().is_empty() => {
            event.prevent_default();
            tokens.add(&draft);
        }
        "Backspace" if draft.is_empty() => tokens.remove_last(),
        _ => {}
    }
}

fn paste(tokens: Tokens, event: &web_sys::ClipboardEvent) {
    let pasted = event.clipboard_data().and_then(|it| it.get_data("text").ok());
    if let Some(text) = pasted.filter(|it| it.contains([',', ';', '\n', '\t'])) {
        event.prevent_default();
        tokens.add(&format!("{}{text}", tokens.draft.get_untracked()));
    }
}
