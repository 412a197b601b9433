//! The API keys of all workspaces.

use leptos::prelude::*;

use crate::components::{KeysList, KeysView, PageHeader};
use crate::routes::KeysQuery;

#[component]
pub(crate) fn KeysPage(query: Memo<KeysQuery>) -> impl IntoView {
    let list = KeysList::new(None, query, Callback::new(|query: KeysQuery| query.on_all()));
    view! {
        <PageHeader title="API keys" meta="The API keys of all workspaces, with their limits and spend."/>
        <KeysView list=list/>
    }
}
