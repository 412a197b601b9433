//! The hand-over from the static page: its placeholders go when the app is there.
//!
//! Invariant: the page's first script shows the failure notice only while the app has not started.

/// Takes the placeholders out of the page.
pub fn clear() {
    let document = web_sys::window().and_then(|window| window.document());
    for id in ["boot", "boot-failure"] {
        if let Some(element) = document.as_ref().and_then(|document| document.get_element_by_id(id)) {
            element.remove();
        }
    }
}
