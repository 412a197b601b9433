//! What an answer means for the people of its request.
//!
//! Invariant: a person is done only by the server's count of the whole request, or by a certain listing of the members that
//! does not show someone else's change.

use std::sync::Arc;

use super::bisect::Bisection;
use super::{Action, Batch, ListedMembers, Members, Phase};
use crate::api::listing::Doubt;
use crate::api::members::Acknowledged;
use crate::domain::UserId;
use crate::jobs::engine::{Failure, Item, Ledger, Outcome};

const NOT_SHOWN: &str = "The API accepted the request, but the list of members doesn’t show the change.";

/// How often a person is sent whom an unclear request turned out not to have changed.
const MOST_TRIES: u8 = 2;

impl Members {
    /// Applies the answer to a request: what the server says that it did, or why it failed.
    pub(super) fn apply_answer(
        &mut self,
        at: usize,
        answer: Result<Acknowledged, Failure>,
        ledger: &mut Ledger<UserId>,
    ) {
        let sent = self.batches[at].search.request().len() as u64;
        self.batches[at].phase = Phase::Ready;
        match answer {
            Ok(said) if said.count == sent => {
                let workspace = self.batches[at].workspace;
                for &item in self.batches[at].search.request() {
                    let is_older = said.already.contains(&ledger.items()[item].subject);
                    ledger.set(item, as_wanted(Some(is_older), self.is_resent[item]));
                    if !is_older {
                        self.acknowledged.entry(workspace).or_default().push(item);
                    }
                }
                self.batches[at].search.accept();
            }
            Ok(said) => self.unsettle(at, NOT_SHOWN.into(), Some(said)),
            Err(Failure::Refused { words, mentions }) => {
                self.set_all(at, &Outcome::Waiting, ledger);
                let is_named = |item: usize| names(&words, &mentions, ledger.items()[item].subject.as_str());
                if let Some(cause) = self.batches[at].search.refuse(is_named) {
                    ledger.set(cause, Outcome::Refused(words));
                }
            }
            Err(Failure::Gone(words) | Failure::Blocked(words)) => {
                self.set_all(at, &Outcome::Waiting, ledger);
                self.give_up(self.batches[at].workspace, &words, ledger);
            }
            Err(failure) => self.unsettle(at, failure.reason(), None),
        }
    }

    fn unsettle(&mut self, at: usize, why: Arc<str>, said: Option<Acknowledged>) {
        let batch = &mut self.batches[at];
        (batch.phase, batch.why, batch.said) = (Phase::Unsettled, why, said);
    }

    /// Settles the unsettled requests of a workspace by a listing of its members: each person is as wanted, sent once more,
    /// or refused. Without a listing they are unknown, or refused where the workspace does not exist.
    pub(super) fn settle(
        &mut self,
        workspace: usize,
        members: &Result<ListedMembers, Failure>,
        ledger: &mut Ledger<UserId>,
    ) {
        let action = self.action;
        let unsettled = |it: &&mut Batch| it.workspace == workspace && it.phase == Phase::Unsettled;
        for batch in self.batches.iter_mut().filter(unsettled) {
            batch.phase = Phase::Ready;
            let (why, said) = (&batch.why, batch.said.take());
            let mut again = Vec::new();
            let request = batch.search.request();
            let sent = request.len() as u64;
            for &item in request {
                let person = &ledger.items()[item].subject;
                let outcome = match members {
                    Err(Failure::Gone(words)) => Outcome::Refused(words.clone()),
                    Err(failure) => {
                        let words = failure.reason();
                        Outcome::Unknown(format!("{why} We couldn’t check the members: {words}").into())
                    }
                    Ok(members) if action.is_met(members.contains_key(person)) => {
                        let was_so = match (action, &said) {
                            (_, Some(said)) if said.already.contains(person) => Some(true),
                            (Action::Add, _) => {
                                let created = members.get(person).copied().flatten();
                                created.zip(ledger.items()[item].sent_at).map(|(created, sent_at)| created < sent_at)
                            }
                            (Action::Remove, Some(said)) => (said.count >= sent).then_some(false),
                            (Action::Remove, None) => Some(false),
                        };
                        // Where the server counted no one, people who are as wanted were so before.
                        let is_unchanged = said.as_ref().is_some_and(|said| said.count == 0);
                        if is_unchanged { Outcome::Unchanged } else { as_wanted(was_so, self.is_resent[item]) }
                    }
                    Ok(_) if self.tries[item] + 1 < MOST_TRIES => {
                        self.tries[item] += 1;
                        self.is_resent[item] = true;
                        again.push(item);
                        Outcome::Waiting
                    }
                    Ok(_) => {
                        let words = format!("{why} We checked the members: nothing was changed.");
                        Outcome::Refused(words.into())
                    }
                };
                ledger.set(item, outcome);
            }
            batch.search.settle(again);
        }
        if let Err(Failure::Gone(words)) = members {
            self.give_up(workspace, words, ledger);
        }
    }

