//! What each way of selecting puts in, takes out and leaves alone.

use super::*;
use proptest::prelude::*;

fn chosen(selection: &Selection<u8>) -> Vec<u8> {
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
fn a_stretch_from_another_row_than_the_last_began_with_begins_there() {
    let shown = [1, 2, 3, 4, 5, 6];
    let mut selection = Selection::default();
    selection.stretch_from(&1, &2, &shown);
    selection.stretch_from(&2, &3, &shown);
    selection.stretch_from(&3, &2, &shown);
    assert_eq!(chosen(&selection), [1, 2]);
    selection.stretch_from(&5, &6, &shown);
    assert_eq!(chosen(&selection), [1, 2, 5, 6]);
}

#[test]
fn a_range_goes_from_the_last_toggled_one_in_the_shown_order() {
    let mut selection = Selection::default();
    selection.toggle(&2);
    selection.extend_to(&9, &[5, 2, 7, 9, 1]);
    assert_eq!(chosen(&selection), [2, 7, 9]);
    selection.extend_to(&5, &[5, 2, 7, 9, 1]);
    assert_eq!(chosen(&selection), [2, 5, 7, 9]);
    // A range from one that was taken out takes out.
    selection.toggle(&7);
    selection.extend_to(&9, &[5, 2, 7, 9, 1]);
    assert_eq!(chosen(&selection), [2, 5]);
    selection.extend_to(&1, &[1, 3]);
    assert_eq!(chosen(&selection), [1, 2, 5]);
}

#[test]
fn a_stretch_that_shrinks_takes_out_only_what_it_put_in() {
    let shown = [1, 2, 3, 4, 5, 6];
    let mut selection = with(&[4, 9]);
    selection.toggle(&2);
    selection.stretch_to(&5, &shown);
    assert_eq!(chosen(&selection), [2, 3, 4, 5, 9]);
    selection.stretch_to(&3, &shown);
    assert_eq!(chosen(&selection), [2, 3, 4, 9]);
    selection.stretch_to(&1, &shown);
    assert_eq!(chosen(&selection), [1, 2, 4, 9]);
    selection.stretch_to(&2, &shown);
    assert_eq!(chosen(&selection), [2, 4, 9]);
}

#[test]
fn a_stretch_is_done_once_something_else_is_selected() {
    let shown = [1, 2, 3, 4, 5, 6];
    let mut selection = with(&[]);
    selection.toggle(&1);
    selection.stretch_to(&3, &shown);
    selection.toggle(&6);
    selection.stretch_to(&5, &shown);
    selection.stretch_to(&6, &shown);
    assert_eq!(chosen(&selection), [1, 2, 3, 6]);
}

#[test]
fn a_stretch_leaves_alone_what_went_out_of_sight() {
    let mut selection = with(&[]);
    selection.toggle(&1);
    selection.stretch_to(&4, &[1, 2, 3, 4]);
    selection.stretch_to(&3, &[1, 3, 4]);
    assert_eq!(chosen(&selection), [1, 2, 3]);
}

#[test]
fn a_stretch_from_nowhere_begins_where_it_ends() {
    let mut selection = with(&[]);
    selection.stretch_to(&2, &[1, 2, 3]);
    selection.stretch_to(&3, &[1, 2, 3]);
    assert_eq!(chosen(&selection), [2, 3]);
    selection.begin_at(&1);
    selection.stretch_to(&2, &[1, 2, 3]);
    assert_eq!(chosen(&selection), [1, 2, 3]);
}

#[test]
fn the_box_over_all_takes_what_is_shown_and_leaves_the_rest() {
    let mut selection = Selection::default();
    selection.toggle(&9);
    assert_eq!(selection.standing(&[1, 2, 9]).coverage(), Coverage::Some);
    selection.toggle_page(&[1, 2], &[1, 2]);
    assert_eq!((selection.standing(&[1, 2]).coverage(), selection.standing(&[1, 2]).hidden()), (Coverage::All, 1));
    selection.toggle_page(&[1, 2], &[1, 2]);
    assert_eq!(chosen(&selection), [9]);
    selection.keep_only(&[1, 2]);
    assert!(selection.is_empty());
    assert_eq!(selection.standing(&[]).coverage(), Coverage::None);
}

#[test]
fn the_box_over_a_page_takes_the_page_until_all_that_matches_is_selected() {
    let (page, matching) = ([1, 2], [1, 2, 3, 4]);
    let mut selection = with(&[1, 9]);
    selection.toggle_page(&page, &matching);
    assert_eq!(chosen(&selection), [1, 2, 9]);
    selection.toggle_page(&page, &matching);
    assert_eq!(chosen(&selection), [9]);
    selection.select_all(&matching);
    let standing = selection.standing(&matching);
    assert_eq!((standing.coverage(), standing.hidden()), (Coverage::All, 1));
    selection.toggle_page(&page, &matching);
    assert_eq!(chosen(&selection), [9]);
}

#[test]
fn inverting_leaves_alone_what_does_not_match() {
    let mut selection = with(&[1, 9]);
    selection.invert(&[1, 2, 3]);
    assert_eq!(chosen(&selection), [2, 3, 9]);
}

/// What was shown at a step, in an order, each once.
fn rows() -> impl Strategy<Value = Vec<u8>> {
    prop::collection::hash_set(0u8..20, 1..14).prop_map(|rows| rows.into_iter().collect())
}

fn step(selection: &mut Selection<u8>, kind: u8, id: &u8, shown: &[u8]) {
    let page = &shown[..shown.len().div_ceil(2)];
    match kind {
        0 => selection.toggle(id),
        1 => selection.extend_to(id, shown),
        2 => selection.stretch_to(id, shown),
        3 => selection.toggle_page(shown, shown),
        4 => selection.toggle_page(page, shown),
        5 => selection.select_all(shown),
        6 => selection.invert(shown),
        7 => selection.keep_only(shown),
        8 => selection.begin_at(id),
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
            // What is new was in sight, and what left was too, but by the ways that say they take out the rest.
            prop_assert!(selection.iter().all(|id| before.contains(id) || shown.contains(id)));
            let is_lost = |id: &&u8| !selection.contains(id) && !shown.contains(id);
            prop_assert!(matches!(kind, 7 | 9) || !before.iter().any(|id| is_lost(&id)));
            prop_assert!(selection.stretched.is_subset(&selection.chosen));
        }
    }

    #[test]
    fn the_standing_adds_up(ids in rows(), matching in rows()) {
        let standing = with(&ids).standing(&matching);
        prop_assert_eq!(standing.selected, ids.len());
        prop_assert_eq!(standing.matching, matching.len());
        prop_assert_eq!(standing.shown, matching.iter().filter(|id| ids.contains(id)).count());
        prop_assert_eq!(standing.shown + standing.hidden(), ids.len());
        prop_assert_eq!(standing.coverage() == Coverage::All, matching.iter().all(|id| ids.contains(id)));
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
    fn stretching_back_and_forth_comes_to_the_last_stretch(
        ids in rows(), shown in rows(), from in any::<prop::sample::Index>(),
        stops in prop::collection::vec(any::<prop::sample::Index>(), 1..6)
    ) {
        let mut wandering = with(&ids);
        wandering.toggle(from.get(&shown));
        let mut direct = wandering.clone();
        for stop in &stops {
            wandering.stretch_to(stop.get(&shown), &shown);
        }
        direct.stretch_to(stops[stops.len() - 1].get(&shown), &shown);
        prop_assert_eq!(wandering, direct);
    }

    #[test]
    fn the_box_over_a_page_does_one_of_three_things(ids in rows(), matching in rows(), split in any::<prop::sample::Index>()) {
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
