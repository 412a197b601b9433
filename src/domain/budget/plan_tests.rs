//! Checks plans against an independent model of the server's rule, which shares no code with them.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;

fn usd(text: &str) -> Usd {
    Usd::parse(text).unwrap()
}

fn of(limits: [&str; 4]) -> Ladder {
    Ladder::new(limits.map(|limit| Usd::parse(limit).ok()))
}

fn state(ladder: Ladder) -> BudgetState {
    BudgetState { ladder, counts_byok: Some(false) }
}

fn described(from: [&str; 4], to: [&str; 4], switch: Option<bool>) -> Vec<String> {
    let target = BudgetTarget::new(of(to).validate().unwrap(), switch, &state(of(from))).unwrap();
    Plan::new(state(of(from)), target).steps().iter().map(ToString::to_string).collect()
}

/// The server's rule: limits by the seconds of their interval, each write checked against the others at that moment.
#[derive(Default)]
struct Server(BTreeMap<u64, Usd>);

impl Server {
    fn seconds(interval: Interval) -> u64 {
        match interval {
            Interval::Lifetime => u64::MAX,
            Interval::Monthly => 2_592_000,
            Interval::Weekly => 604_800,
            Interval::Daily => 86_400,
        }
    }

    fn holding(ladder: &Ladder) -> Self {
        Self(ladder.limits().map(|(interval, limit)| (Self::seconds(interval), limit)).collect())
    }

    fn write(&mut self, step: &Step) -> Result<(), String> {
        let at = Self::seconds(step.interval);
        let Change::Set(body) = step.change else {
            self.0.remove(&at).ok_or("deleted what is not there")?;
            return Ok(());
        };
        let is_ordered = self.0.iter().all(|(other, limit)| match other.cmp(&at) {
            std::cmp::Ordering::Less => *limit < body.limit_usd,
            std::cmp::Ordering::Equal => true,
            std::cmp::Ordering::Greater => *limit > body.limit_usd,
        });
        if !is_ordered {
            return Err(format!("400: {step}"));
        }
        self.0.insert(at, body.limit_usd);
        Ok(())
    }
}

/// Runs a plan against the server's rule and checks every promise of it.
fn check(from: Ladder, to: ValidLadder) -> Result<(), TestCaseError> {
    let plan = Plan::new(state(from), BudgetTarget::with_limits(to));
    let mut server = Server::holding(&from);
    let mut written = Vec::new();
    for step in plan.steps() {
        let refused = server.write(step);
        prop_assert!(refused.is_ok(), "{refused:?} in {:?}", plan.steps());
        prop_assert!(!written.contains(&step.interval), "{} was written twice", step.interval.as_str());
        prop_assert!(from.get(step.interval) != to.ladder().get(step.interval), "{step} is needless");
        written.push(step.interval);
    }
    prop_assert_eq!(&server.0, &Server::holding(to.ladder()).0);
    prop_assert!(plan.states().last().is_some_and(|end| end.ladder == *to.ladder()));
    prop_assert_eq!(plan.states().last().copied(), Some(plan.end()));
    // A new plan from any state between ends in the same state.
    for state in plan.states() {
        let rest = plan.resume(state);
        let mut server = Server::holding(&state.ladder);
        for step in rest.steps() {
            prop_assert!(server.write(step).is_ok());
        }
        prop_assert_eq!(&server.0, &Server::holding(to.ladder()).0);
    }
    Ok(())
}

/// Every valid ladder of limits up to `most`.
fn all_ladders(most: u32) -> Vec<ValidLadder> {
    let limits: Vec<Option<Usd>> = (0..=most).map(|it| (it > 0).then(|| usd(&it.to_string()))).collect();
    let mut found = Vec::new();
    for a in &limits {
        for b in &limits {
            for c in &limits {
                found.extend(limits.iter().filter_map(|d| Ladder::new([*a, *b, *c, *d]).validate().ok()));
            }
        }
    }
    found
}

#[test]
fn every_transition_of_small_ladders_is_accepted_throughout() {
    let ladders = all_ladders(5);
    // Any subset of the amounts fits each subset of the intervals of its size: (5 choose k) · (4 choose k).
    assert_eq!(ladders.len(), 1 + 5 * 4 + 10 * 6 + 10 * 4 + 5);
    for from in &ladders {
        for to in &ladders {
            check(*from.ladder(), *to).unwrap();
        }
    }
}

fn any_valid() -> impl Strategy<Value = ValidLadder> {
    let limits = (prop::collection::btree_set(1u64..100_000_000_000, 4), 0u8..7, prop::array::uniform4(any::<bool>()));
    limits.prop_map(|(amounts, scale, is_set)| {
        let amounts = amounts.into_iter().rev().map(|amount| usd(&format!("{amount}e-{scale}")));
        let mut limits = amounts.zip(is_set).map(|(amount, is_set)| is_set.then_some(amount));
        Ladder::new(std::array::from_fn(|_| limits.next().flatten())).validate().unwrap()
    })
}

