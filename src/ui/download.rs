//! Saving generated text as a file.

use leptos::prelude::*;
use leptos::wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen::JsError;

/// Downloads `text` as a file with this name and media type, such as `text/csv;charset=utf-8`.
///
/// # Errors
/// Returns what the browser threw.
pub fn download(name: &str, media_type: &str, text: &str) -> Result<(), JsValue> {
    let options = web_sys::BlobPropertyBag::new();
    options.set_type(media_type);
    let parts = js_sys::Array::of1(&JsValue::from_str(text));
    let blob = web_sys::Blob::new_with_str_sequence_and_options(&parts, &options)?;
    let url = web_sys::Url::create_object_url_with_blob(&blob)?;
    let link = document().create_element("a")?.dyn_into::<web_sys::HtmlAnchorElement>();
    let link = link.map_err(|_| JsError::new("created another element than a link"))?;
    link.set_href(&url);
    link.set_download(name);
    link.click();
    // The click has started the download, so the URL isn't needed any more.
    web_sys::Url::revoke_object_url(&url)
}
