//! Somebody else's changes beside one's own, field by field, before anything more is sent.
//!
//! Invariant: every way out of the dialog keeps or takes over values on purpose; what is empty says so.

use leptos::prelude::*;

use crate::forms::Comparison;
use crate::ui::{Button, ButtonVariant, Dialog, DialogSize, column_heads};

/// What somebody else changed, and what it means for what was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TheirChanges {
    /// What was sent so far, and what becomes of fields that both changed.
    pub words: String,
    /// The fields that changed.
    pub found: Vec<Comparison>,
}

/// The ways out of the dialog.
#[derive(Clone, Copy)]
pub struct WaysOut {
    /// Back to the form, with nothing decided.
    pub back: Callback<()>,
    /// Takes theirs, and drops one's own.
    pub discard: Callback<()>,
    /// Puts one's own on top, in the form.
    pub keep: Callback<()>,
    /// Puts one's own on top, and saves.
    pub save: Callback<()>,
}

/// Shows what changed, and lets the person decide.
#[component]
pub fn TheirChangesDialog(
    /// The heading.
    title: &'static str,
    /// What the table holds, for assistive technology.
    caption: &'static str,
    /// The changes; the dialog is open while there are any.
    #[prop(into)]
    changes: Signal<Option<TheirChanges>>,
    /// What the buttons do.
    ways_out: WaysOut,
) -> impl IntoView {
    let WaysOut { back, discard, keep, save } = ways_out;
    let footer = move || {
        view! {
            <Button on_click=discard>"Discard mine"</Button>
            <Button on_click=keep autofocus=true>"Review in the form"</Button>
            <Button variant=ButtonVariant::Primary on_click=save>"Save mine on top"</Button>
        }
        .into_any()
    };
    view! {
        <Dialog
            open=Signal::derive(move || changes.with(Option::is_some))
            on_close=back
            title=title
            size=DialogSize::Large
            footer=footer
        >
            {move || changes.get().map(|changes| view! {
                <p>{changes.words}</p>
                <ComparisonTable caption=caption found=changes.found/>
            }.into_any())}
        </Dialog>
    }
}

#[component]
fn ComparisonTable(caption: &'static str, found: Vec<Comparison>) -> impl IntoView {
    let row = |it: Comparison| {
        let mine = it.mine.map_or_else(|| "not edited".to_owned(), shown);
        view! {
            <tr role="row">
                <th scope="row" role="rowheader">{it.label}</th>
                <td role="cell" data-label="When you opened it"><bdi>{shown(it.loaded)}</bdi></td>
                <td role="cell" data-label="Now"><bdi>{shown(it.theirs)}</bdi></td>
                <td role="cell" data-label="Yours"><bdi>{mine}</bdi></td>
            </tr>
        }
    };
    view! {
        // Focusable, so that the keyboard can scroll a comparison that is longer than its dialog.
        <div class="table-box comparison" role="group" aria-label="Comparison" tabindex="0">
            <table class="table" role="table">
                <caption class="visually-hidden">{caption}</caption>
                <thead role="rowgroup">
                    <tr role="row">
                        {column_heads(&["Field", "When you opened it", "Now", "Yours"])}
                    </tr>
                </thead>
                <tbody role="rowgroup">{found.into_iter().map(row).map(IntoAny::into_any).collect_view()}</tbody>
            </table>
        </div>
    }
}

fn shown(text: String) -> String {
    if text.is_empty() { "(empty)".to_owned() } else { text }
}
