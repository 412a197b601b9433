//! Buttons, fields and form controls in a real document.
#![cfg(target_arch = "wasm32")]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[expect(dead_code, reason = "each test file uses its part of the harness")]
mod ui_harness;

use console::ui::{Button, Combobox, Field, SelectOption, TextInput, TokenInput};
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use ui_harness::{Stage, press, text_of, type_text, until};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
async fn a_refused_button_says_why_and_does_nothing() {
    let presses = RwSignal::new(0);
    let reason = RwSignal::new(Some("3 active keys must go first".to_owned()));
    let stage = Stage::new(move || {
        view! { <Button disabled_reason=reason on_click=move |()| presses.update(|it| *it += 1)>"Delete"</Button> }
            .into_any()
    });
    let button = stage.get("button");
    button.click();
    assert_eq!(presses.get_untracked(), 0);
    assert_eq!(button.get_attribute("aria-disabled").as_deref(), Some("true"));
    let id = button.get_attribute("aria-describedby").unwrap();
    assert_eq!(stage.get(&format!("#{id}")).inner_text(), "3 active keys must go first");

    reason.set(None);
    stage.attribute("button", "aria-disabled", None).await;
    stage.attribute("button", "aria-describedby", None).await;
    button.click();
    assert_eq!(presses.get_untracked(), 1);
}

#[wasm_bindgen_test]
async fn a_pending_button_is_busy_and_does_nothing() {
    let presses = RwSignal::new(0);
    let pending = RwSignal::new(false);
    let stage = Stage::new(move || {
        view! { <Button pending=pending on_click=move |()| presses.update(|it| *it += 1)>"Save"</Button> }.into_any()
    });
    stage.get("button").click();
    pending.set(true);
    stage.attribute("button", "aria-busy", Some("true")).await;
    stage.get("button").click();
    assert_eq!(presses.get_untracked(), 1);
}

#[wasm_bindgen_test]
async fn a_field_ties_label_hint_and_problem_to_its_control() {
    let problem = RwSignal::new(None::<String>);
    let value = RwSignal::new("a".to_owned());
    let stage = Stage::new(move || {
        view! {
            <Field label="Slug" hint="Lower case" problem=problem>
                <TextInput value=value/>
            </Field>
        }
        .into_any()
    });
    let input = stage.get("input");
    assert_eq!(stage.get("label").get_attribute("for"), Some(input.id()));
    let described = || input.get_attribute("aria-describedby").unwrap_or_default();
    let hint = described();
    assert_eq!(stage.get(&format!("#{hint}")).inner_text(), "Lower case");
    assert_eq!(input.get_attribute("aria-invalid"), None);

    problem.set(Some("Taken".to_owned()));
    stage.attribute("input", "aria-invalid", Some("true")).await;
    let ids = described();
    let first = ids.split(' ').next().unwrap();
    until("the problem shows", || stage.get(&format!("#{first}")).inner_text().contains("Taken")).await;
    assert!(ids.ends_with(&hint));
}

#[wasm_bindgen_test]
async fn a_problem_is_not_announced_during_typing() {
    let problem = RwSignal::new(None::<String>);
    let value = RwSignal::new(String::new());
    let stage =
        Stage::new(move || view! { <Field label="Name" problem=problem><TextInput value=value/></Field> }.into_any());
    stage.attribute(".field__problem", "aria-live", Some("polite")).await;
    stage.get("input").focus().unwrap();
    let typed = document().create_event("Event").unwrap();
    typed.init_event_with_bubbles("input", true);
    stage.get("input").dispatch_event(&typed).unwrap();
    stage.attribute(".field__problem", "aria-live", Some("off")).await;
    stage.attribute(".field__problem", "aria-live", Some("polite")).await;
}

#[wasm_bindgen_test]
async fn a_problem_that_the_server_finds_is_announced_at_the_focused_field() {
    let problem = RwSignal::new(None::<String>);
    let value = RwSignal::new(String::new());
    let stage =
        Stage::new(move || view! { <Field label="Slug" problem=problem><TextInput value=value/></Field> }.into_any());
    stage.get("input").focus().unwrap();
    problem.set(Some("Taken".to_owned()));
    let shown = || stage.get(".field__problem").text_content().unwrap_or_default();
    until("the problem shows", || shown().contains("Taken")).await;
    assert_eq!(stage.get(".field__problem").get_attribute("aria-live").as_deref(), Some("polite"));
}

#[wasm_bindgen_test]
async fn an_input_and_its_signal_follow_each_other() {
    let value = RwSignal::new("a".to_owned());
    let stage = Stage::new(move || view! { <TextInput value=value/> }.into_any());
    let input = stage.get("input");
    type_text(&input, "b");
    assert_eq!(value.get_untracked(), "b");
    value.set("c".to_owned());
    until("the input shows c", || text_of(&input) == "c").await;
}

