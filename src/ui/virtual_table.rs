//! A table that draws only the rows on the screen, scrolled by the page or by any container around it.
//!
//! Invariant: the row that has focus stays drawn at any scroll position.

use super::dom::{focused, listen_to_window, viewport};
use super::pace::{Pace, Passage};
use super::printing::is_printing;
use super::row_pool::{RowPool, RowSpec};
use super::table_parts::{GAP_UNIT, MOST_PRINTED, gap, measured_rows, rest_of_print};
use super::table_row::TableRow;
use super::window::{Heights, RowWindow, Slot};
use crate::browser::elapsed;
use leptos::wasm_bindgen::JsCast;
use leptos::wasm_bindgen::closure::Closure;
use leptos::{html, prelude::*};
use send_wrapper::SendWrapper;

/// The height above the first row in a page that has just been opened, in px: top bar, heading, toolbar and column headers.
const HEAD: f64 = 200.0;

/// Starts the key of a gap. No row's key starts with it.
const GAP_KEY: char = '\u{0}';

/// The state of one table.
#[derive(Clone, Copy)]
struct Table {
    body: NodeRef<html::Tbody>,
    row_count: Signal<usize>,
    row_key: Callback<usize, String>,
    row: TableRow,
    columns: usize,
    overscan: usize,
    heights: RwSignal<Heights>,
    /// The table's width when its rows were measured, in px.
    measured_width: StoredValue<i32>,
    is_printing: ReadSignal<bool>,
    /// The drawn rows as (first, end), without the pinned one.
    range: RwSignal<(usize, usize)>,
    /// The key and position of the row that has focus.
    pinned: RwSignal<Option<(String, usize)>>,
    pace: StoredValue<Pace>,
    passage: StoredValue<Passage>,
    /// Whether an update is to run in the next frame.
    is_scheduled: StoredValue<bool>,
}

impl Table {
    /// Measures the drawn rows. Where all of them are off by more than a tenth, and at each new width, their mean is
    /// assumed of the others: rows that differ by a pixel or two must not move thousands of others.
    fn measure(self, body: &web_sys::Element) {
        let rows = measured_rows(body);
        if rows.is_empty() {
            return;
        }
        let (count, width) = (self.row_count.get_untracked(), body.client_width());
        let is_off = |heights: &Heights| {
            rows.iter().all(|(row, height)| (heights.of(*row) - height).abs() > heights.of(*row) * 0.1)
        };
        let is_new = self.measured_width.get_value() != width || self.heights.with_untracked(is_off);
        self.measured_width.set_value(width);
        self.heights.maybe_update(|heights| {
            if is_new {
                #[expect(clippy::cast_precision_loss, reason = "a count of rows")]
                let mean = rows.iter().map(|(_, height)| height).sum::<f64>() / rows.len() as f64;
                *heights = Heights::new(mean);
            }
            let changed = rows.iter().filter(|(row, height)| heights.measure(*row, *height, count)).count();
            is_new || changed != 0
        });
    }

    /// Measures, and takes the range a step towards the rows on the screen and the overscan. Returns whether a step is left.
    fn update_range(self) -> bool {
        let Some(body) = self.body.get_untracked().filter(|_| !self.is_printing.get_untracked()) else { return false };
        let offset = -body.get_bounding_client_rect().top();
        let is_too_fast = self.passage.try_update_value(|passage| passage.is_too_fast(offset, elapsed() * 1000.0));
        if is_too_fast == Some(true) {
            return true;
        }
        self.measure(&body);
        let (_, height) = viewport();
        let count = self.row_count.get_untracked();
        let window = |overscan| self.heights.with_untracked(|it| RowWindow::at(offset, height, it, overscan, count));
        let (wanted, screen) = (window(self.overscan), window(0));
        // The overscan covers a move by a few rows, so skip the redraw.
        let (first, end) = self.range.get_untracked();
        let is_near = |a: usize, b: usize| a.abs_diff(b) <= self.overscan / 3;
        let is_at_edge = wanted.first == 0 || wanted.end == count;
        if (first, end) == (wanted.first, wanted.end)
            || (!is_at_edge && is_near(first, wanted.first) && is_near(end, wanted.end))
        {
            return false;
        }
        // A screen is drawn in at most eight frames.
        let most = self.pace.get_value().most().max((screen.end - screen.first).div_ceil(8));
        let next = wanted.paced(first..end, screen.first..screen.end, most);
        self.range.set((next.start, next.end));
        (next.start, next.end) != (wanted.first, wanted.end)
    }

