//! What an answer means for the people of its request.
//!
//! Invariant: nobody is done but by the server's count of the whole request, or by a list of the members.

use std::collections::HashSet;
use std::ops::RangeInclusive;
use std::sync::Arc;
use std::time::Duration;

use super::{Machine, Phase, Stage};
use crate::bulk::drive::Failure;
use crate::bulk::hunt::Hunt;
use crate::bulk::order::Status;
use crate::domain::UserId;

/// How often somebody is sent who turned out not to be changed by an unclear request.
const MOST_TRIES: u8 = 2;
/// The longest wait, in seconds, after a 429 that does not say how long.
const MOST_WAIT: u64 = 60;
/// What is made of the wait that a 429 asks for. At least a second, or the API would be asked without a pause; at most a
/// day, because a browser's timer for more than 24 of them is over at once.
const ASKED_WAIT: RangeInclusive<Duration> = Duration::from_secs(1)..=Duration::from_secs(86_400);

impl Machine {
    /// A request was answered: with how many people the server says it concerned, or with why not.
    pub fn answered(&mut self, lane: usize, answer: Result<u64, Failure>) {
        let Some(people) = self.lanes.get_mut(lane).and_then(|lane| lane.hunt.request().map(<[usize]>::to_vec)) else {
            return;
        };
        if !matches!(answer, Err(Failure::Busy(_) | Failure::Unauthorized)) {
            self.strikes = 0;
        }
        self.lanes[lane].phase = Phase::Ready;
        match answer {
            Ok(count) => {
                self.is_narrow = false;
                if count == people.len() as u64 {
                    people.iter().for_each(|item| self.set(*item, Status::Done));
                    self.lanes[lane].hunt.accepted();
                } else {
                    let why = "The API took the request, but the list of members does not show it.";
                    self.unsettle(lane, why.into(), Some(count));
                }
            }
            Err(Failure::Unclear(why)) => self.unsettle(lane, why, None),
            Err(Failure::Refused { words, mentions }) => {
                people.iter().for_each(|item| self.set(*item, Status::Waiting));
                let items = &self.items;
                let is_named = |item: usize| names(&words, &mentions, items[item].person.as_str());
                if let Some(culprit) = self.lanes[lane].hunt.refused(is_named) {
                    self.set(culprit, Status::Refused(words));
                }
            }
            Err(Failure::Gone(words)) => {
                people.iter().for_each(|item| self.set(*item, Status::Waiting));
                self.give_up(self.lanes[lane].place, &words);
            }
            Err(failure) => {
                people.iter().for_each(|item| self.set(*item, Status::Waiting));
                self.hold(&failure);
            }
        }
    }

    fn unsettle(&mut self, lane: usize, why: Arc<str>, counted: Option<u64>) {
        let lane = &mut self.lanes[lane];
        (lane.phase, lane.why, lane.counted) = (Phase::Unsettled, why, counted);
    }

    /// The members of a workspace were listed, or could not be. A listing that fails pauses the job: it is not known
    /// what has become of people, and the next request would be as blind.
    pub fn listed(&mut self, place: usize, members: Result<HashSet<UserId>, Failure>) {
        self.listing.remove(&place);
        match members {
            Ok(members) => self.settle(place, &members),
            Err(Failure::Gone(words)) => {
                self.unclear_at(place, |machine, _, item| machine.set(item, Status::Waiting));
                self.give_up(place, &words);
            }
            Err(failure @ (Failure::Busy(_) | Failure::Unauthorized)) => self.hold(&failure),
            Err(Failure::Unclear(words) | Failure::Refused { words, .. }) if self.stage == Stage::Stopping => {
                self.unclear_at(place, |machine, why, item| {
                    machine.set(item, Status::Unknown(format!("{why} Listing the members failed too: {words}").into()));
                });
            }
            Err(Failure::Unclear(words) | Failure::Refused { words, .. }) => self.stage = Stage::Paused(Some(words)),
        }
    }

