//! Moving between views: the address, the history of this tab, links, and the guard of unsaved changes.
//!
//! Invariant: the shown address decides the view. It never waits for the browser to accept it.

mod guard;
mod history;
mod links;
mod panels;
mod returning;

use std::time::Duration;

use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::{Event, MouseEvent, PopStateEvent};

use crate::routes::{FILE_FRAGMENT, Route};
use guard::{Departure, Step};
use history::{Entries, Write};
use returning::{Going, Landing, Return};

pub use guard::UnsavedGuard;
pub(crate) use panels::PanelSteps;

/// The wait before an address that the browser refused is written again.
const RETRY: Duration = Duration::from_secs(1);
/// The wait before the browser is returned to a guarded view. Several presses of Back count as one step.
const SETTLE: Duration = Duration::from_millis(50);
/// The wait before the browser is returned again, after a step of the person that may have taken the place of its return.
const CHECK: Duration = Duration::from_millis(400);

/// A path and a query (without its question mark), as the browser encodes them. A file in a link stays at the end of the query.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Address {
    path: String,
    query: String,
}

impl Address {
    fn parse(href: &str) -> Self {
        let (path, query) = href.split_once('?').unwrap_or((href, ""));
        Self { path: path.to_owned(), query: query.to_owned() }
    }

    /// The address in the browser's address bar.
    fn in_browser() -> Self {
        let location = window().location();
        let (path, search) = (location.pathname().unwrap_or_default(), location.search().unwrap_or_default());
        let file = location.hash().ok().filter(|hash| hash.starts_with(FILE_FRAGMENT)).unwrap_or_default();
        Self { path, query: search.trim_start_matches('?').to_owned() + &file }
    }

    fn href(&self) -> String {
        if self.query.is_empty() { self.path.clone() } else { [&self.path, "?", &self.query].concat() }
    }
}

#[derive(Clone, Copy)]
pub(crate) struct Navigator {
    shown: RwSignal<Address>,
    entries: StoredValue<Entries>,
    retry: StoredValue<Option<TimeoutHandle>>,
    returning: StoredValue<Return>,
    guard: UnsavedGuard,
}

/// Starts to follow links and steps in the history, and provides [`Navigator`], [`UnsavedGuard`] and the current route.
pub(crate) fn provide() {
    let guard = UnsavedGuard::install();
    let index = history::current_index();
    let navigator = Navigator {
        shown: RwSignal::new(Address::in_browser()),
        entries: StoredValue::new(Entries::new(index.unwrap_or(0))),
        retry: StoredValue::new(None),
        returning: StoredValue::new(Return::Arrived),
        guard,
    };
    if index.is_none() {
        navigator.write(Write::Replace);
    }
    // For as long as the page lives.
    let _ = window_event_listener_untyped("click", move |event| navigator.on_click(&event));
    let _ = window_event_listener_untyped("popstate", move |event| navigator.on_popstate(&event));
    let shown = navigator.shown;
    let route = Memo::new(move |_| shown.with(|shown| Route::parse(&shown.path, &shown.query)));
    provide_context(guard);
    provide_context(navigator);
    provide_context(route);
}

impl Navigator {
    /// Goes to a view as a new entry of the history, unless it is shown already.
    pub fn push(&self, route: &Route) {
        self.navigate(Write::Push, Address::parse(&route.href()));
    }

    /// Goes to a view as a link to it does: if there are unsaved changes, the person is asked first.
    pub fn follow(&self, route: &Route) {
        self.follow_address(Address::parse(&route.href()));
    }

    pub fn replace(&self, route: &Route) {
        self.navigate(Write::Replace, Address::parse(&route.href()));
    }

    /// The view that the shown address was probably meant to be, where it has none.
    pub fn nearest_view(&self) -> Option<Route> {
        self.shown.with(|shown| crate::routes::nearest(&shown.path))
    }

    /// Goes to the entry of the history before this one. Does nothing at the first entry.
    pub fn back(&self) {
        if self.entries.try_update_value(Entries::drop_unwritten) == Some(true) {
            self.shown.set(Address::in_browser());
        } else {
            history::go(-1);
        }
    }

    /// Goes where the guard of unsaved changes stopped the person, and lowers it.
    pub fn leave(&self) {
        match self.guard.release() {
            Some(Departure::Link(address)) => self.navigate(Write::Push, address),
            Some(Departure::Entry(index)) => match self.returning.get_value() {
                Return::Going(going) => {
                    self.returning.set_value(Return::Going(Going { next: Some(index), ..going }));
                }
                Return::Scheduled(timer) => {
                    timer.clear();
                    self.returning.set_value(Return::Arrived);
                    self.go_to(index);
                }
                Return::Arrived => self.go_to(index),
            },
            // The session signs out by itself.
            Some(Departure::SignOut) | None => {}
        }
    }

    fn navigate(self, write: Write, address: Address) {
        if self.shown.with_untracked(|shown| *shown != address) {
            self.shown.set(address);
            self.write(write);
        }
        if write == Write::Push {
            window().scroll_to_with_x_and_y(0.0, 0.0);
        }
    }

