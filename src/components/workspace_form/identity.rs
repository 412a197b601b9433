//! The name, slug and description of a workspace.

use leptos::prelude::*;

use super::{Editing, FormSection};
use crate::domain::slug::MAX_SLUG;
use crate::domain::text::{MAX_DESCRIPTION, MAX_NAME};
use crate::forms::{FormField as _, WorkspaceField as F};
use crate::ui::{Bound, Field, TextArea, TextInput};

/// Name, slug, description.
#[component]
pub(super) fn IdentityFields(editing: Editing, suggests_slug: bool) -> impl IntoView {
    let (name, slug) = (editing.name(suggests_slug), editing.bind(F::Slug));
    let description = editing.bind(F::Description);
    view! {
        <FormSection title="Identity" description="How people and requests tell this workspace from the others.">
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
                hint="Names the workspace in addresses and in the API. Lowercase letters, digits and hyphens."
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
