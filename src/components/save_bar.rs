//! The bar at the end of a form that is edited and saved: what is unsaved, how the last save ended, and the buttons.
//!
//! Invariant: the buttons have fixed places. The text beside them never moves them.

use std::time::Duration;

use leptos::{html, prelude::*};
use wasm_bindgen::JsCast as _;

use super::DraftNote;
use crate::domain::text::counted;
use crate::ui::{Button, ButtonVariant, Icon, exact, focus, focus_without_scrolling, scroll_into_view, unique_id};

/// How long a success is shown, and longer while the pointer or the keyboard is in the bar.
const SHOWN_FOR: Duration = Duration::from_secs(8);
const SHOWN_LONGER_FOR: Duration = Duration::from_secs(1);

/// How a save ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SaveEnd {
    /// It was saved and can be undone.
    Saved,
    /// The server held everything already.
    Unchanged,
    /// Something was not saved. With what, such as `1 of 2 limits not saved`.
    Failed(String),
}

/// What the bar shows.
#[derive(Debug, Clone, PartialEq, Eq)]
enum BarState {
    Hidden,
    Saving,
    Failed(String),
    Unsaved,
    Saved,
    Unchanged,
}

/// What the buttons of the bar do.
#[derive(Clone, Copy)]
pub struct SaveActions {
    pub discard: Callback<()>,
    pub undo: Callback<()>,
    /// Forgets how the last save ended.
    pub dismiss: Callback<()>,
}

#[component]
pub fn SaveBar(
    /// How many fields are edited.
    #[prop(into)]
    edited: Signal<usize>,
    /// What exactly is unsaved, such as `monthly $500`.
    #[prop(optional, into)]
    detail: Signal<Option<String>>,
    #[prop(into)] pending: Signal<bool>,
    /// Why the form cannot be saved as it is.
    #[prop(optional, into)]
    problem: Signal<Option<String>>,
    #[prop(into)] end: Signal<Option<SaveEnd>>,
    actions: SaveActions,
    /// The panel that explains a failed save. It takes the focus.
    panel: NodeRef<html::Div>,
    label: &'static str,
) -> impl IntoView {
    let bar = NodeRef::<html::Div>::new();
    let state = Memo::new(move |_| match (pending.get(), end.get(), edited.get()) {
        (true, ..) => BarState::Saving,
        (_, Some(SaveEnd::Failed(what)), _) => BarState::Failed(what),
        (.., 1..) => BarState::Unsaved,
        (_, Some(SaveEnd::Saved), _) => BarState::Saved,
        (_, Some(SaveEnd::Unchanged), _) => BarState::Unchanged,
        (_, None, _) => BarState::Hidden,
    });
    // Without the details, which change with each key press.
    let status = move || match state.get() {
        BarState::Hidden => String::new(),
        BarState::Saving => "Saving…".to_owned(),
        BarState::Failed(what) => what,
        BarState::Unsaved => counted(edited.get(), "unsaved change", "unsaved changes"),
        BarState::Saved => "Saved".to_owned(),
        BarState::Unchanged => "No changes to save".to_owned(),
    };
    let text = Signal::derive(move || match (state.get(), problem.get(), detail.get()) {
        (BarState::Unsaved, Some(problem), _) => problem,
        (BarState::Unsaved, None, Some(detail)) => format!("{}: {detail}", status()),
        _ => status(),
    });
    let reason = Signal::derive(move || match state.get() {
        BarState::Unsaved => problem.get(),
        BarState::Failed(_) if edited.get() != 0 => problem.get(),
        BarState::Saving => None,
        _ => Some(text.get()),
    });
    dismiss_later(bar, state, actions.dismiss);
    keep_focus_out(bar, state);
    scroll_to_failure(panel, state);
    let text_id = unique_id("save-bar");
    view! {
        <DraftNote/>
        <p class="visually-hidden" role="status">{exact(status)}</p>
        <div
            node_ref=bar
            class="form__actions save-bar"
            class:is-hidden=move || state.get() == BarState::Hidden
            class:is-failed=move || matches!(state.get(), BarState::Failed(_))
        >
            <div class="save-bar__status">
                <span class="save-bar__text" id=text_id.clone()>{exact(text)}</span>
                {move || next_step(&state.get(), bar, panel, actions.undo)}
            </div>
            <div class="save-bar__buttons">
                <span class="save-bar__discard" class:is-hidden=move || edited.get() == 0 || pending.get()>
                    <Button on_click=actions.discard>"Discard changes"</Button>
                </span>
                <Button submits=true variant=ButtonVariant::Primary pending=pending disabled_reason=reason reason_id=text_id>
                    {label}
                </Button>
            </div>
        </div>
    }
}

