//! Someone else's changes to what a form edits: the restored draft, and the banner and the dialog for fields that both have
//! edited.
//!
//! Invariant: no button of the dialog drops a value by accident, and an empty value is shown as such.

use super::EditSession;
use crate::forms::{Comparison, Form};
use crate::ui::{Banner, Button, ButtonVariant, Dialog, DialogSize, Tone, column_heads};
use leptos::prelude::*;

/// What a form calls the thing that it edits.
#[derive(Debug, Clone, Copy)]
pub struct EditTexts {
    /// Such as “the workspace”.
    pub subject: &'static str,
    /// Such as “field”.
    pub field: &'static str,
    pub changed: &'static str,
    pub dialog: &'static str,
    pub caption: &'static str,
    /// What happens to a field that both have edited.
    pub rule: &'static str,
}

/// Says that a draft was restored, and what someone else has changed since it was started.
#[component]
pub fn RestoredBanner<F: Form>(session: EditSession<F>, texts: &'static EditTexts) -> impl IntoView {
    let changed = move || {
        let fields = session.restored.get().filter(|fields| !fields.is_empty())?.join(", ");
        let EditTexts { subject, field, .. } = texts;
        let text = format!(
            "Someone else changed {subject} after you started: {fields}. Where you both edited a {field}, yours is shown."
        );
        Some(view! { <p>{text}</p> })
    };
    view! {
        <Show when=move || session.restored.with(Option::is_some) && session.is_dirty.get()>
            <Banner tone=Tone::Info title="We restored your unsaved changes">
                {move || changed()}
                <Button on_click=move |()| session.discard()>"Discard restored changes"</Button>
            </Banner>
        </Show>
    }
}

/// Says that someone else has changed what is being edited.
#[component]
pub fn ChangedBanner<F: Form>(
    session: EditSession<F>,
    texts: &'static EditTexts,
    /// Whether the form is being saved: its own steps are no change by someone else.
    #[prop(into)]
    pending: Signal<bool>,
) -> impl IntoView {
    let is_behind = Memo::new(move |_| session.differences().iter().any(|it| it.is_overlap));
    let compare = move |()| session.compare("Nothing was sent.".to_owned());
    view! {
        <Show when=move || is_behind.get() && !pending.get()>
            <Banner tone=Tone::Warning title=texts.changed>
                <Button on_click=compare>"Compare"</Button>
            </Banner>
        </Show>
    }
}

/// Shows someone else's change beside the person's own, and lets the person decide.
#[component]
pub fn ComparisonDialog<F: Form>(
    session: EditSession<F>,
    texts: &'static EditTexts,
    on_save: Callback<()>,
) -> impl IntoView {
    let save = move |()| {
        session.keep_mine();
        on_save.run(());
    };
    let found = Memo::new(move |_| session.differences());
    view! {
        <Dialog
            open=Signal::derive(move || session.compared.with(Option::is_some))
            on_close=move |()| session.compared.set(None)
            title=texts.dialog
            size=DialogSize::Large
            footer=move || view! {
                <Button on_click=move |()| session.discard_mine()>"Discard my changes"</Button>
                <Button on_click=move |()| session.keep_mine() autofocus=true>"Keep editing"</Button>
                <Button variant=ButtonVariant::Primary on_click=save>"Save my changes"</Button>
            }
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
        let theirs = it.theirs.map_or_else(|| "not changed".to_owned(), shown);
        let mine = it.mine.map_or_else(|| "not edited".to_owned(), shown);
        view! {
            <tr role="row">
                <th scope="row" role="rowheader">{it.label}</th>
                <td role="cell" data-label="When you opened it"><bdi>{shown(it.loaded)}</bdi></td>
                <td role="cell" data-label="Now"><bdi>{theirs}</bdi></td>
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
