//! The four limits of a workspace, for the pages that edit budgets and that create a workspace.
//!
//! Invariant: a conflict shows at both limits during typing. Text that isn't an amount shows once the field was left.

mod choices;
mod editing;

use leptos::{html, prelude::*};

pub use choices::AmountChoices;
pub use editing::LadderEditing;

use crate::domain::Interval;
use crate::ui::{Button, Field, Icon, IconButton, IconMark, InputKind, Switch, TextInput, dynamic, focus, unique_id};

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

/// A limit with its amount, or a button that adds it.
#[component]
fn Rung(
    editing: LadderEditing,
    interval: Interval,
    meaning: Callback<Interval, String>,
    beside: Option<Callback<Interval, AnyView>>,
) -> impl IntoView {
    let is_on = editing.is_on(interval);
    let meaning = Memo::new(move |_| meaning.run(interval));
    // A limit that was just added takes what is typed next.
    let is_added = StoredValue::new(false);
    let id = unique_id("limit");
    let described_by = id.clone();
    let add = move || {
        view! {
            <button
                type="button"
                class="button button--ghost rung__add"
                aria-describedby=described_by.clone()
                on:click=move |_| {
                    is_added.set_value(true);
                    is_on.set(true);
                }
            >
                <IconMark icon=Icon::Plus/>
                {format!("Add {} limit", interval.as_str())}
            </button>
        }
        .into_any()
    };
    view! {
        <div class="rung" class:is-off=move || !is_on.get() role="group" aria-label=interval.label()>
            <div class="rung__name">
                <span class="rung__interval" aria-hidden="true">{interval.label()}</span>
                <span class="rung__meaning" id=id title=move || meaning.get()>
                    {move || {
                        // What is in brackets says the same in full.
                        let text = meaning.get();
                        let at = text.find(" (").unwrap_or(text.len());
                        let (short, rest) = text.split_at(at);
                        view! {
                            <span>{short.to_owned()}</span>
                            <span class="visually-hidden">{rest.to_owned()}</span>
                        }
                    }}
                </span>
            </div>
            {dynamic(move || match is_on.get() {
                true => amount(editing, interval, meaning, is_added),
                false => add(),
            })}
            {beside.map(|beside| view! { <div class="rung__use">{beside.run(interval)}</div> })}
        </div>
    }
}

/// The amount of a limit, and a button that removes the limit. If the limit was added, the amount takes the focus.
fn amount(editing: LadderEditing, interval: Interval, meaning: Memo<String>, is_added: StoredValue<bool>) -> AnyView {
    let is_on = editing.is_on(interval);
    let input = NodeRef::<html::Input>::new();
    if is_added.get_value() {
        is_added.set_value(false);
        input.on_load(|input| focus(&input));
    }
    view! {
        <div class="rung__limit">
            <Field
                label=format!("{} limit", interval.label())
                unit="in US dollars"
                hint=Signal::derive(move || Some(meaning.get()))
                problem=editing.problem(interval)
                changed=editing.is_changed(interval)
            >
                <TextInput
                    value=editing.amount(interval)
                    kind=InputKind::Decimal
                    prefix="$"
                    name=format!("limit-{}", interval.as_str())
                    on_blur=move |()| editing.leave(interval)
                    node_ref=input
                />
            </Field>
            <AmountChoices value=editing.amount(interval) label=interval.label()/>
            <Suggestion editing=editing interval=interval/>
        </div>
        <div class={"rung__remove"}>
            <IconButton
                icon=Icon::Close
                label=format!("Remove {} limit", interval.as_str())
                on_click=move |()| is_on.set(false)
            />
        </div>
    }
    .into_any()
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
        <Switch
            checked=editing.counts_byok
            label="Count BYOK spend"
            description=Some(description.to_owned())
            changed=editing.is_byok_changed()
        />
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
