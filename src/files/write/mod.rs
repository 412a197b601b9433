//! Writes workspaces as a file. The order is always the same, so that two exports differ only where the workspaces do.

mod export;
mod hcl;
mod json;
mod table;
mod yaml;

pub use export::{ExportedMember, entry};

use super::document::Document;
use crate::domain::Workspace;

/// The format of an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExportFormat {
    Yaml,
    Json,
    Workspaces,
    Memberships,
    Hcl,
}

impl ExportFormat {
    pub const ALL: [Self; 5] = [Self::Yaml, Self::Json, Self::Workspaces, Self::Memberships, Self::Hcl];

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.word() == word)
    }

    pub fn word(self) -> &'static str {
        match self {
            Self::Yaml => "yaml",
            Self::Json => "json",
            Self::Workspaces => "workspaces",
            Self::Memberships => "memberships",
            Self::Hcl => "hcl",
        }
    }

    pub fn label(self) -> &'static str {
        match self {
            Self::Yaml => "YAML",
            Self::Json => "JSON",
            Self::Workspaces => "CSV: one row per workspace",
            Self::Memberships => "CSV: one row per membership",
            Self::Hcl => "HCL for Terraform",
        }
    }

    /// The first part of the file's name, its ending, and its media type.
    pub fn file(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Yaml => ("workspaces", "yaml", "application/yaml"),
            Self::Json => ("workspaces", "json", "application/json"),
            Self::Workspaces => ("workspaces", "csv", "text/csv;charset=utf-8"),
            Self::Memberships => ("memberships", "csv", "text/csv;charset=utf-8"),
            Self::Hcl => ("workspaces", "tf", "text/plain;charset=utf-8"),
        }
    }

    /// Whether it can hold budgets, members and API keys.
    pub fn holds(self) -> (bool, bool, bool) {
        match self {
            Self::Yaml | Self::Json => (true, true, true),
            Self::Workspaces => (true, false, false),
            Self::Memberships => (false, true, false),
            Self::Hcl => (true, true, false),
        }
    }

    pub fn write(self, document: &Document) -> String {
        match self {
            Self::Yaml => yaml::write(&document.tree()),
            Self::Json => json::write(&document.tree()),
            Self::Workspaces => table::workspaces(document),
            Self::Memberships => table::memberships(document),
            Self::Hcl => hcl::write(document),
        }
    }
}

/// The order of workspaces in a file: by slug, which is unique, then by ID.
pub fn sort_for_export<T: AsRef<Workspace>>(workspaces: &mut [T]) {
    workspaces.sort_by(|left, right| {
        let key = |it: &T| (it.as_ref().slug.as_str().to_owned(), it.as_ref().id.clone());
        key(left).cmp(&key(right))
    });
}
