//! The fields of a workspace, for the pages that create and that change one.
//!
//! Invariant: a field shows its problem once it was touched. A problem that the server found goes when its field changes.

mod editing;

use crate::components::fixed_options;
use crate::data::{Data, ModelList, use_data};
use crate::domain::text::{MAX_DESCRIPTION, MAX_NAME};
use crate::domain::{Model, ProviderSort, slug::MAX_SLUG};
use crate::forms::{FormField as _, WorkspaceField as F};
use crate::ui::{
    Bound, Combobox, Field, InputKind, RadioGroup, Select, SelectOption, Switch, TextArea, TextInput, TokenInput,
    unique_id,
};
use leptos::prelude::*;

pub use editing::Editing;

#[component]
pub fn WorkspaceFields(editing: Editing, #[prop(optional)] suggests_slug: bool) -> impl IntoView {
    view! {
        <IdentityFields editing=editing suggests_slug=suggests_slug/>
        <DefaultFields editing=editing/>
        <LoggingFields editing=editing/>
        <ToolFields editing=editing/>
    }
}

#[component]
pub fn FormSection(title: &'static str, description: &'static str, children: Children) -> impl IntoView {
    let id = unique_id("section");
    view! {
        <section class="form__section" aria-labelledby=id.clone()>
            <div class="form__legend">
                <h2 class="form__title" id=id.clone()>{title}</h2>
                <p class="form__description">{description}</p>
            </div>
            <div class="form__fields">{children()}</div>
        </section>
    }
}

#[component]
fn IdentityFields(editing: Editing, suggests_slug: bool) -> impl IntoView {
    let (name, slug) = (editing.name(suggests_slug), editing.bind(F::Slug));
    let description = editing.bind(F::Description);
    view! {
        <FormSection title="Identity" description="How people and requests identify this workspace.">
            <Field
                label=F::Name.label()
                required=true
                problem=editing.problem(F::Name)
                counter=counter(name, MAX_NAME)
            >
                <TextInput value=name name="name" on_blur=editing.leave(F::Name)/>
            </Field>
            <Field
                label=F::Slug.label()
                required=true
                hint="Identifies the workspace in URLs and in the API. Use lowercase letters, digits and hyphens."
                problem=editing.problem(F::Slug)
                counter=counter(slug, MAX_SLUG)
            >
                <TextInput value=slug name="slug" mono=true on_blur=editing.leave(F::Slug)/>
            </Field>
            <Field
                label=F::Description.label()
                optional_mark=true
                problem=editing.problem(F::Description)
                counter=counter(description, MAX_DESCRIPTION)
            >
                <TextArea value=description name="description"/>
            </Field>
        </FormSection>
    }
}

/// `12 / 100`, from half of the limit on.
fn counter(text: Bound<String>, limit: usize) -> Signal<Option<String>> {
    Signal::derive(move || {
        let length = text.with(|text| text.trim().chars().count());
        (length * 2 >= limit).then(|| format!("{length} / {limit}"))
    })
}

#[component]
fn DefaultFields(editing: Editing) -> impl IntoView {
    let models = use_data(|| Some(ModelList));
    let orders = Signal::derive(|| {
        let none = SelectOption::new("", "Not set: the API decides");
        let known = ProviderSort::KNOWN.iter().map(|sort| SelectOption::new(sort.as_str(), describe(sort)));
        std::iter::once(none).chain(known).collect::<Vec<_>>()
    });
    view! {
        <FormSection title="Defaults" description="Used when a request names no model or no provider order.">
            {model_field(editing, F::TextModel, models, "text")}
            {model_field(editing, F::ImageModel, models, "image")}
            <Field label=F::ProviderSort.label() optional_mark=true problem=editing.problem(F::ProviderSort)>
                <Select value=editing.bind(F::ProviderSort) options=orders name="provider-sort"/>
            </Field>
        </FormSection>
    }
}

