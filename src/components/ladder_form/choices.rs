//! Offers both meanings of an amount that could mean two.

use leptos::prelude::*;

use crate::domain::{Usd, UsdProblem};
use crate::ui::{Bound, Button, dynamic, exact_text};

/// Two buttons while the text could mean two amounts. Each enters one of them.
#[component]
pub fn AmountChoices(#[prop(into)] value: Bound<String>, label: &'static str) -> impl IntoView {
    let choices = Memo::new(move |_| match value.with(|text| Usd::parse(text)) {
        Err(UsdProblem::Ambiguous(small, large)) => Some([small, large]),
        _ => None,
    });
    let button = move |amount: Usd| {
        let choose = move |()| value.set(amount.input_text());
        view! { <Button on_click=choose label=format!("Set {label} to {amount}")>{exact_text(format!("Use {amount}"))}</Button> }
    };
    dynamic(move || {
        choices.get().map(|choices| {
            view! {
                <div class="amount-choices" role="group" aria-label="Which amount do you mean?">
                    {choices.map(button).into_iter().collect_view()}
                </div>
            }
        })
    })
}
