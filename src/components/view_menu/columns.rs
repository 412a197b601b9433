//! The columns of a table as a list: which are shown, and in which order.

use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast as _;

use super::ArrangedTable;
use crate::search::columns::{Arrangement, Column};
use crate::ui::{Icon, IconMark, dynamic, focus, unique_id};

/// What can be done with a column.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Control {
    Shown,
    Up,
    Down,
}

impl Control {
    fn id(self, list: &str, column: Column) -> String {
        let control = match self {
            Self::Shown => "shown",
            Self::Up => "up",
            Self::Down => "down",
        };
        [list, column.word, control].join("-")
    }
}

/// The list, and what it announces.
#[derive(Clone, Copy)]
struct Columns {
    table: ArrangedTable,
    id: StoredValue<String>,
    said: RwSignal<String>,
}

impl Columns {
    fn id(self, column: Column, control: Control) -> String {
        self.id.with_value(|list| control.id(list, column))
    }

    /// Changes the arrangement. A new order draws the list again, so the control gets the focus back.
    fn change(self, column: Column, control: Control, change: impl FnOnce(&mut Arrangement)) {
        let mut arrangement = untrack(|| self.table.arrangement());
        change(&mut arrangement);
        self.table.lay_out(arrangement.layout());
        let id = self.id(column, control);
        request_animation_frame(move || {
            let element = document().get_element_by_id(&id).and_then(|element| element.dyn_into().ok());
            element.iter().for_each(focus);
        });
    }

    fn move_by_one(self, column: Column, is_down: bool) {
        let control = if is_down { Control::Down } else { Control::Up };
        self.change(column, control, |arrangement| {
            if let Some(to) = arrangement.move_by_one(column.word, is_down) {
                self.said.set(format!("{} is now number {} of {}", column.label, to + 1, arrangement.columns.len()));
            }
        });
    }

    fn move_button(self, column: Column, is_down: bool, is_at_end: bool) -> AnyView {
        let (control, icon, way) = match is_down {
            true => (Control::Down, Icon::SortDesc, "down"),
            false => (Control::Up, Icon::SortAsc, "up"),
        };
        let label = format!("Move {} {way}", column.label);
        view! {
            <button
                type="button"
                class="button button--ghost button--icon button--small"
                id=self.id(column, control)
                aria-label=label.clone()
                title=label
                aria-disabled=is_at_end.then_some("true")
                on:click=move |_| self.move_by_one(column, is_down)
            >
                <IconMark icon=icon/>
            </button>
        }
        .into_any()
    }

    fn row(self, column: Column, at: usize, count: usize) -> AnyView {
        let is_column = move |(it, is_shown): (Column, bool)| it == column && is_shown;
        let is_shown = move || self.table.arrangement().columns.into_iter().any(is_column);
        let show = move |event: web_sys::Event| {
            let is_shown = event_target_checked(&event);
            self.change(column, Control::Shown, |arrangement| arrangement.show(column.word, is_shown));
        };
        view! {
            <li class="view-menu__column">
                <label class="checkbox">
                    <input
                        class="checkbox__control"
                        type="checkbox"
                        id=self.id(column, Control::Shown)
                        prop:checked=is_shown
                        on:change=show
                    />
                    <span class="checkbox__label">{column.label}</span>
                </label>
                {self.move_button(column, false, at == 0)}
                {self.move_button(column, true, at + 1 == count)}
            </li>
        }
        .into_any()
    }
}

#[component]
pub(super) fn ColumnList(table: ArrangedTable) -> impl IntoView {
    let list = Columns { table, id: StoredValue::new(unique_id("columns")), said: RwSignal::new(String::new()) };
    let columns =
        Memo::new(move |_| table.arrangement().columns.into_iter().map(|(column, _)| column).collect::<Vec<Column>>());
    let rows = dynamic(move || {
        let columns = columns.get();
        let count = columns.len();
        columns.into_iter().enumerate().map(|(at, column)| list.row(column, at, count)).collect_view()
    });
    let title = format!("{} is always first", table.name.title());
    view! {
        <fieldset class="view-menu__part">
            <legend class="view-menu__title">{"Columns"}</legend>
            <p class="muted">{title}</p>
            <ul class="view-menu__columns">{rows}</ul>
            <p class="visually-hidden" role="status">{move || list.said.get()}</p>
        </fieldset>
    }
}
