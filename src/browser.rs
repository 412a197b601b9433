//! What the browser can do already, so that the page need not bring it.
//!
//! Invariant: nothing here keeps state.

use js_sys::JsString;

/// The text in small letters, for comparing without regard to case. The tables for that are a hundredth of the page.
pub fn lowercase(text: &str) -> String {
    JsString::from(text).to_lower_case().into()
}

/// What the page says in `<meta name="…" content="…">`: how whoever deploys it sets it up.
pub fn setting(name: &str) -> Option<String> {
    let document = web_sys::window()?.document()?;
    let meta = document.query_selector(&["meta[name=", name, "]"].concat()).ok()??;
    meta.get_attribute("content").filter(|content| !content.trim().is_empty())
}
