//! What is true of every text.

use std::collections::{BTreeSet, HashSet};

use proptest::prelude::*;

use super::tests::{decided, described, id, ids_to_add, people, person};
use super::*;
use crate::domain::Person;
use crate::search::fold;

/// Pieces of lists, and arbitrary text.
fn scraps() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        any::<String>(),
        "[-,;:|<>()\"'@. \t\r\n\u{a0}\u{200b}]{0,4}",
        prop::sample::select(vec![
            "jane@x.com",
            "RICK@x.com",
            "user_1",
            "user_zz",
            "Sam Poe",
            "Doe, Jane",
            "email",
            "@"
        ])
        .prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

/// The lines at which entries and skipped lines begin.
fn starts(list: &List) -> BTreeSet<usize> {
    list.entries.iter().map(|it| it.line).chain(list.skipped.iter().map(|it| it.line)).collect()
}

/// Quadratic time would take hours.
#[test]
fn the_time_to_read_grows_no_faster_than_the_list() {
    let pieces = [
        "@",
        "a@",
        "@.",
        "@.!",
        "a:@b ",
        "user_",
        "user_1 ",
        "jane@x.com,",
        "\"",
        "\"a;",
        ";",
        "<",
        "(a",
        "\u{200b}",
        "Sam Poe|",
        "é\n",
        "- ",
    ];
    for piece in pieces {
        let text = piece.repeat((1 << 18) / piece.len());
        let started = std::time::Instant::now();
        let entries = decided(&text);
        assert!(started.elapsed().as_secs() < 20, "{piece}");
        assert!(entries.len() <= text.len());
    }
}

