//! Drafts: forms with unsaved changes, kept in this tab so that they survive a reload, a crash and data that fails to load.
//!
//! Invariant: a draft holds the fields of a form and the time when it was written, and nothing else. It is dropped when it
//! is saved or discarded, when the person leaves the form on purpose, and after seven days. A sign-out drops all but those of
//! forms that are open: the person was asked first.

use leptos::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::idle::time_of_day;
use crate::browser::storage::{Storage, millis, seconds};
use crate::domain::WorkspaceId;
use crate::forms::{Draft, draft};
use crate::navigation::UnsavedGuard;

const PREFIX: &str = "workspace-console.draft.";
/// What the names of activity records begin with. In this tab's storage they end when drafts do.
pub(crate) const ACTIVITY: &str = "workspace-console.activity.";
/// Seconds after which a draft is dropped.
const LIFETIME: f64 = 7.0 * 86_400.0;
/// Seconds after a sign-out that a draft which outlives it counts as written. Another tab may need that long to write when it
/// signed out, and to say so a second time.
const SIGN_OUT_MARGIN: f64 = 5.0;

pub(crate) fn of_settings(workspace: &WorkspaceId) -> String {
    format!("workspace.{workspace}")
}

pub(crate) fn of_budgets(workspace: &WorkspaceId) -> String {
    format!("budgets.{workspace}")
}

/// Stores a draft, with the form that the editing began with. Returns whether the browser did; otherwise the draft is in this
/// page only.
pub fn keep<T: Draft>(name: &str, form: &T, base: &T) -> bool {
    write(name, &draft::write(form, base))
}

/// How many drafts of the current view the browser did not store.
#[derive(Clone, Copy, Default)]
struct UnstoredDrafts(RwSignal<usize>);

/// Whether one draft is among them.
#[derive(Clone, Copy)]
struct Unstored {
    all: UnstoredDrafts,
    is_counted: StoredValue<bool>,
}

impl Unstored {
    fn new() -> Self {
        Self { all: use_context().unwrap_or_default(), is_counted: StoredValue::new(false) }
    }

    fn set(self, is_unstored: bool) {
        let Self { all: UnstoredDrafts(count), is_counted } = self;
        if is_counted.try_get_value() == Some(!is_unstored) {
            is_counted.set_value(is_unstored);
            count.update(|count| if is_unstored { *count += 1 } else { *count -= 1 });
        }
    }
}

/// The names of the drafts of forms that are open and have unsaved changes.
#[derive(Clone, Copy, Default)]
pub(super) struct OpenDrafts(StoredValue<Vec<String>>);

impl OpenDrafts {
    fn set(self, name: &str, is_open: bool) {
        self.0.try_update_value(|names| {
            names.retain(|open| open != name);
            if is_open {
                names.push(name.to_owned());
            }
        });
    }

    pub fn is_any(self) -> bool {
        self.0.with_value(|names| !names.is_empty())
    }

    /// Drops all other drafts of this tab after a sign-out. These count as written after it. Several messages can tell of one
    /// sign-out, and the view may be gone before the last: what outlived the sign-out before is kept.
    pub fn outlive(self, signed_out: Option<f64>) {
        let open: Vec<_> = self.0.with_value(|names| names.iter().map(|name| key(name)).collect());
        let now = signed_out.unwrap_or_default().max(time_of_day());
        for name in Storage::Tab.names(PREFIX) {
            let kept = Storage::Tab.read(&name).unwrap_or_default();
            let Stamped { at, text } = Stamped::parse(&kept);
            if open.contains(&name) {
                Storage::Tab.write(&name, &stamped_at(text, now + SIGN_OUT_MARGIN));
            } else if at.is_none_or(|at| at <= now) {
                Storage::Tab.remove(&name);
            }
        }
    }
}

/// Lets views say which drafts are theirs, and ask whether the browser stores them.
pub(super) fn provide_open() -> OpenDrafts {
    let open = OpenDrafts::default();
    provide_context(UnstoredDrafts::default());
    provide_context(open);
    open
}

/// Whether the browser does not store a draft of the current view.
pub fn is_any_unstored() -> Signal<bool> {
    let UnstoredDrafts(count) = use_context().unwrap_or_default();
    Signal::derive(move || count.get() != 0)
}

/// Whether a form with unsaved changes is open.
pub(crate) fn is_any_open() -> impl Fn() -> bool + Copy {
    let open: OpenDrafts = use_context().unwrap_or_default();
    move || open.is_any()
}

/// Reads a draft, and the form that the editing began with. `current` gives the fields that the draft does not hold.
pub fn restore<T: Draft>(name: &str, current: &T) -> Option<(T, T)> {
    draft::read(&read(name)?, current)
}

