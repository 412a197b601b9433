//! One batch: sent whole, and bisected after a refusal until each item that causes one is alone.
//!
//! Invariant: every item leaves by an accepted request, or by a refused one that held nothing else. Each answer makes the
//! rest smaller or the suspects fewer, so it ends.

/// Items to be sent together.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Group {
    items: Vec<usize>,
    /// At least one item of it causes a refusal.
    is_suspect: bool,
}

/// The request in flight.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Test {
    items: Vec<usize>,
    /// The other half of a suspect group: it has the cause if this half has not.
    other: Vec<usize>,
}

/// The search in one batch. Items are positions in the job's list.
///
/// After a refusal of n items with one cause it takes at most ⌈log₂ n⌉ + 2 more requests (9 for 100). Where the server's
/// message names k items it takes k + 1. Where very many are causes the groups shrink, so that it never takes many more
/// requests than there are items.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Bisection {
    groups: Vec<Group>,
    test: Option<Test>,
    /// Items about which nothing is known, for later.
    pool: Vec<usize>,
    total: usize,
    causes: usize,
    /// How many were accepted since the last cause was found.
    accepted_since: usize,
}

/// Up to this many named items are sent alone even where they are most of a group: more may be an echo of the request.
const FEW: usize = 4;

impl Bisection {
    pub(super) fn new(items: Vec<usize>) -> Self {
        let total = items.len();
        let groups = if total == 0 { Vec::new() } else { vec![Group { items, is_suspect: false }] };
        Self { groups, test: None, pool: Vec::new(), total, causes: 0, accepted_since: 0 }
    }

    /// The items to send now; empty once all are settled.
    pub(super) fn request(&mut self) -> &[usize] {
        if self.test.is_none() {
            self.test = self.next_test();
        }
        self.test.as_ref().map_or(&[], |test| &test.items)
    }

    fn next_test(&mut self) -> Option<Test> {
        let group = self.groups.pop().or_else(|| self.draw())?;
        let mut items = group.items;
        let half = if group.is_suspect { items.len().div_ceil(2) } else { items.len() };
        let other = items.split_off(half);
        Some(Test { items, other })
    }

    /// The next items about which nothing is known. All of them while there are few causes; then about as many as were
    /// settled between two causes, and twice as many after each acceptance.
    fn draw(&mut self) -> Option<Group> {
        if self.pool.is_empty() {
            return None;
        }
        let size = if self.causes < 2 {
            self.pool.len()
        } else {
            let settled = self.total.saturating_sub(self.pool.len());
            (settled / self.causes).max(2 * self.accepted_since).clamp(1, self.pool.len())
        };
        let rest = self.pool.split_off(size);
        let items = std::mem::replace(&mut self.pool, rest);
        Some(Group { items, is_suspect: false })
    }

    pub(super) fn accept(&mut self) {
        if let Some(test) = self.test.take() {
            self.accepted_since += test.items.len();
            if !test.other.is_empty() {
                self.groups.push(Group { items: test.other, is_suspect: true });
            }
        }
    }

    /// Applies that the request was refused, and returns the cause where it is certain now. `is_named` tells which items
    /// the server's message names.
    pub(super) fn refuse(&mut self, is_named: impl Fn(usize) -> bool) -> Option<usize> {
        let Test { items, other } = self.test.take()?;
        self.pool.extend(other);
        if let [cause] = items[..] {
            self.causes += 1;
            self.accepted_since = 0;
            return Some(cause);
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

    /// Applies that the request was settled by other means: only these of its items are sent again.
    pub(super) fn settle(&mut self, again: Vec<usize>) {
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

    /// Sends a batch of `total` to a server that refuses blocked items; returns how many requests that took.
    fn requests(total: usize, blocked: &BTreeSet<usize>, names: bool) -> usize {
        let mut batch = Bisection::new((0..total).collect());
        let (mut accepted, mut found, mut sent) = (BTreeSet::new(), BTreeSet::new(), 0);
        while !batch.request().is_empty() {
            let items = batch.request().to_vec();
            sent += 1;
            assert!(sent <= 4 * total + 4, "it does not end");
            if items.iter().any(|item| blocked.contains(item)) {
                let cause = batch.refuse(|item| names && blocked.contains(&item));
                assert!(cause.is_none_or(|_| items.len() == 1), "an item is refused that was not alone");
                found.extend(cause);
            } else {
                accepted.extend(items);
                batch.accept();
            }
        }
        assert_eq!(&found, blocked);
        assert_eq!(accepted.len() + found.len(), total);
        sent
    }

    #[test]
    fn one_cause_in_a_hundred_takes_at_most_nine_more_requests() {
        let most = (0..100).map(|at| requests(100, &BTreeSet::from([at]), false) - 1).max();
        assert_eq!(most, Some(9));
        assert_eq!(requests(100, &BTreeSet::new(), false), 1);
        assert_eq!(requests(1, &BTreeSet::from([0]), false), 1);
        assert_eq!(requests(2, &BTreeSet::from([1]), false), 3);
    }

    #[test]
    fn named_items_take_one_more_request_than_there_are() {
        for count in [1, 2, 4, 17, 50] {
            let blocked: BTreeSet<usize> = (0..count).map(|at| at * 2).collect();
            assert_eq!(requests(100, &blocked, true) - 1, count + 1, "{count}");
        }
    }

    #[test]
    fn many_causes_do_not_take_many_more_requests_than_there_are_items() {
        let all: BTreeSet<usize> = (0..100).collect();
        let third = (0..100).step_by(3).collect();
        let first = (0..10).collect();
        let counts = [&all, &third, &first].map(|blocked| requests(100, blocked, false));
        assert!(counts[0] <= 125 && counts[1] <= 150 && counts[2] <= 45, "{counts:?}");
    }

    proptest! {
        #[test]
        fn every_item_is_accepted_or_refused_alone(
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
