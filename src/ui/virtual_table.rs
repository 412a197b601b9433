//! A real table that draws only the rows in sight, windowed by the scrolling of the page or of any container around.
//!
//! Invariant: the row that has focus stays drawn wherever one scrolls, and a row's nodes live as long as it is drawn.

use super::dom::{FrameTask, focused, listen_to_window, number_text, row_pitch, rows_in_sight, viewport};
use super::erase::{dynamic, handler};
use super::row_pool::{RowPool, Wanted};
use super::window::{RowWindow, Slot};
use crate::effect::watch;
use leptos::wasm_bindgen::JsCast;
use leptos::wasm_bindgen::closure::Closure;
use leptos::{html, prelude::*};
use send_wrapper::SendWrapper;

/// Until the first row is measured.
const FIRST_GUESS: f64 = 44.0;

/// How the key of a gap starts, and no key of a row.
const GAP: char = '\u{0}';

/// The state of one table.
#[derive(Clone, Copy)]
struct Rows {
    body: NodeRef<html::Tbody>,
    count: Signal<usize>,
    key: Callback<usize, String>,
    /// From one row's top to the next one's, px.
    pitch: RwSignal<f64>,
    /// The width of the table at which that was measured, px.
    measured_at: StoredValue<i32>,
    /// The drawn rows, without the pinned one.
    run: RwSignal<(usize, usize)>,
    /// The key of the row that has focus.
    pinned: RwSignal<Option<(String, usize)>>,
    overscan: usize,
    /// How far above the viewport the top was at the last look, px.
    seen_at: StoredValue<f64>,
}

impl Rows {
    /// Takes the pitch at each new width. In between it stays, unless it is far off: rows that differ by a pixel or two
    /// must not move thousands of others.
    fn measure(self, body: &web_sys::Element) {
        let Some(pitch) = row_pitch(body) else { return };
        let (old, width) = (self.pitch.get_untracked(), body.client_width());
        if self.measured_at.get_value() != width || (pitch - old).abs() > old * 0.1 {
            self.measured_at.set_value(width);
            self.pitch.set(pitch);
        }
    }

    /// Measures, and moves the run to what is in sight. Answers whether another look is due: what jumps by more than half
    /// a screen from one look to the next has no use for rows beyond the edge before it rests.
    fn update(self) -> bool {
        let Some(body) = self.body.get_untracked() else { return false };
        self.measure(&body);
        let above = -body.get_bounding_client_rect().top();
        let (_, height) = viewport();
        let count = self.count.get_untracked();
        let is_jumping = (above - self.seen_at.get_value()).abs() > height / 2.0;
        self.seen_at.set_value(above);
        let overscan = if is_jumping { 2 } else { self.overscan };
        let window = RowWindow::at(above, height, self.pitch.get_untracked(), overscan, count);
        // Moving by less than a few rows would redraw for nothing: the overscan covers it.
        let (first, end) = self.run.get_untracked();
        let slack = self.overscan / 3;
        let near = |a: usize, b: usize| a.abs_diff(b) <= slack;
        let at_edge = window.first == 0 || window.end == count;
        if !near(first, window.first) || !near(end, window.end) || at_edge {
            let next = (window.first, window.end);
            if next != (first, end) {
                self.run.set(next);
            }
        }
        is_jumping
    }

    fn window(self) -> RowWindow {
        let count = self.count.get();
        let (first, end) = self.run.get();
        let end = end.min(count);
        let window = RowWindow { first: first.min(end), end, pinned: None, count };
        window.with_pinned(self.pinned_row(count))
    }

    /// Where the pinned row is now; rows may have come or gone before it.
    fn pinned_row(self, count: usize) -> Option<usize> {
        let (key, row) = self.pinned.get()?;
        let same = |it: &usize| *it < count && self.key.run(*it) == key;
        let near = row.saturating_sub(64)..(row + 64).min(count);
        Some(row).filter(same).or_else(|| near.into_iter().find(same))
    }

    /// A row that focus leaves for outside of the table may go. Focus that only moves within the body pins anew; that of
    /// a browser window in the background stays where it is, and so does its row.
    fn unpin(self, event: &web_sys::FocusEvent) {
        let inside = |to: web_sys::EventTarget| {
            let node = to.dyn_ref::<web_sys::Node>();
            self.body.get_untracked().is_some_and(|body| body.contains(node))
        };
        if !event.related_target().is_some_and(inside) {
            queue_microtask(move || self.pin());
        }
    }

    fn pin(self) {
        let row = focused().and_then(|it| it.closest("tr[data-row]").ok().flatten());
        let row = row.and_then(|it| it.get_attribute("data-row")).and_then(|it| it.parse().ok());
        let row = row.filter(|it| self.count.try_get_untracked().is_some_and(|count| *it < count));
        // The view may be gone by the time of a microtask.
        let _gone = self.pinned.try_set(row.map(|row| (untrack(|| self.key.run(row)), row)));
    }
}

