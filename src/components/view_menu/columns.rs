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

#[component]
pub(super) fn ColumnList(table: ArrangedTable) -> impl IntoView {
    let list = StoredValue::new(unique_id("columns"));
    let said = RwSignal::new(String::new());
    let columns =
        Memo::new(move |_| table.arrangement().columns.into_iter().map(|(column, _)| column).collect::<Vec<Column>>());
    let change = move |column: Column, control: Control, change: &dyn Fn(&mut Arrangement)| {
        let mut arrangement = untrack(|| table.arrangement());
        change(&mut arrangement);
        table.lay_out(arrangement.layout());
        // A new order draws the list again.
        let id = list.with_value(|list| control.id(list, column));
        request_animation_frame(move || {
            let element = document().get_element_by_id(&id).and_then(|element| element.dyn_into().ok());
            element.iter().for_each(focus);
        });
    };
    let move_column = move |column: Column, is_down: bool| {
        let control = if is_down { Control::Down } else { Control::Up };
        let moved = move |arrangement: &mut Arrangement| {
            if let Some(to) = arrangement.move_by_one(column.word, is_down) {
                said.set(format!("{} is now number {} of {}", column.label, to + 1, arrangement.columns.len()));
            }
        };
        change(column, control, &moved);
    };
    let row = move |(at, column, count): (usize, Column, usize)| {
        let is_shown = move || table.arrangement().columns.into_iter().any(|(it, is_shown)| it == column && is_shown);
        let show = move |event: web_sys::Event| {
            let is_shown = event_target_checked(&event);
            change(column, Control::Shown, &|arrangement: &mut Arrangement| arrangement.show(column.word, is_shown));
        };
        let id = move |control: Control| list.with_value(|list| control.id(list, column));
        let button = move |is_down: bool| {
            let (control, icon, way) = match is_down {
                true => (Control::Down, Icon::SortDesc, "down"),
                false => (Control::Up, Icon::SortAsc, "up"),
            };
            let is_at_end = if is_down { at + 1 == count } else { at == 0 };
            let label = format!("Move {} {way}", column.label);
            view! {
                <button
                    type="button"
                    class="button button--ghost button--icon button--small"
                    id=id(control)
                    aria-label=label.clone()
                    title=label
                    aria-disabled=is_at_end.then_some("true")
                    on:click=move |_| move_column(column, is_down)
                >
                    <IconMark icon=icon/>
                </button>
            }
            .into_any()
        };
        view! {
            <li class="view-menu__column">
                <label class="checkbox">
                    <input
                        class="checkbox__control"
                        type="checkbox"
                        id=id(Control::Shown)
                        prop:checked=is_shown
                        on:change=show
                    />
                    <span class="checkbox__label">{column.label}</span>
                </label>
                {button(false)}
                {button(true)}
            </li>
        }
        .into_any()
    };
    let rows = dynamic(move || {
        let columns = columns.get();
        let count = columns.len();
        columns.into_iter().enumerate().map(|(at, column)| row((at, column, count))).collect_view()
    });
    let title = format!("{} is always first", table.name.title());
    view! {
        <fieldset class="view-menu__part">
            <legend class="view-menu__title">{"Columns"}</legend>
            <p class="muted">{title}</p>
            <ul class="view-menu__columns">{rows}</ul>
            <p class="visually-hidden" role="status">{move || said.get()}</p>
        </fieldset>
    }
}
