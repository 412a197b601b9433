//! The saved views in the side bar, below the entry of their page.

use leptos::prelude::*;

use super::{SavedViewStore, use_saved_views};
use crate::domain::inline_text;
use crate::forms::saved_views::SavedView;
use crate::navigation::use_route;
use crate::routes::Route;
use crate::search::columns::TableName;
use crate::ui::{Icon, IconMark, dynamic};

/// The page below whose entry a view is.
fn page_of(route: &Route) -> Option<TableName> {
    route.table().map(|table| match table {
        TableName::Members | TableName::WorkspaceKeys => TableName::Workspaces,
        other => other,
    })
}

/// The saved views of a page, by the word of its table.
pub(super) fn links(page: String) -> AnyView {
    let store = use_saved_views();
    let views = Memo::new(move |_| {
        let is_here = |view: &&SavedView| page_of(&view.route).is_some_and(|table| table.word() == page);
        store.views.with(|views| views.iter().filter(is_here).cloned().collect::<Vec<_>>())
    });
    dynamic(move || {
        let links = views.get().into_iter().map(|view| link(store, view)).collect_view();
        (!views.with(Vec::is_empty)).then(|| view! { <ul class="sidebar__views">{links}</ul> })
    })
}

fn link(store: SavedViewStore, SavedView { name, route }: SavedView) -> AnyView {
    let (shown, href, title) = (use_route(), route.href(), inline_text(&name));
    let current = move || shown.with(|shown| *shown == route).then_some("true");
    let edit_label = format!("Edit the saved view {title}");
    let edited = name.clone();
    view! {
        <li class="sidebar__view">
            <a href=href title=title aria-current=current><bdi>{name}</bdi></a>
            <button
                type="button"
                class="button button--ghost button--icon button--small"
                aria-haspopup="dialog"
                aria-label=edit_label.clone()
                title=edit_label
                on:click=move |_| store.editing.set(Some(edited.clone()))
            >
                <IconMark icon=Icon::Edit/>
            </button>
        </li>
    }
    .into_any()
}
