//! The rows of the preview of a list: each entry, its person, and what can be corrected.
//!
//! Invariant: a correction neither moves nor rebuilds its row, so the focus stays where it is.

use leptos::prelude::*;

use super::ListReader;
use crate::data::Directory;
use crate::domain::{UserId, inline_text};
use crate::search::list::{Correction, DecidedEntry, Decision, Entry, Found, nearest};
use crate::ui::{Badge, BadgeTone, Bound, Button, ButtonVariant, Select, SelectOption, dynamic};

type RowEntry = Memo<Option<DecidedEntry>>;

/// The cells of the entry with this key, which is at this position now.
pub(super) fn entry_cells(reader: ListReader, directory: Directory, at: usize, key: String) -> AnyView {
    let it: RowEntry = Memo::new(move |_| {
        reader.shown.with(|shown| {
            let here = shown.get(at).filter(|it| it.key == key);
            here.or_else(|| shown.iter().find(|it| it.key == key)).cloned()
        })
    });
    let entry = Memo::new(move |_| it.with(|it| it.as_ref().map(|it| it.entry.clone())));
    let text = move || entry.with(|it| it.as_ref().map_or_else(String::new, |it| it.text.clone()));
    let line = move || entry.with(|it| it.as_ref().map_or_else(String::new, |it| format!("Line {}", it.line)));
    let result = move || it.with(|it| it.as_ref().map(|it| result(reader, it.decision)));
    view! {
        <td role="cell" class="col-name is-title list-entry">
            <div class="cell-stack">
                <bdi title=move || inline_text(&text())>{text}</bdi>
                <span class="cell-note">{line}</span>
            </div>
        </td>
        <td role="cell" data-label="Person">
            {dynamic(move || entry.get().map(|entry| person_cell(reader, directory, it, &entry)))}
        </td>
        <td role="cell" class="is-line" data-label="Result">{dynamic(result)}</td>
        <td role="cell" class="is-line col-correction"><CorrectionButton reader=reader it=it/></td>
    }
    .into_any()
}

fn result(reader: ListReader, decision: Decision) -> AnyView {
    let (tone, word) = match decision {
        Decision::Unknown => (BadgeTone::Warning, "Not found"),
        Decision::Ambiguous => (BadgeTone::Warning, "Ambiguous"),
        Decision::Mentioned => (BadgeTone::Warning, "Mentioned"),
        Decision::Selected => (BadgeTone::Success, reader.words.select),
        Decision::Already => (BadgeTone::Neutral, reader.words.already_one),
        Decision::Duplicate => (BadgeTone::Neutral, "Duplicate"),
        Decision::LeftOut => (BadgeTone::Neutral, "Excluded"),
    };
    view! { <Badge tone=tone>{word}</Badge> }.into_any()
}

fn name_of(directory: Directory, id: &UserId) -> String {
    let person = directory.entry(id);
    match person.email.is_empty() {
        true => inline_text(&person.name),
        false => format!("{} · {}", inline_text(&person.name), inline_text(&person.email)),
    }
}

/// The person of an entry, or the candidates to choose from. None of them is taken unasked.
fn person_cell(reader: ListReader, directory: Directory, it: RowEntry, entry: &Entry) -> AnyView {
    let candidates = match &entry.found {
        Found::One(id) => {
            let name = name_of(directory, id);
            return view! { <span class="clamp" title=name.clone()><bdi>{name.clone()}</bdi></span> }.into_any();
        }
        Found::OneOf(people) => people.clone(),
        Found::Unknown => directory.with(|people| nearest(&entry.text, people)),
    };
    if candidates.is_empty() {
        return "—".into_any();
    }
    let none = if entry.found == Found::Unknown { "Did you mean…" } else { "Choose a person…" };
    let mut options = vec![SelectOption::new("", none)];
    options.extend(candidates.iter().map(|id| SelectOption::new(id.as_str(), name_of(directory, id))));
    let chosen = move || {
        let chosen = |it: &DecidedEntry| it.person.as_ref().map(|id| id.as_str().to_owned());
        it.with(|it| it.as_ref().and_then(chosen)).unwrap_or_default()
    };
    let value = Bound::new(chosen, move |chosen: String| {
        let id = candidates.iter().find(|id| id.as_str() == chosen).cloned();
        reader.correct(it, id.map(Correction::Person));
    });
    view! { <Select value=value options=options label=format!("Person for {}", inline_text(&entry.text))/> }.into_any()
}

/// What the button of an entry does: selects whom the text mentions, leaves out whom it names, restores either. `None`
/// where the entry changes nothing.
fn correction(it: &DecidedEntry) -> Option<(&'static str, Option<Correction>)> {
    Some(match (it.is_corrected, it.decision, &it.person) {
        (true, ..) => ("Restore", None),
        (_, Decision::Mentioned, Some(id)) => ("Select", Some(Correction::Person(id.clone()))),
        (_, Decision::Already | Decision::Duplicate, _) => return None,
        _ => ("Exclude", Some(Correction::LeftOut)),
    })
}

#[component]
fn CorrectionButton(reader: ListReader, it: RowEntry) -> impl IntoView {
    let is_possible = Memo::new(move |_| it.with(|it| it.as_ref().and_then(correction).is_some()));
    let text = move || it.with(|it| it.as_ref().and_then(correction).map(|(text, _)| text));
    let name = move || it.with(|it| it.as_ref().map(|it| format!(" {}", inline_text(&it.entry.text))));
    let press = move |()| {
        let found = it.with_untracked(|it| it.as_ref().and_then(correction));
        found.into_iter().for_each(|(_, correction)| reader.correct(it, correction));
    };
    view! {
        <Show when=move || is_possible.get()>
            <Button variant=ButtonVariant::Ghost on_click=press>
                {text}
                <span class="visually-hidden">{name}</span>
            </Button>
        </Show>
    }
}
