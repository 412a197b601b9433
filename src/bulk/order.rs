//! What a job is to do, and how it stands with each person.
//!
//! Invariant: the counts of a [`Tally`] add up to the number of people.

use std::sync::Arc;

use crate::domain::{UserId, WorkspaceId};

/// What is done to people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// They become members.
    Add,
    /// They are members no more.
    Remove,
}

impl Action {
    /// What takes this back.
    #[must_use]
    pub fn inverse(self) -> Self {
        match self {
            Self::Add => Self::Remove,
            Self::Remove => Self::Add,
        }
    }

    /// Whether somebody is as wanted, being a member or not.
    pub fn is_met(self, is_member: bool) -> bool {
        (self == Self::Add) == is_member
    }
}

/// The people of one workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// The workspace.
    pub workspace: WorkspaceId,
    /// Whom to add or remove, each once.
    pub people: Vec<UserId>,
    /// Who is as wanted already: they are told so, and not sent.
    pub already: Vec<UserId>,
}

/// A whole job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// What is done.
    pub action: Action,
    /// Where, and to whom.
    pub targets: Vec<Target>,
}

/// How it stands with one person in one workspace. The last five are ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Status {
    /// Not sent yet.
    Waiting,
    /// Sent, and not certain yet.
    Sent,
    /// As wanted, by this job.
    Done,
    /// As wanted before this job sent anything.
    AlreadySo,
    /// Not as wanted, with the server's words.
    Refused(Arc<str>),
    /// It could not be found out, with the reason.
    Unknown(Arc<str>),
    /// The job was stopped before.
    NotTried,
}

impl Status {
    pub(super) const COUNT: usize = 7;

    pub(super) fn index(&self) -> usize {
        match self {
            Self::Waiting => 0,
            Self::Sent => 1,
            Self::Done => 2,
            Self::AlreadySo => 3,
            Self::Refused(_) => 4,
            Self::Unknown(_) => 5,
            Self::NotTried => 6,
        }
    }

    /// Whether it is settled.
    pub fn is_end(&self) -> bool {
        !matches!(self, Self::Waiting | Self::Sent)
    }
}

/// One person in one workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Which of the job's workspaces.
    pub place: usize,
    /// Who.
    pub person: UserId,
    /// How it stands.
    pub status: Status,
}

/// How many people are how far.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally(pub(super) [usize; Status::COUNT]);

impl Tally {
    /// Everybody.
    pub fn total(&self) -> usize {
        self.0.iter().sum()
    }

    /// Neither sent nor settled.
    pub fn waiting(&self) -> usize {
        self.0[0]
    }

    /// Sent and not settled.
    pub fn sent(&self) -> usize {
        self.0[1]
    }

    /// As wanted, by this job.
    pub fn done(&self) -> usize {
        self.0[2]
    }

    /// As wanted before.
    pub fn already(&self) -> usize {
        self.0[3]
    }

    /// Refused by the server.
    pub fn refused(&self) -> usize {
        self.0[4]
    }

    /// Not known.
    pub fn unknown(&self) -> usize {
        self.0[5]
    }

    /// Not tried.
    pub fn not_tried(&self) -> usize {
        self.0[6]
    }

    /// Settled, in whatever way.
    pub fn settled(&self) -> usize {
        self.total() - self.waiting() - self.sent()
    }

    /// What trying again would send: refused, not known, not tried.
    pub fn failed(&self) -> usize {
        self.refused() + self.unknown() + self.not_tried()
    }
}
