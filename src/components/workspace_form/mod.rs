//! The fields of a workspace, for the pages that create and that change one.
//!
//! Invariant: a field shows its problem once it was touched. A problem that the server found goes when its field changes.

mod editing;

use crate::components::fixed_options;
use crate::data::{Data, ModelList, use_data};
use crate::domain::text::{MAX_DESCRIPTION, MAX_NAME};
use crate::domain::{Model, ProviderSort, Slug, slug::MAX_SLUG};
use crate::forms::{FormField as _, WorkspaceField as F};
use crate::ui::{
    Bound, Button, Combobox, Field, InputKind, RadioGroup, Select, SelectOption, Switch, TextArea, TextInput,
    TokenInput, dynamic, exact_text, focus, unique_id,
};
use leptos::{html, prelude::*};

pub use editing::Editing;

/// A titled part of a form. `anchor` is the ID by which a [`crate::ui::SectionNav`] finds it.
#[component]
pub fn FormSection(
    title: &'static str,
    #[prop(optional)] description: &'static str,
    #[prop(optional)] anchor: Option<&'static str>,
    children: Children,
) -> impl IntoView {
    let id = unique_id("section");
    view! {
        <section class="form__section" id=anchor aria-labelledby=id.clone()>
            <div class="form__legend">
                <h2 class="form__title" id=id.clone() tabindex=anchor.map(|_| "-1")>{title}</h2>
                {(!description.is_empty()).then(|| view! { <p class="form__description">{description}</p> })}
            </div>
            <div class="form__fields">{children()}</div>
        </section>
    }
}

#[component]
pub fn IdentityFields(editing: Editing, #[prop(optional)] suggests_slug: bool) -> impl IntoView {
    let (name, slug) = (editing.name(suggests_slug), editing.bind(F::Slug));
    let description = editing.bind(F::Description);
    let leave_name = if suggests_slug { editing.leave_name() } else { editing.leave(F::Name) };
    let slug_input = NodeRef::<html::Input>::new();
    view! {
        <FormSection title="Identity" description="How people and requests identify this workspace." anchor="identity">
            <Field
                label=F::Name.label()
                required=true
                problem=editing.problem(F::Name)
                counter=counter(name, MAX_NAME)
                changed=editing.is_changed(F::Name)
            >
                <TextInput value=name name="name" on_blur=leave_name/>
            </Field>
            <div class={"form__field-with-offer"}>
                <Field
                    label=F::Slug.label()
                    required=true
                    hint="Identifies the workspace in URLs and in the API. Use lowercase letters, digits and hyphens."
                    problem=editing.problem(F::Slug)
                    counter=counter(slug, MAX_SLUG)
                    changed=editing.is_changed(F::Slug)
                >
                    <TextInput value=slug name="slug" mono=true on_blur=editing.leave(F::Slug) node_ref=slug_input/>
                </Field>
                {free_slug(editing, slug, slug_input)}
            </div>
            <Field
                label=F::Description.label()
                optional_mark=true
                problem=editing.problem(F::Description)
                counter=counter(description, MAX_DESCRIPTION)
                changed=editing.is_changed(F::Description)
            >
                <TextArea value=description name="description"/>
            </Field>
        </FormSection>
    }
}

/// A button that enters a free slug. The focus goes back to the field.
fn free_slug(editing: Editing, slug: Bound<String>, input: NodeRef<html::Input>) -> impl IntoView {
    let free = editing.free_slug();
    let button = move |free: Slug| {
        let text = format!("Use {free}");
        let enter = move |()| {
            slug.set(free.to_string());
            input.get_untracked().iter().for_each(|input| focus(input));
        };
        view! { <Button on_click=enter>{exact_text(text)}</Button> }
    };
    view! { <div class="form__offer" role="status">{dynamic(move || free.get().map(button))}</div> }
}

/// `12 / 100`, from half of the limit on.
fn counter(text: Bound<String>, limit: usize) -> Signal<Option<String>> {
    Signal::derive(move || {
        let length = text.with(|text| text.trim().chars().count());
        (length * 2 >= limit).then(|| format!("{length} / {limit}"))
    })
}

