//! The browser's side of the client: one attempt of a request, by `fetch`.
//!
//! Invariant: only this module fetches, except `boot.js`, whose early responses are used here. A dropped attempt
//! aborts its request, and every attempt ends within its timeout, body included.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use futures::future::{Either, LocalBoxFuture, select};
use gloo_net::http::{RequestBuilder, Response};
use gloo_timers::future::sleep;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, ReferrerPolicy, RequestCache, RequestRedirect, ResponseType};

use super::client::Exchange;
use super::credential::{CredentialSlot, KeyId};
use super::decode::Answer;
use super::request::Request;
use super::{ApiError, Operation};
use crate::domain::SteadyClock;

/// The base address of the API unless the page sets another.
pub const DEFAULT_BASE: &str = "/api/v1";
/// A header on requests to the page's own host. A proxy that adds the key demands it, because no other site can make a
/// browser send it.
const MARK: &str = "X-Workspace-Console";

/// Fetches below one base address, with the key in the slot. An empty slot leaves the key to a proxy.
pub struct BrowserExchange {
    base: String,
    credential: Arc<CredentialSlot>,
    writes: Arc<AtomicU32>,
    clock: Mutex<SteadyClock>,
}

impl BrowserExchange {
    /// An exchange with the API at `base`, such as `/api/v1`.
    pub fn new(base: &str, credential: Arc<CredentialSlot>) -> Self {
        Self {
            base: base.trim_end_matches('/').to_owned(),
            credential,
            writes: Arc::default(),
            clock: Mutex::default(),
        }
    }

    /// The number of attempts to write so far.
    pub fn writes(&self) -> Arc<AtomicU32> {
        self.writes.clone()
    }
}

/// Aborts the request when the attempt is dropped. Has no effect once the attempt has ended.
struct AbortOnDrop(Option<AbortController>);

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        if let Some(controller) = &self.0 {
            controller.abort();
        }
    }
}

impl Exchange for BrowserExchange {
    fn key(&self) -> KeyId {
        self.credential.key()
    }

    fn exchange(&self, request: Request, timeout: Duration) -> LocalBoxFuture<'static, Result<Answer, ApiError>> {
        let url = format!("{}{}", self.base, request.target);
        let authorization = self.credential.authorization();
        let is_own_host = self.base.starts_with('/');
        let operation = request.operation;
        if !operation.is_read() {
            self.writes.fetch_add(1, Ordering::Relaxed);
        }
        Box::pin(async move {
            let early = take_early(&url, authorization.as_deref());
            let abort = AbortOnDrop(early.is_none().then(AbortController::new).and_then(Result::ok));
            let attempt: LocalBoxFuture<_> = match early {
                Some(early) => Box::pin(answer_of_early(operation, early)),
                None => {
                    let signal = abort.0.as_ref().map(AbortController::signal);
                    let mut builder = RequestBuilder::new(&url)
                        .method(operation.method())
                        .header("Accept", "application/json")
                        .cache(RequestCache::NoStore)
                        // The API never redirects. A proxy's sign-in does, to a page that must not be taken for an answer.
                        .redirect(RequestRedirect::Manual)
                        .referrer_policy(ReferrerPolicy::NoReferrer)
                        .abort_signal(signal.as_ref());
                    if is_own_host {
                        builder = builder.header(MARK, "1");
                    }
                    if let Some(header) = &authorization {
                        builder = builder.header("Authorization", header);
                    }
                    Box::pin(send(operation, builder, request.body))
                }
            };
            match select(attempt, sleep(timeout)).await {
                Either::Left((answer, _)) => answer,
                Either::Right(((), _)) => Err(ApiError::Timeout { operation, after: timeout }),
            }
        })
    }

    fn sleep(&self, wait: Duration) -> LocalBoxFuture<'static, ()> {
        Box::pin(sleep(wait))
    }

    fn jitter(&self) -> f64 {
        js_sys::Math::random()
    }

    fn elapsed(&self) -> Duration {
        let monotonic = web_sys::window().and_then(|window| window.performance()).map_or(0.0, |clock| clock.now());
        let mut clock = self.clock.lock().unwrap_or_else(PoisonError::into_inner);
        Duration::from_secs_f64(clock.read(monotonic / 1000.0, js_sys::Date::now() / 1000.0).max(0.0))
    }
}

async fn send(operation: Operation, builder: RequestBuilder, body: Option<String>) -> Result<Answer, ApiError> {
    let failed = |error: gloo_net::Error| ApiError::Network { operation, detail: error.to_string() };
    let response = match body {
        Some(body) => {
            let sent = builder.header("Content-Type", "application/json").body(body).map_err(failed)?;
            sent.send().await.map_err(failed)?
        }
        None => builder.send().await.map_err(failed)?,
    };
    answer(operation, response).await
}

/// Reads the whole response.
async fn answer(operation: Operation, response: Response) -> Result<Answer, ApiError> {
    let headers = response.headers();
    Ok(Answer {
        status: response.status(),
        is_html: headers.get("Content-Type").is_some_and(|kind| kind.to_ascii_lowercase().contains("html")),
        is_redirect: response.type_() == ResponseType::Opaqueredirect,
        retry_after: headers.get("Retry-After"),
        request_id: headers.get("X-Request-Id"),
        date: headers.get("Date"),
        body: response.text().await.map_err(|error| ApiError::Network { operation, detail: error.to_string() })?,
    })
}

/// The response to a request that `boot.js` already started.
async fn answer_of_early(operation: Operation, early: js_sys::Promise) -> Result<Answer, ApiError> {
    let answered = JsFuture::from(early).await.and_then(|answer| answer.dyn_into::<web_sys::Response>());
    let detail = |error: JsValue| error.dyn_ref::<js_sys::Error>().map_or_else(String::new, |it| it.message().into());
    let response = answered.map_err(|error| ApiError::Network { operation, detail: detail(error) })?;
    // Many may be there already. Each is worked on in a task of its own, so that none is long.
    sleep(Duration::ZERO).await;
    answer(operation, Response::from(response)).await
}

/// Takes over the response that `boot.js` requested from an address with the same key. Each is used once.
fn take_early(url: &str, authorization: Option<&str>) -> Option<js_sys::Promise> {
    let take = js_sys::Reflect::get(&web_sys::window()?.into(), &"early".into()).ok()?;
    let take = take.dyn_into::<js_sys::Function>().ok()?;
    let sent_with = authorization.map_or(JsValue::NULL, JsValue::from_str);
    take.call2(&JsValue::UNDEFINED, &JsValue::from_str(url), &sent_with).ok()?.dyn_into().ok()
}
