//! What a plan finds before anything is sent.

use std::collections::HashSet;
use std::sync::Arc;

use super::model::{World, person};
use super::{Flag, ImportPlan, Known, Part, Weight, compare, flags, plan_text};
use crate::domain::{ApiKey, BudgetState, Interval, Ladder, Spend, Usd};
use crate::files::read::read;
use crate::files::settings::Setting;

fn usd(text: &str) -> Usd {
    Usd::parse(text).unwrap()
}

fn world() -> World {
    let mut world = World::default();
    let ladder = Ladder::default().with(Interval::Monthly, Some(usd("500"))).with(Interval::Daily, Some(usd("50")));
    world.add("alpha", "Alpha", BudgetState { ladder, counts_byok: Some(true) }, &[0, 1]);
    world.add("default", "Default", BudgetState::default(), &[0, 1, 2]);
    world
}

fn plan(workspaces: &str) -> ImportPlan {
    compare(&read(&format!("version: 1\nworkspaces: {workspaces}")).unwrap(), &world().state())
}

/// The notes of the first workspace.
fn notes(workspaces: &str) -> Vec<(Weight, String)> {
    plan(workspaces).workspaces[0].notes.iter().map(|note| (note.weight, note.text.clone())).collect()
}

fn note(workspaces: &str) -> String {
    notes(workspaces).into_iter().map(|(_, text)| text).collect::<Vec<_>>().join(" | ")
}

#[test]
fn conflicts_are_found_before_anything_is_sent() {
    assert_eq!(
        note("[{slug: alpha, budget: {daily: 600}}]"),
        "The monthly limit ($500.00) must be above the daily limit ($600.00)"
    );
    let id = "0f8fad5b-d9cb-469f-a165-000000000001";
    assert_eq!(note(&format!("[{{id: {id}, slug: default}}]")), "The slug default is taken by “Default”");
    assert_eq!(
        note("[{slug: alpha, members: [ghost@example.com, p0@example.com]}]"),
        "ghost@example.com is not in the organization | Its members are left out until each of them is found"
    );
    assert_eq!(note("[{slug: Not A Slug, name: A}]"), "Slug: Use only lowercase letters a–z, digits and hyphens");
    assert_eq!(note("[{slug: new}]"), "Add a name to create this workspace");
    assert_eq!(note("[{name: 研究}]"), "No slug can be made from this name. Add a slug");
    assert!(note("[{slug: default, members: []}]").starts_with("Everyone is a member of the default workspace"));
    let twice = plan("[{slug: alpha, name: A}, {slug: alpha, name: B}]");
    assert_eq!(twice.workspaces[1].notes[0].text, "This workspace is in the file twice");
    let twice = plan("[{slug: new, name: A}, {slug: new, name: B}]");
    assert_eq!(twice.workspaces[1].notes[0].text, "Another workspace in the file has this slug");
}

#[test]
fn a_member_with_keys_stays_and_the_rest_is_removed() {
    let mut state = world().state();
    let id = state.workspaces[0].id.clone();
    state.details.get_mut(&id).unwrap().key_owners = HashSet::from([person(1).id]);
    let plan = compare(&read("version: 1\nworkspaces: [{slug: alpha, members: []}]").unwrap(), &state);
    assert_eq!(plan.workspaces[0].parts, [Part::Remove(vec![person(0).id])]);
    let expected = "1 person with active API keys can’t be removed: p1@example.com. Delete their keys first";
    assert_eq!(plan.workspaces[0].notes[0].text, expected);
}

