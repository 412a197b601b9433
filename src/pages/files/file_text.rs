//! The text of the file to import: a draft of this tab, until its plan is applied or it is discarded.

use std::time::Duration;

use leptos::prelude::*;

use crate::components::ImportDraft;
use crate::session::drafts;

#[derive(Clone, Copy)]
pub(super) struct FileText {
    pub text: RwSignal<String>,
    /// The text once it rests: a long file is not read again with each key.
    pub rested: RwSignal<String>,
    /// The text that was replaced or discarded last, to bring it back.
    pub earlier: RwSignal<String>,
    /// The text whose plan was applied. It is no draft any more.
    applied: RwSignal<Option<String>>,
}

impl FileText {
    /// The draft of this tab, or else no text.
    pub fn new() -> Self {
        let text = ImportDraft::Current.read();
        let earlier = RwSignal::new(ImportDraft::Earlier.read());
        let (rested, applied) = (RwSignal::new(text.clone()), RwSignal::new(None));
        let text = RwSignal::new(text);
        rest(text, rested);
        let draft = move || {
            let is_applied = |text: &String| applied.with(|applied: &Option<String>| applied.as_ref() == Some(text));
            rested.with(|text| if is_applied(text) { String::new() } else { text.clone() })
        };
        drafts::keep_value(ImportDraft::Current.name().to_owned(), draft);
        drafts::keep_value(ImportDraft::Earlier.name().to_owned(), move || earlier.get());
        Self { text, rested, earlier, applied }
    }

    /// Puts another text in the place of this one, which can be brought back.
    pub fn replace(self, text: String) {
        let before = self.text.get_untracked();
        if before == text {
            return;
        }
        if !before.trim().is_empty() {
            self.earlier.set(before);
        }
        self.text.set(text);
    }

    pub fn discard(self) {
        self.replace(String::new());
    }

    pub fn bring_back(self) {
        self.text.set(self.earlier.get_untracked());
        self.earlier.set(String::new());
    }

    /// Drops the draft: its plan is being applied. The text stays for what is left of it.
    pub fn mark_applied(self) {
        self.applied.set(Some(self.text.get_untracked()));
        self.earlier.set(String::new());
    }
}

/// How long a text stays the same before it is read.
const REST: Duration = Duration::from_millis(150);

/// Lets `rested` follow a text.
fn rest(text: RwSignal<String>, rested: RwSignal<String>) {
    let timer = StoredValue::new(None::<TimeoutHandle>);
    let stop = move || {
        if let Some(timer) = timer.try_update_value(Option::take).flatten() {
            timer.clear();
        }
    };
    on_cleanup(stop);
    // Outside world: a timer.
    Effect::new(move |_| {
        text.track();
        stop();
        let read = move || {
            let text = text.try_get_untracked();
            if let Some(text) = text.filter(|text| rested.try_with_untracked(|rested| rested != text) == Some(true)) {
                rested.try_set(text);
            }
        };
        timer.set_value(set_timeout_with_handle(read, REST).ok());
    });
}