    /// Whether nothing can be sent to a workspace without a listing. What the server acknowledged needs none.
    pub(super) fn needs_listing(&self, workspace: usize, failure: &Failure) -> bool {
        !matches!(failure, Failure::Gone(_)) && self.workspaces(Phase::Unsettled).contains(&workspace)
    }

    /// Compares what the server acknowledged with a listing. Without one, its word stands.
    pub(super) fn verify(&mut self, workspace: usize, members: Option<&ListedMembers>, ledger: &mut Ledger<UserId>) {
        for item in self.acknowledged.remove(&workspace).unwrap_or_default() {
            let is_met =
                |members: &ListedMembers| self.action.is_met(members.contains_key(&ledger.items()[item].subject));
            if !members.is_none_or(is_met) {
                ledger.set(item, Outcome::Refused(NOT_SHOWN.into()));
            }
        }
    }

    /// Refuses everyone who is not settled: the workspace does not exist, or nothing can be sent to it.
    fn give_up(&mut self, workspace: usize, words: &Arc<str>, ledger: &mut Ledger<UserId>) {
        let is_open = |item: &Item<UserId>| item.workspace == workspace && item.outcome == Outcome::Waiting;
        ledger.set_where(is_open, &Outcome::Refused(words.clone()));
        for batch in self.batches.iter_mut().filter(|it| it.workspace == workspace && it.phase == Phase::Ready) {
            batch.search = Bisection::new(Vec::new());
        }
    }
}

/// The outcome of a person who is as wanted. `was_so` tells whether they were so before the last request about them, if that
/// is known; then an earlier request of this job may have done it.
fn as_wanted(was_so: Option<bool>, is_resent: bool) -> Outcome {
    match was_so {
        Some(false) => Outcome::Done,
        Some(true) if !is_resent => Outcome::Unchanged,
        _ => Outcome::Unattributed,
    }
}

/// Whether the server's words name an ID, and not as part of a longer one.
fn names(words: &str, mentions: &str, id: &str) -> bool {
    [words, mentions].into_iter().any(|text| {
        text.match_indices(id).any(|(at, _)| {
            let is_apart = |beside: Option<char>| beside.is_none_or(|char| !char.is_alphanumeric() && char != '_');
            is_apart(text[..at].chars().next_back()) && is_apart(text[at + id.len()..].chars().next())
        })
    })
}

/// The failure of a listing that may lack members.
pub(super) fn failure_of(doubt: &Doubt) -> Failure {
    Failure::Unclear(match doubt {
        Doubt::Unreadable(path) => format!("Couldn’t read a member at {path}.").into(),
        Doubt::Changed => "The members kept changing while they were loading.".into(),
        Doubt::Incomplete(_) => "The API did not list all members.".into(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_listing_that_may_lack_members_is_an_unclear_failure() {
        for (doubt, words) in [
            (Doubt::Incomplete(1), "The API did not list all members."),
            (Doubt::Changed, "The members kept changing while they were loading."),
            (Doubt::Unreadable("data[3].user_id".to_owned()), "Couldn’t read a member at data[3].user_id."),
        ] {
            assert_eq!(failure_of(&doubt), Failure::Unclear(words.into()));
        }
    }
}
