//! A table of the page, as a file of the person's.
//!
//! Invariant: its name tells what is in it and of which day it is.

use crate::csv;
use crate::domain::Timestamp;
use crate::state::{Notices, now};
use crate::ui::download;

/// Saves rows as `<what>-<day>.csv`; where the browser refuses, a notice says so.
pub fn save_table(notices: Notices, what: &str, rows: impl IntoIterator<Item = Vec<String>>) {
    let day = Timestamp::from_unix_seconds(now());
    let day = day.and_then(|at| at.as_str().get(..10).map(str::to_owned)).unwrap_or_default();
    if download(&format!("{what}-{day}.csv"), "text/csv;charset=utf-8", &csv::table(rows)).is_err() {
        notices.failure("The file could not be made", "The browser refused the download.");
    }
}
