//! The handover from the static page to the app.
//!
//! Invariant: the template of the failure notice stays in the page. `boot.js` shows it if the app cannot start, or stops
//! without being able to say so.

/// Removes the placeholder from the page.
pub fn clear() {
    let document = web_sys::window().and_then(|window| window.document());
    if let Some(element) = document.and_then(|document| document.get_element_by_id("boot")) {
        element.remove();
    }
}
