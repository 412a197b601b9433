//! The file to import, as a draft of this tab. Other views put a file there before they open the page that imports it.

use crate::session::drafts;

/// A draft of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ImportDraft {
    /// The file to import.
    Current,
    /// The one that it took the place of, to bring it back.
    Earlier,
}

impl ImportDraft {
    pub fn name(self) -> &'static str {
        match self {
            Self::Current => "files.import",
            Self::Earlier => "files.earlier",
        }
    }

    pub fn read(self) -> String {
        drafts::restore_value(self.name()).unwrap_or_default()
    }
}

/// Puts a file in the place of the draft, which can be brought back.
pub(crate) fn put_import_draft(text: &str) {
    let before = ImportDraft::Current.read();
    if !before.trim().is_empty() && before != text {
        drafts::put_value(ImportDraft::Earlier.name(), &before);
    }
    drafts::put_value(ImportDraft::Current.name(), text);
}