fn models() -> Vec<SelectOption> {
    (0..200).map(|it| SelectOption::new(format!("maker/model-{it}"), format!("Model {it}"))).collect()
}

#[wasm_bindgen_test]
async fn a_combobox_works_by_keyboard() {
    let value = RwSignal::new(String::new());
    let stage = Stage::new(move || view! { <Combobox value=value options=models()/> }.into_any());
    let input = stage.get("input");
    press(&input, "ArrowDown");
    stage.attribute("input", "aria-expanded", Some("true")).await;
    until("fifty options", || stage.all("[role=option]").len() == 50).await;
    assert!(stage.get(".listbox__more").inner_text().contains("150 more"));

    type_text(&input, "MODEL 17");
    // 17 and 170 to 179: the label matches in any case.
    until("eleven options", || stage.all("[role=option]").len() == 11).await;
    press(&input, "ArrowDown");
    press(&input, "ArrowDown");
    until("the second is active", || {
        stage.all("[role=option]")[1].get_attribute("aria-selected").as_deref() == Some("true")
    })
    .await;
    assert_eq!(input.get_attribute("aria-activedescendant"), Some(stage.all("[role=option]")[1].id()));
    assert!(!press(&input, "Enter"), "accepting an option must not submit the form");
    assert_eq!(value.get_untracked(), "maker/model-170");
    stage.attribute("input", "aria-expanded", Some("false")).await;
}

#[wasm_bindgen_test]
async fn escape_closes_the_suggestions_and_keeps_free_text() {
    let value = RwSignal::new(String::new());
    let stage = Stage::new(move || view! { <Combobox value=value options=models()/> }.into_any());
    let input = stage.get("input");
    type_text(&input, "model");
    stage.attribute("input", "aria-expanded", Some("true")).await;
    press(&input, "Escape");
    stage.attribute("input", "aria-expanded", Some("false")).await;
    assert_eq!(value.get_untracked(), "model");
    assert!(press(&input, "Enter"), "with the list closed, Enter belongs to the form");
}

#[wasm_bindgen_test]
async fn pasted_text_becomes_tokens_without_duplicates() {
    let values = RwSignal::new(vec!["a".to_owned()]);
    let stage = Stage::new(move || view! { <TokenInput values=values/> }.into_any());
    let data = web_sys::DataTransfer::new().unwrap();
    data.set_data("text/plain", "b, a;c\nb").unwrap();
    let init = web_sys::ClipboardEventInit::new();
    init.set_clipboard_data(Some(&data));
    // Firefox ignores `clipboardData` and builds it from these.
    for (name, value) in [("dataType", "text/plain"), ("data", "b, a;c\nb")] {
        js_sys::Reflect::set(&init, &name.into(), &value.into()).unwrap();
    }
    init.set_bubbles(true);
    init.set_cancelable(true);
    let paste = web_sys::ClipboardEvent::new_with_event_init_dict("paste", &init).unwrap();
    stage.get("input").dispatch_event(&paste).unwrap();
    assert_eq!(values.get_untracked(), ["a", "b", "c"]);
    until("three chips", || stage.all(".chip").len() == 3).await;
}

#[wasm_bindgen_test]
async fn tokens_are_added_and_removed_by_keyboard() {
    let values = RwSignal::new(Vec::<String>::new());
    let refuse = |text: String| text.contains(' ').then(|| "No spaces".to_owned());
    let stage = Stage::new(move || view! { <TokenInput values=values validate=refuse/> }.into_any());
    let input = stage.get("input");
    assert!(press(&input, "Enter"), "in the empty input Enter belongs to the form");
    type_text(&input, "one");
    assert!(!press(&input, "Enter"));
    type_text(&input, "two,");
    assert_eq!(values.get_untracked(), ["one", "two"]);
    until("the input is empty again", || text_of(&input).is_empty()).await;

    type_text(&input, "th ree");
    press(&input, "Enter");
    until("the reason shows", || stage.get("[role=alert]").inner_text().contains("No spaces")).await;
    assert_eq!(text_of(&input), "th ree");
    assert_eq!(values.get_untracked().len(), 2);

    type_text(&input, "");
    press(&input, "Backspace");
    assert_eq!(values.get_untracked(), ["one"]);
    until("one chip", || stage.all(".chip").len() == 1).await;
    let remove = stage.get(".chip__remove");
    assert_eq!(remove.get_attribute("aria-label").as_deref(), Some("Remove one"));
    remove.click();
    assert!(values.get_untracked().is_empty());
    assert!(ui_harness::has_focus(input.unchecked_ref()));
}