proptest! {
    #[test]
    fn any_bytes_are_a_list(bytes: Vec<u8>) {
        let units: Vec<u16> = bytes.chunks(2).map(|pair| u16::from_le_bytes([pair[0], *pair.last().unwrap()])).collect();
        for text in [String::from_utf8_lossy(&bytes).into_owned(), String::from_utf16_lossy(&units)] {
            prop_assert!(decided(&text).iter().all(|it| !it.entry.text.is_empty()));
        }
    }

    #[test]
    fn no_one_is_added_twice(text in scraps()) {
        let entries = decided(&text);
        let ids = ids_to_add(&entries);
        prop_assert_eq!(ids.iter().collect::<HashSet<_>>().len(), ids.len());
        prop_assert!(!ids.contains(&id("user_2")));
    }

    #[test]
    fn every_known_address_is_found(
        locals in prop::collection::hash_set("[a-z0-9_+.'-]{0,6}[a-z0-9]", 1..8),
        (before, after) in prop_oneof!["[ \t,;|\"\n]{1,3}".prop_map(|it| (it.clone(), it)), Just(("<".to_owned(), ">".to_owned()))],
    ) {
        let persons: Vec<Person> =
            locals.iter().map(|local| person(&format!("id-{local}"), "", &format!("{local}@x.com"))).collect();
        let mut people = People::default();
        people.extend(&persons);
        let text: String = locals.iter().map(|local| format!("{before}{local}@X.COM{after}")).collect();
        let entries = decide(&read(&text, None, &people), &Corrections::new(), &HashSet::new());
        let expected: Vec<UserId> = locals.iter().map(|local| id(&format!("id-{local}"))).collect();
        prop_assert_eq!(ids_to_add(&entries), expected);
        prop_assert_eq!(entries.len(), locals.len());
    }

    #[test]
    fn a_list_of_addresses_reads_the_same_with_any_separators(
        list in prop::collection::vec(
            (
                prop::sample::select(vec!["jane@x.com", "Rick@x.com", "JANE@x.com", "no@x.com", "shared@x.com"]),
                prop::sample::select(vec![",", ";", "\t", " ", "|", "\n", "\r\n", "\r", "\u{a0}", ", "]),
            ),
            0..12,
        )
    ) {
        let plain: String = list.iter().map(|(address, _)| format!("{address}\n")).collect();
        let mixed: String = list.iter().map(|(address, separator)| format!("{address}{separator}")).collect();
        if matches!(read(&mixed, None, &people()).kind, Kind::Table { .. }) {
            // Rows of two addresses may be a person and their manager.
            let all = ids_to_add(&decided(&plain));
            prop_assert!(ids_to_add(&decided(&mixed)).iter().all(|id| all.contains(id)));
        } else {
            prop_assert_eq!(described(&mixed), described(&plain));
        }
    }

    #[test]
    fn no_one_is_added_whose_address_id_or_whole_name_is_not_in_the_row(text in scraps()) {
        let people = people();
        let cleaned = text::clean(&text);
        let lines: Vec<&str> = cleaned.lines().collect();
        let starts = starts(&read(&text, None, &people));
        for entry in decided(&text).iter().filter(|it| it.decision == Decision::Selected) {
            let line = entry.entry.line;
            let end = starts.range(line + 1..).next().map_or(lines.len(), |next| next - 1);
            let row = fold::key(&lines[line - 1..end].join(" "));
            let id = entry.person.clone().unwrap();
            let person = people.get(&id).unwrap();
            let words = row.split(|c: char| c.is_whitespace() || ",;|<>()\"".contains(c));
            let bare = |word: &'_ str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
            let words: Vec<String> = words.map(bare).collect();
            let is_named = person.name_key().split(' ').all(|word| words.contains(&bare(word)));
            let is_there = row.contains(&fold::address_key(&person.email)) || row.contains(id.as_str()) || is_named;
            prop_assert!(is_there, "{id} in {row:?} of {text:?}");
        }
    }

    #[test]
    fn each_line_is_in_an_entry_or_among_the_skipped(text in scraps()) {
        let starts = starts(&read(&text, None, &people()));
        let cleaned = text::clean(&text);
        let lines: Vec<&str> = cleaned.lines().collect();
        for (line, content) in (1..).zip(&lines).filter(|(_, content)| text::has_letters(content)) {
            // A cell in quotation marks may have several lines.
            let is_within = |start: &usize| lines[start - 1..line - 1].iter().any(|it| it.contains('"'));
            let is_read = starts.contains(&line) || starts.range(..line).next_back().is_some_and(is_within);
            prop_assert!(is_read, "line {line} of {text:?}: {content:?}");
        }
    }

    /// Quoting a line, striking it out or calling it an exception adds no one.
    #[test]
    fn a_remark_adds_no_one(
        remark in prop::sample::select(vec!["NOT ", "~~", "# ", "// ", "manager:", "Manager: ", "<!-- ", "ask ", "❌ ", "formerly "]),
        named in prop::sample::select(vec!["jane@x.com", "Jane Doe <jane@x.com>", "user_1", "<jane@x.com>"]),
        others in prop::collection::vec(prop::sample::select(vec!["new@x.com", "No One", "", "sam.poe+team@x.com"]), 0..3),
    ) {
        let text = others.iter().map(|it| (*it).to_owned()).chain([format!("{remark}{named}")]).collect::<Vec<_>>().join("\n");
        prop_assert!(!ids_to_add(&decided(&text)).contains(&id("user_1")), "{:?}", text);
    }

    #[test]
    fn the_order_of_rows_and_columns_changes_nothing(
        rows in Just((0..6).collect::<Vec<usize>>()).prop_shuffle(),
        columns in Just((0..5).collect::<Vec<usize>>()).prop_shuffle(),
        separator in prop::sample::select(vec!["\t", ";", ","]),
    ) {
        let table = [
            ["Full name", "Email", "Manager Email", "Team", "Notes"],
            ["Jane Doe", "jane@x.com", "rick@x.com", "Sam Poe", "ask user_7"],
            ["", "o'smith@x.com", "rick@x.com", "", ""],
            ["Thomas James", "", "rick@x.com", "", "jane@x.com"],
            ["New One", "new@x.com", "rick@x.com", "user_5", ""],
            ["Sam Poe", "shared@x.com", "rick@x.com", "", ""],
            ["", "", "", "", "user_6"],
        ];
        let line = |row: usize| columns.iter().map(|column| table[row][*column]).collect::<Vec<_>>().join(separator);
        let lines: Vec<String> = std::iter::once(0).chain(rows.iter().map(|row| row + 1)).map(line).collect();
        let found: HashSet<UserId> = ids_to_add(&decided(&lines.join("\n"))).into_iter().collect();
        prop_assert_eq!(found, HashSet::from([id("user_1"), id("user_8")]));
        // Without headings a second person in a row is a question.
        let found: HashSet<UserId> = ids_to_add(&decided(&lines[1..].join("\n"))).into_iter().collect();
        prop_assert!(found.is_subset(&HashSet::from([id("user_1"), id("user_8"), id("user_6")])), "{:?}", found);
    }
}
