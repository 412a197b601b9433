//! Reads a line of a list without columns: addresses as mail programs write them, ids, and names.

use rustc_hash::FxHashSet;

use super::Found;
use super::apart::has_exception;
use super::headings::is_label;
use super::mentions::{Mention, mentions};
use super::names::{by_name, mentioned};
use super::remarks::{is_name, is_remark, without_label};
use super::text::{bare, has_letters, is_comma, is_separator, parts, words};
use crate::domain::UserId;
use crate::search::{People, fold};

/// Names of more words are sentences.
const MOST_WORDS: usize = 4;

/// What a line says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Line {
    /// The text of each entry, and whom it names.
    pub entries: Vec<(String, Found)>,
    /// Whether the line is written to be read, so that people in it are merely mentioned.
    pub is_prose: bool,
}

impl Line {
    /// Everyone in the entries.
    pub(super) fn people(&self) -> Vec<UserId> {
        let mut seen = FxHashSet::default();
        self.entries.iter().flat_map(|(_, found)| found.people()).filter(|id| seen.insert(*id)).cloned().collect()
    }

    fn add(&mut self, text: &str, found: Found) {
        // The number of a list is nothing without an item.
        if !text.is_empty() {
            self.entries.push((text.to_owned(), found));
        }
    }
}

pub(super) fn read(line: &str, people: &People) -> Line {
    let mut read = Line { is_prose: line.trim_end().ends_with(['?', '？']), ..Line::default() };
    for part in parts(line, is_separator) {
        let part = without_label(part);
        let found = mentions(part, people);
        if found.is_empty() {
            names(part, people, &mut read);
        } else {
            addresses(part, found, people, &mut read);
        }
    }
    read
}

/// Everyone whom the line mentions: by address, id or whole name.
pub(super) fn everyone(line: &str, people: &People) -> Vec<(String, Found)> {
    let by_address = mentions(line, people).into_iter().map(|mention| (mention.text, Found::of(mention.people)));
    let by_name = mentioned(line, people).into_iter().map(|(name, id)| (name, Found::One(id)));
    let mut seen = FxHashSet::default();
    let is_new = |(_, found): &(String, Found)| match found {
        Found::One(id) => seen.insert(id.clone()),
        Found::OneOf(_) | Found::Unknown => true,
    };
    by_address.chain(by_name).filter(is_new).collect()
}

/// A part with addresses or ids. They are its entries, if the rest of it is the names of the same people.
fn addresses(part: &str, found: Vec<Mention<'_>>, people: &People, read: &mut Line) {
    read.is_prose |= found.windows(2).any(|pair| is_remark(part, &pair[0], &pair[1]));
    if let Some(close) = part.rfind('>').filter(|_| part.contains('<')) {
        // `Doe, Jane <jane@example.com>, …`: the address in brackets names the person, whatever stands before it.
        let is_any = found.iter().any(|mention| mention.is_in_brackets);
        let after = part[close + 1..].trim_start_matches(|c: char| c.is_whitespace() || "\"')".contains(c));
        if is_any && words(after).next().is_none() {
            read.is_prose |= after.contains([':', '：']);
            return with_brackets(part, &found, people, read);
        }
        // Names after the last address are entries, if they are whole.
        let mut cells = parts(after, is_comma).into_iter();
        let is_last = found.iter().all(|mention| mention.span.end <= close);
        if is_any && is_last && after.starts_with(is_comma) && cells.all(|it| by_name(it, people) != Found::Unknown) {
            with_brackets(&part[..=close], &found, people, read);
            return names(after, people, read);
        }
    }
    let rest = rest_of(part, &found);
    if found.iter().all(|mention| mention.people.is_empty()) {
        // No one is found, so no one can be added. A sentence says something about the people of other lines.
        read.is_prose |= words(&rest).count() > MOST_WORDS || found.iter().any(|mention| mention.is_in_url);
        return without_repeats(found).iter().for_each(|mention| read.add(&mention.text, Found::Unknown));
    }
    let names: FxHashSet<String> = found
        .iter()
        .flat_map(|mention| mention.people)
        .filter_map(|id| people.get(id))
        .flat_map(|person| words(person.name_key()).map(str::to_owned).collect::<Vec<_>>())
        .collect();
    let is_named = |text: &str| words(text).all(|word| names.contains(&fold::key(word)));
    let is_glued_label = |text: &str| text.trim_end().ends_with([':', '=']) && is_label(text);
    let cells = parts(&rest, is_comma).into_iter();
    let cells: Vec<&str> = cells.filter(|text| words(text).next().is_some() && !is_glued_label(text)).collect();
    let is_row = || {
        // `Jane,Doe,jane@example.com,Research`: a row of a table that says who it is about.
        let is_brief = cells.iter().all(|text| words(text).count() <= MOST_WORDS);
        let is_other = |text: &&str| matches!(by_name(text, people), Found::One(id) if !found[0].people.contains(&id));
        let is_apart = |text: &&str| is_other(text) || has_exception(text);
        let is_named = cells.iter().any(|text| is_named(text)) && !cells.iter().any(is_apart);
        distinct(&found) == 1 && cells.len() > 1 && is_brief && is_named
    };
    let is_plain = cells.iter().all(|text| is_named(text)) || is_row();
    read.is_prose |= !is_plain || found.iter().any(|mention| mention.is_in_url);
    let known: FxHashSet<UserId> = found.iter().flat_map(|mention| mention.people).cloned().collect();
    for mention in without_repeats(found) {
        read.add(&mention.text, Found::of(mention.people));
    }
    if !is_plain {
        let named = cells.iter().flat_map(|cell| mentioned(cell, people));
        named.filter(|(_, id)| !known.contains(id)).for_each(|(name, id)| read.add(&name, Found::One(id)));
    }
}

