//! The file to import, its problems, and the plan.

use std::collections::HashSet;
use std::sync::Arc;

use leptos::prelude::*;

use super::file_text::FileText;
use super::plan::PlanView;
use super::reads::Reads;
use crate::components::{DraftNote, FormSection, JobPanels, ListFile};
use crate::data::Shared;
use crate::domain::WorkspaceId;
use crate::domain::text::counted;
use crate::files::Template;
use crate::files::plan::{Flag, ImportPlan, Part, WorkspacePlan, compare, flags, ordered};
use crate::files::read::Format;
use crate::ui::{Banner, Button, Field, Icon, TextArea, Tone, dynamic};

/// Names a part across changes of the plan: the workspace and what is done.
pub(super) type PartKey = (String, String);

pub(super) fn key_of(workspace: &WorkspacePlan, part: &Part) -> PartKey {
    (workspace.slug.clone(), part.brief())
}

/// A file that is imported.
#[derive(Clone, Copy)]
pub(super) struct Import {
    pub file: FileText,
    pub reads: Reads,
    /// `None` without a file that could be read, and while the list of workspaces is being read.
    pub plan: Memo<Option<Shared<ImportPlan>>>,
    /// The parts that are left out.
    pub left_out: RwSignal<HashSet<PartKey>>,
}

impl Import {
    pub(super) fn new(file: FileText, reads: Reads) -> Self {
        let plan = Memo::new(move |_| {
            let file = reads.file.get()?.ok()?;
            let state = reads.state.get()?;
            Some(Shared::new(compare(&file, &state)))
        });
        Self { file, reads, plan, left_out: RwSignal::new(HashSet::new()) }
    }

    /// Whether a part is applied. Nothing can be changed in a workspace whose creation is left out.
    pub(super) fn is_chosen(self, workspace: &WorkspacePlan, part: &Part) -> bool {
        self.left_out.with(|left_out| {
            let is_out = |part: &Part| left_out.contains(&key_of(workspace, part));
            !is_out(part) && !workspace.parts.iter().any(|it| matches!(it, Part::Create(_)) && is_out(it))
        })
    }

    /// The parts to apply, by workspace.
    pub(super) fn chosen(self) -> Vec<(WorkspaceId, Vec<Part>)> {
        let Some(plan) = self.plan.get() else { return Vec::new() };
        let chosen = plan.workspaces.iter().filter_map(|workspace| {
            let parts = workspace.applicable().iter().filter(|part| self.is_chosen(workspace, part));
            let parts = ordered(parts.cloned().map(|part| ((), part)).collect());
            let parts: Vec<Part> = parts.into_iter().map(|((), part)| part).collect();
            Some((workspace.reference()?, parts)).filter(|(_, parts)| !parts.is_empty())
        });
        chosen.collect()
    }

    /// What of the chosen parts needs a tick of its own, with the workspace's name.
    pub(super) fn flagged(self) -> Vec<(String, Flag)> {
        let Some(plan) = self.plan.get() else { return Vec::new() };
        let of = |workspace: &WorkspacePlan| {
            let parts = workspace.applicable().iter().filter(|part| self.is_chosen(workspace, part));
            parts.flat_map(flags).map(|flag| (workspace.name.clone(), flag)).collect::<Vec<_>>()
        };
        plan.workspaces.iter().flat_map(of).collect()
    }
}

#[component]
pub(super) fn ImportSection(import: Import, panels: JobPanels) -> impl IntoView {
    let is_read = Memo::new(move |_| import.reads.file.with(|file| matches!(file, Some(Ok(_)))));
    let text = import.file.text;
    view! {
        <FormSection
            title="Import"
            description="A file from an export, or a spreadsheet of names and limits. You see what it changes before anything is sent."
        >
            <ListFile text=text label="Or choose or drop a file: YAML, JSON or CSV" accept=".yaml,.yml,.json,.csv,.tsv,.txt,text/*">
                <Field
                    label="File to import"
                    hint="YAML, JSON or CSV. What the file does not name stays as it is."
                >
                    <TextArea value=text rows=8 name="file" placeholder="name,monthly,daily"/>
                </Field>
            </ListFile>
            <Templates text=text/>
            <TextTools file=import.file/>
            <DraftNote/>
            <FileStatus import=import/>
        </FormSection>
        <Show when=move || is_read.get()><PlanView import=import panels=panels/></Show>
    }
}

/// Files to start from, while there is none.
#[component]
fn Templates(text: RwSignal<String>) -> impl IntoView {
    let is_empty = Memo::new(move |_| text.with(|text| text.trim().is_empty()));
    let button = move |template: Template| {
        let choose = move |()| text.set(template.text.to_owned());
        view! { <Button on_click=choose label=format!("Start from the template {}", template.name)>{template.name}</Button> }
    };
    view! {
        <Show when=move || is_empty.get()>
            <div class="files__templates" role="group" aria-label="Templates">
                <span class="muted">{"Or start from a template:"}</span>
                {Template::ALL.map(button).map(IntoAny::into_any).collect_view()}
            </div>
        </Show>
    }
}

/// Discarding the text, and bringing back what it took the place of.
#[component]
fn TextTools(file: FileText) -> impl IntoView {
    let has_text = Memo::new(move |_| file.text.with(|text| !text.trim().is_empty()));
    let has_earlier = Memo::new(move |_| file.earlier.with(|text| !text.is_empty()));
    view! {
        <div class="files__text-tools">
            <Show when=move || has_text.get()>
                <Button icon=Icon::Close on_click=move |()| file.discard()>"Discard file"</Button>
            </Show>
            <Show when=move || has_earlier.get()>
                <Button icon=Icon::Undo on_click=move |()| file.bring_back()>"Bring back the earlier file"</Button>
            </Show>
        </div>
    }
}

/// What kind of file it is, or what is wrong with it.
#[component]
fn FileStatus(import: Import) -> impl IntoView {
    let summary = move || {
        import.reads.file.with(|file| match file {
            Some(Ok(file)) => {
                let format = import.file.rested.with(|text| Format::of(text).label());
                let count = counted(file.workspaces.len(), "workspace", "workspaces");
                match file.delete.len() {
                    0 => format!("{format} with {count}"),
                    deleted => format!("{format} with {count}, and {deleted} to delete"),
                }
            }
            _ => String::new(),
        })
    };
    let problems = Memo::new(move |_| {
        import.reads.file.with(|file| match file {
            Some(Err(problems)) => problems.clone(),
            _ => Arc::default(),
        })
    });
    view! {
        <p class="list-kind" role="status">{summary}</p>
        {dynamic(move || {
            let problems = problems.get();
            (!problems.is_empty()).then(|| {
                let title = counted(problems.len(), "problem in the file", "problems in the file");
                let line = |problem: &crate::files::Problem| {
                    let text = problem.to_string();
                    view! { <li><bdi>{text}</bdi></li> }
                };
                view! {
                    <Banner tone=Tone::Danger title=title>
                        <ul>{problems.iter().map(line).collect_view()}</ul>
                        <p>{"Nothing was changed."}</p>
                    </Banner>
                }
            })
        })}
    }
}
