//! Jobs that a closed tab interrupted, each with a button to resume it. Nothing is sent before that.

use super::JobPanels;
use super::words::JobNames;
use crate::domain::{WorkspaceId, text::format_count};
use crate::jobs::{InterruptedJob, JobKind, interrupted_jobs, record_store::Record};
use crate::ui::{Banner, Button, ButtonVariant, Tone, dynamic};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;
use std::time::Duration;

/// The wait before the jobs are looked up once more.
const LOOK_AGAIN: Duration = Duration::from_secs(3);

const UNREADABLE: &str = "Another version of this console saved it. What it did not finish stays undone. Check the \
                          workspaces it was about.";

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
    let reload = move || {
        spawn_local(async move {
            let found = interrupted_jobs().await;
            // The view may have been removed. Banners that stay are not drawn again, because one may be in use.
            if all.try_with_untracked(|all| all.len()).is_some_and(|shown| shown != found.len()) {
                all.try_set(Arc::new(found));
            }
        });
    };
    reload();
    // Firefox may release the locks of a page that is reloaded only after the new one has started.
    set_timeout(reload, LOOK_AGAIN);
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
        record.forget();
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
        Some(job) if open == 0 => (job.words.on_resume, Some("See the outcome"), "Leave it so"),
        Some(job) => (job.words.on_resume, Some("Go on"), "Leave it so"),
    };
    let title = move || {
        let Some(job) = &snapshot else { return "An interrupted job can’t be read".to_owned() };
        let (name, total) = (names.name(job), format_count(job.counts.total()));
        match open {
            0 => format!("{name} has ended, and you have not seen the outcome"),
            open => format!("{name} was interrupted, with {} of {total} changes still to be made", format_count(open)),
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
