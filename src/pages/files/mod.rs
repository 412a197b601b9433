//! Workspaces as a file: an export, and an import with a plan that is applied as one job.
//!
//! Invariant: nothing is sent that the plan did not show.

mod apply;
mod baseline;
mod export;
mod file_text;
mod import;
mod link;
mod plan;
mod reads;

use leptos::prelude::*;

use crate::components::{InterruptedJobs, JobNames, JobPanels, LeaveJobDialog, NoDirectory, PageHeader, ReadError};
use crate::jobs::JobKind;
use crate::routes::Route;

use apply::ApplyDialog;
use baseline::BaselineSection;
use export::ExportSection;
use file_text::FileText;
use import::{Import, ImportSection};
use link::LinkedFile;
use reads::Reads;

#[component]
pub(crate) fn FilesPage(is_applying: Memo<bool>) -> impl IntoView {
    let file = FileText::new();
    let reads = Reads::new(file.rested);
    let import = Import::new(file, reads);
    let panel = Memo::new(move |_| is_applying.get().then_some(JobKind::ApplyFile));
    let at = Callback::new(|panel: Option<JobKind>| Route::Files { is_applying: panel.is_some() });
    let panels = JobPanels::new(JobNames::new(true), panel, at);
    panels.require_selection(JobKind::ApplyFile, move || untrack(|| import.chosen().is_empty()));
    view! {
        <PageHeader
            title="Import and export"
            meta="Save workspaces as a file. Import a file to see what it changes, and apply it."
        />
        <LeaveJobDialog kind=JobKind::ApplyFile/>
        <InterruptedJobs panels=panels kinds=&[JobKind::ApplyFile]/>
        <NoDirectory directory=reads.directory/>
        <ReadError data=reads.workspaces.data title="The list of workspaces may be incomplete"/>
        <div class="form">
            <LinkedFile file=file/>
            <ImportSection import=import panels=panels/>
            <BaselineSection reads=reads file=file/>
            <ExportSection reads=reads/>
        </div>
        <ApplyDialog import=import panels=panels/>
    }
}
