//! Choosing among many rows: the boxes, the bar that says what is chosen, and the list of it.
//!
//! Invariant: a box acts on what is on the screen when it is pressed; everything beyond the screen takes a second press,
//! which says how many.

use std::hash::Hash;
use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;

use crate::domain::in_words;
use crate::domain::text::count_words;
use crate::selection::{Coverage, Selection, Standing};
use crate::ui::{
    Bound, Button, Checkbox, Dialog, DialogSize, Icon, IconButton, VirtualTable, column_heads, focus_adjacent_row,
    handler, visible_rows,
};

/// What can name a row.
pub trait RowId: Eq + Hash + Clone + Send + Sync + std::fmt::Display + 'static {
    /// Reads what [`std::fmt::Display`] wrote.
    fn read(text: &str) -> Option<Self>;
}

impl RowId for crate::domain::UserId {
    fn read(text: &str) -> Option<Self> {
        Self::parse(text).ok()
    }
}

impl RowId for crate::domain::WorkspaceId {
    fn read(text: &str) -> Option<Self> {
        Self::parse(text).ok()
    }
}

/// What is chosen among the rows of a table.
pub struct Choosing<T: RowId> {
    /// What is chosen.
    pub selection: RwSignal<Selection<T>>,
    /// Everything that matches, in order.
    pub ids: Memo<Arc<Vec<T>>>,
    /// The rows in the document, to be given to the table.
    pub body: NodeRef<html::Tbody>,
    bar: NodeRef<html::Div>,
    /// How much of what matches is chosen.
    pub standing: Memo<Standing>,
    /// Whether a row on the screen can be chosen; where absent, all can.
    can: Option<Callback<T, bool>>,
}

impl<T: RowId> Clone for Choosing<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: RowId> Copy for Choosing<T> {}

impl<T: RowId> Choosing<T> {
    /// Nothing is chosen yet of what matches.
    pub fn new(ids: Memo<Arc<Vec<T>>>) -> Self {
        let selection = RwSignal::new(Selection::default());
        let standing = Memo::new(move |_| selection.with(|selection| ids.with(|ids| selection.standing(ids))));
        Self { selection, ids, body: NodeRef::new(), bar: NodeRef::new(), standing, can: None }
    }

    /// The same where the table also shows rows that cannot be chosen, which `ids` leaves out.
    pub fn among(ids: Memo<Arc<Vec<T>>>, can: Callback<T, bool>) -> Self {
        Self { can: Some(can), ..Self::new(ids) }
    }

    /// Chooses everything that matches.
    pub fn select_all(&self) {
        self.change(Selection::select_all);
    }

    /// Those chosen, in the order of the rows; those that are not shown come last.
    pub fn chosen(&self) -> Vec<T> {
        self.selection.with_untracked(|selection| {
            let mut shown: Vec<T> =
                self.ids.with_untracked(|ids| ids.iter().filter(|id| selection.contains(id)).cloned().collect());
            let known: std::collections::HashSet<&T> = shown.iter().collect();
            let hidden: Vec<T> = selection.iter().filter(|id| !known.contains(id)).cloned().collect();
            shown.extend(hidden);
            shown
        })
    }

    fn change(&self, change: impl FnOnce(&mut Selection<T>, &[T])) {
        let ids = self.ids.get_untracked();
        self.selection.update(|selection| change(selection, &ids));
    }
}

