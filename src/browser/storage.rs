//! The browser's storage.
//!
//! A browser can refuse storage or run out of it. A text that it does not store is held in this page instead, where it ends
//! with the page. Writes say which of both it was.

use std::cell::RefCell;

thread_local! {
    /// The texts that the browser did not store. Few, so a list is enough.
    static HELD: RefCell<Vec<Held>> = const { RefCell::new(Vec::new()) };
}

struct Held {
    area: Storage,
    name: String,
    text: String,
}

/// A storage area of the browser.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Storage {
    /// Session storage: survives a reload and ends with the tab.
    Tab,
    /// Local storage: shared by all tabs and kept.
    Browser,
}

impl Storage {
    fn area(self) -> Option<web_sys::Storage> {
        let window = web_sys::window()?;
        match self {
            Self::Tab => window.session_storage().ok()?,
            Self::Browser => window.local_storage().ok()?,
        }
    }

    /// Whether the browser stores anything here now.
    pub fn is_usable(self) -> bool {
        let is_usable = self.store(PROBE, PROBE);
        self.remove(PROBE);
        is_usable
    }

    pub fn read(self, name: &str) -> Option<String> {
        let is_meant = |it: &&Held| it.area == self && it.name == name;
        let held = HELD.with_borrow(|held| held.iter().find(is_meant).map(|it| it.text.clone()));
        held.or_else(|| self.area()?.get_item(name).ok()?)
    }

    /// Stores a text under a name. Returns whether the browser did; otherwise the text is held in this page.
    pub fn write(self, name: &str, text: &str) -> bool {
        let is_stored = self.store(name, text);
        if is_stored {
            self.drop_held(name);
        } else {
            self.hold(name, text);
        }
        is_stored
    }

    /// Stores a text under a name, if the browser does. Nothing is held in this page.
    pub fn try_write(self, name: &str, text: &str) -> bool {
        self.drop_held(name);
        self.store(name, text)
    }

    fn store(self, name: &str, text: &str) -> bool {
        self.area().is_some_and(|area| {
            let is_stored = || area.set_item(name, text).is_ok();
            // An older text in its place would be wrong later, and takes space.
            is_stored() || (area.remove_item(name).is_ok() && is_stored())
        })
    }

    /// Holds a text in this page only.
    pub fn hold(self, name: &str, text: &str) {
        self.drop_held(name);
        HELD.with_borrow_mut(|held| held.push(Held { area: self, name: name.to_owned(), text: text.to_owned() }));
    }

    fn drop_held(self, name: &str) {
        HELD.with_borrow_mut(|held| held.retain(|it| it.area != self || it.name != name));
    }

    /// Whether this page holds a text whose name begins with `prefix`, because the browser did not store it.
    pub fn is_held(self, prefix: &str) -> bool {
        HELD.with_borrow(|held| held.iter().any(|it| it.area == self && it.name.starts_with(prefix)))
    }

    /// Moves everything whose name begins with `prefix` out of the browser's storage into this page.
    pub fn hold_all(self, prefix: &str) {
        for name in self.names(prefix) {
            if let Some(text) = self.read(&name) {
                self.remove(&name);
                self.hold(&name, &text);
            }
        }
    }

    /// Stores a time under a name, in Unix seconds. The text has whole milliseconds.
    pub fn write_time(self, name: &str, at: f64) -> bool {
        self.write(name, &millis(at))
    }

    /// Reads a time, in Unix seconds. `None` if there is none, or if the text is no number.
    pub fn read_time(self, name: &str) -> Option<f64> {
        seconds(&self.read(name)?)
    }

    pub fn remove(self, name: &str) {
        self.drop_held(name);
        if let Some(area) = self.area() {
            // Removing cannot run out of space, and there is nothing to do about a refusal.
            let _ = area.remove_item(name);
        }
    }

    pub fn names(self, prefix: &str) -> Vec<String> {
        let mut names = Vec::new();
        HELD.with_borrow(|held| names.extend(held.iter().filter(|it| it.area == self).map(|it| it.name.clone())));
        if let Some(area) = self.area() {
            names.extend((0..area.length().unwrap_or(0)).filter_map(|at| area.key(at).ok().flatten()));
        }
        names.retain(|name| name.starts_with(prefix));
        names
    }

    /// Removes everything whose name begins with `prefix`.
    pub fn remove_all(self, prefix: &str) {
        for name in self.names(prefix) {
            self.remove(&name);
        }
    }
}

/// The name and the text of a try to store something.
const PROBE: &str = "workspace-console.probe";

/// Whether this page holds any text that the browser did not store: a reload would lose it.
pub fn is_any_held() -> bool {
    HELD.with_borrow(|held| !held.is_empty())
}

/// A time in Unix seconds, as a text of whole milliseconds.
pub fn millis(at: f64) -> String {
    // The browser formats and reads the number: Rust's code for that would add several kB to the page.
    let text = js_sys::Number::from((at * 1000.0).round()).to_string_with_radix(10);
    text.map(String::from).unwrap_or_default()
}

/// Reads what [`millis`] wrote.
pub fn seconds(text: &str) -> Option<f64> {
    Some(js_sys::Number::parse_float(text) / 1000.0).filter(|seconds| seconds.is_finite())
}
