//! How views wait, fail and recover, in a real browser.
#![cfg(target_arch = "wasm32")]
#![expect(clippy::unwrap_used, reason = "a test may fail by panicking")]

#[path = "ui_harness/policy.rs"]
mod policy;

use std::sync::Arc;
use std::time::Duration;

use console::api::client::Exchange;
use console::api::decode::Answer;
use console::api::request::Request;
use console::api::{ApiError, Client, Operation, StatusError};
use console::components::{AsyncView, ErrorPanel, When};
use console::domain::Timestamp;
use console::state::{Freshness, Invalidation, Query, Remote, Resource, use_query};
use futures::future::LocalBoxFuture;
use leptos::mount::mount_to;
use leptos::prelude::*;
use leptos::task::tick;
use wasm_bindgen::JsCast as _;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::HtmlElement;

wasm_bindgen_test_configure!(run_in_browser);

/// A place of its own in the page for one test.
fn place() -> HtmlElement {
    policy::enforce();
    let place = document().create_element("div").unwrap().dyn_into::<HtmlElement>().unwrap();
    document().body().unwrap().append_child(&place).unwrap();
    place
}

fn text(place: &HtmlElement) -> String {
    place.text_content().unwrap_or_default()
}

/// Lets the browser draw until the condition holds; a hundred frames are enough for anything here.
async fn until(condition: impl Fn() -> bool) {
    for _ in 0..100 {
        if condition() {
            return;
        }
        tick().await;
        gloo_timers::future::TimeoutFuture::new(16).await;
    }
    assert!(condition(), "the condition never held");
}

#[wasm_bindgen_test]
async fn under_the_policy_text_cannot_become_markup() {
    let place = place();
    // Where the browser knows Trusted Types: the others show that no violation is reported where none was committed.
    let knows = js_sys::Reflect::has(&window(), &"trustedTypes".into()).unwrap();
    let refused = js_sys::Reflect::set(&place, &"innerHTML".into(), &"<b>bold</b>".into()).is_err();
    assert_eq!((refused, place.child_element_count() == 0), (knows, knows));
    let seen = std::cell::RefCell::new(Vec::new());
    until(|| {
        seen.borrow_mut().extend(policy::taken());
        seen.borrow().is_empty() != knows
    })
    .await;
    place.remove();
}

fn failed(status: u16, retry_after: Option<u64>) -> ApiError {
    ApiError::Status(Box::new(StatusError {
        operation: Operation::GetWorkspace,
        status,
        code: None,
        message: "Nope".to_owned(),
        metadata: Some(r#"{"why":"because"}"#.to_owned()),
        request_id: Some("req_1".to_owned()),
        retry_after: retry_after.map(Duration::from_secs),
    }))
}

struct Nowhere;

impl Exchange for Nowhere {
    fn exchange(&self, request: Request, _timeout: Duration) -> LocalBoxFuture<'static, Result<Answer, ApiError>> {
        let operation = request.operation;
        Box::pin(async move { Err(ApiError::Aborted { operation }) })
    }
    fn sleep(&self, _wait: Duration) -> LocalBoxFuture<'static, ()> {
        Box::pin(async {})
    }
    fn jitter(&self) -> f64 {
        0.0
    }
    fn elapsed(&self) -> Duration {
        Duration::ZERO
    }
}

fn provide_world() -> Invalidation {
    provide_context(Client::new(Arc::new(Nowhere), Arc::new(|_| {})));
    let invalidation = Invalidation::default();
    provide_context(invalidation);
    invalidation
}

#[wasm_bindgen_test]
async fn an_error_says_what_happened_what_changed_and_what_to_do() {
    let place = place();
    let _mounted = mount_to(place.clone(), || {
        view! { <ErrorPanel title="It failed" error=failed(400, None) effect="Nothing was changed."/> }
    });
    let shown = text(&place);
    for part in
        ["It failed", "Nope.", "Nothing was changed.", "Change what was sent", "status: 400", "req_1", "because"]
    {
        assert!(shown.contains(part), "{part} is missing in {shown}");
    }
}

#[wasm_bindgen_test]
async fn trying_again_waits_for_as_long_as_the_api_asked() {
    let place = place();
    let tries = RwSignal::new(0);
    let again = Callback::new(move |()| tries.update(|tries| *tries += 1));
    let _mounted = mount_to(place.clone(), move || {
        view! { <ErrorPanel title="Busy" error=failed(429, Some(90)) on_retry=again/> }
    });
    assert!(text(&place).contains("1 min 30 s left"));
    let button = place.query_selector("button[aria-disabled=true]").unwrap().unwrap();
    button.dyn_into::<HtmlElement>().unwrap().click();
    assert_eq!(tries.get_untracked(), 0);
    until(|| text(&place).contains("1 min 29 s left")).await;
}