proptest! {
    #[test]
    fn every_transition_of_large_ladders_is_accepted_throughout(from in any_valid(), to in any_valid()) {
        check(*from.ladder(), to)?;
    }

    #[test]
    fn a_changed_switch_is_sent_exactly_once(from in any_valid(), to in any_valid(), was: bool, will: bool) {
        let start = BudgetState { ladder: *from.ladder(), counts_byok: Some(was) };
        let Ok(target) = BudgetTarget::new(to, Some(will), &start) else {
            prop_assert!(to.ladder().is_empty() && from.ladder().is_empty() && was != will);
            return Ok(());
        };
        let plan = Plan::new(start, target);
        let sent = plan.steps().iter().filter(|step| {
            matches!(step.change, Change::Set(SetBudget { include_byok_in_budgets: Some(_), .. }))
        });
        prop_assert_eq!(sent.count(), usize::from(was != will));
        let end = plan.states().last().copied().unwrap();
        let goal = BudgetState { ladder: *to.ladder(), counts_byok: Some(will) };
        prop_assert!(end.is_same(&goal));
    }
}

#[test]
fn deletions_raises_reductions_additions() {
    assert_eq!(
        described(["1000", "600", "", "5"], ["2000", "700", "100", ""], None),
        ["remove daily $5.00", "lifetime $1,000.00 → $2,000.00", "monthly $600.00 → $700.00", "add weekly $100.00"]
    );
    assert_eq!(
        described(["", "1000", "600", ""], ["", "500", "300", ""], None),
        ["weekly $600.00 → $300.00", "monthly $1,000.00 → $500.00"]
    );
    assert!(described(["", "10.10", "", ""], ["", "10.1", "", ""], None).is_empty());
}

#[test]
fn the_switch_is_sent_with_a_changed_limit_or_else_with_an_unchanged_one() {
    let none = state(Ladder::default());
    assert_eq!(BudgetTarget::new(ValidLadder::default(), Some(true), &none), Err(SwitchProblem));
    assert!(BudgetTarget::new(ValidLadder::default(), Some(false), &none).is_ok());
    let none = ["", "", "", ""];
    assert_eq!(
        described(["", "", "7", ""], none, Some(true)),
        ["weekly stays $7.00, counting BYOK spend", "remove weekly $7.00"]
    );
    assert_eq!(
        described(["", "", "7", "5"], ["", "", "7", "5"], Some(true)),
        ["weekly stays $7.00, counting BYOK spend"]
    );
    assert_eq!(
        described(["", "", "7", "5"], ["9", "", "8", ""], Some(true)),
        ["remove daily $5.00", "weekly $7.00 → $8.00", "add lifetime $9.00, counting BYOK spend"]
    );
    let start = BudgetState { ladder: of(["", "", "7", "5"]), counts_byok: Some(true) };
    let off = BudgetTarget::new(of(["", "", "8", "6"]).validate().unwrap(), Some(false), &start).unwrap();
    let steps: Vec<String> = Plan::new(start, off).steps().iter().map(ToString::to_string).collect();
    assert_eq!(steps, ["weekly $7.00 → $8.00, no longer counting BYOK spend", "daily $5.00 → $6.00"]);
}

#[test]
fn changes_are_told_broadest_first_without_the_limit_that_only_carries_the_switch() {
    let changes = |from: [&str; 4], to: [&str; 4], switch| {
        let start = BudgetState { ladder: of(from), counts_byok: Some(true) };
        let target = BudgetTarget::new(of(to).validate().unwrap(), switch, &start).unwrap();
        Plan::new(start, target).changes()
    };
    assert_eq!(
        changes(["", "3000", "800", "90"], ["10000", "2500.5", "900", ""], None),
        ["lifetime $10,000.00", "monthly $2,500.50", "weekly $900.00", "no daily limit"]
    );
    assert_eq!(changes(["", "", "7", ""], ["", "", "7", ""], Some(false)), ["BYOK spend doesn’t count"]);
    assert_eq!(
        changes(["", "", "7", ""], ["", "", "8", ""], Some(false)),
        ["weekly $8.00", "BYOK spend doesn’t count"]
    );
}

#[test]
fn an_unknown_switch_equals_any() {
    let known = state(of(["", "", "7", ""]));
    let unknown = BudgetState { counts_byok: None, ..known };
    assert!(known.is_same(&unknown) && unknown.is_same(&known));
    assert!(!known.is_same(&BudgetState { counts_byok: Some(true), ..known }));
    assert!(!known.is_same(&state(of(["", "", "8", ""]))));
}

/// A person would have to say what `1.000` means. A record says it exactly.
#[test]
fn a_recorded_plan_reads_back_amounts_of_three_decimals() {
    let to = Ladder::default().with(Interval::Monthly, Usd::of_digits("1.000", 0).ok());
    let none = state(Ladder::default());
    let plan = Plan::new(none, BudgetTarget::new(to.validate().unwrap(), None, &none).unwrap());
    let text = serde_json::to_string(&plan).unwrap();
    assert_eq!(serde_json::from_str::<Plan>(&text).unwrap(), plan);
}
