//! The fields of an API key, which creating and changing share.

use leptos::prelude::*;

use crate::components::{AmountChoices, fixed_options};
use crate::data::Workspaces;
use crate::domain::{LimitReset, WorkspaceId, WorkspaceRef};
use crate::forms::{KeyField, KeyForm, KeyProblems};
use crate::routes::ListQuery;
use crate::ui::{Bound, Combobox, Field, InputKind, Select, SelectOption, Switch, TextInput};

/// A form while it is edited. Problems show once it was submitted.
#[derive(Clone, Copy)]
pub(super) struct KeyEditing {
    pub form: RwSignal<KeyForm>,
    /// The slug of the workspace, as it was typed or chosen.
    pub workspace: RwSignal<String>,
    pub problems: RwSignal<KeyProblems>,
}

impl KeyEditing {
    pub(super) fn new(form: KeyForm, workspace: String) -> Self {
        Self { form: RwSignal::new(form), workspace: RwSignal::new(workspace), problems: RwSignal::default() }
    }

    /// A control's value. The problem of its field goes when it changes.
    pub(super) fn bind<T: Clone + Send + Sync + 'static>(
        self,
        field: KeyField,
        get: fn(&KeyForm) -> T,
        set: fn(&mut KeyForm, T),
    ) -> Bound<T> {
        Bound::new(
            move || self.form.with(get),
            move |value| {
                self.problems.update(|all| all.retain(|(at, _)| *at != field));
                self.form.update(|form| set(form, value));
            },
        )
    }

    pub(super) fn problem(self, field: KeyField) -> Signal<Option<String>> {
        Signal::derive(move || {
            self.problems.with(|all| all.iter().find(|(at, _)| *at == field).map(|(_, text)| text.clone()))
        })
    }

    /// The workspace that was entered by slug, ID or name. Tracks the list.
    pub(super) fn workspace_id(self, workspaces: Workspaces) -> Option<WorkspaceId> {
        let text = self.workspace.get();
        let text = text.trim();
        let named =
            || workspaces.rows().iter().find(|row| row.workspace.label() == text).map(|row| row.workspace.clone());
        let found = WorkspaceRef::parse(text).ok().and_then(|named| workspaces.find(&named)).or_else(named);
        found.map(|workspace| workspace.id.clone())
    }
}

/// All workspaces, by name, each identified by its slug.
pub(super) fn workspace_options(workspaces: Workspaces) -> Signal<Vec<SelectOption>> {
    let options = move |_: Option<&Vec<SelectOption>>| {
        let all = workspaces.matching(&ListQuery::default());
        all.iter().map(|it| SelectOption::new(it.slug.as_str(), it.label())).collect::<Vec<_>>()
    };
    Memo::new(options).into()
}

#[component]
pub(super) fn WorkspaceField(
    editing: KeyEditing,
    workspaces: Workspaces,
    #[prop(optional, into)] hint: Signal<Option<String>>,
) -> impl IntoView {
    let value = Bound::from(editing.workspace)
        .before_set(move |_| editing.problems.update(|all| all.retain(|(at, _)| *at != KeyField::Workspace)));
    view! {
        <Field label="Workspace" required=true problem=editing.problem(KeyField::Workspace) hint=hint>
            <Combobox value=value options=workspace_options(workspaces) placeholder="Choose a workspace"/>
        </Field>
    }
}

#[component]
pub(super) fn NameField(editing: KeyEditing) -> impl IntoView {
    let value = editing.bind(KeyField::Name, |form| form.name.clone(), |form, text| form.name = text);
    view! {
        <Field label="Name" required=true problem=editing.problem(KeyField::Name)>
            <TextInput value=value name="key-name" autofocus=true/>
        </Field>
    }
}

/// The limit with its reset, and whether BYOK spend counts.
#[component]
pub(super) fn LimitFields(editing: KeyEditing) -> impl IntoView {
    let byok = editing.bind(KeyField::Limit, |form| form.counts_byok, |form, counts| form.counts_byok = counts);
    view! {
        <AmountFields
            limit=editing.bind(KeyField::Limit, |form| form.limit.clone(), |form, text| form.limit = text)
            reset=editing.bind(KeyField::Limit, |form| form.reset.clone(), |form, text| form.reset = text)
            problem=editing.problem(KeyField::Limit)
            hint="Leave it empty for no limit. Requests are refused once it is used up."
        />
        <Switch
            checked=byok
            label="Count BYOK spend"
            description=Some("Spend with your organization’s own provider keys counts against the limit.".to_owned())
        />
    }
}

#[component]
pub(super) fn AmountFields(
    limit: Bound<String>,
    reset: Bound<String>,
    #[prop(into)] problem: Signal<Option<String>>,
    hint: &'static str,
) -> impl IntoView {
    let never = [SelectOption::new("", "Never: the limit is for the key’s lifetime")];
    let label = |reset: &LimitReset| match reset {
        LimitReset::Daily => "Each day, 00:00 UTC",
        LimitReset::Weekly => "Each Monday, 00:00 UTC",
        LimitReset::Monthly => "On the 1st of each month, 00:00 UTC",
        LimitReset::Other(_) => "Other",
    };
    let resets = LimitReset::KNOWN.iter().map(|reset| SelectOption::new(reset.as_str(), label(reset)));
    let resets: Vec<SelectOption> = never.into_iter().chain(resets).collect();
    view! {
        <Field label="Limit" unit="in US dollars" problem=problem hint=Some(hint.to_owned())>
            <TextInput value=limit kind=InputKind::Decimal prefix="$" name="key-limit"/>
        </Field>
        <AmountChoices value=limit label="Limit"/>
        <Field label="Reset the limit">
            <Select value=reset options=Signal::stored(resets) name="key-reset"/>
        </Field>
    }
}

/// The choices of an expiry.
pub(super) fn expiry_options(is_required: bool) -> Vec<SelectOption> {
    let never = [("never", "Never")];
    let never = fixed_options(if is_required { &[] } else { &never });
    let others =
        fixed_options(&[("30", "In 30 days"), ("90", "In 90 days"), ("365", "In 1 year"), ("date", "On a date")]);
    [never, others].concat()
}
