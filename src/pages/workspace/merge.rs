//! Somebody else's change, beside one's own, before anything is sent.
//!
//! Invariant: every way out keeps or takes over values on purpose; none loses one unseen.

use leptos::prelude::*;

use super::save::Saving;
use crate::components::Editing;
use crate::domain::Workspace;
use crate::forms::WorkspaceForm;
use crate::forms::merge::{Difference, differences};
use crate::ui::{Button, ButtonVariant, Dialog, DialogSize};

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
    let found = Memo::new(move |_| {
        theirs.with(|theirs| {
            let now = theirs.as_ref()?;
            Some(base.with(|base| differences(base, now, &editing.form())))
        })
    });
    let footer = move || {
        view! {
            <Button on_click=discard>"Discard mine"</Button>
            <Button on_click=keep autofocus=true>"Review in the form"</Button>
            <Button variant=ButtonVariant::Primary on_click=save>"Save mine on top"</Button>
        }
        .into_any()
    };
    view! {
        <Dialog
            open=Signal::derive(move || theirs.with(Option::is_some))
            on_close=back
            title="This workspace was changed since you opened it"
            size=DialogSize::Large
            footer=footer
        >
            <p>{"Nothing was sent. Fields that you did not edit follow the newer state; where both of you changed a field, yours is kept on top unless you discard it."}</p>
            {move || found.get().map(|found| view! { <Comparison found=found/> }.into_any())}
        </Dialog>
    }
}

#[component]
fn Comparison(found: Vec<Difference>) -> impl IntoView {
    let row = |difference: Difference| {
        let mine = difference.mine.map_or_else(|| "not edited".to_owned(), |mine| shown(&mine));
        view! {
            <tr role="row">
                <th scope="row" role="rowheader">{difference.field.label()}</th>
                <td role="cell" data-label="When you opened it"><bdi>{shown(&difference.loaded)}</bdi></td>
                <td role="cell" data-label="Now"><bdi>{shown(&difference.theirs)}</bdi></td>
                <td role="cell" data-label="Yours"><bdi>{mine}</bdi></td>
            </tr>
        }
    };
    view! {
        // Focusable, so that the keyboard can scroll a comparison that is longer than its dialog.
        <div class="table-box" role="group" aria-label="Comparison" tabindex="0">
            <table class="table" role="table">
                <caption class="visually-hidden">{"Changes since you opened this workspace"}</caption>
                <thead role="rowgroup">
                    <tr role="row">
                        {["Field", "When you opened it", "Now", "Yours"].map(|label| view! {
                            <th scope="col" role="columnheader">{label}</th>
                        }).map(IntoAny::into_any).collect_view()}
                    </tr>
                </thead>
                <tbody role="rowgroup">{found.into_iter().map(row).map(IntoAny::into_any).collect_view()}</tbody>
            </table>
        </div>
    }
}

fn shown(text: &str) -> String {
    if text.is_empty() { "(empty)".to_owned() } else { text.to_owned() }
}
