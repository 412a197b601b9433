//! The rows of the preview of a list: each entry, its person, and what can be corrected.

use leptos::prelude::*;

use super::ListReader;
use crate::data::Directory;
use crate::domain::{UserId, inline_text};
use crate::search::list::{Correction, DecidedEntry, Decision, Found, nearest};
use crate::ui::{Badge, BadgeTone, Bound, Button, ButtonVariant, Select, SelectOption};

fn name_of(directory: Directory, id: &UserId) -> String {
    let person = directory.entry(id);
    match person.email.is_empty() {
        true => inline_text(&person.name),
        false => format!("{} · {}", inline_text(&person.name), inline_text(&person.email)),
    }
}

pub(super) fn entry_cells(reader: ListReader, directory: Directory, it: DecidedEntry) -> AnyView {
    let (tone, word) = match it.decision {
        Decision::Unknown => (BadgeTone::Warning, "Not found"),
        Decision::Ambiguous => (BadgeTone::Warning, "Ambiguous"),
        Decision::Mentioned => (BadgeTone::Warning, "Mentioned"),
        Decision::Selected => (BadgeTone::Success, reader.words.select),
        Decision::Already => (BadgeTone::Neutral, reader.words.already_one),
        Decision::Duplicate => (BadgeTone::Neutral, "Duplicate"),
        Decision::LeftOut => (BadgeTone::Neutral, "Left out"),
    };
    let person = match &it.person {
        Some(id) => {
            let name = name_of(directory, id);
            view! { <span class="clamp" title=name.clone()><bdi>{name.clone()}</bdi></span> }.into_any()
        }
        None => choice(reader, directory, &it),
    };
    view! {
        <td role="cell" class="col-name is-title">
            <div class="cell-stack">
                <bdi>{it.entry.text.clone()}</bdi>
                <span class="cell-note">{format!("Line {}", it.entry.line)}</span>
            </div>
        </td>
        <td role="cell" data-label="Person">{person}</td>
        <td role="cell" class="is-line" data-label="Result"><Badge tone=tone>{word}</Badge></td>
        <td role="cell" class="is-line">{action(reader, it)}</td>
    }
    .into_any()
}

/// The candidates of an entry that names no single person. None of them is taken unasked.
fn choice(reader: ListReader, directory: Directory, it: &DecidedEntry) -> AnyView {
    let candidates = match &it.entry.found {
        Found::OneOf(people) => people.clone(),
        Found::Unknown => directory.with(|people| nearest(&it.entry.text, people)),
        Found::One(_) => Vec::new(),
    };
    if candidates.is_empty() {
        return "—".into_any();
    }
    let none = if it.decision == Decision::Ambiguous { "Choose a person…" } else { "Did you mean…" };
    let mut options = vec![SelectOption::new("", none)];
    options.extend(candidates.iter().map(|id| SelectOption::new(id.as_str(), name_of(directory, id))));
    let key = it.key.clone();
    let value = Bound::new(String::new, move |chosen: String| {
        let id = candidates.iter().find(|id| id.as_str() == chosen).cloned();
        reader.correct(key.clone(), id.map(Correction::Person));
    });
    view! { <Select value=value options=options label=format!("Person for {}", inline_text(&it.entry.text))/> }
        .into_any()
}

/// What can be corrected: select whom the text mentions, leave out whom it names, and restore either.
fn action(reader: ListReader, it: DecidedEntry) -> AnyView {
    let name = inline_text(&it.entry.text);
    let (text, correction) = match (it.is_corrected, it.decision, &it.person) {
        (true, ..) => ("Restore", None),
        (_, Decision::Mentioned, Some(id)) => ("Select", Some(Correction::Person(id.clone()))),
        (_, Decision::Already | Decision::Duplicate, _) => return ().into_any(),
        _ => ("Leave out", Some(Correction::LeftOut)),
    };
    let key = it.key;
    view! {
        <Button
            variant=ButtonVariant::Ghost
            label=format!("{text} {name}")
            on_click=move |()| reader.correct(key.clone(), correction.clone())
        >
            {text}
        </Button>
    }
    .into_any()
}
