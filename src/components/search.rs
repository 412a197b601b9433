//! A search whose text is part of the address.

use crate::ui::Bound;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use std::time::Duration;

/// The debounce before typed text is written into the address.
const DEBOUNCE: Duration = Duration::from_millis(150);

/// Text that is not in the address yet.
struct Typed {
    /// What the address said when it was typed. A step in the history in between drops the text.
    over: String,
    text: String,
}

/// The text of the current view's search: what the person is typing, or else what the address says. `write` puts a text
/// into the address once typing rests.
pub fn search_in_address(
    in_address: Memo<String>,
    write: impl Fn(String) + Send + Sync + Clone + 'static,
) -> Bound<String> {
    let typed = RwSignal::new(None::<Typed>);
    let timer = StoredValue::new(None::<TimeoutHandle>);
    let text = Memo::new(move |_| {
        in_address.with(|address| {
            let current =
                |typed: &Option<Typed>| typed.as_ref().filter(|it| it.over == *address).map(|it| it.text.clone());
            typed.with(current).unwrap_or_else(|| address.clone())
        })
    });
    let cancel = move || {
        if let Some(timer) = timer.try_get_value().flatten() {
            timer.clear();
        }
    };
    on_cleanup(cancel);
    let set = move |text: String| {
        cancel();
        typed.set(Some(Typed { over: in_address.get_untracked(), text }));
        let write = write.clone();
        let rested = move || {
            let now = in_address.get_untracked();
            let typed = typed.try_update(Option::take).flatten().filter(|typed| typed.over == now && typed.text != now);
            if let Some(typed) = typed {
                write(typed.text);
            }
        };
        timer.set_value(set_timeout_with_handle(rested, DEBOUNCE).ok());
    };
    Bound::new(text, set)
}
