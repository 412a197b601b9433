//! The bulk engine: people added to, or removed from, workspaces, with certainty about each of them.
//!
//! Invariant: whatever the server does, each person of a job ends as exactly one of done, already so, refused (why),
//! unknown (why) or not tried, and nobody is told to be refused who was not refused alone.
//!
//! - [`Machine`] decides: what to send next, what an answer means, when it is over. It knows no time and no network.
//! - [`drive`] carries that out through a [`World`], up to four requests at once, one after a 429.
//! - `hunt` isolates whoever makes the server refuse a batch. After a refusal of a batch of n, of which one person is to
//!   blame, that takes at most ⌈log₂ n⌉ + 2 more requests (9 for 100): a search by halves, whose accepted halves are done
//!   with; that person alone, so that the server's words are about nobody else; and all the rest at once. Where the
//!   server's words name k people, it takes k + 1: the rest at once, and each of the named alone. Where very many are to
//!   blame the groups shrink, so that it never takes many more requests than there are people.
//! - [`record`] keeps a job as text, so that a closed tab can go on with the rest.

mod drive;
mod hunt;
mod machine;
mod order;
pub mod record;

pub use drive::{Failure, World, drive};
pub use machine::{Machine, Next, Stage};
pub use order::{Action, Item, Order, Status, Tally, Target};

#[cfg(test)]
mod tests;
