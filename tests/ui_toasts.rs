//! How long toasts stay, in a real document.
#![cfg(target_arch = "wasm32")]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[expect(dead_code, reason = "each test file uses its part of the harness")]
mod ui_harness;

use console::components::Toasts;
use console::write::Notices;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::wasm_bindgen::closure::Closure;
use leptos::wasm_bindgen::prelude::JsValue;
use ui_harness::{Stage, until};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// Makes the page's timers a hundred times as fast.
fn speed_up_timers() {
    let original: js_sys::Function = js_sys::Reflect::get(&window(), &"setTimeout".into()).unwrap().dyn_into().unwrap();
    let faster = Closure::<dyn Fn(JsValue, f64) -> JsValue>::new(move |callback: JsValue, delay: f64| {
        original.call2(&window(), &callback, &(delay / 100.0).into()).unwrap()
    });
    js_sys::Reflect::set(&window(), &"setTimeout".into(), faster.as_ref()).unwrap();
    faster.forget();
}

#[wasm_bindgen_test]
async fn two_successes_in_one_tick_both_go_and_a_failure_stays() {
    speed_up_timers();
    let notices = Notices::default();
    let stage = Stage::new(move || {
        provide_context(notices);
        view! { <Toasts/> }.into_any()
    });
    let titles = || stage.all(".toast__title").iter().map(|title| title.inner_text()).collect::<Vec<_>>();
    notices.success("Saved the first");
    notices.success("Saved the second");
    notices.failure("The third failed", "The API is down.");
    until("three toasts", || titles().len() == 3).await;
    until("only the failure", || titles().len() == 1).await;
    assert!(titles()[0].contains("The third failed"));
}
