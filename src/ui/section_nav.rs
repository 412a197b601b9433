//! Links to the sections of a long page, beside it. The section that the person is at is marked.

use super::dom::{elements, focus_without_scrolling, listen_to_window, viewport};
use leptos::wasm_bindgen::JsCast as _;
use leptos::{html, prelude::*};
use web_sys::{Element, HtmlElement};

/// The ID of a section's element and its title.
pub type SectionLink = (&'static str, &'static str);

/// A list of links beside `children`, which have the sections. A section has an ID and a heading that can take the focus.
#[component]
pub fn SectionNav(label: &'static str, links: &'static [SectionLink], children: Children) -> impl IntoView {
    let page = NodeRef::<html::Div>::new();
    let current = RwSignal::new(links.first().map(|(id, _)| *id));
    // Where the page was scrolled to when a link or the focus chose the section.
    let chosen_at = StoredValue::new(None::<i32>);
    let choose = move |id: &'static str| {
        current.set(Some(id));
        chosen_at.set_value(Some(scrolled()));
    };
    let follow_focus = move |event: web_sys::FocusEvent| {
        let focused = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let section = |(id, _): &&SectionLink| {
            focused.as_ref().is_some_and(|it| it.closest(&format!("#{id}")).ok().flatten().is_some())
        };
        if let Some((id, _)) = links.iter().find(section) {
            // In the next frame the browser has scrolled to what has the focus.
            request_animation_frame(move || {
                if !current.is_disposed() {
                    choose(id);
                }
            });
        }
    };
    let follow_scroll = move || {
        let at = scrolled();
        if chosen_at.try_get_value().is_none_or(|chosen| chosen == Some(at)) {
            return;
        }
        chosen_at.set_value(None);
        if let Some(page) = page.try_get_untracked().flatten() {
            current.set(section_in_view(&page, links));
        }
    };
    listen_to_window("scroll", follow_scroll);
    let link = move |(id, title): &'static SectionLink| {
        let press = move |event: web_sys::MouseEvent| {
            event.prevent_default();
            go_to(id);
            choose(id);
        };
        let is_current = move || (current.get() == Some(id)).then_some("location");
        view! {
            <li>
                <a class="section-nav__link" href=format!("#{id}") aria-current=is_current on:click=press>{*title}</a>
            </li>
        }
        .into_any()
    };
    view! {
        <div class="sections">
            <nav class="section-nav" aria-label=label>
                <ul class="section-nav__list">{links.iter().map(link).collect_view()}</ul>
            </nav>
            <div class="sections__body" node_ref=page on:focusin=follow_focus>{children()}</div>
        </div>
    }
}

#[expect(clippy::cast_possible_truncation, reason = "whole pixels")]
fn scrolled() -> i32 {
    window().scroll_y().unwrap_or_default().round() as i32
}

/// Shows a section and focuses its heading, where a screen reader goes on from.
fn go_to(id: &str) {
    let Some(section) = document().get_element_by_id(id) else { return };
    section.scroll_into_view();
    let heading = section.query_selector("[tabindex='-1']").ok().flatten();
    if let Some(heading) = heading.and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
        focus_without_scrolling(&heading);
    }
}

/// The last section that begins above a line. The line goes from the top of the viewport to its bottom as the page is
/// scrolled, so that each section is the current one at some point.
fn section_in_view(page: &Element, links: &[SectionLink]) -> Option<&'static str> {
    let (_, height) = viewport();
    let root = document().document_element()?;
    let room = f64::from(root.scroll_height()) - height;
    let share = if room > 0.0 { (f64::from(scrolled()) / room).clamp(0.0, 1.0) } else { 0.0 };
    let begun = elements(page, "section[id]")
        .into_iter()
        .filter(|section| section.get_bounding_client_rect().top() <= height * (0.15 + 0.85 * share));
    let ids: Vec<String> = begun.map(|section| section.id()).collect();
    links.iter().rev().map(|(id, _)| *id).find(|id| ids.iter().any(|it| it == id)).or(links.first().map(|(id, _)| *id))
}
