//! Which things are selected, by what identifies them.
//!
//! Invariant: nothing is selected that the person could not see when selecting it; sorting and filtering change nothing.

use std::collections::HashSet;
use std::hash::Hash;

/// A set of selected ids, with the one that a range would begin at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Selection<T: Eq + Hash> {
    chosen: HashSet<T>,
    anchor: Option<T>,
}

/// What the box over a column of boxes shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Coverage {
    /// Nothing of what is shown is selected.
    None,
    /// Some of it.
    Some,
    /// All of it.
    All,
}

impl<T: Eq + Hash> Default for Selection<T> {
    fn default() -> Self {
        Self { chosen: HashSet::new(), anchor: None }
    }
}

impl<T: Eq + Hash + Clone> Selection<T> {
    /// Whether this one is selected.
    pub fn contains(&self, id: &T) -> bool {
        self.chosen.contains(id)
    }

    /// How many are selected, shown or not.
    pub fn len(&self) -> usize {
        self.chosen.len()
    }

    /// Whether nothing is selected.
    pub fn is_empty(&self) -> bool {
        self.chosen.is_empty()
    }

    /// Selects one, or takes it out; a range begins here next.
    pub fn toggle(&mut self, id: &T) {
        if !self.chosen.remove(id) {
            self.chosen.insert(id.clone());
        }
        self.anchor = Some(id.clone());
    }

    /// Gives everything between the last toggled one and this one, in the shown order, the state of the former. Where
    /// that one is not shown any more, this one alone is toggled.
    pub fn extend_to(&mut self, id: &T, shown: &[T]) {
        let place = |wanted: &T| shown.iter().position(|one| one == wanted);
        let (Some(from), Some(to)) = (self.anchor.as_ref().and_then(place), place(id)) else {
            return self.toggle(id);
        };
        let is_selecting = self.chosen.contains(&shown[from]);
        for one in &shown[from.min(to)..=from.max(to)] {
            if is_selecting {
                self.chosen.insert(one.clone());
            } else {
                self.chosen.remove(one);
            }
        }
    }

    /// How much of what is shown is selected.
    pub fn coverage(&self, shown: &[T]) -> Coverage {
        match shown.iter().filter(|id| self.chosen.contains(id)).count() {
            0 => Coverage::None,
            count if count == shown.len() => Coverage::All,
            _ => Coverage::Some,
        }
    }

    /// Selects all that is shown; where all of it is selected, takes all of it out.
    pub fn toggle_all(&mut self, shown: &[T]) {
        if self.coverage(shown) == Coverage::All {
            for id in shown {
                self.chosen.remove(id);
            }
        } else {
            self.chosen.extend(shown.iter().cloned());
        }
        self.anchor = None;
    }

    /// How many are selected that are not shown.
    pub fn hidden(&self, shown: &[T]) -> usize {
        self.chosen.len() - shown.iter().filter(|id| self.chosen.contains(id)).count()
    }

    /// Takes out what is not among these.
    pub fn keep_only(&mut self, shown: &[T]) {
        let shown: HashSet<&T> = shown.iter().collect();
        self.chosen.retain(|id| shown.contains(id));
    }

    /// Selects exactly these.
    pub fn set(&mut self, ids: impl IntoIterator<Item = T>) {
        self.chosen = ids.into_iter().collect();
        self.anchor = None;
    }

    /// Takes everything out.
    pub fn clear(&mut self) {
        self.chosen.clear();
        self.anchor = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn chosen(selection: &Selection<u8>) -> Vec<u8> {
        let mut all: Vec<u8> = selection.chosen.iter().copied().collect();
        all.sort_unstable();
        all
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
    fn the_box_over_all_takes_what_is_shown_and_leaves_the_rest() {
        let mut selection = Selection::default();
        selection.toggle(&9);
        assert_eq!(selection.coverage(&[1, 2, 9]), Coverage::Some);
        selection.toggle_all(&[1, 2]);
        assert_eq!((selection.coverage(&[1, 2]), selection.hidden(&[1, 2])), (Coverage::All, 1));
        selection.toggle_all(&[1, 2]);
        assert_eq!(chosen(&selection), [9]);
        selection.keep_only(&[1, 2]);
        assert!(selection.is_empty());
        assert_eq!(selection.coverage(&[]), Coverage::None);
    }

    proptest! {
        #[test]
        fn nothing_is_selected_that_was_not_shown(
            steps in prop::collection::vec((0u8..4, 0u8..20, prop::collection::hash_set(0u8..20, 0..12)), 0..20)
        ) {
            let (mut selection, mut seen) = (Selection::default(), HashSet::new());
            for (kind, at, shown) in steps {
                let shown: Vec<u8> = shown.into_iter().collect();
                let Some(id) = shown.get(usize::from(at) % shown.len().max(1)) else { continue };
                seen.extend(shown.iter().copied());
                match kind {
                    0 => selection.toggle(id),
                    1 => selection.extend_to(id, &shown),
                    2 => selection.toggle_all(&shown),
                    _ => selection.keep_only(&shown),
                }
                prop_assert!(selection.chosen.is_subset(&seen));
                let covered = shown.iter().filter(|id| selection.contains(id)).count();
                prop_assert_eq!(selection.len(), covered + selection.hidden(&shown));
            }
        }
    }
}
