//! What a file says about workspaces.

use std::collections::BTreeMap;

use super::node::{Node, Place, Tree};
use super::settings::{Setting, Settings, Value};
use crate::domain::{BudgetState, Interval, Patch, Slug, Usd, UserId, WorkspaceId};

/// The version of the format.
pub const VERSION: u64 = 1;

/// A file.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Document {
    pub workspaces: Vec<Entry>,
    /// Workspaces to delete. Nothing else in a file deletes one.
    pub delete: Vec<Deletion>,
}

/// What a file says about one workspace. What it does not say is left as it is.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Entry {
    pub place: Place,
    pub id: Option<WorkspaceId>,
    /// With the slug.
    pub settings: Settings,
    /// Where the settings are in the file.
    pub places: BTreeMap<Setting, Place>,
    pub budget: Option<BudgetEntry>,
    /// All members. People who are not in it are removed.
    pub members: Option<Vec<MemberEntry>>,
    /// For reading only.
    pub keys: Option<Vec<KeyEntry>>,
    /// Whether it is a row of a table, in which what begins a formula has an apostrophe before it.
    pub is_table: bool,
}

/// The limits, broadest first. [`Patch::Clear`] is no limit.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct BudgetEntry {
    pub place: Place,
    pub limits: [Patch<Usd>; 4],
    pub counts_byok: Option<bool>,
}

/// A member, by ID or email.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MemberEntry {
    pub place: Place,
    pub email: Option<String>,
    pub id: Option<UserId>,
    /// For reading only: the API takes the role from the organization.
    pub role: Option<String>,
}

/// What is known of an API key. Never its secret.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KeyEntry {
    pub name: String,
    pub hash: String,
    pub is_disabled: bool,
    pub owner: Option<String>,
    pub expires_at: Option<String>,
}

/// A workspace to delete, by slug.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deletion {
    pub place: Place,
    pub slug: Slug,
}

impl BudgetEntry {
    /// All limits of a workspace.
    pub fn of(state: &BudgetState) -> Self {
        let limit = |interval| state.ladder.get(interval).map_or(Patch::Clear, Patch::Set);
        Self { place: Place::default(), limits: Interval::ALL.map(limit), counts_byok: state.counts_byok }
    }

    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        self.counts_byok.is_none() && self.limits.iter().all(Patch::is_keep)
    }
}

impl Document {
    /// The file as a tree, in the order in which it is written.
    pub(super) fn tree(&self) -> Node {
        let mut fields = vec![
            ("version".to_owned(), Tree::Number(VERSION.to_string()).into()),
            ("workspaces".to_owned(), Tree::List(self.workspaces.iter().map(Entry::tree).collect()).into()),
        ];
        if !self.delete.is_empty() {
            let slugs = self.delete.iter().map(|it| Tree::Text(it.slug.to_string()).into()).collect();
            fields.push(("delete".to_owned(), Tree::List(slugs).into()));
        }
        Tree::Map(fields).into()
    }

    /// The same without places, to compare what two files say.
    #[cfg(test)]
    pub(crate) fn without_places(mut self) -> Self {
        for entry in &mut self.workspaces {
            entry.place = Place::default();
            entry.places.clear();
            entry.is_table = false;
            entry.budget.iter_mut().for_each(|budget| budget.place = Place::default());
            entry.members.iter_mut().flatten().for_each(|member| member.place = Place::default());
        }
        self.delete.iter_mut().for_each(|it| it.place = Place::default());
        self
    }
}

impl Entry {
    fn tree(&self) -> Node {
        let mut fields = Vec::new();
        let mut push = |key: &str, tree: Tree| fields.push((key.to_owned(), Node::from(tree)));
        let setting = |setting: Setting| self.settings.get(setting).map(|value| value.tree());
        if let Some(slug) = setting(Setting::Slug) {
            push("slug", slug);
        }
        if let Some(id) = &self.id {
            push("id", Tree::Text(id.to_string()));
        }
        for (field, value) in self.settings.0.iter().filter(|(field, _)| **field != Setting::Slug) {
            push(field.key(), value.tree());
        }
        if let Some(budget) = &self.budget {
            push("budget", budget.tree());
        }
        if let Some(members) = &self.members {
            push("members", Tree::List(members.iter().map(MemberEntry::tree).collect()));
        }
        if let Some(keys) = &self.keys {
            push("keys", Tree::List(keys.iter().map(KeyEntry::tree).collect()));
        }
        Tree::Map(fields).into()
    }
}

impl Value {
    pub(super) fn tree(&self) -> Tree {
        match self {
            Self::None => Tree::Null,
            Self::Switch(is_on) => Tree::Switch(*is_on),
            Self::Text(text) => Tree::Text(text.clone()),
            Self::Rate(rate) => Tree::Number(rate.to_string()),
            Self::Numbers(numbers) => {
                Tree::List(numbers.iter().map(|number| Tree::Number(number.to_string()).into()).collect())
            }
            Self::Texts(texts) => Tree::List(texts.iter().map(|text| Tree::Text(text.clone()).into()).collect()),
        }
    }
}

impl BudgetEntry {
    fn tree(&self) -> Tree {
        let limit = |(interval, limit): (Interval, &Patch<Usd>)| {
            let tree = match limit {
                Patch::Keep => return None,
                Patch::Clear => Tree::Null,
                Patch::Set(limit) => Tree::Number(limit.plain()),
            };
            Some((interval.as_str().to_owned(), tree.into()))
        };
        let mut fields: Vec<(String, Node)> = Interval::ALL.into_iter().zip(&self.limits).filter_map(limit).collect();
        if let Some(counts) = self.counts_byok {
            fields.push((BYOK.to_owned(), Tree::Switch(counts).into()));
        }
        Tree::Map(fields)
    }
}

/// The name of the BYOK switch in a budget.
pub(super) const BYOK: &str = "include_byok_in_budgets";

impl MemberEntry {
    fn tree(&self) -> Node {
        let id = self.id.as_ref().map(ToString::to_string);
        texts([("email", self.email.clone()), ("id", id), ("role", self.role.clone())])
    }
}

impl KeyEntry {
    fn tree(&self) -> Node {
        let is_disabled = ("disabled".to_owned(), Tree::Switch(self.is_disabled).into());
        let before = texts([("name", Some(self.name.clone())), ("hash", Some(self.hash.clone()))]);
        let after = texts([("owner", self.owner.clone()), ("expires_at", self.expires_at.clone())]);
        let fields = |node: Node| if let Tree::Map(fields) = node.tree { fields } else { Vec::new() };
        Tree::Map(fields(before).into_iter().chain([is_disabled]).chain(fields(after)).collect()).into()
    }
}

fn texts<const N: usize>(fields: [(&str, Option<String>); N]) -> Node {
    let field = |(key, text): (&str, Option<String>)| Some((key.to_owned(), Tree::Text(text?).into()));
    Tree::Map(fields.into_iter().filter_map(field).collect()).into()
}
