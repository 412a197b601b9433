//! The search, the filter and the count of a list of API keys, and what could not be loaded of it.

use leptos::prelude::*;

use super::export::export;
use super::list::KeysList;
use crate::components::{ViewMenu, fixed_options, shown_of};
use crate::domain::text::counted;
use crate::navigation::use_navigator;
use crate::search::order::KeysFilter;
use crate::ui::{Banner, Bound, Button, ButtonVariant, Icon, SearchBox, Select, Tone, dynamic, exact};

#[component]
pub(super) fn Toolbar(list: KeysList, on_create: Callback<()>, on_refresh: Callback<()>) -> impl IntoView {
    let navigator = use_navigator();
    let filter = Bound::new(
        move || list.query.with(|query| query.filter.word().to_owned()),
        move |word: String| {
            let filter = KeysFilter::parse(&word).unwrap_or_default();
            navigator.push(&list.route_with(|query| query.filter = filter));
        },
    );
    let filters = fixed_options(&[
        (KeysFilter::All.word(), "All API keys"),
        (KeysFilter::Active.word(), "Active"),
        (KeysFilter::Disabled.word(), "Disabled"),
        (KeysFilter::Expired.word(), "Expired"),
        (KeysFilter::Dormant.word(), "Dormant: unused for 30 days"),
        (KeysFilter::Unlimited.word(), "No limit"),
        (KeysFilter::Near.word(), "Over 80% of the limit"),
        (KeysFilter::OwnerLeft.word(), "Owner has left the workspace"),
    ]);
    view! {
        <div class="toolbar">
            <SearchBox value=list.search label="Search API keys" placeholder="Search name, owner, label or hash"/>
            <div class={"toolbar__view"}><ViewMenu export=export(list)/></div>
            <Select value=filter options=Signal::stored(filters) label="Show"/>
            <p class="toolbar__status" role="status">{exact(move || count_text(list))}</p>
            <Button icon=Icon::Refresh on_click=on_refresh>"Refresh"</Button>
            <Button variant=ButtonVariant::Primary icon=Icon::Plus on_click=on_create>"Create API key…"</Button>
        </div>
    }
}

/// Such as `12 of 734 API keys, 3 workspaces still loading`.
fn count_text(list: KeysList) -> String {
    let (all, shown) = (list.all.with(|all| all.len()), list.shown.with(|shown| shown.len()));
    let is_listed = list.workspace.is_some() || list.workspaces.data.state.with(|state| state.data().is_some());
    let remaining = list.keys.remaining();
    if !is_listed || (all == 0 && remaining != 0) {
        return "Loading…".to_owned();
    }
    // The error says that the number is not known.
    if all == 0 && list.keys.failed() != 0 {
        return String::new();
    }
    let text = shown_of(shown, all, "API key", "API keys");
    match remaining {
        0 => text,
        _ if list.workspace.is_some() => format!("{text}, still loading"),
        count => format!("{text}, {} still loading", counted(count, "workspace", "workspaces")),
    }
}

/// Workspaces whose keys could not be read.
#[component]
pub(super) fn UnreadKeys(list: KeysList) -> impl IntoView {
    let failed = Memo::new(move |_| list.keys.failed());
    let is_across = list.workspace.is_none();
    dynamic(move || {
        let count = Some(failed.get()).filter(|count| *count != 0)?;
        let title = match is_across {
            true => format!("Couldn’t load the API keys of {}", counted(count, "workspace", "workspaces")),
            false => "Couldn’t load the API keys".to_owned(),
        };
        Some(view! {
            <Banner tone=Tone::Warning title=title>
                <p>{"The list is incomplete."}</p>
                <Button on_click=move |()| list.keys.refetch_failed()>"Refresh"</Button>
            </Banner>
        })
    })
}

/// Says that the filter by owner does not know all members.
#[component]
pub(super) fn UnknownMembers(list: KeysList) -> impl IntoView {
    let unknown = Memo::new(move |_| {
        list.members.values();
        let is_loading = list.is_loading.get() || list.members.remaining() != 0;
        (list.unknown_members(), is_loading)
    });
    dynamic(move || {
        let (count, is_loading) = unknown.get();
        let count = Some(count).filter(|count| *count != 0)?;
        let places = counted(count, "workspace", "workspaces");
        Some(match is_loading {
            true => {
                view! { <p class="muted" role="status">{format!("Checking the members of {places}…")}</p> }.into_any()
            }
            false => view! {
                <Banner tone=Tone::Warning title=format!("Couldn’t load the members of {places}")>
                    <p>{"The filter shows only API keys whose owner certainly left."}</p>
                    <Button on_click=move |()| list.members.refetch_failed()>"Refresh"</Button>
                </Banner>
            }
            .into_any(),
        })
    })
}
