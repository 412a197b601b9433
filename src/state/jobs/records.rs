//! Jobs as they are written down in this browser, so that a closed tab can be gone on from.
//!
//! Invariant: a record holds ids, statuses and the server's words, never the key; it goes when its outcome was seen, and
//! when somebody signs out.

use super::lock::Lock;
use crate::bulk::{Machine, record};

const PREFIX: &str = "workspace-console.job.";
const ORDER: &str = ".order";
const STATE: &str = ".state";

fn storage() -> Option<web_sys::Storage> {
    web_sys::window()?.local_storage().ok()?
}

/// One job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    name: String,
}

impl Record {
    /// Writes a new one down.
    pub(super) fn create(machine: &Machine) -> Self {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a name, which any bits make")]
        let chance = (js_sys::Math::random() * 4_294_967_296.0) as u32;
        let record = Self { name: format!("{PREFIX}{:012}-{chance:08x}", super::super::now()) };
        record.put(ORDER, &record::order(machine));
        record.write(machine);
        record
    }

    /// What names it, here and as a lock.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// Writes down how it stands.
    pub(super) fn write(&self, machine: &Machine) {
        self.put(STATE, &record::state(machine));
    }

    fn put(&self, part: &str, text: &str) {
        if let Some(storage) = storage() {
            // Without room or storage there is nothing to go on from; the job itself is unharmed.
            let _ = storage.set_item(&[self.name.as_str(), part].concat(), text);
        }
    }

    /// The job as it was written down last.
    pub fn restore(&self) -> Option<Machine> {
        let storage = storage()?;
        let text = |part: &str| storage.get_item(&[self.name.as_str(), part].concat()).ok().flatten();
        record::restore(&text(ORDER)?, &text(STATE)?)
    }

    /// Drops it.
    pub fn forget(&self) {
        if let Some(storage) = storage() {
            for part in [ORDER, STATE] {
                let _ = storage.remove_item(&[self.name.as_str(), part].concat());
            }
        }
    }
}

/// The jobs that no tab carries out now, oldest first.
pub async fn left() -> Vec<Record> {
    let Some(storage) = storage() else { return Vec::new() };
    let keys = (0..storage.length().unwrap_or(0)).filter_map(|at| storage.key(at).ok().flatten());
    let name = |key: String| Some(key.strip_suffix(ORDER).filter(|name| name.starts_with(PREFIX))?.to_owned());
    let mut names: Vec<String> = keys.filter_map(name).collect();
    names.sort_unstable();
    let mut left = Vec::new();
    for name in names {
        // A lock that is to be had is nobody's; it is given back at once.
        if Lock::take(&name).await.is_some() {
            left.push(Record { name });
        }
    }
    left
}

/// Drops every job of this browser.
pub fn forget_all() {
    crate::state::drafts::forget_in(storage(), PREFIX);
}
