//! Status badges.

use leptos::prelude::*;

/// The colour of a badge or meter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BadgeTone {
    #[default]
    Neutral,
    Accent,
    Info,
    Success,
    Warning,
    Danger,
}

/// A short word in a tinted pill. The word must say what the colour says.
#[component]
pub fn Badge(#[prop(optional)] tone: BadgeTone, children: Children) -> impl IntoView {
    let class = match tone {
        BadgeTone::Neutral => "badge",
        BadgeTone::Accent => "badge badge--accent",
        BadgeTone::Info => "badge badge--info",
        BadgeTone::Success => "badge badge--success",
        BadgeTone::Warning => "badge badge--warning",
        BadgeTone::Danger => "badge badge--danger",
    };
    view! { <span class=class>{children()}</span> }
}
