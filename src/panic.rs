//! The last screen: what is shown when the console itself breaks.
//!
//! Invariant: it is made of plain elements and text, so that it works whatever state the app is in; drafts are already
//! in the tab's storage by then.

use std::panic::PanicHookInfo;

use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{Document, Element, HtmlElement};

/// Shows the screen when the console panics, and leaves the report in the browser's console.
pub fn install() {
    std::panic::set_hook(Box::new(|info| {
        web_sys::console::error_1(&JsValue::from_str(&info.to_string()));
        // Nothing is left to report a failure to.
        let _ = show(info);
    }));
}

fn show(info: &PanicHookInfo<'_>) -> Result<(), JsValue> {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else { return Ok(()) };
    let Some(body) = document.body() else { return Ok(()) };
    if document.get_element_by_id("panic").is_some() {
        return Ok(());
    }
    let screen = element(&document, "div", "panic", "")?;
    screen.set_id("panic");
    screen.set_attribute("role", "alertdialog")?;
    screen.set_attribute("aria-labelledby", "panic-title")?;
    let card = element(&document, "div", "panic__card", "")?;
    let title = element(&document, "h1", "panic__title", "The console stopped working")?;
    title.set_id("panic-title");
    let text = "Nothing that you saved is affected, and what you were typing is kept for this tab. Reload to go on.";
    let reload = element(&document, "a", "button button--primary", "Reload")?;
    // A link to the page itself: it needs no running code.
    reload.set_attribute("href", "")?;
    reload.set_attribute("rel", "external")?;
    let details = element(&document, "details", "disclosure", "")?;
    let report = format!("{info}\n{}", location());
    details.append_child(&element(&document, "summary", "disclosure__summary", "Technical details")?.into())?;
    details.append_child(&element(&document, "pre", "error-panel__details", &report)?.into())?;
    for part in [title, element(&document, "p", "panic__text", text)?, reload.clone(), details] {
        card.append_child(&part)?;
    }
    screen.append_child(&card)?;
    body.append_child(&screen)?;
    reload.dyn_into::<HtmlElement>()?.focus()
}

fn element(document: &Document, name: &str, class: &str, text: &str) -> Result<Element, JsValue> {
    let element = document.create_element(name)?;
    element.set_class_name(class);
    element.set_text_content(Some(text));
    Ok(element)
}

/// The view's path; not its query, which may hold what somebody searched for.
fn location() -> String {
    let path = web_sys::window().and_then(|window| window.location().pathname().ok());
    format!("at {}", path.unwrap_or_default())
}
