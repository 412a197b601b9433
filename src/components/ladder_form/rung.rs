//! One limit: on or off, its amount, and the amount that would end its conflict.

use leptos::prelude::*;

use super::LadderEditing;
use crate::domain::Interval;
use crate::ui::{Button, Field, InputKind, Switch, TextInput, dynamic};

#[component]
pub(super) fn Rung(
    editing: LadderEditing,
    interval: Interval,
    meaning: Callback<Interval, String>,
    beside: Option<Callback<Interval, AnyView>>,
) -> impl IntoView {
    let is_on = editing.is_on(interval);
    let meaning = Signal::derive(move || Some(meaning.run(interval)));
    view! {
        <div class="rung" class:is-off=move || !is_on.get() role="group" aria-label=interval.label()>
            <div class="rung__name">
                <Switch checked=is_on label=interval.label() description=meaning/>
            </div>
            <div class="rung__limit">
                {move || match is_on.get() {
                    true => view! { <Amount editing=editing interval=interval/> }.into_any(),
                    false => view! { <p class="rung__off">{"No limit"}</p> }.into_any(),
                }}
            </div>
            {beside.map(|beside| view! { <div class="rung__use">{beside.run(interval)}</div> })}
        </div>
    }
}

#[component]
fn Amount(editing: LadderEditing, interval: Interval) -> impl IntoView {
    let leave = Callback::new(move |()| editing.leave(interval));
    view! {
        <Field label=format!("{} limit", interval.label()) problem=editing.problem(interval)>
            <TextInput
                value=editing.amount(interval)
                kind=InputKind::Decimal
                prefix="$"
                name=format!("limit-{}", interval.as_str())
                on_blur=leave
            />
        </Field>
        <Suggestion editing=editing interval=interval/>
    }
}

/// The nearest valid amount, one press away.
#[component]
fn Suggestion(editing: LadderEditing, interval: Interval) -> impl IntoView {
    let suggestion = Memo::new(move |_| editing.suggestion(interval));
    dynamic(move || {
        suggestion.get().map(|amount| {
            let take = Callback::new(move |()| {
                editing.state.update(|form| form.limits[interval.index()].amount = amount.input_text());
            });
            let label = format!("Set {} to {amount}", interval.as_str());
            view! { <Button on_click=take label=label>{format!("Use {amount}")}</Button> }
        })
    })
}
