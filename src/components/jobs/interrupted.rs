//! Jobs that a closed tab has interrupted, each with a way to resume it. Nothing is sent before someone asks for it.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::JobPanels;
use super::words::JobNames;
use crate::domain::WorkspaceId;
use crate::domain::text::format_count;
use crate::jobs::record_store::Record;
use crate::jobs::{InterruptedJob, JobKind, interrupted_jobs};
use crate::ui::{Banner, Button, ButtonVariant, Tone, dynamic};

/// A banner for each interrupted job of these kinds.
#[component]
pub fn InterruptedJobs(
    /// The panels of the view, which show a job that is resumed.
    panels: JobPanels,
    /// The kinds that the view can show.
    kinds: &'static [JobKind],
    /// The only workspace that they may be about; `None` for any.
    #[prop(default = Signal::stored(None))]
    about: Signal<Option<WorkspaceId>>,
) -> impl IntoView {
    let JobPanels { job, names, .. } = panels;
    let all = RwSignal::new(Arc::<Vec<InterruptedJob>>::default());
    let look = move || {
        spawn_local(async move {
            let found = interrupted_jobs().await;
            // The view may be gone by now.
            all.try_set(Arc::new(found));
        });
    };
    look();
    let shown = Signal::derive(move || {
        let about = about.get();
        let is_shown = |it: &&InterruptedJob| match (&it.snapshot, &about) {
            (Some(job), Some(id)) => kinds.contains(&job.words.kind) && job.workspaces[..] == [id.clone()],
            (Some(job), None) => kinds.contains(&job.words.kind),
            // Its kind is not known either, so every view for any workspace offers to dismiss it.
            (None, about) => about.is_none(),
        };
        all.with(|all| all.iter().filter(is_shown).cloned().collect::<Vec<_>>())
    });
    // Outside world: the address. A panel that it has opened would cover the banners.
    Effect::new(move |_| {
        if shown.with(|shown| !shown.is_empty()) && job.kind.get_untracked().is_none() {
            untrack(|| panels.close());
        }
    });
    let resume = Callback::new(move |record: Record| {
        spawn_local(async move {
            job.resume(record).await;
            look();
        });
    });
    let dismiss = Callback::new(move |record: Record| {
        record.forget();
        look();
    });
    dynamic(move || {
        let banner = |it: InterruptedJob| match it.snapshot.clone() {
            Some(_) => view! { <ResumeBanner interrupted=it names=names resume=resume dismiss=dismiss/> }.into_any(),
            None => view! { <UnreadableBanner record=it.record dismiss=dismiss/> }.into_any(),
        };
        shown.get().into_iter().map(banner).collect_view()
    })
}

#[component]
fn ResumeBanner(
    interrupted: InterruptedJob,
    names: JobNames,
    resume: Callback<Record>,
    dismiss: Callback<Record>,
) -> impl IntoView {
    let InterruptedJob { record, snapshot } = interrupted;
    let job = snapshot?;
    let open = job.counts.total() - job.counts.settled();
    let (on_resume, label) = (job.words.on_resume, if open == 0 { "See the outcome" } else { "Go on" });
    let title = Signal::derive(move || {
        let (name, total) = (names.name(&job), format_count(job.counts.total()));
        match open {
            0 => format!("{name} has ended, and nobody has seen how"),
            open => format!("{name} was interrupted, with {} of {total} changes still to be made", format_count(open)),
        }
    });
    let record = StoredValue::new(record);
    let resume = Callback::new(move |()| resume.run(record.get_value()));
    let dismiss = Callback::new(move |()| dismiss.run(record.get_value()));
    let banner = view! {
        <Banner tone=Tone::Warning title=title>
            <p>{on_resume}</p>
            <div class="job__tools">
                <Button variant=ButtonVariant::Primary on_click=resume>{label}</Button>
                <Button on_click=dismiss>"Leave it so"</Button>
            </div>
        </Banner>
    };
    Some(banner)
}

#[component]
fn UnreadableBanner(record: Record, dismiss: Callback<Record>) -> impl IntoView {
    let record = StoredValue::new(record);
    let dismiss = Callback::new(move |()| dismiss.run(record.get_value()));
    view! {
        <Banner tone=Tone::Warning title="An interrupted job can’t be read">
            <p>{"Another version of this console saved it. What it did not finish stays undone. Check the workspaces it was about."}</p>
            <div class="job__tools"><Button on_click=dismiss>"Dismiss"</Button></div>
        </Banner>
    }
}
