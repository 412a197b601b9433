//! Files as people have them, each with the right people. The directory is `tests/lists/people.tsv`.

use std::collections::HashSet;

use super::tests::person;
use super::*;

pub(super) fn people() -> People {
    let mut people = People::default();
    let table = include_str!("../../../tests/lists/people.tsv");
    let persons = table.lines().skip(1).map(|line| {
        let cells: Vec<&str> = line.split('\t').collect();
        person(cells[0], format!("{} {}", cells[2], cells[3]).trim(), cells[1])
    });
    people.extend(&persons.collect::<Vec<_>>());
    people
}

/// `janedoe` of `user_rb01janedoe`.
pub(super) fn short_id(id: &UserId) -> String {
    id.as_str().trim_start_matches("user_rb").trim_start_matches(|c: char| c.is_ascii_digit()).to_owned()
}

/// The kind, who is selected, and how many entries are unknown, ambiguous and merely mentioned.
fn read_case(bytes: &[u8]) -> (String, Vec<String>, [usize; 3]) {
    let text = decode(bytes);
    let list = read(&text, None, &people());
    let kind = match &list.kind {
        Kind::Table { chosen: Some(column), .. } => format!("table: {column}"),
        kind => format!("{kind:?}").split([' ', '{']).next().unwrap().to_lowercase(),
    };
    let member = UserId::parse("user_rb21member").unwrap();
    let entries = decide(&list, &Corrections::new(), &HashSet::from([member]));
    let selected = entries.iter().filter(|it| it.decision == Decision::Selected);
    let people = selected.filter_map(|it| it.person.as_ref().map(short_id)).collect();
    let count = |decision| entries.iter().filter(|it| it.decision == decision).count();
    (kind, people, [Decision::Unknown, Decision::Ambiguous, Decision::Mentioned].map(count))
}

macro_rules! case {
    ($name:literal) => {
        ($name, include_bytes!(concat!("../../../tests/lists/", $name)).as_slice())
    };
}

#[test]
fn each_file_names_the_right_people() {
    let three = "janedoe rickroe sampoe";
    let cases = [
        (case!("01-google-workspace-users.csv"), "table: Email Address [Required]", three, [0, 0, 0]),
        (case!("03-outlook-to-line-mixed.txt"), "addresses", "janedoe rickroe sampoe bob", [0, 0, 0]),
        (case!("04-outlook-to-line-full.txt"), "addresses", three, [0, 0, 0]),
        (
            case!("05-entra-bulk-members.csv"),
            "table: Member object ID or user principal name [memberObjectIdOrUpn] Required",
            "janedoe sampoe",
            [1, 0, 0],
        ),
        (case!("06-excel-sep-semicolon.csv"), "table: E-Mail", "janedoe rickroe", [0, 0, 0]),
        (case!("07-excel-multiline-cells.csv"), "table: Email", three, [0, 0, 0]),
        (case!("08-excel-unicode-text-utf16.txt"), "table: E-Mail", "renee hanako", [0, 0, 0]),
        (case!("10-names-decomposed-nfd.txt"), "lines", "renee juergen ayo yildiz", [0, 0, 0]),
        (case!("11-smart-punctuation.txt"), "lines", "orla anne fiona janedoe rickroe", [0, 0, 0]),
        (case!("12-last-first-stranger.txt"), "lines", "", [4, 0, 0]),
        (case!("15-teams-attendance-utf16.csv"), "table: Email", "boss janedoe", [1, 0, 1]),
        (case!("17-api-answer.json"), "json", "janedoe rickroe", [0, 0, 0]),
        (case!("20-forwarded-mail.txt"), "mail", "", [1, 0, 7]),
        (case!("21-mailto-links.txt"), "prose", "", [0, 0, 6]),
        (case!("22-own-export-reopened.csv"), "table: user_id", "janedoe rickroe", [0, 0, 0]),
        (case!("23-look-alikes.txt"), "lines", "", [5, 0, 0]),
        (case!("25-idn.txt"), "lines", "juergen", [0, 0, 0]),
        (case!("29-nul-and-controls.txt"), "lines", three, [0, 0, 0]),
        (case!("30-zero-width-and-bidi.txt"), "addresses", three, [0, 0, 0]),
        (case!("32-name-order.txt"), "lines", "hanako janedoe", [1, 0, 0]),
    ];
    let mut wrong = Vec::new();
    for ((name, bytes), kind, selected, counts) in cases {
        let found = read_case(bytes);
        let found = (found.0, found.1.join(" "), found.2);
        let expected = (kind.to_owned(), selected.to_owned(), counts);
        if found != expected {
            wrong.push(format!("{name}\n  is {found:?}\n  not {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let (_, wrapped, _) = read_case(case!("24-wrapped-addresses.txt").1);
    assert_eq!(wrapped, Vec::<String>::new());
}
