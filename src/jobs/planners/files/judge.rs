//! What was read of a workspace, against what the plan expects there.

use std::collections::HashSet;

use super::{FileAction, FileRead, Found, MOST_TRIES, Track};
use crate::api::members::Acknowledged;
use crate::domain::{UserId, UserIds, Workspace, WorkspaceId};
use crate::files::Settings;
use crate::files::plan::Part;
use crate::jobs::engine::{Failure, Outcome};

pub(super) enum Verdict {
    Send(FileAction),
    End(Outcome),
}

const GONE: &str = "The workspace no longer exists.";

/// What has to be read before a part.
pub(super) fn read_for(part: &Part, workspace: WorkspaceId) -> FileRead {
    match part {
        Part::Create(_) | Part::Settings { .. } | Part::Delete(_) => FileRead::Workspace(workspace),
        Part::Budgets(_) => FileRead::Budgets(workspace),
        Part::Add(_) | Part::Remove(_) => FileRead::Members(workspace),
    }
}

/// What is sent without a read: a creation that was not sent before.
pub(super) fn without_read(part: &Part, was_sent: bool) -> Option<FileAction> {
    match part {
        Part::Create(settings) if !was_sent => settings.create().map(|body| FileAction::Create(Box::new(body))),
        _ => None,
    }
}

/// The outcome of people whom the API says that it added or removed.
pub(super) fn acknowledged(said: Option<&Acknowledged>, sent: usize) -> Outcome {
    match said {
        Some(said) if said.count != sent as u64 => {
            Outcome::Unknown(format!("The API counted {} of {sent} people.", said.count).into())
        }
        Some(said) if !said.already.is_empty() => Outcome::Unattributed,
        _ => Outcome::Done,
    }
}

impl Track {
    pub(super) fn judge(&mut self, part: &Part, was_sent: bool, answer: Result<Found, Failure>) -> Verdict {
        match (part, answer) {
            (Part::Budgets(plan), answer) => {
                let answer = answer.map(|found| if let Found::Budgets(now) = found { now } else { plan.start() });
                match self.budget.judge(plan, was_sent, answer) {
                    Some(outcome) => Verdict::End(outcome),
                    None => self
                        .budget
                        .take_step()
                        .map_or(Verdict::End(Outcome::Unchanged), |step| Verdict::Send(FileAction::Step(step))),
                }
            }
            (_, Err(failure)) => Verdict::End(unread(was_sent, &failure)),
            (Part::Create(settings), Ok(Found::Workspace(found))) => creation(settings, was_sent, found.as_deref()),
            (Part::Settings { before, after }, Ok(Found::Workspace(Some(now)))) => {
                let settings = Settings::of(&now);
                if before.is_met_by(&settings) {
                    let update = Box::new(after.update());
                    Verdict::Send(FileAction::Update(now, update))
                } else {
                    Verdict::End(moved(after.is_met_by(&settings), was_sent, Outcome::Done))
                }
            }
            (Part::Settings { .. }, Ok(_)) => Verdict::End(Outcome::Refused(GONE.into())),
            (Part::Delete(settings), Ok(Found::Workspace(Some(now)))) => {
                match settings.is_met_by(&Settings::of(&now)) {
                    true => Verdict::Send(FileAction::Delete(now.id)),
                    false => Verdict::End(Outcome::ChangedElsewhere),
                }
            }
            (Part::Delete(_), Ok(_)) => Verdict::End(if was_sent { Outcome::Done } else { Outcome::Unchanged }),
            (Part::Add(people), Ok(Found::Members(now))) => self.people(people, was_sent, |id| now.contains(id), true),
            (Part::Remove(people), Ok(Found::Members(now))) => {
                self.people(people, was_sent, |id| !now.contains(id), false)
            }
            (_, Ok(_)) => Verdict::End(Outcome::NotTried),
        }
    }

    /// People are sent only where all of them are as the plan expects. After an unclear request they are sent once more.
    fn people(&mut self, people: &[UserId], was_sent: bool, is_met: impl Fn(&UserId) -> bool, is_add: bool) -> Verdict {
        let met: HashSet<&UserId> = people.iter().filter(|id| is_met(id)).collect();
        if !met.is_empty() {
            return Verdict::End(moved(met.len() == people.len(), was_sent, Outcome::Unattributed));
        }
        if self.tries >= MOST_TRIES {
            let why = self.why.clone().unwrap_or_default();
            return Verdict::End(Outcome::Refused(
                format!("{why} We checked the members: nothing was changed.").into(),
            ));
        }
        self.tries += 1;
        match UserIds::new(people.iter().cloned()) {
            Some(ids) => Verdict::Send(if is_add { FileAction::Add(ids) } else { FileAction::Remove(ids) }),
            None => Verdict::End(Outcome::Unchanged),
        }
    }
}

/// A slug that is taken is someone else's workspace, unless this job may have created it.
fn creation(settings: &Settings, was_sent: bool, found: Option<&Workspace>) -> Verdict {
    match (found, settings.create()) {
        (None, Some(body)) => Verdict::Send(FileAction::Create(Box::new(body))),
        (None, None) => Verdict::End(Outcome::Refused("The workspace has no valid name and slug.".into())),
        (Some(now), Some(body)) if was_sent && body.is_met_by(now) => Verdict::End(Outcome::Unattributed),
        (Some(_), _) => Verdict::End(Outcome::ChangedElsewhere),
    }
}

/// The outcome where the workspace is not what the plan expects. `own` is that of a change that this job may have made.
fn moved(is_met: bool, was_sent: bool, own: Outcome) -> Outcome {
    match (is_met, was_sent) {
        (true, true) => own,
        (true, false) => Outcome::Unchanged,
        (false, _) => Outcome::ChangedElsewhere,
    }
}

fn unread(was_sent: bool, failure: &Failure) -> Outcome {
    match failure {
        Failure::Gone(words) => Outcome::Refused(words.clone()),
        other if was_sent => Outcome::Unknown(other.reason()),
        other => Outcome::Refused(other.reason()),
    }
}
