//! What a workspace is called.

use leptos::prelude::*;

use super::{Editing, FormSection};
use crate::domain::Slug;
use crate::domain::slug::MAX_SLUG;
use crate::domain::text::{MAX_DESCRIPTION, MAX_NAME};
use crate::forms::Field as F;
use crate::ui::{Field, TextArea, TextInput};

/// Name, slug, description.
#[component]
pub(super) fn IdentityFields(editing: Editing, suggests_slug: bool) -> impl IntoView {
    let is_slug_edited = RwSignal::new(!suggests_slug || editing.slug.with_untracked(|slug| !slug.is_empty()));
    let touch_name = editing.touch(F::Name);
    let name_typed = Callback::new(move |name: String| {
        if !is_slug_edited.get_untracked() {
            editing.slug.set(Slug::suggest(&name).map(String::from).unwrap_or_default());
        }
        touch_name.run(name);
    });
    let touch_slug = editing.touch(F::Slug);
    let slug_typed = Callback::new(move |slug: String| {
        // An emptied slug follows the name again.
        is_slug_edited.set(!suggests_slug || !slug.is_empty());
        touch_slug.run(slug);
    });
    view! {
        <FormSection title="Identity" description="How people and requests tell this workspace from the others.">
            <Field
                label=F::Name.label()
                required=true
                problem=editing.problem(F::Name)
                counter=counter(editing.name, MAX_NAME)
            >
                <TextInput value=editing.name name="name" on_input=name_typed on_blur=editing.leave(F::Name)/>
            </Field>
            <Field
                label=F::Slug.label()
                required=true
                hint="Names the workspace in addresses and in the API. Lowercase letters, digits and hyphens."
                problem=editing.problem(F::Slug)
                counter=counter(editing.slug, MAX_SLUG)
            >
                <TextInput
                    value=editing.slug
                    name="slug"
                    mono=true
                    on_input=slug_typed
                    on_blur=editing.leave(F::Slug)
                />
            </Field>
            <Field
                label=F::Description.label()
                optional_mark=true
                problem=editing.problem(F::Description)
                counter=counter(editing.description, MAX_DESCRIPTION)
            >
                <TextArea value=editing.description name="description" on_input=editing.touch(F::Description)/>
            </Field>
        </FormSection>
    }
}

/// `12 / 100`, from half of the limit on.
fn counter(text: RwSignal<String>, limit: usize) -> Signal<Option<String>> {
    Signal::derive(move || {
        let length = text.with(|text| text.trim().chars().count());
        (length * 2 >= limit).then(|| format!("{length} / {limit}"))
    })
}
