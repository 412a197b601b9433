//! Reading the first members before their page takes the place of what `boot.js` drew, so that no row disappears.

use std::cell::Cell;

use futures::channel::oneshot;
use futures::future::LocalBoxFuture;
use leptos::prelude::*;

use crate::data::{Remote, WorkspaceDetails, WorkspaceMembers, use_data};
use crate::domain::WorkspaceRef;

/// Waits until the first members of a workspace have been read, or could not be read. They are observed as long as the
/// returned owner is kept.
pub(crate) fn first_members(workspace: WorkspaceRef) -> LocalBoxFuture<'static, Owner> {
    let reading = Owner::new();
    let (sender, receiver) = oneshot::channel();
    let sender = Cell::new(Some(sender));
    reading.with(|| {
        let details = use_data(move || Some(WorkspaceDetails(workspace.clone())));
        let members = use_data(move || details.get().map(|workspace| WorkspaceMembers(workspace.id.clone())));
        // Outside world: the task that waits.
        Effect::new(move |_| {
            let has_failed = details.state.with(|details| details.error().is_some());
            if (has_failed || members.state.with(|members| *members != Remote::Loading))
                && let Some(sender) = sender.take()
            {
                let _ = sender.send(());
            }
        });
    });
    Box::pin(async move {
        let _ = receiver.await;
        reading
    })
}
