//! A lock of the browser, so that only one tab runs a job. It is free again when its tab is closed.
//!
//! `boot.js` holds the locks, because the browser's interface to them is promises within callbacks.

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;

pub(super) struct Lock(Function);

/// The browser's answer to a request for a lock.
pub(super) enum LockAnswer {
    Granted(Lock),
    /// Another tab has it.
    Held,
    /// The browser has no locks (no secure context), refuses them or does not answer.
    Unavailable,
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Settles the promise that holds the lock. Nothing depends on its result.
        let _ = self.0.call1(&JsValue::NULL, &JsValue::NULL);
    }
}

impl Lock {
    /// Requests the lock of this name, without waiting until another tab releases it.
    pub(super) async fn request(name: &str) -> LockAnswer {
        match ask(name).await {
            Some(answer) if answer == JsValue::FALSE => LockAnswer::Held,
            Some(answer) => answer.dyn_into().map_or(LockAnswer::Unavailable, |free| LockAnswer::Granted(Self(free))),
            None => LockAnswer::Unavailable,
        }
    }
}

async fn ask(name: &str) -> Option<JsValue> {
    let window = web_sys::window()?;
    let claim: Function = Reflect::get(&window, &"claim".into()).ok()?.dyn_into().ok()?;
    let answer: Promise = claim.call1(&JsValue::NULL, &name.into()).ok()?.dyn_into().ok()?;
    JsFuture::from(answer).await.ok()
}
