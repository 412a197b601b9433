//! The fields of a workspace, for the pages that create and that change one.
//!
//! Invariant: a field shows its problem once it was touched. A problem that the server found goes when its field changes.

mod editing;
mod sections;

use leptos::prelude::*;

pub use editing::Editing;

use sections::{DefaultFields, IdentityFields, LoggingFields, ToolFields};

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
