//! The height of an element, as a property that styles use.

use leptos::wasm_bindgen::{JsCast as _, closure::Closure};
use leptos::{html, prelude::*};
use send_wrapper::SendWrapper;

use super::dom::number_text;

/// Sets a custom property of the document to the height of an element, while the element is in the page.
pub fn follow_height(element: NodeRef<html::Div>, property: &'static str) {
    // Outside world: the size of the element.
    Effect::new(move |_| {
        let Some(element) = element.get() else { return };
        let measured = element.clone();
        let on_resize = Closure::<dyn Fn()>::new(move || {
            let height = number_text(f64::from(measured.offset_height())) + "px";
            let root = document().document_element().and_then(|root| root.dyn_into::<web_sys::HtmlElement>().ok());
            if let Some(root) = root {
                // Fails only for a property that is read-only.
                drop(root.style().set_property(property, &height));
            }
        });
        let Ok(observer) = web_sys::ResizeObserver::new(on_resize.as_ref().unchecked_ref()) else { return };
        observer.observe(&element);
        let observed = SendWrapper::new((observer, on_resize));
        on_cleanup(move || observed.take().0.disconnect());
    });
}
