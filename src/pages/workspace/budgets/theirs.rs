//! Somebody else's change of the budgets, beside one's own, before anything more is sent.
//!
//! Invariant: every way out keeps or takes over limits on purpose; none loses one unseen.

use leptos::prelude::*;

use super::save::Saving;
use crate::components::{LadderEditing, TheirChanges, TheirChangesDialog, WaysOut};
use crate::domain::budget::words_of;
use crate::domain::{BudgetState, Step};
use crate::forms::LadderForm;

/// Shows what changed, and lets the person decide.
#[component]
pub(super) fn TheirsDialog(base: RwSignal<BudgetState>, editing: LadderEditing, saving: Saving) -> impl IntoView {
    let theirs = saving.theirs;
    let back = Callback::new(move |()| theirs.set(None));
    let take = move || theirs.try_update(Option::take).flatten().map(|theirs| theirs.now);
    let rebase = move || {
        if let Some(now) = take() {
            let form = untrack(|| base.with(|base| editing.form().rebased(base, &now)));
            base.set(now);
            editing.fill(&form);
        }
    };
    let keep = Callback::new(move |()| rebase());
    let save = Callback::new(move |()| {
        rebase();
        saving.begin();
    });
    let discard = Callback::new(move |()| {
        if let Some(now) = take() {
            editing.fill(&LadderForm::of(&now));
            base.set(now);
        }
    });
    let changes = Memo::new(move |_| {
        theirs.with(|theirs| {
            let theirs = theirs.as_ref()?;
            let found = base.with(|base| editing.form().differences(base, &theirs.now));
            Some(TheirChanges { words: sent_so_far(&theirs.done), found })
        })
    });
    view! {
        <TheirChangesDialog
            title="These budgets were changed since you opened them"
            caption="Changes of the budgets since you opened them"
            changes=changes
            ways_out=WaysOut { back, discard, keep, save }
        />
    }
}

fn sent_so_far(done: &[Step]) -> String {
    let sent = match done {
        [] => "Nothing was sent.".to_owned(),
        done => format!("Before it was noticed, this was saved: {}. The rest was not sent.", words_of(done)),
    };
    format!(
        "{sent} Limits that you did not edit follow the newer state; where both of you changed one, yours is kept on top \
         unless you discard it."
    )
}
