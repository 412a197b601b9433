//! The fields of a workspace, for the pages that create and that change one.
//!
//! Invariant: a field shows its problem once it was touched. A problem that the server found goes when its field changes.

mod defaults;
mod editing;
mod identity;
mod logging;
mod tools;

use leptos::prelude::*;

pub use editing::Editing;

use defaults::DefaultFields;
use identity::IdentityFields;
use logging::LoggingFields;
use tools::ToolFields;

/// All fields, in sections.
#[component]
pub fn WorkspaceFields(
    /// The form.
    editing: Editing,
    /// Whether the slug follows the name until it is edited.
    #[prop(optional)]
    suggests_slug: bool,
) -> impl IntoView {
    view! {
        <IdentityFields editing=editing suggests_slug=suggests_slug/>
        <DefaultFields editing=editing/>
        <LoggingFields editing=editing/>
        <ToolFields editing=editing/>
    }
}

/// A group of fields with a title and a description.
#[component]
pub fn FormSection(
    /// The title.
    title: &'static str,
    /// What the fields are for.
    description: &'static str,
    /// The fields.
    children: Children,
) -> impl IntoView {
    let id = crate::ui::unique_id("section");
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
