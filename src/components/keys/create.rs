//! Creating an API key, also as the successor of another one.
//!
//! Invariant: the secret goes from the answer to the dialog that hands it over, and nowhere else.

use std::sync::Arc;

use leptos::prelude::*;

use super::fields::{KeyEditing, LimitFields, NameField, WorkspaceField, expiry_options};
use super::list::KeysList;
use super::secret::Issued;
use crate::api::CreatedKey;
use crate::browser::now;
use crate::components::{ErrorPanel, IdentityOf, WriteFailurePanel};
use crate::data::PersonIndex;
use crate::domain::{ApiKey, UserId, WorkspaceId, inline_text};
use crate::forms::{Expiry, KeyField, KeyForm};
use crate::jobs::planners::rotation::TURNED_OFF;
use crate::search::keys::KeyRow;
use crate::ui::{
    Banner, Bound, Button, ButtonVariant, Combobox, Dialog, Field, InputKind, Select, SelectOption, TextInput, Tone,
    dynamic,
};
use crate::write::{ChangeKey, IssueKey, KeyChange, WriteFailure, use_write};

/// Where a creation starts and ends.
#[derive(Clone, Copy)]
pub(super) struct Creation {
    pub is_open: Signal<bool>,
    /// The key that the new one replaces.
    pub rotating: RwSignal<Option<Arc<KeyRow>>>,
    pub issued: RwSignal<Option<Issued>>,
    pub on_close: Callback<()>,
}

#[component]
pub(super) fn CreateDialog(list: KeysList, creation: Creation) -> impl IntoView {
    let title = Signal::derive(move || {
        creation.rotating.with(|old| match old {
            Some(old) => format!("Rotate “{}”", inline_text(&old.key.title())),
            None => "Create API key".to_owned(),
        })
    });
    view! {
        <Dialog open=creation.is_open on_close=creation.on_close title=title>
            <CreateForm list=list creation=creation/>
        </Dialog>
    }
}

/// The form at its start: empty, or with the settings of the key to replace.
fn first_form(list: KeysList, old: Option<&KeyRow>) -> (KeyEditing, String) {
    let slug_of = |id: &WorkspaceId| {
        let known = list.workspaces.find(&id.into()).map(|it| it.slug.to_string());
        known.unwrap_or_else(|| id.to_string())
    };
    let own = list.workspace.map(|workspace| workspace.with(|it| it.slug.to_string()));
    let place = old.map(|old| slug_of(&old.workspace)).or(own).unwrap_or_default();
    let owner = old.and_then(|old| old.owner.as_ref());
    let owner = owner.map(|it| if it.email.is_empty() { it.id.to_string() } else { it.email.clone() });
    let form = old.map(|old| KeyForm { is_disabled: false, ..KeyForm::of(&old.key, now()) });
    (KeyEditing::new(form.unwrap_or_default(), place), owner.unwrap_or_default())
}

/// The person that a text names: no one if it is empty, and `None` if it names no person.
fn owner_of(list: KeysList, text: &str) -> Option<Option<UserId>> {
    let text = text.trim();
    if text.is_empty() {
        return Some(None);
    }
    let found = list.directory.with(|people| match people.by_email(text) {
        [one] => Some(one.clone()),
        _ => people.id(text).cloned(),
    });
    // Where the directory is not known, the API decides.
    let typed = || UserId::parse(text).ok().filter(|_| list.directory.data.get().is_none() && !text.contains(' '));
    found.or_else(typed).map(Some)
}

#[component]
fn CreateForm(list: KeysList, creation: Creation) -> impl IntoView {
    let old = creation.rotating.get_untracked();
    let (editing, owner) = untrack(|| first_form(list, old.as_deref()));
    let owner = RwSignal::new(owner);
    let lost = RwSignal::new(None::<(WorkspaceId, Vec<ApiKey>)>);
    let is_fixed = list.workspace.is_some() || old.is_some();
    let place = list.workspace.map(|workspace| workspace.with_untracked(|it| it.id.clone()));
    let place = StoredValue::new(old.as_ref().map(|old| old.workspace.clone()).or(place));
    let workspace_id = move || place.get_value().or_else(|| editing.workspace_id(list.workspaces));
    let writer = use_write(move |IssueKey(body), result| {
        match result {
            Ok(CreatedKey::Issued(key, secret)) => {
                let replaced = creation.rotating.get_untracked();
                creation.issued.set(Some(Issued { key: Arc::new(*key), secret: Arc::new(secret), replaced }));
                creation.on_close.run(());
            }
            Ok(CreatedKey::SecretLost(keys)) => lost.set(Some((body.workspace_id, keys))),
            Err(failure) => return Some(failure),
        }
        None
    });
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let request =
            untrack(|| editing.form.with(|form| form.creation(workspace_id(), owner_of(list, &owner.get()), now())));
        match request {
            Ok(body) => {
                lost.set(None);
                writer.run(IssueKey(body));
            }
            Err(problems) => editing.problems.set(problems),
        }
    };
    let owner_value = Bound::from(owner)
        .before_set(move |_| editing.problems.update(|all| all.retain(|(at, _)| *at != KeyField::Owner)));
    let close = creation.on_close;
    view! {
        <form class="key-fields" on:submit=submit novalidate=true>
            {old.is_some().then(|| view! {
                <p>{"A new API key with the same settings is created. You hand over its secret, and then disable or delete the old API key."}</p>
            })}
            <NameField editing=editing/>
            {match place.get_value().filter(|_| is_fixed) {
                Some(id) => view! { <IdentityOf workspace=id/> }.into_any(),
                None => view! { <WorkspaceField editing=editing workspaces=list.workspaces/> }.into_any(),
            }}
            <LimitFields editing=editing/>
            <ExpiryFields editing=editing/>
            <Field
                label="Owner"
                optional_mark=true
                problem=editing.problem(KeyField::Owner)
                hint=Some("The person whose key this is. A member with active API keys can’t be removed from the workspace.".to_owned())
            >
                <Combobox value=owner_value options=owner_options(list) placeholder="Not set: the API decides"/>
            </Field>
            {move || lost.get().map(|(workspace, keys)| view! { <LostKeys workspace=workspace keys=keys/> })}
            <CreateFailure failure=writer.failure/>
            <div class="key-fields__buttons">
                <Button on_click=close>"Cancel"</Button>
                <Button variant=ButtonVariant::Primary submits=true pending=writer.pending>"Create API key"</Button>
            </div>
        </form>
    }
}

