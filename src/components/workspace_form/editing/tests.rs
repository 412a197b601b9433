//! What the fields show while a workspace is edited.

use super::*;

/// Edits a form; the slugs in the signal are taken.
fn edit(form: WorkspaceForm, test: impl FnOnce(Editing, RwSignal<Vec<String>>)) {
    Owner::new().with(|| {
        let taken = RwSignal::new(Vec::<String>::new());
        let editing = Editing::creation(FormState::new(RwSignal::new(form)), move |slug: &Slug| {
            taken.with(|taken| taken.iter().any(|it| it == slug.as_str()))
        });
        test(editing, taken);
    });
}

fn named(name: &str, slug: &str) -> WorkspaceForm {
    WorkspaceForm { name: name.to_owned(), slug: slug.to_owned(), ..WorkspaceForm::default() }
}

#[test]
fn a_slug_that_turns_out_to_be_taken_is_a_problem_at_its_field() {
    edit(named("Lab", "lab"), |editing, taken| {
        let problem = editing.problem(WorkspaceField::Slug);
        editing.touch_all();
        assert_eq!(problem.get(), None);
        taken.set(vec!["lab".to_owned()]);
        assert_eq!(problem.get().as_deref(), Some("Another workspace uses “lab”"));
    });
}

#[test]
fn a_problem_is_shown_once_its_field_was_touched() {
    edit(WorkspaceForm::default(), |editing, _| {
        let (name, slug) = (editing.problem(WorkspaceField::Name), editing.problem(WorkspaceField::Slug));
        editing.name(true).set(String::new());
        assert_eq!((name.get().as_deref(), slug.get()), (Some("Enter a name"), None));
        editing.leave(WorkspaceField::Slug).run(());
        assert_eq!(slug.get().as_deref(), Some("Enter a slug"));
    });
}

#[test]
fn the_slug_follows_the_name_until_it_is_edited_and_again_once_it_is_emptied() {
    edit(WorkspaceForm::default(), |editing, _| {
        let (name, slug) = (editing.name(true), editing.bind::<String>(WorkspaceField::Slug));
        name.set("R&D Zürich".to_owned());
        assert_eq!(slug.get(), "r-and-d-zuerich");
        slug.set("rnd".to_owned());
        name.set("Research".to_owned());
        assert_eq!(slug.get(), "rnd");
        slug.set(String::new());
        name.set("Research Two".to_owned());
        assert_eq!(slug.get(), "research-two");
    });
}

#[test]
fn after_a_restored_draft_was_discarded_the_slug_follows_the_name() {
    edit(named("Half a thought", "my-own"), |editing, _| {
        editing.state.fill(WorkspaceForm::default());
        editing.name(true).set("Night Shift".to_owned());
        assert_eq!(editing.state.get().slug, "night-shift");
    });
}

#[test]
fn a_refusal_is_shown_at_its_field_until_the_field_changes() {
    edit(named("Lab", "lab"), |editing, _| {
        let problem = editing.problem(WorkspaceField::Slug);
        editing.refuse(WorkspaceField::Slug, "A workspace with slug \"lab\" already exists".to_owned());
        assert!(problem.get().is_some_and(|problem| problem.contains("already exists")));
        editing.bind::<String>(WorkspaceField::Slug).set("lab-2".to_owned());
        assert_eq!(problem.get(), None);
        editing.bind::<String>(WorkspaceField::Slug).set("lab".to_owned());
        editing.touch_all();
        assert_eq!(problem.get(), None);
    });
}

#[test]
fn a_list_of_keys_is_kept_while_all_keys_are_logged() {
    edit(named("Lab", "lab"), |editing, _| {
        let (scope, ids) = (editing.key_scope(), editing.key_ids());
        scope.set("listed".to_owned());
        ids.set(vec!["12".to_owned()]);
        scope.set("all".to_owned());
        assert_eq!((scope.get(), ids.get()), ("all".to_owned(), vec!["12".to_owned()]));
    });
}

#[test]
fn a_taken_slug_comes_with_the_next_free_one() {
    edit(named("Lab", "lab"), |editing, taken| {
        let free = editing.free_slug();
        let shown = || free.get().map(String::from);
        taken.set(vec!["lab".to_owned(), "lab-2".to_owned()]);
        assert_eq!(shown(), None);
        editing.leave_name().run(());
        assert_eq!(shown().as_deref(), Some("lab-3"));
        editing.bind::<String>(WorkspaceField::Slug).set("lab-3".to_owned());
        assert_eq!(shown(), None);
        // The list does not have the workspace that the server knows.
        editing.refuse(WorkspaceField::Slug, "A workspace with slug \"lab-3\" already exists".to_owned());
        assert_eq!(shown().as_deref(), Some("lab-4"));
    });
}

/// Edits the settings of a workspace that logs a quarter of the requests.
fn edit_saved(test: impl FnOnce(Editing)) {
    let json = r#"{"id":"0f8fad5b-d9cb-469f-a165-70867728950e","name":"Lab","slug":"lab",
        "is_observability_io_logging_enabled":true,"io_logging_sampling_rate":0.25}"#;
    Owner::new().with(|| {
        let saved = RwSignal::new(serde_json::from_str::<Workspace>(json).unwrap());
        let form = WorkspaceForm::of(&saved.get());
        test(Editing::update(FormState::new(RwSignal::new(form)), move || saved.get(), |_: &Slug| false));
    });
}

#[test]
fn a_field_is_changed_while_it_differs_from_what_is_saved() {
    edit_saved(|editing| {
        let (name, is_changed) = (editing.name(false), editing.is_changed(WorkspaceField::Name));
        assert!(!is_changed.get());
        name.set("Laboratory".to_owned());
        assert!(is_changed.get() && !editing.is_changed(WorkspaceField::Slug).get());
        name.set("Lab".to_owned());
        assert!(!is_changed.get());
    });
    edit(named("Lab", "lab"), |editing, _| assert!(!editing.is_changed(WorkspaceField::Name).get()));
}

#[test]
fn the_fields_of_logging_are_left_alone_while_it_is_off() {
    edit_saved(|editing| {
        let (is_on, rate, is_shown) = (editing.io_logging(), editing.sampling_rate(), editing.shows_logging());
        rate.set("30".to_owned());
        is_on.set(false);
        assert_eq!((is_shown.get(), rate.get().as_str()), (false, "25"));
        is_on.set(true);
        assert_eq!((is_shown.get(), rate.get().as_str()), (true, "30"));
    });
}

#[test]
fn a_restored_rate_is_shown_even_if_logging_is_off() {
    let rate = PercentInput("5".to_owned());
    edit(WorkspaceForm { sampling_rate: rate, ..named("Lab", "lab") }, |editing, _| {
        assert!(editing.shows_logging().get());
    });
}
