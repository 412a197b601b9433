//! The headers of the console's files, as every host should send them.
//!
//! Invariant: all names and values come from the crate `hosting`, which `check-hosting` uses too.

use axum::{
    extract::Request,
    http::{
        HeaderName, HeaderValue,
        header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, VARY},
    },
    middleware::Next,
    response::Response,
};
use hosting::{cache, headers::ALWAYS, policy};

/// Adds the headers to a response.
pub async fn add(request: Request, next: Next) -> Response {
    let name = request.uri().path().rsplit('/').next().unwrap_or_default().to_owned();
    let mut response = next.run(request).await;
    let caching = if response.status().is_client_error() { cache::NEVER } else { cache::of(&name) };
    let headers = response.headers_mut();
    for (header, value) in ALWAYS {
        headers.insert(HeaderName::from_static(header), HeaderValue::from_static(value));
    }
    headers.insert(CACHE_CONTROL, HeaderValue::from_static(caching));
    headers.insert(VARY, HeaderValue::from_static("accept-encoding"));
    // The page has a policy of its own.
    headers.entry(CONTENT_SECURITY_POLICY).or_insert(HeaderValue::from_static(policy::OF_OTHER_RESPONSES));
    response
}
