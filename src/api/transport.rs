//! The browser's side of the client: one attempt of a request, by `fetch`.
//!
//! Invariant: this is the only place that fetches, but for the page's first script, whose two early questions are taken
//! over here. A dropped attempt aborts its request, and every attempt ends within its timeout, body included.

use std::sync::Arc;
use std::time::Duration;

use futures::future::{Either, LocalBoxFuture, select};
use gloo_net::http::{RequestBuilder, Response};
use gloo_timers::future::TimeoutFuture;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, ReferrerPolicy, RequestCache};

use super::client::Exchange;
use super::credential::CredentialSlot;
use super::decode::Answer;
use super::request::{Method, Request};
use super::{ApiError, Operation};

/// Where the API is when the page does not say.
pub const DEFAULT_BASE: &str = "/api/v1";

/// Fetches below one base address, with the key that is in the slot, or none (proxy mode).
pub struct BrowserExchange {
    base: String,
    credential: Arc<CredentialSlot>,
}

impl BrowserExchange {
    /// Fetches below `base`, such as `/api/v1`.
    pub fn new(base: &str, credential: Arc<CredentialSlot>) -> Self {
        Self { base: base.trim_end_matches('/').to_owned(), credential }
    }

    /// The base address that the page names in `<meta name="api-base" content="…">`.
    pub fn base_of_page() -> String {
        let document = web_sys::window().and_then(|window| window.document());
        let meta = document.and_then(|document| document.query_selector("meta[name=api-base]").ok().flatten());
        let content = meta.and_then(|meta| meta.get_attribute("content"));
        content.filter(|base| !base.trim().is_empty()).unwrap_or_else(|| DEFAULT_BASE.to_owned())
    }
}

/// Aborts the request when the attempt is dropped; after its end that has no effect.
struct AbortOnDrop(Option<AbortController>);

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        if let Some(controller) = &self.0 {
            controller.abort();
        }
    }
}

impl Exchange for BrowserExchange {
    fn exchange(&self, request: Request, timeout: Duration) -> LocalBoxFuture<'static, Result<Answer, ApiError>> {
        let url = format!("{}{}", self.base, request.target);
        let authorization = self.credential.authorization();
        let operation = request.operation;
        Box::pin(async move {
            let abort = AbortOnDrop(AbortController::new().ok());
            let signal = abort.0.as_ref().map(AbortController::signal);
            let mut builder = RequestBuilder::new(&url)
                .method(http_method(request.method))
                .header("Accept", "application/json")
                .cache(RequestCache::NoStore)
                .referrer_policy(ReferrerPolicy::NoReferrer)
                .abort_signal(signal.as_ref());
            let early = if authorization.is_none() { take_early(&url) } else { None };
            if let Some(authorization) = authorization {
                builder = builder.header("Authorization", &authorization);
            }
            let attempt = Box::pin(attempt(operation, builder, request.body, early));
            let millis = u32::try_from(timeout.as_millis()).unwrap_or(u32::MAX);
            match select(attempt, TimeoutFuture::new(millis)).await {
                Either::Left((answer, _)) => answer,
                Either::Right(((), _)) => Err(ApiError::Timeout { operation, after: timeout }),
            }
        })
    }

    fn sleep(&self, wait: Duration) -> LocalBoxFuture<'static, ()> {
        Box::pin(TimeoutFuture::new(u32::try_from(wait.as_millis()).unwrap_or(u32::MAX)))
    }

    fn jitter(&self) -> f64 {
        js_sys::Math::random()
    }

    fn elapsed(&self) -> Duration {
        let now = web_sys::window().and_then(|window| window.performance()).map_or(0.0, |clock| clock.now());
        Duration::from_secs_f64(now.max(0.0) / 1000.0)
    }
}

async fn attempt(
    operation: Operation,
    builder: RequestBuilder,
    body: Option<String>,
    early: Option<js_sys::Promise>,
) -> Result<Answer, ApiError> {
    let failed = |error: gloo_net::Error| ApiError::Network { operation, detail: error.to_string() };
    let response = match (early, body) {
        (Some(early), _) => taken_over(operation, early).await?,
        (None, Some(body)) => {
            let sent = builder.header("Content-Type", "application/json").body(body).map_err(failed)?;
            sent.send().await.map_err(failed)?
        }
        (None, None) => builder.send().await.map_err(failed)?,
    };
    let headers = response.headers();
    Ok(Answer {
        status: response.status(),
        retry_after: headers.get("Retry-After"),
        request_id: headers.get("X-Request-Id"),
        date: headers.get("Date"),
        body: response.text().await.map_err(failed)?,
    })
}

/// The answer to a question that the page's first script has asked for us.
async fn taken_over(operation: Operation, early: js_sys::Promise) -> Result<Response, ApiError> {
    let answered = JsFuture::from(early).await.and_then(|answer| answer.dyn_into::<web_sys::Response>());
    let detail = |error: JsValue| error.dyn_ref::<js_sys::Error>().map_or_else(String::new, |it| it.message().into());
    answered.map(Response::from).map_err(|error| ApiError::Network { operation, detail: detail(error) })
}

/// Takes the early answer for an address out of the page, where there is one: each is used once.
fn take_early(url: &str) -> Option<js_sys::Promise> {
    let window = web_sys::window()?;
    let early = js_sys::Reflect::get(&window, &"early".into()).ok()?.dyn_into::<js_sys::Map>().ok()?;
    let url = JsValue::from_str(url);
    let answer = early.get(&url).dyn_into::<js_sys::Promise>().ok()?;
    early.delete(&url);
    Some(answer)
}

fn http_method(method: Method) -> gloo_net::http::Method {
    match method {
        Method::Get => gloo_net::http::Method::GET,
        Method::Post => gloo_net::http::Method::POST,
        Method::Put => gloo_net::http::Method::PUT,
        Method::Patch => gloo_net::http::Method::PATCH,
        Method::Delete => gloo_net::http::Method::DELETE,
    }
}
