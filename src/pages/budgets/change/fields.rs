//! The form of a change for many workspaces. An amount can be typed only where a limit is to be set.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::components::{AmountChoices, DraftNote, fixed_options};
use crate::domain::Interval;
use crate::forms::{BulkForm, RungChoice};
use crate::session::drafts;
use crate::ui::{Checkbox, Field, InputKind, Segmented, Select, TextInput};

#[component]
pub(super) fn ChangeFields(editing: ChangeEditing) -> impl IntoView {
    let kinds = fixed_options(&[("ladder", "Set the same limits"), ("raise", "Increase"), ("cut", "Decrease")]);
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
        <DraftNote/>
    }
}

#[component]
fn RungChange(editing: ChangeEditing, interval: Interval) -> impl IntoView {
    let at = interval.index();
    let options = fixed_options(&[("keep", "No change"), ("set", "Set to"), ("remove", "No limit")]);
    let is_set = Memo::new(move |_| editing.choices[at].with(|choice| choice == "set"));
    view! {
        <div class="change__rung" role="group" aria-label=interval.label()>
            <Field label=interval.label()><Select value=editing.choices[at] options=options/></Field>
            {move || is_set.get().then(|| view! {
                <Field label=format!("{} amount", interval.label())>
                    <TextInput value=editing.amounts[at] kind=InputKind::Decimal prefix="$"/>
                </Field>
                <AmountChoices value=editing.amounts[at] label=interval.label()/>
            }.into_any())}
        </div>
    }
}

#[component]
fn Share(editing: ChangeEditing) -> impl IntoView {
    let checkbox = move |interval: Interval| {
        view! { <Checkbox checked=editing.intervals[interval.index()] label=interval.label()/> }.into_any()
    };
    view! {
        <div class="change change--share">
            <Field
                label="Percentage"
                hint="Rounded to the cent, or finer if a limit is finer. Intervals without a limit stay without one."
            >
                <TextInput value=editing.percent kind=InputKind::Decimal suffix="%"/>
            </Field>
            <fieldset class="change__intervals">
                <legend>{"Limits to change"}</legend>
                {Interval::ALL.map(checkbox).collect_view()}
            </fieldset>
        </div>
    }
}

/// The form's signals; arrays are by interval, broadest first.
#[derive(Clone, Copy)]
pub(super) struct ChangeEditing {
    /// `ladder`, `raise` or `cut`.
    pub kind: RwSignal<String>,
    /// `keep`, `set` or `remove`.
    pub choices: [RwSignal<String>; 4],
    pub amounts: [RwSignal<String>; 4],
    pub percent: RwSignal<String>,
    pub intervals: [RwSignal<bool>; 4],
}

/// What was typed, as it is kept as a draft. Arrays are by interval, broadest first.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
struct ChangeDraft {
    kind: String,
    choices: [String; 4],
    amounts: [String; 4],
    percent: String,
    intervals: [bool; 4],
}

impl Default for ChangeDraft {
    fn default() -> Self {
        Self {
            kind: "ladder".to_owned(),
            choices: std::array::from_fn(|_| "keep".to_owned()),
            amounts: Default::default(),
            percent: String::new(),
            intervals: [true; 4],
        }
    }
}

impl ChangeEditing {
    /// The form as its draft was left, which is kept from now on.
    pub(super) fn kept_as(name: &str) -> Self {
        let draft: ChangeDraft = drafts::restore_value(name).unwrap_or_default();
        let editing = Self {
            kind: RwSignal::new(draft.kind),
            choices: draft.choices.map(RwSignal::new),
            amounts: draft.amounts.map(RwSignal::new),
            percent: RwSignal::new(draft.percent),
            intervals: draft.intervals.map(RwSignal::new),
        };
        drafts::keep_value(name.to_owned(), move || ChangeDraft {
            kind: editing.kind.get(),
            choices: editing.choices.map(|it| it.get()),
            amounts: editing.amounts.map(|it| it.get()),
            percent: editing.percent.get(),
            intervals: editing.intervals.map(|it| it.get()),
        });
        editing
    }

    pub(super) fn clear(&self) {
        let ChangeDraft { kind, choices, amounts, percent, intervals } = ChangeDraft::default();
        self.kind.set(kind);
        self.percent.set(percent);
        for (signal, choice) in self.choices.iter().zip(choices) {
            signal.set(choice);
        }
        for (signal, amount) in self.amounts.iter().zip(amounts) {
            signal.set(amount);
        }
        for (signal, is_on) in self.intervals.iter().zip(intervals) {
            signal.set(is_on);
        }
    }

    pub(super) fn form(&self) -> BulkForm {
        let intervals = self.intervals.map(|is_on| is_on.get());
        match self.kind.get().as_str() {
            "raise" => BulkForm::Raise(self.percent.get(), intervals),
            "cut" => BulkForm::Cut(self.percent.get(), intervals),
            _ => BulkForm::Ladder(std::array::from_fn(|at| {
                (RungChoice::parse(&self.choices[at].get()).unwrap_or_default(), self.amounts[at].get())
            })),
        }
    }
}
