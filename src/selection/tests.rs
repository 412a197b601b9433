//! What each command selects, deselects and leaves unchanged.

use super::*;
use proptest::prelude::*;

fn selected(selection: &Selection<u8>) -> Vec<u8> {
    let mut all: Vec<u8> = selection.iter().copied().collect();
    all.sort_unstable();
    all
}

fn with(ids: &[u8]) -> Selection<u8> {
    let mut selection = Selection::default();
    selection.set(ids.iter().copied());
    selection
}

#[test]
fn a_range_from_another_focused_row_starts_there() {
    let shown = [1, 2, 3, 4, 5, 6];
    let mut selection = Selection::default();
    selection.select_range_from(&1, &2, &shown);
    selection.select_range_from(&2, &3, &shown);
    selection.select_range_from(&3, &2, &shown);
    assert_eq!(selected(&selection), [1, 2]);
    selection.select_range_from(&5, &6, &shown);
    assert_eq!(selected(&selection), [1, 2, 5, 6]);
}

#[test]
fn a_range_goes_from_the_last_toggled_row_in_the_shown_order() {
    let mut selection = Selection::default();
    selection.toggle(&2);
    selection.extend_to(&9, &[5, 2, 7, 9, 1]);
    assert_eq!(selected(&selection), [2, 7, 9]);
    selection.extend_to(&5, &[5, 2, 7, 9, 1]);
    assert_eq!(selected(&selection), [2, 5, 7, 9]);
    // A range from a deselected row deselects.
    selection.toggle(&7);
    selection.extend_to(&9, &[5, 2, 7, 9, 1]);
    assert_eq!(selected(&selection), [2, 5]);
    selection.extend_to(&1, &[1, 3]);
    assert_eq!(selected(&selection), [1, 2, 5]);
}

#[test]
fn a_range_that_shrinks_deselects_only_what_it_selected() {
    let shown = [1, 2, 3, 4, 5, 6];
    let mut selection = with(&[4, 9]);
    selection.toggle(&2);
    selection.select_range_to(&5, &shown);
    assert_eq!(selected(&selection), [2, 3, 4, 5, 9]);
    selection.select_range_to(&3, &shown);
    assert_eq!(selected(&selection), [2, 3, 4, 9]);
    selection.select_range_to(&1, &shown);
    assert_eq!(selected(&selection), [1, 2, 4, 9]);
    selection.select_range_to(&2, &shown);
    assert_eq!(selected(&selection), [2, 4, 9]);
}

#[test]
fn a_range_is_kept_once_something_else_is_selected() {
    let shown = [1, 2, 3, 4, 5, 6];
    let mut selection = with(&[]);
    selection.toggle(&1);
    selection.select_range_to(&3, &shown);
    selection.toggle(&6);
    selection.select_range_to(&5, &shown);
    selection.select_range_to(&6, &shown);
    assert_eq!(selected(&selection), [1, 2, 3, 6]);
}

#[test]
fn a_range_does_not_deselect_rows_that_are_no_longer_shown() {
    let mut selection = with(&[]);
    selection.toggle(&1);
    selection.select_range_to(&4, &[1, 2, 3, 4]);
    selection.select_range_to(&3, &[1, 3, 4]);
    assert_eq!(selected(&selection), [1, 2, 3]);
}

#[test]
fn a_range_without_anchor_starts_where_it_ends() {
    let mut selection = with(&[]);
    selection.select_range_to(&2, &[1, 2, 3]);
    selection.select_range_to(&3, &[1, 2, 3]);
    assert_eq!(selected(&selection), [2, 3]);
    selection.set_anchor(&1);
    selection.select_range_to(&2, &[1, 2, 3]);
    assert_eq!(selected(&selection), [1, 2, 3]);
}

#[test]
fn the_checkbox_above_all_rows_changes_only_matching_rows() {
    let mut selection = Selection::default();
    selection.toggle(&9);
    assert_eq!(selection.summary(&[1, 2, 9]).coverage(), Coverage::Some);
    selection.toggle_page(&[1, 2], &[1, 2]);
    assert_eq!((selection.summary(&[1, 2]).coverage(), selection.summary(&[1, 2]).hidden()), (Coverage::All, 1));
    selection.toggle_page(&[1, 2], &[1, 2]);
    assert_eq!(selected(&selection), [9]);
    selection.keep_only(&[1, 2]);
    assert!(selection.is_empty());
    assert_eq!(selection.summary(&[]).coverage(), Coverage::None);
}

