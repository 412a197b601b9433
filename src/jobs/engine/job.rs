//! One job: what to do next, and what each answer means. A state machine without clock, network or browser: the time is
//! passed in.

use std::ops::RangeInclusive;
use std::sync::Arc;
use std::time::Duration;

use super::items::{Item, JobSpec, Ledger, Outcome, OutcomeKind, Scope};
use super::planner::{Call, Failure, Planner, Ticket};
use crate::api::IssuedKey;

/// The longest wait, in seconds, after a 429 that does not say how long.
const LONGEST_OWN_WAIT: u64 = 60;
/// Limits of the wait that a 429 asks for. Under a second the API would be asked without a pause; browser timers of over
/// 24 days end at once.
const ASKED_WAIT: RangeInclusive<Duration> = Duration::from_secs(1)..=Duration::from_secs(86_400);

pub enum Next<P: Planner> {
    Send(Call<P>),
    /// Wait this long, then call [`Job::end_wait`] with this round.
    Wait(Duration, u32),
    /// Wait for a key or for the sign-in at the proxy, then call [`Job::accept_key`].
    AskKey,
    /// Nothing, until an answer or a command arrives.
    Idle,
    End,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stage {
    Running,
    /// The API asked to wait this long.
    Waiting(Duration),
    /// The key is not accepted any more, or the sign-in at the proxy has ended.
    NeedsKey,
    /// Paused by the person; or by the job, for this reason.
    Paused(Option<Arc<str>>),
    /// It ends once everything in flight is settled.
    Stopping,
    Ended,
    /// Another tab has taken the job over while this one was frozen. Nothing more is sent from here.
    TakenOver,
}

impl Stage {
    /// Whether nothing more is sent.
    pub fn is_over(&self) -> bool {
        matches!(self, Self::Ended | Self::TakenOver)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Command {
    Pause,
    /// Continue after a pause.
    Resume,
    /// End once everything in flight is settled. What was not started is not tried.
    Stop,
    /// Try again what was refused, is unknown or was not tried.
    Retry,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Wait {
    length: Duration,
    has_begun: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Key {
    Accepted,
    Refused,
    Asked,
}

pub struct Job<P: Planner> {
    pub(in crate::jobs) head: P::Head,
    pub(in crate::jobs) ledger: Ledger<P::Subject>,
    planner: P,
    /// What the person wants; [`Job::stage`] adds what the API allows.
    stage: Stage,
    in_flight: usize,
    wait: Option<Wait>,
    /// Rises with each wait, so that the end of an older one is not taken for that of a newer one.
    round: u32,
    key: Key,
    /// After a 429, until a write is accepted: one request at a time.
    is_narrow: bool,
    strikes: u32,
}

impl<P: Planner> Job<P> {
    /// A job that is about to start, or one that a record holds.
    pub fn new(spec: JobSpec<P::Head, P::Subject>) -> Self {
        let ledger = Ledger::new(spec.workspaces, spec.items);
        let planner = P::prepare(&spec.head, &ledger);
        Self {
            head: spec.head,
            ledger,
            planner,
            stage: Stage::Running,
            in_flight: 0,
            wait: None,
            round: 0,
            key: Key::Accepted,
            is_narrow: false,
            strikes: 0,
        }
    }

    pub fn stage(&self) -> Stage {
        match &self.stage {
            Stage::Running if self.key != Key::Accepted => Stage::NeedsKey,
            Stage::Running => self.wait.map_or(Stage::Running, |wait| Stage::Waiting(wait.length)),
            stage => stage.clone(),
        }
    }

    pub fn command(&mut self, command: Command) {
        self.stage = match (command, &self.stage) {
            (Command::Pause, Stage::Running) => Stage::Paused(None),
            (Command::Resume, Stage::Paused(_)) => Stage::Running,
            (Command::Retry, Stage::Ended) => {
                let is_retried = |item: &Item<_>| item.outcome.kind().is_some_and(OutcomeKind::is_retried);
                self.ledger.set_where(is_retried, &Outcome::Waiting);
                self.planner = P::prepare(&self.head, &self.ledger);
                Stage::Running
            }
            (Command::Stop, stage) if !stage.is_over() => Stage::Stopping,
            _ => return,
        };
    }

    pub fn undo(&self) -> JobSpec<P::Head, P::Subject> {
        P::undo(&self.head, &self.ledger)
    }

    /// Takes the new API keys with their secrets, by item.
    pub fn take_issued(&mut self) -> Vec<(usize, IssuedKey)> {
        self.planner.take_issued()
    }

    /// Sets the time of the next decisions, by the server's clock in Unix seconds; `None` if it is not known.
    pub fn set_time(&mut self, now: Option<i64>) {
        self.ledger.set_time(now);
    }

    /// Decides what to do now, and marks what it returns as in flight, so nothing is started twice.
    pub fn decide(&mut self) -> Next<P> {
        let is_held = self.key != Key::Accepted || self.wait.is_some();
        match self.stage {
            Stage::Ended | Stage::TakenOver => return Next::End,
            // Nothing may be sent for now, so nothing more can be settled: the rest ends as it is.
            Stage::Stopping if self.in_flight == 0 && is_held => return self.end(),
            Stage::Stopping if is_held => return Next::Idle,
            Stage::Paused(_) => return Next::Idle,
            _ => {}
        }
        match self.key {
            Key::Refused => {
                self.key = Key::Asked;
                return Next::AskKey;
            }
            Key::Asked => return Next::Idle,
            Key::Accepted => {}
        }
        if let Some(wait) = &mut self.wait {
            let has_begun = std::mem::replace(&mut wait.has_begun, true);
            return if has_begun { Next::Idle } else { Next::Wait(wait.length, self.round) };
        }
        let limit = if self.is_narrow { 1 } else { P::MAX_IN_FLIGHT };
        let scope = self.scope();
        if self.in_flight < limit
            && let Some(call) = self.planner.next(&mut self.ledger, scope)
        {
            self.in_flight += 1;
            return Next::Send(call);
        }
        if self.in_flight == 0 { self.end() } else { Next::Idle }
    }

    fn scope(&self) -> Scope {
        if self.stage == Stage::Stopping { Scope::Started } else { Scope::All }
    }

    pub fn apply_read(&mut self, ticket: usize, answer: Result<P::Found, Failure>) {
        let Some(answer) = self.admit(Ticket::Read(ticket), answer) else { return };
        let scope = self.scope();
        if let Err(why) = self.planner.apply_read(ticket, answer, &mut self.ledger, scope) {
            self.stage = Stage::Paused(Some(why));
        }
    }

    pub fn apply_write(&mut self, ticket: usize, answer: Result<P::Written, Failure>) {
        let Some(answer) = self.admit(Ticket::Write(ticket), answer) else { return };
        self.strikes = 0;
        if answer.is_ok() {
            self.is_narrow = false;
        }
        self.planner.apply_write(ticket, answer, &mut self.ledger);
    }

    /// Passes on an answer that says something about the request, and holds the job for one that does not.
    fn admit<T>(&mut self, ticket: Ticket, answer: Result<T, Failure>) -> Option<Result<T, Failure>> {
        self.in_flight = self.in_flight.saturating_sub(1);
        match answer {
            Err(Failure::Busy(asked)) => self.hold_back(asked),
            // A key that is asked for already stays asked for.
            Err(Failure::Unauthorized) if self.key == Key::Accepted => self.key = Key::Refused,
            Err(Failure::Unauthorized) => {}
            answer => return Some(answer),
        }
        self.planner.put_back(ticket, &mut self.ledger);
        None
    }

    fn hold_back(&mut self, asked: Option<Duration>) {
        self.is_narrow = true;
        let own = Duration::from_secs(2u64.saturating_pow(self.strikes).min(LONGEST_OWN_WAIT));
        self.strikes = self.strikes.saturating_add(1);
        self.round = self.round.wrapping_add(1);
        let length = asked.unwrap_or(own).clamp(*ASKED_WAIT.start(), *ASKED_WAIT.end());
        self.wait = Some(Wait { length, has_begun: false });
    }

    pub fn end_wait(&mut self, round: u32) {
        if round == self.round {
            self.wait = None;
        }
    }

    /// Leaves the job to another tab. What is in flight stays so: the other tab reads it back.
    pub fn hand_over(&mut self) {
        self.stage = Stage::TakenOver;
    }

    pub fn accept_key(&mut self) {
        self.key = Key::Accepted;
    }

    fn end(&mut self) -> Next<P> {
        self.planner.finish(&mut self.ledger);
        self.ledger.set_where(|item| item.outcome == Outcome::Waiting, &Outcome::NotTried);
        self.stage = Stage::Ended;
        (self.wait, self.key) = (None, Key::Accepted);
        Next::End
    }
}
