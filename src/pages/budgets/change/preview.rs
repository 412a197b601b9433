//! What the change would do to each selected workspace.
//!
//! Invariant: what needs a look comes first: conflicts, warnings, then the rest by name.

use std::sync::Arc;

use leptos::prelude::*;

use super::editing::ChangeEditing;
use crate::api::ApiError;
use crate::components::workspace_cell;
use crate::domain::text::count_words;
use crate::domain::{Interval, Plan, Workspace, WorkspaceId, message_in_words};
use crate::forms::{BulkProblem, Preview, Skipped, ranked};
use crate::pages::budgets::reading::Reading;
use crate::pages::budgets::selected;
use crate::pages::budgets::table::Rows;
use crate::state::WorkspaceList;
use crate::ui::{Badge, BadgeTone, VirtualTable, column_heads};

/// What would become of one workspace.
#[derive(Debug, Clone, PartialEq)]
enum Fate {
    Conflict(String),
    Waiting,
    Unread(ApiError),
    Warned(Plan, Vec<Interval>),
    Change(Plan),
    AlreadySo,
}

impl Fate {
    fn rank(&self) -> u8 {
        match self {
            Self::Conflict(_) => 0,
            Self::Unread(_) => 1,
            Self::Waiting => 2,
            Self::Warned(..) => 3,
            Self::Change(_) => 4,
            Self::AlreadySo => 5,
        }
    }

    fn plan(&self) -> Option<&Plan> {
        match self {
            Self::Warned(plan, _) | Self::Change(plan) => Some(plan),
            Self::Conflict(_) | Self::Waiting | Self::Unread(_) | Self::AlreadySo => None,
        }
    }
}

/// What would become of each, or why the change is none yet.
type Fates = Result<Vec<(Arc<Workspace>, Fate)>, BulkProblem>;

/// The preview of all selected workspaces.
#[derive(Clone, Copy)]
pub(super) struct Review {
    fates: Memo<Fates>,
}

impl Review {
    pub(super) fn new(editing: ChangeEditing, rows: Rows, list: WorkspaceList) -> Self {
        let chosen =
            Memo::new(
                move |_| {
                    if rows.query.with(|query| query.is_changing) { selected(list, rows) } else { Vec::new() }
                },
            );
        let fates = Memo::new(move |_| {
            let change = editing.form().validate()?;
            let fate = |workspace: &Arc<Workspace>| match rows.overview.of(&workspace.id).get() {
                Reading::Waiting => Fate::Waiting,
                Reading::Failed(error) => Fate::Unread(error),
                Reading::Read(standing) => match change.preview(&standing) {
                    Preview::Change(plan, used_up) if used_up.is_empty() => Fate::Change(*plan),
                    Preview::Change(plan, used_up) => Fate::Warned(*plan, used_up),
                    Preview::Skip(Skipped::AlreadySo) => Fate::AlreadySo,
                    Preview::Skip(Skipped::Conflict(violation)) => Fate::Conflict(violation.to_string()),
                    Preview::Skip(Skipped::OutOfRange(interval)) => {
                        Fate::Conflict(format!("The {} limit would be no amount", interval.as_str()))
                    }
                },
            };
            let fates: Vec<_> =
                chosen.with(|chosen| chosen.iter().map(|workspace| (workspace.clone(), fate(workspace))).collect());
            Ok(ranked(fates, 5, |(_, fate)| fate.rank()))
        });
        Self { fates }
    }

    fn count(&self, is_it: impl Fn(&Fate) -> bool) -> usize {
        self.fates.with(|fates| fates.iter().flatten().filter(|(_, fate)| is_it(fate)).count())
    }

    /// How many workspaces would be changed.
    pub(super) fn ready(&self) -> usize {
        self.count(|fate| fate.plan().is_some())
    }

    /// Why nothing can be sent now.
    pub(super) fn reason(&self) -> Option<String> {
        self.fates.with(|fates| match fates {
            Err(problem) => Some(problem.to_string()),
            Ok(fates) if fates.iter().any(|(_, fate)| *fate == Fate::Waiting) => {
                Some("The budgets are being read".to_owned())
            }
            Ok(fates) if fates.iter().all(|(_, fate)| fate.plan().is_none()) => {
                Some("No workspace would be changed".to_owned())
            }
            Ok(_) => None,
        })
    }