#[test]
fn the_checkbox_above_a_page_changes_the_page_until_all_matching_rows_are_selected() {
    let (page, matching) = ([1, 2], [1, 2, 3, 4]);
    let mut selection = with(&[1, 9]);
    selection.toggle_page(&page, &matching);
    assert_eq!(selected(&selection), [1, 2, 9]);
    selection.toggle_page(&page, &matching);
    assert_eq!(selected(&selection), [9]);
    selection.select_all(&matching);
    let summary = selection.summary(&matching);
    assert_eq!((summary.coverage(), summary.hidden()), (Coverage::All, 1));
    selection.toggle_page(&page, &matching);
    assert_eq!(selected(&selection), [9]);
}

#[test]
fn inverting_changes_only_matching_rows() {
    let mut selection = with(&[1, 9]);
    selection.invert(&[1, 2, 3]);
    assert_eq!(selected(&selection), [2, 3, 9]);
}

/// Different rows in any order.
fn rows() -> impl Strategy<Value = Vec<u8>> {
    prop::collection::hash_set(0u8..20, 1..14).prop_map(|rows| rows.into_iter().collect())
}

fn step(selection: &mut Selection<u8>, kind: u8, id: &u8, shown: &[u8]) {
    let page = &shown[..shown.len().div_ceil(2)];
    match kind {
        0 => selection.toggle(id),
        1 => selection.extend_to(id, shown),
        2 => selection.select_range_to(id, shown),
        3 => selection.toggle_page(shown, shown),
        4 => selection.toggle_page(page, shown),
        5 => selection.select_all(shown),
        6 => selection.invert(shown),
        7 => selection.keep_only(shown),
        8 => selection.set_anchor(id),
        _ => selection.clear(),
    }
}

proptest! {
    #[test]
    fn nothing_is_selected_that_was_not_shown(
        steps in prop::collection::vec((0u8..10, any::<prop::sample::Index>(), rows()), 0..30)
    ) {
        let mut selection = Selection::default();
        for (kind, at, shown) in steps {
            let before = selection.clone();
            step(&mut selection, kind, at.get(&shown), &shown);
            // Only shown rows are selected. Only commands that say so deselect other rows.
            prop_assert!(selection.iter().all(|id| before.contains(id) || shown.contains(id)));
            let is_lost = |id: &&u8| !selection.contains(id) && !shown.contains(id);
            prop_assert!(matches!(kind, 7 | 9) || !before.iter().any(|id| is_lost(&id)));
            prop_assert!(selection.range.is_subset(&selection.selected));
        }
    }

    #[test]
    fn the_summary_adds_up(ids in rows(), matching in rows()) {
        let summary = with(&ids).summary(&matching);
        prop_assert_eq!(summary.selected, ids.len());
        prop_assert_eq!(summary.matching, matching.len());
        prop_assert_eq!(summary.shown, matching.iter().filter(|id| ids.contains(id)).count());
        prop_assert_eq!(summary.shown + summary.hidden(), ids.len());
        prop_assert_eq!(summary.coverage() == Coverage::All, matching.iter().all(|id| ids.contains(id)));
    }

    #[test]
    fn inverting_twice_changes_nothing(ids in rows(), matching in rows()) {
        let mut selection = with(&ids);
        selection.invert(&matching);
        prop_assert!(matching.iter().all(|id| selection.contains(id) != ids.contains(id)));
        selection.invert(&matching);
        prop_assert_eq!(selection, with(&ids));
    }

    #[test]
    fn changing_a_range_back_and_forth_ends_at_the_last_one(
        ids in rows(), shown in rows(), from in any::<prop::sample::Index>(),
        stops in prop::collection::vec(any::<prop::sample::Index>(), 1..6)
    ) {
        let mut wandering = with(&ids);
        wandering.toggle(from.get(&shown));
        let mut direct = wandering.clone();
        for stop in &stops {
            wandering.select_range_to(stop.get(&shown), &shown);
        }
        direct.select_range_to(stops[stops.len() - 1].get(&shown), &shown);
        prop_assert_eq!(wandering, direct);
    }

    #[test]
    fn the_checkbox_above_a_page_does_one_of_three_things(ids in rows(), matching in rows(), split in any::<prop::sample::Index>()) {
        let page = &matching[..=split.index(matching.len())];
        let mut selection = with(&ids);
        selection.toggle_page(page, &matching);
        let has = |wanted: &[u8]| wanted.iter().all(|id| ids.contains(id));
        let (is_page_in, changed) = match (has(&matching), has(page)) {
            (true, _) => (false, matching.as_slice()),
            (false, is_page_in) => (!is_page_in, page),
        };
        prop_assert!(changed.iter().all(|id| selection.contains(id) == is_page_in));
        prop_assert!((0..20).all(|id| changed.contains(&id) || selection.contains(&id) == ids.contains(&id)));
    }
}