#[component]
pub fn ModelFields(editing: Editing) -> impl IntoView {
    let models = use_data(|| Some(ModelList));
    let orders = Signal::derive(|| {
        let none = SelectOption::new("", "Not set: the API decides");
        let known = ProviderSort::KNOWN.iter().map(|sort| SelectOption::new(sort.as_str(), describe(sort)));
        std::iter::once(none).chain(known).collect::<Vec<_>>()
    });
    view! {
        <FormSection title="Models" description="Used when a request names no model or no provider order." anchor="models">
            {model_field(editing, F::TextModel, models, "text")}
            {model_field(editing, F::ImageModel, models, "image")}
            <Field
                label=F::ProviderSort.label()
                optional_mark=true
                problem=editing.problem(F::ProviderSort)
                changed=editing.is_changed(F::ProviderSort)
            >
                <Select value=editing.bind(F::ProviderSort) options=orders name="provider-sort"/>
            </Field>
            {tools_field(editing)}
        </FormSection>
    }
}

/// A model: one that returns the modality, or any id that is typed.
fn model_field(editing: Editing, field: F, models: Data<Vec<Model>>, modality: &'static str) -> impl IntoView {
    view! {
        <Field
            label=field.label()
            optional_mark=true
            hint=hint(models)
            problem=editing.problem(field)
            changed=editing.is_changed(field)
        >
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
pub fn LoggingFields(editing: Editing) -> impl IntoView {
    let is_shown = editing.shows_logging();
    view! {
        <FormSection
            title="Logging"
            description="What is stored of this workspace’s requests, and who can use it."
            anchor="logging"
        >
            {switch(
                editing,
                F::IoLogging,
                editing.io_logging(),
                "Stores the inputs and outputs of requests for your organization to review.",
            )}
            <Show when=move || is_shown.get()>
                <div class={"form__children"}>{logged_requests(editing)}</div>
            </Show>
            {switch(
                editing,
                F::Broadcast,
                editing.bind(F::Broadcast),
                "Sends traces of requests to the workspace’s broadcast destinations.",
            )}
            {switch(
                editing,
                F::DataDiscount,
                editing.bind(F::DataDiscount),
                "Lets the service use inputs and outputs in exchange for a discount.",
            )}
        </FormSection>
    }
}

/// Which requests are logged.
fn logged_requests(editing: Editing) -> impl IntoView {
    let scopes = fixed_options(&[("all", "All API keys"), ("listed", "Only listed API keys")]);
    let scope = editing.key_scope();
    let must_be_number =
        |text: String| text.parse::<i64>().is_err().then(|| format!("“{text}” is not an API key ID, such as 12"));
    view! {
        <Field
            label=F::SamplingRate.label()
            unit="in percent"
            optional_mark=true
            hint="The share of requests to log, from 0.01% to 100%."
            problem=editing.problem(F::SamplingRate)
            changed=editing.is_changed(F::SamplingRate)
        >
            <TextInput value=editing.sampling_rate() kind=InputKind::Decimal name="sampling-rate" suffix="%"/>
        </Field>
        <RadioGroup
            legend=F::ApiKeyIds.label()
            value=scope
            options=scopes
            changed=editing.is_changed(F::ApiKeyIds)
        />
        <Show when=move || scope.with(|scope| scope == "listed")>
            <Field
                label="Logged key IDs"
                hint="Numeric IDs of the keys. Press Enter or comma to add one, or paste a list."
                problem=editing.problem(F::ApiKeyIds)
            >
                <TokenInput values=editing.key_ids() placeholder="Such as 12" validate=must_be_number/>
            </Field>
        </Show>
    }
}

fn switch(editing: Editing, field: F, checked: Bound<bool>, description: &'static str) -> impl IntoView {
    view! {
        <Switch
            checked=checked
            label=field.label()
            description=description
            changed=editing.is_changed(field)
        />
    }
}

fn tools_field(editing: Editing) -> impl IntoView {
    let known = Signal::derive(|| {
        ["web_search", "web_fetch", "datetime", "image_generation"].map(|tool| format!("openrouter:{tool}")).to_vec()
    });
    view! {
        <Field
            label=F::DisabledTools.label()
            optional_mark=true
            hint="Tools of the service that requests in this workspace can’t use. Press Enter or comma to add one."
            problem=editing.problem(F::DisabledTools)
            changed=editing.is_changed(F::DisabledTools)
        >
            <TokenInput
                values=editing.bind(F::DisabledTools)
                suggestions=known
                placeholder="Such as openrouter:web_search"
            />
        </Field>
    }
}
