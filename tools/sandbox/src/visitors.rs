//! Refuses requests that a page of another origin makes in someone's browser.
//!
//! Invariant: a request is served only if it names this machine as its host, and comes from a page of the same origin, a
//! page of the origin that `--cors-origin` allows, or no page.

use std::net::IpAddr;

use axum::{
    extract::{Request, State},
    http::{
        HeaderMap, HeaderName, HeaderValue,
        header::{HOST, ORIGIN},
    },
    middleware::Next,
    response::{IntoResponse, Response},
};

use crate::error::ApiError;

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// The origin of other pages that may call the API. `*` is any origin.
pub type AllowedOrigin = Option<HeaderValue>;

/// Serves the request, or refuses it.
pub async fn check(State(allowed): State<AllowedOrigin>, request: Request, next: Next) -> Response {
    let is_page = !is_data(request.uri().path());
    match judge(request.headers(), allowed.as_ref(), is_page) {
        Ok(()) => next.run(request).await,
        Err(reason) => ApiError::forbidden(reason).into_response(),
    }
}

/// Whether a path is one of the API or of the control routes. All others are files of the console.
fn is_data(path: &str) -> bool {
    ["/api", "/__control"].iter().any(|start| path.starts_with(start))
}

/// Returns the reason if the request is refused. `is_page` is whether it asks for a file of the console, which a link on
/// another page may do.
fn judge(headers: &HeaderMap, allowed: Option<&HeaderValue>, is_page: bool) -> Result<(), &'static str> {
    let host = headers.get(HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    if !is_this_machine(host) {
        // The name of another host that resolves to this machine: DNS rebinding.
        return Err("This is a sandbox: its host is 127.0.0.1, [::1] or localhost");
    }
    let is_any_allowed = allowed.is_some_and(|allowed| allowed == "*");
    if let Some(origin) = headers.get(ORIGIN) {
        let is_allowed = origin.as_bytes() == format!("http://{host}").as_bytes() || Some(origin) == allowed;
        if is_allowed || is_any_allowed {
            return Ok(());
        }
        return Err("This is a sandbox: pages of other origins cannot use it");
    }
    // Browsers send no origin with a GET that needs no CORS, such as that of an image.
    let is_foreign = headers.get(SEC_FETCH_SITE).is_some_and(|site| site == "cross-site" || site == "same-site");
    if is_foreign && !is_page && !is_any_allowed {
        return Err("This is a sandbox: pages of other origins cannot use it");
    }
    Ok(())
}

/// Whether the value of a `Host` header is a loopback address or `localhost`, with any port.
fn is_this_machine(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    let address = name.strip_prefix('[').and_then(|name| name.strip_suffix(']')).unwrap_or(name);
    name.eq_ignore_ascii_case("localhost") || address.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_this_machine_are_its_host() {
        for host in ["127.0.0.1", "127.0.0.1:8787", "localhost", "LOCALHOST:80", "[::1]:8787", "[::1]"] {
            assert!(is_this_machine(host), "{host}");
        }
        for host in
            ["", "rebound.test", "rebound.test:8787", "localhost.test", "127.0.0.1.test", "0.0.0.0", "10.0.0.1:80"]
        {
            assert!(!is_this_machine(host), "{host}");
        }
    }
}
