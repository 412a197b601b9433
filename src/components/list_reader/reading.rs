//! Reads a list when typing rests, a part at a time.

use std::sync::Arc;

use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;

use crate::data::Directory;
use crate::search::list::{List, Reading, read};

/// Longer texts are read when typing rests, so that each key is shown at once.
const SHORT_TEXT: usize = 4_000;
/// How long typing rests before a long list is read.
const REST_MS: u32 = 250;
/// How many entries are read before the browser gets its turn: some 5 ms on a slow machine.
const PART: usize = 250;

/// The text, and the column that was chosen.
type Source = (RwSignal<String>, RwSignal<Option<String>>);
/// The list as it was read last, and how much of the next one has been read, in percent.
type Target = (RwSignal<Arc<List>>, RwSignal<Option<usize>>);

/// Keeps `list` what the text says, while `is_open`.
pub(super) fn read_at_rest(directory: Directory, is_open: Memo<bool>, source: Source, target: Target) {
    let ((text, column), (list, progress)) = (source, target);
    let people = Memo::new(move |_| directory.data.get());
    let current = StoredValue::new(0_u32);
    // Outside world: the timer that waits until typing rests, and the turns that the browser gets between parts.
    Effect::new(move |_| {
        if !is_open.get() {
            return;
        }
        let (content, column, people) = (text.get(), column.get(), people.get());
        current.update_value(|current| *current = current.wrapping_add(1));
        let own = current.get_value();
        let is_current = move || current.try_get_value() == Some(own);
        if content.len() <= SHORT_TEXT {
            progress.set(None);
            let read = |people: &_| read(&content, column.as_deref(), people);
            list.set(Arc::new(people.map_or_else(|| read(&Default::default()), |index| index.with(read))));
            return;
        }
        progress.set(Some(0));
        leptos::task::spawn_local(async move {
            TimeoutFuture::new(REST_MS).await;
            if !is_current() {
                return;
            }
            let mut reading = Reading::new(&content, column.as_deref());
            loop {
                let done = match &people {
                    Some(index) => index.with(|people| reading.advance(people, PART)),
                    None => reading.advance(&Default::default(), PART),
                };
                if let Some(done) = done {
                    progress.set(None);
                    list.set(Arc::new(done));
                    return;
                }
                progress.set(Some(reading.percent()));
                TimeoutFuture::new(0).await;
                if !is_current() {
                    return;
                }
            }
        });
    });
}
