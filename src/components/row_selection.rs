//! Selecting rows of a table: the checkboxes, the bar with the selected count, and the list of selected rows.
//!
//! Invariant: the checkbox in the header acts only on the rows on the screen. Selecting everything that matches takes a
//! second press, on a button that says how many.

use crate::domain::{KeyHash, UserId, WorkspaceId, inline_text, text::format_count};
use crate::selection::{Coverage, Selection, SelectionSummary};
use crate::ui::{
    Bound, Button, Checkbox, Dialog, DialogSize, Icon, IconButton, VirtualTable, column_heads, exact, exact_text,
    focus_adjacent_row, follow_height, visible_rows,
};
use leptos::{html, prelude::*};
use std::collections::{HashMap, HashSet};
use std::fmt::Display;
use std::hash::Hash;
use std::sync::Arc;
use wasm_bindgen::JsCast as _;

/// The identity of a row. As text it is the key of its row in the table.
pub trait RowId: Eq + Hash + Clone + Send + Sync + Display + TryFrom<String> + 'static {}

impl RowId for KeyHash {}
impl RowId for UserId {}
impl RowId for WorkspaceId {}

/// The selected rows of a table.
pub struct RowSelection<T: RowId> {
    pub(crate) selection: RwSignal<Selection<T>>,
    /// The ids of all rows that match, in order.
    pub ids: Memo<Arc<Vec<T>>>,
    /// The `<tbody>` of the table.
    pub body: NodeRef<html::Tbody>,
    pub(crate) summary: Memo<SelectionSummary>,
    /// The bar with the selected count. It covers rows at the bottom of the screen.
    bar: NodeRef<html::Div>,
    /// Whether a row can be selected; `None` if all can.
    is_selectable: Option<Callback<T, bool>>,
}

copy_handle!(RowSelection<T> where T: RowId);

impl<T: RowId> RowSelection<T> {
    /// An empty selection among `ids`.
    pub fn new(ids: Memo<Arc<Vec<T>>>) -> Self {
        Self::with_selection(RwSignal::default(), ids)
    }

    /// A selection among `ids`, which may depend on the selection.
    pub(crate) fn with_selection(selection: RwSignal<Selection<T>>, ids: Memo<Arc<Vec<T>>>) -> Self {
        let summary = Memo::new(move |_| selection.with(|selection| ids.with(|ids| selection.summary(ids))));
        Self { selection, ids, body: NodeRef::new(), summary, bar: NodeRef::new(), is_selectable: None }
    }

    /// An empty selection for a table that also shows rows that can't be selected. `ids` leaves those out.
    pub(crate) fn with_selectable(ids: Memo<Arc<Vec<T>>>, is_selectable: Callback<T, bool>) -> Self {
        Self { is_selectable: Some(is_selectable), ..Self::new(ids) }
    }

    pub(crate) fn select_all(&self) {
        self.change(Selection::select_all);
    }

    /// Returns the selected ids in the order of the rows; those without a row come last. Untracked.
    pub fn selected_ids(&self) -> Vec<T> {
        self.selection.with_untracked(|selection| {
            let is_selected = |id: &&T| selection.contains(id);
            let shown: Vec<T> = self.ids.with_untracked(|ids| ids.iter().filter(is_selected).cloned().collect());
            let known: HashSet<&T> = shown.iter().collect();
            let hidden: Vec<T> = selection.iter().filter(|id| !known.contains(id)).cloned().collect();
            [shown, hidden].concat()
        })
    }

    /// The selected rows among `all`, in the order of the table; those that a search hides come last. `None` if nothing is
    /// selected. Untracked.
    pub(crate) fn selected_rows<R: Clone>(&self, all: &[R], id: impl Fn(&R) -> &T) -> Option<Vec<R>> {
        let ids = Some(self.selected_ids()).filter(|ids| !ids.is_empty())?;
        let by_id: HashMap<&T, &R> = all.iter().map(|row| (id(row), row)).collect();
        Some(ids.iter().filter_map(|it| by_id.get(it).copied().cloned()).collect())
    }

