//! Plans against a model of the API: a plan leads to the file, and what has moved is never overwritten.

use proptest::prelude::*;

use super::model::{End, World, person};
use super::{Weight, compare};
use crate::domain::{BudgetState, Ladder, Patch, Slug, Usd};
use crate::files::document::{BudgetEntry, Deletion, Document, Entry, MemberEntry};
use crate::files::node::Place;
use crate::files::settings::{Setting, Settings, Value};

const SLUGS: [&str; 5] = ["alpha", "beta", "gamma", "delta", "omega"];

fn usd(dollars: u32) -> Usd {
    Usd::parse(&dollars.to_string()).unwrap()
}

/// Limits in order: each is below the broader ones.
fn any_ladder() -> impl Strategy<Value = Ladder> {
    prop::array::uniform4(prop::option::of(0u32..9)).prop_map(|limits| {
        let limit = |(at, limit): (usize, Option<u32>)| limit.map(|limit| usd(10_u32.pow(4 - at as u32) * 10 + limit));
        let limits: Vec<_> = limits.into_iter().enumerate().map(limit).collect();
        Ladder::new([limits[0], limits[1], limits[2], limits[3]])
    })
}

fn any_budget() -> impl Strategy<Value = BudgetState> {
    (any_ladder(), any::<bool>()).prop_map(|(ladder, byok)| BudgetState { ladder, counts_byok: Some(byok) })
}

fn any_people() -> impl Strategy<Value = Vec<usize>> {
    prop::collection::btree_set(0usize..6, 0..5).prop_map(|people| people.into_iter().collect())
}

prop_compose! {
    pub fn any_world()(held in prop::collection::btree_map(0usize..4, (any_budget(), any_people(), "[A-Z][a-z]{0,3}"), 0..4)) -> World {
        let mut world = World::default();
        for (slug, (budget, members, name)) in held {
            world.add(SLUGS[slug], &name, budget, &members);
        }
        world
    }
}

fn any_settings() -> impl Strategy<Value = Settings> {
    let description =
        prop_oneof![Just(Value::None), "[a-z ]{1,9}".prop_map(|text| Value::Text(text.trim().to_owned() + "."))];
    let fields = (
        "[A-Z][a-z]{0,3}".prop_map(Value::Text),
        prop::option::of(description),
        prop::option::of(any::<bool>().prop_map(Value::Switch)),
    );
    fields.prop_map(|(name, description, logging)| {
        let fields = [(Setting::Name, Some(name)), (Setting::Description, description), (Setting::IoLogging, logging)];
        Settings(fields.into_iter().filter_map(|(setting, value)| Some((setting, value?))).collect())
    })
}

prop_compose! {
    fn any_entry()(
        settings in any_settings(),
        ladder in prop::option::of(any_ladder()),
        byok in prop::option::of(any::<bool>()),
        members in prop::option::of(any_people()),
    ) -> Entry {
        let member = |at: usize| MemberEntry { email: Some(person(at).email), ..MemberEntry::default() };
        let limits = |ladder: Ladder| {
            crate::domain::Interval::ALL.map(|at| ladder.get(at).map_or(Patch::Clear, Patch::Set))
        };
        // Without a limit the switch can't be sent.
        let budget = ladder.map(|ladder| BudgetEntry {
            limits: limits(ladder),
            counts_byok: byok.filter(|_| !ladder.is_empty()),
            ..BudgetEntry::default()
        });
        Entry { settings, budget, members: members.map(|it| it.into_iter().map(member).collect()), ..Entry::default() }
    }
}

prop_compose! {
    pub fn any_file()(
        entries in prop::collection::btree_map(0usize..5, any_entry(), 0..5),
        deleted in prop::collection::btree_set(0usize..5, 0..3),
    ) -> Document {
        let delete = deleted.iter().filter(|at| !entries.contains_key(at)).map(|at| Deletion {
            place: Place::default(),
            slug: Slug::parse(SLUGS[*at]).unwrap(),
        });
        let delete = delete.collect();
        let with_slug = |(at, mut entry): (usize, Entry)| {
            entry.settings.0.insert(Setting::Slug, Value::Text(SLUGS[at].to_owned()));
            entry
        };
        Document { workspaces: entries.into_iter().map(with_slug).collect(), delete }
    }
}

