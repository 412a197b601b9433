//! What the console takes from the browser: settings of the page, storage, the clock, dropped files and the theme.

pub mod clock;
mod connection;
mod drops;
mod paint;
pub mod storage;
pub mod theme;

pub use clock::{Moment, elapsed, every, now, use_clock, wait};
pub use connection::Connection;
pub use drops::ignore_dropped_files;
pub use paint::painted;
pub use theme::{Theme, ThemeChoice};

/// The content of the page's `<meta name="…">`, with which a deployment is configured. `None` if it is blank.
pub fn setting(name: &str) -> Option<String> {
    let document = web_sys::window()?.document()?;
    let meta = document.query_selector(&["meta[name=", name, "]"].concat()).ok()??;
    meta.get_attribute("content").filter(|content| !content.trim().is_empty())
}
