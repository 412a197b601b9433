//! The popup of suggestions that `Combobox` and `TokenInput` share: filtering, keyboard, picture.
//!
//! Invariant: focus stays in the input; the active option is named by `aria-activedescendant`.

use super::dom::{Align, listen_to_window, place, unique_id};
use super::erase::handler;
use crate::browser::lowercase;
use crate::effect::watch;
use leptos::{html, prelude::*};

/// At most so many options are drawn; more typing narrows the rest.
const SHOWN: usize = 50;

/// One suggestion: `value` is what is taken, `label` explains it (may be empty or the same).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ComboOption {
    /// What is taken.
    pub value: String,
    /// What explains it.
    pub label: String,
}

impl ComboOption {
    /// An option from anything text-like.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into() }
    }

    fn matches(&self, needle: &str) -> bool {
        lowercase(&self.value).contains(needle) || lowercase(&self.label).contains(needle)
    }
}

/// The state of one popup.
#[derive(Clone, Copy)]
pub(super) struct Listbox {
    id: StoredValue<String>,
    open: RwSignal<bool>,
    /// Position in the matches; `None`: Enter takes what was typed.
    active: RwSignal<Option<usize>>,
    matches: Memo<(Vec<ComboOption>, usize)>,
}

impl Listbox {
    /// Suggestions from `options` that hold `query` (all, where it is empty).
    pub(super) fn new(options: Signal<Vec<ComboOption>>, query: Signal<String>) -> Self {
        let matches = Memo::new(move |_| {
            let needle = query.with(|it| lowercase(it.trim()));
            options.with(|options| {
                let mut hits = options.iter().filter(|it| needle.is_empty() || it.matches(&needle));
                let shown: Vec<_> = hits.by_ref().take(SHOWN).cloned().collect();
                (shown, hits.count())
            })
        });
        Self {
            id: StoredValue::new(unique_id("listbox")),
            open: RwSignal::new(false),
            active: RwSignal::new(None),
            matches,
        }
    }

    pub(super) fn id(&self) -> String {
        self.id.get_value()
    }

    pub(super) fn is_open(&self) -> bool {
        self.open.get() && self.matches.with(|(shown, _)| !shown.is_empty())
    }

    pub(super) fn open(&self) {
        self.active.set(None);
        self.open.set(true);
    }

    pub(super) fn close(&self) {
        self.open.set(false);
        self.active.set(None);
    }

    pub(super) fn active_id(&self) -> Option<String> {
        self.is_open().then(|| self.active.get()).flatten().map(|index| format!("{}-{index}", self.id()))
    }

    /// The keys of an ARIA combobox. `Some(value)`: that option was taken.
    pub(super) fn on_key(&self, event: &web_sys::KeyboardEvent) -> Option<String> {
        // While an input method composes, its keys are its own.
        if event.is_composing() || event.alt_key() || event.ctrl_key() || event.meta_key() {
            return None;
        }
        let open = untrack(|| self.is_open());
        let count = self.matches.with_untracked(|(shown, _)| shown.len());
        let active = self.active.get_untracked();
        match event.key().as_str() {
            "ArrowDown" | "ArrowUp" if !open => self.open(),
            "ArrowDown" => self.active.set(active.map_or(Some(0), |it| (it + 1 < count).then_some(it + 1))),
            "ArrowUp" => self.active.set(active.map_or(Some(count - 1), |it| it.checked_sub(1))),
            "Home" if open && active.is_some() => self.active.set(Some(0)),
            "End" if open && active.is_some() => self.active.set(Some(count - 1)),
            "Escape" if open => {
                // Only the popup closes, not the dialog around.
                event.stop_propagation();
                self.close();
            }
            "Enter" if open && active.is_some() => {
                event.prevent_default();
                let taken = self
                    .matches
                    .with_untracked(|(shown, _)| active.and_then(|it| shown.get(it)).map(|it| it.value.clone()));
                self.close();
                return taken;
            }
            _ => return None,
        }
        event.prevent_default();
        None
    }
}

/// The popup itself, in the top layer below `anchor`.
#[component]
pub(super) fn ListboxPopup(
    listbox: Listbox,
    anchor: NodeRef<html::Div>,
    #[prop(into)] label: Signal<String>,
    /// Called with the value of an option that was pressed.
    on_pick: Callback<String>,
) -> impl IntoView {
    let popup = NodeRef::<html::Div>::new();
    let arrange = move || {
        if let (Some(anchor), Some(popup)) = (anchor.get_untracked(), popup.get_untracked())
            && listbox.open.get_untracked()
        {
            place(&anchor, &popup, Align::Stretch);
        }
    };
    watch(move || {
        let open = listbox.is_open();
        listbox.matches.track();
        if let Some(popup) = popup.get() {
            // Showing what is shown, or hiding what is hidden, is refused: nothing to do then.
            drop(if open { popup.show_popover() } else { popup.hide_popover() });
            arrange();
        }
    });
    watch(move || {
        if let Some(option) = listbox.active_id().and_then(|id| document().get_element_by_id(&id)) {
            let options = web_sys::ScrollIntoViewOptions::new();
            options.set_block(web_sys::ScrollLogicalPosition::Nearest);
            option.scroll_into_view_with_scroll_into_view_options(&options);
        }
    });
    view! {
        <div
            node_ref=popup
            class="listbox"
            popover="manual"
            // A press must not take focus from the input.
            on:mousedown=handler(|event: web_sys::MouseEvent| event.prevent_default())
        >
            <ul class="listbox__options" id=listbox.id() role="listbox" aria-label=move || label.get()>
                {move || options(listbox, on_pick, arrange)}
            </ul>
            {move || {
                let more = listbox.matches.with(|(_, more)| *more);
                (more > 0).then(|| view! { <p class="listbox__more">{format!("{more} more, keep typing")}</p> }.into_any())
            }}
        </div>
    }
}

fn options(listbox: Listbox, on_pick: Callback<String>, arrange: impl Fn() + Copy + 'static) -> AnyView {
    if !listbox.is_open() {
        return ().into_any();
    }
    listen_to_window("scroll", arrange);
    listen_to_window("resize", arrange);
    let option = |(index, ComboOption { value, label })| {
        let taken: String = String::clone(&value);
        let is_active = move || listbox.active.get() == Some(index);
        let label = (!label.is_empty() && label != value).then_some(label);
        view! {
            <li
                class="listbox__option"
                id=format!("{}-{index}", listbox.id())
                role="option"
                aria-selected=move || if is_active() { "true" } else { "false" }
                on:click=handler(move |_| {
                    listbox.close();
                    on_pick.run(taken.clone());
                })
            >
                <bdi class="listbox__value">{value}</bdi>
                {label.map(|label| view! { <bdi class="listbox__label">{label}</bdi> }.into_any())}
            </li>
        }
    };
    let shown = listbox.matches.with(|(shown, _)| shown.clone());
    shown.into_iter().enumerate().map(option).map(IntoAny::into_any).collect_view().into_any()
}
