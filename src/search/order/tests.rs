use super::*;
use crate::search::sorting::positions;
use proptest::prelude::*;

#[test]
fn shift_adds_reverses_and_removes_the_second_column() {
    let by_name = Order::by(SortKey::Name);
    let then_updated = by_name.pressed_with_shift(SortKey::Updated);
    assert_eq!(then_updated.then, Some((SortKey::Updated, Direction::Descending)));
    assert_eq!(then_updated.rank_of(SortKey::Name), Some((Rank::First, Direction::Ascending)));
    assert_eq!(then_updated.rank_of(SortKey::Updated), Some((Rank::Second, Direction::Descending)));
    let turned = then_updated.pressed_with_shift(SortKey::Updated);
    assert_eq!(turned.then, Some((SortKey::Updated, Direction::Ascending)));
    assert_eq!(turned.pressed_with_shift(SortKey::Updated), by_name);
    // Another second column takes the place of the first one's partner.
    assert_eq!(turned.pressed_with_shift(SortKey::Slug).then, Some((SortKey::Slug, Direction::Ascending)));
    // The first column keeps its partner when it is reversed with Shift.
    let reversed = then_updated.pressed_with_shift(SortKey::Name);
    assert_eq!((reversed.direction, reversed.then), (Direction::Descending, then_updated.then));
}

#[test]
fn a_plain_press_replaces_both_columns() {
    let both = Order::by(SortKey::Name).pressed_with_shift(SortKey::Updated);
    assert_eq!(both.pressed(SortKey::Updated), Order::by(SortKey::Updated));
    let reversed = Order { direction: Direction::Descending, ..Order::by(SortKey::Name) };
    assert_eq!(both.pressed(SortKey::Name), reversed);
    assert_eq!(reversed.rank_of(SortKey::Name), Some((Rank::Only, Direction::Descending)));
}

#[test]
fn no_column_is_both() {
    let by_name = Order::by(SortKey::Name);
    assert_eq!(by_name.then_by(Some((SortKey::Name, Direction::Descending))), by_name);
    assert!(by_name.then_by(Some((SortKey::Slug, Direction::Descending))).has(SortKey::Slug));
}

fn order() -> impl Strategy<Value = Order<SortKey>> {
    let column = || prop::sample::select(SortKey::ALL.to_vec());
    let direction = || prop::sample::select(Direction::ALL.to_vec());
    let then = prop::option::of((column(), direction()));
    (column(), direction(), then)
        .prop_map(|(column, direction, then)| Order { column, direction, then: None }.then_by(then))
}

proptest! {
    #[test]
    fn the_second_column_decides_only_among_equals_of_the_first(
        rows in prop::collection::vec(prop::collection::vec(prop::option::of(0u8..3), 5), 0..30),
        order in order(),
    ) {
        let value = |at: usize, column: SortKey| rows[at][SortKey::ALL.iter().position(|it| *it == column).unwrap()];
        let by = |left: usize, right: usize| move |column, direction| {
            missing_last(value(left, column), value(right, column), direction)
        };
        let sorted = positions(rows.len(), &|left, right| order.compare(&by(left, right)));
        let mut found = sorted.clone();
        found.sort_unstable();
        prop_assert_eq!(found, (0u32..).take(rows.len()).collect::<Vec<_>>());
        for pair in sorted.windows(2) {
            let (left, right) = (pair[0] as usize, pair[1] as usize);
            let first = by(left, right)(order.column, order.direction);
            prop_assert_ne!(first, Ordering::Greater);
            let second = order.then.map_or(Ordering::Equal, |(column, direction)| by(left, right)(column, direction));
            prop_assert!(first == Ordering::Less || second != Ordering::Greater);
            // Equal by both: in the order that they had.
            prop_assert!((first, second) != (Ordering::Equal, Ordering::Equal) || left < right);
        }
    }

    #[test]
    fn every_press_is_undone_by_further_ones(order in order(), column in prop::sample::select(SortKey::ALL.to_vec())) {
        let pressed = order.pressed_with_shift(column);
        prop_assert!(pressed.then.is_none_or(|(then, _)| then != pressed.column));
        prop_assert_eq!(pressed.column, order.column);
        let twice = order.pressed(column).pressed(column).pressed(column);
        prop_assert_eq!(twice, order.pressed(column));
    }
}