/// How many people or unknown addresses are mentioned.
fn distinct(found: &[Mention]) -> usize {
    without_repeats(found.to_vec()).len()
}

/// The part without its addresses and ids.
fn rest_of(part: &str, found: &[Mention]) -> String {
    let mut rest = String::new();
    let mut end = 0;
    for mention in found {
        if mention.span.start >= end {
            rest.push_str(&part[end..mention.span.start]);
            rest.push(',');
            end = mention.span.end;
        }
    }
    rest.push_str(&part[end..]);
    rest
}

/// `name <address>` once or more. Names before the name of an address are entries of their own.
fn with_brackets(part: &str, found: &[Mention<'_>], people: &People, read: &mut Line) {
    let mut start = 0;
    for entry in part.split_inclusive('>') {
        let end = start + entry.len();
        let within: Vec<&Mention> = found.iter().filter(|mention| (start..end).contains(&mention.span.start)).collect();
        start = end;
        let Some((address, before)) = within.split_last() else { continue };
        let phrase = entry.split('<').next().unwrap_or_default();
        let own = address.people.first().and_then(|id| people.get(id));
        let names_of_own = own.map_or(String::new(), |person| [person.name_key(), person.email_key()].concat());
        read.is_prose |= !is_name(phrase, &names_of_own);
        let cells = parts(phrase, is_comma);
        // `Doe, Jane, Roe, Rick <rick@example.com>`: the last two are his.
        let own_cells = own.map_or(cells.len(), |person| {
            let is_own = |text: &&&str| words(text).all(|word| person.name_key().contains(&fold::key(word)));
            let own = cells.iter().rev().take_while(is_own).count();
            if own == 0 { cells.len() } else { own }
        });
        let others = cells[..cells.len() - own_cells].join(",");
        if has_letters(&others) {
            names(&others, people, read);
        }
        for mention in before {
            let is_same =
                mention.people == address.people && (!address.people.is_empty() || mention.text == address.text);
            if !is_same && !mention.text.eq_ignore_ascii_case(&address.text) {
                read.add(&mention.text, Found::of(mention.people));
                read.is_prose = true;
            }
        }
        read.add(&address.text, Found::of(address.people));
    }
}

/// The mentions without the address of someone whose id stands beside it, and without an address in brackets after the same
/// address as a name.
fn without_repeats(found: Vec<Mention<'_>>) -> Vec<Mention<'_>> {
    let ids: FxHashSet<&UserId> = found.iter().filter(|it| it.is_id).flat_map(|it| it.people).collect();
    let mut kept: Vec<Mention<'_>> = Vec::new();
    for mention in found {
        let is_by_id = !mention.is_id && mention.people.iter().any(|id| ids.contains(id));
        let is_same = |before: &Mention| match (before.people, mention.people) {
            ([], []) => before.text.eq_ignore_ascii_case(&mention.text),
            (before, people) => before == people && people.len() == 1,
        };
        let is_repeat = mention.is_in_brackets && kept.last().is_some_and(is_same);
        if !is_by_id && !is_repeat {
            kept.push(mention);
        }
    }
    kept
}

/// A part without addresses: one name, or several between commas if they are whole names.
fn names(part: &str, people: &People, read: &mut Line) {
    let whole = by_name(part, people);
    if whole != Found::Unknown {
        return read.add(bare(part), whole);
    }
    if is_label(part) {
        // The heading of the lines below.
        return;
    }
    let cells = parts(part, is_comma);
    let each: Vec<Found> = cells.iter().map(|cell| by_name(cell, people)).collect();
    let named = each.iter().filter(|found| matches!(found, Found::One(_))).count();
    if part.contains(['\t', '|']) && named > 0 {
        // A row of a table. Its other cells say something about the person, or name another, which is a question.
        read.is_prose |= named > 1;
        let named = cells.iter().zip(each).filter(|(_, found)| *found != Found::Unknown);
        return named.for_each(|(cell, found)| read.add(bare(cell), found));
    }
    if cells.len() > 1 && named > 0 {
        // `Jane Doe, Sam Poe. Apologies: Rick Roe`
        read.is_prose |= has_exception(part);
        for (cell, found) in cells.iter().zip(each) {
            let within = if found == Found::Unknown { mentioned(cell, people) } else { Vec::new() };
            read.is_prose |= !within.is_empty();
            if within.is_empty() {
                read.add(bare(cell), found);
            }
            within.into_iter().for_each(|(name, id)| read.add(&name, Found::One(id)));
        }
        return;
    }
    // `Doe, Jane, Roe, Rick`
    let pairs: Vec<String> = cells.chunks(2).map(|pair| pair.join(",")).collect();
    let of_pairs: Vec<Found> = pairs.iter().map(|pair| by_name(pair, people)).collect();
    if cells.len() > 2 && of_pairs.iter().any(|found| matches!(found, Found::One(_))) {
        return pairs.iter().zip(of_pairs).for_each(|(pair, found)| read.add(bare(pair), found));
    }
    let mentioned = mentioned(part, people);
    // `Remove:` is about the people of the lines below.
    let end = part.trim_end();
    let ends_sentence = end.ends_with([':', '：']) || end.ends_with(['!', '?']) && words(part).count() > 1;
    let is_prose = ends_sentence || has_exception(part) || words(part).count() > MOST_WORDS;
    read.is_prose |= !mentioned.is_empty() || is_prose;
    if mentioned.is_empty() {
        return read.add(bare(part), Found::Unknown);
    }
    mentioned.into_iter().for_each(|(name, id)| read.add(&name, Found::One(id)));
}
