//! Downloading a table as a CSV file.

use crate::browser::now;
use crate::csv;
use crate::domain::Timestamp;
use crate::ui::download;
use crate::write::Notices;

/// Downloads rows as `<name>-<date>.csv`. If the browser refuses, a notice says so.
pub fn save_table(notices: Notices, name: &str, rows: impl IntoIterator<Item = Vec<String>>) {
    let today = Timestamp::from_unix_seconds(now());
    let today = today.and_then(|today| today.as_str().get(..10).map(str::to_owned)).unwrap_or_default();
    if download(&format!("{name}-{today}.csv"), "text/csv;charset=utf-8", &csv::table(rows)).is_err() {
        notices.failure("The file could not be made", "The browser refused the download.");
    }
}
