//! One tab at a time: a lock of the browser's, which is free again when its tab is gone.
//!
//! Invariant: where the browser has no locks (no secure context), every tab has every lock. The page's first script holds
//! them: the browser's interface for it is promises within functions, which weigh less over there.

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;

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
        let window = web_sys::window()?;
        let claim: Function = Reflect::get(&window, &"claim".into()).ok()?.dyn_into().ok()?;
        let answer: Promise = claim.call1(&JsValue::NULL, &name.into()).ok()?.dyn_into().ok()?;
        JsFuture::from(answer).await.ok()?.dyn_into().ok().map(Self)
    }
}
