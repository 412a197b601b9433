//! Enforces the console's Content-Security-Policy on the test's page. It leaves out `default-src`, `script-src` and
//! `connect-src`, which the test runner itself would violate; the journeys test those.
//!
//! Invariant: a violation fails the test that causes it, or the next one.

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

/// Enforces the policy from now on. Panics if it has been violated.
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
        let record = Closure::<dyn Fn(JsValue)>::new(|event: JsValue| {
            let property = |name: &str| js_sys::Reflect::get(&event, &name.into()).ok().and_then(|it| it.as_string());
            let line = format!("{:?} by {:?}", property("violatedDirective"), property("sample"));
            VIOLATIONS.with_borrow_mut(|violations| violations.get_or_insert_default().push(line));
        });
        document()
            .add_event_listener_with_callback("securitypolicyviolation", record.as_ref().unchecked_ref())
            .unwrap();
        record.forget();
    }
    check();
}

/// Panics if the policy has been violated.
pub fn check() {
    assert_eq!(taken(), Vec::<String>::new(), "the policy was violated");
}

/// Takes the violations since the last call.
pub fn taken() -> Vec<String> {
    VIOLATIONS.with_borrow_mut(|violations| violations.as_mut().map(std::mem::take)).unwrap_or_default()
}
