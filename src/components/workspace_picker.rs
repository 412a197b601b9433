//! The workspace switcher: goes from any view to any workspace, by a few letters of its name or slug. It keeps the tab of the
//! workspace that is shown.
//!
//! Invariant: every choice is a link, so that it can be opened in a new tab.

use crate::data::use_workspaces;
use crate::navigation::use_route;
use crate::routes::{ListQuery, Route};
use crate::ui::{Icon, IconMark, SearchBox, unique_id};
use leptos::{html, prelude::*};

const LIMIT: usize = 50;

#[component]
pub fn WorkspacePicker() -> impl IntoView {
    let workspaces = use_workspaces();
    let search = RwSignal::new(String::new());
    let id = unique_id("picker");
    let popover = NodeRef::<html::Div>::new();
    let route = use_route();
    let close = move || {
        if let Some(popover) = popover.get_untracked() {
            // Fails if it is hidden already.
            let _ = popover.hide_popover();
        }
    };
    // Outside world: the popover, which closes when another view is shown.
    Effect::new(move |last: Option<Route>| {
        let route = route.get();
        if last.is_some_and(|last| last != route) {
            close();
        }
        route
    });
    let is_open = RwSignal::new(false);
    let toggled = move |_| {
        is_open.set(popover.get_untracked().is_some_and(|popover| popover.matches(":popover-open").unwrap_or(false)));
        if !is_open.get_untracked() {
            search.set(String::new());
        }
    };
    let found = Memo::new(move |_| {
        if !is_open.get() {
            return (Vec::new(), 0);
        }
        let query = ListQuery { search: search.get(), ..ListQuery::default() };
        let mut found = workspaces.matching(&query);
        let more = found.len().saturating_sub(LIMIT);
        found.truncate(LIMIT);
        (found, more)
    });
    view! {
        <button type="button" class="picker__button" popovertarget=id.clone()>
            <IconMark icon=Icon::Folder/>
            <span class="button__text">{"Go to workspace"}</span>
            <IconMark icon=Icon::ChevronDown/>
        </button>
        <div class="picker" popover="auto" id=id node_ref=popover on:toggle=toggled>
            <SearchBox value=search label="Find a workspace" placeholder="Name or slug" autofocus=true/>
            <ul class="picker__list">
                {move || found.get().0.into_iter().map(|workspace| {
                    view! {
                        <li>
                            // The view does not change if this workspace is shown already.
                            <a
                                class="picker__link"
                                href=route.with(|route| route.same_tab((&workspace.slug).into()).href())
                                on:click=move |_| close()
                            >
                                <bdi class="picker__name">{workspace.label()}</bdi>
                                <bdi class="picker__slug">{workspace.slug.to_string()}</bdi>
                            </a>
                        </li>
                    }
                }).map(IntoAny::into_any).collect_view()}
            </ul>
            <p class="picker__more" role="status">
                {move || found.with(|(found, more)| match (found.is_empty(), *more) {
                    (true, _) if !is_open.get() => String::new(),
                    (true, _) => "No matching workspaces".to_owned(),
                    (false, 0) => String::new(),
                    (false, more) => format!("{more} more. Type to narrow the list."),
                })}
            </p>
        </div>
    }
}
