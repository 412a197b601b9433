//! Wraps each call of the API: request ID, authorization, delay, faults and log.
//!
//! Invariant: a call that has started runs to its end, also if the client disconnects.

use std::time::Duration;

use axum::{
    body::Body,
    extract::{OriginalUri, Request, State},
    http::{
        HeaderValue, Method,
        header::{CACHE_CONTROL, X_CONTENT_TYPE_OPTIONS},
    },
    middleware::Next,
    response::{IntoResponse, Response},
};

use crate::{
    access::{Access, Caller},
    app::{App, REQUEST_ID},
    clock,
    error::{ApiError, Refusal},
    faults::{
        Fault, FaultAnswer, When,
        answer::{self, HangUp},
    },
    request_log::LoggedRequest,
    store::new_id,
};

/// The maximum size of a request, in bytes.
const LARGEST_BODY: usize = 1 << 20;

/// Runs a call on a task of its own.
pub async fn frame(State(app): State<App>, request: Request, next: Next) -> Response {
    // Dropping the connection would cancel the call otherwise. Real servers finish it.
    match tokio::spawn(run_call(app, request, next)).await {
        Ok(response) => response,
        Err(panicked) => ApiError::internal(&panicked).into_response(),
    }
}

async fn run_call(app: App, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let path = parts.uri.path().to_owned();
    let original = parts.extensions.get::<OriginalUri>().map_or_else(|| parts.uri.clone(), |uri| uri.0.clone());
    let body = axum::body::to_bytes(body, LARGEST_BODY).await;
    let behavior = app.behavior();
    let caller = match behavior.access.caller(&parts.headers) {
        Caller::Unknown => app.caller_with_stored_key(&parts.headers).await,
        known => known,
    };
    let allowed = Access::check(caller, &parts.headers, &parts.method, &path);
    let seq = app.has_control.then(|| {
        app.log.add(LoggedRequest {
            seq: 0,
            method: parts.method.to_string(),
            path: original.path().to_owned(),
            query: original.query().unwrap_or_default().to_owned(),
            status: None,
            refusal: None,
            request_body: body.as_ref().ok().and_then(|body| serde_json::from_slice(body).ok()),
            authorized: allowed.is_ok(),
            at: clock::now(),
        })
    });
    let path_and_query = original.path_and_query().map_or(original.path(), |all| all.as_str());
    let fault = app.faults.take(parts.method.as_str(), path_and_query);
    parts.extensions.insert(caller);
    pause(behavior.latency).await;

    let method = parts.method.clone();
    let log = app.log.clone();
    let call = async move {
        let response = match (allowed, body) {
            (Err(refused), _) => refused.into_response(),
            (_, Err(_)) => ApiError::new(axum::http::StatusCode::PAYLOAD_TOO_LARGE, "The request body is too large")
                .into_response(),
            (Ok(()), Ok(body)) => next.run(Request::from_parts(parts, Body::from(body))).await,
        };
        // Logged here, before a fault replaces the response.
        if let (Some(seq), Some(Refusal(message))) = (seq, response.extensions().get()) {
            log.set_refusal(seq, message);
        }
        response
    };
    let mut response = match fault {
        None => call.await,
        Some(fault) => apply_fault(fault, &method, call).await,
    };
    let is_hang_up = response.extensions().get::<HangUp>().is_some();
    if let Some(seq) = seq {
        app.log.set_status(seq, if is_hang_up { 0 } else { response.status().as_u16() });
    }
    let headers = response.headers_mut();
    // A fault may have set the request ID.
    if let (false, Ok(id)) = (headers.contains_key(REQUEST_ID), HeaderValue::from_str(&format!("req_{}", new_id()))) {
        headers.insert(REQUEST_ID, id);
    }
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}

/// Returns the response of a fault, after running the call if the fault comes after it.
async fn apply_fault(fault: Fault, method: &Method, call: impl Future<Output = Response>) -> Response {
    let delay = Duration::from_millis(fault.delay_ms);
    let is_read = *method == Method::GET || *method == Method::HEAD;
    let response = match fault.when {
        When::After => {
            let response = call.await;
            pause(delay).await;
            response
        }
        When::Before => {
            pause(delay).await;
            match fault.answer {
                FaultAnswer::Pass => call.await,
                FaultAnswer::Truncate if is_read => call.await,
                _ => answer::placeholder(),
            }
        }
    };
    match fault.answer {
        FaultAnswer::Pass => response,
        FaultAnswer::Truncate => answer::truncate(response).await,
        FaultAnswer::Close => answer::close(),
        FaultAnswer::Status(answer) => answer::status(answer),
    }
}

async fn pause(duration: Duration) {
    if !duration.is_zero() {
        tokio::time::sleep(duration).await;
    }
}
