//! Problems name the line, the column and what is expected.

use crate::files::read::read;

/// All problems of a text, one a line.
fn problems(text: &str) -> String {
    read(text).err().unwrap_or_default().iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_field_that_is_not_known_is_a_problem() {
    let text = "version: 1\nworkspaces:\n  - slug: a\n    limits: 5\n";
    let found = problems(text);
    assert!(found.starts_with("Line 4, column 13: Unknown field “limits”. Expected: those of the file"), "{found}");
}

#[test]
fn a_value_of_another_kind_is_a_problem_at_its_place() {
    let text = "version: 1\nworkspaces:\n  - slug: a\n    budget:\n      daily: -5\n      weekly: [1]\n";
    let amount = "Expected an amount above 0 such as 500 or 29.99, or null for no limit";
    assert_eq!(
        problems(text),
        format!("Line 5, column 14: {amount}. Found a number\nLine 6, column 15: {amount}. Found a list")
    );
    let json = "{\n  \"version\": 1,\n  \"workspaces\": [{\"slug\": \"a\", \"is_observability_io_logging_enabled\": \"yes\"}]\n}";
    let expected = "Line 3, column 71: Expected true or false for is_observability_io_logging_enabled. Found text";
    assert_eq!(problems(json), expected);
}

#[test]
fn a_text_that_is_no_yaml_or_json_says_where() {
    assert!(problems("version: 1\nworkspaces: [\n").contains("This is not YAML"));
    assert!(problems("{\"version\": 1,\n \"workspaces\": [}").starts_with("Line 2, column 17: This is not JSON"));
    assert!(problems("").contains("The file is empty"));
    assert!(problems("just a text").contains("Expected the fields version and workspaces"));
    assert!(problems("resource \"openrouter_workspace\" \"a\" {}").contains("HCL"));
}

#[test]
fn a_version_is_needed_and_no_other_is_read() {
    assert_eq!(problems("workspaces: []"), "Line 1, column 1: Expected the field version with the value 1");
    assert_eq!(problems("version: 2\nworkspaces: []"), "Line 1, column 10: Expected version 1");
}

#[test]
fn what_yaml_could_hide_is_refused() {
    assert!(problems("version: 1\nworkspaces: [&a {slug: x}, *a]").contains("Anchors are not supported"));
    assert!(problems("version: 1\nworkspaces: [*a]").contains("Aliases are not supported"));
    assert!(problems("version: !!str 1").contains("Tags such as"));
    assert!(problems("version: 1\nversion: 1").contains("is there twice"));
    assert!(problems("version: 1\n---\nversion: 1").contains("A second document begins here"));
}

#[test]
fn cells_are_named_by_line_and_column() {
    assert_eq!(
        problems("name,monthly\nA,many\n,5\n"),
        "Line 2, column 2: Expected an amount such as 500, or none for no limit. \
         Enter an amount in dollars, such as 250 or 99.50\nLine 3, column 1: Expected a name or a slug in this row"
    );
    assert!(problems("name,monthly,owner\nA,5,x\n").starts_with("Line 1, column 3: Unknown column “owner”"));
    assert!(problems("name,name\nA,B\n").contains("Line 1, column 2: This column is there twice"));
    assert_eq!(problems("name,monthly\nA,0\n"), "Line 2, column 2: Expected an amount above 0, or none for no limit");
}

#[test]
fn a_problem_never_repeats_a_value() {
    let secret = "sk-or-v1-0123456789";
    for text in [
        format!("version: {secret}\nworkspaces: {secret}"),
        format!("version: 1\nworkspaces:\n- {{slug: [{secret}], budget: {secret}, members: {secret}}}"),
        format!("name,monthly\nA,{secret}\n"),
    ] {
        assert!(!problems(&text).contains(secret), "{}", problems(&text));
    }
}

#[test]
fn deep_nesting_ends_with_a_problem() {
    let deep = ["{\"version\": ", &"[".repeat(5000), &"]".repeat(5000), "}"].concat();
    assert!(!problems(&deep).is_empty());
    let deep = ["version: ", &"[".repeat(5000), &"]".repeat(5000)].concat();
    assert!(!problems(&deep).is_empty());
}

#[test]
fn a_list_of_members_is_never_empty_by_mistake() {
    assert_eq!(
        problems("version: 1\nworkspaces:\n- slug: a\n  members:\n"),
        "Line 4, column 10: Expected a list of members, or [] for no members"
    );
    assert!(
        problems("version: 1\nworkspaces:\n- {slug: a, members: [{id: ..}]}").contains("column 28: Expected a user ID")
    );
    assert!(problems("version: 1\nworkspaces: [{slug: a, members: [\"\"]}]").contains("Expected an email"));
    assert_eq!(problems("slug,email\na,\n"), "Line 2, column 1: Expected an email or a user ID in this row");
    assert_eq!(problems("slug,user_id\na,..\n"), "Line 2, column 2: Expected a user ID such as user_abc123");
    assert!(problems("version: 1\nworkspaces: []\ndelete: [\"\"]").contains("Line 3, column 10: Expected a slug"));
}

#[test]
fn an_amount_that_is_cut_in_two_is_a_problem() {
    assert_eq!(
        problems("name,monthly\nA,1,000\n"),
        "Line 2, column 3: Expected at most 2 cells in this row. Put quotes around a value with a separator in it"
    );
    assert_eq!(problems("name,monthly\nA,\"1,000.50\",,\n"), "");
}

#[test]
fn a_table_of_a_german_spreadsheet_is_read() {
    let text = "sep=;\r\nName;Monthly;Daily\r\nForschung;1.234,50;29,99\r\n\"Vertrieb; Süd\";none;5\r\n";
    let file = read(text).unwrap();
    let amounts = |at: usize| {
        let budget = file.workspaces[at].budget.clone().unwrap_or_default();
        budget
            .limits
            .map(|limit| if let crate::domain::Patch::Set(amount) = limit { amount.plain() } else { String::new() })
    };
    assert_eq!((amounts(0)[1].as_str(), amounts(0)[3].as_str()), ("1234.50", "29.99"));
    assert_eq!((file.workspaces[1].place.line, amounts(1)[3].as_str()), (4, "5"));
    assert!(problems("Name;Monthly\nA;1.000\n").starts_with("Line 2, column 2: Expected an amount such as 500"));
}

/// What an adversary, or a tired person, may write. Each problem has a place and says what is expected.
#[test]
fn bad_input_is_a_problem_with_its_place() {
    let yaml = |workspace: &str| problems(&format!("version: 1\nworkspaces:\n- slug: a\n  {workspace}\n"));
    let mut wrong = Vec::new();
    let amount = "Expected an amount above 0 such as 500 or 29.99, or null for no limit";
    for (text, column, expected) in [
        ("budget: {daily: 1e999}", 19, amount),
        ("budget: {daily: -1}", 19, amount),
        ("budget: {daily: .inf}", 19, amount),
        ("budget: {daily: 0x10}", 19, amount),
        ("budget: {daily: 1_000}", 19, amount),
        ("budget: {daily: true}", 19, amount),
        ("budget: 5", 11, "Expected the limits of a budget"),
        ("<<: {name: b}", 7, "Unknown field “<<”"),
        ("is_observability_io_logging_enabled: yes", 40, "Expected true or false"),
        ("io_logging_sampling_rate: 1e999", 29, "Expected a number from 0.0001 to 1"),
        ("io_logging_api_key_ids: [99999999999999999999]", 27, "Expected a list of whole numbers"),
        ("id: 5", 7, "Expected the UUID of a workspace"),
        ("slug: b", 9, "The field “slug” is there twice"),
        ("name: !!binary aGk=", 9, "Tags such as !!str are not supported"),
        ("name: &x hi", 9, "Anchors are not supported"),
        ("name: *x", 9, "Aliases are not supported"),
        ("? [a]\n  : b", 5, "The name of a field is expected here"),
    ] {
        let found = yaml(text);
        let place = format!("Line 4, column {column}: ");
        if !found.starts_with(&place) || !found.contains(expected) {
            wrong.push(format!("{text}: {found}"));
        }
    }
    for (text, expected) in [
        ("version: 1\nworkspaces:\n\t- slug: a\n", "Line 3, column "),
        ("version: 1.0\nworkspaces: []", "Line 1, column 10: Expected version 1"),
        (
            "{\"version\": 1, \"workspaces\": [], \"version\": 1}",
            "Line 1, column 45: The field “version” is there twice",
        ),
        ("{\"version\": 01}", "Line 1, column 14: This is not JSON: "),
        ("{\"version\": 1} x", "Line 1, column 16: This is not JSON: "),
        ("[]", "Line 1, column 1: Expected the fields version and workspaces"),
        (
            "Abteilung;Geld\nA;5\n",
            "Line 1, column 1: Expected the fields version and workspaces, or a table with headings",
        ),
        ("name,monthly\nA,1e999\n", "Line 2, column 2: Expected an amount such as 500"),
        ("\u{feff}version: 1\r\nworkspaces:\r\n- slug: a\r\n  bad: 1\r\n", "Line 4, column 8: Unknown field"),
        ("{\n  \"version\": 1,\r\n  \"workspaces\": 5}", "Line 3, column 17: Expected a list of workspaces"),
    ] {
        let found = problems(text);
        if !found.starts_with(expected) {
            wrong.push(format!("{text}: {found}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_very_deep_file_ends_with_a_problem_and_does_not_overflow() {
    let place = "Line 1, column 26: More than 16 levels of lists and fields";
    assert_eq!(problems(&["version: ", &"[".repeat(100), &"]".repeat(100)].concat()), place);
    assert!(problems(&["version: ", &"[".repeat(1_000_000)].concat()).contains("More than 16 levels"));
    assert!(problems(&["version:\n", &"- ".repeat(1_000_000)].concat()).contains("More than 16 levels"));
    let json = ["{\"version\": ", &"[".repeat(1_000_000)].concat();
    assert!(problems(&json).contains("This is not JSON"));
    let json = ["{\"version\": ", &"[".repeat(100_000), &"]".repeat(100_000), "}"].concat();
    assert!(problems(&json).contains("More than 16 levels"));
}

#[test]
fn a_file_that_is_too_large_is_not_read() {
    assert_eq!(problems(&"#".repeat(5_000_001)), "Line 1, column 1: The file is larger than 5 MB. Split it");
    let long = format!("version: 1\nworkspaces: [{{slug: a, {}: 1}}]", "x".repeat(100_000));
    assert!(problems(&long).len() < 300, "a long name is cut off in a message");
}
