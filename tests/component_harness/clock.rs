//! A clock that the test moves.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use leptos::prelude::*;
use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;

/// The browser's time and timers, until it is dropped.
pub struct FakeClock {
    now: Rc<Cell<f64>>,
    callbacks: Rc<RefCell<Vec<js_sys::Function>>>,
    replaced: Vec<(JsValue, &'static str, JsValue)>,
    _time: Closure<dyn Fn() -> f64>,
    _timer: Closure<dyn Fn(js_sys::Function) -> u32>,
}

impl FakeClock {
    pub fn install(seconds: u32) -> Self {
        let now = Rc::new(Cell::new(f64::from(seconds) * 1000.0));
        let callbacks = Rc::new(RefCell::new(Vec::new()));
        let (shown, kept) = (now.clone(), callbacks.clone());
        let time = Closure::<dyn Fn() -> f64>::new(move || shown.get());
        let timer = Closure::<dyn Fn(js_sys::Function) -> u32>::new(move |callback| {
            kept.borrow_mut().push(callback);
            0
        });
        let date = js_sys::Reflect::get(&window(), &"Date".into()).unwrap();
        let mut replaced = Vec::new();
        for (target, name, with) in
            [(date, "now", time.as_ref()), (JsValue::from(window()), "setInterval", timer.as_ref())]
        {
            replaced.push((target.clone(), name, js_sys::Reflect::get(&target, &name.into()).unwrap()));
            js_sys::Reflect::set(&target, &name.into(), with).unwrap();
        }
        Self { now, callbacks, replaced, _time: time, _timer: timer }
    }

    /// Moves the time on, and calls every timer once.
    pub fn advance(&self, seconds: u32) {
        self.now.set(self.now.get() + f64::from(seconds) * 1000.0);
        for callback in self.callbacks.borrow().iter() {
            callback.call0(&JsValue::NULL).unwrap();
        }
    }
}

impl Drop for FakeClock {
    fn drop(&mut self) {
        for (target, name, original) in self.replaced.drain(..) {
            js_sys::Reflect::set(&target, &name.into(), &original).unwrap();
        }
    }
}
