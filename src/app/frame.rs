//! What is shown in place of a page until the second file, which has its code, has built it.

use leptos::reactive::owner::LocalStorage;
use leptos::{html, prelude::*};
use web_sys::Element;

use crate::navigation::use_route;
use crate::routes::Route;
use crate::ui::Skeleton;

/// The page that `boot.js` drew, and the address that it drew it for.
#[derive(Clone, Copy)]
pub(super) struct Frame {
    page: StoredValue<Option<Element>, LocalStorage>,
    route: StoredValue<Option<Route>>,
}

impl Frame {
    pub(super) fn provide() -> Self {
        let frame = Self { page: StoredValue::new_local(None), route: StoredValue::new(None) };
        provide_context(frame);
        frame
    }

    /// The address of the page that `boot.js` drew, while it is shown.
    pub(super) fn route(self) -> Option<Route> {
        self.route.get_value().filter(|drawn| use_route().with_untracked(|route| route == drawn))
    }

    /// Keeps a page for [`waiting`], or none.
    pub(super) fn keep(self, page: Option<Element>) {
        self.route.set_value(page.is_some().then(|| use_route().get_untracked()));
        self.page.set_value(page);
    }
}

/// What is shown in place of a page: what `boot.js` drew for its address, or else a placeholder.
pub(super) fn waiting() -> AnyView {
    let frame = expect_context::<Frame>();
    use_route().track();
    let page = frame.page.get_value().filter(|_| frame.route().is_some());
    let Some(page) = page else { return view! { <Skeleton lines=6/> }.into_any() };
    let place = NodeRef::<html::Div>::new();
    place.on_load(move |place| {
        // Both are elements of this document, so this can't fail.
        drop(place.append_child(&page));
    });
    view! { <div class={"boot-members"} aria-hidden="true" inert node_ref=place></div> }.into_any()
}
