//! Puts the test's page under the policy that the console is served with, as far as the runner's own page bears it: what
//! is left out (`default-src`, `script-src`, `connect-src`) the runner needs for itself, and the journeys have.
//!
//! Invariant: a violation fails the test that comes by it, or the next.

use std::cell::RefCell;

use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::wasm_bindgen::closure::Closure;
use leptos::wasm_bindgen::prelude::JsValue;

const POLICY: &str = "style-src 'self'; img-src 'self' data:; font-src 'self'; object-src 'none'; base-uri 'none'; \
                      form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

thread_local! {
    static VIOLATIONS: RefCell<Option<Vec<String>>> = const { RefCell::new(None) };
}

/// Enforces it from now on, and fails where something has violated it.
pub fn enforce() {
    let is_first = VIOLATIONS.with_borrow_mut(|violations| {
        let is_first = violations.is_none();
        violations.get_or_insert_default();
        is_first
    });
    if is_first {
        let meta = document().create_element("meta").unwrap();
        meta.set_attribute("http-equiv", "Content-Security-Policy").unwrap();
        meta.set_attribute("content", POLICY).unwrap();
        document().head().unwrap().append_child(&meta).unwrap();
        let note = Closure::<dyn Fn(JsValue)>::new(|event: JsValue| {
            let said = |name: &str| js_sys::Reflect::get(&event, &name.into()).ok().and_then(|it| it.as_string());
            let line = format!("{:?} by {:?}", said("violatedDirective"), said("sample"));
            VIOLATIONS.with_borrow_mut(|violations| violations.get_or_insert_default().push(line));
        });
        document().add_event_listener_with_callback("securitypolicyviolation", note.as_ref().unchecked_ref()).unwrap();
        note.forget();
    }
    check();
}

/// Fails where something has violated it.
pub fn check() {
    assert_eq!(taken(), Vec::<String>::new(), "the policy was violated");
}

/// The violations since the last look.
pub fn taken() -> Vec<String> {
    VIOLATIONS.with_borrow_mut(|violations| violations.as_mut().map(std::mem::take)).unwrap_or_default()
}
