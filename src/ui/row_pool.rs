//! The rows that a long table has in the document.
//!
//! Invariant: a row that stays wanted isn't moved unless the order of the kept rows changes, so it keeps focus and
//! state. Leptos's `<For>` moves rows when others are inserted before them, and a moved row loses focus.

use super::dom::{focus_without_scrolling, focused};
use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyViewState;
use leptos::wasm_bindgen::JsCast;
use std::collections::HashMap;

/// A row to draw: its identity, and its position, which may change while the row lives. For a gap, its
/// height.
pub(super) struct RowSpec {
    pub key: String,
    pub position: usize,
}

/// Builds the view of a row, which must be exactly one element.
pub(super) type BuildRow<'a> = &'a dyn Fn(&str, RwSignal<usize>) -> AnyView;

struct PooledRow {
    key: String,
    position: RwSignal<usize>,
    element: web_sys::Element,
    state: AnyViewState,
    /// Owns everything reactive in the row.
    owner: Owner,
}

/// The rows in the document, in order.
#[derive(Default)]
pub(super) struct RowPool(Vec<PooledRow>);

impl RowPool {
    /// Creates an empty pool. When the current owner is disposed, the pool removes its rows, because another table may
    /// have taken over the `<tbody>`.
    pub(super) fn new_in_owner() -> StoredValue<Self, LocalStorage> {
        let pool = StoredValue::new_local(Self::default());
        on_cleanup(move || {
            pool.try_update_value(|pool| pool.0.drain(..).for_each(PooledRow::remove));
        });
        pool
    }

    /// Removes, adds and reorders rows until `body` has exactly the wanted ones. `parent` owns the new ones, whose number is
    /// returned.
    pub(super) fn update(
        &mut self,
        body: &web_sys::Element,
        parent: &Owner,
        wanted: Vec<RowSpec>,
        build: BuildRow<'_>,
    ) -> usize {
        let mut added = 0;
        let active = focused().filter(|element| body.contains(Some(element)));
        let mut kept: HashMap<String, Option<PooledRow>> = wanted.iter().map(|spec| (spec.key.clone(), None)).collect();
        for row in self.0.drain(..) {
            // Rows with equal keys are a mistake of the caller, but must not be left in the document.
            let surplus = match kept.get_mut(&row.key) {
                Some(slot) => slot.replace(row),
                None => Some(row),
            };
            if let Some(surplus) = surplus {
                surplus.remove();
            }
        }
        // Everything before the cursor is in its final place.
        let mut cursor = body.first_element_child();
        for spec in wanted {
            let Some(row) = kept.get_mut(&spec.key).and_then(Option::take) else {
                self.0.extend(PooledRow::insert(body, cursor.as_ref(), parent, spec, build));
                added += 1;
                continue;
            };
            if cursor.as_ref() == Some(&row.element) {
                cursor = row.element.next_element_sibling();
            } else {
                // The row and the cursor are children of the body, so this can't fail.
                drop(body.insert_before(&row.element, cursor.as_deref()));
            }
            if row.position.get_untracked() != spec.position {
                row.position.set(spec.position);
            }
            self.0.push(row);
        }
        if let Some(active) = active.filter(|element| element.is_connected() && focused().as_ref() != Some(element)) {
            focus_without_scrolling(&active);
        }
        added
    }
}

impl PooledRow {
    fn insert(
        body: &web_sys::Element,
        before: Option<&web_sys::Element>,
        parent: &Owner,
        RowSpec { key, position }: RowSpec,
        build: BuildRow<'_>,
    ) -> Option<Self> {
        let owner = parent.with(Owner::new);
        let (position, mut state) = owner.with(|| {
            let position = RwSignal::new(position);
            (position, build(&key, position).build())
        });
        state.mount(body, before.map(JsCast::unchecked_ref));
        let element = state.elements().into_iter().next()?;
        // Read by `visible_rows`. The name is valid, so this can't fail.
        drop(element.set_attribute("data-key", &key));
        Some(Self { key, position, element, state, owner })
    }

    fn remove(mut self) {
        self.state.unmount();
        self.owner.cleanup();
    }
}
