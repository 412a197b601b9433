//! The views that a person has saved in this browser: the store, the side bar's links, and the dialogs that name them.

mod dialogs;
mod links;

pub(crate) use dialogs::{EditViewDialog, SaveViewDialog};

use leptos::prelude::*;

use super::kept::{Kept, follow_kept};
use super::later_views::LaterViews;
use crate::browser::storage::Storage;
use crate::data::Shared;
use crate::forms::saved_views::{SavedView, SavedViews, ViewNameProblem};
use crate::routes::Route;
use crate::session::AccountId;

const NAME: &str = "workspace-console.views";

#[derive(Clone, Copy)]
pub(crate) struct SavedViewStore {
    stored: RwSignal<SavedViews>,
    account: Memo<Option<AccountId>>,
    /// The views of the account that is signed in.
    pub views: Memo<Shared<Vec<SavedView>>>,
    /// The name of the view that is being renamed or deleted.
    editing: RwSignal<Option<String>>,
}

fn read() -> SavedViews {
    Storage::Browser.read(NAME).map(|text| SavedViews::parse(&text)).unwrap_or_default()
}

/// Provides the saved views, and shows them in the side bar.
pub(crate) fn provide_saved_views() {
    let Kept { stored, account } = follow_kept(read);
    let views = Memo::new(move |_| {
        let account = account.get();
        let own = |account: AccountId| stored.with(|stored| stored.of(account.name()));
        Shared::new(account.map(own).unwrap_or_default())
    });
    provide_context(SavedViewStore { stored, account, views, editing: RwSignal::new(None) });
    let LaterViews { saved_views, .. } = expect_context();
    saved_views.set(Some(links::links));
}

pub(crate) fn use_saved_views() -> SavedViewStore {
    expect_context()
}

impl SavedViewStore {
    /// Checks a name for a new view, or for the view `renamed`. Tracked.
    fn problem(self, name: &str, renamed: Option<&str>) -> Option<ViewNameProblem> {
        let account = self.account.get();
        let account = account.as_ref().and_then(AccountId::name);
        self.stored.with(|stored| stored.check(account, name, renamed).err())
    }

    /// Changes the views as they are stored now: another tab may have changed them. Without storage they last as long as
    /// the page.
    fn change<T>(self, change: impl FnOnce(&mut SavedViews, Option<&str>) -> T) -> T {
        let account = self.account.get_untracked();
        let mut views = read();
        let changed = change(&mut views, account.as_ref().and_then(AccountId::name));
        Storage::Browser.write(NAME, &views.text());
        self.stored.set(views);
        changed
    }

    fn save(self, name: &str, view: &Route) -> Result<(), ViewNameProblem> {
        self.change(|views, account| views.save(account, name, view))
    }

    fn rename(self, from: &str, to: &str) -> Result<(), ViewNameProblem> {
        self.change(|views, account| views.rename(account, from, to))
    }

    fn delete(self, name: &str) {
        self.change(|views, account| views.delete(account, name));
    }
}