    /// The plans to carry out.
    pub(super) fn plans(&self) -> Vec<(WorkspaceId, Plan)> {
        self.fates.with(|fates| {
            let planned = fates.iter().flatten();
            planned.filter_map(|(workspace, fate)| Some((workspace.id.clone(), fate.plan()?.clone()))).collect()
        })
    }

    /// How many of which fate.
    fn summary(&self) -> String {
        if let Some(problem) = self.fates.with(|fates| fates.as_ref().err().cloned()) {
            return problem.to_string();
        }
        let parts = [
            ("would be changed", self.ready()),
            ("with a new limit that is used up already", self.count(|fate| matches!(fate, Fate::Warned(..)))),
            ("in conflict, left as they are", self.count(|fate| matches!(fate, Fate::Conflict(_)))),
            ("not read, left as they are", self.count(|fate| matches!(fate, Fate::Waiting | Fate::Unread(_)))),
            ("already so", self.count(|fate| *fate == Fate::AlreadySo)),
        ];
        counted(&parts)
    }
}

/// The table of it.
#[component]
pub(super) fn PreviewTable(review: Review) -> impl IntoView {
    let at = move |at: usize| review.fates.with(|fates| fates.as_ref().ok().and_then(|fates| fates.get(at).cloned()));
    let count = Signal::derive(move || review.fates.with(|fates| fates.as_ref().map_or(0, Vec::len)));
    view! {
        <p class="change__summary" role="status">{move || review.summary()}</p>
        <Show when=move || count.get() != 0>
            <VirtualTable
                caption="Preview of the changes"
                class="table--job"
                header=|| column_heads(&["Workspace", "Change", "Note"])
                row_count=count
                row_key=Callback::new(move |row| at(row).map_or_else(String::new, |(it, _)| it.id.to_string()))
                row=Callback::new(move |row| at(row).map_or_else(|| ().into_any(), |(it, fate)| cells(&it, &fate)))
                columns=3
            />
        </Show>
    }
}

fn cells(workspace: &Workspace, fate: &Fate) -> AnyView {
    let steps = match fate.plan() {
        Some(plan) => plan.words(),
        None => "—".to_owned(),
    };
    let note = match fate {
        Fate::Conflict(words) => Some((BadgeTone::Danger, "Conflict", words.clone())),
        Fate::Waiting => Some((BadgeTone::Neutral, "Being read…", String::new())),
        Fate::Unread(error) => Some((BadgeTone::Warning, "Not read", message_in_words(&error.to_string()))),
        Fate::Warned(_, used_up) => {
            let used_up = used_up.iter().map(|interval| interval.as_str()).collect::<Vec<_>>().join(", ");
            Some((BadgeTone::Warning, "Used up", format!("{used_up}: requests are refused at once")))
        }
        Fate::AlreadySo => Some((BadgeTone::Neutral, "Already so", String::new())),
        Fate::Change(_) => None,
    };
    view! {
        {workspace_cell(workspace)}
        <td role="cell" data-label="Change">{clamped(steps)}</td>
        <td role="cell" data-label="Note">{note.map(|(tone, word, words)| remark(tone, word, words))}</td>
    }
    .into_any()
}

/// `10 changed · 1 failed`; what is none is left out.
pub(super) fn counted(parts: &[(&str, usize)]) -> String {
    let parts = parts.iter().filter(|(_, count)| *count != 0);
    parts.map(|(words, count)| format!("{} {words}", count_words(*count))).collect::<Vec<_>>().join(" · ")
}

/// Text that is cut off after two lines, and whole on hover.
pub(super) fn clamped(text: String) -> AnyView {
    let title = text.clone();
    view! { <span class="clamp" title=title><bdi>{text}</bdi></span> }.into_any()
}

/// A word, and more about it.
pub(super) fn remark(tone: BadgeTone, word: &'static str, more: String) -> AnyView {
    let title = more.clone();
    view! { <span class="clamp" title=title><Badge tone=tone>{word}</Badge>{" "}<bdi>{more}</bdi></span> }.into_any()
}
