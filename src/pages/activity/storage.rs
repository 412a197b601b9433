//! Where activity is kept, and how it is cleared.

use leptos::prelude::*;

use super::rows::ActivityRows;
use crate::ui::{Banner, Bound, Button, ButtonVariant, Dialog, DialogSize, Icon, Switch, Tone};

#[component]
pub(super) fn StorageChoice(rows: ActivityRows) -> impl IntoView {
    let log = rows.log;
    let is_asking = RwSignal::new(false);
    let kept = Bound::new(move || log.is_kept(), move |is_kept| log.set_kept(is_kept));
    let description = Signal::derive(move || {
        let text = if log.is_kept() {
            "Kept for 30 days, also after you sign out. Everyone who uses this browser profile can read it."
        } else {
            "Activity ends with this tab, or when you sign out."
        };
        Some(text.to_owned())
    });
    let close = Callback::new(move |()| is_asking.set(false));
    let clear = move |()| {
        is_asking.set(false);
        rows.session.with_untracked(|session| log.clear(session));
    };
    let is_empty = Memo::new(move |_| rows.all.get() == 0);
    view! {
        <div class="activity__storage">
            <Switch checked=kept label="Keep activity in this browser" description=description/>
            <Show when=move || !is_empty.get()>
                <Button icon=Icon::Trash on_click=move |()| is_asking.set(true)>"Clear activity…"</Button>
            </Show>
        </div>
        <Show when=move || log.is_unstored()>
            <Banner tone=Tone::Warning title="Your browser can’t store all activity">
                <p>{"What it can’t store ends when you reload or close this page. Export it to keep it."}</p>
            </Banner>
        </Show>
        <Dialog
            open=is_asking
            on_close=close
            title="Clear activity?"
            danger=true
            size=DialogSize::Small
            footer=move || view! {
                <Button on_click=close autofocus=true>"Cancel"</Button>
                <Button variant=ButtonVariant::Danger on_click=clear>"Clear activity"</Button>
            }
        >
            <p>{"This removes the list from this browser, and you can’t undo these actions here anymore. Nothing else changes."}</p>
        </Dialog>
    }
}
