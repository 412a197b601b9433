//! What was opened last from the command palette: IDs, kept in this browser until a sign-out.

use crate::browser::storage::Storage;
use crate::domain::{UserId, WorkspaceId};
use serde::{Deserialize, Serialize};

/// The name in storage.
const NAME: &str = "workspace-console.recent";
/// The most that are kept.
const MOST: usize = 8;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Subject {
    Workspace(WorkspaceId),
    Person(UserId),
}

/// The last subjects, newest first.
pub(super) fn read() -> Vec<Subject> {
    Storage::Browser.read(NAME).and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
}

/// Puts a subject first.
pub(super) fn remember(subject: Subject) {
    // IDs always have a form as JSON.
    let text = serde_json::to_string(&with_first(read(), subject)).unwrap_or_default();
    if !Storage::Browser.write(NAME, &text) {
        // What the browser does not store must not be held in the page, as drafts are.
        forget_recent();
    }
}

/// Forgets what was opened last.
pub fn forget_recent() {
    Storage::Browser.remove(NAME);
}

fn with_first(mut recent: Vec<Subject>, subject: Subject) -> Vec<Subject> {
    recent.retain(|other| *other != subject);
    recent.insert(0, subject);
    recent.truncate(MOST);
    recent
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_subject_comes_first_once_and_few_are_kept() {
        let person = |number: usize| Subject::Person(UserId::parse(&format!("u{number}")).unwrap());
        let recent = (0..10).map(person).fold(Vec::new(), with_first);
        assert_eq!(recent, (2..10).rev().map(person).collect::<Vec<_>>());
        let recent = with_first(recent, person(5));
        assert_eq!(recent[..3], [person(5), person(9), person(8)]);
        assert_eq!(recent.len(), 8);
    }

    #[test]
    fn only_ids_are_kept() {
        let workspace = WorkspaceId::parse("0f8fad5b-d9cb-469f-a165-70867728950e").unwrap();
        let text = serde_json::to_string(&[Subject::Workspace(workspace)]).unwrap();
        assert_eq!(text, r#"[{"workspace":"0f8fad5b-d9cb-469f-a165-70867728950e"}]"#);
    }
}
