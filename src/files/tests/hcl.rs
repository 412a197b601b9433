//! HCL is parsed by another program, and its fields are those of the provider's documentation.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::strategies::any_document;
use crate::domain::Patch;
use crate::files::read::read;
use crate::files::settings::{Setting, Value};
use crate::files::write::ExportFormat;

/// Fields that the provider documents as required and as optional, by resource.
const RESOURCES: [(&str, &[&str], &[&str]); 3] = [
    (
        "openrouter_workspace",
        &["name", "slug"],
        &[
            "default_image_model",
            "default_provider_sort",
            "default_text_model",
            "description",
            "io_logging_api_key_ids",
            "io_logging_sampling_rate",
            "is_data_discount_logging_enabled",
            "is_observability_broadcast_enabled",
            "is_observability_io_logging_enabled",
        ],
    ),
    ("openrouter_workspace_budget", &["workspace_ref", "interval", "limit_usd"], &["include_byok_in_budgets"]),
    ("openrouter_workspace_member", &["workspace_id", "user_id"], &[]),
];

fn parse(text: &str) -> hcl::Body {
    hcl::parse(text).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

#[test]
fn a_workspace_is_three_kinds_of_resources_with_imports() {
    let text = "version: 1\nworkspaces:\n- slug: 2-teams\n  id: 0f8fad5b-d9cb-469f-a165-70867728950e\n  name: 'A \"${b}\" %{c}'\n  \
                budget: {monthly: 500.50, include_byok_in_budgets: true}\n  members: [{email: j@x.com, id: user_1}]\n";
    let hcl = ExportFormat::Hcl.write(&read(text).unwrap());
    assert!(hcl.contains("name = \"A \\\"$${b}\\\" %%{c}\"\n"), "{hcl}");
    assert!(hcl.contains("id = jsonencode({ interval = \"monthly\", workspace_ref = \"0f8fad5b-"), "{hcl}");
    assert!(hcl.contains("id = \"0f8fad5b-d9cb-469f-a165-70867728950e/user_1\"\n"), "{hcl}");
    assert!(hcl.contains("resource \"openrouter_workspace_budget\" \"w_2-teams_monthly\" {\n"), "{hcl}");
    let body = parse(&hcl);
    assert_eq!(body.blocks().filter(|block| block.identifier() == "import").count(), 3);
}

proptest! {
    #[test]
    fn every_resource_has_the_fields_of_the_provider(document in any_document()) {
        let text = ExportFormat::Hcl.write(&document);
        let body = parse(&text);
        let mut names = BTreeSet::new();
        for block in body.blocks().filter(|block| block.identifier() == "resource") {
            let [kind, name] = &block.labels() else { panic!("{text}") };
            let (_, required, optional) = RESOURCES.into_iter().find(|(known, ..)| *known == kind.as_str()).unwrap();
            prop_assert!(names.insert((kind.as_str().to_owned(), name.as_str().to_owned())), "{name:?} is there twice");
            let fields: Vec<&str> = block.body().attributes().map(|it| it.key()).collect();
            let is_known = |field: &&str| required.contains(field) || optional.contains(field);
            prop_assert!(fields.iter().all(is_known), "{:?}", fields);
            prop_assert!(required.iter().all(|field| fields.contains(field)), "{:?}", fields);
        }
        let imports = body.blocks().filter(|block| block.identifier() == "import").count();
        prop_assert_eq!(imports, names.len());
        let limits = document.workspaces.iter().filter_map(|it| it.budget.as_ref()).flat_map(|it| &it.limits);
        let set = limits.filter(|limit| matches!(limit, Patch::Set(_))).count();
        prop_assert_eq!(names.iter().filter(|(kind, _)| kind.ends_with("budget")).count(), set);
    }

    #[test]
    fn a_text_reads_back_as_it_is(name in "(?s)[$%{}\"]{0,5}.{1,30}") {
        let mut document = read("version: 1\nworkspaces: [{slug: a}]").unwrap();
        document.workspaces[0].settings.0.insert(Setting::Name, Value::Text(name.clone()));
        let text = ExportFormat::Hcl.write(&document);
        let body: serde_json::Value = hcl::from_str(&text).unwrap();
        let read = &body["resource"]["openrouter_workspace"]["a"]["name"];
        prop_assert_eq!(read.as_str().unwrap_or_default(), name);
    }
}
