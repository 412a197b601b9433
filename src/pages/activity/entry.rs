//! One action: a row, and below it what was sent, once the row is opened.

use leptos::prelude::*;

use super::rows::ActivityRows;
use super::steps::Steps;
use crate::activity::{ActivityRecord, RecordId, state_label, title};
use crate::components::When;
use crate::domain::{ActivityState, Timestamp, inline_text};
use crate::ui::{Badge, BadgeTone, Button, ButtonVariant, Icon, IconMark, dynamic, exact, exact_text, unique_id};

/// What the row of a record shows.
#[derive(Clone, PartialEq, Default)]
struct Shown {
    title: String,
    state: ActivityState,
    note: String,
    by: String,
    undo: UndoState,
}

#[derive(Clone, Copy, PartialEq, Default)]
enum UndoState {
    #[default]
    None,
    Offered,
    /// A later action has changed the same again.
    Superseded,
    Undone,
}

impl Shown {
    fn of(record: &ActivityRecord, is_superseded: bool) -> Self {
        let undo = match &record.undo {
            _ if record.is_undone => UndoState::Undone,
            Some(_) if record.state == ActivityState::Running => UndoState::None,
            Some(_) if is_superseded => UndoState::Superseded,
            Some(_) => UndoState::Offered,
            None => UndoState::None,
        };
        Self { title: title(record), state: record.state, note: record.note.clone(), by: record.by.clone(), undo }
    }
}

#[component]
pub(super) fn Entry(rows: ActivityRows, id: RecordId) -> impl IntoView {
    let at = Timestamp::from_unix_seconds(id.at());
    let record = StoredValue::new(id);
    let shown = Memo::new(move |_| {
        let is_superseded = rows.superseded.with(|superseded| record.with_value(|id| superseded.contains(id)));
        let of = |found: &ActivityRecord| Shown::of(found, is_superseded);
        record.with_value(|id| rows.log.with_record(id, of)).unwrap_or_default()
    });
    let name = Signal::derive(move || shown.with(|shown| shown.title.clone()));
    let is_open = RwSignal::new(false);
    let details = StoredValue::new(unique_id("steps"));
    let toggle = move |_| is_open.update(|is_open| *is_open = !*is_open);
    let ask = move |()| rows.undoing.set(Some(record.get_value()));
    let state = move || {
        let (state, note) = shown.with(|shown| (shown.state, shown.note.clone()));
        view! {
            <Badge tone=tone(state)>{state_label(state)}</Badge>
            " "
            <span class="muted">{exact_text(note)}</span>
        }
        .into_any()
    };
    let undo_state = Memo::new(move |_| shown.with(|shown| shown.undo));
    let undo = move || match undo_state.get() {
        UndoState::None => ().into_any(),
        UndoState::Undone => view! { <span class="muted">{"Undone"}</span> }.into_any(),
        UndoState::Superseded => {
            let why = "A later action changed the same. Undo that one first.";
            view! { <span class="muted" title=why>{"Changed again"}</span> }.into_any()
        }
        UndoState::Offered => {
            let label = Signal::derive(move || format!("Undo: {}", name.get()));
            view! {
                <Button variant=ButtonVariant::Ghost icon=Icon::Undo on_click=ask label=label.get_untracked()>"Undo"</Button>
            }
            .into_any()
        }
    };
    view! {
        <tr role="row" data-row="">
            <td role="cell" class="is-title">
                <button
                    type="button"
                    class="activity__toggle"
                    aria-expanded=move || if is_open.get() { "true" } else { "false" }
                    aria-controls=details.get_value()
                    on:click=toggle
                >
                    <IconMark icon=Icon::ChevronRight/>
                    <bdi>{exact(name)}</bdi>
                </button>
            </td>
            <td role="cell" data-label="State">{dynamic(state)}</td>
            <td role="cell" data-label="Time"><When at=at/></td>
            <td role="cell" data-label="Key">
                <bdi class="mono muted">{move || shown.with(|shown| inline_text(&shown.by))}</bdi>
            </td>
            <td role="cell" class="activity__undo">{dynamic(undo)}</td>
        </tr>
        <tr role="row" class="activity__details" id=details.get_value() hidden=move || !is_open.get()>
            <td role="cell" colspan="5">
                {move || is_open.get().then(|| view! { <Steps rows=rows id=record.get_value()/> }.into_any())}
            </td>
        </tr>
    }
}

fn tone(state: ActivityState) -> BadgeTone {
    match state {
        ActivityState::Running => BadgeTone::Info,
        ActivityState::Done => BadgeTone::Success,
        ActivityState::Partly | ActivityState::Unclear => BadgeTone::Warning,
        ActivityState::Failed => BadgeTone::Danger,
    }
}
