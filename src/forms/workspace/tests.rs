use super::*;
use crate::api::{Operation, StatusError};
use crate::forms::draft;
use proptest::prelude::*;

const FREE: fn(&Slug) -> bool = |_| false;

fn workspace() -> Workspace {
    let json = r#"{"id":"0f8fad5b-d9cb-469f-a165-70867728950e","name":"Lab","slug":"lab","description":"Tests",
        "default_text_model":"openai/gpt-5","io_logging_sampling_rate":0.5,"io_logging_api_key_ids":[1,2],
        "disabled_server_tools":["openrouter:web_search"],"default_provider_sort":"karma"}"#;
    serde_json::from_str(json).unwrap()
}

fn form() -> WorkspaceForm {
    WorkspaceForm { name: "Lab".to_owned(), slug: "lab".to_owned(), ..WorkspaceForm::default() }
}

fn body(update: &UpdateWorkspace) -> String {
    serde_json::to_string(update).unwrap()
}

#[test]
fn an_untouched_form_changes_nothing() {
    let update = WorkspaceForm::of(&workspace()).validate_update(&workspace(), FREE).unwrap();
    assert!(update.is_empty());
    assert_eq!(body(&update), "{}");
}

#[test]
fn only_what_changed_is_sent_and_clearing_is_null() {
    let mut form = WorkspaceForm::of(&workspace());
    form.description.clear();
    form.text_model = " ".to_owned();
    form.is_broadcast = true;
    form.logged_keys.scope = KeyScope::All;
    form.disabled_tools.clear();
    let update = form.validate_update(&workspace(), FREE).unwrap();
    assert_eq!(
        body(&update),
        r#"{"description":null,"default_text_model":null,"is_observability_broadcast_enabled":true,"io_logging_api_key_ids":null,"disabled_server_tools":null}"#
    );
}

/// The fields that have a problem, in the form's order.
fn with_problem(problems: &Problems) -> Vec<WorkspaceField> {
    WorkspaceField::ALL.iter().copied().filter(|field| problems.contains_key(field)).collect()
}

#[test]
fn a_new_workspace_needs_a_name_and_a_free_slug() {
    let problems = WorkspaceForm::default().validate_create(FREE).unwrap_err();
    assert_eq!(
        (
            problems.get(&WorkspaceField::Name).map(String::as_str),
            problems.get(&WorkspaceField::Slug).map(String::as_str)
        ),
        (Some("Enter a name"), Some("Enter a slug"))
    );
    assert_eq!(with_problem(&problems).first(), Some(&WorkspaceField::Name));
    let taken = form().validate_create(|slug| slug.as_str() == "lab").unwrap_err();
    assert_eq!(taken.get(&WorkspaceField::Slug).map(String::as_str), Some("Another workspace uses “lab”"));
    let request = form().validate_create(FREE).unwrap();
    assert_eq!(request.slug().as_str(), "lab");
    assert!(!serde_json::to_string(&request).unwrap().contains("io_logging_sampling_rate"));
}

#[test]
fn its_own_slug_is_not_taken_and_the_default_one_stays() {
    assert!(WorkspaceForm::of(&workspace()).validate_update(&workspace(), |_| true).is_ok());
    let default = Workspace { slug: Slug::parse("default").unwrap(), ..workspace() };
    let renamed = WorkspaceForm { slug: "main".to_owned(), ..WorkspaceForm::of(&default) };
    assert!(renamed.validate_update(&default, FREE).unwrap_err().contains_key(&WorkspaceField::Slug));
    let old = Workspace { slug: Slug::from_server("Old_Slug").unwrap(), ..workspace() };
    assert!(WorkspaceForm::of(&old).validate_update(&old, FREE).unwrap().is_empty());
}

#[test]
fn every_field_is_judged_at_its_place() {
    let form = WorkspaceForm {
        name: "x".repeat(101),
        slug: "A".to_owned(),
        description: "x".repeat(501),
        text_model: "a b".to_owned(),
        image_model: "c d".to_owned(),
        sampling_rate: PercentInput("200".to_owned()),
        logged_keys: KeyFilter { scope: KeyScope::Listed, ids: vec!["12".to_owned(), "x".to_owned()] },
        ..WorkspaceForm::default()
    };
    let problems = form.validate_create(FREE).unwrap_err();
    assert_eq!(with_problem(&problems).len(), 7);
    assert_eq!(
        problems.get(&WorkspaceField::ApiKeyIds).map(String::as_str),
        Some("“x” is not an API key ID, such as 12")
    );
    let empty = WorkspaceForm { logged_keys: KeyFilter { scope: KeyScope::Listed, ids: Vec::new() }, ..form };
    assert_eq!(
        empty.validate_create(FREE).unwrap_err().get(&WorkspaceField::ApiKeyIds).map(String::as_str),
        Some("Add at least one key ID, or log all API keys")
    );
}