    /// Writes the shown address into the history, now or, if the browser refuses, later.
    fn write(self, write: Write) {
        let address = self.shown.with_untracked(Address::href);
        let unwritten = self.entries.try_update_value(|entries| {
            entries.write(write, |write, index| history::write_entry(write, index, &address));
            entries.unwritten
        });
        if let Some(timer) = self.retry.get_value() {
            timer.clear();
        }
        let retry = move || {
            if let Some(write) = self.entries.with_value(|entries| entries.unwritten) {
                self.write(write);
            }
        };
        let timer = unwritten.flatten().and_then(|_| set_timeout_with_handle(retry, RETRY).ok());
        self.retry.set_value(timer);
    }

    fn on_click(self, event: &Event) {
        let Some(event) = event.dyn_ref::<MouseEvent>() else { return };
        let shown = self.shown.get_untracked();
        let Some(address) = links::clicked_address(event, &shown) else { return };
        event.prevent_default();
        self.follow_address(address);
    }

    fn follow_address(self, address: Address) {
        if self.guard.stops() && self.shown.with_untracked(|shown| address.path != shown.path) {
            self.guard.ask(Departure::Link(address));
        } else {
            self.navigate(Write::Push, address);
        }
    }

    fn on_popstate(self, event: &Event) {
        let state = event.dyn_ref::<PopStateEvent>().map(PopStateEvent::state);
        let Some(there) = state.and_then(|state| history::index_of(&state)) else {
            // An entry of the browser's own, such as one for a fragment typed into the address bar.
            self.follow_browser(self.index().saturating_add(1));
            self.write(Write::Replace);
            return;
        };
        if let Return::Going(going) = self.returning.get_value() {
            self.on_step_while_going(going, there);
            return;
        }
        let is_same_path = self.shown.with_untracked(|shown| shown.path == Address::in_browser().path);
        match Step::judge(self.guard.stops(), self.index(), there, is_same_path) {
            Step::Follow => self.follow_browser(there),
            Step::Returned => {}
            Step::Ask => {
                self.return_soon();
                self.guard.ask(Departure::Entry(there));
            }
        }
    }

    /// Follows a step that ends while the browser is being returned to a guarded view.
    fn on_step_while_going(self, going: Going, there: i32) {
        match going.judge(self.index(), there) {
            Landing::Home | Landing::Short => self.go_on(going.next),
            Landing::Elsewhere(going) => {
                self.returning.set_value(Return::Going(going));
                if going.next.is_none() {
                    self.guard.ask(Departure::Entry(there));
                }
                // The step may have taken the place of the return, which then never ends.
                let check = move || {
                    if matches!(self.returning.get_value(), Return::Going(now) if now == going) {
                        self.go_on(going.next);
                    }
                };
                set_timeout(check, CHECK);
            }
        }
    }

    /// Goes to the entry that the person has decided on since, or else back to the shown one.
    fn go_on(self, next: Option<i32>) {
        match next {
            Some(next) => {
                self.returning.set_value(Return::Arrived);
                self.go_to(next);
            }
            None => self.send_back(),
        }
    }

    fn index(self) -> i32 {
        self.entries.with_value(|entries| entries.index)
    }

    fn follow_browser(self, index: i32) {
        self.entries.set_value(Entries::new(index));
        self.shown.set(Address::in_browser());
    }

    fn go_to(self, index: i32) {
        match history::current_index() {
            Some(here) if here == index => self.follow_browser(index),
            here => history::go(index.saturating_sub(here.unwrap_or_else(|| self.index()))),
        }
    }

    /// Sends the browser back to the shown entry as soon as it has come to rest.
    fn return_soon(self) {
        if let Return::Scheduled(timer) = self.returning.get_value() {
            timer.clear();
        }
        match set_timeout_with_handle(move || self.send_back(), SETTLE) {
            Ok(timer) => self.returning.set_value(Return::Scheduled(timer)),
            Err(_) => self.send_back(),
        }
    }

    /// Sends the browser back to the shown entry.
    fn send_back(self) {
        let here = history::current_index().unwrap_or_else(|| self.index());
        let steps = self.index().saturating_sub(here);
        if steps == 0 {
            self.returning.set_value(Return::Arrived);
        } else {
            self.returning.set_value(Return::Going(Going { from: here, steps, next: None }));
            history::go(steps);
        }
    }
}

pub(crate) fn use_navigator() -> Navigator {
    expect_context()
}

pub(crate) fn use_route() -> Memo<Route> {
    expect_context()
}

#[cfg(test)]
mod tests {
    use super::Address;

    #[test]
    fn an_address_is_a_path_and_a_query() {
        for href in ["/workspaces", "/workspaces?q=a%3Fb", "/workspaces?q=a?b", "/"] {
            assert_eq!(Address::parse(href).href(), href);
        }
        assert_eq!(Address::parse("/people?q=x").query, "q=x");
    }
}
