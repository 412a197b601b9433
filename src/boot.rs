//! The hand-over from the static page: its placeholder goes when the app is there.
//!
//! Invariant: the notice of failure stays in the page as a template: its first script shows it where the app cannot be started,
//! or breaks without being able to say so.

/// Takes the placeholder out of the page.
pub fn clear() {
    let document = web_sys::window().and_then(|window| window.document());
    if let Some(element) = document.and_then(|document| document.get_element_by_id("boot")) {
        element.remove();
    }
}