#[test]
fn what_the_server_holds_already_can_stay() {
    let odd = Workspace {
        io_logging_api_key_ids: Some(Vec::new()),
        default_text_model: Some("an old name".to_owned()),
        ..workspace()
    };
    assert!(WorkspaceForm::of(&odd).validate_update(&odd, FREE).unwrap().is_empty());
    let touched = WorkspaceForm { description: "New".to_owned(), ..WorkspaceForm::of(&odd) };
    assert_eq!(body(&touched.validate_update(&odd, FREE).unwrap()), r#"{"description":"New"}"#);
}

#[test]
fn a_rate_can_be_changed_but_not_cleared() {
    let mut form = WorkspaceForm::of(&workspace());
    form.sampling_rate = PercentInput::default();
    assert!(form.validate_update(&workspace(), FREE).unwrap_err().contains_key(&WorkspaceField::SamplingRate));
    for same in ["50", "50 %", "50.0"] {
        form.sampling_rate = PercentInput(same.to_owned());
        assert!(!form.differs_from(&workspace()), "{same}");
        assert!(form.validate_update(&workspace(), FREE).unwrap().is_empty());
    }
    form.sampling_rate = PercentInput("100".to_owned());
    let rate = form.differences(&workspace(), &workspace());
    assert_eq!(
        rate.iter().map(|it| (it.loaded.as_str(), it.mine.as_deref())).collect::<Vec<_>>(),
        [("50%", Some("100%"))]
    );
    assert_eq!(body(&form.validate_update(&workspace(), FREE).unwrap()), r#"{"io_logging_sampling_rate":1}"#);
}

proptest! {
    #[test]
    fn an_update_is_met_by_the_workspace_it_makes(
        name in "[a-zA-Zéß ]{1,20}x", slug in "[a-z]{1,9}", description in ".{0,40}", tools in prop::collection::vec("[a-z]{1,5}", 0..3),
        model in prop_oneof![Just(String::new()), Just("openai/gpt-5".to_owned())], switches: (bool, bool, bool),
    ) {
        let before = workspace();
        let form = WorkspaceForm {
            name, slug, description, text_model: model, disabled_tools: tools,
            is_io_logging: switches.0, is_broadcast: switches.1, is_data_discount: switches.2,
            ..WorkspaceForm::of(&before)
        };
        let kept = draft::write(&form, &WorkspaceForm::of(&before));
        prop_assert_eq!(draft::read(&kept, &WorkspaceForm::default()).map(|(form, _)| form), Some(form.clone()));
        let update = form.validate_update(&before, FREE).unwrap();
        prop_assert_eq!(update.is_met_by(&before), update.is_empty());
        // What the server would hold afterwards gives an update without changes.
        let mut after = before.clone();
        after.name = form.name.trim().to_owned();
        after.slug = Slug::parse(&form.slug).unwrap();
        let trimmed = form.description.trim();
        after.description = (!trimmed.is_empty()).then(|| trimmed.to_owned());
        after.default_text_model = (!form.text_model.is_empty()).then(|| form.text_model.clone());
        after.disabled_server_tools = (!form.disabled_tools.is_empty()).then(|| form.disabled_tools.clone());
        (after.is_observability_io_logging_enabled, after.is_observability_broadcast_enabled) = (switches.0, switches.1);
        after.is_data_discount_logging_enabled = switches.2;
        prop_assert!(update.is_met_by(&after));
        prop_assert!(form.validate_update(&after, FREE).unwrap().is_empty());
    }
}

fn described(name: &str, description: &str, is_broadcast: bool) -> Workspace {
    let json = format!(
        r#"{{"id":"0f8fad5b-d9cb-469f-a165-70867728950e","name":"{name}","slug":"lab","description":"{description}",
           "is_observability_broadcast_enabled":{is_broadcast}}}"#
    );
    serde_json::from_str(&json).unwrap()
}

#[test]
fn their_changes_are_shown_beside_mine_and_untouched_fields_follow_them() {
    let (loaded, now) = (described("Lab", "old", false), described("Their lab", "theirs", true));
    let form = WorkspaceForm { description: "mine".to_owned(), ..WorkspaceForm::of(&loaded) };
    let found = form.differences(&loaded, &now);
    let lines: Vec<_> = found.iter().map(|d| (d.label, d.theirs.as_deref(), d.mine.as_deref())).collect();
    assert_eq!(
        lines,
        [
            ("Name", Some("Their lab"), None),
            ("Description", Some("theirs"), Some("mine")),
            ("Broadcast", Some("on"), None)
        ]
    );
    let rebased = form.rebased(&loaded, &now);
    assert_eq!((rebased.name.as_str(), rebased.description.as_str()), ("Their lab", "mine"));
    let update = rebased.validate_update(&now, |_| false).unwrap();
    assert_eq!(serde_json::to_string(&update).unwrap(), r#"{"description":"mine"}"#);
}

#[test]
fn the_same_change_made_twice_is_no_conflict() {
    let (loaded, now) = (described("Lab", "old", false), described("Lab", "new", false));
    let form = WorkspaceForm { description: "new".to_owned(), ..WorkspaceForm::of(&loaded) };
    assert!(!form.overlaps(&loaded, &now));
    assert!(WorkspaceForm::of(&loaded).differences(&loaded, &loaded).is_empty());
}

#[test]
fn a_list_of_keys_is_no_edit_while_all_keys_are_logged() {
    let mut form = WorkspaceForm::of(&described("Lab", "old", false));
    form.logged_keys.ids.push("12".to_owned());
    assert!(!form.differs_from(&described("Lab", "old", false)));
    form.logged_keys.scope = KeyScope::Listed;
    assert!(form.differs_from(&described("Lab", "old", false)));
}

#[test]
fn a_refusal_is_shown_at_the_field_that_it_names() {
    let named = |status, message: &str| {
        let message = message.to_owned();
        let error = StatusError { message, ..StatusError::bare(Operation::CreateWorkspace, status) };
        WorkspaceField::named_in(&ApiError::Status(Box::new(error)))
    };
    assert_eq!(named(400, "A workspace with slug \"lab\" already exists"), Some(WorkspaceField::Slug));
    assert_eq!(named(400, "name: too long"), Some(WorkspaceField::Name));
    assert_eq!(named(400, "The name of default_text_model is unknown"), Some(WorkspaceField::TextModel));
    assert_eq!(named(400, "Bad request"), None);
    assert_eq!(named(403, "slug"), None);
}
