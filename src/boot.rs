//! The handover from the static page to the app.
//!
//! Invariant: the template of the failure notice stays in the page. `boot.js` shows it if the app cannot start, or stops
//! without being able to say so.

/// Removes the placeholder from the page, and the notice that the page was changed on the way.
pub fn clear() {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else { return };
    for id in ["boot", "boot-changed"] {
        if let Some(element) = document.get_element_by_id(id) {
            element.remove();
        }
    }
}
