//! Which keys are shortcuts.

/// What a shortcut does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shortcut {
    Search,
    OpenWorkspaces,
    OpenBudgets,
    OpenPeople,
    OpenKeys,
    OpenActivity,
    CreateWorkspace,
    EditForm,
    NextRow,
    PreviousRow,
    SelectRow,
    ListShortcuts,
}

impl Shortcut {
    /// All shortcuts with their keys, which are pressed one after another, and what they do.
    pub const ALL: [(Self, &'static str, &'static str); 12] = [
        (Self::Search, "/", "Search this page"),
        (Self::OpenWorkspaces, "g w", "Go to workspaces"),
        (Self::OpenBudgets, "g b", "Go to budgets"),
        (Self::OpenPeople, "g p", "Go to people"),
        (Self::OpenKeys, "g k", "Go to API keys"),
        (Self::OpenActivity, "g a", "Go to activity"),
        (Self::CreateWorkspace, "n", "Create a workspace"),
        (Self::EditForm, "e", "Edit: go to the first field"),
        (Self::NextRow, "j", "Next row"),
        (Self::PreviousRow, "k", "Previous row"),
        (Self::SelectRow, "x", "Select or deselect the row"),
        (Self::ListShortcuts, "?", "Show keyboard shortcuts"),
    ];

    pub fn keys(self) -> &'static str {
        Self::ALL.iter().find(|(one, ..)| *one == self).map_or("", |(_, keys, _)| keys)
    }

    /// Whether it happens again while its key is held.
    pub fn repeats(self) -> bool {
        matches!(self, Self::NextRow | Self::PreviousRow)
    }
}

/// How long the second key of a shortcut is waited for, in seconds.
const MOST_WAIT: f64 = 2.0;

/// The keys that were pressed so far.
#[derive(Debug, Clone, Copy, Default)]
pub struct KeySequence {
    /// The first key of a shortcut with two keys, and when it was pressed.
    first: Option<(&'static str, f64)>,
}

impl KeySequence {
    /// Adds a key that was pressed at a time in seconds. Returns the shortcut that is complete by that.
    pub fn press(&mut self, key: &str, now: f64) -> Option<Shortcut> {
        let first = self.first.take().filter(|(_, at)| now - at <= MOST_WAIT).map(|(key, _)| key);
        for (shortcut, keys, _) in Shortcut::ALL {
            match (keys.split_once(' '), first) {
                (None, None) if keys == key => return Some(shortcut),
                (Some((one, two)), Some(first)) if one == first && two == key => return Some(shortcut),
                (Some((one, _)), None) if one == key => self.first = Some((one, now)),
                _ => {}
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(keys: &str) -> Vec<Shortcut> {
        let mut sequence = KeySequence::default();
        keys.split(' ').filter_map(|key| sequence.press(key, 0.0)).collect()
    }

    #[test]
    fn each_shortcut_has_its_keys() {
        for (shortcut, keys, _) in Shortcut::ALL {
            assert_eq!(typed(keys), [shortcut], "{keys}");
        }
    }

    #[test]
    fn after_the_first_of_two_keys_only_the_second_counts() {
        assert_eq!(typed("g n"), []);
        assert_eq!(typed("g n n"), [Shortcut::CreateWorkspace]);
        assert_eq!(typed("g g w"), []);
        assert_eq!(typed("w b"), []);
        assert_eq!(typed("j j k"), [Shortcut::NextRow, Shortcut::NextRow, Shortcut::PreviousRow]);
    }

    #[test]
    fn the_second_key_has_to_follow_soon() {
        let pressed = |after: f64| {
            let mut sequence = KeySequence::default();
            sequence.press("g", 10.0);
            sequence.press("p", 10.0 + after)
        };
        assert_eq!(pressed(1.9), Some(Shortcut::OpenPeople));
        assert_eq!(pressed(2.1), None);
    }
}
