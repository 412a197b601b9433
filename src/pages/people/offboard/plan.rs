//! What an offboarding does to each person. Pure.
//!
//! Invariant: exactly what the cards show as removed and disabled is sent.

use std::collections::HashSet;

use crate::domain::{ApiKey, KeyHash, UserId, WorkspaceId};
use crate::jobs::planners::offboarding::Step;

/// What the person changed on the cards.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Choice {
    /// Memberships that stay.
    pub kept: HashSet<(UserId, WorkspaceId)>,
    /// API keys to disable.
    pub disabled: HashSet<KeyHash>,
}

/// What happens to a membership.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    Removed,
    /// It stays, by choice.
    Kept,
    /// It stays, because this number of active keys in the workspace stays. The API would refuse.
    Blocked(usize),
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct CardKey {
    pub workspace: WorkspaceId,
    pub key: ApiKey,
    pub is_disabled: bool,
}

/// A person with their workspaces and their active keys.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Card {
    pub person: UserId,
    pub places: Vec<(WorkspaceId, Fate)>,
    pub keys: Vec<CardKey>,
}

impl Card {
    pub(super) fn new(
        person: &UserId,
        places: impl IntoIterator<Item = WorkspaceId>,
        keys: impl IntoIterator<Item = (WorkspaceId, ApiKey)>,
        choice: &Choice,
    ) -> Self {
        let card_key = |(workspace, key): (WorkspaceId, ApiKey)| {
            let is_disabled = choice.disabled.contains(&key.hash);
            CardKey { workspace, key, is_disabled }
        };
        let keys: Vec<CardKey> = keys.into_iter().map(card_key).collect();
        let fate = |workspace: &WorkspaceId| {
            let staying = keys.iter().filter(|key| key.workspace == *workspace && !key.is_disabled).count();
            match (choice.kept.contains(&(person.clone(), workspace.clone())), staying) {
                (true, _) => Fate::Kept,
                (false, 0) => Fate::Removed,
                (false, staying) => Fate::Blocked(staying),
            }
        };
        let places = places.into_iter().map(|workspace| (fate(&workspace), workspace));
        let places = places.map(|(fate, workspace)| (workspace, fate)).collect();
        Self { person: person.clone(), places, keys }
    }

    /// The steps of the job. Those with a reason are not sent.
    pub(super) fn steps(&self) -> Vec<(WorkspaceId, Step, Option<String>)> {
        let disabled = self.keys.iter().filter(|key| key.is_disabled);
        let disable = |key: &CardKey| (key.workspace.clone(), Step::disable(self.person.clone(), &key.key), None);
        let remove = |(workspace, fate): &(WorkspaceId, Fate)| {
            let reason = match fate {
                Fate::Removed => None,
                Fate::Kept => return None,
                Fate::Blocked(1) => Some("Not sent: 1 active API key stays in this workspace.".to_owned()),
                Fate::Blocked(keys) => Some(format!("Not sent: {keys} active API keys stay in this workspace.")),
            };
            Some((workspace.clone(), Step::Member(self.person.clone()), reason))
        };
        disabled.map(disable).chain(self.places.iter().filter_map(remove)).collect()
    }

    fn count(&self, is_counted: impl Fn(Fate) -> bool) -> usize {
        self.places.iter().filter(|(_, fate)| is_counted(*fate)).count()
    }
}

/// The numbers of all cards.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Sums {
    /// People for whom something changes.
    pub people: usize,
    pub keys: usize,
    pub disabled: usize,
    pub removed: usize,
    pub kept: usize,
    pub blocked: usize,
}

