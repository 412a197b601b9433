//! The actions that views offer to the command palette while they are shown.
//!
//! A view that offers actions needs no name for them: they are gone when the view is.

use crate::routes::Route;
use crate::ui::Icon;
use leptos::prelude::*;

/// What a person can do in a view.
#[derive(Debug, Clone)]
pub struct Action {
    pub icon: Icon,
    /// A verb and what it applies to, such as `Add members to Research`.
    pub label: String,
    pub effect: ActionEffect,
}

#[derive(Debug, Clone)]
pub enum ActionEffect {
    /// Opens a view. The person can open it in a new tab too.
    Open(Route),
    Run(Callback<()>),
}

impl Action {
    /// An action that opens a view.
    pub fn open(icon: Icon, label: impl Into<String>, route: Route) -> Self {
        Self { icon, label: label.into(), effect: ActionEffect::Open(route) }
    }

    /// An action that runs code of the view. Create the callback once, outside of [`offer_actions`].
    pub fn run(icon: Icon, label: impl Into<String>, run: Callback<()>) -> Self {
        Self { icon, label: label.into(), effect: ActionEffect::Run(run) }
    }
}

/// The actions of all shown views.
#[derive(Clone, Copy)]
pub struct OfferedActions(RwSignal<Vec<Signal<Vec<Action>>>>);

/// Provides the place where views offer actions.
pub fn provide_actions() {
    provide_context(OfferedActions(RwSignal::default()));
}

impl OfferedActions {
    /// The actions in the order in which views offered them. Tracked.
    pub fn get(self) -> Vec<Action> {
        self.0.with(|offered| offered.iter().filter_map(|actions| actions.try_get()).flatten().collect())
    }
}

/// Offers actions until the current owner is disposed. `actions` returns those that are available now, and is tracked.
pub fn offer_actions(actions: impl Fn() -> Vec<Action> + Send + Sync + 'static) {
    // Not generic, so that it is compiled once.
    fn offer(actions: Box<dyn Fn() -> Vec<Action> + Send + Sync>) {
        let Some(OfferedActions(offered)) = use_context() else { return };
        let actions = Signal::derive(actions);
        offered.update(|offered| offered.push(actions));
        on_cleanup(move || {
            offered.try_update(|offered| offered.retain(|other| *other != actions));
        });
    }
    offer(Box::new(actions));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_view_offers_its_actions_as_long_as_it_lives() {
        Owner::new().with(|| {
            provide_actions();
            let offered: OfferedActions = expect_context();
            let labels =
                || untrack(|| offered.get()).into_iter().map(|action| action.label).collect::<Vec<_>>().join(", ");
            let (page, tab) = (Owner::new(), Owner::new());
            let has_selection = RwSignal::new(false);
            page.with(|| offer_actions(|| vec![Action::open(Icon::Users, "Show members", Route::people())]));
            tab.with(|| {
                let remove = Callback::new(|()| ());
                offer_actions(move || {
                    let removal = || Action::run(Icon::Minus, "Remove members", remove);
                    has_selection.get().then(removal).into_iter().collect()
                });
            });
            assert_eq!(labels(), "Show members");
            has_selection.set(true);
            assert_eq!(labels(), "Show members, Remove members");
            page.cleanup();
            assert_eq!(labels(), "Remove members");
            tab.cleanup();
            assert_eq!(labels(), "");
        });
    }
}
