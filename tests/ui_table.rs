//! The virtual table in a real document, with ten thousand rows.
#![cfg(target_arch = "wasm32")]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[expect(dead_code, reason = "each test file uses its part of the harness")]
mod ui_harness;

use console::ui::VirtualTable;
use leptos::prelude::*;
use ui_harness::{Stage, frame, has_focus, until};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::HtmlElement;

wasm_bindgen_test_configure!(run_in_browser);

/// A table of numbers. Each row has a button with the number in its id.
fn table(rows: RwSignal<Vec<usize>>) -> Stage {
    let count = Signal::derive(move || rows.with(Vec::len));
    let key = move |row: usize| rows.with(|it| format!("key-{}", it[row]));
    let row = move |row: usize| {
        let number = rows.with(|it| it[row]);
        view! { <td role="cell"><button id=format!("row-{number}")>{number}</button></td> }.into_any()
    };
    Stage::new(move || {
        view! {
            <VirtualTable
                caption="Numbers"
                header=|| view! { <th scope="col" role="columnheader">{"Number"}</th> }
                columns=1
                row_count=count
                row_key=key
                row=row
            />
        }
        .into_any()
    })
}

#[wasm_bindgen_test]
async fn a_table_that_replaces_another_draws_only_its_own_rows() {
    let turn = RwSignal::new(0);
    let stage = Stage::new(move || {
        let view = move || {
            let first = turn.get() * 10;
            view! {
                <VirtualTable
                    caption="Numbers"
                    header=|| view! { <th scope="col" role="columnheader">{"Number"}</th> }
                    columns=1
                    row_count=Signal::stored(3)
                    row_key=move |row: usize| format!("key-{row}")
                    row=move |row: usize| view! { <td role="cell">{first + row}</td> }.into_any()
                />
            }
        };
        view! { {move || view().into_any()} }.into_any()
    });
    until("rows", || drawn(&stage).len() == 3).await;
    turn.set(1);
    let texts = || drawn(&stage).iter().map(|row| row.text_content().unwrap()).collect::<Vec<_>>();
    until("the rows of the second table", || texts() == ["10", "11", "12"]).await;
}

fn drawn(stage: &Stage) -> Vec<HtmlElement> {
    stage.all("tr[data-row]")
}

fn is_on_screen(element: &HtmlElement) -> bool {
    let place = element.get_bounding_client_rect();
    place.top() >= 0.0 && place.bottom() <= window().inner_height().unwrap().as_f64().unwrap()
}

fn scroll_to(y: f64) {
    window().scroll_to_with_x_and_y(0.0, y);
}

#[wasm_bindgen_test]
async fn ten_thousand_rows_take_few_nodes_and_their_full_height() {
    let stage = table(RwSignal::new((0..10_000).collect()));
    until("rows", || drawn(&stage).len() > 5).await;
    assert!(drawn(&stage).len() < 150, "{} rows drawn", drawn(&stage).len());
    assert_eq!(stage.get("table").get_attribute("aria-rowcount").as_deref(), Some("10001"));
    // The pitch is measured, so the table is as tall as all its rows.
    let body = stage.get("tbody");
    until("the height of all rows", || {
        let rows = drawn(&stage);
        let pitch = rows[1].get_bounding_client_rect().top() - rows[0].get_bounding_client_rect().top();
        (body.get_bounding_client_rect().height() - pitch * 10_000.0).abs() < pitch * 40.0
    })
    .await;
}

#[wasm_bindgen_test]
async fn scrolling_draws_the_rows_on_the_screen_with_their_positions() {
    let stage = table(RwSignal::new((0..10_000).collect()));
    until("rows", || drawn(&stage).len() > 5).await;
    frame().await;
    let middle = f64::from(document().document_element().unwrap().scroll_height()) / 2.0;
    scroll_to(middle);
    until("a row near the middle on the screen", || {
        drawn(&stage).iter().any(|row| {
            let number: usize = row.get_attribute("data-row").unwrap().parse().unwrap();
            (4_500..5_500).contains(&number) && is_on_screen(row)
        })
    })
    .await;
    for row in drawn(&stage) {
        let number: usize = row.get_attribute("data-row").unwrap().parse().unwrap();
        assert_eq!(row.get_attribute("aria-rowindex"), Some((number + 2).to_string()));
        assert_eq!(row.inner_text().trim(), number.to_string());
    }
    assert!(drawn(&stage).len() < 150);
    scroll_to(0.0);
    until("the first row", || !stage.all("[data-row='0']").is_empty()).await;
}

#[wasm_bindgen_test]
async fn the_page_stays_where_it_was_scrolled_to() {
    let stage = table(RwSignal::new((0..10_000).collect()));
    stage.appears("#row-5").await;
    frame().await;
    for y in [400.0, 3_000.0, 2_600.0, 90_000.0, 3_000.0] {
        scroll_to(y);
        // The browser may correct the position in any frame after the rows have changed.
        for _ in 0..5 {
            frame().await;
        }
        until("a row on the screen", || drawn(&stage).iter().any(is_on_screen)).await;
        assert!((window().scroll_y().unwrap() - y).abs() < 1.0, "{y} became {}", window().scroll_y().unwrap());
    }
}

