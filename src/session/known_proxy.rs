//! Whether a proxy has held the key in this browser, so that its own 401 is told from that of an API without a key.

use super::state::KeyHolder;
use crate::browser::storage::Storage;

const NAME: &str = "workspace-console.proxy";

/// Remembers who holds the key of a session that has begun.
pub(super) fn remember(holder: KeyHolder) {
    match holder {
        KeyHolder::Proxy => drop(Storage::Browser.write(NAME, "1")),
        KeyHolder::Page => forget(),
    }
}

pub(super) fn is_known() -> bool {
    Storage::Browser.read(NAME).is_some()
}

pub(super) fn forget() {
    Storage::Browser.remove(NAME);
}
