//! One batch on its way through the server: sent whole, and after a refusal searched for whoever is to blame.
//!
//! Invariant: every person leaves a hunt by having been in a request that was accepted, or by having been refused alone;
//! each answer makes the rest smaller or what is suspected narrower, so it ends.

/// A group to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Group {
    items: Vec<usize>,
    /// It was refused before, or must be what made a larger one refused.
    is_suspect: bool,
}

/// What is in one request.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Test {
    items: Vec<usize>,
    /// The other half of a suspect group: to blame, if this half is not.
    other: Vec<usize>,
}

/// The search in one batch. Items are indices into the job's list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Hunt {
    groups: Vec<Group>,
    test: Option<Test>,
    /// Those of whom nothing is known, for later.
    pool: Vec<usize>,
    total: usize,
    culprits: usize,
    /// How many were accepted since the last one was found.
    accepted_since: usize,
}

/// Only so many named people are each sent alone where they are most of a group: more may be an echo of the request.
const FEW: usize = 4;

impl Hunt {
    /// A batch that has not been sent.
    pub(super) fn new(items: Vec<usize>) -> Self {
        let total = items.len();
        let groups = if total == 0 { Vec::new() } else { vec![Group { items, is_suspect: false }] };
        Self { groups, test: None, pool: Vec::new(), total, culprits: 0, accepted_since: 0 }
    }

    /// What to send now; `None` once everybody is through.
    pub(super) fn request(&mut self) -> Option<&[usize]> {
        if self.test.is_none() {
            self.test = self.next_test();
        }
        self.test.as_ref().map(|test| test.items.as_slice())
    }

    fn next_test(&mut self) -> Option<Test> {
        let group = self.groups.pop().or_else(|| self.draw())?;
        let mut items = group.items;
        let half = if group.is_suspect { items.len().div_ceil(2) } else { items.len() };
        let other = items.split_off(half);
        Some(Test { items, other })
    }

    /// The next of those of whom nothing is known: all, while few are to blame; then about as many as have come through
    /// between two of those, and twice as many after each acceptance.
    fn draw(&mut self) -> Option<Group> {
        if self.pool.is_empty() {
            return None;
        }
        let size = if self.culprits < 2 {
            self.pool.len()
        } else {
            let settled = self.total.saturating_sub(self.pool.len());
            (settled / self.culprits).max(2 * self.accepted_since).clamp(1, self.pool.len())
        };
        let rest = self.pool.split_off(size);
        let items = std::mem::replace(&mut self.pool, rest);
        Some(Group { items, is_suspect: false })
    }

    /// The request was accepted: its people are through.
    pub(super) fn accepted(&mut self) {
        if let Some(test) = self.test.take() {
            self.accepted_since += test.items.len();
            if !test.other.is_empty() {
                self.groups.push(Group { items: test.other, is_suspect: true });
            }
        }
    }

    /// The request was refused. Answers the one who is to blame, where that is certain now. `is_named` tells whom the
    /// server's words name.
    pub(super) fn refused(&mut self, is_named: impl Fn(usize) -> bool) -> Option<usize> {
        let Test { items, other } = self.test.take()?;
        self.pool.extend(other);
        if let [culprit] = items[..] {
            self.culprits += 1;
            self.accepted_since = 0;
            return Some(culprit);
        }
        let (named, rest): (Vec<usize>, Vec<usize>) = items.iter().partition(|item| is_named(**item));
        let is_telling = !named.is_empty() && (named.len() <= FEW || named.len() <= rest.len());
        if is_telling {
            // Groups are taken from the end: the rest first.
            self.groups.extend(named.into_iter().rev().map(|item| Group { items: vec![item], is_suspect: false }));
            if !rest.is_empty() {
                self.groups.push(Group { items: rest, is_suspect: false });
            }
        } else {
            self.groups.push(Group { items, is_suspect: true });
        }
        None
    }

    /// The request's outcome was settled otherwise: these of its people are to be sent again.
    pub(super) fn settled(&mut self, again: Vec<usize>) {
        if let Some(test) = self.test.take() {
            self.pool.extend(test.other);
        }
        if !again.is_empty() {
            self.groups.push(Group { items: again, is_suspect: false });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    /// Sends a batch of `total` to a server that refuses whoever is blocked; answers how many requests that took.
    fn requests(total: usize, blocked: &BTreeSet<usize>, names: bool) -> usize {
        let mut hunt = Hunt::new((0..total).collect());
        let (mut through, mut found, mut sent) = (BTreeSet::new(), BTreeSet::new(), 0);
        while let Some(items) = hunt.request() {
            let items = items.to_vec();
            sent += 1;
            assert!(sent <= 4 * total + 4, "it does not end");
            if items.iter().any(|item| blocked.contains(item)) {
                let culprit = hunt.refused(|item| names && blocked.contains(&item));
                assert!(culprit.is_none_or(|_| items.len() == 1), "nobody is told to be refused who was not alone");
                found.extend(culprit);
            } else {
                through.extend(items);
                hunt.accepted();
            }
        }
        assert_eq!(&found, blocked);
        assert_eq!(through.len() + found.len(), total);
        sent
    }

    #[test]
    fn one_who_is_to_blame_in_a_hundred_takes_at_most_nine_more_requests() {
        let most = (0..100).map(|at| requests(100, &BTreeSet::from([at]), false) - 1).max();
        assert_eq!(most, Some(9));
        assert_eq!(requests(100, &BTreeSet::new(), false), 1);
        assert_eq!(requests(1, &BTreeSet::from([0]), false), 1);
        assert_eq!(requests(2, &BTreeSet::from([1]), false), 3);
    }

    #[test]
    fn those_who_are_named_take_one_more_request_than_they_are() {
        for count in [1, 2, 4, 17, 50] {
            let blocked: BTreeSet<usize> = (0..count).map(|at| at * 2).collect();
            assert_eq!(requests(100, &blocked, true) - 1, count + 1, "{count}");
        }
    }

    #[test]
    fn many_who_are_to_blame_do_not_take_many_more_requests_than_there_are_people() {
        let all: BTreeSet<usize> = (0..100).collect();
        let third = (0..100).step_by(3).collect();
        let first = (0..10).collect();
        let counts = [&all, &third, &first].map(|blocked| requests(100, blocked, false));
        assert!(counts[0] <= 125 && counts[1] <= 150 && counts[2] <= 45, "{counts:?}");
    }

    proptest! {
        #[test]
        fn everybody_comes_through_or_is_refused_alone(
            total in 1usize..=100,
            blocked in prop::collection::btree_set(0usize..100, 0..30),
            names: bool,
        ) {
            let blocked: BTreeSet<usize> = blocked.into_iter().filter(|at| *at < total).collect();
            let log = usize::BITS - (total - 1).leading_zeros();
            let sent = requests(total, &blocked, names);
            prop_assert!(sent <= 1 + blocked.len() * (log as usize + 4) + 8, "{sent}");
        }
    }
}
