//! Somebody else's change, beside one's own, before anything is sent.
//!
//! Invariant: every way out keeps or takes over values on purpose; none loses one unseen.

use leptos::prelude::*;

use super::save::Saving;
use crate::components::{Editing, TheirChanges, TheirChangesDialog, WaysOut};
use crate::domain::Workspace;
use crate::forms::WorkspaceForm;
use crate::forms::merge::differences;

const WORDS: &str = "Nothing was sent. Fields that you did not edit follow the newer state; where both of you changed a \
                     field, yours is kept on top unless you discard it.";

/// Shows what changed, and lets the person decide.
#[component]
pub(super) fn MergeDialog(base: RwSignal<Workspace>, editing: Editing, saving: Saving) -> impl IntoView {
    let theirs = saving.theirs;
    let back = Callback::new(move |()| theirs.set(None));
    let rebase = move || {
        let now = theirs.try_update(Option::take).flatten();
        if let Some(now) = now {
            let form = untrack(|| base.with(|base| editing.form().rebased(base, &now)));
            base.set(now);
            editing.fill(form);
        }
    };
    let keep = Callback::new(move |()| rebase());
    let save = Callback::new(move |()| {
        rebase();
        saving.begin();
    });
    let discard = Callback::new(move |()| {
        if let Some(now) = theirs.try_update(Option::take).flatten() {
            editing.fill(WorkspaceForm::of(&now));
            base.set(now);
        }
    });
    let changes = Memo::new(move |_| {
        theirs.with(|theirs| {
            let now = theirs.as_ref()?;
            let found = base.with(|base| differences(base, now, &editing.form()));
            Some(TheirChanges { words: WORDS.to_owned(), found })
        })
    });
    view! {
        <TheirChangesDialog
            title="This workspace was changed since you opened it"
            caption="Changes since you opened this workspace"
            changes=changes
            ways_out=WaysOut { back, discard, keep, save }
        />
    }
}
