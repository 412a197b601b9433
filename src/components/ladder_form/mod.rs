//! The four limits of a workspace, for the pages that edit budgets and that create a workspace.
//!
//! Invariant: a conflict shows at both limits during typing. Text that isn't an amount shows once the field was left.

mod choices;
mod editing;

use leptos::prelude::*;

pub use choices::AmountChoices;
pub use editing::LadderEditing;

use crate::domain::Interval;
use crate::ui::{Button, Field, Icon, InputKind, Switch, TextInput, dynamic};

/// All limits, broadest first.
#[component]
pub fn LadderFields(
    editing: LadderEditing,
    meaning: Callback<Interval, String>,
    #[prop(optional)] beside: Option<Callback<Interval, AnyView>>,
) -> impl IntoView {
    let rung = |interval| view! { <Rung editing=editing interval=interval meaning=meaning beside=beside/> };
    view! {
        <div class="ladder">{Interval::ALL.map(rung).into_iter().collect_view()}</div>
        <FitOthers editing=editing/>
    }
}

#[component]
fn Rung(
    editing: LadderEditing,
    interval: Interval,
    meaning: Callback<Interval, String>,
    beside: Option<Callback<Interval, AnyView>>,
) -> impl IntoView {
    let is_on = editing.is_on(interval);
    let meaning = Signal::derive(move || Some(meaning.run(interval)));
    view! {
        <div class="rung" role="group" aria-label=interval.label()>
            <div class="rung__name">
                <Switch checked=is_on label=interval.label() unit="limit" description=meaning/>
            </div>
            <div class="rung__limit">
                {move || match is_on.get() {
                    true => view! {
                        <Field label=format!("{} limit", interval.label()) unit="in US dollars" problem=editing.problem(interval)>
                            <TextInput
                                value=editing.amount(interval)
                                kind=InputKind::Decimal
                                prefix="$"
                                name=format!("limit-{}", interval.as_str())
                                on_blur=move |()| editing.leave(interval)
                            />
                        </Field>
                        <AmountChoices value=editing.amount(interval) label=interval.label()/>
                        <Suggestion editing=editing interval=interval/>
                    }.into_any(),
                    false => view! { <p class="rung__off">{"No limit"}</p> }.into_any(),
                }}
            </div>
            {beside.map(|beside| view! { <div class="rung__use">{beside.run(interval)}</div> })}
        </div>
    }
}

/// A button that enters the nearest valid amount.
#[component]
fn Suggestion(editing: LadderEditing, interval: Interval) -> impl IntoView {
    let suggestion = Memo::new(move |_| editing.suggestion(interval));
    dynamic(move || {
        suggestion.get().map(|amount| {
            let apply =
                move |()| editing.state.update(|form| form.limits[interval.index()].amount = amount.input_text());
            let label = format!("Set {} to {amount}", interval.as_str());
            view! { <Button on_click=apply label=label>{format!("Use {amount}")}</Button> }
        })
    })
}

/// Offers to change the other limits where no single change ends all conflicts.
#[component]
fn FitOthers(editing: LadderEditing) -> impl IntoView {
    let stuck = Memo::new(move |_| editing.stuck_around());
    dynamic(move || {
        stuck.get().map(|(interval, limit)| {
            let label = format!("Adjust the other limits to fit {} {limit}", interval.as_str());
            let fit = move |()| editing.fit_others();
            view! { <div class="ladder__fit"><Button icon=Icon::Check on_click=fit>{label}</Button></div> }
        })
    })
}

/// The switch that belongs to all limits of a workspace (rule 2).
#[component]
pub fn ByokSwitch(editing: LadderEditing) -> impl IntoView {
    let problem = Memo::new(move |_| editing.problems().switch.map(|problem| problem.to_string()));
    let description = "Spend with your organization’s own provider keys counts against every limit of this workspace.";
    view! {
        <Switch checked=editing.counts_byok label="Count BYOK spend" description=Some(description.to_owned())/>
        // Focusable, because no control shows this problem as its own.
        <p
            class="rung__warning"
            role="status"
            tabindex="-1"
            data-problem=move || problem.with(Option::is_some).then_some("")
        >
            {move || problem.get()}
        </p>
    }
}