/// Keeps the draft of a form while the current view shows it: stored while the form is dirty, with the guard up. `forms`
/// returns the form and the form that the editing began with.
pub fn follow<T: Draft>(name: String, is_dirty: Memo<bool>, forms: impl Fn() -> (T, T) + 'static) {
    let (guard, unstored): (UnsavedGuard, _) = (expect_context(), Unstored::new());
    let open: OpenDrafts = use_context().unwrap_or_default();
    let draft = name.clone();
    // Outside world: the storage of the tab, and the guard of the page.
    Effect::new(move |_| {
        let is_dirty = is_dirty.get();
        guard.set(is_dirty);
        open.set(&draft, is_dirty);
        if is_dirty {
            let (form, base) = forms();
            unstored.set(!keep(&draft, &form, &base));
        } else {
            forget(&draft);
            unstored.set(false);
        }
    });
    on_cleanup(move || {
        unstored.set(false);
        open.set(&name, false);
        // A person who leaves on purpose has answered the guard's question, which lowers it. If the guard is still up, the
        // view is gone for another reason, such as data that failed to load.
        if !untrack(|| guard.is_up()) {
            forget(&name);
        }
        guard.set(false);
    });
}

/// Keeps a value as a draft for as long as it differs from its default. Leaving asks no question, because the
/// value is still there when the person comes back.
pub fn keep_value<T: Serialize + Default + PartialEq>(name: String, value: impl Fn() -> T + 'static) {
    let unstored = Unstored::new();
    // Outside world: the storage of the tab.
    Effect::new(move |_| {
        let value = value();
        let is_stored = match serde_json::to_string(&value) {
            Ok(text) if value != T::default() => write(&name, &text),
            _ => {
                forget(&name);
                true
            }
        };
        unstored.set(!is_stored);
    });
    on_cleanup(move || unstored.set(false));
}

/// Stores a value as a draft for another view. What the browser does not store is held in this page.
pub fn put_value(name: &str, value: &str) {
    // A text always has a form as JSON.
    write(name, &serde_json::to_string(value).unwrap_or_default());
}

/// Reads a value that was kept as a draft. A draft of another release that no longer fits is left out.
pub fn restore_value<T: DeserializeOwned>(name: &str) -> Option<T> {
    serde_json::from_str(&read(name)?).ok()
}

/// Drops a draft.
pub fn forget(name: &str) {
    Storage::Tab.remove(&key(name));
}

/// Drops the activity of this tab, which ends with the session.
pub(crate) fn forget_activity() {
    Storage::Tab.remove_all(ACTIVITY);
}

/// Drops the drafts and activity records that are too old, and those from before the last sign-out: a tab that was not
/// loaded at that time still has them.
pub(super) fn forget_old(signed_out: Option<f64>) {
    let names = [PREFIX, ACTIVITY].map(|prefix| Storage::Tab.names(prefix));
    for name in names.into_iter().flatten() {
        let kept = Storage::Tab.read(&name).unwrap_or_default();
        match Stamped::parse(&kept) {
            Stamped { at: Some(at), .. } if is_current(at, time_of_day(), signed_out) => {}
            Stamped { at: Some(_), .. } => Storage::Tab.remove(&name),
            // Of a release that wrote no time: its seven days begin now.
            Stamped { at: None, text } => drop(Storage::Tab.write(&name, &stamped(text))),
        }
    }
}

fn is_current(at: f64, now: f64, signed_out: Option<f64>) -> bool {
    now - at < LIFETIME && signed_out.is_none_or(|signed_out| signed_out < at)
}

/// A draft, and when it was written.
struct Stamped<'a> {
    /// In Unix seconds. `None` for a draft of a release that wrote no time.
    at: Option<f64>,
    text: &'a str,
}

impl<'a> Stamped<'a> {
    /// Reads a line with the time, and the draft. A draft itself has one line.
    fn parse(kept: &'a str) -> Self {
        match kept.split_once('\n') {
            Some((at, text)) => Self { at: Some(seconds(at).unwrap_or_default()), text },
            None => Self { at: None, text: kept },
        }
    }
}

fn stamped_at(text: &str, at: f64) -> String {
    [&millis(at), "\n", text].concat()
}

/// A text with the time when it was written, as this tab's storage has it.
pub(crate) fn stamped(text: &str) -> String {
    stamped_at(text, time_of_day())
}

/// A text without the time when it was written.
pub(crate) fn unstamped(kept: &str) -> &str {
    Stamped::parse(kept).text
}

fn write(name: &str, text: &str) -> bool {
    Storage::Tab.write(&key(name), &stamped(text))
}

fn read(name: &str) -> Option<String> {
    let kept = Storage::Tab.read(&key(name))?;
    let Stamped { at, text } = Stamped::parse(&kept);
    at.is_none_or(|at| is_current(at, time_of_day(), None)).then(|| text.to_owned())
}

pub(crate) fn of_added_members(workspace: &WorkspaceId) -> String {
    format!("add-members.{workspace}")
}

fn key(name: &str) -> String {
    format!("{PREFIX}{name}")
}

#[cfg(test)]
mod tests {
    use super::{LIFETIME, Stamped, is_current};

    #[test]
    fn a_draft_lasts_seven_days_and_no_longer_than_the_session() {
        let at = 1_000_000.0;
        assert!(is_current(at, at + LIFETIME - 1.0, None));
        assert!(!is_current(at, at + LIFETIME, None));
        assert!(is_current(at, at + 60.0, Some(at - 1.0)));
        assert!(!is_current(at, at + 60.0, Some(at + 1.0)));
        assert!(!is_current(at, at + 60.0, Some(at)));
    }

    #[test]
    fn a_draft_of_a_release_without_times_is_still_read() {
        let old = Stamped::parse(r#"{"version":2}"#);
        assert_eq!((old.at, old.text), (None, r#"{"version":2}"#));
    }
}
