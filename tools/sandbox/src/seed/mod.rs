//! The seeds of a new database.
//!
//! Invariant: a seed always creates the same organization, with times relative to now.

mod demo;
mod empty;
mod hostile;
mod models;
mod names;
mod people;
mod random;
mod scale;

use std::fmt;

use rusqlite::Transaction;

pub use models::models;

use crate::args::{ScaleSize, Seed};

/// An error while filling a database.
#[derive(Debug)]
pub enum SeedError {
    /// The database failed.
    Database(rusqlite::Error),
    /// The scale seed cannot have more members than people, or fewer than two workspaces.
    Size(ScaleSize),
}

impl fmt::Display for SeedError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Database(error) => write!(formatter, "cannot fill the database: {error}"),
            Self::Size(ScaleSize { workspaces, people, members, .. }) => write!(
                formatter,
                "the scale seed needs at least 2 workspaces, 1 person, and no more members than people; \
                 asked for were {workspaces} workspaces, {people} people, {members} members"
            ),
        }
    }
}

impl std::error::Error for SeedError {}

impl From<rusqlite::Error> for SeedError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Database(error)
    }
}

/// Fills an empty database.
pub fn fill(transaction: &Transaction<'_>, seed: Seed, size: ScaleSize) -> Result<(), SeedError> {
    match seed {
        Seed::Demo => demo::fill(transaction)?,
        Seed::Empty => empty::fill(transaction)?,
        Seed::Hostile => hostile::fill(transaction)?,
        Seed::Scale if size.workspaces < 2 || size.people < 1 || size.members > size.people => {
            return Err(SeedError::Size(size));
        }
        Seed::Scale => scale::fill(transaction, size)?,
    }
    Ok(())
}

/// Removes everything from a database except its settings.
pub fn clear(transaction: &Transaction<'_>) -> rusqlite::Result<()> {
    transaction.execute_batch(
        "DELETE FROM activity; DELETE FROM keys; DELETE FROM members; DELETE FROM budgets;
         DELETE FROM workspaces; DELETE FROM people;",
    )
}
