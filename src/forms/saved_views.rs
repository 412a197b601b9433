//! The views that a person has saved: their names, and the text that the browser keeps of them.
//!
//! Invariant: the text comes from storage, so each view is checked when it is read. A view belongs to the account that it was
//! saved for, and other accounts never see it.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::domain::{is_visible, without_direction_marks};
use crate::routes::Route;

/// The most views of an account.
pub const MOST_VIEWS: usize = 30;
/// The most letters of a name.
pub const LONGEST_NAME: usize = 60;
/// The most views of all accounts together.
const MOST_STORED: usize = 300;

/// A view with a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedView {
    pub name: String,
    pub route: Route,
}

/// Why a view can't have a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum ViewNameProblem {
    #[error("Enter a name")]
    Empty,
    #[error("Use at most {LONGEST_NAME} characters")]
    TooLong,
    #[error("Another saved view has this name")]
    Taken,
    /// There are as many views as possible.
    #[error("You can save {MOST_VIEWS} views. Delete one first")]
    Full,
}

/// A view as it is stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct StoredView {
    account: Option<String>,
    name: String,
    view: String,
}

/// The saved views of all accounts of this browser.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SavedViews(Vec<StoredView>);

/// A name as it is kept: on one line, without spaces around it and without characters that change the direction.
fn parse_name(text: &str) -> Result<String, ViewNameProblem> {
    let letters = without_direction_marks(text).replace(char::is_control, " ");
    let name = letters.split_whitespace().collect::<Vec<_>>().join(" ");
    match name.chars().count() {
        _ if !is_visible(&name) => Err(ViewNameProblem::Empty),
        count if count > LONGEST_NAME => Err(ViewNameProblem::TooLong),
        _ => Ok(name),
    }
}

impl StoredView {
    fn open(&self) -> Option<SavedView> {
        let route = Route::at_address(&self.view);
        let is_whole = parse_name(&self.name).as_ref() == Ok(&self.name) && route.table().is_some();
        is_whole.then(|| SavedView { name: self.name.clone(), route: route.without_panel() })
    }
}

impl SavedViews {
    /// Reads what [`Self::text`] wrote. Anything else in the text is left out.
    pub fn parse(text: &str) -> Self {
        let mut views: Vec<StoredView> = serde_json::from_str(text).unwrap_or_default();
        views.retain(|view| view.open().is_some());
        views.truncate(MOST_STORED);
        Self(views)
    }

    pub fn text(&self) -> String {
        // It always has a form as JSON.
        serde_json::to_string(&self.0).unwrap_or_default()
    }

    /// The views of an account, in the order in which they were saved.
    pub fn of(&self, account: Option<&str>) -> Vec<SavedView> {
        let own = self.0.iter().filter(|view| view.account.as_deref() == account);
        own.filter_map(StoredView::open).take(MOST_VIEWS).collect()
    }

    /// Checks a name for a new view, or for the view `renamed`. Returns it as it is kept.
    pub fn check(&self, account: Option<&str>, name: &str, renamed: Option<&str>) -> Result<String, ViewNameProblem> {
        let name = parse_name(name)?;
        let others = self.of(account);
        let is_other = |view: &&SavedView| Some(view.name.as_str()) != renamed;
        if others.iter().filter(is_other).any(|view| view.name.to_lowercase() == name.to_lowercase()) {
            return Err(ViewNameProblem::Taken);
        }
        if renamed.is_none() && (others.len() >= MOST_VIEWS || self.0.len() >= MOST_STORED) {
            return Err(ViewNameProblem::Full);
        }
        Ok(name)
    }

    pub fn save(&mut self, account: Option<&str>, name: &str, route: &Route) -> Result<(), ViewNameProblem> {
        let name = self.check(account, name, None)?;
        let view = route.clone().without_panel().address();
        self.0.push(StoredView { account: account.map(str::to_owned), name, view });
        Ok(())
    }

    pub fn rename(&mut self, account: Option<&str>, from: &str, to: &str) -> Result<(), ViewNameProblem> {
        let name = self.check(account, to, Some(from))?;
        if let Some(view) = self.0.iter_mut().find(|view| view.account.as_deref() == account && view.name == from) {
            view.name = name;
        }
        Ok(())
    }