    fn window(self) -> RowWindow {
        let count = self.row_count.get();
        if self.is_printing.get() {
            return RowWindow::start(count, MOST_PRINTED);
        }
        let (first, end) = self.range.get();
        let end = end.min(count);
        let window = RowWindow { first: first.min(end), end, pinned: None, count };
        window.with_pinned(self.pinned_position(count))
    }

    /// Finds the pinned row again, whose position changes when rows are added or removed before it.
    fn pinned_position(self, count: usize) -> Option<usize> {
        let (key, position) = self.pinned.get()?;
        let is_same = |at: &usize| *at < count && self.row_key.run(*at) == key;
        let nearby = position.saturating_sub(64)..(position + 64).min(count);
        Some(position).filter(is_same).or_else(|| nearby.into_iter().find(is_same))
    }

    /// Pins the row that has focus, or none.
    fn pin_focused(self) {
        let row = focused().and_then(|element| element.closest("tr[data-row]").ok().flatten());
        let position = row.and_then(|row| row.get_attribute("data-row")).and_then(|text| text.parse().ok());
        let position = position.filter(|at| self.row_count.try_get_untracked().is_some_and(|count| *at < count));
        // After a microtask the view may have been disposed.
        let _disposed = self.pinned.try_set(position.map(|at| (untrack(|| self.row_key.run(at)), at)));
    }

    /// Unpins a row when focus leaves the table. It stays pinned while the browser window is in the background, because
    /// then it is still the document's active element.
    fn handle_focusout(self, event: &web_sys::FocusEvent) {
        let is_inside = |target: web_sys::EventTarget| {
            let node = target.dyn_ref::<web_sys::Node>();
            self.body.get_untracked().is_some_and(|body| body.contains(node))
        };
        if !event.related_target().is_some_and(is_inside) {
            queue_microtask(move || self.pin_focused());
        }
    }

    /// Draws the rows of the window whenever it or their keys change.
    fn draw(self) {
        let Some(owner) = Owner::current() else { return };
        let window = Memo::new(move |_| self.window());
        let pool = RowPool::new_in_owner();
        // Outside world: the rows in the document.
        Effect::new(move |_| {
            let Some(body) = self.body.get() else { return };
            let wanted = window.get().slots().into_iter().map(|slot| self.row_spec(slot)).collect();
            untrack(|| {
                let started = elapsed();
                let added = pool.try_update_value(|pool| {
                    pool.update(&body, &owner, wanted, &|key, position| {
                        if key.starts_with(GAP_KEY) { gap(self.columns, position) } else { self.body_row(position) }
                    })
                });
                self.pace.update_value(|pace| pace.note(added.unwrap_or_default(), (elapsed() - started) * 1000.0));
            });
        });
    }

    fn row_spec(self, slot: Slot) -> RowSpec {
        match slot {
            Slot::Row(position) => RowSpec { key: self.row_key.run(position), position },
            Slot::Gap(number, rows) => {
                let height = self.heights.with(|heights| heights.sum(rows)) * GAP_UNIT;
                #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the height of a list")]
                let position = height.round() as usize;
                RowSpec { key: format!("{GAP_KEY}{number}"), position }
            }
        }
    }

    fn body_row(self, position: RwSignal<usize>) -> AnyView {
        // A row that is about to be removed may run once more.
        let at = Signal::derive(move || Some(position.get()).filter(|at| *at < self.row_count.get_untracked()));
        view! {
            <tr
                role="row"
                data-row=move || position.get().to_string()
                aria-rowindex=move || (position.get() + 2).to_string()
            >
                {self.row.cells(at)}
            </tr>
        }
        .into_any()
    }

    /// Updates the range once in the next frame, unless the table is disposed by then.
    fn schedule_update(self) {
        if self.is_scheduled.try_get_value() == Some(false) {
            self.is_scheduled.set_value(true);
            request_animation_frame(move || {
                let is_disposed = self.is_scheduled.try_set_value(false).is_some();
                if !is_disposed && self.update_range() {
                    self.schedule_update();
                }
            });
        }
    }