/// The box over the column of boxes: it takes the rows on the screen.
#[component]
pub fn HeadBox<T: RowId>(choosing: Choosing<T>) -> impl IntoView {
    let coverage = Memo::new(move |_| choosing.standing.with(|standing| standing.coverage()));
    let toggle = move |_| {
        let can = |id: &T| choosing.can.is_none_or(|can| can.run(id.clone()));
        let read = |keys: Vec<String>| keys.iter().filter_map(|key| T::read(key)).filter(can).collect::<Vec<T>>();
        let visible = visible_rows(choosing.body, choosing.bar);
        let (page, covered) = (read(visible.keys), read(visible.covered));
        choosing.change(|selection, ids| {
            let is_out = !page.is_empty() && page.iter().all(|id| selection.contains(id));
            selection.toggle_page(&page, ids);
            // The bar has come with the first press: the second takes out also what it covers since.
            if is_out {
                covered.iter().for_each(|id| selection.remove(id));
            }
        });
    };
    view! {
        <th scope="col" role="columnheader" class="is-tight">
            <Checkbox
                checked=Bound::new(move || coverage.get() == Coverage::All, toggle)
                mixed=Signal::derive(move || coverage.get() == Coverage::Some)
                label="Select the rows on the screen"
                hidden_label=true
            />
        </th>
    }
}

/// The box of a row, in a [`Chooser`].
#[component]
pub fn RowBox<T: RowId>(
    /// The selection.
    choosing: Choosing<T>,
    /// The row.
    id: T,
    /// What the row is called.
    #[prop(into)]
    name: String,
) -> impl IntoView {
    let mut label = name;
    label = in_words(&label);
    label.insert_str(0, "Select ");
    let checked = move || choosing.selection.with(|selection| selection.contains(&id));
    view! {
        <td role="cell" class="is-tight">
            <label class="checkbox checkbox--bare">
                <input class="checkbox__control" type="checkbox" aria-label=label prop:checked=checked/>
            </label>
        </td>
    }
}

/// Around a table with boxes: Shift takes a range; the arrows go to the next row, with Shift taking it along. One handler
/// for all rows, for each row is made anew whenever it comes into sight.
#[component]
pub fn Chooser<T: RowId>(
    /// The selection.
    choosing: Choosing<T>,
    /// The table.
    children: Children,
) -> impl IntoView {
    let is_shift_space = StoredValue::new(false);
    let click = move |event: web_sys::MouseEvent| {
        let Some((input, id)) = box_of::<T>(&event) else { return };
        let is_range = event.shift_key() || is_shift_space.get_value();
        is_shift_space.set_value(false);
        let key = id.clone();
        choosing.change(|selection, ids| if is_range { selection.extend_to(&id, ids) } else { selection.toggle(&id) });
        // The browser has flipped the box, which follows the state.
        queue_microtask(move || {
            input.set_checked(choosing.selection.with_untracked(|selection| selection.contains(&key)));
        });
    };
    let key = move |event: web_sys::KeyboardEvent| {
        let Some((_, id)) = box_of::<T>(&event) else { return };
        is_shift_space.set_value(event.key() == " " && event.shift_key());
        let is_down = match event.key().as_str() {
            "ArrowDown" => true,
            "ArrowUp" => false,
            _ => return,
        };
        event.prevent_default();
        let beside = focus_adjacent_row(&event, is_down).and_then(|key| T::read(&key));
        if let Some(beside) = beside.filter(|_| event.shift_key()) {
            choosing.change(|selection, ids| selection.stretch_from(&id, &beside, ids));
        }
    };
    view! { <div class="chooser" on:click=handler(click) on:keydown=handler(key)>{children()}</div> }
}

/// The box of a row that an event is about, and the row.
fn box_of<T: RowId>(event: &web_sys::Event) -> Option<(web_sys::HtmlInputElement, T)> {
    let input: web_sys::HtmlInputElement = event.target()?.dyn_into().ok()?;
    let row = input.closest("tr[data-row]").ok()??;
    Some((input, T::read(&row.get_attribute("data-key")?)?))
}

