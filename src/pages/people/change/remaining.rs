//! Active API keys in the default workspace. No one can be removed from it, so these keys go on working.

use leptos::prelude::*;

use super::Change;
use crate::components::{KeyWayButtons, PlacedKeys};
use crate::domain::{UserId, inline_message, inline_text, text::counted};
use crate::jobs::planners::members::Action;
use crate::ui::{Banner, Tone, dynamic};

/// Names the people of a removal who keep active keys, each with a button that shows them.
#[component]
pub(super) fn RemainingKeys(change: Change) -> impl IntoView {
    let found = Memo::new(move |_| {
        let id = change.default.get().filter(|_| change.action == Action::Remove)?;
        let unread = change.keys.get(&id).error().map(|error| inline_message(&error.sentence()));
        let active = change.keys.active(&id);
        let count = |person: &UserId| active.as_ref().and_then(|active| active.get(person)).map_or(0, Vec::len);
        let owners = change.people.with(|people| {
            let owners = people.iter().map(|person| (person.clone(), count(person)));
            owners.filter(|(_, keys)| *keys != 0).collect::<Vec<_>>()
        });
        Some((id, owners, unread))
    });
    dynamic(move || {
        let (id, owners, unread) = found.get()?;
        let all: usize = owners.iter().map(|(_, keys)| keys).sum();
        if let Some(unread) = unread.filter(|_| owners.is_empty()) {
            let title = "Couldn’t load API keys in the default workspace";
            return Some(
                view! { <Banner tone=Tone::Warning title=title><p><bdi>{unread}</bdi></p></Banner> }.into_any(),
            );
        }
        if owners.is_empty() {
            return None;
        }
        let placed: PlacedKeys = change
            .keys
            .active(&id)
            .into_iter()
            .flat_map(|active| {
                let own = owners.iter().filter_map(|(person, _)| active.get(person));
                own.flatten().map(|key| (id.clone(), key.clone())).collect::<Vec<_>>()
            })
            .collect();
        let title =
            format!("{} in the default workspace", counted(all, "active API key stays", "active API keys stay"));
        let owner = |(person, keys): (UserId, usize)| {
            let name = change.view.directory.entry(&person).name.clone();
            let keys = counted(keys, "active key", "active keys");
            let label = format!("Show the {keys} of {} in the default workspace", inline_text(&name));
            let who = (id.clone(), person);
            let show = move |_| change.keys.person.set(Some(who.clone()));
            view! {
                <li><bdi>{name}</bdi>": "<button type="button" class="link-button" aria-label=label on:click=show>{keys}</button></li>
            }
        };
        let owners = owners.into_iter().map(owner).collect_view();
        Some(view! {
            <Banner tone=Tone::Warning title=title>
                <p>{"You can’t remove people from the default workspace. To end their access, disable or delete these keys."}</p>
                <ul>{owners}</ul>
                <KeyWayButtons ways=change.ways keys=placed/>
            </Banner>
        }
        .into_any())
    })
}
