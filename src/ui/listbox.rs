//! The suggestions popup of `Combobox` and `TokenInput`: filtering, keyboard and view.
//!
//! Invariant: focus stays in the input; `aria-activedescendant` names the active option.

use super::dom::{is_composing, listen_to_window, place_below, scroll_into_view, unique_id};
use super::select::SelectOption;
use leptos::{html, prelude::*};

/// The most options drawn at once; the person narrows the list by typing.
const MOST_SHOWN: usize = 50;

/// The state of one popup.
#[derive(Clone, Copy)]
pub(super) struct Listbox {
    id: StoredValue<String>,
    /// Whether the person has opened it. It shows only if there are matches too.
    open: RwSignal<bool>,
    /// The position of the active option; `None` if Enter keeps what was typed.
    active: RwSignal<Option<usize>>,
    /// The options to show, and how many more match.
    matches: Memo<(Vec<SelectOption>, usize)>,
}

impl Listbox {
    /// Offers the options that contain `query`, or all if it is blank.
    pub(super) fn new(options: Signal<Vec<SelectOption>>, query: Signal<String>) -> Self {
        let matches = Memo::new(move |_| {
            let query = query.with(|query| query.trim().to_lowercase());
            options.with(|options| {
                let contains = |text: &str| text.to_lowercase().contains(&query);
                let mut matching = options.iter().filter(|it| contains(&it.value) || contains(&it.label));
                let shown: Vec<_> = matching.by_ref().take(MOST_SHOWN).cloned().collect();
                (shown, matching.count())
            })
        });
        Self {
            id: StoredValue::new(unique_id("listbox")),
            open: RwSignal::new(false),
            active: RwSignal::new(None),
            matches,
        }
    }

    pub(super) fn id(self) -> String {
        self.id.get_value()
    }

    pub(super) fn is_open(self) -> bool {
        self.open.get() && self.matches.with(|(shown, _)| !shown.is_empty())
    }

    pub(super) fn open(self) {
        self.active.set(None);
        self.open.set(true);
    }

    pub(super) fn close(self) {
        self.open.set(false);
        self.active.set(None);
    }

    pub(super) fn active_id(self) -> Option<String> {
        self.is_open().then(|| self.active.get()).flatten().map(|index| format!("{}-{index}", self.id()))
    }

    /// Handles the keys of an ARIA combobox. Returns the value of the option that Enter accepted.
    pub(super) fn handle_key(self, event: &web_sys::KeyboardEvent) -> Option<String> {
        if is_composing(event) || event.alt_key() || event.ctrl_key() || event.meta_key() {
            return None;
        }
        let open = untrack(|| self.is_open());
        let count = self.matches.with_untracked(|(shown, _)| shown.len());
        let active = self.active.get_untracked();
        match event.key().as_str() {
            "ArrowDown" | "ArrowUp" if !open => self.open(),
            "ArrowDown" => self.active.set(active.map_or(Some(0), |at| (at + 1 < count).then_some(at + 1))),
            "ArrowUp" => self.active.set(active.map_or(Some(count - 1), |at| at.checked_sub(1))),
            "Home" if open && active.is_some() => self.active.set(Some(0)),
            "End" if open && active.is_some() => self.active.set(Some(count - 1)),
            "Escape" if open => {
                // Close only the popup, not the dialog around it.
                event.stop_propagation();
                self.close();
            }
            "Enter" if open && active.is_some() => {
                event.prevent_default();
                let picked = self.matches.with_untracked(|(shown, _)| Some(shown.get(active?)?.value.clone()));
                self.close();
                return picked;
            }
            _ => return None,
        }
        event.prevent_default();
        None
    }
}

/// The popup, in the top layer below `anchor`.
#[component]
pub(super) fn ListboxPopup(
    listbox: Listbox,
    anchor: NodeRef<html::Div>,
    #[prop(into)] on_pick: Callback<String>,
) -> impl IntoView {
    let popup = NodeRef::<html::Div>::new();
    let arrange = move || {
        if let (Some(anchor), Some(popup)) = (anchor.get_untracked(), popup.get_untracked())
            && listbox.open.get_untracked()
        {
            place_below(&anchor, &popup);
        }
    };
    // Outside world: the popover's visibility and position.
    Effect::new(move |_| {
        let open = listbox.is_open();
        listbox.matches.track();
        if let Some(popup) = popup.get() {
            // Fails only if the popover is in that state already.
            drop(if open { popup.show_popover() } else { popup.hide_popover() });
            arrange();
        }
    });
    // Outside world: the popup's scroll position.
    Effect::new(move |_| {
        if let Some(option) = listbox.active_id().and_then(|id| document().get_element_by_id(&id)) {
            scroll_into_view(&option);
        }
    });
    view! {
        <div
            node_ref=popup
            class="listbox"
            popover="manual"
            // A press must not take focus from the input.
            on:mousedown=|event| event.prevent_default()
        >
            <ul class="listbox__options" id=listbox.id() role="listbox" aria-label="Suggestions">
                {move || {
                    listbox
                        .is_open()
                        .then(|| {
                            // Follow the anchor, but only while the popup is open.
                            listen_to_window("scroll", arrange);
                            listen_to_window("resize", arrange);
                            options(listbox, on_pick)
                        })
                }}
            </ul>
            {move || {
                let more = listbox.matches.with(|(_, more)| *more);
                (more > 0).then(|| view! { <p class="listbox__more">{format!("{more} more. Keep typing to narrow the list.")}</p> })
            }}
        </div>
    }
}

fn options(listbox: Listbox, on_pick: Callback<String>) -> impl IntoView {
    let option = |(index, SelectOption { value, label })| {
        let picked = String::clone(&value);
        let is_active = move || listbox.active.get() == Some(index);
        let label = (!label.is_empty() && label != value).then_some(label);
        view! {
            <li
                class="listbox__option"
                id=format!("{}-{index}", listbox.id())
                role="option"
                aria-selected=move || if is_active() { "true" } else { "false" }
                on:click=move |_| {
                    listbox.close();
                    on_pick.run(picked.clone());
                }
            >
                <bdi class="listbox__value">{value}</bdi>
                {label.map(|label| view! { <bdi class="listbox__label">{label}</bdi> })}
            </li>
        }
    };
    let shown = listbox.matches.with(|(shown, _)| shown.clone());
    shown.into_iter().enumerate().map(option).collect_view()
}
