//! A page's heading: it titles the document and takes the focus when a page is entered.
//!
//! Invariant: after a change of view the focus is on its heading, never on the body.

use leptos::html;
use leptos::prelude::*;

/// Remembers that the first view has been shown: a fresh load leaves the focus to the browser.
#[derive(Clone, Copy)]
pub struct FirstView(pub StoredValue<bool>);

/// The heading of a page.
#[component]
pub fn PageHeader(
    /// The title.
    #[prop(into)]
    title: Signal<String>,
    /// What the page is about: the heading takes the focus again when that becomes another thing.
    #[prop(optional, into)]
    subject: Signal<String>,
    /// What stands beside the title.
    #[prop(optional, into)]
    badge: Option<ViewFn>,
    /// What stands under the title.
    #[prop(optional, into)]
    meta: Option<String>,
    /// Buttons at the end of the line.
    #[prop(optional, into)]
    actions: Option<ViewFn>,
) -> impl IntoView {
    let heading = NodeRef::<html::H1>::new();
    let first: FirstView = expect_context();
    let is_first = first.0.get_value();
    first.0.set_value(false);
    Effect::new(move |_| document().set_title(&format!("{} · Workspace Console", title.get())));
    Effect::new(move |focused_for: Option<Option<String>>| {
        let subject = subject.get();
        let heading = heading.get()?;
        let is_entered = focused_for.is_none() && is_first;
        if !is_entered && focused_for.flatten().as_ref() != Some(&subject) {
            // An element in the page that takes focus cannot refuse it.
            let _ = heading.focus();
        }
        Some(subject)
    });
    view! {
        <header class="page__header">
            <div class={"page__heading"}>
                <div class={"page__title"}>
                    <h1 class="page__name" tabindex="-1" node_ref=heading><bdi>{move || title.get()}</bdi></h1>
                    {badge.map(|badge| move || badge.run())}
                </div>
                {meta.map(|meta| view! { <p class="page__meta">{meta}</p> })}
            </div>
            {actions.map(|actions| view! { <div class="page__actions">{actions.run()}</div> })}
        </header>
    }
}
