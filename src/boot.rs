//! The handover from the static page to the app.
//!
//! Invariant: the template of the failure notice stays in the page. `boot.js` shows it if the app cannot start, or stops
//! without being able to say so.

/// Whether the page still shows the frame of `index.html`.
pub fn is_shown() -> bool {
    element("boot").is_some()
}

/// Removes the frame of `index.html` from the page, and the notice that the page was changed on the way. Returns what
/// `boot.js` drew in the frame of a page whose code comes with the second file.
pub fn clear() -> Option<web_sys::Element> {
    let drawn = web_sys::window()?.document()?.query_selector("#boot .boot-members").ok().flatten();
    for id in ["boot", "boot-changed"] {
        if let Some(element) = element(id) {
            element.remove();
        }
    }
    drawn
}

fn element(id: &str) -> Option<web_sys::Element> {
    web_sys::window()?.document()?.get_element_by_id(id)
}
