//! The sheet that offboards people: it reads a list of them, shows one card a person, and then all changes before it starts
//! one job.

mod cards;
mod plan;
mod review;
mod steps;

use std::collections::HashSet;
use std::sync::Arc;

use leptos::prelude::*;

use super::keys::Keys;
use super::rows::PeopleView;
use crate::components::{
    JobDialog, JobPanels, KeyWays, ListReader, ListReaderPanel, ListWords, RefusedOwnersKeys, summary_of,
};
use crate::domain::text::{counted, verb_counted};
use crate::domain::{UserId, WorkspaceId};
use crate::jobs::JobKind;
use crate::jobs::planners::members::Action;
use crate::jobs::planners::offboarding::{Offboarding, spec};
use crate::routes::PeoplePanel;
use crate::selection::Selection;
use crate::ui::{Banner, DialogSize, Tone, dynamic};

use cards::Cards;
use plan::{Card, Choice, Sums};
use review::Review;
use steps::{Step, StepButtons, Steps, continue_on_keys};

const WORDS: ListWords = ListWords {
    label: "People to offboard",
    selected: "to offboard",
    select: "Offboard",
    already: ["selected in the table"; 2],
    already_one: "Selected in the table",
};

#[derive(Clone, Copy)]
struct Offboard {
    view: PeopleView,
    list: ListReader,
    /// Those who are selected in the table, and those of the list.
    people: RwSignal<Arc<Vec<UserId>>>,
    choice: RwSignal<Choice>,
    keys: Keys,
    cards: Memo<Arc<Vec<Card>>>,
    sums: Memo<Sums>,
    steps: Steps,
}

/// The sheet while its panel is open. Each time it starts with an empty choice.
#[component]
pub(super) fn OffboardSheet(people: PeopleView, panels: JobPanels, ways: KeyWays) -> impl IntoView {
    let is_open = Memo::new(move |_| panels.is_asked(PeoplePanel::Offboard) || panels.is_job(PeoplePanel::Offboard));
    dynamic(move || is_open.get().then(|| view! { <OpenSheet view=people panels=panels ways=ways/> }))
}

#[component]
fn OpenSheet(view: PeopleView, panels: JobPanels, ways: KeyWays) -> impl IntoView {
    view.retry_unread();
    let offboard = Offboard::new(view);
    let job = panels.job;
    // Outside world: the job has ended without failures, so the list is used up, except for what matched no one.
    Effect::new(move |_| {
        let is_done = || job.kind.get() == Some(JobKind::Offboard) && job.counts.with(|counts| counts.retried() == 0);
        if job.has_ended.get() && untrack(is_done) {
            offboard.list.keep_only(&panels.unmatched.get_untracked());
        }
    });
    let start = Callback::new(move |()| {
        panels.unmatched.set(untrack(|| offboard.list.unmatched()));
        panels.job.start::<Offboarding>(spec(untrack(|| offboard.cards.get()).iter().flat_map(Card::steps)));
    });
    continue_on_keys(offboard, panels);
    let title = Signal::derive(move || match offboard.steps.now.get() {
        Step::People => "Offboard people".to_owned(),
        Step::Choice => verb_counted("Offboard", offboard.people.with(|people| people.len()), "person", "people"),
        Step::Review => verb_counted("Offboard", offboard.sums.with(|sums| sums.people), "person", "people") + "?",
    });
    let all_keys = Callback::new(move |workspace: WorkspaceId| {
        offboard.keys.get(&workspace).data().map(|keys| keys.rows.clone()).unwrap_or_default()
    });
    let after = move || view! { <RefusedOwnersKeys job=panels.job ways=ways keys_of=all_keys/> }.into_any();
    let content = move || match offboard.steps.now.get() {
        Step::People => view! { <PeopleStep offboard=offboard/> }.into_any(),
        Step::Choice => view! { <Cards offboard=offboard/> }.into_any(),
        Step::Review => view! { <Review offboard=offboard/> }.into_any(),
    };
    view! {
        <JobDialog
            panels=panels
            panel=PeoplePanel::Offboard
            title=title
            size=DialogSize::Sheet
            is_next_step=offboard.steps.is_moved()
            buttons=move || view! { <StepButtons offboard=offboard panels=panels on_start=start/> }
            after=after
        >
            {steps::marks(offboard.steps)}
            <UnreadNotes offboard=offboard/>
            {content}
        </JobDialog>
    }
}