/// A model: one that returns the modality, or any id that is typed.
fn model_field(editing: Editing, field: F, models: Data<Vec<Model>>, modality: &'static str) -> impl IntoView {
    view! {
        <Field label=field.label() optional_mark=true hint=hint(models) problem=editing.problem(field)>
            <Combobox value=editing.bind(field) options=options(models, modality) placeholder="Not set" mono=true/>
        </Field>
    }
}

fn describe(sort: &ProviderSort) -> &'static str {
    match sort {
        ProviderSort::Price => "Price: cheapest first",
        ProviderSort::Throughput => "Throughput: most tokens per second first",
        ProviderSort::Latency => "Latency: fastest first token first",
        ProviderSort::Exacto => "Exacto: best tool calls first",
        ProviderSort::Other(_) => "Other",
    }
}

fn options(models: Data<Vec<Model>>, modality: &'static str) -> Signal<Vec<SelectOption>> {
    let options = move |models: &Vec<Model>| {
        let suitable = models.iter().filter(|model| model.gives(modality));
        suitable.map(|model| SelectOption::new(&model.id, &model.name)).collect()
    };
    Memo::new(move |_| models.state.with(|state| state.data().map(|it| options(it)).unwrap_or_default())).into()
}

/// Where the models could not be listed, the field still takes a typed id.
fn hint(models: Data<Vec<Model>>) -> Signal<Option<String>> {
    Signal::derive(move || {
        let text = match models.state.with(|state| state.error().is_some()) {
            true => "Couldn’t load the list of models. Type a model ID.",
            false => "Choose from the list, or type a model ID.",
        };
        Some(text.to_owned())
    })
}

#[component]
fn LoggingFields(editing: Editing) -> impl IntoView {
    let scopes = fixed_options(&[("all", "All API keys"), ("listed", "Only listed API keys")]);
    let scope = editing.key_scope();
    let must_be_number =
        |text: String| text.parse::<i64>().is_err().then(|| format!("“{text}” is not an API key ID, such as 12"));
    view! {
        <FormSection title="Logging and privacy" description="What is stored of this workspace’s requests, and who can use it.">
            {switch(editing, F::IoLogging, "Stores the inputs and outputs of requests for your organization to review.")}
            <Field
                label=F::SamplingRate.label()
                optional_mark=true
                hint="The share of requests to log, from 0.0001 to 1 (all). 25% is 0.25."
                problem=editing.problem(F::SamplingRate)
            >
                <TextInput value=editing.bind(F::SamplingRate) kind=InputKind::Decimal name="sampling-rate"/>
            </Field>
            <RadioGroup legend=F::ApiKeyIds.label() value=scope options=scopes/>
            <Show when=move || scope.with(|scope| scope == "listed")>
                <Field
                    label="Logged key IDs"
                    hint="Numeric IDs of the keys. Press Enter or comma to add one, or paste a list."
                    problem=editing.problem(F::ApiKeyIds)
                >
                    <TokenInput values=editing.key_ids() placeholder="Such as 12" validate=must_be_number/>
                </Field>
            </Show>
            {switch(editing, F::Broadcast, "Sends traces of requests to the workspace’s broadcast destinations.")}
            {switch(editing, F::DataDiscount, "Lets the service use inputs and outputs in exchange for a discount.")}
        </FormSection>
    }
}

fn switch(editing: Editing, field: F, description: &'static str) -> impl IntoView {
    view! { <Switch checked=editing.bind(field) label=field.label() description=description/> }
}

#[component]
fn ToolFields(editing: Editing) -> impl IntoView {
    let known = Signal::derive(|| {
        ["web_search", "web_fetch", "datetime", "image_generation"].map(|tool| format!("openrouter:{tool}")).to_vec()
    });
    view! {
        <FormSection title="Server tools" description="Tools that the service runs during a request.">
            <Field
                label=F::DisabledTools.label()
                optional_mark=true
                hint="Requests in this workspace can’t use these. Press Enter or comma to add one."
                problem=editing.problem(F::DisabledTools)
            >
                <TokenInput
                    values=editing.bind(F::DisabledTools)
                    suggestions=known
                    placeholder="Such as openrouter:web_search"
                />
            </Field>
        </FormSection>
    }
}
