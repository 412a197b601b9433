//! Saving: look first, then send only what changed.
//!
//! Invariant: nothing is sent while somebody else's change has not been seen.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::subject::Subject;
use crate::api::{ApiError, Client, WriteError, workspaces};
use crate::components::{Editing, focus_first_problem};
use crate::domain::{Workspace, WorkspaceRef};
use crate::forms::{WorkspaceForm, merge};
use crate::routes::Route;
use crate::state::{
    Invalidation, Journal, Navigator, Notices, Resource, WorkspaceList, use_client, use_navigator, use_route,
};

/// A form's saving.
#[derive(Clone, Copy)]
pub(super) struct Saving {
    /// It is under way.
    pub pending: RwSignal<bool>,
    /// The write failed.
    pub failure: RwSignal<Option<WriteError>>,
    /// The look before the write failed.
    pub unread: RwSignal<Option<ApiError>>,
    /// What somebody else made of the workspace, to be seen before anything is sent.
    pub theirs: RwSignal<Option<Workspace>>,
    editing: Editing,
    base: RwSignal<Workspace>,
    subject: Subject,
    context: StoredValue<Context>,
}

#[derive(Clone)]
struct Context {
    client: Client,
    journal: Journal,
    notices: Notices,
    list: WorkspaceList,
    invalidation: Invalidation,
    navigator: Navigator,
    route: Memo<Route>,
}

impl Saving {
    pub(super) fn new(editing: Editing, base: RwSignal<Workspace>, subject: Subject) -> Self {
        let context = Context {
            client: use_client(),
            journal: expect_context(),
            notices: expect_context(),
            list: expect_context(),
            invalidation: expect_context(),
            navigator: use_navigator(),
            route: use_route(),
        };
        Self {
            pending: RwSignal::new(false),
            failure: RwSignal::new(None),
            unread: RwSignal::new(None),
            theirs: RwSignal::new(None),
            editing,
            base,
            subject,
            context: StoredValue::new(context),
        }
    }

    /// Forgets what went wrong before.
    pub(super) fn forget_failure(&self) {
        self.failure.set(None);
        self.unread.set(None);
    }

    /// Reads the workspace; where it is as it was loaded, sends what changed, else shows the difference.
    pub(super) fn begin(self) {
        let context = self.context.get_value();
        let (form, base) = (untrack(|| self.editing.form()), self.base.get_untracked());
        self.pending.set(true);
        self.forget_failure();
        spawn_local(async move {
            let now = workspaces::get(&context.client, &WorkspaceRef::from(&base.id)).await;
            if self.pending.is_disposed() {
                // The person has left and said what is to become of the changes; nothing was sent.
                return;
            }
            match now {
                Err(error) => self.unread.set(Some(error)),
                Ok(now) if merge::differences(&base, &now, &form).is_empty() => self.send(&context, now, &form).await,
                Ok(now) => self.theirs.set(Some(now)),
            }
            self.pending.try_set(false);
        });
    }

    async fn send(self, context: &Context, now: Workspace, form: &WorkspaceForm) {
        let list = context.list;
        let Ok(request) = form.validate_update(&now, |slug| list.is_taken(slug, Some(&now.id))) else {
            self.editing.touch_all();
            focus_first_problem();
            return;
        };
        if request.is_empty() {
            self.editing.fill(WorkspaceForm::of(&now));
            self.base.set(now);
            context.notices.success("Nothing was left to change");
            return;
        }
        let result = workspaces::update(&context.client, &now, &request).await;
        context.journal.note("Change workspace", now.label_with_slug(), &result);
        match result {
            Ok(saved) => {
                context.notices.success(format!("“{}” was saved", saved.label_in_words()));
                context.list.upsert(saved.clone());
                context.invalidation.invalidate(Resource::Workspaces);
                self.saved(context, &saved, form);
            }
            Err(refused) if self.pending.is_disposed() => {
                context.notices.failure(format!("“{}” was not saved", now.label_in_words()), refused.words());
            }
            Err(refused) => self.failure.set(self.editing.place(refused)),
        }
    }

    fn saved(self, context: &Context, saved: &Workspace, sent: &WorkspaceForm) {
        if self.pending.is_disposed() {
            return;
        }
        // What was typed since stays; everything else is as the server has it now.
        let typed = untrack(|| self.editing.form());
        let old_slug = self.base.with_untracked(|base| base.slug.clone());
        self.editing.fill(typed.following(sent, &WorkspaceForm::of(saved)));
        self.base.set(saved.clone());
        if saved.slug != old_slug
            && let Some(renamed) = renamed(context.route.get_untracked(), saved)
        {
            self.subject.is_now(saved);
            context.navigator.replace(&renamed);
        }
        context.invalidation.invalidate(Resource::Workspace);
    }
}

/// The same part of the workspace under its new slug, where the address names it by slug.
fn renamed(route: Route, saved: &Workspace) -> Option<Route> {
    match route {
        Route::Workspace(WorkspaceRef::Slug(_), view) => Some(Route::Workspace((&saved.slug).into(), view)),
        Route::Members(WorkspaceRef::Slug(_), query) => Some(Route::Members((&saved.slug).into(), query)),
        _ => None,
    }
}