    fn toggle_visible(&self) {
        let is_selectable = |id: &T| self.is_selectable.is_none_or(|is_selectable| is_selectable.run(id.clone()));
        let parse = |keys: Vec<String>| -> Vec<T> {
            keys.into_iter().filter_map(|key| T::try_from(key).ok()).filter(is_selectable).collect()
        };
        let visible = visible_rows(self.body, self.bar);
        let (page, covered) = (parse(visible.keys), parse(visible.covered));
        self.change(|selection, ids| {
            let is_deselecting = !page.is_empty() && page.iter().all(|id| selection.contains(id));
            selection.toggle_page(&page, ids);
            // The bar appears with the first selection. Rows that it covers since then were selected too.
            if is_deselecting {
                covered.iter().for_each(|id| selection.remove(id));
            }
        });
    }

    fn change(&self, change: impl FnOnce(&mut Selection<T>, &[T])) {
        let ids = self.ids.get_untracked();
        self.selection.update(|selection| change(selection, &ids));
    }
}

/// The header cell with the checkbox for the rows on the screen.
#[component]
pub fn HeaderCheckbox<T: RowId>(row_selection: RowSelection<T>) -> impl IntoView {
    let coverage = Memo::new(move |_| row_selection.summary.with(|summary| summary.coverage()));
    let checked = Bound::new(move || coverage.get() == Coverage::All, move |_| row_selection.toggle_visible());
    let mixed = Signal::derive(move || coverage.get() == Coverage::Some);
    view! {
        <th scope="col" role="columnheader" class="is-tight">
            <Checkbox checked=checked mixed=mixed label="Select visible rows" hidden_label=true/>
        </th>
    }
}

/// The cell with the checkbox of a row. It works only inside a [`SelectableRows`].
#[component]
#[expect(clippy::needless_pass_by_value, reason = "components own their props")]
pub fn RowCheckbox<T: RowId>(row_selection: RowSelection<T>, id: T, #[prop(into)] name: String) -> impl IntoView {
    let label = format!("Select {}", inline_text(&name));
    let checked = move || row_selection.selection.with(|selection| selection.contains(&id));
    view! {
        <td role="cell" class="is-tight">
            <label class="checkbox checkbox--bare">
                <input class="checkbox__control" type="checkbox" aria-label=label prop:checked=checked/>
            </label>
        </td>
    }
}

/// Handles the checkboxes of the table inside: a press toggles, Shift selects a range, the arrow keys move to the
/// adjacent row, and with Shift select it.
///
/// It listens once for all rows, because rows are rebuilt whenever they scroll into view.
#[component]
pub fn SelectableRows<T: RowId>(row_selection: RowSelection<T>, children: Children) -> impl IntoView {
    // A click by the space key doesn't say whether Shift was pressed.
    let is_shift_space = StoredValue::new(false);
    let click = move |event: web_sys::MouseEvent| {
        let Some((input, id)) = checkbox_of::<T>(&event) else { return };
        let is_range = event.shift_key() || is_shift_space.get_value();
        is_shift_space.set_value(false);
        row_selection
            .change(|selection, ids| if is_range { selection.extend_to(&id, ids) } else { selection.toggle(&id) });
        // The browser has flipped the box already. Set it to the state again, which may not have changed.
        queue_microtask(move || {
            input.set_checked(row_selection.selection.with_untracked(|selection| selection.contains(&id)));
        });
    };
    let keydown = move |event: web_sys::KeyboardEvent| {
        let Some((_, id)) = checkbox_of::<T>(&event) else { return };
        is_shift_space.set_value(event.key() == " " && event.shift_key());
        let is_down = match event.key().as_str() {
            "ArrowDown" => true,
            "ArrowUp" => false,
            _ => return,
        };
        event.prevent_default();
        let adjacent = focus_adjacent_row(&event, is_down).and_then(|key| T::try_from(key).ok());
        if let Some(adjacent) = adjacent.filter(|_| event.shift_key()) {
            row_selection.change(|selection, ids| selection.select_range_from(&id, &adjacent, ids));
        }
    };
    view! { <div class="chooser" on:click=click on:keydown=keydown>{children()}</div> }
}

/// Returns the row checkbox that an event happened on, and its row.
fn checkbox_of<T: RowId>(event: &web_sys::Event) -> Option<(web_sys::HtmlInputElement, T)> {
    let input: web_sys::HtmlInputElement = event.target()?.dyn_into().ok()?;
    let row = input.closest("tr[data-row]").ok()??;
    Some((input, T::try_from(row.get_attribute("data-key")?).ok()?))
}

