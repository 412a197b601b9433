//! The screen that is shown when the console panics.
//!
//! Invariant: it is made of plain elements and text, so it works in any state of the app. Drafts are in the tab's storage
//! already.

use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{Document, Element, HtmlElement};

/// Installs a panic hook that shows the screen and writes the report to the browser's console.
pub fn install() {
    std::panic::set_hook(Box::new(|info| {
        let report = format!("{info}\n{}", location());
        web_sys::console::error_1(&JsValue::from_str(&report));
        // There is no other place to report a failure.
        let _ = show(&report);
    }));
}

/// Shows the screen over everything, once, with the focus on the reload link.
///
/// # Errors
/// The browser refused an element.
pub fn show(report: &str) -> Result<(), JsValue> {
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
    let title = element(&document, "h1", "", "The console stopped working")?;
    title.set_id("panic-title");
    let text = "Your saved data is safe, and this tab keeps what you were typing. Reload to continue.";
    let reload = element(&document, "a", "button button--primary", "Reload")?;
    // A link to the page itself needs no running code.
    reload.set_attribute("href", "")?;
    reload.set_attribute("rel", "external")?;
    let details = element(&document, "details", "disclosure", "")?;
    details.append_child(&element(&document, "summary", "disclosure__summary", "Technical details")?.into())?;
    details.append_child(&element(&document, "pre", "error-panel__details", report)?.into())?;
    for part in [title, element(&document, "p", "", text)?, reload.clone(), details] {
        card.append_child(&part)?;
    }
    screen.append_child(&card)?;
    body.append_child(&screen)?;
    // An open dialog is above everything else.
    let open = document.query_selector_all("dialog[open]")?;
    for at in 0..open.length() {
        if let Some(dialog) = open.item(at).and_then(|node| node.dyn_into::<web_sys::HtmlDialogElement>().ok()) {
            dialog.close();
        }
    }
    reload.dyn_into::<HtmlElement>()?.focus()
}

fn element(document: &Document, name: &str, class: &str, text: &str) -> Result<Element, JsValue> {
    let element = document.create_element(name)?;
    element.set_class_name(class);
    element.set_text_content(Some(text));
    Ok(element)
}

/// The path of the view. Its query is left out because it may hold a search.
fn location() -> String {
    let path = web_sys::window().and_then(|window| window.location().pathname().ok());
    format!("at {}", path.unwrap_or_default())
}
