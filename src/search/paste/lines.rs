//! Reads one line of a pasted list.
//!
//! Invariant: a line with an address or an id names only those. Only other lines are read as names.

use std::slice;

use rustc_hash::FxHashSet;

use super::words::{self, Word};
use crate::domain::UserId;
use crate::search::Candidates;

/// A text in a line, and the people that it may name.
type Named<'t> = (&'t str, Vec<UserId>);

/// An address or an id in a line.
struct Mention<'t, 'd> {
    text: &'t str,
    is_id: bool,
    is_in_brackets: bool,
    people: &'d [UserId],
}

/// The people that a line names. Only the first line may be a row of headings, which names no one.
pub(super) fn read<'t>(line: &'t str, is_first: bool, people: &Candidates) -> Vec<Named<'t>> {
    let reader = Reader(*people);
    let mentions = reader.mentions(line);
    // `user_id` is a heading in the shape of an id.
    let has_person = mentions.iter().any(|mention| !mention.is_id || !mention.people.is_empty());
    let mut named = if mentions.is_empty() { reader.names(line) } else { without_repeats(mentions) };
    // The number of a list item is nothing without a name.
    named.retain(|(text, _)| !text.is_empty());
    let is_found = has_person || named.iter().any(|(_, people)| !people.is_empty());
    if is_first && !is_found && words::has_heading(line) { Vec::new() } else { named }
}

struct Reader<'d>(Candidates<'d>);

impl<'d> Reader<'d> {
    fn mentions<'t>(&self, line: &'t str) -> Vec<Mention<'t, 'd>> {
        let mut mentions = Vec::new();
        for word in words::words(line) {
            if let Some(mention) = self.whole(word) {
                mentions.push(mention);
                continue;
            }
            let mut rest = word.text;
            while let Some((address, after)) = words::next_address(rest) {
                let (text, people) = self.by_address(address);
                mentions.push(Mention { text, is_id: false, is_in_brackets: word.is_in_brackets, people });
                rest = after;
            }
        }
        mentions
    }

    /// A whole word that is known, or that has the shape of an id.
    fn whole<'t>(&self, Word { text, is_in_brackets }: Word<'t>) -> Option<Mention<'t, 'd>> {
        let mention = |text, is_id, people| Some(Mention { text, is_id, is_in_brackets, people });
        if let Some(id) = self.0.by_id(text) {
            return mention(text, true, slice::from_ref(id));
        }
        if text.contains('@') {
            let people = self.0.by_email(text);
            return if people.is_empty() { None } else { mention(text, false, people) };
        }
        let core = words::core(text);
        match self.0.by_id(core) {
            Some(id) => mention(core, true, slice::from_ref(id)),
            None if words::looks_like_id(core) => mention(core, true, &[]),
            None => None,
        }
    }

    /// The people with an address, as written or without the punctuation before it.
    fn by_address<'t>(&self, address: &'t str) -> (&'t str, &'d [UserId]) {
        let people = self.0.by_email(address);
        let without_lead = words::without_lead(address);
        if !people.is_empty() || without_lead == address {
            return (address, people);
        }
        (without_lead, self.0.by_email(without_lead))
    }

    /// The names in a line: the whole line if someone has that name, or else its columns.
    fn names<'t>(&self, line: &'t str) -> Vec<Named<'t>> {
        self.parts(line, words::is_column_end, &|column| {
            self.parts(column, words::is_comma, &|name| vec![self.name(name)])
        })
    }

    /// The whole text if someone has that name, or else what `read` finds in its parts if it finds anyone.
    fn parts<'t>(
        &self,
        text: &'t str,
        is_end: fn(char) -> bool,
        read: &dyn Fn(&'t str) -> Vec<Named<'t>>,
    ) -> Vec<Named<'t>> {
        let whole = self.name(text);
        if !whole.1.is_empty() {
            return vec![whole];
        }
        let parts: Vec<Named<'t>> = words::fields(text, is_end).into_iter().flat_map(read).collect();
        if parts.iter().any(|(_, people)| !people.is_empty()) { parts } else { vec![whole] }
    }

    /// The people with a name, as written or in two fields in either order: first and last name.
    fn name<'t>(&self, text: &'t str) -> Named<'t> {
        let bare = words::bare(text);
        for spelling in [text, bare, bare.trim_end_matches(['.', '!', '?'])] {
            let people = self.0.by_name(spelling);
            if !people.is_empty() {
                return (bare, people.to_vec());
            }
        }
        let is_end = |c| words::is_column_end(c) || words::is_comma(c);
        let fields = words::fields(text, is_end);
        // Two fields within one pair of quotation marks.
        let fields = if fields.len() == 1 { words::fields(bare, is_end) } else { fields };
        let [one, other] = fields[..] else { return (bare, Vec::new()) };
        let (one, other) = (words::bare(one), words::bare(other));
        let mut seen = FxHashSet::default();
        let orders = [format!("{one} {other}"), format!("{other} {one}")];
        let people =
            orders.iter().flat_map(|name| self.0.by_name(name)).filter(|id| seen.insert(*id)).cloned().collect();
        (bare, people)
    }
}

/// The mentions without repeats: the address of someone whose id is in the line too, and an address in brackets after the
/// same address as a name.
fn without_repeats<'t>(mentions: Vec<Mention<'t, '_>>) -> Vec<Named<'t>> {
    let ids: FxHashSet<&UserId> =
        mentions.iter().filter(|mention| mention.is_id).flat_map(|mention| mention.people).collect();
    let mut before: Option<(&str, &[UserId])> = None;
    let mut named = Vec::new();
    for Mention { text, is_id, is_in_brackets, people } in mentions {
        let is_by_id = !is_id && people.iter().any(|id| ids.contains(id));
        let is_repeat = is_in_brackets && before.is_some_and(|before| is_same(before, (text, people)));
        before = Some((text, people));
        if !is_by_id && !is_repeat {
            named.push((text, people.to_vec()));
        }
    }
    named
}

fn is_same((text, people): (&str, &[UserId]), (other, others): (&str, &[UserId])) -> bool {
    people == others && (people.len() == 1 || text.eq_ignore_ascii_case(other))
}
