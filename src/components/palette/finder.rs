//! The content of the palette: a combobox over a list that is always open.

use super::entries::{Entries, Entry, GlobalActions, part};
use super::found::Found;
use super::recent;
use super::rows::{FoundRows, FoundStatus};
use crate::components::actions::ActionEffect;
use crate::domain::text::{counted, format_count};
use crate::navigation::{use_navigator, use_route};
use crate::search::fuzzy::Query;
use crate::ui::{Icon, IconMark, close_button, is_composing, scroll_into_view, unique_id};
use leptos::{html, prelude::*};
use std::sync::Arc;
use web_sys::KeyboardEvent;

/// How many rows Page Up and Page Down move.
const PAGE: usize = 8;

/// What the palette has found, and which row is active.
#[derive(Clone, Copy)]
pub(super) struct FinderState {
    /// Starts the IDs of the list and of its rows.
    pub id: StoredValue<String>,
    pub found: Memo<Arc<Found>>,
    /// The position of the active row.
    pub active: Memo<usize>,
    /// The row that the person moved to.
    moved_to: RwSignal<Option<Arc<Entry>>>,
}

impl FinderState {
    fn new(found: Memo<Arc<Found>>) -> Self {
        let moved_to = RwSignal::new(None::<Arc<Entry>>);
        let active = Memo::new(move |_| {
            let found = found.get();
            let position = |entry: &Arc<Entry>| found.rows.iter().position(|row| Arc::ptr_eq(&row.entry, entry));
            moved_to.with(|entry| entry.as_ref().and_then(position)).unwrap_or(0)
        });
        Self { id: StoredValue::new(unique_id("palette")), found, active, moved_to }
    }

    pub fn option_id(self, at: usize) -> String {
        self.id.with_value(|id| format!("{id}-{at}"))
    }

    fn entry(self, at: usize) -> Option<Arc<Entry>> {
        self.found.with_untracked(|found| found.rows.get(at).map(|row| row.entry.clone()))
    }

    /// The row that a key leads to, or `None` for a key that does not move.
    fn target(self, key: &str) -> Option<usize> {
        let at = self.active.get_untracked();
        let last = self.found.with_untracked(|found| found.rows.len()).saturating_sub(1);
        Some(match key {
            "ArrowDown" if at >= last => 0,
            "ArrowDown" => at + 1,
            "ArrowUp" => at.checked_sub(1).unwrap_or(last),
            "PageDown" => (at + PAGE).min(last),
            "PageUp" => at.saturating_sub(PAGE),
            "Home" => 0,
            "End" => last,
            _ => return None,
        })
    }
}

#[component]
pub(super) fn Finder(close: Callback<()>, global_actions: GlobalActions) -> impl IntoView {
    let typed = RwSignal::new(String::new());
    let state = FinderState::new(find(typed, global_actions));
    let FinderState { found: all, moved_to, active, .. } = state;
    let list = NodeRef::<html::Div>::new();
    let choose = choosing(state, close);
    let keydown = move |event: KeyboardEvent| {
        let has_modifier = event.ctrl_key() || event.meta_key();
        if is_composing(&event) || event.alt_key() || event.shift_key() {
            return;
        }
        if event.key() == "Enter" {
            event.prevent_default();
            choose.run((active.get_untracked(), has_modifier));
        } else if let Some(target) = state.target(&event.key()).filter(|_| !has_modifier) {
            event.prevent_default();
            moved_to.set(state.entry(target));
        }
    };
    keep_active_in_sight(state, list);
    let is_empty = move || all.with(|found| found.rows.is_empty());
    view! {
        <div class="palette__search">
            <IconMark icon=Icon::Search/>
            <input
                class="palette__input"
                type="text"
                role="combobox"
                aria-label="Search or jump to"
                aria-autocomplete="list"
                aria-expanded=move || if is_empty() { "false" } else { "true" }
                aria-controls=state.id.get_value()
                aria-activedescendant=move || (!is_empty()).then(|| state.option_id(active.get()))
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                data-1p-ignore="true"
                data-bwignore="true"
                data-lpignore="true"
                data-form-type="other"
                maxlength="200"
                placeholder="Search workspaces, people, pages and actions"
                autofocus=true
                prop:value=move || typed.get()
                on:input=move |event| {
                    moved_to.set(None);
                    typed.set(event_target_value(&event));
                }
                on:keydown=keydown
            />
            {close_button("palette__close", close)}
        </div>
        <div
            node_ref=list
            class="palette__list"
            id=state.id.get_value()
            role="listbox"
            aria-label="Results"
            hidden=is_empty
        >
            <FoundRows state=state choose=choose/>
        </div>
        <FoundStatus found=all/>
    }
}

