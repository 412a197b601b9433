//! A page's heading: it titles the document and takes the focus when a page is entered.
//!
//! Invariant: after a change of view the focus is on its heading, never on the body.

use crate::effect::watch;
use leptos::html;
use leptos::prelude::*;

use crate::domain::in_words;
use crate::ui::dynamic;

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
    watch(move || document().set_title(&format!("{} · Workspace Console", in_words(&title.get()))));
    // What is on the screen when the console is opened leaves the focus to the browser.
    let mut focused_for = is_first.then(|| subject.get_untracked());
    watch(move || {
        let subject = subject.get();
        if let Some(heading) = heading.get()
            && focused_for.as_ref() != Some(&subject)
        {
            // An element in the page that takes focus cannot refuse it.
            let _ = heading.focus();
            focused_for = Some(subject);
        }
    });
    view! {
        <header class="page__header">
            <div class={"page__heading"}>
                <div class={"page__title"}>
                    <h1 class="page__name" tabindex="-1" node_ref=heading><bdi>{move || title.get()}</bdi></h1>
                    {badge.map(|badge| dynamic(move || badge.run()))}
                </div>
                {meta.map(|meta| view! { <p class="page__meta">{meta}</p> }.into_any())}
            </div>
            {actions.map(|actions| view! { <div class="page__actions">{actions.run()}</div> }.into_any())}
        </header>
    }
}