/// A table of any number of rows, of which it draws those in sight.
///
/// Rows must be of equal height at any one width. Row `i` is drawn again, in place, when a signal that `row` has read
/// changes or when the row moves; its nodes and focus stay. On narrow screens CSS turns rows into cards, in which each
/// `<td data-label="…">` names itself. Cells need their roles (`role="cell"`), for cards are no table to CSS.
#[component]
pub fn VirtualTable(
    /// What the table holds, for assistive technology.
    #[prop(into)]
    caption: Signal<String>,
    /// The cells of the header row: `<th scope="col" role="columnheader">`, or [`super::SortHeader`].
    #[prop(into)]
    header: ViewFn,
    /// How many rows there are.
    #[prop(into)]
    row_count: Signal<usize>,
    /// What identifies row `i` through sorting and filtering. It must read its signals tracked.
    #[prop(into)]
    row_key: Callback<usize, String>,
    /// The cells of row `i`.
    #[prop(into)]
    row: Callback<usize, AnyView>,
    /// How many columns there are.
    columns: usize,
    /// Rows are being fetched.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// Rows drawn beyond the edge of sight, on either side. Default: 12.
    #[prop(default = 12)]
    overscan: usize,
    /// A class for the table, for the widths of its columns.
    #[prop(optional, into)]
    class: Option<String>,
    /// Access to the rows, for [`keys_in_sight`].
    #[prop(optional)]
    body: NodeRef<html::Tbody>,
) -> impl IntoView {
    let rows = Rows {
        body,
        count: row_count,
        key: row_key,
        pitch: RwSignal::new(FIRST_GUESS),
        measured_at: StoredValue::new(0),
        run: RwSignal::new((0, rows_in_sight(FIRST_GUESS))),
        pinned: RwSignal::new(None),
        overscan,
        seen_at: StoredValue::new(0.0),
    };
    follow_scrolling(rows);
    let window = Memo::new(move |_| rows.window());
    Draw { rows, window, row, columns }.keep_in_step();
    view! {
        <div class="table-box">
            <table
                class=format!("table {}", class.unwrap_or_default())
                // Rows that come and go before the ones in sight must not be taken for something to scroll back to.
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
                    on:focusin=handler(move |_| rows.pin())
                    on:focusout=handler(move |event| rows.unpin(&event))
                ></tbody>
            </table>
        </div>
    }
}

/// Everything that a slot needs to draw itself.
#[derive(Clone, Copy)]
struct Draw {
    rows: Rows,
    window: Memo<RowWindow>,
    row: Callback<usize, AnyView>,
    columns: usize,
}

impl Draw {
    /// Draws what the window wants, whenever that changes.
    fn keep_in_step(self) {
        let Some(parent) = Owner::current() else { return };
        let pool = RowPool::of_owner();
        watch(move || {
            let Some(body) = self.rows.body.get() else { return };
            // Keys may have changed although the window has not: rows were sorted.
            let wanted = self.window.get().slots().into_iter().map(|slot| self.wanted(slot)).collect();
            untrack(|| {
                pool.update_value(|pool| {
                    pool.update(&body, &parent, wanted, &|key, place| {
                        if key.starts_with(GAP) { self.gap(place) } else { self.body_row(place) }
                    });
                });
            });
        });
    }

    fn wanted(self, slot: Slot) -> Wanted {
        match slot {
            Slot::Row(row) => Wanted { key: self.rows.key.run(row), place: row },
            Slot::Gap(gap) => Wanted { key: format!("{GAP}{gap}"), place: gap },
        }
    }

    fn gap(self, gap: RwSignal<usize>) -> AnyView {
        let (window, pitch) = (self.window, self.rows.pitch);
        let rows = Memo::new(move |_| window.get().gap(gap.get()));
        #[expect(clippy::cast_precision_loss, reason = "a count of rows")]
        let height = move || number_text(rows.get() as f64 * pitch.get()) + "px";
        view! {
            <tr class="table__gap" aria-hidden="true" hidden=move || rows.get() == 0>
                <td colspan=self.columns.to_string() style:height=height></td>
            </tr>
        }
        .into_any()
    }

    fn body_row(self, place: RwSignal<usize>) -> AnyView {
        let cells = move || {
            let at = place.get();
            // A row that is about to go may be asked once more.
            (at < self.rows.count.get_untracked()).then(|| self.row.run(at))
        };
        view! {
            <tr
                role="row"
                data-row=move || place.get().to_string()
                aria-rowindex=move || (place.get() + 2).to_string()
            >
                {dynamic(move || cells().into_any())}
            </tr>
        }
        .into_any()
    }
}

/// Keeps the run in step with scrolling, resizing and the number of rows.
fn follow_scrolling(rows: Rows) {
    let task = FrameTask::new(move || rows.update());
    let (on_scroll, on_height, on_change, on_resize) = (task.clone(), task.clone(), task.clone(), task);
    listen_to_window("scroll", move || on_scroll.schedule());
    // A window that gets higher has more rows in sight, and the table stays as it is.
    listen_to_window("resize", move || on_height.schedule());
    let mut is_first = true;
    watch(move || {
        rows.count.track();
        rows.pitch.track();
        // The first look is left to the observer below, which tells after the first rows have been laid out.
        if !std::mem::take(&mut is_first) {
            on_change.schedule();
        }
    });
    // The table's own size changes with the window's, with a side panel, and with its first rows.
    let callback = Closure::<dyn FnMut()>::new(move || on_resize.schedule());
    let observer = web_sys::ResizeObserver::new(callback.as_ref().unchecked_ref()).ok();
    let kept = SendWrapper::new((callback, observer.clone()));
    watch(move || {
        if let (Some(body), Some(observer)) = (rows.body.get(), &observer) {
            observer.observe(&body);
        }
    });
    on_cleanup(move || {
        if let (_, Some(observer)) = kept.take() {
            observer.disconnect();
        }
    });
}
