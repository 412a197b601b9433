//! Small views in the first file of the program whose code comes with the second.

use leptos::prelude::*;

use crate::domain::Workspace;

/// Builds a view of a text.
type LaterView = fn(String) -> AnyView;

#[derive(Clone, Copy)]
pub(super) struct LaterViews {
    /// A button that copies the text.
    pub copy_button: RwSignal<Option<LaterView>>,
    /// What is beside the name of a workspace in the list, by its ID. Tracked.
    pub row_mark: RwSignal<Option<LaterView>>,
}

/// Provides the places for these views.
pub fn provide_later_views() {
    provide_context(LaterViews { copy_button: RwSignal::new(None), row_mark: RwSignal::new(None) });
}

/// The mark of a workspace. Nothing until its code is there.
pub fn row_mark(workspace: &Workspace) -> AnyView {
    let mark = use_context::<LaterViews>().and_then(|views| views.row_mark.get());
    mark.map(|mark| mark(workspace.id.to_string())).into_any()
}