#[wasm_bindgen_test]
async fn the_focused_row_stays_at_any_scroll_position() {
    let stage = table(RwSignal::new((0..10_000).collect()));
    let button = stage.appears("#row-3").await;
    frame().await;
    button.focus().unwrap();
    scroll_to(100_000.0);
    until("far rows", || drawn(&stage).iter().any(|row| row.get_attribute("data-row").unwrap().len() == 4)).await;
    assert!(has_focus(&button), "lost focus on the way down");
    scroll_to(0.0);
    until("the second row", || !stage.all("#row-1").is_empty()).await;
    assert!(has_focus(&button), "lost focus on the way up");
    assert_eq!(stage.all("#row-3").len(), 1);
}

#[wasm_bindgen_test]
async fn focus_stays_with_its_row_when_rows_are_inserted_before_it() {
    let rows = RwSignal::new((10..10_000).collect::<Vec<_>>());
    let stage = table(rows);
    let button = stage.appears("#row-13").await;
    button.focus().unwrap();
    rows.set((0..10_000).collect());
    until("the row has moved", || {
        stage.get("#row-13").closest("tr").unwrap().unwrap().get_attribute("data-row").as_deref() == Some("13")
    })
    .await;
    assert!(has_focus(&stage.get("#row-13")));
}

#[wasm_bindgen_test]
async fn a_list_that_shrinks_draws_no_removed_row() {
    let rows = RwSignal::new((0..10_000).collect::<Vec<_>>());
    let stage = table(rows);
    stage.appears("#row-5").await;
    scroll_to(50_000.0);
    until("far rows", || stage.all("#row-5").is_empty()).await;
    rows.set(vec![7, 8]);
    until("two rows", || drawn(&stage).len() == 2).await;
    assert_eq!(stage.get("[data-row='1']").inner_text().trim(), "8");
    rows.set(Vec::new());
    until("none", || drawn(&stage).is_empty()).await;
}

#[wasm_bindgen_test]
async fn a_row_that_changes_is_redrawn_in_place() {
    let rows = RwSignal::new((0..10_000).collect::<Vec<_>>());
    let reversed = move || rows.set((0..10_000).rev().collect());
    let stage = table(rows);
    stage.appears("#row-0").await;
    reversed();
    until("the last comes first", || stage.get("[data-row='0']").inner_text().trim() == "9999").await;
    let shown: Vec<_> = drawn(&stage).iter().map(|it| it.inner_text().trim().parse::<usize>().unwrap()).collect();
    assert!(shown.is_sorted_by(|a, b| a > b), "{shown:?}");
}

#[wasm_bindgen_test]
async fn rows_with_equal_keys_are_not_left_behind() {
    let rows = RwSignal::new(vec![1, 1, 2]);
    let stage = table(rows);
    let texts = || drawn(&stage).iter().map(|row| row.text_content().unwrap()).collect::<Vec<_>>();
    until("three rows", || texts() == ["1", "1", "2"]).await;
    rows.set(vec![1, 1, 3]);
    until("the third has changed", || texts() == ["1", "1", "3"]).await;
    rows.set(Vec::new());
    until("none", || drawn(&stage).is_empty()).await;
}

/// A table in which every third row is four times as high.
fn uneven(count: usize) -> Stage {
    let row = |row: usize| {
        let height = if row.is_multiple_of(3) { "120px" } else { "30px" };
        view! { <td role="cell"><div id=format!("row-{row}") style:height=height>{row}</div></td> }.into_any()
    };
    Stage::new(move || {
        view! {
            <VirtualTable
                caption="Numbers"
                header=|| view! { <th scope="col" role="columnheader">{"Number"}</th> }
                columns=1
                row_count=Signal::stored(count)
                row_key=|row: usize| format!("key-{row}")
                row=row
            />
        }
        .into_any()
    })
}

#[wasm_bindgen_test]
async fn w10_the_last_row_is_reached_where_rows_have_different_heights() {
    let stage = uneven(10_000);
    stage.appears("#row-5").await;
    let mut tries = 0;
    while stage.all("#row-9999").is_empty() || !is_on_screen(&stage.get("#row-9999")) {
        scroll_to(f64::from(document().document_element().unwrap().scroll_height()));
        frame().await;
        tries += 1;
        assert!(tries < 100, "the end is never reached");
    }
    scroll_to(0.0);
    until("the first row", || stage.all("#row-0").iter().any(is_on_screen)).await;
}

#[wasm_bindgen_test]
async fn w09_printing_draws_up_to_a_thousand_rows_and_says_how_many_there_are() {
    let announce = |name| window().dispatch_event(&web_sys::Event::new(name).unwrap()).unwrap();
    let stage = uneven(1_200);
    stage.appears("#row-5").await;
    announce("beforeprint");
    until("a thousand rows", || drawn(&stage).len() == 1_000).await;
    assert!(stage.get(".table__rest").inner_text().contains("first 1,000 of 1,200 rows"));
    announce("afterprint");
    until("few rows", || drawn(&stage).len() < 150).await;
    assert!(stage.all(".table__rest").is_empty());
}