impl Sums {
    pub(super) fn of<'a>(cards: impl IntoIterator<Item = &'a Card>) -> Self {
        let mut sums = Self::default();
        for card in cards {
            let disabled = card.keys.iter().filter(|key| key.is_disabled).count();
            let removed = card.count(|fate| fate == Fate::Removed);
            sums.people += usize::from(disabled + removed != 0);
            sums.keys += card.keys.len();
            sums.disabled += disabled;
            sums.removed += removed;
            sums.kept += card.count(|fate| fate == Fate::Kept);
            sums.blocked += card.count(|fate| matches!(fate, Fate::Blocked(_)));
        }
        sums
    }

    pub(super) fn changes(&self) -> usize {
        self.disabled + self.removed
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn workspace(at: usize) -> WorkspaceId {
        WorkspaceId::parse(&format!("0f8fad5b-d9cb-469f-a165-7086772895{at:02}")).unwrap()
    }

    fn key(hash: &str) -> ApiKey {
        serde_json::from_str(&format!(r#"{{"hash":"{hash}","name":"CI"}}"#)).unwrap()
    }

    fn card(keys: &[(usize, &str)], choice: &Choice) -> Card {
        let keys = keys.iter().map(|(at, hash)| (workspace(*at), key(hash)));
        Card::new(&UserId::parse("jane").unwrap(), [0, 1, 2].map(workspace), keys, choice)
    }

    #[test]
    fn a_key_that_stays_keeps_its_owner_in_its_workspace_alone() {
        let jane = UserId::parse("jane").unwrap();
        let mut choice = Choice::default();
        let keys = [(0, "a"), (0, "b"), (9, "c")];
        let fates = |choice: &Choice| card(&keys, choice).places.into_iter().map(|(_, fate)| fate).collect::<Vec<_>>();
        assert_eq!(fates(&choice), [Fate::Blocked(2), Fate::Removed, Fate::Removed]);
        choice.disabled.insert(KeyHash::parse("a").unwrap());
        assert_eq!(fates(&choice), [Fate::Blocked(1), Fate::Removed, Fate::Removed]);
        choice.disabled.insert(KeyHash::parse("b").unwrap());
        choice.kept.insert((jane, workspace(2)));
        assert_eq!(fates(&choice), [Fate::Removed, Fate::Removed, Fate::Kept]);
        let sums = Sums::of(&[card(&keys, &choice)]);
        assert_eq!(sums, Sums { people: 1, keys: 3, disabled: 2, removed: 2, kept: 1, blocked: 0 });
    }

    #[test]
    fn someone_without_workspaces_and_keys_is_not_counted() {
        let nothing = Card::new(&UserId::parse("rick").unwrap(), [], [], &Choice::default());
        assert_eq!((Sums::of([&nothing]), nothing.steps().len()), (Sums::default(), 0));
    }

    proptest! {
        #[test]
        fn no_one_is_sent_from_a_workspace_in_which_a_key_of_theirs_stays(
            keys in prop::collection::vec((0usize..4, any::<bool>()), 0..8),
            kept in prop::collection::hash_set(0usize..3, 0..3),
        ) {
            let jane = UserId::parse("jane").unwrap();
            let hashes: Vec<String> = (0..keys.len()).map(|at| format!("k{at}")).collect();
            let chosen = keys.iter().zip(&hashes).filter(|((_, is_chosen), _)| *is_chosen);
            let choice = Choice {
                kept: kept.iter().map(|at| (jane.clone(), workspace(*at))).collect(),
                disabled: chosen.map(|(_, hash)| KeyHash::parse(hash).unwrap()).collect(),
            };
            let own: Vec<(usize, &str)> = keys.iter().zip(&hashes).map(|((at, _), hash)| (*at, hash.as_str())).collect();
            let card = card(&own, &choice);
            let steps: Vec<_> = card.steps().into_iter().filter(|(.., reason)| reason.is_none()).collect();
            prop_assert_eq!(card.steps().len() - steps.len(), Sums::of([&card]).blocked);
            prop_assert_eq!(steps.len(), Sums::of([&card]).changes());
            for at in 0..3 {
                let is_sent = steps.contains(&(workspace(at), Step::Member(jane.clone()), None));
                let stays = keys.iter().any(|(place, is_chosen)| *place == at && !is_chosen);
                prop_assert_eq!(is_sent, !stays && !kept.contains(&at));
            }
        }
    }
}
