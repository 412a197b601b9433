//! What an answer means for the people of its request.
//!
//! Invariant: a person is done only by the server's count of the whole request, or by a certain listing of the members.

use std::collections::HashSet;
use std::sync::Arc;

use super::bisect::Bisection;
use super::{Batch, Members, Phase};
use crate::domain::UserId;
use crate::jobs::engine::{Failure, Ledger, Outcome, Scope};

/// How often a person is sent whom an unclear request turned out not to have changed.
const MOST_TRIES: u8 = 2;

impl Members {
    /// Applies the answer to a request: how many people the server says it concerned, or why it failed.
    pub(super) fn apply_answer(&mut self, at: usize, answer: Result<u64, Failure>, ledger: &mut Ledger<UserId>) {
        let people = self.batches[at].search.request().to_vec();
        self.batches[at].phase = Phase::Ready;
        match answer {
            Ok(count) if count == people.len() as u64 => {
                self.set_all(at, &Outcome::Done, ledger);
                self.batches[at].search.accept();
            }
            Ok(count) => {
                let why = "The API took the request, but the list of members does not show it.";
                self.unsettle(at, why.into(), Some(count));
            }
            Err(Failure::Refused { words, mentions }) => {
                self.set_all(at, &Outcome::Waiting, ledger);
                let is_named = |item: usize| names(&words, &mentions, ledger.items()[item].subject.as_str());
                if let Some(cause) = self.batches[at].search.refuse(is_named) {
                    ledger.set(cause, Outcome::Refused(words));
                }
            }
            Err(Failure::Gone(words)) => {
                self.set_all(at, &Outcome::Waiting, ledger);
                self.give_up(self.batches[at].workspace, &words, ledger);
            }
            Err(failure) => self.unsettle(at, failure.reason(), None),
        }
    }

    fn unsettle(&mut self, at: usize, why: Arc<str>, counted: Option<u64>) {
        let batch = &mut self.batches[at];
        (batch.phase, batch.why, batch.counted) = (Phase::Unsettled, why, counted);
    }

    /// Applies a listing of the members.
    ///
    /// # Errors
    /// The reason of a listing that failed or is not certain: it settles no one.
    pub(super) fn apply_listing(
        &mut self,
        workspace: usize,
        members: Result<HashSet<UserId>, Failure>,
        ledger: &mut Ledger<UserId>,
        scope: Scope,
    ) -> Result<(), Arc<str>> {
        self.listing.remove(&workspace);
        match members {
            Ok(members) => self.settle(workspace, &members, ledger),
            Err(Failure::Gone(words)) => {
                self.close_unsettled(workspace, |_, item| ledger.set(item, Outcome::Waiting));
                self.give_up(workspace, &words, ledger);
            }
            Err(failure) if scope == Scope::Started => {
                let words = failure.reason();
                self.close_unsettled(workspace, |why, item| {
                    let why = format!("{why} Listing the members failed too: {words}");
                    ledger.set(item, Outcome::Unknown(why.into()));
                });
            }
            Err(failure) => return Err(failure.reason()),
        }
        Ok(())
    }

    fn unsettled_at(&mut self, workspace: usize) -> impl Iterator<Item = &mut Batch> {
        self.batches.iter_mut().filter(move |it| it.workspace == workspace && it.phase == Phase::Unsettled)
    }

    /// Ends the unsettled requests of a workspace with an outcome for each of their people.
    fn close_unsettled(&mut self, workspace: usize, mut end: impl FnMut(&Arc<str>, usize)) {
        for batch in self.unsettled_at(workspace) {
            batch.phase = Phase::Ready;
            let why = batch.why.clone();
            batch.search.request().iter().for_each(|item| end(&why, *item));
            batch.search.settle(Vec::new());
        }
    }

    /// Compares everyone in an unsettled request with the members: as wanted, to be sent once more, or refused.
    fn settle(&mut self, workspace: usize, members: &HashSet<UserId>, ledger: &mut Ledger<UserId>) {
        let (action, mut tries) = (self.action, std::mem::take(&mut self.tries));
        for batch in self.unsettled_at(workspace) {
            batch.phase = Phase::Ready;
            // Where the server counted no one, people who are as wanted were so before.
            let met = if batch.counted.take() == Some(0) { Outcome::Unchanged } else { Outcome::Done };
            let mut again = Vec::new();
            for &item in batch.search.request() {
                if action.is_met(members.contains(&ledger.items()[item].subject)) {
                    ledger.set(item, met.clone());
                } else if tries[item] + 1 < MOST_TRIES {
                    tries[item] += 1;
                    ledger.set(item, Outcome::Waiting);
                    again.push(item);
                } else {
                    let words = format!("{} Listing the members shows that nothing was changed.", batch.why);
                    ledger.set(item, Outcome::Refused(words.into()));
                }
            }
            batch.search.settle(again);
        }
        self.tries = tries;
    }

    /// Refuses everyone who is not settled: the workspace does not exist.
    fn give_up(&mut self, workspace: usize, words: &Arc<str>, ledger: &mut Ledger<UserId>) {
        for at in 0..ledger.items().len() {
            let item = &ledger.items()[at];
            if item.workspace == workspace && item.outcome == Outcome::Waiting {
                ledger.set(at, Outcome::Refused(words.clone()));
            }
        }
        for batch in self.batches.iter_mut().filter(|it| it.workspace == workspace && it.phase == Phase::Ready) {
            batch.search = Bisection::new(Vec::new());
        }
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
