//! The server tools that requests may not use.

use leptos::prelude::*;

use super::{Editing, FormSection};
use crate::forms::{FormField as _, WorkspaceField as F};
use crate::ui::{Field, TokenInput};

/// Disabled server tools.
#[component]
pub(super) fn ToolFields(editing: Editing) -> impl IntoView {
    let known = Signal::derive(|| {
        ["web_search", "web_fetch", "datetime", "image_generation"].map(|tool| format!("openrouter:{tool}")).to_vec()
    });
    view! {
        <FormSection title="Server tools" description="Tools that the service runs by itself during a request.">
            <Field
                label=F::DisabledTools.label()
                optional_mark=true
                hint="Requests of this workspace cannot use these. Enter or a comma adds one."
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
