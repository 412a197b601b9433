//! Lists as people paste them, and whom they name.

use super::*;
use crate::domain::Person;
use crate::search::{Candidates, People};
use proptest::prelude::*;
use std::collections::HashSet;

/// How many entries are to add, members already, repeated, unknown and ambiguous.
fn counts(pasted: &Pasted) -> [usize; 5] {
    let kind = |found: &Found| match found {
        Found::Add(_) => 0,
        Found::Already(_) => 1,
        Found::Twice(_) => 2,
        Found::Unknown => 3,
        Found::Ambiguous(_) => 4,
    };
    let mut counts = [0; 5];
    pasted.entries.iter().for_each(|entry| counts[kind(&entry.found)] += 1);
    counts
}

fn ids_to_add(pasted: &Pasted) -> Vec<UserId> {
    let to_add = |entry: &Entry| match &entry.found {
        Found::Add(id) => Some(id.clone()),
        _ => None,
    };
    pasted.entries.iter().filter_map(to_add).collect()
}

fn id(text: &str) -> UserId {
    UserId::parse(text).unwrap()
}

fn person(id: &str, name: &str, email: &str) -> Person {
    let (first, last) = name.split_once(' ').unwrap_or((name, ""));
    let json = serde_json::json!({
        "id": id, "email": email, "first_name": first, "last_name": last, "role": "org:member",
    });
    serde_json::from_value(json).unwrap()
}

fn people() -> People {
    let mut people = People::default();
    let persons = [
        person("user_1", "Jane Doe", "jane@x.com"),
        person("user_2", "Rick Roe", "rick@x.com"),
        person("user_3", "Sam Poe", "Sam.Poe+team@X.com"),
        person("user_4", "Sam Poe", "shared@x.com"),
        person("user_5", "Ann O'Neil", "shared@x.com"),
        person("user_6", "Thomas James", "_thomas_@x.com"),
        person("user_7", "James Thomas", "james@sub.x.com"),
        person("user_8", "John Smith, Jr.", "o'smith@x.com"),
    ];
    people.extend(&persons);
    people
}

fn pasted(text: &str) -> Pasted {
    read(text, &Candidates { people: &people(), members: &HashSet::from([id("user_2")]) })
}

/// The entries as text.
fn described(text: &str) -> String {
    let say = |entry: &Entry| match &entry.found {
        Found::Add(id) => format!("add {id}"),
        Found::Already(id) => format!("already {id}"),
        Found::Twice(id) => format!("twice {id}"),
        Found::Unknown => format!("unknown {:?}", entry.text),
        Found::Ambiguous(ids) => format!("ambiguous {}", ids.iter().map(UserId::as_str).collect::<Vec<_>>().join("/")),
    };
    pasted(text).entries.iter().map(say).collect::<Vec<_>>().join(" | ")
}

fn check(table: &[(&str, &str)]) {
    for (text, expected) in table {
        assert_eq!(described(text), *expected, "{text:?}");
    }
}

#[test]
fn an_address_is_found_in_whatever_surrounds_it() {
    check(&[
        ("jane@x.com", "add user_1"),
        ("  JANE@X.com.  ", "add user_1"),
        ("Jane <jane@x.com>", "add user_1"),
        ("\"Doe, Jane\" <jane@x.com>", "add user_1"),
        ("'jane@x.com'", "add user_1"),
        ("‘jane@x.com’,", "add user_1"),
        ("mailto:jane@x.com?subject=Hi", "add user_1"),
        ("E-mail:jane@x.com;", "add user_1"),
        ("<MAILTO:jane@x.com|jane@x.com>", "add user_1"),
        ("[jane@x.com](mailto:jane@x.com)", "add user_1"),
        ("\"jane@x.com\" <jane@x.com>", "add user_1"),
        ("\"new@x.com\" <New@x.com>", "unknown \"new@x.com\""),
        ("- jane@x.com", "add user_1"),
        ("1. jane@x.com", "add user_1"),
        ("2)jane@x.com", "add user_1"),
        ("•jane@x.com", "add user_1"),
        ("**jane@x.com**", "add user_1"),
        ("\u{feff}ja\u{200b}ne@x.com\u{200e}", "add user_1"),
        ("sam.poe+TEAM@x.com", "add user_3"),
        ("_thomas_@x.com, o'smith@x.com", "add user_6 | add user_8"),
        ("'_thomas_@x.com'", "add user_6"),
        ("jane@x.com/rick@x.com", "add user_1 | already user_2"),
    ]);
}

#[test]
fn any_separator_keeps_several_apart() {
    for separator in [",", ";", "\t", " ", "|", "\n", "\r", "\r\n", "\u{a0}", ", ", " ; ", "\u{2028}", "，"] {
        let text = ["jane@x.com", "user_2", "sam.poe+team@x.com"].join(separator);
        assert_eq!(described(&text), "add user_1 | already user_2 | add user_3", "{separator:?}");
    }
}

#[test]
fn a_row_of_a_table_is_about_its_address_or_id() {
    check(&[
        ("Jane,Doe,jane@x.com,Engineering", "add user_1"),
        ("user_1\tRick Roe\tAdmin", "add user_1"),
        ("user_1,jane@x.com", "add user_1"),
        ("jane@x.com,user_1", "add user_1"),
        ("shared@x.com,Sam,user_4", "add user_4"),
        ("user_1,rick@x.com", "add user_1 | already user_2"),
        ("name,email\nJane Doe,jane@x.com\n\nRick Roe,rick@x.com", "add user_1 | already user_2"),
        ("\"E-Mail Address\";\"Name\"\n\"jane@x.com\";\"Doe, Jane\"", "add user_1"),
        ("user_id\nuser_1", "add user_1"),
        ("| Name | Email |\n|---|---|\n| Jane | jane@x.com |", "add user_1"),
        ("jane@x.com\nemail", "add user_1 | unknown \"email\""),
        ("name\n", ""),
    ]);
}

