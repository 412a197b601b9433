//! A file that is kept as the baseline, and how workspaces have moved from it.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::Document;
use super::document::Entry;
use super::plan::{has_moved, wanted_settings};
use super::read::read;
use super::settings::Setting;
use super::write::ExportFormat;
use crate::domain::{Workspace, WorkspaceId};

/// The most bytes of a baseline. The browser keeps about five million for everything.
pub const MOST_BYTES: usize = 2_000_000;

/// A baseline as it is stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredBaseline {
    /// Whose workspaces they are, if the API tells it.
    pub account: Option<String>,
    /// When it was kept, in Unix seconds.
    pub at: i64,
    /// The file as JSON, in its own format.
    file: String,
}

/// A baseline with its entries by ID, slug and name.
#[derive(Debug, Default)]
pub struct Baseline {
    pub document: Document,
    /// In Unix seconds.
    pub at: i64,
    ids: HashMap<WorkspaceId, usize>,
    slugs: HashMap<String, usize>,
    names: HashMap<String, usize>,
}

/// The part of a file that says how workspaces are: without API keys, and without what is deleted.
fn comparable(document: &Document) -> Document {
    let entry = |entry: &Entry| Entry { keys: None, settings: wanted_settings(entry), ..entry.clone() };
    Document { workspaces: document.workspaces.iter().map(entry).collect(), delete: Vec::new() }
}

impl StoredBaseline {
    /// `None` if the file is too large.
    pub fn new(document: &Document, account: Option<String>, at: i64) -> Option<Self> {
        let file = ExportFormat::Json.write(&comparable(document));
        (file.len() <= MOST_BYTES).then_some(Self { account, at, file })
    }

    /// Reads it. What is stored may have been changed by others: a file with problems is none.
    pub fn open(&self) -> Option<Baseline> {
        let document = read(&self.file).ok().filter(|_| self.file.len() <= MOST_BYTES)?;
        let mut baseline = Baseline { at: self.at, ..Baseline::default() };
        for (at, entry) in document.workspaces.iter().enumerate() {
            let text = |setting| entry.settings.text(setting).map(|text| text.trim().to_owned());
            match (&entry.id, text(Setting::Slug), text(Setting::Name)) {
                (None, None, Some(name)) => drop(baseline.names.insert(name, at)),
                (id, slug, _) => {
                    baseline.ids.extend(id.clone().map(|id| (id, at)));
                    baseline.slugs.extend(slug.map(|slug| (slug, at)));
                }
            }
        }
        baseline.document = document;
        Some(baseline)
    }

    /// The file, to import it.
    pub fn file(&self) -> &str {
        &self.file
    }
}

impl Baseline {
    /// What the baseline says about a workspace.
    pub fn entry_of(&self, workspace: &Workspace) -> Option<&Entry> {
        let by_slug = || self.slugs.get(workspace.slug.as_str());
        let by_name = || self.names.get(workspace.name.trim());
        let at = self.ids.get(&workspace.id).or_else(by_slug).or_else(by_name)?;
        self.document.workspaces.get(*at)
    }

    /// Whether a setting of the workspace differs from the baseline. Limits and members are not compared.
    pub fn is_left_by(&self, workspace: &Workspace) -> bool {
        self.entry_of(workspace).is_some_and(|entry| has_moved(entry, workspace))
    }
}
