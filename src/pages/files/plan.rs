//! What the file would change, workspace by workspace, with a box for each part.

use leptos::prelude::*;

use super::import::{Import, key_of};
use super::link::{MOST_CHARACTERS, ReviewLink, review_link};
use crate::components::{JobPanels, save_text, summary_of};
use crate::data::Shared;
use crate::domain::text::{counted, format_count, verb_counted};
use crate::domain::{UserId, inline_text};
use crate::files::plan::{ImportPlan, Part, Weight, WorkspacePlan, flags, plan_text};
use crate::jobs::JobKind;
use crate::ui::{
    Badge, BadgeTone, Button, ButtonVariant, CopyButton, Disclosure, EmptyState, Icon, dynamic, exact, exact_text,
};
use crate::write::Notices;

/// How many workspaces are drawn at first, and with each press of the button.
const STEP: usize = 50;

#[component]
pub(super) fn PlanView(import: Import, panels: JobPanels) -> impl IntoView {
    let notices: Notices = expect_context();
    let is_loading = Memo::new(move |_| import.plan.with(|plan| plan.as_ref().is_none_or(|plan| plan.is_loading())));
    let is_empty = Memo::new(move |_| import.plan.with(|plan| plan.as_ref().is_some_and(|plan| plan.is_empty())));
    let most = RwSignal::new(STEP);
    let text = move || {
        let (Some(plan), Some(state)) = (import.plan.get(), import.reads.state.get()) else { return String::new() };
        plan_text(&plan, &state, |workspace, part| {
            let workspace = &plan.workspaces[workspace];
            workspace.applicable().get(part).is_some_and(|part| import.is_chosen(workspace, part))
        })
    };
    let save = move |()| save_text(notices, ("plan", "txt", "text/plain;charset=utf-8"), &untrack(text));
    let count = Memo::new(move |_| import.chosen().iter().map(|(_, parts)| parts.len()).sum::<usize>());
    let reason = Signal::derive(move || match (is_loading.get(), count.get()) {
        (true, _) => Some("Loading workspaces…".to_owned()),
        (false, 0) => Some("No changes to apply".to_owned()),
        _ => None,
    });
    let apply = move |()| {
        import.reads.refresh();
        panels.open(JobKind::ApplyFile);
    };
    let link = review_link(import.file.rested);
    let apply_label = move || format!("{}…", verb_counted("Apply", count.get(), "change", "changes"));
    view! {
        <section class="files__plan" aria-labelledby="plan-title">
            <h2 class="form__title" id="plan-title">{"Plan"}</h2>
            <p class="change__summary" role="status">{exact(move || summary(import))}</p>
            <div class="job__tools">
                <Button variant=ButtonVariant::Primary disabled_reason=reason on_click=apply>{exact(apply_label)}</Button>
                <Button icon=Icon::External on_click=save>"Download plan"</Button>
                <CopyButton text=Signal::derive(text) label="Copy plan"/>
                {dynamic(move || link_button(link))}
            </div>
            {dynamic(move || is_empty.get().then(|| view! {
                <EmptyState title="No changes" icon=Icon::Success>{"The workspaces are as the file says."}</EmptyState>
            }))}
            {dynamic(move || import.plan.get().map(|plan| changed(import, &plan, most.get())))}
            {dynamic(move || {
                let hidden = import.plan.with(|plan| plan.as_ref().map_or(0, |plan| changes(plan).count())).saturating_sub(most.get());
                (hidden != 0).then(|| view! {
                    <Button on_click=move |()| most.update(|most| *most += STEP)>
                        {exact_text(format!("Show {} more", format_count(hidden.min(STEP))))}
                    </Button>
                })
            })}
            {dynamic(move || import.plan.get().and_then(|plan| unchanged(&plan)))}
        </section>
    }
}

/// A link with the file in it, for a colleague who reviews the plan.
fn link_button(link: RwSignal<ReviewLink>) -> AnyView {
    let reason = match link.get() {
        ReviewLink::Ready(link) => {
            return view! { <CopyButton text=Signal::stored(link) label="Copy link for a review" has_text=true/> }
                .into_any();
        }
        ReviewLink::None => "Loading…".to_owned(),
        ReviewLink::TooLong(length) => {
            let (length, most) = (format_count(length), format_count(MOST_CHARACTERS));
            format!(
                "This file is too long for a link: {length} of at most {most} characters. Send the file or the plan instead"
            )
        }
    };
    view! { <Button icon=Icon::Copy disabled_reason=Some(reason)>"Copy link for a review"</Button> }.into_any()
}

fn changes(plan: &ImportPlan) -> impl Iterator<Item = &WorkspacePlan> {
    plan.workspaces.iter().filter(|workspace| !workspace.is_unchanged())
}

