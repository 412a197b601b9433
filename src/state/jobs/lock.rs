//! One tab at a time: a lock of the browser's, which is free again when its tab is gone.
//!
//! Invariant: where the browser has no locks (no secure context), every tab has every lock. The page's first script holds
//! and lists them: the browser's interface for it is promises within functions, which weigh less over there.

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Asks the page's first script.
async fn ask(question: &str, about: &str) -> Option<JsValue> {
    let window = web_sys::window()?;
    let function: Function = Reflect::get(&window, &question.into()).ok()?.dyn_into().ok()?;
    let answer: Promise = function.call1(&JsValue::NULL, &about.into()).ok()?.dyn_into().ok()?;
    JsFuture::from(answer).await.ok()
}

/// A lock that is held until this is dropped.
pub(super) struct Lock(Function);

impl Drop for Lock {
    fn drop(&mut self) {
        // Ends the promise that holds the lock; nothing listens for more.
        let _ = self.0.call1(&JsValue::NULL, &JsValue::NULL);
    }
}

impl Lock {
    /// Takes the lock of this name; `None` where another tab has it.
    pub(super) async fn take(name: &str) -> Option<Self> {
        ask("claim", name).await?.dyn_into().ok().map(Self)
    }

    /// The names of all locks that are held, in any tab.
    pub(super) async fn held() -> Vec<String> {
        let names = ask("claimed", "").await.and_then(|names| names.as_string()).unwrap_or_default();
        names.split(',').map(str::to_owned).collect()
    }
}
