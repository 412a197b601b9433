//! Downloading a table as a CSV file, a text as a JSON file, or a text as it is.

use crate::browser::now;
use crate::csv;
use crate::domain::Timestamp;
use crate::write::Notices;
use leptos::prelude::*;
use leptos::wasm_bindgen::{JsCast, JsValue};
use std::time::Duration;
use wasm_bindgen::JsError;

/// How long a browser may take to read the file. In that time a person may also have to choose where to save it.
const KEPT: Duration = Duration::from_secs(60);

/// Downloads rows as `<name>-<date>.csv`. If the browser refuses, a notice says so.
pub fn save_table(notices: Notices, name: &str, rows: impl IntoIterator<Item = Vec<String>>) {
    // A byte order mark: without it Excel reads the file in an old encoding.
    let text = ["\u{feff}", &csv::table(rows)].concat();
    save(notices, name, "csv", "text/csv;charset=utf-8", &text);
}

/// Downloads a text as `<name>-<date>.json`. If the browser refuses, a notice says so.
pub fn save_json(notices: Notices, name: &str, text: &str) {
    // The browser indents it: a second writer of JSON would add to the page.
    let indent = |text: &str| {
        let value = js_sys::JSON::parse(text).ok()?;
        js_sys::JSON::stringify_with_replacer_and_space(&value, &JsValue::NULL, &JsValue::from(2)).ok()
    };
    let text = indent(text).map_or_else(|| text.to_owned(), String::from);
    save(notices, name, "json", "application/json", &text);
}

/// Downloads a text as `<name>-<date>.<ending>`. If the browser refuses, a notice says so.
pub fn save_text(notices: Notices, (name, ending, kind): (&str, &str, &str), text: &str) {
    save(notices, name, ending, kind, text);
}

fn save(notices: Notices, name: &str, ending: &str, kind: &str, text: &str) {
    let today = Timestamp::from_unix_seconds(now());
    let today = today.map(|today| today.date().to_owned()).unwrap_or_default();
    if download(&format!("{name}-{today}.{ending}"), kind, text).is_err() {
        notices.failure("Couldn’t create the file", "Your browser blocked the download.");
    }
}

fn download(name: &str, kind: &str, text: &str) -> Result<(), JsValue> {
    let options = web_sys::BlobPropertyBag::new();
    options.set_type(kind);
    let parts = js_sys::Array::of1(&JsValue::from_str(text));
    let blob = web_sys::Blob::new_with_str_sequence_and_options(&parts, &options)?;
    let url = web_sys::Url::create_object_url_with_blob(&blob)?;
    let link = document().create_element("a")?.dyn_into::<web_sys::HtmlAnchorElement>();
    let link = link.map_err(|_| JsError::new("created another element than a link"))?;
    link.set_href(&url);
    link.set_download(name);
    link.click();
    // Not every browser has read the file when the click returns, and none tells when it has.
    set_timeout(move || revoke(&url), KEPT);
    Ok(())
}

/// Releases the memory of a file.
fn revoke(url: &str) {
    // It has no effect on a URL that is no longer valid.
    let _ = web_sys::Url::revoke_object_url(url);
}
