//! How the letters of a word are best placed in a text.
//!
//! Each letter scores for its place: the start of the text, the start of a word, right after the letter before it, or elsewhere.

/// More than the start of a word, so that a run of four letters ranks above four initials.
const AFTER_LETTER: i32 = 12;
const AT_START: i32 = 10;
const AT_WORD: i32 = 8;
const ELSEWHERE: i32 = 1;

/// A text with what decides quickly that a word is not in it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Letters {
    letters: Box<[char]>,
    /// One bit for each letter or digit, and one for each class of others.
    mask: u64,
}

impl Letters {
    pub fn new(text: &str) -> Self {
        let mask = text.chars().fold(0, |mask, c| mask | bit(c));
        Self { letters: text.chars().collect(), mask }
    }

    pub fn len(&self) -> usize {
        self.letters.len()
    }

    fn may_contain(&self, word: &Self) -> bool {
        word.mask & !self.mask == 0
    }

    /// What a letter scores at a place in the text, apart from the letter before it in the word.
    fn place(&self, at: usize) -> i32 {
        match at.checked_sub(1).and_then(|before| self.letters.get(before)) {
            None => AT_START,
            Some(before) if !before.is_alphanumeric() => AT_WORD,
            Some(_) => ELSEWHERE,
        }
    }
}

fn bit(c: char) -> u64 {
    1 << (u32::from(c) % 64)
}

/// The best placement of the letters up to one of the word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Placed {
    score: i32,
    /// Where its last letter is.
    at: usize,
}

/// Scores words, and keeps its memory for the next one.
#[derive(Debug, Default)]
pub(super) struct Aligner {
    /// For each letter of the word, the best placement that ends with it at the last letter of the text.
    here: Vec<Option<Placed>>,
    /// For each letter of the word, the best placement that ends with it anywhere so far.
    best: Vec<Option<Placed>>,
}

impl Aligner {
    /// The score of the best placement of a word, or `None` if its letters are not in the text in this order.
    pub fn score(&mut self, word: &Letters, text: &Letters) -> Option<i32> {
        self.align(word, text, |_, _, _| ())
    }

    /// Tells `trace` each placed letter: its number in the word, where it is, and where the letter before it is.
    fn align(&mut self, word: &Letters, text: &Letters, mut trace: impl FnMut(usize, usize, usize)) -> Option<i32> {
        if !text.may_contain(word) {
            return None;
        }
        for row in [&mut self.here, &mut self.best] {
            row.clear();
            row.resize(word.len(), None);
        }
        // Letters after this one are not placed yet.
        let mut reached = 0;
        for (at, c) in text.letters.iter().enumerate() {
            // The last first: each one reads what the one before it had at the previous letter of the text.
            for (number, letter) in word.letters.iter().enumerate().take(reached + 1).rev() {
                let placed = if letter == c { self.place(number, at, text) } else { None };
                if let Some((placed, before)) = placed {
                    trace(number, at, before);
                    reached = reached.max(number + 1);
                    if self.best[number].is_none_or(|best| placed.score > best.score) {
                        self.best[number] = Some(placed);
                    }
                }
                self.here[number] = placed.map(|(placed, _)| placed);
            }
        }
        self.best.last().copied().flatten().map(|best| best.score)
    }

    /// The best placement with this letter here, and where the letter before it is.
    fn place(&self, number: usize, at: usize, text: &Letters) -> Option<(Placed, usize)> {
        let placed = |before: Placed, gain: i32| (Placed { score: before.score + gain, at }, before.at);
        let Some(previous) = number.checked_sub(1) else {
            return Some(placed(Placed { score: 0, at }, text.place(at)));
        };
        let adjacent = self.here[previous].map(|before| placed(before, AFTER_LETTER));
        let apart = self.best[previous].map(|before| placed(before, text.place(at)));
        match (adjacent, apart) {
            (Some(adjacent), Some(apart)) if adjacent.0.score >= apart.0.score => Some(adjacent),
            (adjacent, apart) => apart.or(adjacent),
        }
    }
}

/// The places of a word's letters in the text, in order. Empty if they are not in it.
pub(super) fn positions(word: &Letters, text: &Letters) -> Vec<usize> {
    let mut aligner = Aligner::default();
    let mut before = vec![0; word.len() * text.len()];
    let is_found =
        aligner.align(word, text, |number, at, previous| before[number * text.len() + at] = previous).is_some();
    let Some(last) = aligner.best.last().copied().flatten().filter(|_| is_found) else { return Vec::new() };
    let mut positions = vec![last.at; word.len()];
    for number in (1..word.len()).rev() {
        positions[number - 1] = before[number * text.len() + positions[number]];
    }
    positions
}

/// The score of a word that is in the text as a whole.
pub(super) fn score_part(word: &str, text: &str) -> Option<i32> {
    let at = text.find(word)?;
    let before = text.get(..at).and_then(|before| before.chars().next_back());
    let first = match before {
        None => AT_START,
        Some(before) if !before.is_alphanumeric() => AT_WORD,
        Some(_) => ELSEWHERE,
    };
    Some(first + AFTER_LETTER * i32::try_from(word.chars().skip(1).count()).unwrap_or_default())
}

#[cfg(test)]
pub(super) mod reference {
    use super::{AFTER_LETTER, Letters};

    /// The score of a placement, letter by letter.
    pub fn score_of(positions: &[usize], text: &Letters) -> i32 {
        let later = positions.windows(2).map(|pair| {
            let is_adjacent = pair[0] + 1 == pair[1];
            if is_adjacent { AFTER_LETTER } else { text.place(pair[1]) }
        });
        text.place(positions[0]) + later.sum::<i32>()
    }
}