/// Chooses the row at a position, in a new tab or in this one.
fn choosing(state: FinderState, close: Callback<()>) -> Callback<(usize, bool)> {
    let (navigator, route) = (use_navigator(), use_route());
    Callback::new(move |(at, in_new_tab): (usize, bool)| {
        let Some(entry) = state.entry(at) else { return };
        entry.subject().into_iter().for_each(recent::remember);
        close.run(());
        match entry.effect(&route.get_untracked()) {
            ActionEffect::Open(route) if in_new_tab => {
                // A blocked popup opens nothing, and the browser says so.
                let _ = window().open_with_url_and_target_and_features(&route.href(), "_blank", "noopener");
            }
            // In the next frame the palette is gone and has given the focus back.
            ActionEffect::Open(route) => request_animation_frame(move || navigator.follow(&route)),
            ActionEffect::Run(run) => request_animation_frame(move || {
                // The view that offered it may have gone.
                let _disposed = run.try_run(());
            }),
        }
    })
}

/// Scrolls the list to the active row, or for the first one to its top.
fn keep_active_in_sight(state: FinderState, list: NodeRef<html::Div>) {
    // Outside world: the scroll position of the list.
    Effect::new(move |_| {
        state.found.track();
        match (state.active.get(), list.get()) {
            (0, Some(list)) => list.set_scroll_top(0),
            (at, _) => document().get_element_by_id(&state.option_id(at)).iter().for_each(scroll_into_view),
        }
    });
}

/// What is found for what was typed. People are read once something was typed, or if one of them was opened last.
fn find(typed: RwSignal<String>, global_actions: GlobalActions) -> Memo<Arc<Found>> {
    let has_recent_person = recent::read().iter().any(|subject| matches!(subject, recent::Subject::Person(_)));
    let wants_people = Memo::new(move |was: Option<&bool>| {
        was == Some(&true) || has_recent_person || typed.with(|typed| !typed.trim().is_empty())
    });
    let entries = Entries::new(global_actions, wants_people.into());
    let here = use_route();
    let recent = part(move |_| entries.recent(&here.get()));
    Memo::new(move |_| {
        let (fixed, workspaces, people) = (entries.fixed.get(), entries.workspaces.get(), entries.people.get());
        let (query, recent) = (typed.with(|typed| Query::new(typed)), recent.get());
        let note = entries.people_note.get();
        let found = match query.is_empty() {
            true => Found::everything(&recent, [&fixed, &workspaces]),
            false => Found::matching(query, &recent, [&fixed, &workspaces, &people]),
        };
        Arc::new(Found { note, ..found })
    })
}

/// Such as `12 results`, for assistive technology and for those who look for more.
pub(super) fn status(found: &Found) -> String {
    let count = match (found.count, found.rows.len()) {
        (0, _) => "No matches".to_owned(),
        (count, shown) if count == shown => counted(count, "result", "results"),
        (count, shown) => format!("{shown} of {} results. Keep typing to see others.", format_count(count)),
    };
    match found.note {
        Some(note) => format!("{count}. {note}"),
        None => count,
    }
}
