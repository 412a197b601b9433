//! The signals of the form for many workspaces. Everything else works on a plain [`BulkForm`].

use leptos::prelude::*;

use crate::forms::{BulkForm, RungChoice};

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

impl Default for ChangeEditing {
    fn default() -> Self {
        Self {
            kind: RwSignal::new("ladder".to_owned()),
            choices: std::array::from_fn(|_| RwSignal::new("keep".to_owned())),
            amounts: std::array::from_fn(|_| RwSignal::new(String::new())),
            percent: RwSignal::new(String::new()),
            intervals: std::array::from_fn(|_| RwSignal::new(true)),
        }
    }
}

impl ChangeEditing {
    /// The values. Tracks all that belong to the chosen kind.
    pub(super) fn form(&self) -> BulkForm {
        let intervals = self.intervals.map(|is_on| is_on.get());
        match self.kind.get().as_str() {
            "raise" => BulkForm::Raise(self.percent.get(), intervals),
            "cut" => BulkForm::Cut(self.percent.get(), intervals),
            _ => BulkForm::Ladder(std::array::from_fn(|at| {
                let choice = match self.choices[at].get().as_str() {
                    "set" => RungChoice::Set,
                    "remove" => RungChoice::Remove,
                    _ => RungChoice::Keep,
                };
                (choice, self.amounts[at].get())
            })),
        }
    }
}