    pub fn delete(&mut self, account: Option<&str>, name: &str) {
        self.0.retain(|view| view.account.as_deref() != account || view.name != name);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::routes::{ListQuery, PeopleQuery};
    use crate::search::columns::TableLayout;
    use proptest::prelude::*;

    fn search(text: &str) -> Route {
        Route::Workspaces(ListQuery { search: text.to_owned(), ..ListQuery::default() })
    }

    fn names(views: &SavedViews, account: Option<&str>) -> String {
        views.of(account).into_iter().map(|view| view.name).collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn views_are_saved_renamed_and_deleted_by_name() {
        let mut views = SavedViews::default();
        assert_eq!(views.save(None, "  Near\nbudget  ", &search("lab")), Ok(()));
        assert_eq!(views.save(None, "People", &PeopleQuery::default().on_people()), Ok(()));
        assert_eq!(names(&views, None), "Near budget, People");
        assert_eq!(views.save(None, "PEOPLE", &search("")), Err(ViewNameProblem::Taken));
        assert_eq!(views.rename(None, "People", "near budget"), Err(ViewNameProblem::Taken));
        assert_eq!(views.rename(None, "People", "people"), Ok(()));
        assert_eq!(views.rename(None, "people", "Everyone"), Ok(()));
        views.delete(None, "Near budget");
        assert_eq!(names(&views, None), "Everyone");
        assert_eq!(views.of(None)[0].route, PeopleQuery::default().on_people());
    }

    #[test]
    fn a_name_has_to_be_visible_and_short() {
        let check = |name: &str| SavedViews::default().check(None, name, None);
        for empty in ["", " \n ", "\u{202e}\u{2066}", "\u{200b}"] {
            assert_eq!(check(empty), Err(ViewNameProblem::Empty), "{empty:?}");
        }
        assert_eq!(check(&"x".repeat(LONGEST_NAME + 1)), Err(ViewNameProblem::TooLong));
        assert_eq!(check(&"ж".repeat(LONGEST_NAME)).map(|name| name.chars().count()), Ok(LONGEST_NAME));
        assert_eq!(check("a\u{202e}b").as_deref(), Ok("ab"));
        assert_eq!(check("<b>x</b>").as_deref(), Ok("<b>x</b>"));
    }

    #[test]
    fn an_account_never_sees_the_views_of_another() {
        let mut views = SavedViews::default();
        for account in [None, Some("org_a"), Some("org_b")] {
            assert_eq!(views.save(account, "Mine", &search(account.unwrap_or_default())), Ok(()));
        }
        views.delete(Some("org_a"), "Mine");
        let reread = SavedViews::parse(&views.text());
        assert_eq!(reread, views);
        assert_eq!((names(&reread, Some("org_a")), names(&reread, Some("org_b"))), (String::new(), "Mine".to_owned()));
        assert_eq!(reread.of(None)[0].route, search(""));
    }

    #[test]
    fn there_are_only_so_many_views() {
        let mut views = SavedViews::default();
        for at in 0..MOST_VIEWS {
            assert_eq!(views.save(None, &format!("View {at}"), &search("")), Ok(()));
        }
        assert_eq!(views.save(None, "One more", &search("")), Err(ViewNameProblem::Full));
        assert_eq!(views.rename(None, "View 3", "Three"), Ok(()));
        assert_eq!(views.save(Some("org_a"), "One more", &search("")), Ok(()));
    }

    #[test]
    fn anything_but_a_saved_view_is_left_out() {
        for odd in ["", "{}", "null", "[1]", r#"[{"name":"a"}]"#] {
            assert_eq!(SavedViews::parse(odd), SavedViews::default(), "{odd}");
        }
        let view = |name: &str, view: &str| serde_json::json!({ "account": null, "name": name, "view": view });
        let stored = serde_json::json!([
            view("ok", "/workspaces?q=lab&cols=slug"),
            view("script", "javascript:alert(1)"),
            view("elsewhere", "//evil.example/workspaces"),
            view("form", "/create-workspace"),
            view(" ", "/workspaces"),
            view("with a panel", "/keys?panel=delete"),
        ]);
        let views = SavedViews::parse(&stored.to_string());
        assert_eq!(names(&views, None), "ok, with a panel");
        assert_eq!(views.of(None)[1].route, Route::keys());
        assert_eq!(views.of(None)[0].route.layout(), TableLayout::parse(Some("slug".to_owned()), None).as_ref());
    }

    proptest! {
        #[test]
        fn any_saved_view_is_read_back(name in ".{0,70}", text in ".{0,20}") {
            let mut views = SavedViews::default();
            let is_saved = views.save(Some("org_a"), &name, &search(&text)).is_ok();
            prop_assert_eq!(views.of(Some("org_a")).len(), usize::from(is_saved));
            prop_assert_eq!(SavedViews::parse(&views.text()), views);
        }
    }
}
