//! Jobs that a closed tab interrupted, each with a button to resume it. Nothing is sent before that.

use super::JobPanels;
use super::words::JobNames;
use crate::browser::every;
use crate::domain::{WorkspaceId, text::format_count};
use crate::jobs::{InterruptedJob, JobKind, RecordedJobs, record_store::Record, recorded_jobs};
use crate::ui::{Banner, Button, ButtonVariant, Tone, dynamic};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;
use std::time::Duration;

/// The interval at which a view looks whether a job of another tab was interrupted.
const LOOK: Duration = Duration::from_secs(5);

const UNREADABLE: &str =
    "Another version of this console saved it, so you can’t resume it here. Check the workspaces that it was changing.";

/// A banner for each interrupted job of these kinds.
#[component]
pub fn InterruptedJobs(
    panels: JobPanels,
    kinds: &'static [JobKind],
    /// The only workspace that they may be about; `None` for any.
    #[prop(default = Signal::stored(None))]
    about: Signal<Option<WorkspaceId>>,
) -> impl IntoView {
    let JobPanels { job, names, .. } = panels;
    let all = RwSignal::new(Arc::<Vec<InterruptedJob>>::default());
    let is_any_running = StoredValue::new(false);
    let load = move |is_by_timer: bool| {
        spawn_local(async move {
            let RecordedJobs { interrupted, is_any_running: is_running } = recorded_jobs().await;
            // The view may have been removed.
            is_any_running.try_set_value(is_running);
            let is_same = |shown: &Arc<Vec<InterruptedJob>>| {
                shown.iter().map(|it| &it.record).eq(interrupted.iter().map(|it| &it.record))
            };
            // The buttons, and the focus on them, stay while the same jobs are offered.
            let Some(is_same) = all.try_with_untracked(is_same) else { return };
            if !is_by_timer || !is_same && !panels.is_covering() {
                all.set(Arc::new(interrupted));
            }
        });
    };
    let reload = move || load(false);
    reload();
    every(LOOK, move || {
        if is_any_running.get_value() && !panels.is_covering() {
            load(true);
        }
    });
    let shown = Signal::derive(move || {
        let about = about.get();
        let is_shown = |it: &&InterruptedJob| match (&it.snapshot, &about) {
            (Some(job), Some(id)) => kinds.contains(&job.words.kind) && job.workspaces[..] == [id.clone()],
            (Some(job), None) => kinds.contains(&job.words.kind),
            // Its kind is unknown, so each view of all workspaces offers to dismiss it.
            (None, about) => about.is_none(),
        };
        all.with(|all| all.iter().filter(is_shown).cloned().collect::<Vec<_>>())
    });
    // Outside world: the address. An open panel would cover the banners.
    Effect::new(move |_| {
        if shown.with(|shown| !shown.is_empty()) && job.kind.get_untracked().is_none() {
            untrack(|| panels.close());
        }
    });
    let resume = Callback::new(move |record: Record| {
        spawn_local(async move {
            job.resume(record).await;
            reload();
        });
    });
    let dismiss = Callback::new(move |record: Record| {
        record.dismiss();
        reload();
    });
    let banner = move |interrupted| {
        view! { <InterruptedBanner interrupted=interrupted names=names resume=resume dismiss=dismiss/> }.into_any()
    };
    dynamic(move || shown.get().into_iter().map(banner).collect_view())
}

/// One job. A record that another version saved can't be read, so it can only be dismissed.
#[component]
fn InterruptedBanner(
    interrupted: InterruptedJob,
    names: JobNames,
    resume: Callback<Record>,
    dismiss: Callback<Record>,
) -> impl IntoView {
    let InterruptedJob { record, snapshot } = interrupted;
    let record = StoredValue::new(record);
    let open = snapshot.as_ref().map_or(0, |job| job.counts.total() - job.counts.settled());
    let (text, resume_label, dismiss_label) = match &snapshot {
        None => (UNREADABLE, None, "Dismiss"),
        Some(_) if open == 0 => ("You haven’t viewed its outcome yet.", Some("View outcome"), "Dismiss"),
        Some(job) => (job.words.on_resume, Some("Resume"), "Dismiss"),
    };
    let title = move || {
        let Some(job) = &snapshot else { return "Can’t read an interrupted job".to_owned() };
        let (name, total) = (names.name(job), format_count(job.counts.total()));
        match open {
            0 => format!("{name} has finished"),
            open => format!("{name} was interrupted: {} of {total} changes left", format_count(open)),
        }
    };
    let resume = move |()| resume.run(record.get_value());
    let resume_button =
        resume_label.map(|label| view! { <Button variant=ButtonVariant::Primary on_click=resume>{label}</Button> });
    view! {
        <Banner tone=Tone::Warning title=title>
            <p>{text}</p>
            <div class="job__tools">
                {resume_button}
                <Button on_click=move |()| dismiss.run(record.get_value())>{dismiss_label}</Button>
            </div>
        </Banner>
    }
}
