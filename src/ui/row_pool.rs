//! The rows that a long table has in the document, kept in step with those that it wants.
//!
//! Invariant: a row that stays wanted is never moved while the order of such rows stays, so it keeps focus and state.
//! (The keyed list of the framework does move rows when others come before them, and a moved row loses its focus.)

use super::dom::{focus_quietly, focused};
use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyViewState;
use leptos::wasm_bindgen::JsCast;
use std::collections::HashMap;

/// One row to have: what identifies it, and its place, which may change while it lives.
pub(super) struct Wanted {
    pub key: String,
    pub place: usize,
}

/// Builds the view of a row: exactly one element.
pub(super) type Build<'a> = &'a dyn Fn(&str, RwSignal<usize>) -> AnyView;

struct Drawn {
    key: String,
    place: RwSignal<usize>,
    element: web_sys::Element,
    state: AnyViewState,
    /// Ends with the row, and with it everything reactive in it.
    owner: Owner,
}

/// The rows in the document, in order.
#[derive(Default)]
pub(super) struct RowPool(Vec<Drawn>);

impl RowPool {
    /// A pool without rows. Those that it has at the end of the current owner go then: another table may have taken over
    /// the element that they are in.
    pub(super) fn of_owner() -> StoredValue<Self, LocalStorage> {
        let pool = StoredValue::new_local(Self::default());
        on_cleanup(move || {
            pool.try_update_value(|pool| pool.0.drain(..).for_each(Drawn::remove));
        });
        pool
    }

    /// Removes, adds and orders rows until `body` has exactly the wanted ones. `parent` owns the new ones.
    pub(super) fn update(&mut self, body: &web_sys::Element, parent: &Owner, wanted: Vec<Wanted>, build: Build<'_>) {
        let active = focused().filter(|it| body.contains(Some(it)));
        let mut kept: HashMap<String, Option<Drawn>> = wanted.iter().map(|it| (it.key.clone(), None)).collect();
        for row in self.0.drain(..) {
            match kept.get_mut(&row.key) {
                Some(slot) => *slot = Some(row),
                None => row.remove(),
            }
        }
        // All before the cursor is done.
        let mut cursor = body.first_element_child();
        for Wanted { key, place } in wanted {
            let row = match kept.get_mut(&key).and_then(Option::take) {
                Some(row) => {
                    if cursor.as_ref() == Some(&row.element) {
                        cursor = row.element.next_element_sibling();
                    } else {
                        // The row is in the document, so this can't fail.
                        drop(body.insert_before(&row.element, cursor.as_deref()));
                    }
                    if row.place.get_untracked() != place {
                        row.place.set(place);
                    }
                    row
                }
                None => match Drawn::new(body, cursor.as_ref(), parent, key, place, build) {
                    Some(row) => row,
                    None => continue,
                },
            };
            self.0.push(row);
        }
        if let Some(active) = active.filter(|it| it.is_connected() && focused().as_ref() != Some(it)) {
            focus_quietly(&active);
        }
    }
}

impl Drawn {
    fn new(
        body: &web_sys::Element,
        before: Option<&web_sys::Element>,
        parent: &Owner,
        key: String,
        place: usize,
        build: Build<'_>,
    ) -> Option<Self> {
        let owner = parent.with(Owner::new);
        let (place, mut state) = owner.with(|| {
            let place = RwSignal::new(place);
            (place, build(&key, place).build())
        });
        state.mount(body, before.map(JsCast::unchecked_ref));
        let element = state.elements().into_iter().next()?;
        // For whoever asks which rows are on the screen. An element in the document takes any attribute.
        drop(element.set_attribute("data-key", &key));
        Some(Self { key, place, element, state, owner })
    }

    fn remove(mut self) {
        self.state.unmount();
        self.owner.cleanup();
    }
}
