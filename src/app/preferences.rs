//! The choices that this browser keeps: the theme, and whether single keys are shortcuts.

use leptos::prelude::*;

use crate::browser::{Theme, ThemeChoice};
use crate::components::{ShortcutChoice, fixed_options};
use crate::ui::{Bound, Segmented};

#[component]
pub(super) fn Preferences() -> impl IntoView {
    let theme: Theme = expect_context();
    let options = fixed_options(&[
        (ThemeChoice::System.word(), "System"),
        (ThemeChoice::Light.word(), "Light"),
        (ThemeChoice::Dark.word(), "Dark"),
    ]);
    let theme_word = Bound::new(
        move || theme.get().word().to_owned(),
        move |word: String| theme.set(ThemeChoice::parse(&word).unwrap_or_default()),
    );
    view! {
        <Segmented legend="Theme" value=theme_word options=options/>
        <ShortcutChoice/>
    }
}
