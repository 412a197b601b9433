//! Giving the person a file that the page itself made.
//!
//! Invariant: the content never leaves this machine; its address lives for the moment of the download alone.

use leptos::prelude::*;
use leptos::wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen::JsError;

/// Saves `text` as a file of this name and type, such as `text/csv;charset=utf-8`.
pub fn download(name: &str, kind: &str, text: &str) -> Result<(), JsValue> {
    let options = web_sys::BlobPropertyBag::new();
    options.set_type(kind);
    let parts = js_sys::Array::of1(&JsValue::from_str(text));
    let blob = web_sys::Blob::new_with_str_sequence_and_options(&parts, &options)?;
    let address = web_sys::Url::create_object_url_with_blob(&blob)?;
    let link = document().create_element("a")?.dyn_into::<web_sys::HtmlAnchorElement>();
    let link = link.map_err(|_| JsError::new("no link"))?;
    link.set_href(&address);
    link.set_download(name);
    link.click();
    // The download has begun with the press.
    web_sys::Url::revoke_object_url(&address)
}
