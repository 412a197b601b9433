//! A job on the screen: its progress, why it waits, and the outcome of each item. The same for every kind of job.

mod interrupted;
mod outcomes;
mod panel;
mod unmatched;
mod words;

use crate::domain::{inline_message, text::format_count};
use crate::jobs::{JobRunner, Stage};
use crate::ui::{Banner, Tone, dynamic, exact, number_text, unique_id, use_countdown};
pub use interrupted::InterruptedJobs;
use leptos::prelude::*;
use outcomes::Outcomes;
pub use panel::{JobDialog, JobPanels, LeaveJobDialog};
pub(crate) use unmatched::Unmatched;
use unmatched::UnmatchedEntries;
pub use words::JobNames;

/// Progress, why the job waits, and the outcomes.
#[component]
fn JobView(job: JobRunner, names: JobNames, unmatched: RwSignal<Vec<Unmatched>>) -> impl IntoView {
    #[expect(clippy::cast_precision_loss, reason = "counts of items, to be drawn")]
    let share = move || job.counts.with(|it| number_text(it.settled() as f64 / it.total().max(1) as f64));
    let stage = move || job.snapshot.with(|job| job.as_ref().map(words::stage));
    let text = move || job.counts.with(|it| format!("{} of {}", format_count(it.settled()), format_count(it.total())));
    // Announced once, at the end: counts that change many times a second are only for the eye.
    let summary = move || match job.has_ended.get() {
        true => {
            job.snapshot.with(|job| job.as_ref().map(|job| words::summary(job.words, &job.counts))).unwrap_or_default()
        }
        false => String::new(),
    };
    let id = unique_id("progress");
    view! {
        <div class="progress">
            <label class="progress__label" for=id.clone()>{move || stage()}</label>
            <span class="progress__text">{exact(text)}</span>
            <progress class="progress__bar" id=id max="1" value=share></progress>
        </div>
        <p class="change__summary" role="status">{exact(summary)}</p>
        <StorageNote job=job/>
        <WaitReason job=job/>
        <Outcomes job=job names=names unmatched=unmatched/>
        <UnmatchedEntries entries=unmatched/>
    }
}

/// Says that the job cannot be resumed once this page is gone.
#[component]
fn StorageNote(job: JobRunner) -> impl IntoView {
    let is_shown = Memo::new(move |_| job.stage.with(Option::is_some) && !job.is_stored.get());
    view! {
        <Show when=move || is_shown.get()>
            <p class={"muted"} role="status">
                {"Your browser can’t store this job’s progress. You can’t resume it after you close or reload this tab."}
            </p>
        </Show>
    }
}

/// Why the job waits, and what can be done about that.
#[component]
fn WaitReason(job: JobRunner) -> impl IntoView {
    dynamic(move || {
        let (tone, title, text) = match job.stage.get() {
            Some(Stage::Waiting(wait)) => {
                (Tone::Warning, "The API asks you to wait", view! { <Countdown seconds=wait.as_secs()/> }.into_any())
            }
            Some(Stage::NeedsKey) => {
                let text = "The job resumes when you sign in. The refused requests changed nothing.";
                (Tone::Warning, "The API no longer accepts your key", view! { <p>{text}</p> }.into_any())
            }
            Some(Stage::Paused(Some(reason))) => {
                let words = job.snapshot.with_untracked(|job| job.as_ref().map(|job| job.words.unread));
                let (title, text) = words.unwrap_or_default();
                let text = view! { <p><bdi>{inline_message(&reason)}</bdi></p> <p>{text}</p> };
                (Tone::Danger, title, text.into_any())
            }
            Some(Stage::TakenOver) => {
                let text = "This tab was suspended, and the job was resumed or dismissed in another tab. This tab sends nothing more.";
                (Tone::Warning, "Another tab has taken over this job", view! { <p>{text}</p> }.into_any())
            }
            _ => return ().into_any(),
        };
        view! { <Banner tone=tone title=title>{text}</Banner> }.into_any()
    })
}

/// Counts down for the eye; the job has a timer of its own.
#[component]
fn Countdown(seconds: u64) -> impl IntoView {
    let left = use_countdown(seconds);
    view! { <p>{move || format!("Resuming in {} s, with one request at a time.", left.get())}</p> }
}
