//! A lock of the browser, so that only one tab runs a job. It is free again when its tab is closed.
//!
//! Where the browser has no locks (no secure context), every tab gets every lock. `boot.js` holds the locks, because the
//! browser's interface to them is promises within callbacks.

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;

pub(super) struct Lock(Function);

impl Drop for Lock {
    fn drop(&mut self) {
        // Settles the promise that holds the lock. Nothing depends on its result.
        let _ = self.0.call1(&JsValue::NULL, &JsValue::NULL);
    }
}

impl Lock {
    /// Takes the lock of this name; `None` if another tab holds it.
    pub(super) async fn take(name: &str) -> Option<Self> {
        let window = web_sys::window()?;
        let claim: Function = Reflect::get(&window, &"claim".into()).ok()?.dyn_into().ok()?;
        let answer: Promise = claim.call1(&JsValue::NULL, &name.into()).ok()?.dyn_into().ok()?;
        JsFuture::from(answer).await.ok()?.dyn_into().ok().map(Self)
    }
}
