//! What can be done about a job.
//!
//! Invariant: while it runs it can be paused and stopped; afterwards what was done can be taken back.

use leptos::prelude::*;

use crate::bulk::{Action, Stage};
use crate::domain::text::count_words;
use crate::state::BulkJob;
use crate::ui::{Button, ButtonVariant, Icon, dynamic};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Phase {
    Going,
    Held,
    Stopping,
    Over,
}

/// The row of buttons under a job.
#[component]
pub(super) fn JobButtons(
    /// The job.
    job: BulkJob,
    /// Closes it.
    on_close: Callback<()>,
) -> impl IntoView {
    let phase = Memo::new(move |_| match job.stage.get() {
        Some(Stage::Running | Stage::Waiting(_) | Stage::NeedsKey) => Phase::Going,
        Some(Stage::Paused(_)) => Phase::Held,
        Some(Stage::Stopping) => Phase::Stopping,
        Some(Stage::Ended) | None => Phase::Over,
    });
    let stop = Callback::new(move |()| job.stop());
    let (pause, go_on) = (Callback::new(move |()| job.pause()), Callback::new(move |()| job.resume()));
    let stopping = Signal::derive(move || (phase.get() == Phase::Stopping).then(|| "It is stopping".to_owned()));
    dynamic(move || match phase.get() {
        Phase::Going => view! {
            <Button on_click=pause>"Pause"</Button>
            <Button on_click=stop autofocus=true>"Stop"</Button>
        }
        .into_any(),
        Phase::Held => view! {
            <Button on_click=stop>"Stop"</Button>
            <Button variant=ButtonVariant::Primary on_click=go_on autofocus=true>"Go on"</Button>
        }
        .into_any(),
        Phase::Stopping => view! { <Button disabled_reason=stopping autofocus=true>"Stop"</Button> }.into_any(),
        Phase::Over => view! { <Over job=job on_close=on_close/> }.into_any(),
    })
}

#[component]
fn Over(job: BulkJob, on_close: Callback<()>) -> impl IntoView {
    let tally = job.tally.get_untracked();
    let (done, failed) = (tally.done(), tally.failed());
    let undo_words = match untrack(|| job.action()) {
        Some(Action::Remove) => format!("Undo: add {} back", count_words(done)),
        _ => format!("Undo: remove {} again", count_words(done)),
    };
    let undo = Callback::new(move |()| job.undo());
    let retry = Callback::new(move |()| job.retry());
    view! {
        {(done != 0).then(|| view! { <Button icon=Icon::Undo on_click=undo>{undo_words}</Button> }.into_any())}
        {(failed != 0).then(|| view! {
            <Button icon=Icon::Refresh on_click=retry>{format!("Try {} again", count_words(failed))}</Button>
        }.into_any())}
        <Button variant=ButtonVariant::Primary on_click=on_close autofocus=true>"Close"</Button>
    }
}
