//! The commands for a job: pause and stop while it runs, undo and retry once it has ended.

use leptos::prelude::*;

use crate::domain::text::format_count;
use crate::jobs::{Command, JobRunner, OutcomeKind, Stage};
use crate::ui::{Button, ButtonVariant, Icon, dynamic};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Phase {
    Running,
    Paused,
    Stopping,
    Ended,
}

/// The row of buttons under a job.
#[component]
pub(super) fn JobButtons(
    job: JobRunner,
    on_close: Callback<()>,
    /// Called to look again at what someone else changed; without it there is no such button.
    on_review: Option<Callback<()>>,
) -> impl IntoView {
    let phase = Memo::new(move |_| match job.stage.get() {
        Some(Stage::Running | Stage::Waiting(_) | Stage::NeedsKey) => Phase::Running,
        Some(Stage::Paused(_)) => Phase::Paused,
        Some(Stage::Stopping) => Phase::Stopping,
        Some(Stage::Ended) | None => Phase::Ended,
    });
    let stop = Callback::new(move |()| job.command(Command::Stop));
    let pause = Callback::new(move |()| job.command(Command::Pause));
    let resume = Callback::new(move |()| job.command(Command::Resume));
    let stopping = Signal::derive(move || (phase.get() == Phase::Stopping).then(|| "It is stopping".to_owned()));
    dynamic(move || match phase.get() {
        Phase::Running => view! {
            <Button on_click=pause>"Pause"</Button>
            <Button on_click=stop autofocus=true>"Stop"</Button>
        }
        .into_any(),
        Phase::Paused => view! {
            <Button on_click=stop>"Stop"</Button>
            <Button variant=ButtonVariant::Primary on_click=resume autofocus=true>"Go on"</Button>
        }
        .into_any(),
        Phase::Stopping => view! { <Button disabled_reason=stopping autofocus=true>"Stop"</Button> }.into_any(),
        Phase::Ended => view! { <EndedButtons job=job on_close=on_close on_review=on_review/> }.into_any(),
    })
}

#[component]
fn EndedButtons(job: JobRunner, on_close: Callback<()>, on_review: Option<Callback<()>>) -> impl IntoView {
    let counts = job.counts.get_untracked();
    let undo_label = job.snapshot.with_untracked(|job| {
        let done = counts.of(OutcomeKind::Done);
        job.as_ref().filter(|_| done != 0).map(|job| (job.words.undo)(done))
    });
    let undo = Callback::new(move |()| job.undo());
    let retry = Callback::new(move |()| job.command(Command::Retry));
    let review = on_review.filter(|_| counts.of(OutcomeKind::ChangedElsewhere) != 0);
    view! {
        {undo_label.map(|label| view! { <Button icon=Icon::Undo on_click=undo>{label}</Button> }.into_any())}
        {review.map(|review| view! { <Button on_click=review>"Review what is left"</Button> }.into_any())}
        {(counts.retried() != 0).then(|| view! {
            <Button icon=Icon::Refresh on_click=retry>{format!("Try {} again", format_count(counts.retried()))}</Button>
        }.into_any())}
        <Button variant=ButtonVariant::Primary on_click=on_close autofocus=true>"Close"</Button>
    }
}