#[component]
pub(super) fn ExpiryFields(
    editing: KeyEditing,
    /// Whether the key has to expire.
    #[prop(optional)]
    is_required: bool,
) -> impl IntoView {
    let expiry = editing.bind(
        KeyField::Date,
        |form| form.expiry.word().to_owned(),
        |form, word: String| form.expiry = Expiry::parse(&word).unwrap_or_default(),
    );
    let date = editing.bind(KeyField::Date, |form| form.date.clone(), |form, text| form.date = text);
    let is_date = Memo::new(move |_| editing.form.with(|form| form.expiry == Expiry::Date));
    view! {
        <Field label="Expires" hint=Some("You can’t change it later.".to_owned())>
            <Select value=expiry options=Signal::stored(expiry_options(is_required)) name="key-expiry"/>
        </Field>
        <Show when=move || is_date.get()>
            <Field
                label="Last day (UTC)"
                required=true
                problem=editing.problem(KeyField::Date)
                hint=Some("The key works until the end of this day in UTC.".to_owned())
            >
                <TextInput value=date kind=InputKind::Date name="key-date"/>
            </Field>
        </Show>
    }
}

/// Everyone in the directory, as far as it has been read.
fn owner_options(list: KeysList) -> Signal<Vec<SelectOption>> {
    let option = |person: &crate::domain::Person| {
        let value = if person.email.is_empty() { person.id.as_str() } else { &person.email };
        SelectOption::new(value, person.display_name())
    };
    let options = move |index: &PersonIndex| index.listing.rows.iter().map(|person| option(person)).collect();
    Memo::new(move |_| list.directory.data.get().map(|index| options(&index)).unwrap_or_default()).into()
}

/// Keys that were created by a request without an answer.
#[component]
fn LostKeys(workspace: WorkspaceId, keys: Vec<ApiKey>) -> impl IntoView {
    let item = move |key: ApiKey| {
        let (name, label) = (inline_text(&key.title()), inline_text(&key.label));
        let target = StoredValue::new((workspace.clone(), key));
        let is_deleted = RwSignal::new(false);
        let writer = use_write(move |_: ChangeKey, result| {
            is_deleted.set(result.is_ok());
            result.err()
        });
        let delete = move |()| {
            let (workspace, key) = target.get_value();
            writer.run(ChangeKey { workspace, hash: key.hash.clone(), name: key.title(), change: KeyChange::Delete });
        };
        view! {
            <p class="muted mono"><bdi>{label}</bdi></p>
            {move || match is_deleted.get() {
                true => view! { <p role="status">{format!("“{name}” was deleted. You can create another API key.")}</p> }.into_any(),
                false => view! {
                    <Button variant=ButtonVariant::Danger pending=writer.pending on_click=delete>{format!("Delete {name}")}</Button>
                }.into_any(),
            }}
            <WriteFailurePanel title="Couldn’t delete the API key" failure=writer.failure/>
        }
    };
    view! {
        <Banner tone=Tone::Warning title="An API key was created, but its secret is lost">
            <p>{"The answer of the API didn’t arrive. No one has the secret. Delete the API key, and create another one."}</p>
            {keys.into_iter().map(item).collect_view()}
        </Banner>
    }
}

/// Why the key was not created. A proxy that does not let the call through is told apart.
#[component]
fn CreateFailure(failure: RwSignal<Option<WriteFailure>>) -> impl IntoView {
    dynamic(move || {
        let failure = failure.get()?;
        let (effect, error) = match failure {
            WriteFailure::Unread(error) => ("Nothing was sent.", error),
            WriteFailure::Write(failure) => (failure.outcome_sentence(), failure.error),
        };
        Some(match error.is_blocked() {
            true => view! { <Banner tone=Tone::Warning title="Creating API keys is turned off here"><p>{TURNED_OFF}" Nothing was changed."</p></Banner> }.into_any(),
            false => view! { <ErrorPanel title="Couldn’t create the API key" error=error effect=effect/> }.into_any(),
        })
    })
}