#[test]
fn a_line_without_address_and_id_is_read_as_names() {
    check(&[
        ("jane  DOE", "add user_1"),
        ("Doe, Jane", "add user_1"),
        ("Jane\tDoe", "add user_1"),
        ("first_name,last_name\nJane,Doe", "add user_1"),
        ("1. Jane Doe\n- Rick Roe.", "add user_1 | already user_2"),
        ("Doe, Jane; Roe, Rick", "add user_1 | already user_2"),
        ("Jane Doe, Rick Roe", "add user_1 | already user_2"),
        ("\"Doe, Jane\", \"Roe, Rick\"", "add user_1 | already user_2"),
        ("\"Doe\",\"Jane\"", "add user_1"),
        ("\"Doe, Jane\"", "add user_1"),
        ("Jane Doe, Nobody", "add user_1 | unknown \"Nobody\""),
        ("Jane Doe,Mail", "add user_1 | unknown \"Mail\""),
        ("No, Body; Any, One", "unknown \"No, Body; Any, One\""),
        ("ann o'neil", "add user_5"),
        ("John Smith, Jr.", "add user_8"),
        ("Sam Poe", "ambiguous user_3/user_4"),
        // Both orders name someone.
        ("Thomas, James", "ambiguous user_6/user_7"),
        ("Thomas James", "add user_6"),
    ]);
}

#[test]
fn a_text_that_matches_no_one_or_several_people_is_reported() {
    check(&[
        ("", ""),
        (" \n---\n • \r\n0)\t", ""),
        ("nobody@x.com", "unknown \"nobody@x.com\""),
        ("<mailto:Nobody@x.com>.", "unknown \"Nobody@x.com\""),
        ("user_zzz", "unknown \"user_zzz\""),
        ("user_zzz,jane@x.com", "unknown \"user_zzz\" | add user_1"),
        ("USER_1", "unknown \"USER_1\""),
        ("a@b@c", "unknown \"a@b@c\""),
        ("@jane", "unknown \"@jane\""),
        ("Hi all,", "unknown \"Hi all\""),
        ("SHARED@x.com", "ambiguous user_4/user_5"),
        ("jane@x.com, Jane@x.com\nuser_1\nDoe, Jane", "add user_1 | twice user_1 | twice user_1 | twice user_1"),
        ("user_2 rick@x.com\nrick@x.com", "already user_2 | twice user_2"),
    ]);
}

#[test]
fn an_entry_has_its_text_and_its_line() {
    let pasted = pasted("email\r\n\r\nJane <Jane@X.com>\rnobody\n");
    let places: Vec<(&str, usize)> = pasted.entries.iter().map(|entry| (entry.text.as_str(), entry.line)).collect();
    assert_eq!(places, [("Jane@X.com", 3), ("nobody", 4)]);
}

#[test]
fn the_counts_are_of_each_kind() {
    let pasted = pasted("jane@x.com rick@x.com jane@x.com user_9 shared@x.com user_3");
    let counts = counts(&pasted);
    assert_eq!(counts, [2, 1, 1, 1, 1]);
    assert_eq!(ids_to_add(&pasted), [id("user_1"), id("user_3")]);
}

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
        let read = pasted(&text);
        assert!(started.elapsed().as_secs() < 20, "{piece}");
        assert!(read.entries.len() <= text.len());
    }
}

proptest! {
    #[test]
    fn any_bytes_are_a_list(bytes: Vec<u8>) {
        let units: Vec<u16> = bytes.chunks(2).map(|pair| u16::from_le_bytes([pair[0], *pair.last().unwrap()])).collect();
        for text in [String::from_utf8_lossy(&bytes).into_owned(), String::from_utf16_lossy(&units)] {
            prop_assert!(pasted(&text).entries.iter().all(|entry| !entry.text.is_empty()));
        }
    }

    #[test]
    fn for_any_text_the_counts_add_up_and_no_one_is_added_twice(text in scraps()) {
        let pasted = pasted(&text);
        let counts = counts(&pasted);
        prop_assert_eq!(counts.iter().sum::<usize>(), pasted.entries.len());
        let ids = ids_to_add(&pasted);
        prop_assert_eq!(ids.iter().collect::<HashSet<_>>().len(), ids.len());
        prop_assert!(!ids.contains(&id("user_2")));
        prop_assert!(pasted.entries.iter().all(|entry| (1..=text.chars().count() + 1).contains(&entry.line)));
    }

    #[test]
    fn every_known_address_is_found(
        locals in prop::collection::hash_set("[a-z0-9_+.'-]{0,6}[a-z0-9]", 1..8), around in "[ \t,;|<>\"\n]{1,3}"
    ) {
        let persons: Vec<Person> =
            locals.iter().map(|local| person(&format!("id-{local}"), "", &format!("{local}@x.com"))).collect();
        let mut people = People::default();
        people.extend(&persons);
        let text: String = locals.iter().map(|local| format!("{around}{local}@X.COM{around}")).collect();
        let pasted = read(&text, &Candidates { people: &people, members: &HashSet::new() });
        let expected: Vec<UserId> = locals.iter().map(|local| id(&format!("id-{local}"))).collect();
        prop_assert_eq!(ids_to_add(&pasted), expected);
        prop_assert_eq!(pasted.entries.len(), locals.len());
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
        prop_assert_eq!(described(&mixed), described(&plain));
    }
}
