//! A job for many people on the screen: how far it is, what holds it up, what became of each.
//!
//! Invariant: every count is of the list below it, so they always add up; what happened is said, not only shown.

mod buttons;
mod export;
mod left;
mod outcomes;
mod panel;
mod words;

use leptos::prelude::*;

use crate::bulk::Stage;
use crate::domain::message_in_words;
use crate::domain::text::count_words;
use crate::state::BulkJob;
use crate::ui::{Banner, ProgressBar, Tone, dynamic};

use buttons::JobButtons;
pub use left::LeftJobs;
use outcomes::Outcomes;
pub use panel::{JobDialog, JobPanels, LeaveJobDialog};
pub use words::JobNames;
use words::job_title;

/// Progress, what holds it up, and the outcomes.
#[component]
pub fn JobView(
    /// The job.
    job: BulkJob,
    /// What people and workspaces are called.
    names: JobNames,
) -> impl IntoView {
    #[expect(clippy::cast_precision_loss, reason = "counts of people, to be drawn")]
    let share = Signal::derive(move || job.tally.with(|it| Some(it.settled() as f64 / it.total().max(1) as f64)));
    let label = Signal::derive(move || words::stage(job));
    let text = Signal::derive(move || {
        job.tally.with(|it| format!("{} of {}", count_words(it.settled()), count_words(it.total())))
    });
    let ended = move || if job.is_running() { String::new() } else { job.tally.with(words::summary) };
    view! {
        <ProgressBar value=share label=label text=text/>
        <p class="change__summary" role="status">{move || ended()}</p>
        <Holdup job=job/>
        <Outcomes job=job names=names/>
    }
}

/// Why it does not go on, and what can be done about that.
#[component]
fn Holdup(job: BulkJob) -> impl IntoView {
    dynamic(move || match job.stage.get() {
        Some(Stage::Waiting(wait)) => view! {
            <Banner tone=Tone::Warning title="The API asked to wait">
                <Countdown seconds=wait.as_secs()/>
            </Banner>
        }
        .into_any(),
        Some(Stage::NeedsKey) => view! {
            <Banner tone=Tone::Warning title="The API does not accept the key any more">
                <p>{"The job goes on once a key is accepted. What was refused for the key was not carried out."}</p>
            </Banner>
        }
        .into_any(),
        Some(Stage::Paused(Some(words))) => view! {
            <Banner tone=Tone::Danger title="What became of the last request could not be looked up">
                <p><bdi>{message_in_words(&words)}</bdi></p>
                <p>{"Nothing more is sent until the members can be listed. Go on to try that again."}</p>
            </Banner>
        }
        .into_any(),
        _ => ().into_any(),
    })
}

/// Counts down; the job itself knows when to go on.
#[component]
fn Countdown(seconds: u64) -> impl IntoView {
    use leptos::leptos_dom::helpers::set_interval_with_handle;
    let left = RwSignal::new(seconds);
    let tick = move || {
        left.try_update(|left| *left = left.saturating_sub(1));
    };
    if let Ok(ticking) = set_interval_with_handle(tick, std::time::Duration::from_secs(1)) {
        on_cleanup(move || ticking.clear());
    }
    view! { <p>{move || format!("One request at a time from then on. Going on in {} s.", left.get())}</p> }
}
