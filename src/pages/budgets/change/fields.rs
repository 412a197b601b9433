//! The fields of a change for many workspaces. An amount can be typed only where a limit is to be set.

use leptos::prelude::*;

use super::editing::ChangeEditing;
use crate::domain::Interval;
use crate::ui::{Checkbox, Field, InputKind, Segmented, Select, SelectOption, TextInput};

#[component]
pub(super) fn ChangeFields(editing: ChangeEditing) -> impl IntoView {
    let kinds = Signal::derive(|| {
        vec![
            SelectOption::new("ladder", "Give one ladder"),
            SelectOption::new("raise", "Raise by"),
            SelectOption::new("cut", "Cut by"),
        ]
    });
    let is_ladder = Memo::new(move |_| editing.kind.with(|kind| kind == "ladder"));
    view! {
        <Segmented legend="What to change" value=editing.kind options=kinds/>
        {move || match is_ladder.get() {
            true => {
                let rung = |interval| view! { <RungChange editing=editing interval=interval/> };
                view! { <div class="change">{Interval::ALL.map(rung).map(IntoAny::into_any).collect_view()}</div> }.into_any()
            }
            false => view! { <Share editing=editing/> }.into_any(),
        }}
    }
}

#[component]
fn RungChange(editing: ChangeEditing, interval: Interval) -> impl IntoView {
    let at = interval.index();
    let options = Signal::derive(|| {
        vec![
            SelectOption::new("keep", "Leave as it is"),
            SelectOption::new("set", "Set to"),
            SelectOption::new("remove", "No limit"),
        ]
    });
    let is_set = Memo::new(move |_| editing.choices[at].with(|choice| choice == "set"));
    view! {
        <div class="change__rung" role="group" aria-label=interval.label()>
            <Field label=interval.label()><Select value=editing.choices[at] options=options/></Field>
            {move || is_set.get().then(|| view! {
                <Field label=format!("{} amount", interval.label())>
                    <TextInput value=editing.amounts[at] kind=InputKind::Decimal prefix="$"/>
                </Field>
            }.into_any())}
        </div>
    }
}

#[component]
fn Share(editing: ChangeEditing) -> impl IntoView {
    let box_of = move |interval: Interval| {
        let is_on = editing.intervals[interval.index()];
        view! { <Checkbox checked=is_on label=interval.label()/> }
    };
    view! {
        <div class="change change--share">
            <Field
                label="Percentage"
                hint="Rounded to the cent, or finer where a limit is finer. A workspace keeps the intervals that have no limit."
            >
                <TextInput value=editing.percent kind=InputKind::Decimal suffix="%"/>
            </Field>
            <fieldset class="change__intervals">
                <legend>{"Limits to change"}</legend>
                {Interval::ALL.map(box_of).map(IntoAny::into_any).collect_view()}
            </fieldset>
        </div>
    }
}
