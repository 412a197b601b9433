//! A tree as a document. Every field is checked, and nothing that is not known is passed over.

use std::collections::HashSet;

use crate::domain::{Interval, Patch, SamplingRate, Slug, Usd, UserId, WorkspaceId};
use crate::files::document::{BYOK, BudgetEntry, Deletion, Document, Entry, KeyEntry, MemberEntry, VERSION};
use crate::files::node::{Node, Place, Problem, Tree};
use crate::files::settings::{Setting, Shape, Value};

type Problems = Vec<Problem>;

/// What a file has at its top.
const EXPECTED: &str = "the fields version and workspaces, or a table with headings such as name, slug and monthly";

pub fn document(node: &Node, problems: &mut Problems) -> Document {
    let mut document = Document::default();
    let mut has_version = false;
    for (key, value) in map(node, EXPECTED, problems) {
        match key.as_str() {
            "version" => {
                has_version = true;
                if value.tree != Tree::Number(VERSION.to_string()) {
                    problems.push(Problem::new(value.place, format!("Expected version {VERSION}")));
                }
            }
            "workspaces" => {
                document.workspaces =
                    list(value, "a list of workspaces", problems).iter().map(|it| entry(it, problems)).collect();
            }
            "delete" => {
                document.delete =
                    list(value, "a list of slugs", problems).iter().filter_map(|it| deletion(it, problems)).collect();
            }
            _ => unknown(value.place, key, "`version`, `workspaces`, `delete`", problems),
        }
    }
    if !has_version && matches!(node.tree, Tree::Map(_)) {
        problems.push(Problem::new(node.place, format!("Expected the field version with the value {VERSION}")));
    }
    document
}

fn entry(node: &Node, problems: &mut Problems) -> Entry {
    let mut entry = Entry { place: node.place, ..Entry::default() };
    for (key, value) in map(node, "the fields of a workspace", problems) {
        match (key.as_str(), Setting::ALL.into_iter().find(|setting| setting.key() == key)) {
            (_, Some(setting)) => {
                if let Some(read) = setting_value(setting, value, problems) {
                    entry.settings.0.insert(setting, read);
                    entry.places.insert(setting, value.place);
                }
            }
            ("id", _) => {
                entry.id = text(value, "the UUID of a workspace", problems).and_then(|id| {
                    let is_id = WorkspaceId::looks_like(&id);
                    expect(is_id, value.place, "the UUID of a workspace", problems);
                    WorkspaceId::parse(&id.to_ascii_lowercase()).ok().filter(|_| is_id)
                })
            }
            ("budget", _) => entry.budget = Some(budget(value, problems)),
            // Nothing after the colon is easily left there, and an empty list removes everyone.
            ("members", _) if value.tree == Tree::Null => {
                expect(false, value.place, "a list of members, or [] for no members", problems);
            }
            ("members", _) => {
                let members = list(value, "a list of members", problems);
                entry.members = Some(members.iter().filter_map(|it| member(it, problems)).collect());
            }
            ("keys", _) => {
                let keys = list(value, "a list of API keys", problems);
                entry.keys = Some(keys.iter().map(|it| key_entry(it, problems)).collect());
            }
            _ => unknown(
                value.place,
                key,
                "those of the file that you export, such as `name`, `slug` or `budget`",
                problems,
            ),
        }
    }
    if !entry.settings.0.contains_key(&Setting::Slug) && !entry.settings.0.contains_key(&Setting::Name) {
        problems.push(Problem::new(node.place, "Expected a slug or a name"));
    }
    entry
}

fn setting_value(setting: Setting, node: &Node, problems: &mut Problems) -> Option<Value> {
    let place = node.place;
    let value = match (setting.shape(), &node.tree) {
        (_, Tree::Null) if setting.is_clearable() => return Some(Value::None),
        // It can't be cleared, so nothing is said about it.
        (Shape::Rate, Tree::Null) => return None,
        (Shape::Text, Tree::Text(text) | Tree::Number(text)) => Some(Value::Text(text.clone())),
        (Shape::Switch, Tree::Switch(is_on)) => Some(Value::Switch(*is_on)),
        (Shape::Rate, Tree::Text(text) | Tree::Number(text)) => SamplingRate::parse(text).ok().map(Value::Rate),
        (Shape::Numbers, Tree::List(items)) => {
            let number = |item: &Node| if let Tree::Number(text) = &item.tree { text.parse().ok() } else { None };
            items.iter().map(number).collect::<Option<_>>().map(Value::Numbers)
        }
        (Shape::Texts, Tree::List(items)) => {
            let text = |item: &Node| if let Tree::Text(text) = &item.tree { Some(text.clone()) } else { None };
            items.iter().map(text).collect::<Option<_>>().map(Value::Texts)
        }
        _ => None,
    };
    let value = value.map(|value| if value == Value::Texts(Vec::new()) { Value::None } else { value });
    if value.is_none() {
        let expected = match setting.shape() {
            Shape::Text if setting.is_clearable() => "text or null",
            Shape::Text => "text",
            Shape::Switch => "true or false",
            Shape::Rate => "a number from 0.0001 to 1",
            Shape::Numbers => "a list of whole numbers, or null",
            Shape::Texts => "a list of texts, or null",
        };
        wrong(place, &format!("{expected} for {}", setting.key()), &node.tree, problems);
    }
    value
}

