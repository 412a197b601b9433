//! What is to be done now.
//!
//! Invariant: asking is deciding: whatever is answered is taken to be under way, so that nothing is begun twice.

use std::collections::HashSet;

use super::{Machine, Next, Phase, Stage};
use crate::bulk::order::Status;

/// Requests on their way at once.
const IN_FLIGHT: usize = 4;

impl Machine {
    /// What is to be done now. Whatever it answers is taken to be under way.
    pub fn decide(&mut self) -> Next {
        let flying = self.lanes.iter().filter(|lane| lane.phase == Phase::Flying).count() + self.listing.len();
        let is_unsettled = self.lanes.iter().any(|lane| lane.phase == Phase::Unsettled);
        match self.stage {
            Stage::Ended => return Next::End,
            Stage::Stopping if flying == 0 && (!is_unsettled || self.needs_key) => return self.end(),
            Stage::Paused(_) => return Next::Idle,
            _ => {}
        }
        if self.needs_key {
            return if std::mem::replace(&mut self.is_asking, true) { Next::Idle } else { Next::AskKey };
        }
        if let Some(wait) = self.wait {
            let is_under_way = std::mem::replace(&mut self.is_waiting, true);
            return if is_under_way { Next::Idle } else { Next::Wait { wait, round: self.round } };
        }
        if let Some(next) = self.next_listing() {
            return next;
        }
        if self.stage != Stage::Running {
            return Next::Idle;
        }
        let limit = if self.is_narrow { 1 } else { IN_FLIGHT };
        if flying < limit
            && let Some(next) = self.next_request()
        {
            return next;
        }
        if flying == 0 { self.end() } else { Next::Idle }
    }

    fn next_listing(&mut self) -> Option<Next> {
        let busy = self.places(Phase::Flying);
        let mut unclear = self.lanes.iter().filter(|lane| lane.phase == Phase::Unsettled).map(|lane| lane.place);
        let place = unclear.find(|place| !busy.contains(place) && !self.listing.contains(place))?;
        self.listing.insert(place);
        Some(Next::List { place, workspace: self.workspaces[place].clone() })
    }

    fn next_request(&mut self) -> Option<Next> {
        let unclear = self.places(Phase::Unsettled);
        for at in 0..self.lanes.len() {
            let lane = &mut self.lanes[at];
            if lane.phase != Phase::Ready || unclear.contains(&lane.place) {
                continue;
            }
            if let Some(people) = lane.hunt.request().map(<[usize]>::to_vec) {
                lane.phase = Phase::Flying;
                let workspace = self.workspaces[lane.place].clone();
                people.iter().for_each(|item| self.set(*item, Status::Sent));
                let people = people.iter().map(|item| self.items[*item].person.clone()).collect();
                return Some(Next::Send { lane: at, workspace, people });
            }
        }
        None
    }

    /// Where a batch is in that phase.
    fn places(&self, phase: Phase) -> HashSet<usize> {
        self.lanes.iter().filter(|lane| lane.phase == phase).map(|lane| lane.place).collect()
    }

    /// The end: whoever was not sent is not tried, and what could not be looked up is not known.
    fn end(&mut self) -> Next {
        for lane in std::mem::take(&mut self.lanes) {
            let mut hunt = lane.hunt;
            if lane.phase == Phase::Unsettled {
                let people = hunt.request().map(<[usize]>::to_vec).unwrap_or_default();
                people.into_iter().for_each(|item| self.set(item, Status::Unknown(lane.why.clone())));
            }
        }
        for at in 0..self.items.len() {
            if self.items[at].status == Status::Waiting {
                self.set(at, Status::NotTried);
            }
        }
        self.stage = Stage::Ended;
        (self.wait, self.is_waiting, self.needs_key, self.is_asking) = (None, false, false, false);
        Next::End
    }
}
