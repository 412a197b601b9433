//! Problems, comparison and merging of the budget form.

use super::*;
use Interval::Monthly;

fn form(limits: [&str; 4], counts_byok: bool) -> LadderForm {
    let input = |limit: &str| match limit {
        "off" => LimitInput::default(),
        amount => LimitInput { is_on: true, amount: amount.to_owned() },
    };
    LadderForm { limits: limits.map(input), counts_byok: Some(counts_byok) }
}

fn state(limits: [&str; 4], counts_byok: bool) -> BudgetState {
    BudgetState { ladder: form(limits, counts_byok).ladder(), counts_byok: Some(counts_byok) }
}

fn nothing() -> BudgetState {
    state(["off", "off", "off", "off"], false)
}

#[test]
fn both_limits_of_a_conflict_say_so_and_name_each_other() {
    let problems = form(["off", "500", "600", "1e1"], false).problems(&nothing());
    let words = problems.rungs.map(|problem| problem.map(|it| it.to_string()));
    let rule = "The monthly limit ($500.00) must be above the weekly limit ($600.00)";
    assert_eq!(words, [None, Some(rule.to_owned()), Some(rule.to_owned()), None]);
    assert_eq!(problems.reason().as_deref(), Some(rule));
}

#[test]
fn what_is_no_limit_is_told_and_conflicts_with_nothing() {
    let problems = form(["", "0", "1,23,4", "abc"], false).problems(&nothing());
    let kinds = [
        Some(RungProblem::Empty),
        Some(RungProblem::Zero),
        Some(RungProblem::Amount(UsdProblem::Separator)),
        Some(RungProblem::Amount(UsdProblem::NotAmount)),
    ];
    assert_eq!(problems.rungs, kinds);
    assert_eq!(problems.reason().as_deref(), Some("Enter an amount, such as 500 or 29.99"));
}

#[test]
fn the_switch_cannot_change_without_a_limit() {
    let none = ["off", "off", "off", "off"];
    assert!(form(none, true).validate(&nothing()).unwrap_err().switch.is_some());
    assert!(form(none, false).validate(&nothing()).is_ok());
    let wanted = form(["off", "5", "off", "off"], true).validate(&nothing()).unwrap();
    assert_eq!((wanted.limits().get(Monthly), wanted.counts_byok()), (Usd::parse("5").ok(), Some(true)));
}

#[test]
fn other_digits_of_the_same_amount_are_no_edit() {
    let base = state(["off", "10.10", "off", "off"], false);
    assert!(!form(["off", "$10.1", "off", "off"], false).differs_from(&base));
    assert!(form(["off", "10.11", "off", "off"], false).differs_from(&base));
    assert!(form(["off", "off", "off", "off"], false).differs_from(&base));
    assert!(form(["off", "10.1", "off", "off"], true).differs_from(&base));
    assert!(!LadderForm::of(&base).differs_from(&base));
}

#[test]
fn their_changes_stand_beside_mine_and_what_i_left_follows_them() {
    let base = state(["1000", "500", "100", "off"], false);
    let now = state(["2000", "400", "100", "off"], true);
    let mine = form(["1000", "300", "off", "off"], false);
    let lines: Vec<_> = mine.differences(&base, &now);
    let lines: Vec<_> = lines.iter().map(|it| (it.label, it.theirs.as_deref(), it.mine.as_deref())).collect();
    let expected = [
        ("Lifetime", Some("$2,000.00"), None),
        ("Monthly", Some("$400.00"), Some("$300.00")),
        ("Weekly", None, Some("no limit")),
        ("Count BYOK spend", Some("on"), None),
    ];
    assert_eq!(lines, expected);
    let rebased = mine.rebased(&base, &now);
    assert_eq!(rebased, form(["2,000.00", "300", "off", "off"], true));
    assert!(mine.overlaps(&base, &now) && !mine.overlaps(&base, &base));
}

#[test]
fn what_was_saved_is_written_as_the_server_has_it() {
    let base = state(["off", "500", "off", "off"], false);
    let saved = state(["off", "13000", "off", "off"], false);
    assert_eq!(
        form(["off", "$13.00e3", "off", "2"], false).rebased(&base, &saved),
        form(["off", "13,000.00", "off", "2"], false)
    );
}

#[test]
fn an_amount_that_is_off_is_kept_and_is_no_edit() {
    let mut mine = form(["off", "off", "off", "5"], false);
    mine.limits[3].is_on = false;
    assert!(!mine.differs_from(&nothing()));
    assert_eq!(mine.limits[3].amount, "5");
}
