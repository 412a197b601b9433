//! The selection in a list, by id.
//!
//! Invariant: a row is selected only by a command that showed the row or counted it. Sorting and filtering change nothing.

use std::hash::Hash;

use rustc_hash::FxHashSet;

#[cfg(test)]
mod tests;

/// A set of selected ids, and the anchor of the next range.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Selection<T: Eq + Hash> {
    selected: FxHashSet<T>,
    anchor: Option<T>,
    /// The ids that only the present range selects. They are deselected when it shrinks.
    range: FxHashSet<T>,
    /// The end of that range, if the keyboard set it.
    range_end: Option<T>,
}

/// How many of the matching rows are selected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Coverage {
    /// None.
    None,
    /// Some.
    Some,
    /// All.
    All,
}

/// The selection and the rows that match a search.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SelectionSummary {
    /// How many rows are selected, matching or not.
    pub selected: usize,
    /// How many matching rows are selected.
    pub shown: usize,
    /// How many rows match.
    pub matching: usize,
}

impl SelectionSummary {
    /// How many of the matching rows are selected.
    pub fn coverage(self) -> Coverage {
        match self.shown {
            0 => Coverage::None,
            count if count == self.matching => Coverage::All,
            _ => Coverage::Some,
        }
    }

    /// How many selected rows do not match.
    pub fn hidden(self) -> usize {
        self.selected.saturating_sub(self.shown)
    }
}

impl<T: Eq + Hash> Default for Selection<T> {
    fn default() -> Self {
        Self { selected: FxHashSet::default(), anchor: None, range: FxHashSet::default(), range_end: None }
    }
}

impl<T: Eq + Hash + Clone> Selection<T> {
    /// Whether the row is selected.
    pub fn contains(&self, id: &T) -> bool {
        self.selected.contains(id)
    }

    /// How many rows are selected, matching or not.
    pub fn len(&self) -> usize {
        self.selected.len()
    }

    /// Whether nothing is selected.
    pub fn is_empty(&self) -> bool {
        self.selected.is_empty()
    }

    /// All selected ids, matching or not, in no particular order.
    pub fn iter(&self) -> impl Iterator<Item = &T> {
        self.selected.iter()
    }

    /// Makes the row the anchor of the next range.
    pub fn set_anchor(&mut self, id: &T) {
        self.start_range(Some(id.clone()));
    }

    /// Selects or deselects the row, and makes it the anchor.
    pub fn toggle(&mut self, id: &T) {
        self.invert_one(id);
        self.set_anchor(id);
    }

    /// Selects the rows from the anchor to this one if the anchor is selected, and deselects them otherwise. Toggles only this
    /// row if the anchor is not shown.
    pub fn extend_to(&mut self, id: &T, shown: &[T]) {
        let Some((from, to)) = self.range_to(id, shown) else { return self.toggle(id) };
        let range = &shown[from.min(to)..=from.max(to)];
        if self.selected.contains(&shown[from]) {
            self.insert_all(range);
        } else {
            self.remove_all(range);
        }
        self.range.clear();
    }

    /// Selects the rows from the anchor to this one, in place of the last range from that anchor. Keeps rows that were selected
    /// before or are not shown. If the anchor is not shown, selects only this row and makes it the anchor.
    pub fn select_range_to(&mut self, id: &T, shown: &[T]) {
        let Some((from, to)) = self.range_to(id, shown) else {
            self.selected.insert(id.clone());
            return self.set_anchor(id);
        };
        let (first, last) = (from.min(to), from.max(to));
        if !self.range.is_empty() {
            for one in shown[..first].iter().chain(&shown[last + 1..]) {
                if self.range.remove(one) {
                    self.selected.remove(one);
                }
            }
        }
        for one in &shown[first..=last] {
            if !self.selected.contains(one) {
                self.selected.insert(one.clone());
                self.range.insert(one.clone());
            }
        }
    }

    /// Like [`Self::select_range_to`], from the focused row `from`: it becomes the anchor unless the last range ended there.
    pub fn select_range_from(&mut self, from: &T, id: &T, shown: &[T]) {
        if self.range_end.as_ref() != Some(from) {
            self.set_anchor(from);
        }
        self.select_range_to(id, shown);
        self.range_end = Some(id.clone());
    }

    /// Deselects the row.
    pub fn remove(&mut self, id: &T) {
        self.selected.remove(id);
        self.range.remove(id);
    }

    /// Compares the selection with the matching rows, which are different ids.
    pub fn summary(&self, matching: &[T]) -> SelectionSummary {
        let shown = if self.is_empty() { 0 } else { matching.iter().filter(|id| self.selected.contains(id)).count() };
        SelectionSummary { selected: self.len(), shown, matching: matching.len() }
    }

    /// What the checkbox above a page of the matching rows does: if all matching rows are selected, deselects them. If the page
    /// is selected, deselects the page. Otherwise selects the page.
    pub fn toggle_page(&mut self, page: &[T], matching: &[T]) {
        let has_all = |ids: &[T]| ids.iter().all(|id| self.selected.contains(id));
        let (has_page, has_matching) = (has_all(page), has_all(matching));
        if has_matching {
            self.remove_all(matching);
        } else if has_page {
            self.remove_all(page);
        } else {
            self.insert_all(page);
        }
        self.start_range(None);
    }

    /// Selects all matching rows.
    pub fn select_all(&mut self, matching: &[T]) {
        self.insert_all(matching);
        self.start_range(None);
    }

    /// Selects the matching rows that are not selected, and deselects those that are.
    pub fn invert(&mut self, matching: &[T]) {
        self.reserve(matching.len());
        for id in matching {
            self.invert_one(id);
        }
        self.start_range(None);
    }

    /// Deselects rows that do not match.
    pub fn keep_only(&mut self, matching: &[T]) {
        let matching: FxHashSet<&T> = matching.iter().collect();
        self.selected.retain(|id| matching.contains(id));
        self.range.clear();
    }

    /// Selects exactly these rows.
    pub fn set(&mut self, ids: impl IntoIterator<Item = T>) {
        self.selected = ids.into_iter().collect();
        self.start_range(None);
    }

    /// Deselects everything.
    pub fn clear(&mut self) {
        self.selected.clear();
        self.start_range(None);
    }

    /// The positions of the anchor and of this row, if both are shown.
    fn range_to(&self, id: &T, shown: &[T]) -> Option<(usize, usize)> {
        let position = |id: &T| shown.iter().position(|one| one == id);
        self.anchor.as_ref().and_then(position).zip(position(id))
    }

    fn start_range(&mut self, anchor: Option<T>) {
        self.anchor = anchor;
        self.range_end = None;
        self.range.clear();
    }

    fn invert_one(&mut self, id: &T) {
        if !self.selected.remove(id) {
            self.selected.insert(id.clone());
        }
    }

    /// Selects these rows.
    pub fn insert_all(&mut self, ids: &[T]) {
        self.reserve(ids.len());
        for id in ids {
            // Most ids of a large range are often selected already, and cloning an id costs more than a lookup.
            if !self.selected.contains(id) {
                self.selected.insert(id.clone());
            }
        }
    }

    fn remove_all(&mut self, ids: &[T]) {
        for id in ids {
            self.selected.remove(id);
        }
    }

    fn reserve(&mut self, count: usize) {
        self.selected.reserve(count.saturating_sub(self.selected.len()));
    }
}
