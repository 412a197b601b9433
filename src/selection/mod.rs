//! Which things are selected, by what identifies them.
//!
//! Invariant: nothing is selected that the person could not see, or see counted, when selecting it; sorting and filtering
//! change nothing.

use std::hash::Hash;

use rustc_hash::FxHashSet;

#[cfg(test)]
mod tests;

/// A set of selected ids, with the one that a range would begin at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Selection<T: Eq + Hash> {
    chosen: FxHashSet<T>,
    anchor: Option<T>,
    /// What is selected only because a range was stretched over it from the anchor.
    stretched: FxHashSet<T>,
    /// Where that range ends.
    stretch_end: Option<T>,
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

/// How the selection stands to what matches a search.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// How many are selected, shown or not.
    pub selected: usize,
    /// How many of what matches are selected.
    pub shown: usize,
    /// How many match.
    pub matching: usize,
}

impl Standing {
    /// How much of what matches is selected.
    pub fn coverage(self) -> Coverage {
        match self.shown {
            0 => Coverage::None,
            count if count == self.matching => Coverage::All,
            _ => Coverage::Some,
        }
    }

    /// How many are selected that do not match.
    pub fn hidden(self) -> usize {
        self.selected.saturating_sub(self.shown)
    }
}

impl<T: Eq + Hash> Default for Selection<T> {
    fn default() -> Self {
        Self { chosen: FxHashSet::default(), anchor: None, stretched: FxHashSet::default(), stretch_end: None }
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

    /// All that are selected, shown or not, in no order.
    pub fn iter(&self) -> impl Iterator<Item = &T> {
        self.chosen.iter()
    }

    /// Lets a range begin here next, and selects nothing.
    pub fn begin_at(&mut self, id: &T) {
        self.begin(Some(id.clone()));
    }

    /// Selects one, or takes it out; a range begins here next.
    pub fn toggle(&mut self, id: &T) {
        self.flip(id);
        self.begin_at(id);
    }

    /// Gives everything between the last toggled one and this one, in the shown order, the state of the former. Where
    /// that one is not shown any more, this one alone is toggled.
    pub fn extend_to(&mut self, id: &T, shown: &[T]) {
        let Some((from, to)) = self.range_to(id, shown) else { return self.toggle(id) };
        let range = &shown[from.min(to)..=from.max(to)];
        if self.chosen.contains(&shown[from]) {
            self.insert_all(range);
        } else {
            self.remove_all(range);
        }
        self.stretched.clear();
    }

    /// Selects everything between the one that a range begins at and this one, in the shown order, in place of what the
    /// last stretch from there had put in. What was selected before it stays, and so does what is not shown. Where no
    /// range begins in what is shown, this one alone is selected and the next begins here.
    pub fn stretch_to(&mut self, id: &T, shown: &[T]) {
        let Some((from, to)) = self.range_to(id, shown) else {
            self.chosen.insert(id.clone());
            return self.begin_at(id);
        };
        let (first, last) = (from.min(to), from.max(to));
        if !self.stretched.is_empty() {
            for one in shown[..first].iter().chain(&shown[last + 1..]) {
                if self.stretched.remove(one) {
                    self.chosen.remove(one);
                }
            }
        }
        for one in &shown[first..=last] {
            if !self.chosen.contains(one) {
                self.chosen.insert(one.clone());
                self.stretched.insert(one.clone());
            }
        }
    }

    /// The same from the row that has the focus: where the last stretch did not end there, a range begins there.
    pub fn stretch_from(&mut self, from: &T, id: &T, shown: &[T]) {
        if self.stretch_end.as_ref() != Some(from) {
            self.begin_at(from);
        }
        self.stretch_to(id, shown);
        self.stretch_end = Some(id.clone());
    }

    /// Takes one out.
    pub fn remove(&mut self, id: &T) {
        self.chosen.remove(id);
        self.stretched.remove(id);
    }

    /// How the selection stands to these, each named once.
    pub fn standing(&self, matching: &[T]) -> Standing {
        let shown = if self.is_empty() { 0 } else { matching.iter().filter(|id| self.chosen.contains(id)).count() };
        Standing { selected: self.len(), shown, matching: matching.len() }
    }

    /// What the box over a column does where only a page of what matches is in sight: where all that matches is selected,
    /// takes all of it out; where the page is, takes the page out; and else selects the page.
    pub fn toggle_page(&mut self, page: &[T], matching: &[T]) {
        let has_all = |ids: &[T]| ids.iter().all(|id| self.chosen.contains(id));
        let (has_page, has_matching) = (has_all(page), has_all(matching));
        if has_matching {
            self.remove_all(matching);
        } else if has_page {
            self.remove_all(page);
        } else {
            self.insert_all(page);
        }
        self.begin(None);
    }

    /// Selects all of these, in sight or not.
    pub fn select_all(&mut self, matching: &[T]) {
        self.insert_all(matching);
        self.begin(None);
    }

    /// Selects what of these is not selected and takes out what is; whatever is not among them stays as it is.
    pub fn invert(&mut self, matching: &[T]) {
        self.make_room(matching.len());
        for id in matching {
            self.flip(id);
        }
        self.begin(None);
    }

    /// Takes out what is not among these.
    pub fn keep_only(&mut self, matching: &[T]) {
        let matching: FxHashSet<&T> = matching.iter().collect();
        self.chosen.retain(|id| matching.contains(id));
        self.stretched.clear();
    }

    /// Selects exactly these.
    pub fn set(&mut self, ids: impl IntoIterator<Item = T>) {
        self.chosen = ids.into_iter().collect();
        self.begin(None);
    }

    /// Takes everything out.
    pub fn clear(&mut self) {
        self.chosen.clear();
        self.begin(None);
    }

    /// Where the range that ends at this one begins and ends, if both ends are shown.
    fn range_to(&self, id: &T, shown: &[T]) -> Option<(usize, usize)> {
        let place = |wanted: &T| shown.iter().position(|one| one == wanted);
        self.anchor.as_ref().and_then(place).zip(place(id))
    }

    fn begin(&mut self, anchor: Option<T>) {
        self.anchor = anchor;
        self.stretch_end = None;
        self.stretched.clear();
    }

    fn flip(&mut self, id: &T) {
        if !self.chosen.remove(id) {
            self.chosen.insert(id.clone());
        }
    }

    fn insert_all(&mut self, ids: &[T]) {
        self.make_room(ids.len());
        for id in ids {
            // Most of a large range is often selected already, and copying an id costs more than looking for it.
            if !self.chosen.contains(id) {
                self.chosen.insert(id.clone());
            }
        }
    }

    fn remove_all(&mut self, ids: &[T]) {
        for id in ids {
            self.chosen.remove(id);
        }
    }

    fn make_room(&mut self, count: usize) {
        self.chosen.reserve(count.saturating_sub(self.chosen.len()));
    }
}
