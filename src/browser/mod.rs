//! What the console takes from the browser: settings of the page, storage, the clock and the theme.

pub mod clock;
pub mod storage;
pub mod theme;

use js_sys::JsString;

pub use clock::{now, use_clock};
pub use theme::{Theme, ThemeChoice};

/// Converts a text to lowercase with the browser's tables, which keeps Rust's out of the download.
pub fn lowercase(text: &str) -> String {
    JsString::from(text).to_lower_case().into()
}

/// The content of the page's `<meta name="…">`, with which a deployment is configured. `None` if it is blank.
pub fn setting(name: &str) -> Option<String> {
    let document = web_sys::window()?.document()?;
    let meta = document.query_selector(&["meta[name=", name, "]"].concat()).ok()??;
    meta.get_attribute("content").filter(|content| !content.trim().is_empty())
}