impl Offboard {
    fn new(view: PeopleView) -> Self {
        let selection = view.list.rows.row_selection.selection;
        let is_selected = untrack(|| !selection.with(Selection::is_empty));
        let selected = Memo::new(move |_| {
            selection.track();
            Arc::new(view.list.rows.row_selection.selected_ids())
        });
        let already = Memo::new(move |_| Arc::new(selected.with(|ids| ids.iter().cloned().collect::<HashSet<_>>())));
        let list = ListReader::new(WORDS, view.directory, already, Memo::new(|_| true));
        list.keep_draft("offboard-people".to_owned());
        let people = RwSignal::new(untrack(|| selected.get()));
        let places = Memo::new(move |_| {
            let (memberships, people) = (view.memberships.get(), people.get());
            let places: HashSet<u32> = people.iter().flat_map(|id| memberships.places(id)).copied().collect();
            let of = |offered: &Arc<Vec<Arc<crate::domain::Workspace>>>| {
                let all = offered.iter().zip(0u32..);
                all.filter(|(_, at)| places.contains(at)).map(|(it, _)| it.id.clone()).collect::<Vec<_>>()
            };
            Arc::new(view.offered.with(of))
        });
        let keys = Keys::new(Action::Remove, places, view.default_workspace());
        let choice = RwSignal::new(Choice::default());
        let cards = Memo::new(move |_| {
            let (places, default) = (places.get(), view.default_workspace_id());
            let active: Vec<_> = places.iter().chain(&default).filter_map(|id| Some((id, keys.active(id)?))).collect();
            let memberships = view.memberships.get();
            let card = |person: &UserId, choice: &Choice| {
                let own = active.iter().flat_map(|(id, active)| {
                    let keys = active.get(person).into_iter().flatten();
                    keys.map(|key| (WorkspaceId::clone(id), key.clone()))
                });
                let at = memberships.places(person).iter();
                let own_places = view.offered.with(|offered| {
                    at.filter_map(|at| Some(offered.get(*at as usize)?.id.clone())).collect::<Vec<_>>()
                });
                Card::new(person, own_places, own, choice)
            };
            let cards: Vec<Card> =
                choice.with(|choice| people.with(|people| people.iter().map(|id| card(id, choice)).collect()));
            Arc::new(cards)
        });
        let sums = Memo::new(move |_| cards.with(|cards| Sums::of(cards.iter())));
        let steps = Steps::new(if is_selected { Step::Choice } else { Step::People });
        Self { view, list, people, choice, keys, cards, sums, steps }
    }

    /// Takes over the people of the list.
    fn read_people(self) {
        let selected = self.view.list.rows.row_selection.selected_ids();
        let known: HashSet<UserId> = selected.iter().cloned().collect();
        let listed = untrack(|| self.list.people()).into_iter().filter(|id| !known.contains(id));
        self.people.set(Arc::new(selected.into_iter().chain(listed).collect()));
    }

    /// Why the next step is not possible now.
    fn reason(self) -> Option<&'static str> {
        let is_loading_people = || self.view.directory.data.state.with(|people| people.is_loading());
        match self.steps.now.get() {
            Step::People if is_loading_people() => Some("Loading the directory…"),
            Step::People if self.list.is_reading() => Some("Reading the list…"),
            Step::People => {
                let is_no_one =
                    self.list.count() == 0 && self.view.list.rows.row_selection.selection.with(Selection::is_empty);
                is_no_one.then_some("No people to offboard")
            }
            _ => self.loading().or_else(|| (self.sums.with(Sums::changes) == 0).then_some("No changes to make")),
        }
    }

    /// What the cards still lack.
    fn loading(self) -> Option<&'static str> {
        let is_reading = self.view.is_reading.get();
        let keys = || self.is_loading_keys().then_some("Loading API keys…");
        is_reading.then_some("Loading members…").or_else(keys)
    }

    fn is_loading_keys(self) -> bool {
        self.workspaces().iter().any(|id| self.keys.get(id).is_loading())
    }

    /// The workspaces whose keys are read.
    fn workspaces(self) -> Vec<WorkspaceId> {
        let of = |cards: &Arc<Vec<Card>>| {
            cards.iter().flat_map(|card| card.places.iter().map(|(id, _)| id.clone())).collect::<HashSet<_>>()
        };
        self.cards.with(of).into_iter().chain(self.view.default_workspace_id()).collect()
    }

    /// The sums under the cards and the changes.
    fn sums_text(self) -> String {
        let sums = self.sums.get();
        let plural = |count: usize, [one, several]: [&'static str; 2]| (count, if count == 1 { one } else { several });
        let parts = [
            plural(sums.disabled, ["API key to disable", "API keys to disable"]),
            plural(sums.removed, ["membership to remove", "memberships to remove"]),
            (sums.kept, "kept"),
            (sums.blocked, "blocked by active API keys"),
        ];
        let text = summary_of(&parts);
        if text.is_empty() { "No changes".to_owned() } else { text }
    }

    fn name_of(self, workspace: &WorkspaceId) -> String {
        self.view.workspaces.name_of(&workspace.into())
    }
}

/// The list, and how many are selected in the table.
#[component]
fn PeopleStep(offboard: Offboard) -> impl IntoView {
    let selected = Memo::new(move |_| offboard.view.list.rows.row_selection.selection.with(Selection::len));
    view! {
        <Show when=move || selected.get() != 0>
            <Banner tone=Tone::Info title=move || {
                format!("{} in the table too", counted(selected.get(), "person is selected", "people are selected"))
            }/>
        </Show>
        <ListReaderPanel reader=offboard.list directory=offboard.view.directory/>
    }
}

/// What could not be read about memberships and keys.
#[component]
fn UnreadNotes(offboard: Offboard) -> impl IntoView {
    let found = Memo::new(move |_| {
        let members = offboard.view.memberships.with(|memberships| memberships.unread.len());
        let keys = offboard.workspaces().iter().filter(|id| offboard.keys.get(id).error().is_some()).count();
        (members, keys)
    });
    dynamic(move || {
        let (members, keys) = found.get();
        let members = (members != 0).then(|| {
            let title = format!("Couldn’t load the members of {}", counted(members, "workspace", "workspaces"));
            view! {
                <Banner tone=Tone::Warning title=title>
                    <p>{"People in them stay there. Offboard them again when the members are loaded."}</p>
                </Banner>
            }
        });
        let keys = (keys != 0).then(|| {
            let title = format!("Couldn’t load the API keys of {}", counted(keys, "workspace", "workspaces"));
            view! {
                <Banner tone=Tone::Warning title=title>
                    <p>{"Keys there may stay active. The API refuses to remove their owners, and the outcome will show that."}</p>
                </Banner>
            }
        });
        Some(view! { {members}{keys} })
    })
}
