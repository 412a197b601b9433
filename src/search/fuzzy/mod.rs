//! Fuzzy search: names whose letters contain those of a query in order, the best match first.
//!
//! Invariant: the order is total. Equal scores keep the order of the candidates.

mod align;
mod letters;

use std::borrow::Borrow;
use std::cmp::Reverse;
use std::ops::Range;

use align::{Aligner, Letters};
pub use letters::plain;

#[cfg(test)]
mod tests;

/// The most letters of a query that are compared.
const MOST_LETTERS: usize = 64;
/// What a word scores more in a name than in the detail.
const IN_NAME: i32 = 4;

/// What can be found: a name, and a detail such as an email address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    name: Letters,
    detail: String,
}

impl Candidate {
    pub fn new(name: &str, detail: &str) -> Self {
        Self { name: Letters::new(&plain(name)), detail: plain(detail) }
    }
}

/// A typed query. Each of its words has to be found: in the name with gaps between the letters, or in the detail without.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Query {
    words: Vec<Word>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Word {
    text: String,
    letters: Letters,
}

impl Query {
    pub fn new(typed: &str) -> Self {
        let mut left = MOST_LETTERS;
        let cut = |word: &str| -> String {
            let cut: String = word.chars().take(left).collect();
            left -= cut.chars().count();
            cut
        };
        let words = plain(typed).split_whitespace().map(cut).filter(|word| !word.is_empty()).collect::<Vec<_>>();
        Self { words: words.into_iter().map(|text| Word { letters: Letters::new(&text), text }).collect() }
    }

    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The positions of the best candidates, best first, at most `most`, and how many match. `rank` sorts equal scores: the
    /// lowest first, then the shortest name, then the order of the candidates.
    pub fn best<C: Borrow<Candidate>>(
        &self,
        candidates: impl Iterator<Item = (C, u32)>,
        most: usize,
    ) -> (Vec<usize>, usize) {
        let mut aligner = Aligner::default();
        let (mut best, mut found) = (Vec::<(Key, usize)>::with_capacity(most + 1), 0);
        for (at, (candidate, rank)) in candidates.enumerate() {
            let candidate = candidate.borrow();
            let Some(score) = self.score(candidate, &mut aligner) else { continue };
            found += 1;
            let key = (Reverse(score), rank, candidate.name.len());
            let is_full = best.len() == most;
            if is_full && best.last().is_none_or(|(last, _)| *last <= key) {
                continue;
            }
            best.insert(best.partition_point(|(other, _)| *other <= key), (key, at));
            best.truncate(most);
        }
        (best.into_iter().map(|(_, at)| at).collect(), found)
    }

    /// How well a candidate matches, or `None` if it does not.
    fn score(&self, candidate: &Candidate, aligner: &mut Aligner) -> Option<i32> {
        let mut sum = 0;
        for word in &self.words {
            let in_name = aligner.score(&word.letters, &candidate.name).map(|score| score + IN_NAME);
            sum += in_name.max(align::score_part(&word.text, &candidate.detail))?;
        }
        Some(sum)
    }

    /// The parts of a name that the query matches, as byte ranges in order.
    pub fn marks(&self, name: &str) -> Vec<Range<usize>> {
        let (letters, origins) = letters::with_origins(name);
        let letters = Letters::new(&letters);
        let mut is_marked = vec![false; name.len()];
        for at in self.words.iter().flat_map(|word| align::positions(&word.letters, &letters)) {
            if let Some(marked) = origins.get(at).and_then(|origin| is_marked.get_mut(origin.clone())) {
                marked.fill(true);
            }
        }
        let mut marks = Vec::<Range<usize>>::new();
        for (at, _) in is_marked.iter().enumerate().filter(|(_, is_marked)| **is_marked) {
            match marks.last_mut() {
                Some(last) if last.end == at => last.end = at + 1,
                _ => marks.push(at..at + 1),
            }
        }
        marks
    }
}

type Key = (Reverse<i32>, u32, usize);
