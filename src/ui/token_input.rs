//! A list of short texts, edited as chips in one input.
//!
//! Invariant: the list has no blank text and no duplicate, and only texts that `validate` accepts.

use super::bound::Bound;
use super::dom::{focus, is_composing};
use super::field::FieldIds;
use super::icon::{Icon, IconMark};
use super::listbox::{Listbox, ListboxPopup};
use super::select::SelectOption;
use leptos::{html, prelude::*};

/// Characters that end a token.
const SEPARATORS: [char; 4] = [',', ';', '\n', '\t'];

/// The state of one token input.
#[derive(Clone, Copy)]
struct Tokens {
    values: Bound<Vec<String>>,
    draft: RwSignal<String>,
    problem: RwSignal<Option<String>>,
    announcement: RwSignal<String>,
    validate: Option<Callback<String, Option<String>>>,
    listbox: Listbox,
    input: NodeRef<html::Input>,
}

impl Tokens {
    /// Adds each token in `text`. Refused tokens stay in the input, with the reason.
    fn add(self, text: &str) {
        let mut values = self.values.get_untracked();
        let (mut added, mut refused, mut problem) = (Vec::new(), Vec::new(), None);
        for token in text.split(SEPARATORS).map(str::trim).filter(|token| !token.is_empty()) {
            if let Some(reason) = self.validate.and_then(|validate| validate.run(token.to_owned())) {
                problem = Some(reason);
                refused.push(token);
            } else if !values.iter().any(|value| value == token) {
                values.push(token.to_owned());
                added.push(token);
            }
        }
        self.problem.set(problem);
        self.draft.set(refused.join(", "));
        if !added.is_empty() {
            self.values.set(values);
            self.announcement.set(format!("Added {}", added.join(", ")));
        }
    }

    fn remove(self, value: &str) {
        let mut values = self.values.get_untracked();
        values.retain(|other| other != value);
        self.values.set(values);
        self.announcement.set(format!("Removed {value}"));
    }

    fn focus(self) {
        if let Some(input) = self.input.get_untracked() {
            focus(&input);
        }
    }

    fn handle_input(self, text: &str) {
        self.problem.set(None);
        self.draft.set(text.to_owned());
        if text.ends_with([',', ';']) {
            self.add(text);
        }
        self.listbox.open();
    }

    fn handle_key(self, event: &web_sys::KeyboardEvent) {
        if let Some(picked) = self.listbox.handle_key(event) {
            self.add(&picked);
            return;
        }
        if event.default_prevented() || is_composing(event) {
            return;
        }
        let draft = self.draft.get_untracked();
        match event.key().as_str() {
            // In the empty input, Enter submits the form as in any other input.
            "Enter" if !draft.trim().is_empty() => {
                event.prevent_default();
                self.add(&draft);
            }
            "Backspace" if draft.is_empty() => {
                if let Some(last) = self.values.with_untracked(|values| values.last().cloned()) {
                    self.remove(&last);
                }
            }
            _ => {}
        }
    }

    /// Splits a pasted list into tokens.
    fn handle_paste(self, event: &web_sys::ClipboardEvent) {
        let pasted = event.clipboard_data().and_then(|data| data.get_data("text").ok());
        if let Some(text) = pasted.filter(|text| text.contains(SEPARATORS)) {
            event.prevent_default();
            self.add(&format!("{}{text}", self.draft.get_untracked()));
        }
    }

    fn handle_blur(self) {
        self.listbox.close();
        // Removing a focused element fires `blur` too, after the state is disposed.
        if let Some(draft) = self.draft.try_get_untracked() {
            self.add(&draft);
        }
    }
}

/// Chips with remove buttons, and an input for more.
///
/// Enter, a comma, a semicolon or leaving the input adds a token. A pasted list is split at commas, semicolons, tabs and
/// line breaks. Backspace in the empty input removes the last token.
#[component]
pub fn TokenInput(
    #[prop(into)] values: Bound<Vec<String>>,
    #[prop(optional, into)] suggestions: Signal<Vec<String>>,
    #[prop(optional, into)] placeholder: Option<String>,
    /// Returns the reason to refuse a token, or `None` to accept it.
    #[prop(optional, into)]
    validate: Option<Callback<String, Option<String>>>,
) -> impl IntoView {
    let ids = FieldIds::from_context();
    let draft = RwSignal::new(String::new());
    let options = Signal::derive(move || {
        let taken = values.get();
        let offered = suggestions.get().into_iter().filter(|text| !taken.contains(text));
        offered.map(|text| SelectOption::new(text, "")).collect()
    });
    let listbox = Listbox::new(options, draft.into());
    let (anchor, input) = (NodeRef::<html::Div>::new(), NodeRef::<html::Input>::new());
    let (problem, announcement) = (RwSignal::new(None), RwSignal::new(String::new()));
    let tokens = Tokens { values, draft, problem, announcement, validate, listbox, input };
    view! {
        <div class="tokens-box">
            <div node_ref=anchor class="input tokens" on:click=move |_| tokens.focus()>
                {move || values.get().into_iter().map(|value| chip(tokens, value)).collect_view()}
                <input
                    node_ref=input
                    class="input__control"
                    id=ids.control()
                    type="text"
                    role="combobox"
                    autocomplete="off"
                    data-1p-ignore="true"
                    data-bwignore="true"
                    data-lpignore="true"
                    data-form-type="other"
                    autocapitalize="off"
                    spellcheck="false"
                    placeholder=move || values.with(Vec::is_empty).then(|| placeholder.clone()).flatten()
                    aria-autocomplete="list"
                    aria-controls=listbox.id()
                    aria-expanded=move || if listbox.is_open() { "true" } else { "false" }
                    aria-activedescendant=move || listbox.active_id()
                    aria-describedby=move || ids.described_by()
                    aria-invalid=move || ids.invalid().or_else(|| problem.with(Option::is_some).then_some("true"))
                    prop:value=move || draft.get()
                    on:input=move |event| tokens.handle_input(&event_target_value(&event))
                    on:click=move |_| listbox.open()
                    on:keydown=move |event| tokens.handle_key(&event)
                    on:paste=move |event| tokens.handle_paste(&event)
                    on:blur=move |_| tokens.handle_blur()
                />
                <ListboxPopup listbox=listbox anchor=anchor on_pick=move |picked: String| tokens.add(&picked)/>
            </div>
            <div class="field__problem" role="alert">
                {move || problem.get().map(|text| view! { <IconMark icon=Icon::Error/> <span>{text}</span> })}
            </div>
            <div class="visually-hidden" role="status" aria-live="polite">{move || announcement.get()}</div>
        </div>
    }
}

fn chip(tokens: Tokens, value: String) -> impl IntoView {
    let text = value.clone();
    let label = format!("Remove {value}");
    let remove = move |event: web_sys::MouseEvent| {
        event.stop_propagation();
        tokens.remove(&value);
        // The pressed button goes away with its chip, so move focus to the input.
        tokens.focus();
    };
    view! {
        <span class="chip">
            <bdi class="chip__text">{text}</bdi>
            <button type="button" class="chip__remove" aria-label=label on:click=remove>
                <IconMark icon=Icon::Close/>
            </button>
        </span>
    }
}
