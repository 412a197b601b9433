//! Who answered a request: the API, or something between it and this page.
//!
//! Invariant: only the API's own form speaks for the API. A status alone never does, because sign-ins, firewalls and
//! gateways use the same ones.

use super::decode::Answer;

/// Who answered a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Responder {
    /// The API: the answer has its form.
    Api,
    /// The sign-in of a proxy in front of this page: a redirect, its page, or a refusal of its own.
    SignIn,
    /// The sign-in of the person's network, such as a captive portal (407, 511).
    Network,
    /// A firewall or proxy that refused the request.
    Filter,
    /// A proxy that could not reach the API (502, 503, 504).
    Gateway,
    /// Nothing in the answer tells who sent it.
    Unknown,
}

/// The words of a sign-in's page or message, in lowercase.
const SIGN_IN_WORDS: [&str; 9] =
    ["sign in", "sign-in", "signin", "sign_in", "log in", "log-in", "login", "log_in", "type=\"password\""];
/// What a success of the API has.
const API_KEYS: [&str; 3] = ["\"data\"", "\"deleted\"", "\"removed_count\""];
/// The most bytes that are searched for these words.
const MAX_SEARCHED: usize = 100_000;

impl Responder {
    /// Who sent an error without the API's envelope.
    pub(super) fn of_refusal(answer: &Answer) -> Self {
        match answer.status {
            _ if answer.is_redirect => Self::SignIn,
            // An empty 401 can be the API's as well.
            401 if !answer.body.trim().is_empty() => Self::SignIn,
            407 | 511 => Self::Network,
            403 if is_sign_in(&answer.body) => Self::SignIn,
            502..=504 => Self::Gateway,
            401 | 429 | 500.. => Self::Unknown,
            _ => Self::Filter,
        }
    }

    /// Who sent a 2xx. A body in the API's form speaks for itself: proxies change content types. An empty body is the API's
    /// unless its type is HTML.
    pub(super) fn of_success(answer: &Answer) -> Self {
        let body = answer.body.as_str();
        let is_empty = body.trim_start().is_empty() && !answer.is_html;
        if is_empty || body.trim_start().starts_with('{') && !is_error_of_another_service(body) {
            Self::Api
        } else if is_sign_in(body) {
            Self::SignIn
        } else {
            Self::Unknown
        }
    }

    /// Whether a write that was answered so with this status may have been applied.
    ///
    /// A sign-in answers before it forwards anything. So does a firewall, except that some also inspect what the API
    /// answers, and then replace it by 403 or 406. A timeout (408) tells nothing.
    pub(super) fn is_unclear(self, status: u16) -> bool {
        match self {
            Self::SignIn | Self::Network => false,
            Self::Filter => matches!(status, 403 | 406 | 408),
            Self::Api | Self::Gateway | Self::Unknown => !(300..500).contains(&status),
        }
    }

    /// What the person can do about an answer that is not the API's.
    pub(super) fn advice(self, status: u16) -> &'static str {
        match self {
            Self::SignIn => "Sign in at the proxy again, then continue.",
            Self::Network => "Open any website in a new tab to sign in to your network. Then try again.",
            Self::Filter if status == 405 => {
                "Ask the person who runs this console to allow GET, POST, PUT, PATCH and DELETE requests to the API."
            }
            Self::Filter => "Send the details below to the person who runs this console.",
            Self::Gateway => "Try again in a moment. If the problem continues, tell the person who runs this console.",
            Self::Unknown if (200..300).contains(&status) => {
                "A proxy, a firewall or your network may have sent it. Reload the page. If the problem continues, report the details below."
            }
            Self::Api | Self::Unknown => match status {
                401 => "Sign in with a valid management key.",
                429 => "Wait a moment, then try again.",
                _ => "Try again. If the problem continues, report the details below.",
            },
        }
    }

    /// Who it is, for a report.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Api => "the API",
            Self::SignIn => "a proxy’s sign-in",
            Self::Network => "the network’s sign-in",
            Self::Filter => "a firewall or proxy",
            Self::Gateway => "a proxy that can’t reach the API",
            Self::Unknown => "unknown",
        }
    }
}

fn is_sign_in(body: &str) -> bool {
    let text = body[..body.floor_char_boundary(MAX_SEARCHED)].to_ascii_lowercase();
    SIGN_IN_WORDS.iter().any(|word| text.contains(word))
}

/// Whether a body has an `error` and nothing of the API, such as `{"error":"login_required"}`.
fn is_error_of_another_service(body: &str) -> bool {
    let has = |key: &str| body.contains(key);
    has("\"error\"") && !API_KEYS.iter().any(|key| has(key))
}

#[cfg(test)]
mod tests;
