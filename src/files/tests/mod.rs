//! Files of every format: what is written reads as the same, and what is wrong is named with its place.

mod hcl;
mod problems;
mod schema;
pub mod strategies;

use proptest::prelude::*;

use super::document::Document;
use super::read::{Format, read};
use super::write::ExportFormat;
use strategies::{any_document, any_table};

const SMALL: &str = "version: 1
workspaces:
  - slug: research
    name: Research
    description: null
    budget:
      monthly: 500.50
      daily: null
    members:
      - email: jane@example.com
        id: user_1
      - joe@example.com
delete:
  - old-team
";

#[test]
fn yaml_and_json_say_the_same() {
    let yaml = read(SMALL).unwrap();
    let json = ExportFormat::Json.write(&yaml);
    assert_eq!(Format::of(&json), Format::Json);
    assert_eq!(read(&json).unwrap().without_places(), yaml.clone().without_places());
    assert_eq!(yaml.workspaces[0].place.line, 3);
    assert!(ExportFormat::Yaml.write(&yaml).contains("      monthly: 500.50\n      daily: null\n"));
}

#[test]
fn a_spreadsheet_of_names_and_limits_is_enough() {
    let document = read("Name;Monthly;Daily limit\nTeam A;1.000,50;none\n\nTeam B;;20\n").unwrap();
    let yaml = "version: 1\nworkspaces:\n- {name: Team A, budget: {monthly: 1000.50, daily: null}}\n\
                - {name: Team B, budget: {daily: 20}}\n";
    assert_eq!(document.workspaces[1].place.line, 4);
    assert_eq!(document.without_places(), read(yaml).unwrap().without_places());
}

#[test]
fn the_export_of_the_budgets_page_can_be_imported() {
    let text = "\u{feff}workspace,slug,id,byok_counts,lifetime_limit_usd,lifetime_spent_usd,monthly_limit_usd,\
                monthly_spent_usd,forecast,note\r\nTeam,team,0f8fad5b-d9cb-469f-a165-70867728950e,no,,0,500,12.5,monthly limit reached,\r\n";
    let document = read(text).unwrap();
    let budget = document.workspaces[0].budget.as_ref().unwrap();
    assert_eq!(
        (budget.counts_byok, budget.limits[0].is_keep(), budget.limits[1].is_keep()),
        (Some(false), true, false)
    );
}

fn round_trip(document: &Document, format: ExportFormat) -> Document {
    let text = format.write(document);
    match read(&text) {
        Ok(read) => read.without_places(),
        Err(problems) => panic!("{problems:?}\n{text}"),
    }
}

proptest! {
    #[test]
    fn yaml_and_json_read_back_as_they_were_written(document in any_document()) {
        let expected = document.clone().without_places();
        prop_assert_eq!(&round_trip(&document, ExportFormat::Yaml), &expected);
        prop_assert_eq!(&round_trip(&document, ExportFormat::Json), &expected);
    }

    #[test]
    fn tables_read_back_as_they_were_written(document in any_table()) {
        let mut limits = document.clone();
        limits.workspaces.iter_mut().for_each(|entry| entry.members = None);
        prop_assert_eq!(&round_trip(&limits, ExportFormat::Workspaces), &limits.without_places());
        let read = round_trip(&document, ExportFormat::Memberships);
        let people = |document: &Document| {
            let filled = document.workspaces.iter().filter(|it| it.members.iter().flatten().next().is_some());
            filled.map(|it| (it.id.clone(), it.members.clone())).collect::<Vec<_>>()
        };
        let mut expected = document.without_places();
        expected.workspaces.iter_mut().flat_map(|it| it.members.iter_mut().flatten()).for_each(|it| it.role = None);
        prop_assert_eq!(people(&read), people(&expected));
    }

    #[test]
    fn no_text_panics(text in "(?s).{0,200}") {
        let _ = read(&text);
    }

    #[test]
    fn no_text_that_looks_like_a_file_panics(text in "[-:,\\[\\]{}\"'|> \\n\\tversionwkpacmbudgt0-9&*!#]{0,120}") {
        let _ = read(&text);
        let _ = read(&["version: 1\nworkspaces:\n", &text].concat());
    }
}

#[test]
fn a_long_file_is_read_and_written_whole() {
    let member = "      - email: jane.doe@example.com\n        id: user_0123456789\n        role: member\n";
    let workspace =
        |at: usize| format!("  - slug: team-{at}\n    name: \"Team {at}\"\n    members:\n{}", member.repeat(20));
    let text = ["version: 1\nworkspaces:\n", &(0..200).map(workspace).collect::<String>()].concat();
    let file = read(&text).unwrap();
    assert_eq!(file.workspaces.len(), 200);
    let again = read(&ExportFormat::Json.write(&file)).unwrap();
    assert_eq!(ExportFormat::Yaml.write(&again), ExportFormat::Yaml.write(&file));
}
