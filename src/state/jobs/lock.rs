//! One tab at a time: a lock of the browser's, which is free again when its tab is gone.
//!
//! Invariant: where the browser has no locks (no secure context), every tab has every lock.

use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen::prelude::wasm_bindgen]
extern "C" {
    type LockManager;

    #[wasm_bindgen(method)]
    fn request(this: &LockManager, name: &str, options: &JsValue, held: &Function) -> Promise;

    #[wasm_bindgen(method)]
    fn query(this: &LockManager) -> Promise;
}

fn manager() -> Option<LockManager> {
    let navigator = web_sys::window()?.navigator();
    let locks = Reflect::get(&navigator, &"locks".into()).ok()?;
    locks.is_object().then(|| locks.unchecked_into())
}

/// A lock that is held until this is dropped.
pub(super) struct Lock(Option<Function>);

impl Drop for Lock {
    fn drop(&mut self) {
        if let Some(release) = &self.0 {
            // Ends the promise that holds the lock; nothing listens for more.
            let _ = release.call0(&JsValue::NULL);
        }
    }
}

impl Lock {
    /// Takes the lock of this name; `None` where another tab has it.
    pub(super) async fn take(name: &str) -> Option<Self> {
        let Some(manager) = manager() else { return Some(Self(None)) };
        let options = Object::new();
        // An object of our own takes every field.
        let _ = Reflect::set(&options, &"ifAvailable".into(), &JsValue::TRUE);
        let mut told: Option<Function> = None;
        let answer = Promise::new(&mut |resolve, _| told = Some(resolve));
        let told = told?;
        let held = Closure::once_into_js(move |lock: JsValue| -> JsValue {
            if lock.is_null() {
                let _ = told.call1(&JsValue::NULL, &JsValue::NULL);
                return JsValue::UNDEFINED;
            }
            let promise = Promise::new(&mut |resolve, _| {
                let _ = told.call1(&JsValue::NULL, &resolve);
            });
            promise.into()
        });
        // Its own promise ends with the lock; the answer above comes first.
        drop(manager.request(name, &options, held.unchecked_ref()));
        let release = JsFuture::from(answer).await.ok()?;
        release.dyn_into::<Function>().ok().map(|release| Self(Some(release)))
    }

    /// The names of all locks that are held, in any tab.
    pub(super) async fn held() -> Vec<String> {
        let Some(manager) = manager() else { return Vec::new() };
        let Ok(snapshot) = JsFuture::from(manager.query()).await else { return Vec::new() };
        let held = Reflect::get(&snapshot, &"held".into()).ok().and_then(|held| held.dyn_into::<Array>().ok());
        let name = |lock: JsValue| Reflect::get(&lock, &"name".into()).ok()?.as_string();
        held.into_iter().flat_map(|held| held.iter().filter_map(name).collect::<Vec<_>>()).collect()
    }
}
