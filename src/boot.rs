//! The handover from the static page to the app.
//!
//! Invariant: the template of the failure notice stays in the page. `boot.js` shows it if the app cannot start, or stops
//! without being able to say so.

/// Whether the page still shows the frame of `index.html`.
pub fn is_shown() -> bool {
    element("boot").is_some()
}

/// Removes the frame of `index.html` from the page, and the notice that the page was changed on the way.
pub fn clear() {
    for id in ["boot", "boot-changed"] {
        if let Some(element) = element(id) {
            element.remove();
        }
    }
}

fn element(id: &str) -> Option<web_sys::Element> {
    web_sys::window()?.document()?.get_element_by_id(id)
}