    /// Ends the unclear requests of a workspace, with an end for each of their people.
    fn unclear_at(&mut self, place: usize, end: impl Fn(&mut Self, &Arc<str>, usize)) {
        for at in 0..self.lanes.len() {
            let lane = &mut self.lanes[at];
            if lane.place == place && lane.phase == Phase::Unsettled {
                lane.phase = Phase::Ready;
                let (people, why) = (lane.hunt.request().map(<[usize]>::to_vec), lane.why.clone());
                lane.hunt.settled(Vec::new());
                people.into_iter().flatten().for_each(|item| end(self, &why, item));
            }
        }
    }

    /// Judges by the list whoever was sent without a clear answer: as wanted, or to be sent once more, or refused.
    fn settle(&mut self, place: usize, members: &HashSet<UserId>) {
        for at in 0..self.lanes.len() {
            let lane = &mut self.lanes[at];
            if lane.place != place || lane.phase != Phase::Unsettled {
                continue;
            }
            lane.phase = Phase::Ready;
            let (why, met) = (lane.why.clone(), lane.counted.take());
            // Where the server counted nobody, whoever is as wanted was so before.
            let met = if met == Some(0) { Status::AlreadySo } else { Status::Done };
            let people = lane.hunt.request().map(<[usize]>::to_vec).unwrap_or_default();
            let mut again = Vec::new();
            for item in people {
                if self.action.is_met(members.contains(&self.items[item].person)) {
                    self.set(item, met.clone());
                } else if self.tries[item] + 1 < MOST_TRIES {
                    self.tries[item] += 1;
                    self.set(item, Status::Waiting);
                    again.push(item);
                } else {
                    let words = format!("{why} Listing the members shows that nothing was changed.");
                    self.set(item, Status::Refused(words.into()));
                }
            }
            self.lanes[at].hunt.settled(again);
        }
    }

    /// The wait of this round is over.
    pub fn waited(&mut self, round: u32) {
        if round == self.round {
            (self.wait, self.is_waiting) = (None, false);
        }
    }

    /// The key is accepted again.
    pub fn key_given(&mut self) {
        (self.needs_key, self.is_asking) = (false, false);
    }

    /// What keeps the whole job waiting.
    fn hold(&mut self, failure: &Failure) {
        match failure {
            Failure::Busy(wait) => {
                self.is_narrow = true;
                let own = Duration::from_secs(2u64.saturating_pow(self.strikes).min(MOST_WAIT));
                self.strikes = self.strikes.saturating_add(1);
                let wait = wait.unwrap_or(own).clamp(*ASKED_WAIT.start(), *ASKED_WAIT.end());
                self.round = self.round.wrapping_add(1);
                (self.wait, self.is_waiting) = (Some(wait), false);
            }
            _ => self.needs_key = true,
        }
    }

    /// The workspace is gone: that is the answer for everybody who is not through.
    fn give_up(&mut self, place: usize, words: &Arc<str>) {
        for at in 0..self.items.len() {
            if self.items[at].place == place && self.items[at].status == Status::Waiting {
                self.set(at, Status::Refused(words.clone()));
            }
        }
        for lane in self.lanes.iter_mut().filter(|lane| lane.place == place && lane.phase == Phase::Ready) {
            lane.hunt = Hunt::new(Vec::new());
        }
    }
}

/// Whether words of the server name somebody: the id stands in them, and not as a part of a longer one.
fn names(words: &str, mentions: &str, id: &str) -> bool {
    [words, mentions].into_iter().any(|text| {
        text.match_indices(id).any(|(at, _)| {
            let is_apart = |beside: Option<char>| beside.is_none_or(|char| !char.is_alphanumeric() && char != '_');
            is_apart(text[..at].chars().next_back()) && is_apart(text[at + id.len()..].chars().next())
        })
    })
}
