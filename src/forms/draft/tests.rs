//! Drafts of this release, of the one before, and of ones to come.

use super::*;
use crate::domain::BudgetState;
use crate::forms::{KeyFilter, KeyScope, LadderForm, LimitInput, PercentInput, WorkspaceForm};
use crate::testing::{Tree, damage, edit};
use proptest::prelude::*;

/// The draft of a workspace's settings as it was kept before drafts had a version.
const SETTINGS: &str = r#"["Interns","interns","Mine\nand more","openai/gpt-5","","price","on","0.25","on","12\n34","","on",
    "openrouter:web_search\nacme:ball","Interns","interns","","","","","","1","","","","",""]"#;
/// The same of a workspace's budgets.
const BUDGETS: &str =
    r#"["off","on","on","off","on","","41000.","1,5","7","on","on","off","off","not set","5","4","",""]"#;
/// The same of a new workspace.
const CREATION: &str = r#"["Half a thought","half-a-thought","and then","","","","","","","","on","","",
    "off","on","off","off","not set","","1e3","","",
    "","","","","","","","","","","","","","off","off","off","off","not set","","","",""]"#;

fn limits(limits: [(bool, &str); 4]) -> [LimitInput; 4] {
    limits.map(|(is_on, amount)| LimitInput { is_on, amount: amount.to_owned() })
}

#[test]
fn settings_that_were_kept_by_the_release_before_are_read() {
    let (form, base) = read(SETTINGS, &WorkspaceForm::default()).unwrap();
    let expected = WorkspaceForm {
        name: "Interns".to_owned(),
        slug: "interns".to_owned(),
        description: "Mine\nand more".to_owned(),
        text_model: "openai/gpt-5".to_owned(),
        image_model: String::new(),
        provider_sort: "price".to_owned(),
        is_io_logging: true,
        sampling_rate: PercentInput("25".to_owned()),
        logged_keys: KeyFilter { scope: KeyScope::Listed, ids: vec!["12".to_owned(), "34".to_owned()] },
        is_broadcast: false,
        is_data_discount: true,
        disabled_tools: vec!["openrouter:web_search".to_owned(), "acme:ball".to_owned()],
    };
    assert_eq!(form, expected);
    let expected = WorkspaceForm {
        name: "Interns".to_owned(),
        slug: "interns".to_owned(),
        sampling_rate: PercentInput("100".to_owned()),
        ..WorkspaceForm::default()
    };
    assert_eq!(base, expected);
}

#[test]
fn budgets_that_were_kept_by_the_release_before_are_read() {
    let (form, base) = read(BUDGETS, &LadderForm::default()).unwrap();
    let mine = limits([(false, ""), (true, "41000."), (true, "1,5"), (false, "7")]);
    assert_eq!(form, LadderForm { limits: mine, counts_byok: Some(true) });
    let began = limits([(true, "5"), (true, "4"), (false, ""), (false, "")]);
    assert_eq!(base, LadderForm { limits: began, counts_byok: None });
}

