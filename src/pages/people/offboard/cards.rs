//! One card a person: the workspaces, each of which can be kept, and the active API keys with boxes.

use std::sync::Arc;

use leptos::prelude::*;

use super::Offboard;
use super::plan::{Card, CardKey, Fate};
use crate::domain::text::{counted, verb_counted};
use crate::domain::{KeyHash, UserId, WorkspaceId, inline_text};
use crate::ui::{Badge, BadgeTone, Bound, Button, Checkbox, Icon, IconMark, dynamic, exact_text};

/// How many more cards are drawn at a time. All of them count, drawn or not.
const PART: usize = 50;

#[component]
pub(super) fn Cards(offboard: Offboard) -> impl IntoView {
    let shown = RwSignal::new(PART);
    let count = Memo::new(move |_| offboard.people.with(|people| people.len()));
    let rest = Memo::new(move |_| count.get().saturating_sub(shown.get()));
    let people = move || offboard.people.with(|people| people.iter().take(shown.get()).cloned().collect::<Vec<_>>());
    view! {
        <p class={"muted"}>
            {"People stay in the organization and in the default workspace. Only an owner can remove a person from the organization, in its settings."}
        </p>
        <AllKeys offboard=offboard/>
        <div class="people-cards">
            <For each=people key=UserId::clone let:person>
                <PersonCard offboard=offboard person=person/>
            </For>
        </div>
        <Show when=move || rest.get() != 0>
            <Button on_click=move |()| shown.update(|shown| *shown += PART)>
                {move || verb_counted("Show", rest.get().min(PART), "more person", "more people")}
            </Button>
            <p class={"muted"}>{move || format!("{} below are offboarded too.", counted(rest.get(), "person", "people"))}</p>
        </Show>
    }
}

type Keys = Arc<Vec<(KeyHash, bool)>>;

/// A box for several keys: checked if all of them are chosen.
fn keys_box(offboard: Offboard, keys: Memo<Keys>, label: impl Fn(usize) -> String + Send + Sync + 'static) -> AnyView {
    let chosen = Memo::new(move |_| keys.with(|keys| keys.iter().filter(|(_, is_disabled)| *is_disabled).count()));
    let count = Memo::new(move |_| keys.with(|keys| keys.len()));
    let checked = Bound::new(
        move || count.get() != 0 && chosen.get() == count.get(),
        move |is_chosen: bool| {
            let hashes: Vec<KeyHash> = keys.with_untracked(|keys| keys.iter().map(|(hash, _)| hash.clone()).collect());
            offboard.choice.update(|choice| match is_chosen {
                true => choice.disabled.extend(hashes),
                false => choice.disabled.retain(|hash| !hashes.contains(hash)),
            });
        },
    );
    let mixed = Signal::derive(move || chosen.get() != 0 && chosen.get() != count.get());
    let label = Signal::derive(move || label(count.get()));
    view! { <Checkbox checked=checked mixed=mixed label=label/> }.into_any()
}

/// The box for the keys of everyone.
#[component]
fn AllKeys(offboard: Offboard) -> impl IntoView {
    let keys = Memo::new(move |_| {
        let own = |card: &Card| card.keys.iter().map(CardKey::choice).collect::<Vec<_>>();
        Keys::new(offboard.cards.with(|cards| cards.iter().flat_map(own).collect()))
    });
    let count = Memo::new(move |_| keys.with(|keys| keys.len()));
    dynamic(move || match count.get() {
        0 => None,
        count => Some(view! {
            <div class="people-cards__all">
                {keys_box(offboard, keys, move |_| match count {
                    1 => "Disable 1 API key".to_owned(),
                    _ => verb_counted("Disable all", count, "API key", "API keys"),
                })}
                <p class={"muted"}>{"Anything that uses a disabled key stops working immediately. The API removes no one from a workspace in which they have an active key."}</p>
            </div>
        }),
    })
}

impl CardKey {
    fn choice(&self) -> (KeyHash, bool) {
        (self.key.hash.clone(), self.is_disabled)
    }
}

