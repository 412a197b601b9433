//! The entries of a pasted list that named no one, so that the job says nothing about them.

use crate::domain::text::counted;
use crate::ui::{Disclosure, exact_text};
use leptos::prelude::*;

/// The most entries that are drawn. The export has all of them.
const MOST: usize = 200;

/// An entry of a list that was not sent, because it is not known whom it means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Unmatched {
    /// The number of its line, from 1.
    pub line: usize,
    /// Its whole text.
    pub text: String,
}

impl Unmatched {
    /// Its row of an exported table: name, email or ID, outcome and reason.
    pub(super) fn outcome(&self) -> [String; 4] {
        [String::new(), self.text.clone(), "not matched".to_owned(), format!("Line {} of the list", self.line)]
    }
}

/// The entries, below the outcomes.
#[component]
pub(super) fn UnmatchedEntries(entries: RwSignal<Vec<Unmatched>>) -> impl IntoView {
    let count = Memo::new(move |_| entries.with(Vec::len));
    let summary = Signal::derive(move || {
        counted(count.get(), "entry of the list matched no one", "entries of the list matched no one")
    });
    let lines = move || {
        let line = |it: &Unmatched| {
            let (line, text) = (format!("Line {}", it.line), it.text.clone());
            view! { <li><span class="cell-note">{line}</span>" "<bdi>{exact_text(text)}</bdi></li> }
        };
        entries.with(|entries| entries.iter().take(MOST).map(line).collect_view())
    };
    view! {
        <Show when=move || count.get() != 0>
            <Disclosure summary=summary open=true>
                <ul class="list-skipped">{lines}</ul>
                <Show when=move || { count.get() > MOST }>
                    <p class={"muted"}>{"The exported file has all of them."}</p>
                </Show>
            </Disclosure>
        </Show>
    }
}
