//! The browser's storage.
//!
//! A browser can refuse storage or run out of it. Reads then find nothing and writes say that they failed.

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

    pub fn read(self, name: &str) -> Option<String> {
        self.area()?.get_item(name).ok()?
    }

    /// Stores a text under a name. Returns whether the browser did.
    pub fn write(self, name: &str, text: &str) -> bool {
        self.area().is_some_and(|area| area.set_item(name, text).is_ok())
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
        if let Some(area) = self.area() {
            // Removing cannot run out of space, and there is nothing to do about a refusal.
            let _ = area.remove_item(name);
        }
    }

    pub fn names(self, prefix: &str) -> Vec<String> {
        let Some(area) = self.area() else { return Vec::new() };
        let names = (0..area.length().unwrap_or(0)).filter_map(|at| area.key(at).ok().flatten());
        names.filter(|name| name.starts_with(prefix)).collect()
    }

    /// Removes everything whose name begins with `prefix`.
    pub fn remove_all(self, prefix: &str) {
        for name in self.names(prefix) {
            self.remove(&name);
        }
    }
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
