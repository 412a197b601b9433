//! Reads that wait until the test responds, and a view of one.

use std::cell::RefCell;
use std::sync::Arc;
use std::time::Duration;

use console::api::{Answer, ApiError, Client, Exchange, Operation, Request};
use console::components::AsyncView;
use console::data::{ApiRead, Cache, Data, Snapshots, Topic, once};
use console::session::{Identity, KeyHolder, SessionState};
use futures::channel::oneshot;
use futures::future::LocalBoxFuture;
use leptos::prelude::*;
use leptos::task::tick;

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

type Response = oneshot::Sender<Result<u32, ApiError>>;

thread_local! {
    /// The reads that wait for their response, oldest first.
    static READS: RefCell<Vec<(u32, Response)>> = const { RefCell::new(Vec::new()) };
}

/// A read that waits until the test responds.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Number(pub u32);

impl ApiRead for Number {
    type Value = u32;
    const CONCURRENCY: usize = 2;

    fn topics(&self) -> Vec<Topic> {
        vec![Topic::Workspace]
    }

    fn read(&self, _client: &Client) -> Snapshots<u32> {
        let number = self.0;
        once(async move {
            let (sender, receiver) = oneshot::channel();
            READS.with_borrow_mut(|reads| reads.push((number, sender)));
            receiver.await.unwrap_or(Err(ApiError::Aborted { operation: Operation::GetWorkspace }))
        })
    }
}

/// The numbers that are being read.
pub fn being_read() -> Vec<u32> {
    READS.with_borrow_mut(|reads| {
        reads.retain(|(_, response)| !response.is_canceled());
        reads.iter().map(|(number, _)| *number).collect()
    })
}

/// Waits for the read of a number, and responds.
pub async fn respond(number: u32, result: Result<u32, ApiError>) {
    until(|| being_read().contains(&number)).await;
    let response = READS.with_borrow_mut(|reads| {
        let at = reads.iter().position(|(it, _)| *it == number).unwrap();
        reads.remove(at).1
    });
    assert!(response.send(result).is_ok(), "nothing waits for {number}");
}

pub fn identity() -> Identity {
    Identity { holder: KeyHolder::Page, key: serde_json::from_str("{}").unwrap() }
}

/// Provides a cache with its session, which is signed in.
pub fn provide_cache() -> (Cache, RwSignal<SessionState>) {
    READS.with_borrow_mut(Vec::clear);
    let session = RwSignal::new(SessionState::SignedIn(identity()));
    let cache = Cache::new(Client::new(Arc::new(Nowhere), Arc::new(|_| {})), session);
    provide_context(cache);
    (cache, session)
}

/// A view of a number.
pub fn view_of(data: Data<u32>) -> impl IntoView {
    let content = Callback::new(|(value,): (Signal<u32>,)| {
        view! { <p>{move || format!("value {}", value.get())}</p> }.into_any()
    });
    view! { <AsyncView data=data failure="It could not be loaded" content=content/> }
}

/// Lets the browser draw until the condition holds; a hundred frames are enough for anything here.
pub async fn until(condition: impl Fn() -> bool) {
    for _ in 0..100 {
        if condition() {
            return;
        }
        tick().await;
        gloo_timers::future::TimeoutFuture::new(16).await;
    }
    assert!(condition(), "the condition never held; being read: {:?}", being_read());
}
