//! Messages in the page.

use super::exact::exact;
use super::icon::{Icon, IconMark};
use leptos::prelude::*;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    #[default]
    Info,
    Success,
    Warning,
    Danger,
}

impl Tone {
    /// The icon, the CSS class and the word for assistive technology.
    pub(crate) const fn parts(self) -> (Icon, &'static str, &'static str) {
        match self {
            Self::Info => (Icon::Info, "tone--info", "Information"),
            Self::Success => (Icon::Success, "tone--success", "Success"),
            Self::Warning => (Icon::Warning, "tone--warning", "Warning"),
            Self::Danger => (Icon::Error, "tone--danger", "Error"),
        }
    }
}

/// A message in the page. [`Tone::Danger`] is announced immediately, the others politely.
#[component]
pub fn Banner(
    #[prop(optional)] tone: Tone,
    #[prop(into)] title: Signal<String>,
    #[prop(optional)] children: Option<Children>,
    #[prop(optional, into)] actions: Option<ViewFn>,
) -> impl IntoView {
    let (icon, class, word) = tone.parts();
    view! {
        <div class=format!("banner {class}") role=if tone == Tone::Danger { "alert" } else { "status" }>
            <IconMark icon=icon/>
            <div class="banner__text">
                <p class="banner__title">
                    <span class="visually-hidden">{format!("{word}: ")}</span>
                    {exact(title)}
                </p>
                {children.map(|children| view! { <div class="banner__body">{children()}</div> })}
            </div>
            {actions.map(|actions| view! { <div class="banner__actions">{actions.run()}</div> })}
        </div>
    }
}