#[test]
fn a_new_workspace_that_was_kept_by_the_release_before_is_read() {
    let (form, base) = read(CREATION, &NewWorkspace::default()).unwrap();
    let workspace = WorkspaceForm {
        name: "Half a thought".to_owned(),
        slug: "half-a-thought".to_owned(),
        description: "and then".to_owned(),
        is_broadcast: true,
        ..WorkspaceForm::default()
    };
    let mine = limits([(false, ""), (true, "1e3"), (false, ""), (false, "")]);
    assert_eq!(form, NewWorkspace { workspace, ladder: LadderForm { limits: mine, counts_byok: None } });
    assert_eq!(base, NewWorkspace::default());
    assert!(read(&CREATION.replace(r#""","","",""]"#, r#""",""]"#), &NewWorkspace::default()).is_none());
}

#[test]
fn a_field_that_the_draft_does_not_hold_is_as_it_is_now() {
    let kept = r#"{"version":2,"form":{"name":"Mine"},"base":{"name":"Lab","description":"old"}}"#;
    let current = WorkspaceForm { slug: "lab".to_owned(), is_broadcast: true, ..WorkspaceForm::default() };
    let (form, base) = read(kept, &current).unwrap();
    assert_eq!((form.name.as_str(), form.slug.as_str(), form.description.as_str()), ("Mine", "lab", "old"));
    assert!(form.is_broadcast);
    // What the draft says nothing of is no edit.
    assert_eq!((base.name.as_str(), base.slug.as_str(), base.is_broadcast), ("Lab", "lab", true));
}

#[test]
fn a_rate_of_version_2_becomes_a_percentage() {
    let rate = |version: u32, typed: &str| {
        let fields = format!(r#"{{"io_logging_sampling_rate":"{typed}"}}"#);
        let kept = format!(r#"{{"version":{version},"form":{fields},"base":{fields}}}"#);
        read(&kept, &WorkspaceForm::default()).map(|(form, _)| form.sampling_rate.0)
    };
    assert_eq!(rate(2, "0.25").as_deref(), Some("25"));
    assert_eq!(rate(2, "half").as_deref(), Some("half"));
    assert_eq!(rate(3, "0.25").as_deref(), Some("0.25"));
}

#[test]
fn a_field_that_the_form_does_not_have_is_ignored() {
    let kept =
        r#"{"version":9,"form":{"name":"Mine","color":{"hue":3},"slug":["a",{}]},"base":{"shape":null},"more":1}"#;
    let current = WorkspaceForm { slug: "lab".to_owned(), ..WorkspaceForm::default() };
    let (form, _) = read(kept, &current).unwrap();
    assert_eq!(form, WorkspaceForm { name: "Mine".to_owned(), ..current });
}

#[test]
fn a_draft_is_keyed_by_the_names_of_its_fields() {
    let form = LadderForm { limits: limits([(true, "1.5"), (false, ""), (false, ""), (false, "")]), counts_byok: None };
    let kept: Json = serde_json::from_str(&write(&form, &LadderForm::default())).unwrap();
    assert_eq!(kept["version"], 3);
    assert_eq!(kept["form"]["lifetime"], serde_json::json!({"is_on": true, "amount": "1.5"}));
    assert_eq!(kept["form"]["include_byok_in_budgets"], Json::Null);
}

/// Any form that `kept` gives can be written and read again.
fn form_of<T: Draft + Default + PartialEq + std::fmt::Debug>(kept: &str) -> Option<T> {
    let (form, base) = read(kept, &T::default())?;
    assert_eq!(read(&write(&form, &base), &T::default()), Some((form.clone(), base)));
    Some(form)
}

fn any_json() -> impl Strategy<Value = Json> {
    let leaf = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::from),
        "[0-9.,e+-]{0,9}".prop_map(Json::from),
        any::<String>().prop_map(Json::from),
    ];
    leaf.prop_recursive(2, 16, 4, |inner| {
        let key = prop_oneof![Just("is_on"), Just("amount"), Just("scope"), Just("ids"), Just("x")];
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Json::from),
            prop::collection::vec((key.prop_map(str::to_owned), inner), 0..4)
                .prop_map(|entries| Json::Object(entries.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn whatever_is_kept_is_no_form_or_one_that_can_be_validated(
        texts in prop::collection::vec(prop_oneof![any::<String>(), Just("on".to_owned()), "[0-9.,e+-]{0,9}"], 0..50),
        values in prop::collection::vec(any_json(), 17),
        is_list: bool,
        edits in prop::collection::vec(edit(), 0..3),
        damage in damage(),
    ) {
        let names = crate::forms::WorkspaceField::ALL.iter().map(|it| it.wire_name());
        let names = names.chain(crate::forms::LadderField::ALL.iter().map(|it| it.wire_name()));
        let fields: Fields = names.map(str::to_owned).zip(values).collect();
        let whole = if is_list {
            serde_json::to_string(&texts).unwrap()
        } else {
            serde_json::to_string(&Kept { version: 3, form: fields, base: Fields::new() }).unwrap()
        };
        let mut tree = Tree::of(&whole);
        edits.iter().for_each(|edit| tree.edit(edit));
        let kept = damage.to(tree.text());
        if let Some(form) = form_of::<WorkspaceForm>(&kept) {
            let _ = form.validate_create(|_| false);
        }
        if let Some(form) = form_of::<LadderForm>(&kept) {
            let _ = form.validate(&BudgetState::default());
        }
        let _ = form_of::<NewWorkspace>(&kept);
    }
}
