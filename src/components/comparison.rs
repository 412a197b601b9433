//! Other people's changes beside one's own: the restored draft, the banner and the dialog of a form that is edited.
//!
//! Invariant: every way out of the dialog keeps or drops values on purpose; an empty value is shown as such.

use leptos::prelude::*;

use super::EditSession;
use crate::forms::{Comparison, Form};
use crate::ui::{Banner, Button, ButtonVariant, Dialog, DialogSize, Tone, column_heads};

/// What a form calls the thing that it edits.
#[derive(Debug, Clone, Copy)]
pub struct EditTexts {
    /// Such as “the workspace”.
    pub subject: &'static str,
    /// Such as “field”.
    pub field: &'static str,
    /// The title of the banner about someone else's change.
    pub changed: &'static str,
    /// The title of the dialog.
    pub dialog: &'static str,
    /// The caption of the dialog's table.
    pub caption: &'static str,
    /// What becomes of what both have edited.
    pub rule: &'static str,
}

/// Says that a draft was restored, and what someone else has changed since it was begun.
#[component]
pub fn RestoredBanner<F: Form>(
    /// The form.
    session: EditSession<F>,
    /// What it edits.
    texts: &'static EditTexts,
) -> impl IntoView {
    let discard = Callback::new(move |()| session.discard());
    let changed = move || {
        let fields = session.restored.get()?;
        (!fields.is_empty()).then(|| {
            let EditTexts { subject, field, .. } = texts;
            let fields = fields.join(", ");
            format!("Somebody else changed {subject} meanwhile: {fields}. Where you edited the same {field}, yours is shown.")
        })
    };
    view! {
        <Show when=move || session.restored.with(Option::is_some) && session.is_dirty.get()>
            <Banner tone=Tone::Info title="Your unsaved changes are back">
                {move || changed().map(|text| view! { <p>{text}</p> })}
                <Button on_click=discard>"Discard them"</Button>
            </Banner>
        </Show>
    }
}

/// Says that someone else has changed what is being edited.
#[component]
pub fn ChangedBanner<F: Form>(
    /// The form.
    session: EditSession<F>,
    /// What it edits.
    texts: &'static EditTexts,
    /// Whether the form is being saved: its own steps are no change by someone else.
    #[prop(into)]
    pending: Signal<bool>,
) -> impl IntoView {
    let is_behind = Memo::new(move |_| !session.differences().is_empty());
    let compare = Callback::new(move |()| session.compare("Nothing was sent.".to_owned()));
    view! {
        <Show when=move || is_behind.get() && !pending.get()>
            <Banner tone=Tone::Warning title=texts.changed>
                <Button on_click=compare>"Compare"</Button>
            </Banner>
        </Show>
    }
}

/// Shows someone else's change beside one's own, and lets the person decide.
#[component]
pub fn ComparisonDialog<F: Form>(
    /// The form.
    session: EditSession<F>,
    /// What it edits.
    texts: &'static EditTexts,
    /// Saves the form, with one's own changes on top.
    on_save: Callback<()>,
) -> impl IntoView {
    let discard = Callback::new(move |()| session.discard_mine());
    let keep = Callback::new(move |()| session.keep_mine());
    let save = Callback::new(move |()| {
        session.keep_mine();
        on_save.run(());
    });
    let footer = move || {
        view! {
            <Button on_click=discard>"Discard mine"</Button>
            <Button on_click=keep autofocus=true>"Review in the form"</Button>
            <Button variant=ButtonVariant::Primary on_click=save>"Save mine on top"</Button>
        }
        .into_any()
    };
    let found = Memo::new(move |_| session.differences());
    view! {
        <Dialog
            open=Signal::derive(move || session.compared.with(Option::is_some))
            on_close=Callback::new(move |()| session.compared.set(None))
            title=texts.dialog
            size=DialogSize::Large
            footer=footer
        >
            {move || session.compared.get().map(|sent| view! {
                <p>{format!("{sent} {}", texts.rule)}</p>
                <ComparisonTable caption=texts.caption found=found.get()/>
            })}
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
                <tbody role="rowgroup">{found.into_iter().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
}

fn shown(text: String) -> String {
    if text.is_empty() { "(empty)".to_owned() } else { text }
}
