//! The list of what the palette has found, in sections.

use super::entries::Entry;
use super::finder::{FinderState, status};
use super::found::{Found, Row};
use crate::components::actions::ActionEffect;
use crate::components::shortcuts::{ShortcutSwitch, key_caps};
use crate::navigation::use_route;
use crate::routes::Route;
use crate::search::fuzzy::Query;
use crate::ui::{IconMark, dynamic};
use leptos::prelude::*;
use std::sync::Arc;
use web_sys::MouseEvent;

#[component]
pub(super) fn FoundRows(state: FinderState, choose: Callback<(usize, bool)>) -> impl IntoView {
    let here = use_route();
    let switch: ShortcutSwitch = expect_context();
    dynamic(move || {
        let (found, here, has_shortcuts) = (state.found.get(), here.get(), switch.get());
        let section = |(start, rows): (usize, &[Row])| {
            let title_id = state.id.with_value(|id| format!("{id}-section-{start}"));
            let labelled_by = title_id.clone();
            let option = |(at, row): (usize, &Row)| {
                option(
                    state,
                    choose,
                    start + at,
                    &row.entry,
                    &Drawn { query: &found.query, here: &here, has_shortcuts },
                )
            };
            view! {
                <div role="group" aria-labelledby=labelled_by>
                    <div class="palette__section" id=title_id>{rows.first().map(|row| row.section.title())}</div>
                    {rows.iter().enumerate().map(option).collect_view()}
                </div>
            }
            .into_any()
        };
        found.sections().into_iter().map(section).collect_view()
    })
}

/// What the rows are drawn for.
struct Drawn<'a> {
    query: &'a Query,
    here: &'a Route,
    has_shortcuts: bool,
}

fn option(state: FinderState, choose: Callback<(usize, bool)>, at: usize, entry: &Entry, drawn: &Drawn<'_>) -> AnyView {
    let id = state.option_id(at);
    let selected = move || if state.active.get() == at { "true" } else { "false" };
    let click = move |event: MouseEvent| {
        // The browser opens a link in a new tab or window by itself.
        let has_modifier = event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key();
        if !has_modifier {
            event.prevent_default();
            choose.run((at, false));
        }
    };
    let keys = entry.shortcut.filter(|_| drawn.has_shortcuts).map(|shortcut| {
        view! { <span class="palette__keys" aria-hidden="true">{key_caps(shortcut.keys())}</span> }.into_any()
    });
    let detail =
        (!entry.detail.is_empty()).then(|| view! { <bdi class="palette__detail">{entry.detail.clone()}</bdi> });
    let content = view! {
        <IconMark icon=entry.icon/>
        <bdi class="palette__name">{marked(&entry.name, drawn.query)}</bdi>
        {detail}
        {keys}
    }
    .into_any();
    match entry.effect(drawn.here) {
        ActionEffect::Open(route) => view! {
            <a
                class="palette__option"
                id=id
                role="option"
                tabindex="-1"
                href=route.href()
                aria-selected=selected
                on:click=click
            >
                {content}
            </a>
        }
        .into_any(),
        ActionEffect::Run(_) => view! {
            <div class="palette__option" id=id role="option" aria-selected=selected on:click=click>{content}</div>
        }
        .into_any(),
    }
}

/// A name with the letters that the query matches.
fn marked(name: &str, query: &Query) -> AnyView {
    let part = |range: std::ops::Range<usize>| name.get(range).unwrap_or_default().to_owned();
    let (mut parts, mut end) = (Vec::new(), 0);
    for mark in query.marks(name) {
        parts.push(part(end..mark.start).into_any());
        end = mark.end;
        parts.push(view! { <mark>{part(mark)}</mark> }.into_any());
    }
    parts.push(part(end..name.len()).into_any());
    parts.collect_view().into_any()
}

/// The count of what is found, and what to do if it is nothing.
#[component]
pub(super) fn FoundStatus(found: Memo<Arc<Found>>) -> impl IntoView {
    let has_rows = move || found.with(|found| !found.rows.is_empty());
    view! {
        <p class="palette__status" role="status">{move || found.with(|found| status(found))}</p>
        <p class="palette__empty" hidden=has_rows>{"Try fewer letters, or a part of the slug or email address."}</p>
    }
}
