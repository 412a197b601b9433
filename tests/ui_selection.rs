//! Selecting rows of a long table, in a real document.
#![cfg(target_arch = "wasm32")]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[expect(dead_code, reason = "each test file uses its part of the harness")]
mod ui_harness;

use std::sync::Arc;

use console::components::{HeaderCheckbox, RowCheckbox, RowSelection, SelectableRows};
use console::domain::UserId;
use console::ui::VirtualTable;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use ui_harness::{Stage, has_focus, press, until};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::HtmlInputElement;

wasm_bindgen_test_configure!(run_in_browser);

/// A table of 1,000 people in a container that shows a few of them.
fn table() -> (Stage, RowSelection<UserId>) {
    let ids: Vec<_> = (0..1_000).map(|number| UserId::parse(&format!("user_{number}")).unwrap()).collect();
    let ids = Arc::new(ids);
    let row_selection = RowSelection::new(Memo::new(move |_| Arc::clone(&ids)));
    let stage = Stage::new(move || {
        let row = move |at: usize| {
            let id = row_selection.ids.with(|ids| ids[at].clone());
            view! { <RowCheckbox row_selection=row_selection id=id.clone() name=id.to_string()/> <td role="cell">{id.to_string()}</td> }
                .into_any()
        };
        view! {
            <div id="container" style:overflow-y="auto" style:height="200px">
                <SelectableRows row_selection=row_selection>
                    <VirtualTable
                        caption="People"
                        header=move || view! { <HeaderCheckbox row_selection=row_selection/> }.into_any()
                        columns=2
                        row_count=Signal::stored(1_000)
                        row_key=move |at: usize| row_selection.ids.with(|ids| ids[at].to_string())
                        row=row
                        body=row_selection.body
                    />
                </SelectableRows>
            </div>
        }
        .into_any()
    });
    (stage, row_selection)
}

fn selected(row_selection: RowSelection<UserId>) -> Vec<String> {
    row_selection.selected_ids().iter().map(UserId::to_string).collect()
}

#[wasm_bindgen_test]
async fn the_header_checkbox_selects_only_the_rows_that_the_container_shows() {
    let (stage, row_selection) = table();
    stage.appears("tr[data-key=user_3]").await;
    let container = stage.get("#container");
    container.set_scroll_top(container.scroll_height() / 2);
    until("rows of the middle", || {
        stage.all("tr[data-row]").iter().any(|row| row.get_attribute("data-row").unwrap().len() == 3)
    })
    .await;
    // Rows are drawn in several frames: first those in the container.
    until("rows in the container, and more outside of it", || {
        let shown = keys_in_container(&stage).len();
        shown != 0 && shown < stage.all("tr[data-row]").len()
    })
    .await;

    let expected = keys_in_container(&stage);
    stage.get("thead input").click();
    assert_eq!(selected(row_selection), expected);
    stage.get("thead input").click();
    assert_eq!(selected(row_selection), Vec::<String>::new());
}

/// The keys of the rows whose middle is inside the container.
fn keys_in_container(stage: &Stage) -> Vec<String> {
    let container = stage.get("#container").get_bounding_client_rect();
    let rows = stage.all("tr[data-row]").into_iter().filter(|row| {
        let row = row.get_bounding_client_rect();
        let middle = f64::midpoint(row.top(), row.bottom());
        (container.top()..container.bottom()).contains(&middle)
    });
    rows.map(|row| row.get_attribute("data-key").unwrap()).collect()
}

#[wasm_bindgen_test]
async fn the_arrow_keys_move_between_checkboxes_and_a_press_toggles_one() {
    let (stage, row_selection) = table();
    let first = stage.appears("tr[data-key=user_1] input").await;
    first.focus().unwrap();
    press(&first, "ArrowDown");
    let second = stage.get("tr[data-key=user_2] input");
    assert!(has_focus(&second));
    second.click();
    assert_eq!(selected(row_selection), ["user_2"]);
    let input: &HtmlInputElement = second.unchecked_ref();
    until("the box is checked", || input.checked()).await;
}
