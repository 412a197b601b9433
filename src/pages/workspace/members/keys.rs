//! The active keys of one member, which keep the member in, with the means to clear them.
//!
//! Invariant: it closes by itself only when nobody looks: whoever has cleared the last key sees that.

use leptos::prelude::*;

use super::Panels;
use super::rows::Members;
use crate::components::BlockingKeys;
use crate::ui::{Banner, Button, Dialog, Tone};

/// The keys of whoever is looked at.
#[component]
pub(super) fn KeysDialog(members: Members, panels: Panels) -> impl IntoView {
    let who = panels.keys_of;
    let close = Callback::new(move |()| who.set(None));
    let title = Signal::derive(move || {
        who.with(|who| who.as_ref().map(|id| format!("API keys of {}", members.directory.entry(id).name)))
            .unwrap_or_default()
    });
    let keys = Memo::new(move |_| {
        let of = |blocked: &super::rows::Blocked| who.with(|who| who.as_ref().and_then(|id| blocked.get(id).cloned()));
        members.blocked.with(of).unwrap_or_default()
    });
    view! {
        <Dialog
            open=Signal::derive(move || who.with(Option::is_some))
            on_close=close
            title=title
            footer=move || view! { <Button on_click=close autofocus=true>"Close"</Button> }.into_any()
        >
            {move || match keys.get() {
                keys if keys.is_empty() => view! {
                    <Banner tone=Tone::Success title="No active API key is left: this member can be removed"/>
                }.into_any(),
                keys => view! {
                    <BlockingKeys workspace=members.id.get_untracked() keys=keys blocked="the removal"/>
                }.into_any(),
            }}
        </Dialog>
    }
}
