//! A plan as text, for a review.

use super::flag::flags;
use super::{ImportPlan, Part, State, Weight, WorkspacePlan};
use crate::domain::inline_text;

/// The plan as lines. `is_chosen` tells which parts are not left out.
pub fn plan_text(plan: &ImportPlan, state: &State, is_chosen: impl Fn(usize, usize) -> bool) -> String {
    let mut lines = Vec::new();
    for (at, workspace) in plan.workspaces.iter().enumerate().filter(|(_, workspace)| !workspace.is_unchanged()) {
        let sign = sign(workspace);
        lines.push(format!("{sign} {} ({})", inline_text(&workspace.name), inline_text(&workspace.slug)));
        for note in &workspace.notes {
            let word = match note.weight {
                Weight::Blocks => "BLOCKED",
                Weight::LeavesOut => "NOT INCLUDED",
                Weight::Warns => "WARNING",
            };
            lines.push(format!("    {word}: {} (line {})", note.text, note.place.line));
        }
        for (index, part) in workspace.applicable().iter().enumerate() {
            let left_out = if is_chosen(at, index) { "" } else { " [left out]" };
            lines.extend(part_lines(part, state).into_iter().map(|line| format!("    {line}{left_out}")));
            lines.extend(flags(part).iter().map(|flag| format!("    ! {}", flag.sentence())));
        }
    }
    let unchanged = plan.workspaces.iter().filter(|workspace| workspace.is_unchanged()).count();
    lines.push(format!("{unchanged} unchanged"));
    lines.join("\n") + "\n"
}

fn part_lines(part: &Part, state: &State) -> Vec<String> {
    let sentence = || part.describe(|id| inline_text(&state.name_of(id)));
    match part {
        Part::Create(_) => {
            let changes = part.changes();
            std::iter::once(sentence()).chain(changes.iter().map(|change| format!("  {}", change.sentence()))).collect()
        }
        Part::Settings { .. } => part.changes().iter().map(super::part::Change::sentence).collect(),
        _ => vec![sentence()],
    }
}

fn sign(workspace: &WorkspacePlan) -> char {
    match workspace.parts.first() {
        Some(Part::Create(_)) => '+',
        Some(Part::Delete(_)) => '-',
        _ => '~',
    }
}
