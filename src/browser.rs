//! What the browser can do already, so that the page need not bring it.
//!
//! Invariant: nothing here keeps state.

use js_sys::JsString;

/// The text in small letters, for comparing without regard to case. The tables for that are a hundredth of the page.
pub fn lowercase(text: &str) -> String {
    JsString::from(text).to_lower_case().into()
}
