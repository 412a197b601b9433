//! Small views in the first file of the program whose code comes with the second.

use leptos::prelude::*;

use crate::domain::Workspace;
use crate::search::columns::TableName;

/// Builds a view of a text.
type LaterView = fn(String) -> AnyView;

#[derive(Clone, Copy)]
pub(super) struct LaterViews {
    /// A button that copies the text.
    pub copy_button: RwSignal<Option<LaterView>>,
    /// What is beside the name of a workspace in the list, by its ID. Tracked.
    pub row_mark: RwSignal<Option<LaterView>>,
    /// The saved views below the entry of a page in the side bar, by the word of its table.
    pub saved_views: RwSignal<Option<LaterView>>,
}

/// Provides the places for these views.
pub fn provide_later_views() {
    let later = || RwSignal::new(None);
    provide_context(LaterViews { copy_button: later(), row_mark: later(), saved_views: later() });
}

/// The mark of a workspace. Nothing until its code is there.
pub fn row_mark(workspace: &Workspace) -> AnyView {
    let mark = use_context::<LaterViews>().and_then(|views| views.row_mark.get());
    mark.map(|mark| mark(workspace.id.to_string())).into_any()
}

/// The saved views of a page. Nothing until their code is there.
pub fn saved_views(table: TableName) -> AnyView {
    let links = use_context::<LaterViews>().and_then(|views| views.saved_views.get());
    links.map(|links| links(table.word().to_owned())).into_any()
}