#[wasm_bindgen_test]
async fn old_data_stays_while_new_data_fails_and_the_view_is_not_rebuilt() {
    let place = place();
    let answer = RwSignal::new(Ok::<u32, ApiError>(1));
    let query = StoredValue::new(None::<Query<u32>>);
    let world = StoredValue::new(None::<Invalidation>);
    let built = RwSignal::new(0);
    let _mounted = mount_to(place.clone(), move || {
        world.set_value(Some(provide_world()));
        let asked = use_query(Resource::Workspace, || Some(()), move |_, ()| async move { answer.get_untracked() });
        query.set_value(Some(asked));
        let content = Callback::new(move |(data,): (Signal<u32>,)| {
            built.update(|built| *built += 1);
            view! { <p>{move || format!("value {}", data.get())}</p> }.into_any()
        });
        view! { <AsyncView query=asked failure="It could not be loaded" content=content/> }
    });
    until(|| text(&place).contains("value 1")).await;
    answer.set(Err(failed(500, None)));
    world.get_value().unwrap().invalidate(Resource::Workspace);
    until(|| text(&place).contains("This may be out of date")).await;
    assert!(text(&place).contains("value 1"));
    answer.set(Ok(2));
    query.get_value().unwrap().refetch();
    until(|| text(&place).contains("value 2")).await;
    assert!(!text(&place).contains("out of date"));
    assert_eq!(built.get_untracked(), 1);
    let is_fresh = query.get_value().unwrap().state.with_untracked(|s| matches!(s, Remote::Ready(2, Freshness::Fresh)));
    assert!(is_fresh);
}

#[wasm_bindgen_test]
async fn only_the_newest_answer_is_shown_and_older_requests_are_dropped() {
    use futures::channel::oneshot;
    let place = place();
    let key = RwSignal::new(1u32);
    let waiting = StoredValue::new(Vec::<oneshot::Sender<()>>::new());
    let _mounted = mount_to(place.clone(), move || {
        provide_world();
        let asked = use_query(
            Resource::Workspace,
            move || Some(key.get()),
            move |_, asked_for| async move {
                let (sender, receiver) = oneshot::channel();
                waiting.update_value(|waiting| waiting.push(sender));
                let _ = receiver.await;
                Ok(asked_for)
            },
        );
        let content = Callback::new(|(data,): (Signal<u32>,)| {
            view! { <p>{move || format!("value {}", data.get())}</p> }.into_any()
        });
        view! { <AsyncView query=asked failure="It could not be loaded" content=content/> }
    });
    until(|| waiting.with_value(Vec::len) == 1).await;
    key.set(2);
    until(|| waiting.with_value(Vec::len) == 2).await;
    let mut senders = Vec::new();
    waiting.update_value(|waiting| senders.append(waiting));
    let newest = senders.pop().unwrap();
    assert!(newest.send(()).is_ok());
    until(|| text(&place).contains("value 2")).await;
    // The older request was dropped with its view of the world: nobody listens any more.
    assert!(senders.pop().unwrap().send(()).is_err());
    assert!(!text(&place).contains("value 1"));
}

#[wasm_bindgen_test]
async fn what_is_gone_is_not_shown_as_merely_old() {
    let place = place();
    let answer = RwSignal::new(Ok::<u32, ApiError>(1));
    let query = StoredValue::new(None::<Query<u32>>);
    let _mounted = mount_to(place.clone(), move || {
        provide_world();
        let asked = use_query(Resource::Workspace, || Some(()), move |_, ()| async move { answer.get_untracked() });
        query.set_value(Some(asked));
        let content = Callback::new(|(_,): (Signal<u32>,)| "shown".into_any());
        view! { <AsyncView query=asked failure="It could not be loaded" content=content/> }
    });
    until(|| text(&place).contains("shown")).await;
    answer.set(Err(failed(404, None)));
    query.get_value().unwrap().refetch();
    until(|| text(&place).contains("It could not be loaded")).await;
    assert!(!text(&place).contains("shown"));
}

#[wasm_bindgen_test]
async fn a_time_is_relative_and_exact_on_hover() {
    let place = place();
    let at = Some(Timestamp::new("2020-01-02T03:04:05Z"));
    let _mounted = mount_to(place.clone(), move || view! { <When at=at.clone()/> });
    let time = place.query_selector("time").unwrap().unwrap();
    assert_eq!(time.text_content().as_deref(), Some("2020-01-02"));
    assert_eq!(time.get_attribute("title").as_deref(), Some("2020-01-02 03:04:05 UTC"));
}

#[wasm_bindgen_test]
async fn the_last_screen_shows_the_report_once_and_takes_the_focus() {
    console::panic::show("it broke at line 1").unwrap();
    console::panic::show("again").unwrap();
    let screens = document().query_selector_all("#panic").unwrap();
    assert_eq!(screens.length(), 1);
    let screen = document().get_element_by_id("panic").unwrap();
    assert!(screen.text_content().unwrap().contains("it broke at line 1"));
    assert_eq!(document().active_element().unwrap().text_content().as_deref(), Some("Reload"));
    screen.remove();
}