/// The counts, such as `2 to create · 3 to change · 1 blocked · 44 unchanged`.
fn summary(import: Import) -> String {
    let Some(plan) = import.plan.get() else { return "Loading workspaces…".to_owned() };
    let count = |is_counted: fn(&WorkspacePlan) -> bool| plan.workspaces.iter().filter(|it| is_counted(it)).count();
    let is_new = |it: &WorkspacePlan| matches!(it.applicable().first(), Some(Part::Create(_)));
    let is_deleted = |it: &WorkspacePlan| matches!(it.applicable().first(), Some(Part::Delete(_)));
    summary_of(&[
        (count(is_new), "to create"),
        (count(|it| !matches!(it.applicable().first(), None | Some(Part::Create(_) | Part::Delete(_)))), "to change"),
        (count(is_deleted), "to delete"),
        (count(WorkspacePlan::is_blocked), "blocked"),
        (count(|it| it.is_loading), "still loading"),
        (count(WorkspacePlan::is_unchanged), "unchanged"),
    ])
}

fn changed(import: Import, plan: &Shared<ImportPlan>, most: usize) -> AnyView {
    let workspace = |it: &WorkspacePlan| workspace_view(import, it);
    view! { <ul class="files__list">{changes(plan).take(most).map(workspace).collect_view()}</ul> }.into_any()
}

fn workspace_view(import: Import, plan: &WorkspacePlan) -> AnyView {
    let badge = match (plan.is_blocked(), plan.parts.first()) {
        (true, _) => Some((BadgeTone::Danger, "Blocked")),
        (_, Some(Part::Create(_))) => Some((BadgeTone::Success, "New")),
        (_, Some(Part::Delete(_))) => Some((BadgeTone::Danger, "Delete")),
        _ if plan.is_loading => Some((BadgeTone::Neutral, "Loading…")),
        (_, Some(_)) => Some((BadgeTone::Info, "Change")),
        (_, None) => None,
    };
    let notes = plan.notes.iter().map(|note| {
        let (tone, word) = match note.weight {
            Weight::Blocks => (BadgeTone::Danger, "Blocked"),
            Weight::LeavesOut => (BadgeTone::Warning, "Not included"),
            Weight::Warns => (BadgeTone::Warning, "Warning"),
        };
        let text = format!("{} (line {})", note.text, note.place.line);
        view! { <li><Badge tone=tone>{word}</Badge>" "<bdi>{exact_text(text)}</bdi></li> }
    });
    let parts = plan.applicable().iter().map(|part| part_view(import, plan, part)).collect_view();
    let title = inline_text(&plan.name);
    view! {
        <li class="files__workspace">
            <h3 class="files__name">
                <bdi>{exact_text(title)}</bdi>" "<bdi class="mono muted">{plan.slug.clone()}</bdi>" "
                {badge.map(|(tone, word)| view! { <Badge tone=tone>{word}</Badge> })}
            </h3>
            <ul class="files__notes">{notes.collect_view()}</ul>
            <div class="files__parts">{parts}</div>
        </li>
    }
    .into_any()
}

/// A box that leaves the part out, what it does, and what needs attention.
fn part_view(import: Import, plan: &WorkspacePlan, part: &Part) -> AnyView {
    let key = key_of(plan, part);
    let (checked_key, key) = (key.clone(), StoredValue::new(key));
    let is_checked = move || import.left_out.with(|left_out| !left_out.contains(&checked_key));
    let toggle = move |event: web_sys::Event| {
        let is_checked = event_target_checked(&event);
        import.left_out.update(|left_out| match is_checked {
            true => drop(left_out.remove(&key.get_value())),
            false => left_out.extend([key.get_value()]),
        });
    };
    let name_of = |id: &UserId| inline_text(&import.reads.directory.entry(id).name);
    let changes = part.changes();
    let label = match part {
        Part::Settings { .. } => counted(changes.len(), "setting", "settings"),
        part => untrack(|| part.describe(name_of)),
    };
    let rows = changes.into_iter().map(|change| {
        let before = change.before.map(|value| inline_text(&value.shown()));
        let after = inline_text(&change.after.shown());
        view! {
            <li>
                {change.setting.label()}": "
                {before.map(|before| view! { <del><bdi>{exact_text(before)}</bdi></del>" → " })}
                <ins><bdi>{exact_text(after)}</bdi></ins>
            </li>
        }
    });
    let flagged = flags(part).into_iter().map(|flag| {
        let text = flag.sentence();
        view! { <li><Badge tone=BadgeTone::Warning>"Check"</Badge>" "{exact_text(text)}</li> }
    });
    view! {
        <div class="files__part">
            <label class="checkbox">
                <input class="checkbox__control" type="checkbox" prop:checked=is_checked on:change=toggle/>
                <span class="checkbox__label"><bdi>{exact_text(label)}</bdi></span>
            </label>
            <ul class="files__changes">{rows.collect_view()}{flagged.collect_view()}</ul>
        </div>
    }
    .into_any()
}

/// The workspaces in which the file changes nothing, folded.
fn unchanged(plan: &ImportPlan) -> Option<AnyView> {
    let same: Vec<_> = plan.workspaces.iter().filter(|workspace| workspace.is_unchanged()).collect();
    if same.is_empty() {
        return None;
    }
    let summary = counted(same.len(), "unchanged workspace", "unchanged workspaces");
    let name = |it: &&WorkspacePlan| {
        let text = inline_text(&it.name);
        view! { <li><bdi>{text}</bdi>" "<bdi class="mono muted">{it.slug.clone()}</bdi></li> }
    };
    let names = same.iter().take(500).map(name).collect_view();
    Some(view! { <Disclosure summary=summary><ul>{names}</ul></Disclosure> }.into_any())
}