/// What is chosen, in numbers, and what can be done about that.
#[component]
pub fn SelectionBar<T: RowId>(
    /// The selection.
    choosing: Choosing<T>,
    /// What the rows are, such as `members`.
    noun: &'static str,
    /// What a row is called.
    #[prop(into)]
    name_of: Callback<T, String>,
    /// What can be done with those chosen.
    children: ChildrenFn,
) -> impl IntoView {
    let standing = choosing.standing;
    let is_listing = RwSignal::new(false);
    let all = Callback::new(move |()| choosing.select_all());
    let invert = Callback::new(move |()| choosing.change(Selection::invert));
    let clear = Callback::new(move |()| choosing.change(|selection, _| selection.clear()));
    let drop_hidden = Callback::new(move |()| choosing.change(|selection, ids| selection.keep_only(ids)));
    let words = move || match standing.with(|it| (it.selected, it.hidden())) {
        (0, _) => String::new(),
        (all, 0) => format!("{} selected", count_words(all)),
        (all, hidden) => format!("{} selected, {} of them not shown now", count_words(all), count_words(hidden)),
    };
    let all_words = move || format!("Select all {} that match", count_words(standing.with(|it| it.matching)));
    let children = StoredValue::new(children);
    let is_any = Memo::new(move |_| standing.with(|it| it.selected != 0));
    let is_more = Memo::new(move |_| standing.with(|it| it.shown < it.matching));
    let is_hiding = Memo::new(move |_| standing.with(|it| it.hidden() != 0));
    view! {
        <p class="visually-hidden" role="status">{move || words()}</p>
        <Show when=move || is_any.get()>
            <div node_ref=choosing.bar class="bulk-bar" role="group" aria-label=format!("Selected {noun}")>
                <span class="bulk-bar__text">{move || words()}</span>
                <Show when=move || is_more.get()><Button on_click=all>{move || all_words()}</Button></Show>
                <Show when=move || is_hiding.get()><Button on_click=drop_hidden>"Drop those not shown"</Button></Show>
                <Button on_click=Callback::new(move |()| is_listing.set(true))>"List"</Button>
                <Button on_click=invert>"Invert"</Button>
                <Button on_click=clear>"Clear"</Button>
                {children.with_value(|it| it())}
            </div>
        </Show>
        <Tray choosing=choosing noun=noun name_of=name_of is_open=is_listing/>
    }
}

/// Those chosen, by name, each with a way out.
#[component]
fn Tray<T: RowId>(
    choosing: Choosing<T>,
    noun: &'static str,
    name_of: Callback<T, String>,
    is_open: RwSignal<bool>,
) -> impl IntoView {
    let listed = Memo::new(move |_| {
        choosing.selection.track();
        if is_open.get() { Arc::new(choosing.chosen()) } else { Arc::default() }
    });
    let at = move |at: usize| listed.with(|listed| listed.get(at).cloned());
    let close = Callback::new(move |()| is_open.set(false));
    let row = move |id: T| {
        let name = name_of.run(id.clone());
        let out = StoredValue::new(id.clone());
        let drop = Callback::new(move |()| out.with_value(|id| choosing.change(|selection, _| selection.remove(id))));
        view! {
            <td role="cell" class="is-title"><div class="cell-stack"><bdi>{name.clone()}</bdi><bdi class="cell-note mono">{id.to_string()}</bdi></div></td>
            <td role="cell" class="col-out"><IconButton icon=Icon::Close label=format!("Take {} out", in_words(&name)) on_click=drop/></td>
        }
        .into_any()
    };
    view! {
        <Dialog
            open=is_open
            on_close=close
            size=DialogSize::Large
            title=Signal::derive(move || format!("{} selected {noun}", count_words(listed.with(|listed| listed.len()))))
            footer=move || view! { <Button on_click=close autofocus=true>"Close"</Button> }.into_any()
        >
            <VirtualTable
                caption=format!("Selected {noun}")
                class="table--job"
                header=|| column_heads(&["Name", "Take out"])
                row_count=Signal::derive(move || listed.with(|listed| listed.len()))
                row_key=Callback::new(move |row| at(row).map_or_else(String::new, |id| id.to_string()))
                row=Callback::new(move |place| at(place).map_or_else(|| ().into_any(), row))
                columns=2
            />
        </Dialog>
    }
}