    /// Updates the range after scrolling, resizing, printing, and a change of the count or the height of rows.
    fn observe_layout(self) {
        listen_to_window("scroll", move || self.schedule_update());
        // A taller window shows more rows, although the table keeps its size.
        listen_to_window("resize", move || self.schedule_update());
        // Outside world: the layout of the rows, in the next frame. The observer below starts the first update, after
        // the layout of the first rows.
        Effect::new(move |previous_run: Option<()>| {
            self.row_count.track();
            self.heights.track();
            self.is_printing.track();
            if previous_run.is_some() {
                self.schedule_update();
            }
        });
        // The table changes its size with the window, with its columns, and with its first rows.
        let callback = Closure::<dyn FnMut()>::new(move || self.schedule_update());
        let Ok(observer) = web_sys::ResizeObserver::new(callback.as_ref().unchecked_ref()) else { return };
        let kept = SendWrapper::new((callback, observer.clone()));
        self.body.on_load(move |body| observer.observe(&body));
        on_cleanup(move || kept.1.disconnect());
    }
}

/// A table of any number of rows, of which it draws only those on the screen.
///
/// Rows may have any height, but where most have the same one, the list does not move while it is scrolled. A row is redrawn in place when a signal that `row` read changes
/// or when its position changes; its element and focus stay. On narrow screens CSS turns rows into cards, in which each
/// `<td data-label="…">` shows its label. Cells need `role="cell"`, because cards lose the table semantics.
#[component]
pub fn VirtualTable(
    #[prop(into)] caption: Signal<String>,
    /// The header cells: `<th scope="col" role="columnheader">`.
    #[prop(into)]
    header: ViewFn,
    #[prop(into)] row_count: Signal<usize>,
    /// Returns what identifies row `i`, also after sorting and filtering. It must read its signals tracked.
    #[prop(into)]
    row_key: Callback<usize, String>,
    #[prop(into)] row: TableRow,
    columns: usize,
    #[prop(optional, into)] busy: Signal<bool>,
    /// The assumed height of a row until the first rows are measured, in px.
    #[prop(default = 44.0)]
    row_height: f64,
    /// How many rows to draw beyond each edge of the screen. Default: 12.
    #[prop(default = 12)]
    overscan: usize,
    #[prop(optional, into)] class: Option<String>,
    /// The `<tbody>`, for [`super::visible_rows`].
    #[prop(optional)]
    body: NodeRef<html::Tbody>,
) -> impl IntoView {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a screen's height over a row's")]
    let first_screen = ((viewport().1 - HEAD) / row_height).ceil() as usize;
    let table = Table {
        body,
        row_count,
        row_key,
        row,
        columns,
        overscan,
        heights: RwSignal::new(Heights::new(row_height)),
        measured_width: StoredValue::new(0),
        is_printing: is_printing(),
        range: RwSignal::new((0, first_screen)),
        pinned: RwSignal::new(None),
        pace: StoredValue::new(Pace::new()),
        passage: StoredValue::new(Passage::default()),
        is_scheduled: StoredValue::new(false),
    };
    table.observe_layout();
    table.draw();
    view! {
        <div class="table-box">
            <table
                class=format!("table {}", class.unwrap_or_default())
                // Scroll anchoring would scroll along when rows above the screen are added or removed.
                style:overflow-anchor="none"
                role="table"
                aria-rowcount=move || (row_count.get() + 1).to_string()
                aria-colcount=columns.to_string()
                aria-busy=move || busy.get().then_some("true")
            >
                <caption class="visually-hidden">{move || caption.get()}</caption>
                <thead role="rowgroup">
                    <tr role="row" aria-rowindex="1">{move || header.run()}</tr>
                </thead>
                <tbody
                    node_ref=body
                    role="rowgroup"
                    on:focusin=move |_| table.pin_focused()
                    on:focusout=move |event| table.handle_focusout(&event)
                ></tbody>
            </table>
            {move || rest_of_print(row_count.get(), table.is_printing.get())}
        </div>
    }
}