#[test]
fn spend_above_a_new_limit_is_a_warning() {
    let mut state = world().state();
    let id = state.workspaces[0].id.clone();
    let key: ApiKey = serde_json::from_str(r#"{"hash":"a","usage_monthly":300}"#).unwrap();
    state.details.get_mut(&id).unwrap().spend = Spend::of([&key]);
    let text = "version: 1\nworkspaces: [{slug: alpha, budget: {monthly: 200}}]";
    let plan = compare(&read(text).unwrap(), &state);
    let note = &plan.workspaces[0].notes[0];
    assert_eq!(note.weight, Weight::Warns);
    assert_eq!(note.text, "The monthly limit ($200.00) is already used up: $300.00 spent. Requests will be refused");
    assert_eq!(plan.workspaces[0].applicable().len(), 1);
}

#[test]
fn what_widens_access_is_flagged() {
    let found =
        |workspaces: &str| -> Vec<Flag> { plan(workspaces).workspaces[0].parts.iter().flat_map(flags).collect() };
    assert_eq!(
        found("[{slug: alpha, budget: {monthly: 900, daily: null, include_byok_in_budgets: false}}]"),
        [
            Flag::LimitIncreased(Interval::Monthly, usd("500"), usd("900")),
            Flag::LimitRemoved(Interval::Daily, usd("50")),
            Flag::ByokNotCounted
        ]
    );
    assert_eq!(found("[{slug: alpha, budget: {monthly: 400, lifetime: 9000}}]"), []);
    assert_eq!(
        found("[{slug: alpha, is_observability_io_logging_enabled: true}]"),
        [Flag::LoggingOn(Setting::IoLogging)]
    );
    assert_eq!(found("[{slug: alpha, members: [p0@example.com, P2@EXAMPLE.com]}]"), [Flag::PeopleAdded(1)]);
}

#[test]
fn a_name_is_enough_where_it_is_unique() {
    let plan = plan("[{name: Alpha, budget: {monthly: 400}}, {name: Team Zürich}]");
    assert_eq!(plan.workspaces[0].slug, "alpha");
    assert_eq!((plan.workspaces[1].slug.as_str(), plan.workspaces[1].id.as_ref()), ("team-zuerich", None));
    assert!(matches!(plan.workspaces[1].parts[..], [Part::Create(_)]));
}

#[test]
fn what_is_not_read_yet_is_compared_later() {
    let mut state = world().state();
    let id = state.workspaces[0].id.clone();
    state.details.get_mut(&id).unwrap().budget = Known::Loading;
    let text = "version: 1\nworkspaces: [{slug: alpha, name: Beta, budget: {monthly: 1}}]";
    let plan = compare(&read(text).unwrap(), &state);
    assert!(plan.is_loading());
    assert!(matches!(plan.workspaces[0].parts[..], [Part::Settings { .. }]), "what is known is shown");
    state.details.get_mut(&id).unwrap().budget = Known::Failed("Closed".to_owned());
    let plan = compare(&read(text).unwrap(), &state);
    assert_eq!(plan.workspaces[0].notes[0].text, "Couldn’t load its limits: Closed");
}

#[test]
fn a_part_can_be_taken_back() {
    let mut world = world();
    let before = world.export();
    let text = "version: 1\nworkspaces: [{slug: alpha, name: Beta, budget: {monthly: 700}, members: [p0@example.com, p3@example.com]}, \
                {slug: new, name: New}]";
    let plan = compare(&read(text).unwrap(), &world.state());
    world.run(&plan, |_| ());
    assert!(!compare(&before, &world.state()).is_empty());
    for workspace in plan.workspaces.iter().rev() {
        for part in workspace.parts.iter().rev() {
            assert_eq!(world.apply(workspace, &part.undo().unwrap()), super::model::End::Applied);
        }
    }
    assert!(compare(&before, &world.state()).is_empty());
    assert_eq!(world.held.len(), 2);
}

#[test]
fn a_plan_is_text_for_a_review() {
    let state = world().state();
    let text = "version: 1\nworkspaces: [{slug: alpha, name: Beta, budget: {monthly: 700}}, {slug: default}]";
    let plan = compare(&read(text).unwrap(), &state);
    assert_eq!(
        plan_text(&plan, &state, |_, part| part == 0),
        "~ Alpha (alpha)\n    Name: Alpha → Beta\n    Limits: monthly $500.00 → $700.00 [left out]\n    \
         ! The monthly limit increases from $500.00 to $700.00\n1 unchanged\n"
    );
}

#[test]
fn a_thousand_workspaces_are_compared_quickly() {
    let mut world = World::default();
    for at in 0..1000 {
        world.add(&format!("team-{at}"), &format!("Team {at}"), BudgetState::default(), &[0, 1]);
    }
    let (document, state) = (world.export(), world.state());
    let started = std::time::Instant::now();
    assert!(compare(&document, &state).is_empty());
    assert!(started.elapsed().as_secs() < 5, "this build is not optimized");
    drop(Arc::new(state));
}
