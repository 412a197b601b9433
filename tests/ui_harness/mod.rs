//! Mounts components into the real document and acts on them as a person would.
//!
//! It waits for conditions, for a limited number of frames, and never for a fixed time.

pub mod policy;

use leptos::mount::{UnmountHandle, mount_to};
use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyViewState;
use leptos::wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{HtmlElement, HtmlInputElement, KeyboardEvent, KeyboardEventInit};

/// A mounted view; dropping it removes the view from the document.
pub struct Stage {
    root: HtmlElement,
    handle: Option<UnmountHandle<AnyViewState>>,
}

impl Drop for Stage {
    fn drop(&mut self) {
        drop(self.handle.take());
        self.root.remove();
        policy::check();
    }
}

impl Stage {
    /// Mounts a view at the end of the body.
    pub fn new(view: impl FnOnce() -> AnyView + 'static) -> Self {
        policy::enforce();
        // The previous test may have scrolled the page.
        window().scroll_to_with_x_and_y(0.0, 0.0);
        let root: HtmlElement = document().create_element("div").unwrap().unchecked_into();
        document().body().unwrap().append_child(&root).unwrap();
        let handle = Some(mount_to(root.clone(), view));
        Self { root, handle }
    }

    /// Returns all matching elements, in document order.
    pub fn all(&self, selector: &str) -> Vec<HtmlElement> {
        let nodes = self.root.query_selector_all(selector).unwrap();
        (0..nodes.length()).map(|it| nodes.item(it).unwrap().unchecked_into()).collect()
    }

    /// Returns the first matching element. Panics if there is none.
    pub fn get(&self, selector: &str) -> HtmlElement {
        self.all(selector).into_iter().next().unwrap_or_else(|| panic!("nothing matches {selector}"))
    }

    /// Waits for a matching element and returns the first.
    pub async fn appears(&self, selector: &str) -> HtmlElement {
        until(selector, || !self.all(selector).is_empty()).await;
        self.get(selector)
    }

    /// Waits until an attribute of the first matching element has this value.
    pub async fn attribute(&self, selector: &str, name: &str, value: Option<&str>) {
        until(&format!("{selector}[{name}] = {value:?}"), || {
            self.get(selector).get_attribute(name).as_deref() == value
        })
        .await;
    }
}

/// Waits for the next frame.
pub async fn frame() {
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        window().request_animation_frame(&resolve).unwrap();
    });
    JsFuture::from(promise).await.unwrap();
}

/// Waits until the condition holds. Panics after 300 frames.
pub async fn until(what: &str, condition: impl Fn() -> bool) {
    for _ in 0..300 {
        if condition() {
            return;
        }
        frame().await;
    }
    panic!("never came true: {what}");
}

/// Presses a key on an element. Returns whether the browser may perform the default action.
pub fn press(element: &HtmlElement, key: &str) -> bool {
    let init = KeyboardEventInit::new();
    init.set_key(key);
    init.set_bubbles(true);
    init.set_cancelable(true);
    element.dispatch_event(&KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init).unwrap()).unwrap()
}

/// Replaces the text of an input as typing does.
pub fn type_text(element: &HtmlElement, text: &str) {
    let input: &HtmlInputElement = element.unchecked_ref();
    input.set_value(text);
    input.dispatch_event(&web_sys::Event::new("input").unwrap()).unwrap();
}

/// Returns the text of an input.
pub fn text_of(element: &HtmlElement) -> String {
    element.unchecked_ref::<HtmlInputElement>().value()
}

/// Returns whether an element has focus.
pub fn has_focus(element: &HtmlElement) -> bool {
    document().active_element().is_some_and(|it| it == **element)
}
