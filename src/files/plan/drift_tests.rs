//! How workspaces have moved from a baseline.

use proptest::prelude::*;

use super::model::{World, person};
use super::proofs::{any_file, any_world};
use super::{compare, drift};
use crate::domain::{BudgetState, Interval, Ladder, Usd, UserId};
use crate::files::StoredBaseline;
use crate::files::read::read;
use crate::files::settings::{Setting, Settings, Value};

fn usd(text: &str) -> Usd {
    Usd::parse(text).unwrap()
}

fn ladder(monthly: &str) -> Ladder {
    Ladder::default().with(Interval::Monthly, Some(usd(monthly)))
}

/// The differences as lines.
fn lines(world: &World, baseline: &StoredBaseline) -> Vec<String> {
    let baseline = baseline.open().unwrap();
    let found = drift(&compare(&baseline.document, &world.state()), |id: &UserId| id.to_string());
    let line = |it: &super::Difference| match &it.before {
        Some(before) => format!("{}: {before} → {}", it.label, it.now),
        None => format!("{}: {}", it.label, it.now),
    };
    found.iter().flat_map(|it| it.differences.iter().map(move |one| format!("{} · {}", it.slug, line(one)))).collect()
}

#[test]
fn the_differences_go_from_the_baseline_to_now() {
    let mut world = World::default();
    let budget = |monthly| BudgetState { ladder: ladder(monthly), counts_byok: Some(true) };
    let alpha = world.add("alpha", "Alpha", budget("500"), &[0, 1]);
    let gone = world.add("gone", "Gone", BudgetState::default(), &[]);
    world.add("same", "Same", budget("10"), &[2]);
    let baseline = StoredBaseline::new(&world.export(), None, 0).unwrap();
    assert!(lines(&world, &baseline).is_empty());
    let held = world.held.get_mut(&alpha).unwrap();
    held.workspace.name = "Beta".to_owned();
    held.budget =
        BudgetState { ladder: ladder("700").with(Interval::Daily, Some(usd("20"))), counts_byok: Some(false) };
    held.members = [person(1).id, person(3).id].into();
    world.held.remove(&gone);
    world.add("new", "New", BudgetState::default(), &[]);
    assert_eq!(
        lines(&world, &baseline),
        [
            "alpha · Name: Alpha → Beta",
            "alpha · Monthly limit: $500.00 → $700.00",
            "alpha · Daily limit: none → $20.00",
            "alpha · BYOK spend: counted → not counted",
            "alpha · Removed members: 1 person: user_0",
            "alpha · Added members: 1 person: user_3",
            "gone · Workspace: It no longer exists",
        ]
    );
}

#[test]
fn a_baseline_names_workspaces_by_id_slug_or_name() {
    let mut world = World::default();
    let id = world.add("alpha", "Alpha", BudgetState::default(), &[]);
    let workspace = world.held[&id].workspace.clone();
    for (file, is_left) in [
        (format!("version: 1\nworkspaces: [{{id: {id}, slug: renamed}}]"), true),
        ("version: 1\nworkspaces: [{slug: alpha, name: Alpha}]".to_owned(), false),
        ("version: 1\nworkspaces: [{slug: alpha, name: Other}]".to_owned(), true),
        ("name,description\nAlpha,none\n".to_owned(), false),
        ("name,description\nAlpha,New\n".to_owned(), true),
        ("name,description\nBeta,New\n".to_owned(), false),
    ] {
        let baseline = StoredBaseline::new(&read(&file).unwrap(), None, 0).unwrap().open().unwrap();
        assert_eq!(baseline.is_left_by(&workspace), is_left, "{file}");
    }
}

#[test]
fn a_baseline_has_no_keys_and_deletes_nothing() {
    let file =
        "version: 1\nworkspaces:\n- slug: a\n  keys: [{name: production, hash: h, disabled: false}]\ndelete: [b]\n";
    let baseline = StoredBaseline::new(&read(file).unwrap(), None, 0).unwrap();
    assert!(!serde_json::to_string(&baseline).unwrap().contains("production"));
    assert!(baseline.open().unwrap().document.delete.is_empty());
}

#[test]
fn what_was_changed_in_storage_is_no_baseline() {
    for file in ["", "{}", "version: 2", "{\"version\": 1, \"workspaces\": [5]}", &"[".repeat(3_000_000)] {
        let text = serde_json::json!({ "account": null, "at": 0, "file": file }).to_string();
        let stored: StoredBaseline = serde_json::from_str(&text).unwrap();
        assert!(stored.open().is_none());
    }
}

proptest! {
    #[test]
    fn a_baseline_of_now_has_no_differences_and_that_of_a_file_has_those_of_its_plan(world in any_world(), file in any_file()) {
        let now = StoredBaseline::new(&world.export(), None, 0).unwrap();
        prop_assert!(lines(&world, &now).is_empty());
        let baseline = StoredBaseline::new(&file, None, 0).unwrap().open().unwrap();
        let plan = compare(&baseline.document, &world.state());
        let found = drift(&plan, |id: &UserId| id.to_string());
        let differing = plan.workspaces.iter().filter(|it| !it.is_unchanged());
        prop_assert_eq!(found.len(), differing.count());
    }

    #[test]
    fn a_setting_that_moved_is_marked_in_the_list(mut world in any_world(), name in "[A-Z][a-z]{0,3}") {
        let baseline = StoredBaseline::new(&world.export(), None, 0).unwrap().open().unwrap();
        for held in world.held.values_mut() {
            prop_assert!(!baseline.is_left_by(&held.workspace));
            let before = Settings::of(&held.workspace);
            held.workspace.name = name.clone();
            let has_moved = before.get(Setting::Name) != Some(&Value::Text(name.clone()));
            prop_assert_eq!(baseline.is_left_by(&held.workspace), has_moved);
        }
    }
}
