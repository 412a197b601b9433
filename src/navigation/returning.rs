//! The way back to a guarded view after the browser has left its entry.
//!
//! A browser does not tell whose step has ended: one of the person, who presses Back again, or the one that returns it. Each
//! step changes the number of the entry by its length, and that tells them apart.

use leptos::leptos_dom::helpers::TimeoutHandle;

#[derive(Clone, Copy)]
pub(super) enum Return {
    /// The browser shows the entry of the view.
    Arrived,
    /// The browser is sent back when this timer ends.
    Scheduled(TimeoutHandle),
    /// The browser has been sent back.
    Going(Going),
}

/// A return that has not ended yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Going {
    /// The entry that the browser showed last.
    pub from: i32,
    pub steps: i32,
    /// Where the browser goes next, once it is back.
    pub next: Option<i32>,
}

/// Where a step has ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Landing {
    /// At the entry of the view.
    Home,
    /// At another entry, because the person took a step too.
    Short,
    /// Where the person went. The return has not ended.
    Elsewhere(Going),
}

impl Going {
    /// Judges a step that ends at the entry `there`. `shown` is the entry of the view.
    pub fn judge(self, shown: i32, there: i32) -> Landing {
        if there == shown {
            Landing::Home
        } else if there == self.from.saturating_add(self.steps) {
            Landing::Short
        } else {
            Landing::Elsewhere(Self { from: there, ..self })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Going, Landing};

    #[test]
    fn a_step_of_the_person_is_told_from_the_return() {
        // The view is entry 3. Back led to 2, from where the browser was sent back.
        let going = Going { from: 2, steps: 1, next: None };
        assert_eq!(going.judge(3, 3), Landing::Home);
        // Back again ends first, at 1. The return then leads from there to 2.
        let Landing::Elsewhere(going) = going.judge(3, 1) else { panic!("not a step of the person") };
        assert_eq!(going.judge(3, 2), Landing::Short);
        // Forward, and Back three times, are steps of the person, too.
        assert_eq!(going.judge(3, 4), Landing::Elsewhere(Going { from: 4, ..going }));
        assert_eq!(going.judge(3, 0), Landing::Elsewhere(Going { from: 0, ..going }));
    }

    #[test]
    fn several_entries_at_once_are_one_return() {
        let going = Going { from: 1, steps: 2, next: None };
        assert_eq!(going.judge(3, 3), Landing::Home);
        assert_eq!(going.judge(3, 0), Landing::Elsewhere(Going { from: 0, ..going }));
    }
}
