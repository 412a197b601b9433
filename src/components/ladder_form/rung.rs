//! One limit: on or off, how much, and the amount that would end its conflict.
//!
//! Invariant: a limit that is off keeps what was typed, so that switching it on again brings it back.

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
    let is_on = editing.is_on[interval.index()];
    let edited = Callback::new(move |_| editing.edited(interval));
    let meaning = Signal::derive(move || Some(meaning.run(interval)));
    view! {
        <div class="rung" class:is-off=move || !is_on.get() role="group" aria-label=interval.label()>
            <div class="rung__name">
                <Switch checked=is_on label=interval.label() description=meaning on_change=edited/>
            </div>
            <div class="rung__limit">
                {move || match is_on.get() {
                    true => view! { <Amount editing=editing interval=interval/> }.into_any(),
                    false => view! { <p class="rung__off">{"No limit"}</p> }.into_any(),
                }}
            </div>
            {beside.map(|beside| view! { <div class="rung__use">{beside.run(interval)}</div> }.into_any())}
        </div>
    }
}

#[component]
fn Amount(editing: LadderEditing, interval: Interval) -> impl IntoView {
    let limit = editing.limits[interval.index()];
    let edited = Callback::new(move |_| editing.edited(interval));
    let leave = Callback::new(move |()| editing.leave(interval));
    view! {
        <Field label=format!("{} limit", interval.label()) problem=editing.problem(interval)>
            <TextInput
                value=limit
                kind=InputKind::Decimal
                prefix="$"
                name=format!("limit-{}", interval.as_str())
                on_input=edited
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
        let Some(amount) = suggestion.get() else { return ().into_any() };
        let take = Callback::new(move |()| editing.limits[interval.index()].set(amount.typed()));
        let label = format!("Set {} to {amount}", interval.as_str());
        view! { <Button on_click=take label=label>{format!("Use {amount}")}</Button> }.into_any()
    })
}
