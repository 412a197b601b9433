//! The view that an address without a view was probably meant to be.

use super::Route;
use super::query::decode;

/// What ends a sentence or a quotation.
pub(super) const MARKS: [char; 16] = ['.', ',', ';', ':', '!', ')', ']', '}', '>', '"', '\'', '”', '’', '»', '…', '“'];

/// The view of an address that was copied out of a text with what stands around it, or that was written in capitals.
///
/// `/people.` and `/workspaces/interns/members,` are such addresses. `None` if nothing near is a view.
pub fn nearest(path: &str) -> Option<Route> {
    let decoded = decode(path);
    let whole = decoded.split_whitespace().next()?;
    let trimmed = whole.trim_end_matches(|letter: char| letter.is_ascii_punctuation() || MARKS.contains(&letter));
    [whole, trimmed, &whole.to_ascii_lowercase(), &trimmed.to_ascii_lowercase()].into_iter().find_map(|path| {
        let route = Route::parse(path, "");
        (route != Route::NotFound && path != decoded).then_some(route)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::routes::{PeopleQuery, WorkspaceView};
    use proptest::prelude::*;

    #[test]
    fn h06_an_address_out_of_a_sentence_names_its_view() {
        for path in [
            "/people.",
            "/people,",
            "/people).",
            "/people%E2%80%9D",
            "/people%22%3E",
            "/people...",
            "/People",
            "/people%20and",
        ] {
            assert_eq!(nearest(path), Some(Route::people()), "{path}");
        }
        let members = |path: &str| match nearest(path) {
            Some(Route::Members(workspace, query)) if query == PeopleQuery::default() => {
                Some(workspace.as_str().to_owned())
            }
            _ => None,
        };
        assert_eq!(members("/workspaces/interns/members,").as_deref(), Some("interns"));
        assert_eq!(members("/WORKSPACES/Interns/Members;").as_deref(), Some("interns"));
        let settings = nearest("/workspaces/interns.");
        assert!(matches!(settings, Some(Route::Workspace(it, WorkspaceView::Settings)) if it.as_str() == "interns"));
        assert_eq!(nearest("/."), Some(Route::home()));
    }

    #[test]
    fn h06_nothing_is_guessed_about_other_addresses() {
        for path in ["/elsewhere", "/people/a", "/console-0123456789abcdef.js", "/people.html", "/workspaces/a/b.", ""]
        {
            assert_eq!(nearest(path), None, "{path}");
        }
    }

    proptest! {
        #[test]
        fn h06_what_is_near_is_a_view(path in "/?(people|workspaces/[a-z]{1,5}|%[0-9A-F]{2}|.){0,6}") {
            prop_assert_ne!(nearest(&path), Some(Route::NotFound));
        }
    }
}
