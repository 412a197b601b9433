//! The last question before the plan is applied, and the job itself.

use leptos::prelude::*;

use super::import::Import;
use crate::components::{JobDialog, JobPanels, JobStartButtons, PreviewTable, clamped};
use crate::domain::inline_text;
use crate::domain::text::{counted, verb_counted};
use crate::files::plan::Part;
use crate::jobs::JobKind;
use crate::jobs::planners::files::{Files, spec};
use crate::ui::{Bound, Checkbox, exact_text};

#[component]
pub(super) fn ApplyDialog(import: Import, panels: JobPanels) -> impl IntoView {
    let chosen = Memo::new(move |_| if panels.is_asked(JobKind::ApplyFile) { import.chosen() } else { Vec::new() });
    let flagged = Memo::new(move |_| match panels.is_asked(JobKind::ApplyFile) {
        true => import.flagged().into_iter().map(|(name, flag)| (name, flag.sentence())).collect(),
        false => Vec::new(),
    });
    // The tick is for what was shown. Anything else needs a new one.
    let ticked = RwSignal::new(None::<Vec<(String, String)>>);
    let is_ticked = Memo::new(move |_| ticked.with(|ticked| flagged.with(|flagged| ticked.as_ref() == Some(flagged))));
    let tick =
        Bound::new(move || is_ticked.get(), move |is_on: bool| ticked.set(is_on.then(|| flagged.get_untracked())));
    let count = move || chosen.with(|chosen| chosen.iter().map(|(_, parts)| parts.len()).sum::<usize>());
    let is_loading = move || import.plan.with(|plan| plan.as_ref().is_none_or(|plan| plan.is_loading()));
    let reason = Signal::derive(move || {
        if is_loading() {
            return Some("Loading workspaces…".to_owned());
        }
        if count() == 0 {
            return Some("No changes to apply".to_owned());
        }
        let is_open = flagged.with(|flagged| !flagged.is_empty()) && !is_ticked.get();
        is_open.then(|| "Confirm the changes that widen access or delete".to_owned())
    });
    let label = Signal::derive(move || verb_counted("Apply", count(), "change", "changes"));
    let title = Signal::derive(move || {
        let workspaces = chosen.with(|chosen| counted(chosen.len(), "workspace", "workspaces"));
        format!("{} to {workspaces}?", verb_counted("Apply", count(), "change", "changes"))
    });
    let start = move |()| {
        panels.job.start::<Files>(spec(untrack(|| chosen.get())));
        import.file.mark_applied();
    };
    let buttons = move || {
        view! {
            <JobStartButtons panels=panels is_cautious=true label=label disabled_reason=reason on_start=start/>
        }
    };
    let at = move |at: usize| flagged.with(|flagged| flagged.get(at).cloned());
    let row = move |(name, text): (String, String)| {
        view! {
            <td role="cell" class="is-title"><bdi>{exact_text(inline_text(&name))}</bdi></td>
            <td role="cell" data-label="Change">{clamped(None, text)}</td>
        }
        .into_any()
    };
    let summary = move || {
        let is_kind = |is_of: fn(&Part) -> bool| {
            chosen.with(|chosen| chosen.iter().flat_map(|(_, parts)| parts).filter(|part| is_of(part)).count())
        };
        let created = is_kind(|part| matches!(part, Part::Create(_)));
        let deleted = is_kind(|part| matches!(part, Part::Delete(_)));
        let members = is_kind(|part| matches!(part, Part::Add(_) | Part::Remove(_)));
        crate::components::summary_of(&[
            (created, if created == 1 { "workspace to create" } else { "workspaces to create" }),
            (is_kind(|part| matches!(part, Part::Settings { .. })), "with changed settings"),
            (is_kind(|part| matches!(part, Part::Budgets(_))), "with changed limits"),
            (members, if members == 1 { "change of members" } else { "changes of members" }),
            (deleted, if deleted == 1 { "workspace to delete" } else { "workspaces to delete" }),
        ])
    };
    view! {
        <JobDialog panels=panels panel=JobKind::ApplyFile title=title buttons=buttons>
            <p>{"Each workspace is checked again right before its change. A change that no longer fits is skipped."}</p>
            <PreviewTable
                caption="Changes that widen access or delete"
                heads=&["Workspace", "Change"]
                summary=Signal::derive(summary)
                row_count=Signal::derive(move || flagged.with(Vec::len))
                row_key=move |index| at(index).map_or_else(String::new, |(name, text)| format!("{name}/{text}/{index}"))
                row=move |index| at(index).map_or_else(|| ().into_any(), row)
            />
            <Show when=move || flagged.with(|flagged| !flagged.is_empty())>
                <Checkbox checked=tick label="I checked the changes above. They widen access, or delete workspaces."/>
            </Show>
        </JobDialog>
    }
}
