//! Which of the selected workspaces are left out of the change.

use leptos::prelude::*;

use crate::components::focus_first;
use crate::domain::text::counted;
use crate::domain::{Workspace, WorkspaceId};
use crate::selection::Selection;
use crate::ui::{Button, ButtonVariant, Icon, IconButton, exact};

/// The workspaces that were taken out of the selection while the sheet is open.
#[derive(Clone, Copy)]
pub(super) struct Scope {
    selection: RwSignal<Selection<WorkspaceId>>,
    left_out: RwSignal<Vec<WorkspaceId>>,
    /// The last workspace stays: without one there is no change.
    has_others: Memo<bool>,
}

impl Scope {
    pub(super) fn new(selection: RwSignal<Selection<WorkspaceId>>) -> Self {
        let has_others = Memo::new(move |_| selection.with(|selection| selection.len() > 1));
        Self { selection, left_out: RwSignal::default(), has_others }
    }

    fn leave_out(self, id: &WorkspaceId) {
        self.left_out.update(|left_out| left_out.push(id.clone()));
        self.selection.update(|selection| selection.remove(id));
        // Outside world: the pressed button goes with its row.
        request_animation_frame(|| focus_first(".change__left-out button"));
    }

    fn put_back(self) {
        let left_out = std::mem::take(&mut *self.left_out.write());
        self.selection.update(|selection| {
            let all: Vec<_> = selection.iter().cloned().chain(left_out).collect();
            selection.set(all);
        });
    }

    /// The cell with the button that leaves a workspace out.
    pub(super) fn cell(self, workspace: &Workspace) -> AnyView {
        let (id, label) = (workspace.id.clone(), format!("Leave out {}", workspace.inline_label()));
        let button = move || {
            let id = id.clone();
            let leave_out = move |()| self.leave_out(&id);
            view! { <IconButton icon=Icon::Close label=label.clone() on_click=leave_out/> }
        };
        view! { <td role="cell" class="col-out">{move || self.has_others.get().then(&button)}</td> }.into_any()
    }
}

/// How many workspaces were left out, and the button that puts them back.
#[component]
pub(super) fn LeftOut(scope: Scope) -> impl IntoView {
    let count = Memo::new(move |_| scope.left_out.with(Vec::len));
    let text = move || format!("{} left out", counted(count.get(), "workspace", "workspaces"));
    view! {
        <p class="change__left-out" role="status">
            {move || (count.get() != 0).then(|| view! {
                <span>{exact(text)}</span>
                " "
                <Button variant=ButtonVariant::Ghost on_click=move |()| scope.put_back()>"Put back"</Button>
            })}
        </p>
    }
}
