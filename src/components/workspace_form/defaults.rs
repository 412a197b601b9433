//! The default models and provider order of a workspace.

use leptos::prelude::*;

use super::{Editing, FormSection};
use crate::data::{Data, ModelList, use_data};
use crate::domain::{Model, ProviderSort};
use crate::forms::{FormField as _, WorkspaceField as F};
use crate::ui::{ComboOption, Combobox, Field, Select, SelectOption};

/// Default models and provider order.
#[component]
pub(super) fn DefaultFields(editing: Editing) -> impl IntoView {
    let models = use_data(|| Some(ModelList));
    let orders = Signal::derive(|| {
        let none = SelectOption::new("", "Not set: the API decides");
        let known = ProviderSort::KNOWN.iter().map(|sort| SelectOption::new(sort.as_str(), describe(sort)));
        std::iter::once(none).chain(known).collect::<Vec<_>>()
    });
    view! {
        <FormSection title="Defaults" description="What a request uses when it names no model and no order of providers.">
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
            <Combobox
                value=editing.bind(field)
                options=options(models, modality)
                placeholder="Not set"
                mono=true
            />
        </Field>
    }
}

fn describe(sort: &ProviderSort) -> &'static str {
    match sort {
        ProviderSort::Price => "Price: cheapest first",
        ProviderSort::Throughput => "Throughput: most tokens a second first",
        ProviderSort::Latency => "Latency: fastest first token first",
        ProviderSort::Exacto => "Exacto: best tool calls first",
        ProviderSort::Other(_) => "Other",
    }
}

fn options(models: Data<Vec<Model>>, modality: &'static str) -> Signal<Vec<ComboOption>> {
    Signal::derive(move || {
        models.state.with(|state| {
            let all = state.data().into_iter().flat_map(|models| models.iter());
            all.filter(|model| model.gives(modality)).map(|model| ComboOption::new(&model.id, &model.name)).collect()
        })
    })
}

/// Where the models could not be listed, the field still takes a typed id.
fn hint(models: Data<Vec<Model>>) -> Signal<Option<String>> {
    Signal::derive(move || {
        let has_failed = models.state.with(|state| state.error().is_some());
        let text = if has_failed {
            "The list of models could not be loaded; type a model’s id."
        } else {
            "Choose from the list, or type a model’s id."
        };
        Some(text.to_owned())
    })
}
