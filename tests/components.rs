//! How views wait, fail and recover, in a real browser.
#![cfg(target_arch = "wasm32")]
#![expect(clippy::unwrap_used, reason = "a test may fail by panicking")]

#[path = "ui_harness/policy.rs"]
mod policy;

#[path = "component_harness/clock.rs"]
mod clock;
#[path = "component_harness/reads.rs"]
mod reads;

use std::time::Duration;

use clock::FakeClock;
use console::api::{ApiError, Operation, Responder, StatusError};
use console::components::{AsyncView, ErrorPanel, When};
use console::data::{Freshness, Remote, Topic, use_data, use_many};
use console::domain::Timestamp;
use console::navigation::UnsavedGuard;
use console::session::SessionState;
use leptos::mount::mount_to;
use leptos::prelude::*;
use leptos::task::tick;
use reads::{Number, being_read, identity, provide_cache, respond, until, view_of};
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
        by: Responder::Api,
        status,
        code: None,
        message: "Nope".to_owned(),
        metadata: Some(r#"{"why":"because"}"#.to_owned()),
        request_id: Some("req_1".to_owned()),
        retry_after: retry_after.map(Duration::from_secs),
    }))
}

#[wasm_bindgen_test]
async fn an_error_says_what_happened_what_changed_and_what_to_do() {
    let place = place();
    let _mounted = mount_to(place.clone(), || {
        view! { <ErrorPanel title="It failed" error=failed(400, None) effect="Nothing was changed."/> }
    });
    let shown = text(&place);
    for part in ["It failed", "Nope.", "Nothing was changed.", "Change your input", "status: 400", "req_1", "because"] {
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
    let shown = StoredValue::new(None);
    let built = RwSignal::new(0);
    let _mounted = mount_to(place.clone(), move || {
        let (cache, _) = provide_cache();
        let data = use_data(|| Some(Number(1)));
        shown.set_value(Some((cache, data)));
        let content = Callback::new(move |(value,): (Signal<u32>,)| {
            built.update(|built| *built += 1);
            view! { <p>{move || format!("value {}", value.get())}</p> }.into_any()
        });
        view! { <AsyncView data=data failure="It could not be loaded" content=content/> }
    });
    respond(1, Ok(1)).await;
    until(|| text(&place).contains("value 1")).await;
    let (cache, data) = shown.get_value().unwrap();
    cache.invalidate([Topic::Workspace]);
    respond(1, Err(failed(500, None))).await;
    until(|| text(&place).contains("This may be out of date")).await;
    assert!(text(&place).contains("value 1"));
    data.refetch();
    respond(1, Ok(2)).await;
    until(|| text(&place).contains("value 2")).await;
    assert!(!text(&place).contains("out of date"));
    assert_eq!(built.get_untracked(), 1);
    let is_fresh =
        data.state.with_untracked(|state| matches!(state, Remote::Ready(value, Freshness::Fresh) if **value == 2));
    assert!(is_fresh);
}

#[wasm_bindgen_test]
async fn only_the_newest_answer_is_shown_and_older_requests_are_dropped() {
    let place = place();
    let key = RwSignal::new(1);
    let _mounted = mount_to(place.clone(), move || {
        provide_cache();
        view_of(use_data(move || Some(Number(key.get()))))
    });
    until(|| being_read() == [1]).await;
    key.set(2);
    // The older read was dropped with its observer: nothing waits for its response.
    until(|| being_read() == [2]).await;
    respond(2, Ok(2)).await;
    until(|| text(&place).contains("value 2")).await;
    assert!(!text(&place).contains("value 1"));
}

#[wasm_bindgen_test]
async fn what_no_view_observes_is_read_no_further() {
    let place = place();
    let is_shown = RwSignal::new(true);
    let _mounted = mount_to(place.clone(), move || {
        provide_cache();
        view! { <Show when=move || is_shown.get()>{view_of(use_data(|| Some(Number(1))))}</Show> }
    });
    until(|| being_read() == [1]).await;
    is_shown.set(false);
    until(|| being_read().is_empty()).await;
    is_shown.set(true);
    respond(1, Ok(5)).await;
    until(|| text(&place).contains("value 5")).await;
}

#[wasm_bindgen_test]
async fn what_is_gone_is_not_shown_as_merely_old() {
    let place = place();
    let shown = StoredValue::new(None);
    let _mounted = mount_to(place.clone(), move || {
        provide_cache();
        let data = use_data(|| Some(Number(1)));
        shown.set_value(Some(data));
        view_of(data)
    });
    respond(1, Ok(1)).await;
    until(|| text(&place).contains("value 1")).await;
    shown.get_value().unwrap().refetch();
    respond(1, Err(failed(404, None))).await;
    until(|| text(&place).contains("It could not be loaded")).await;
    assert!(!text(&place).contains("value 1"));
}

/// C3: another organization's key is given while a form has unsaved changes.
#[wasm_bindgen_test]
async fn unsaved_changes_stay_on_the_page_when_what_they_change_is_gone() {
    let place = place();
    let shown = StoredValue::new(None);
    // It lives as long as the page, as its listeners do.
    let guard = UnsavedGuard::install();
    let _mounted = mount_to(place.clone(), move || {
        provide_cache();
        provide_context(guard);
        let data = use_data(|| Some(Number(1)));
        shown.set_value(Some(data));
        view_of(data)
    });
    respond(1, Ok(1)).await;
    until(|| text(&place).contains("value 1")).await;
    let data = shown.get_value().unwrap();
    guard.set(true);
    data.refetch();
    respond(1, Err(failed(404, None))).await;
    until(|| text(&place).contains("Your unsaved changes are still here")).await;
    assert!(text(&place).contains("value 1"));
    // Once they are discarded, there is nothing to keep.
    guard.set(false);
    until(|| text(&place).contains("It could not be loaded")).await;
    assert!(!text(&place).contains("value 1"));
}

#[wasm_bindgen_test]
async fn a_view_shows_how_many_are_left_where_a_memo_that_it_reads_before_counts_them_too() {
    let place = place();
    let _mounted = mount_to(place.clone(), || {
        provide_cache();
        let many = use_many(|| (1..=2).map(Number).collect());
        let are_many_left = Memo::new(move |_| many.remaining() > 100);
        view! { <p>{move || format!("{}, {} left", are_many_left.get(), many.remaining())}</p> }
    });
    until(|| text(&place) == "false, 2 left").await;
    respond(1, Ok(1)).await;
    respond(2, Ok(2)).await;
    until(|| text(&place) == "false, 0 left").await;
}

/// C2: reads stop at a refused key, everywhere, and resume after the sign-in.
#[wasm_bindgen_test]
async fn after_a_refused_key_nothing_is_read_until_the_next_sign_in() {
    let place = place();
    let session = StoredValue::new(None);
    let _mounted = mount_to(place.clone(), move || {
        session.set_value(Some(provide_cache().1));
        let many = use_many(|| (1..=5).map(Number).collect());
        let sum = move || many.values().values().map(|value| **value).sum::<u32>();
        view! { <p>{move || format!("{} left, sum {}", many.remaining(), sum())}</p> }
    });
    respond(1, Ok(1)).await;
    until(|| being_read() == [2, 3]).await;
    let session = session.get_value().unwrap();
    // The client tells the session before the read.
    session.set(SessionState::KeyExpired(identity()));
    respond(2, Err(failed(401, None))).await;
    until(|| being_read().is_empty()).await;
    tick().await;
    assert!(being_read().is_empty());
    assert!(text(&place).contains("4 left"), "{}", text(&place));
    session.set(SessionState::SignedIn(identity()));
    for _ in 1..=5 {
        until(|| !being_read().is_empty()).await;
        let number = being_read()[0];
        respond(number, Ok(number)).await;
    }
    until(|| text(&place) == "0 left, sum 15").await;
}

#[wasm_bindgen_test]
async fn a_time_is_relative_and_exact_on_hover() {
    let place = place();
    let at = Timestamp::from_unix_seconds(1_577_934_245);
    let _mounted = mount_to(place.clone(), move || view! { <When at=at.clone()/> });
    let time = place.query_selector("time").unwrap().unwrap();
    assert_eq!(time.text_content().as_deref(), Some("Jan 2, 2020"));
    assert_eq!(time.get_attribute("title").as_deref(), Some("2020-01-02 03:04:05 UTC"));
}

/// C12: a page that stays open.
#[wasm_bindgen_test]
async fn a_relative_time_follows_the_clock() {
    let place = place();
    let clock = FakeClock::install(1_800_000_000);
    let _mounted = mount_to(place.clone(), move || view! { <When at=Timestamp::from_unix_seconds(1_800_000_000)/> });
    assert_eq!(text(&place), "just now");
    clock.advance(180);
    until(|| text(&place) == "3 minutes ago").await;
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