fn budget(node: &Node, problems: &mut Problems) -> BudgetEntry {
    let mut budget = BudgetEntry { place: node.place, ..BudgetEntry::default() };
    for (key, value) in map(node, "the limits of a budget", problems) {
        match (Interval::parse(key), &value.tree) {
            (Some(interval), _) => {
                if let Some(limit) = limit(value, problems) {
                    budget.limits[interval.index()] = limit;
                }
            }
            (None, Tree::Switch(counts)) if key == BYOK => budget.counts_byok = Some(*counts),
            (None, tree) if key == BYOK => wrong(value.place, "true or false", tree, problems),
            _ => unknown(
                value.place,
                key,
                "`lifetime`, `monthly`, `weekly`, `daily`, `include_byok_in_budgets`",
                problems,
            ),
        }
    }
    budget
}

/// A limit: an amount, or `null` for no limit.
fn limit(node: &Node, problems: &mut Problems) -> Option<Patch<Usd>> {
    let amount = match &node.tree {
        Tree::Null => return Some(Patch::Clear),
        Tree::Number(text) => serde_json::from_str::<Usd>(text).ok(),
        Tree::Text(text) => Usd::parse(text).ok(),
        _ => None,
    };
    match amount.filter(|amount| !amount.is_zero()) {
        Some(amount) => Some(Patch::Set(amount)),
        None => {
            wrong(node.place, "an amount above 0 such as 500 or 29.99, or null for no limit", &node.tree, problems);
            None
        }
    }
}

fn member(node: &Node, problems: &mut Problems) -> Option<MemberEntry> {
    let mut member = MemberEntry { place: node.place, ..MemberEntry::default() };
    if let Tree::Text(email) = &node.tree {
        expect(!email.trim().is_empty(), node.place, "an email", problems);
        member.email = Some(email.clone());
        return Some(member);
    }
    for (key, value) in map(node, "an email, or the fields `email` and `id`", problems) {
        match key.as_str() {
            "email" => member.email = text(value, "an email", problems),
            "id" => {
                member.id = text(value, "a user ID", problems).and_then(|id| {
                    let id = UserId::parse(&id).ok();
                    expect(id.is_some(), value.place, "a user ID such as user_abc123", problems);
                    id
                })
            }
            "role" => member.role = text(value, "a role", problems),
            _ => unknown(value.place, key, "`email`, `id`, `role`", problems),
        }
    }
    let is_named = member.email.as_deref().is_some_and(|email| !email.trim().is_empty()) || member.id.is_some();
    expect(is_named, node.place, "an email or a user ID", problems);
    is_named.then_some(member)
}

/// What an export says about an API key. It changes nothing.
fn key_entry(node: &Node, problems: &mut Problems) -> KeyEntry {
    let mut entry = KeyEntry::default();
    for (key, value) in map(node, "the fields of an API key", problems) {
        match (key.as_str(), &value.tree) {
            ("disabled", Tree::Switch(is_disabled)) => entry.is_disabled = *is_disabled,
            ("name", _) => entry.name = text(value, "a name", problems).unwrap_or_default(),
            ("hash", _) => entry.hash = text(value, "a hash", problems).unwrap_or_default(),
            ("owner", _) => entry.owner = text(value, "an owner", problems),
            ("expires_at", _) => entry.expires_at = text(value, "a time", problems),
            _ => unknown(value.place, key, "`name`, `hash`, `disabled`, `owner`, `expires_at`", problems),
        }
    }
    entry
}

fn deletion(node: &Node, problems: &mut Problems) -> Option<Deletion> {
    let slug = Slug::from_server(&text(node, "a slug", problems)?).ok();
    expect(slug.is_some(), node.place, "a slug", problems);
    slug.map(|slug| Deletion { place: node.place, slug })
}

/// The fields of a map. Each may be there once.
fn map<'a>(node: &'a Node, expected: &str, problems: &mut Problems) -> &'a [(String, Node)] {
    let Tree::Map(fields) = &node.tree else {
        wrong(node.place, expected, &node.tree, problems);
        return &[];
    };
    let mut seen = HashSet::new();
    for (key, value) in fields {
        if !seen.insert(key) {
            problems.push(Problem::new(value.place, format!("The field {} is there twice", named(key))));
        }
    }
    fields
}

/// The items of a list. `null` is an empty one.
fn list<'a>(node: &'a Node, expected: &str, problems: &mut Problems) -> &'a [Node] {
    match &node.tree {
        Tree::List(items) => items,
        Tree::Null => &[],
        tree => {
            wrong(node.place, expected, tree, problems);
            &[]
        }
    }
}

fn text(node: &Node, expected: &str, problems: &mut Problems) -> Option<String> {
    match &node.tree {
        Tree::Text(text) | Tree::Number(text) => Some(text.clone()),
        tree => {
            wrong(node.place, expected, tree, problems);
            None
        }
    }
}

fn expect(is_met: bool, place: Place, expected: &str, problems: &mut Problems) {
    if !is_met {
        problems.push(Problem::new(place, format!("Expected {expected}")));
    }
}

/// The value is not repeated: a file may hold what no message should.
fn wrong(place: Place, expected: &str, found: &Tree, problems: &mut Problems) {
    problems.push(Problem::new(place, format!("Expected {expected}. Found {}", found.kind())));
}

fn unknown(place: Place, key: &str, expected: &str, problems: &mut Problems) {
    problems.push(Problem::new(place, format!("Unknown field {}. Expected: {expected}", named(key))));
}

/// A field's name in a sentence, cut off.
fn named(key: &str) -> String {
    format!("“{}”", crate::domain::inline_text(&key.chars().take(40).collect::<String>()))
}