/// What someone else does: the workspace, what is changed, and to what.
type Meddling = (usize, u8, u8);

fn meddle(world: &mut World, (at, what, how): Meddling) {
    let Some(id) = world.held.keys().nth(at).cloned() else { return };
    let Some(held) = world.held.get_mut(&id) else { return };
    match what {
        0 => held.workspace.name = format!("Other {how}"),
        1 => held.budget.ladder = Ladder::new([None, Some(usd(u32::from(how) + 1)), None, None]),
        2 => held.members.extend([person(usize::from(how % 6)).id]),
        3 => held.members.retain(|id| *id != person(usize::from(how % 6)).id),
        _ => drop(world.held.remove(&id)),
    }
}

proptest! {
    #[test]
    fn a_plan_that_is_applied_leads_to_the_file(mut world in any_world(), file in any_file()) {
        let plan = compare(&file, &world.state());
        prop_assert!(plan.workspaces.iter().all(|it| !it.is_blocked()), "{:?}", plan);
        let ends = world.run(&plan, |_| ());
        prop_assert!(ends.iter().all(|end| *end == End::Applied));
        let after = compare(&file, &world.state());
        prop_assert!(after.is_empty(), "{:?}", after);
    }

    #[test]
    fn with_another_writer_it_stops_or_reaches_the_file(
        mut world in any_world(),
        file in any_file(),
        meddlings in prop::collection::vec(prop::option::of((0usize..4, 0u8..5, 0u8..9)), 0..12),
    ) {
        let plan = compare(&file, &world.state());
        let (mut meddlings, mut is_meddled) = (meddlings.into_iter(), false);
        let before = world.clone();
        let ends = world.run(&plan, |world| {
            if let Some(meddling) = meddlings.next().flatten() {
                is_meddled = true;
                meddle(world, meddling);
            }
        });
        let after = compare(&file, &world.state());
        prop_assert!(is_meddled || after.is_empty());
        prop_assert!(is_meddled || !ends.contains(&End::Stopped));
        // Workspaces that the file does not name are as they were, unless someone else changed them.
        for (id, held) in &before.held {
            let is_named = plan.workspaces.iter().any(|it| it.id.as_ref() == Some(id) && !it.parts.is_empty());
            if !is_named && !is_meddled {
                prop_assert_eq!(&world.held[id].workspace, &held.workspace);
            }
        }
        // A second run without another writer reaches the file.
        let again = compare(&file, &world.state());
        world.run(&again, |_| ());
        prop_assert!(compare(&file, &world.state()).is_empty() || again.workspaces.iter().any(super::WorkspacePlan::is_blocked));
    }

    #[test]
    fn what_was_exported_changes_nothing(world in any_world()) {
        let document = world.export();
        let plan = compare(&document, &world.state());
        prop_assert!(plan.is_empty(), "{:?}", plan);
        for format in [crate::files::write::ExportFormat::Yaml, crate::files::write::ExportFormat::Json,
            crate::files::write::ExportFormat::Workspaces] {
            let read = crate::files::read::read(&format.write(&document)).unwrap();
            let plan = compare(&read, &world.state());
            prop_assert!(plan.is_empty(), "{:?} {:?}", format, plan);
        }
    }

    #[test]
    fn nothing_is_deleted_that_the_file_does_not_delete(mut world in any_world(), mut file in any_file()) {
        file.delete.clear();
        let before = world.held.len();
        let plan = compare(&file, &world.state());
        prop_assert!(plan.workspaces.iter().flat_map(|it| &it.notes).all(|note| note.weight != Weight::Blocks));
        world.run(&plan, |_| ());
        prop_assert!(world.held.len() >= before);
    }
}
