//! The heading of a page.

use crate::domain::inline_text;
use crate::ui::{exact, focus};
use leptos::{html, prelude::*};

/// Whether no page has been shown yet. The first page leaves focus to the browser.
#[derive(Clone, Copy)]
pub struct FirstView(pub StoredValue<bool>);

/// The heading of a page. It sets the document's title and takes focus when the page is entered.
#[component]
pub fn PageHeader(
    #[prop(into)] title: Signal<String>,
    /// What the page is about. When it changes, the heading takes focus again.
    #[prop(optional, into)]
    subject: Signal<String>,
    /// The part of the subject that is shown, for the title of the document.
    #[prop(optional, into)]
    part: Signal<Option<&'static str>>,
    #[prop(optional, into)] badge: Option<ViewFn>,
    #[prop(optional, into)] meta: Option<String>,
    #[prop(optional, into)] actions: Option<ViewFn>,
) -> impl IntoView {
    let heading = NodeRef::<html::H1>::new();
    let FirstView(first_view) = expect_context();
    let is_first_view = first_view.get_value();
    first_view.set_value(false);
    // Outside world: the document's title.
    Effect::new(move |_| {
        let part = part.get().map(|part| format!("{part} · ")).unwrap_or_default();
        document().set_title(&format!("{part}{} · Workspace Console", inline_text(&title.get())));
    });
    let mut focused_for = is_first_view.then(|| subject.get_untracked());
    // Outside world: focus.
    Effect::new(move |_| {
        let subject = subject.get();
        if let Some(heading) = heading.get()
            && focused_for.as_ref() != Some(&subject)
        {
            focus(&heading);
            focused_for = Some(subject);
        }
    });
    view! {
        <header class="page__header">
            <div class={"page__heading"}>
                <div class={"page__title"}>
                    <h1 class="page__name" tabindex="-1" node_ref=heading><bdi>{exact(title)}</bdi></h1>
                    {badge.map(|badge| move || badge.run())}
                </div>
                {meta.map(|meta| view! { <p class="page__meta">{meta}</p> })}
            </div>
            {actions.map(|actions| view! { <div class="page__actions">{actions.run()}</div> })}
        </header>
    }
}
