//! What is logged of requests, and who can see it.

use leptos::prelude::*;

use super::{Editing, FormSection};
use crate::forms::{FormField as _, WorkspaceField as F};
use crate::ui::{Field, InputKind, RadioGroup, SelectOption, Switch, TextInput, TokenInput};

/// Logging, broadcast and data discount.
#[component]
pub(super) fn LoggingFields(editing: Editing) -> impl IntoView {
    let scopes = Signal::derive(|| {
        vec![SelectOption::new("all", "All API keys"), SelectOption::new("listed", "Only the listed keys")]
    });
    let scope = editing.key_scope();
    let must_be_number = Callback::new(|text: String| {
        text.parse::<i64>().is_err().then(|| format!("“{text}” is not the number of an API key"))
    });
    view! {
        <FormSection title="Logging and privacy" description="What is kept of this workspace’s requests, and for whom.">
            <Switch
                checked=editing.bind(F::IoLogging)
                label=F::IoLogging.label()
                description="Keeps the inputs and outputs of requests for your organization to look at."
            />
            <Field
                label=F::SamplingRate.label()
                optional_mark=true
                hint="The share of requests that is logged, from 0.0001 to 1 (all). 25 % is 0.25."
                problem=editing.problem(F::SamplingRate)
            >
                <TextInput value=editing.bind(F::SamplingRate) kind=InputKind::Decimal name="sampling-rate"/>
            </Field>
            <RadioGroup legend=F::ApiKeyIds.label() value=scope options=scopes/>
            <Show when=move || scope.with(|scope| scope == "listed")>
                <Field
                    label="Numbers of the logged keys"
                    hint="The keys’ numeric ids. Enter or a comma adds one; a pasted list is split."
                    problem=editing.problem(F::ApiKeyIds)
                >
                    <TokenInput values=editing.key_ids() placeholder="Such as 12" validate=must_be_number/>
                </Field>
            </Show>
            <Switch
                checked=editing.bind(F::Broadcast)
                label=F::Broadcast.label()
                description="Sends traces of requests to the workspace’s broadcast destinations."
            />
            <Switch
                checked=editing.bind(F::DataDiscount)
                label=F::DataDiscount.label()
                description="Lets inputs and outputs be used by the service in exchange for a discount."
            />
        </FormSection>
    }
}
