//! Which clicks on links the console follows itself. The browser follows all others.

use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlAnchorElement, MouseEvent};

use super::Address;
use crate::routes::Route;

/// What decides whether the console follows a link.
struct Link<'a> {
    has_same_origin: bool,
    path: &'a str,
    query: &'a str,
    fragment: &'a str,
    target: &'a str,
    rel: &'a str,
    is_download: bool,
}

impl Link<'_> {
    fn is_followed(&self, shown: &Address) -> bool {
        let is_external = self.rel.split_ascii_whitespace().any(|word| word == "external");
        let is_same_window = self.target.is_empty() || self.target == "_self";
        let is_in_view = !self.fragment.is_empty() && shown.path == self.path && shown.query == self.query;
        self.has_same_origin
            && is_same_window
            && !is_external
            && !self.is_download
            && !is_in_view
            && Route::is_hosted(self.path)
    }
}

/// The address that a click leads to, or `None` if the browser should follow the link.
pub(super) fn clicked_address(event: &MouseEvent, shown: &Address) -> Option<Address> {
    let has_modifier = event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key();
    if event.default_prevented() || event.button() != 0 || has_modifier {
        return None;
    }
    let target = event.target()?.dyn_into::<Element>().ok()?;
    let anchor = target.closest("a[href]").ok()??.dyn_into::<HtmlAnchorElement>().ok()?;
    let location = web_sys::window()?.location();
    let (path, search) = (anchor.pathname(), anchor.search());
    let query = search.trim_start_matches('?');
    let link = Link {
        // The origin of a `blob:` address is the page's too.
        has_same_origin: location.origin().ok()? == anchor.origin() && location.protocol().ok()? == anchor.protocol(),
        path: &path,
        query,
        fragment: &anchor.hash(),
        target: &anchor.target(),
        rel: &anchor.rel(),
        is_download: anchor.has_attribute("download"),
    };
    link.is_followed(shown).then(|| Address { path: path.clone(), query: query.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_links_into_the_console_are_followed() {
        let shown = Address::parse("/workspaces?q=lab");
        let plain = || Link {
            has_same_origin: true,
            path: "/people",
            query: "",
            fragment: "",
            target: "",
            rel: "",
            is_download: false,
        };
        let in_view = |query| Link { path: "/workspaces", query, fragment: "#main", ..plain() };
        assert!(plain().is_followed(&shown));
        assert!(Link { target: "_self", rel: "help next", ..plain() }.is_followed(&shown));
        assert!(Link { path: "/workspaces", ..plain() }.is_followed(&shown));
        assert!(in_view("").is_followed(&shown));
        assert!(!in_view("q=lab").is_followed(&shown));
        assert!(!Link { has_same_origin: false, ..plain() }.is_followed(&shown));
        assert!(!Link { target: "_blank", ..plain() }.is_followed(&shown));
        assert!(!Link { rel: "noopener external", ..plain() }.is_followed(&shown));
        assert!(!Link { is_download: true, ..plain() }.is_followed(&shown));
    }
}