/// The button beside the text: undoes what was saved, or leads to what went wrong.
fn next_step(
    state: &BarState,
    bar: NodeRef<html::Div>,
    panel: NodeRef<html::Div>,
    on_undo: Callback<()>,
) -> Option<AnyView> {
    let undo = move |()| {
        on_undo.run(());
        // The button that had the focus is gone.
        let save = bar.get_untracked().and_then(|bar| bar.query_selector("[type=submit]").ok().flatten());
        if let Some(save) = save.and_then(|save| save.dyn_into::<web_sys::HtmlElement>().ok()) {
            focus(&save);
        }
    };
    let show = move |()| {
        if let Some(panel) = panel.get_untracked() {
            panel.scroll_into_view();
            focus_without_scrolling(&panel);
        }
    };
    let ghost = ButtonVariant::Ghost;
    match state {
        BarState::Saved => {
            Some(view! { <Button variant=ghost icon=Icon::Undo on_click=undo>"Undo"</Button> }.into_any())
        }
        BarState::Failed(_) => Some(view! { <Button variant=ghost on_click=show>"Details"</Button> }.into_any()),
        _ => None,
    }
}

fn scroll_to_failure(panel: NodeRef<html::Div>, state: Memo<BarState>) {
    // Outside world: the scrolling.
    Effect::new(move |_| {
        if matches!(state.get(), BarState::Failed(_))
            && let Some(panel) = panel.get()
        {
            // By the next frame the panel has its content.
            request_animation_frame(move || scroll_into_view(&panel));
        }
    });
}

/// Hides a success after some time.
fn dismiss_later(bar: NodeRef<html::Div>, state: Memo<BarState>, dismiss: Callback<()>) {
    // Outside world: a timer.
    Effect::new(move |_| {
        if matches!(state.get(), BarState::Saved | BarState::Unchanged) {
            let timer = StoredValue::new(None);
            wait(bar, timer, dismiss, SHOWN_FOR);
            on_cleanup(move || {
                if let Some(timer) = timer.try_get_value().flatten() {
                    TimeoutHandle::clear(&timer);
                }
            });
        }
    });
}

type Timer = StoredValue<Option<TimeoutHandle>>;

fn wait(bar: NodeRef<html::Div>, timer: Timer, dismiss: Callback<()>, time: Duration) {
    let expire = move || {
        let is_used = bar
            .try_get_untracked()
            .flatten()
            .is_some_and(|bar| bar.matches(":hover, :has(:focus-visible)").unwrap_or(false));
        if is_used {
            wait(bar, timer, dismiss, SHOWN_LONGER_FOR);
        } else {
            let _disposed = dismiss.try_run(());
        }
    };
    timer.try_set_value(set_timeout_with_handle(expire, time).ok());
}

/// Moves the focus to the heading of the page when the bar is hidden around it, or the button that had it.
fn keep_focus_out(bar: NodeRef<html::Div>, state: Memo<BarState>) {
    // Outside world: the focus.
    Effect::new(move |_| {
        let is_hidden = state.get() == BarState::Hidden;
        let focused = document().active_element();
        let is_inside = |bar: &web_sys::HtmlDivElement| bar.contains(focused.as_deref());
        if is_hidden && bar.get_untracked().is_some_and(|bar| is_inside(&bar)) {
            let heading = document().query_selector("h1").ok().flatten();
            if let Some(heading) = heading.and_then(|it| it.dyn_into::<web_sys::HtmlElement>().ok()) {
                focus_without_scrolling(&heading);
            }
        }
    });
}
