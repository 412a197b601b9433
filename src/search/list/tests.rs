//! Lists as people paste them, and whom they name.

use std::collections::HashSet;

use super::*;
use crate::domain::Person;

pub(super) fn id(text: &str) -> UserId {
    UserId::parse(text).unwrap()
}

pub(super) fn person(id: &str, name: &str, email: &str) -> Person {
    let (first, last) = name.split_once(' ').unwrap_or((name, ""));
    let json = serde_json::json!({
        "id": id, "email": email, "first_name": first, "last_name": last, "role": "org:member",
    });
    serde_json::from_value(json).unwrap()
}

pub(super) fn people() -> People {
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

pub(super) fn decided(text: &str) -> Vec<DecidedEntry> {
    decide(&read(text, None, &people()), &Corrections::new(), &HashSet::from([id("user_2")]))
}

/// The entries as text.
pub(super) fn described(text: &str) -> String {
    let say = |it: &DecidedEntry| {
        let person = || it.person.as_ref().map_or("", UserId::as_str);
        match (it.decision, &it.entry.found) {
            (Decision::Selected, _) => format!("add {}", person()),
            (Decision::Already, _) => format!("already {}", person()),
            (Decision::Duplicate, _) => format!("twice {}", person()),
            (Decision::Mentioned, Found::One(_)) => format!("mentioned {}", person()),
            (Decision::Ambiguous, Found::OneOf(ids)) => {
                format!("ambiguous {}", ids.iter().map(UserId::as_str).collect::<Vec<_>>().join("/"))
            }
            _ => format!("unknown {:?}", it.entry.text),
        }
    };
    decided(text).iter().map(say).collect::<Vec<_>>().join(" | ")
}

pub(super) fn ids_to_add(entries: &[DecidedEntry]) -> Vec<UserId> {
    let selected = entries.iter().filter(|it| it.decision == Decision::Selected);
    selected.filter_map(|it| it.person.clone()).collect()
}

fn check(table: &[(&str, &str)]) {
    let wrong: Vec<String> = table
        .iter()
        .filter(|(text, expected)| described(text) != *expected)
        .map(|(text, expected)| format!("{text:?}\n  is {}\n  not {expected}", described(text)))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
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
        ("Email:jane@x.com;", "add user_1"),
        ("<MAILTO:jane@x.com|jane@x.com>", "add user_1"),
        ("[jane@x.com](mailto:jane@x.com)", "add user_1"),
        ("\"jane@x.com\" <jane@x.com>", "add user_1"),
        ("\"new@x.com\" <New@x.com>", "unknown \"New@x.com\""),
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
        ("user_1\tJane Doe\tAdmin", "add user_1"),
        // A second person in a row is a question.
        ("user_1\tRick Roe\tAdmin", "mentioned user_1 | already user_2"),
        ("user_1,jane@x.com", "add user_1"),
        ("jane@x.com,user_1", "add user_1"),
        ("shared@x.com,Sam,user_4", "add user_4"),
        ("user_1,rick@x.com", "add user_1 | already user_2"),
        ("name,email\nJane Doe,jane@x.com\n\nRick Roe,rick@x.com", "add user_1 | already user_2"),
        ("\"E-Mail Address\";\"Name\"\n\"jane@x.com\";\"Doe, Jane\"", "add user_1"),
        ("user_id\nuser_1", "add user_1"),
        ("| Name | Email |\n|---|---|\n| Jane | jane@x.com |", "add user_1"),
        ("jane@x.com\nemail", "add user_1"),
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
        ("No, Body; Any, One", "unknown \"No, Body\" | unknown \"Any, One\""),
        ("ann o'neil", "add user_5"),
        ("John Smith, Jr.", "add user_8"),
        ("Sam Poe", "ambiguous user_3/user_4"),
        // Both orders name someone.
        ("Thomas, James", "ambiguous user_7/user_6"),
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
    let entries = decided("email\r\n\r\nJane <jane@X.com>\rnobody\n");
    let places: Vec<(&str, usize)> = entries.iter().map(|it| (it.entry.text.as_str(), it.entry.line)).collect();
    assert_eq!(places, [("jane@X.com", 3), ("nobody", 4)]);
}
