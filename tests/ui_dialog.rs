//! Focus and keyboard of dialogs in a real document.
#![cfg(target_arch = "wasm32")]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[expect(dead_code, reason = "each test file uses its part of the harness")]
mod ui_harness;

use console::ui::Dialog;
use leptos::prelude::*;
use ui_harness::{Stage, has_focus, press, until};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

fn stage(open: RwSignal<bool>, dismissable: bool) -> Stage {
    Stage::new(move || {
        view! {
            <button id="opener" on:click=move |_| open.set(true)>{"Open"}</button>
            <Dialog open=open on_close=move |()| open.set(false) title="Delete Interns?" dismissable=dismissable>
                <input id="name"/>
                <button id="cancel" autofocus=true>{"Cancel"}</button>
            </Dialog>
        }
        .into_any()
    })
}

async fn open_by_button(stage: &Stage) {
    let opener = stage.get("#opener");
    opener.focus().unwrap();
    opener.click();
    stage.appears("dialog:modal").await;
}

#[wasm_bindgen_test]
async fn a_dialog_opens_as_modal_with_its_name_and_first_focus() {
    let open = RwSignal::new(false);
    let stage = stage(open, true);
    assert!(stage.all("dialog").is_empty(), "the content exists only while it is open");
    open_by_button(&stage).await;
    let id = stage.get("dialog").get_attribute("aria-labelledby").unwrap();
    assert_eq!(stage.get(&format!("#{id}")).inner_text(), "Delete Interns?");
    until("focus on Cancel", || has_focus(&stage.get("#cancel"))).await;
}

#[wasm_bindgen_test]
async fn escape_closes_a_dialog_and_focus_returns() {
    let open = RwSignal::new(false);
    let stage = stage(open, true);
    open_by_button(&stage).await;
    press(&stage.get("#cancel"), "Escape");
    assert!(!open.get_untracked());
    until("the dialog is gone", || stage.all("dialog").is_empty()).await;
    until("focus is back", || has_focus(&stage.get("#opener"))).await;
}

#[wasm_bindgen_test]
async fn a_dialog_that_must_be_answered_ignores_escape() {
    let open = RwSignal::new(false);
    let stage = stage(open, false);
    open_by_button(&stage).await;
    assert!(!press(&stage.get("#cancel"), "Escape"), "the browser must not close it either");
    assert!(open.get_untracked());
    assert!(stage.all(".dialog__close").is_empty());
}

#[wasm_bindgen_test]
async fn a_dialog_that_is_removed_with_its_page_returns_focus() {
    let (open, page) = (RwSignal::new(false), RwSignal::new(true));
    let stage = Stage::new(move || {
        view! {
            <button id="opener" on:click=move |_| open.set(true)>{"Open"}</button>
            {move || {
                page.get().then(|| view! { <Dialog open=open on_close=|()| () title="Edit"><input/></Dialog> })
            }}
        }
        .into_any()
    });
    open_by_button(&stage).await;
    page.set(false);
    until("focus is back", || stage.all("dialog").is_empty() && has_focus(&stage.get("#opener"))).await;
}
