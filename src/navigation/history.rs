//! The entries of this tab's history, numbered so that a step tells how far it goes.
//!
//! Safari and Firefox throw when a page writes its history too often, and Chromium then ignores the write. The view never
//! waits for the browser: an address that was refused is written later.

use wasm_bindgen::JsValue;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Write {
    Push,
    Replace,
}

/// The number of the current entry, and the write that the browser has refused so far.
#[derive(Debug, Default)]
pub(super) struct Entries {
    pub index: i32,
    pub unwritten: Option<Write>,
}

impl Entries {
    pub fn new(index: i32) -> Self {
        Self { index, unwritten: None }
    }

    /// Writes an address with `write_entry`, which gets the number of the entry and returns whether the browser accepted
    /// it. An address that has no entry yet still needs one when another takes its place.
    pub fn write(&mut self, write: Write, write_entry: impl FnOnce(Write, i32) -> bool) {
        let write = if self.unwritten == Some(Write::Push) { Write::Push } else { write };
        let index = match write {
            Write::Push => self.index.saturating_add(1),
            Write::Replace => self.index,
        };
        if write_entry(write, index) {
            *self = Self::new(index);
        } else {
            self.unwritten = Some(write);
        }
    }

    /// Drops what was not written. Returns whether the shown address never got an entry, so that the current entry is the
    /// one to go back to.
    pub fn drop_unwritten(&mut self) -> bool {
        self.unwritten.take() == Some(Write::Push)
    }
}

fn history() -> Option<web_sys::History> {
    web_sys::window()?.history().ok()
}

/// Writes an entry. Returns whether the browser accepted it.
pub(super) fn write_entry(write: Write, index: i32, address: &str) -> bool {
    let Some(history) = history() else { return false };
    let state = js_sys::Object::new();
    for (name, value) in [("index", JsValue::from(index)), ("address", JsValue::from(address))] {
        // Setting a property of a fresh object cannot fail.
        let _ = js_sys::Reflect::set(&state, &name.into(), &value);
    }
    let written = match write {
        Write::Push => history.push_state_with_url(&state, "", Some(address)),
        Write::Replace => history.replace_state_with_url(&state, "", Some(address)),
    };
    // Chromium ignores too many writes without an exception, so the entry is read back.
    written.is_ok() && current_index() == Some(index) && current_address().as_deref() == Some(address)
}

pub(super) fn current_index() -> Option<i32> {
    index_of(&history()?.state().ok()?)
}

fn current_address() -> Option<String> {
    js_sys::Reflect::get(&history()?.state().ok()?, &"address".into()).ok()?.as_string()
}

/// The number in an entry's state. `None` for an entry that the console has not written.
pub(super) fn index_of(state: &JsValue) -> Option<i32> {
    if !state.is_object() {
        return None;
    }
    let index = js_sys::Reflect::get(state, &"index".into()).ok()?.as_f64()?;
    #[expect(clippy::cast_possible_truncation, reason = "it was written from an i32")]
    let index = index as i32;
    Some(index)
}

/// Goes this many entries forward, or back if negative.
pub(super) fn go(steps: i32) {
    if let Some(history) = history() {
        // Without such an entry the browser does nothing.
        let _ = history.go_with_delta(steps);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ACCEPT: fn(Write, i32) -> bool = |_, _| true;
    const REFUSE: fn(Write, i32) -> bool = |_, _| false;

    #[test]
    fn a_refused_entry_is_written_later_and_only_once() {
        let mut entries = Entries::new(3);
        entries.write(Write::Push, REFUSE);
        entries.write(Write::Push, REFUSE);
        assert!(entries.unwritten.is_some());
        let mut written = Vec::new();
        while let Some(write) = entries.unwritten {
            entries.write(write, |write, index| {
                written.push((write, index));
                true
            });
        }
        assert_eq!(written, [(Write::Push, 4)]);
        assert_eq!((entries.index, entries.unwritten.is_some()), (4, false));
    }

    #[test]
    fn an_address_without_an_entry_still_gets_one_when_it_is_replaced() {
        let mut entries = Entries::new(0);
        entries.write(Write::Push, REFUSE);
        let mut kind = None;
        entries.write(Write::Replace, |write, index| {
            kind = Some((write, index));
            true
        });
        assert_eq!(kind, Some((Write::Push, 1)));
    }

    #[test]
    fn back_from_an_address_without_an_entry_stays_on_the_current_entry() {
        let mut entries = Entries::new(2);
        entries.write(Write::Push, REFUSE);
        assert!(entries.drop_unwritten());
        assert_eq!((entries.index, entries.unwritten.is_some()), (2, false));
        entries.write(Write::Replace, REFUSE);
        assert!(!entries.drop_unwritten());
        entries.write(Write::Push, ACCEPT);
        assert_eq!((entries.drop_unwritten(), entries.index), (false, 3));
    }

    #[test]
    fn a_step_of_the_browser_drops_what_was_not_written() {
        let mut entries = Entries::new(5);
        entries.write(Write::Push, REFUSE);
        entries = Entries::new(4);
        assert_eq!((entries.index, entries.unwritten.is_some()), (4, false));
    }
}