#[component]
fn PersonCard(offboard: Offboard, person: UserId) -> impl IntoView {
    let id = StoredValue::new(person);
    let card = Memo::new(move |_| {
        offboard.cards.with(|cards| id.with_value(|id| cards.iter().find(|card| card.person == *id).cloned()))
    });
    let entry = offboard.view.directory.entry(&id.get_value());
    // With the email, because names are not unique.
    let name = StoredValue::new(inline_text(&entry.full_name()));
    let keys = Memo::new(move |_| {
        card.with(|card| Keys::new(card.iter().flat_map(|card| card.keys.iter().map(CardKey::choice)).collect()))
    });
    let places = Memo::new(move |_| {
        card.with(|card| card.iter().flat_map(|card| card.places.iter().map(|(id, _)| id.clone())).collect::<Vec<_>>())
    });
    let key_rows = Memo::new(move |_| {
        let row = |key: &CardKey| (key.key.hash.clone(), key.workspace.clone(), key.key.title());
        card.with(|card| card.iter().flat_map(|card| card.keys.iter().map(row)).collect::<Vec<_>>())
    });
    let place = move |workspace: WorkspaceId| {
        let own = workspace.clone();
        let fate = Memo::new(move |_| {
            let of = |card: &Card| card.places.iter().find(|(id, _)| *id == own).map(|(_, fate)| *fate);
            card.with(|card| card.as_ref().and_then(of))
        });
        view! { <PlaceChip offboard=offboard person=id.get_value() name=name.get_value() workspace=workspace fate=fate/> }
    };
    let key_row = move |(hash, workspace, title): (KeyHash, WorkspaceId, String)| {
        let place = offboard.name_of(&workspace);
        let own = Memo::new(move |_| {
            Keys::new(keys.with(|keys| keys.iter().filter(|(other, _)| *other == hash).cloned().collect()))
        });
        let label = format!("{} in {}", inline_text(&title), inline_text(&place));
        view! { <li>{keys_box(offboard, own, move |_| label.clone())}</li> }
    };
    let is_empty = move || places.with(Vec::is_empty) && keys.with(|keys| keys.is_empty());
    let nothing = move || offboard.loading().unwrap_or("No workspaces and no active API keys.");
    view! {
        <section class="person-card" aria-label=name.get_value()>
            <h3 class="person-card__name"><bdi>{exact_text(entry.name.clone())}</bdi></h3>
            <p class="person-card__note"><bdi>{exact_text(entry.note().to_owned())}</bdi></p>
            <Show when=is_empty><p class={"muted"}>{nothing}</p></Show>
            <ul class="person-card__places" aria-label="Workspaces">
                <For each=move || places.get() key=WorkspaceId::clone let:workspace>{place(workspace)}</For>
            </ul>
            <Show when=move || keys.with(|keys| !keys.is_empty())>
                <div class="person-card__keys" role="group" aria-label=move || format!("API keys of {}", name.get_value())>
                    {keys_box(offboard, keys, |count| verb_counted("Disable", count, "key", "keys"))}
                    <ul>
                        <For each=move || key_rows.get() key=|(hash, ..)| hash.clone() let:row>{key_row(row)}</For>
                    </ul>
                </div>
            </Show>
        </section>
    }
}

/// A workspace of a person, with a button that keeps them in it.
#[component]
fn PlaceChip(
    offboard: Offboard,
    person: UserId,
    name: String,
    workspace: WorkspaceId,
    fate: Memo<Option<Fate>>,
) -> impl IntoView {
    let place = offboard.name_of(&workspace);
    let label = format!("Keep {name} in {}", inline_text(&place));
    let own = StoredValue::new((person, workspace));
    let is_kept = Memo::new(move |_| fate.get() == Some(Fate::Kept));
    let toggle = move |_| {
        offboard.choice.update(|choice| {
            let own = own.get_value();
            if !choice.kept.remove(&own) {
                choice.kept.insert(own);
            }
        });
    };
    let badge = move || match fate.get()? {
        Fate::Removed => None,
        Fate::Kept => Some(view! { <Badge tone=BadgeTone::Neutral>"Stays"</Badge> }),
        Fate::Blocked(keys) => {
            let text = format!("Stays: {}", counted(keys, "active key", "active keys"));
            Some(view! { <Badge tone=BadgeTone::Warning>{text}</Badge> })
        }
    };
    view! {
        <li class="place-chip" class:is-removed=move || fate.get() == Some(Fate::Removed)>
            <span class="place-chip__text">
                <bdi class="place-chip__name">{exact_text(place)}</bdi>
                {dynamic(badge)}
            </span>
            <button
                type="button"
                class="button button--ghost button--icon button--small"
                aria-pressed=move || if is_kept.get() { "true" } else { "false" }
                aria-label=label.clone()
                title=label
                on:click=toggle
            >
                {move || view! { <IconMark icon=if is_kept.get() { Icon::Undo } else { Icon::Close }/> }}
            </button>
        </li>
    }
}