/// The bar with the selected count and what can be done with the selection. It shows only if something is selected.
#[component]
pub fn SelectionBar<T: RowId>(
    row_selection: RowSelection<T>,
    /// What the rows are, such as `members`.
    noun: &'static str,
    #[prop(into)] name_of: Callback<T, String>,
    children: ChildrenFn,
) -> impl IntoView {
    let summary = row_selection.summary;
    let is_listing = RwSignal::new(false);
    let change = move |change: fn(&mut Selection<T>, &[T])| move |()| row_selection.change(change);
    let status = move || match summary.with(|counts| (counts.selected, counts.hidden())) {
        (0, _) => String::new(),
        (all, 0) => format!("{} selected", format_count(all)),
        (all, hidden) => format!("{} selected, {} hidden", format_count(all), format_count(hidden)),
    };
    let all_label = move || format!("Select all {} matching", format_count(summary.with(|counts| counts.matching)));
    let children = StoredValue::new(children);
    follow_height(row_selection.bar, "--bulk-bar");
    view! {
        <p class="visually-hidden" role="status">{exact(status)}</p>
        <Show when=move || summary.with(|counts| counts.selected != 0)>
            <div node_ref=row_selection.bar class="bulk-bar" role="group" aria-label=format!("Selected {noun}")>
                <span class="bulk-bar__text">{exact(status)}</span>
                <Show when=move || summary.with(|counts| counts.shown < counts.matching)>
                    <Button on_click=change(Selection::select_all)>{exact(all_label)}</Button>
                </Show>
                <Show when=move || summary.with(|counts| counts.hidden() != 0)>
                    <Button on_click=change(Selection::keep_only)>"Deselect hidden rows"</Button>
                </Show>
                <Button on_click=move |()| is_listing.set(true)>"View selected"</Button>
                <Button on_click=change(Selection::invert)>"Invert selection"</Button>
                <Button on_click=change(|selection, _| selection.clear())>"Clear selection"</Button>
                {children.with_value(|children| children())}
            </div>
        </Show>
        <SelectedRows row_selection=row_selection noun=noun name_of=name_of is_open=is_listing/>
    }
}

/// The dialog with the selected rows, each with a button that deselects it.
#[component]
fn SelectedRows<T: RowId>(
    row_selection: RowSelection<T>,
    noun: &'static str,
    name_of: Callback<T, String>,
    is_open: RwSignal<bool>,
) -> impl IntoView {
    let ids = Memo::new(move |_| {
        row_selection.selection.track();
        if is_open.get() { Arc::new(row_selection.selected_ids()) } else { Arc::default() }
    });
    let id_at = move |at: usize| ids.with(|ids| ids.get(at).cloned());
    let count = Signal::derive(move || ids.with(|ids| ids.len()));
    let close = Callback::new(move |()| is_open.set(false));
    let cells = move |id: T| {
        let name = name_of.run(id.clone());
        let (label, id_text) = (format!("Deselect {}", inline_text(&name)), id.to_string());
        let deselect = move |()| row_selection.change(|selection, _| selection.remove(&id));
        view! {
            <td role="cell" class="is-title"><div class="cell-stack"><bdi>{exact_text(name)}</bdi><bdi class="cell-note mono">{id_text}</bdi></div></td>
            <td role="cell" class="col-out"><IconButton icon=Icon::Close label=label on_click=deselect/></td>
        }
        .into_any()
    };
    view! {
        <Dialog
            open=is_open
            on_close=close
            size=DialogSize::Large
            title=move || format!("{} selected {noun}", format_count(count.get()))
            footer=move || view! { <Button on_click=close autofocus=true>"Close"</Button> }.into_any()
        >
            <VirtualTable
                caption=format!("Selected {noun}")
                class="table--job"
                header=|| column_heads(&["Name", "Deselect"])
                row_count=count
                row_key=move |at| id_at(at).map_or_else(String::new, |id| id.to_string())
                row=move |at| id_at(at).map_or_else(|| ().into_any(), cells)
                columns=2
            />
        </Dialog>
    }
}
