//! Documents as an export may have them.

use proptest::prelude::*;

use crate::domain::{Patch, SamplingRate, Slug, Usd, UserId, WorkspaceId};
use crate::files::document::{BudgetEntry, Deletion, Document, Entry, KeyEntry, MemberEntry};
use crate::files::node::Place;
use crate::files::settings::{Setting, Settings, Value};

fn any_value(setting: Setting) -> BoxedStrategy<Value> {
    let text = "(?s).{1,20}".prop_map(Value::Text);
    match setting {
        Setting::Slug => "[a-z]{1,6}(-[a-z0-9]{1,4}){0,2}".prop_map(Value::Text).boxed(),
        Setting::Name => text.boxed(),
        Setting::IoLogging | Setting::Broadcast | Setting::DataDiscount => {
            any::<bool>().prop_map(Value::Switch).boxed()
        }
        Setting::SamplingRate => {
            let rate = |rate: u32| SamplingRate::parse(&format!("0.{rate:04}")).map_or(Value::None, Value::Rate);
            (1u32..9999).prop_map(rate).boxed()
        }
        Setting::LoggedKeys => prop::option::of(prop::collection::vec(any::<i64>(), 0..3))
            .prop_map(|ids| ids.map_or(Value::None, Value::Numbers))
            .boxed(),
        Setting::DisabledTools => prop::collection::vec("openrouter:[a-z_]{1,8}", 0..3)
            .prop_map(|tools| if tools.is_empty() { Value::None } else { Value::Texts(tools) })
            .boxed(),
        _ => prop_oneof![1 => Just(Value::None), 3 => text].boxed(),
    }
}

pub fn any_limit() -> impl Strategy<Value = Usd> {
    (1u64..99_999_999, 0u8..5)
        .prop_map(|(digits, scale)| serde_json::from_str(&format!("{digits}e-{scale}")).unwrap_or(Usd::ZERO))
}

fn any_budget(is_whole: bool) -> impl Strategy<Value = BudgetEntry> {
    let limit = any_limit().prop_map(Patch::Set);
    let limit = prop_oneof![3 => limit, 2 => Just(Patch::Clear), 1 => Just(Patch::Keep)];
    (prop::array::uniform4(limit), prop::option::of(any::<bool>())).prop_map(move |(mut limits, counts_byok)| {
        if is_whole {
            limits.iter_mut().filter(|limit| limit.is_keep()).for_each(|limit| *limit = Patch::Clear);
        }
        BudgetEntry { place: Place::default(), limits, counts_byok }
    })
}

fn any_member() -> impl Strategy<Value = MemberEntry> {
    ("[a-z]{1,6}@example\\.com", 0u32..99, prop::bool::ANY).prop_map(|(email, id, has_role)| MemberEntry {
        place: Place::default(),
        email: Some(email),
        id: UserId::parse(&format!("user_{id}")).ok(),
        role: has_role.then(|| "admin".to_owned()),
    })
}

fn any_key() -> impl Strategy<Value = KeyEntry> {
    ("(?s).{0,12}", "[0-9a-f]{8}", any::<bool>(), prop::option::of("user_[0-9]{1,3}"))
        .prop_map(|(name, hash, is_disabled, owner)| KeyEntry { name, hash, is_disabled, owner, expires_at: None })
}

fn any_entry(is_table: bool) -> impl Strategy<Value = Entry> {
    let settings = Setting::ALL.map(any_value).to_vec();
    let members = prop::option::of(prop::collection::vec(any_member(), 0..4));
    let keys = prop::option::of(prop::collection::vec(any_key(), 0..3));
    (any::<u128>(), settings, prop::option::of(any_budget(is_table)), members, keys).prop_map(
        move |(id, values, budget, members, keys)| Entry {
            id: WorkspaceId::parse(&uuid(id)).ok(),
            settings: Settings(Setting::ALL.into_iter().zip(values).collect()),
            budget,
            members,
            keys: keys.filter(|_| !is_table),
            ..Entry::default()
        },
    )
}

fn uuid(number: u128) -> String {
    let hex = format!("{number:032x}");
    [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]].join("-")
}

pub fn any_document() -> impl Strategy<Value = Document> {
    let deletion =
        "[a-z]{1,8}".prop_map(|slug| Deletion { place: Place::default(), slug: Slug::parse(&slug).unwrap() });
    let deletions = prop::collection::vec(deletion, 0..3);
    (prop::collection::vec(any_entry(false), 0..4), deletions)
        .prop_map(|(workspaces, delete)| Document { workspaces, delete })
}

/// Without what a table can't hold: the numbers of logged keys, and texts that begin a formula or mean no value.
pub fn any_table() -> impl Strategy<Value = Document> {
    prop::collection::vec(any_entry(true), 0..4).prop_map(|mut workspaces| {
        for entry in &mut workspaces {
            entry.settings.0.remove(&Setting::LoggedKeys);
            entry.settings.0.retain(|_, value| match value {
                Value::Text(text) => {
                    crate::csv::escaped(text) == *text
                        && !text.trim().is_empty()
                        && !text.trim().eq_ignore_ascii_case("none")
                }
                Value::Rate(_) | Value::Switch(_) | Value::None | Value::Numbers(_) | Value::Texts(_) => true,
            });
        }
        Document { workspaces, delete: Vec::new() }
    })
}
