//! One line of a pasted list: whom its addresses and ids mean, or else its names.
//!
//! Invariant: a line with an address or an id is about those alone; only a line without is read as names.

use std::slice;

use rustc_hash::FxHashSet;

use super::Directory;
use super::words::{self, Word};
use crate::domain::UserId;
use crate::forms::filter::Lowercase;

/// Reads lines by what a directory knows.
pub(super) struct Reader<'a, D> {
    pub directory: &'a D,
    pub lowercase: Lowercase,
}

/// What a line names, and all the people whom that may mean.
type Named<'t> = (&'t str, Vec<UserId>);

/// An address or an id in a line.
struct Mention<'t, 'd> {
    text: &'t str,
    is_id: bool,
    is_aside: bool,
    people: &'d [UserId],
}

impl<'d, D: Directory> Reader<'d, D> {
    /// Whom a line names. Only the first may be a row of headings, which names nobody.
    pub fn read<'t>(&self, line: &'t str, is_first: bool) -> Vec<Named<'t>> {
        let mentions = self.mentions(line);
        // `user_id` is a heading, and has the shape of an id.
        let is_about_people = mentions.iter().any(|mention| !mention.is_id || !mention.people.is_empty());
        let named = if mentions.is_empty() { self.names(line) } else { once_each(mentions) };
        let is_found = is_about_people || named.iter().any(|(_, people)| !people.is_empty());
        if is_first && !is_found && words::has_heading(line) { Vec::new() } else { named }
    }

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
                mentions.push(Mention { text, is_id: false, is_aside: word.is_aside, people });
                rest = after;
            }
        }
        mentions
    }

    /// A word that is known as it stands, or has the shape of an id.
    fn whole<'t>(&self, Word { text, is_aside }: Word<'t>) -> Option<Mention<'t, 'd>> {
        let mention = |text, is_id, people| Some(Mention { text, is_id, is_aside, people });
        if let Some(id) = self.directory.by_id(text) {
            return mention(text, true, slice::from_ref(id));
        }
        if text.contains('@') {
            let people = self.directory.by_email(&(self.lowercase)(text));
            return if people.is_empty() { None } else { mention(text, false, people) };
        }
        let core = words::core(text);
        match self.directory.by_id(core) {
            Some(id) => mention(core, true, slice::from_ref(id)),
            None if words::looks_like_id(core) => mention(core, true, &[]),
            None => None,
        }
    }

    /// Who has an address, as it stands or without the signs before it.
    fn by_address<'t>(&self, address: &'t str) -> (&'t str, &'d [UserId]) {
        let people = self.directory.by_email(&(self.lowercase)(address));
        let without_lead = words::without_lead(address);
        if !people.is_empty() || without_lead == address {
            return (address, people);
        }
        (without_lead, self.directory.by_email(&(self.lowercase)(without_lead)))
    }

    /// The line as one name, or else its columns and the parts between its commas, or else one name that nobody has.
    fn names<'t>(&self, line: &'t str) -> Vec<Named<'t>> {
        let whole = self.name(line);
        if !whole.1.is_empty() {
            return vec![whole];
        }
        let columns = words::fields(line, words::is_column_end);
        let parts: Vec<Named<'t>> = columns.into_iter().flat_map(|column| self.column(column)).collect();
        if parts.iter().any(|(_, people)| !people.is_empty()) { parts } else { vec![whole] }
    }

    fn column<'t>(&self, column: &'t str) -> Vec<Named<'t>> {
        let whole = self.name(column);
        if !whole.1.is_empty() {
            return vec![whole];
        }
        let parts: Vec<Named<'t>> =
            words::fields(column, words::is_comma).into_iter().map(|part| self.name(part)).collect();
        if parts.iter().any(|(_, people)| !people.is_empty()) { parts } else { vec![whole] }
    }

    /// Who has a name: as it stands, or else in two fields, which may be first and last or last and first.
    fn name<'t>(&self, text: &'t str) -> Named<'t> {
        let bare = words::bare(text);
        for spelling in [text, bare, bare.trim_end_matches(['.', '!', '?'])] {
            let people = self.by_name(spelling);
            if !people.is_empty() {
                return (bare, people.to_vec());
            }
        }
        let is_end = |c| words::is_column_end(c) || words::is_comma(c);
        let fields = words::fields(text, is_end);
        // Two fields in one pair of quotation marks are one until these are off.
        let fields = if fields.len() == 1 { words::fields(bare, is_end) } else { fields };
        let [one, other] = fields[..] else { return (bare, Vec::new()) };
        let (one, other) = (words::bare(one), words::bare(other));
        let mut seen = FxHashSet::default();
        let orders = [format!("{one} {other}"), format!("{other} {one}")];
        let people = orders.iter().flat_map(|name| self.by_name(name)).filter(|id| seen.insert(*id)).cloned().collect();
        (bare, people)
    }

    fn by_name(&self, name: &str) -> &'d [UserId] {
        self.directory.by_name(&(self.lowercase)(&words::plain(name)))
    }
}

/// The mentions without those that say again what another says: the address of somebody whose id stands in the line too,
/// and an address in brackets after the same one as a name.
fn once_each<'t>(mentions: Vec<Mention<'t, '_>>) -> Vec<Named<'t>> {
    let ids: FxHashSet<&UserId> =
        mentions.iter().filter(|mention| mention.is_id).flat_map(|mention| mention.people).collect();
    let mut before: Option<(&str, &[UserId])> = None;
    let mut named = Vec::new();
    for Mention { text, is_id, is_aside, people } in mentions {
        let is_by_id = !is_id && people.iter().any(|id| ids.contains(id));
        let is_again = is_aside && before.is_some_and(|before| is_same(before, (text, people)));
        before = Some((text, people));
        if !is_by_id && !is_again {
            named.push((text, people.to_vec()));
        }
    }
    named
}

fn is_same((text, people): (&str, &[UserId]), (other, others): (&str, &[UserId])) -> bool {
    people == others && (people.len() == 1 || text.eq_ignore_ascii_case(other))
}
