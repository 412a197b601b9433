//! What a record is called on the screen, and the text in which it is searched for.

use super::{ActivityRecord, NamedWorkspace, StepOutcome};
use crate::domain::text::counted;
use crate::domain::{ActivityKind, ActivityState, UserId, inline_text};
use crate::search::fold;

/// Such as `Removed 18 members from Research`.
pub fn title(record: &ActivityRecord) -> String {
    use ActivityKind as K;
    let place = place(record);
    // A job counts its keys.
    let key = || {
        let subject = inline_text(record.subject.as_deref().unwrap_or_default());
        if record.job.is_some() { subject } else { format!("API key {subject}") }
    };
    let members = || counted(record.people, "member", "members");
    let ([past, present, infinitive], object) = match record.kind {
        K::CreateWorkspace => (["Created", "Creating", "create"], format!("workspace {place}")),
        K::ChangeSettings => (["Changed", "Changing", "change"], format!("settings of {place}")),
        K::DeleteWorkspace => (["Deleted", "Deleting", "delete"], format!("workspace {place}")),
        K::ChangeBudgets => (["Changed", "Changing", "change"], format!("budgets of {place}")),
        K::ApplyFile => (["Applied", "Applying", "apply"], format!("a file to {place}")),
        K::AddMembers => (["Added", "Adding", "add"], format!("{} to {place}", members())),
        K::RemoveMembers => (["Removed", "Removing", "remove"], format!("{} from {place}", members())),
        K::Offboard => {
            let people = counted(record.people, "person", "people");
            (["Offboarded", "Offboarding", "offboard"], format!("{people} from {place}"))
        }
        K::DisableKey => (["Disabled", "Disabling", "disable"], format!("{} of {place}", key())),
        K::EnableKey => (["Enabled", "Enabling", "enable"], format!("{} of {place}", key())),
        K::DeleteKey => (["Deleted", "Deleting", "delete"], format!("{} of {place}", key())),
        K::CreateKey => (["Created", "Creating", "create"], format!("{} in {place}", key())),
        K::EditKey => (["Changed", "Changing", "change"], format!("{} of {place}", key())),
        K::MoveKey => (["Moved", "Moving", "move"], format!("{} out of {place}", key())),
    };
    let undo = if record.is_undo { " (undo)" } else { "" };
    match record.state {
        ActivityState::Running => format!("{present} {object}{undo}"),
        ActivityState::Done | ActivityState::Partly => format!("{past} {object}{undo}"),
        ActivityState::Failed | ActivityState::Unclear => format!("Tried to {infinitive} {object}{undo}"),
    }
}

fn place(record: &ActivityRecord) -> String {
    match &record.workspaces[..] {
        [one] => inline_text(&one.name),
        many => counted(many.len(), "workspace", "workspaces"),
    }
}

pub fn state_label(state: ActivityState) -> &'static str {
    match state {
        ActivityState::Running => "Running",
        ActivityState::Done => "Done",
        ActivityState::Partly => "Partly done",
        ActivityState::Failed => "Failed",
        ActivityState::Unclear => "Unclear",
    }
}

pub fn outcome_label(outcome: StepOutcome) -> &'static str {
    match outcome {
        StepOutcome::Running => "Sending…",
        StepOutcome::Done => "Done",
        StepOutcome::Refused => "Refused",
        StepOutcome::NotApplied => "Not applied",
        StepOutcome::Conflict => "Conflict",
        StepOutcome::Unknown => "Unknown",
    }
}

/// Everything that a record is found by, in the form in which texts are compared.
pub fn haystack(record: &ActivityRecord, name_of: impl Fn(&UserId) -> String) -> String {
    let mut text = title(record);
    let mut add = |part: &str| {
        text.push('\n');
        text.push_str(part);
    };
    add(&record.by);
    add(&record.note);
    for NamedWorkspace { id, name, slug } in &record.workspaces {
        add(name);
        slug.iter().for_each(|slug| add(slug.as_str()));
        id.iter().for_each(|id| add(id.as_str()));
    }
    for step in &record.steps {
        add(&step.message);
        for change in &step.changes {
            [&change.field, &change.from, &change.to].into_iter().for_each(|part| add(part));
        }
        for person in &step.people {
            add(person.as_str());
            add(&name_of(person));
        }
    }
    fold::key(&text)
}
