//! A search that is part of the address.
//!
//! Invariant: typing changes the address in place, once it rests; the address changes the search (Back, a link).

use std::time::Duration;

use leptos::prelude::*;

use crate::effect::watch;

/// How long typing rests before the address follows.
const SETTLE: Duration = Duration::from_millis(150);

/// The search as it is typed. The address follows it by `write`, and it follows the address.
pub fn search_in_address(in_address: Memo<String>, write: impl Fn(String) + Clone + 'static) -> RwSignal<String> {
    let search = RwSignal::new(in_address.get_untracked());
    let written = StoredValue::new(search.get_untracked());
    watch(move || {
        let in_address = in_address.get();
        if written.with_value(|written| *written != in_address) {
            written.set_value(in_address.clone());
            search.set(in_address);
        }
    });
    watch(move || {
        let typed = search.get();
        let write = write.clone();
        let settled = set_timeout_with_handle(
            move || {
                if written.try_get_value().is_some_and(|written| written != typed) {
                    written.set_value(typed.clone());
                    write(typed);
                }
            },
            SETTLE,
        );
        on_cleanup(move || {
            if let Ok(settled) = settled {
                settled.clear();
            }
        });
    });
    search
}
