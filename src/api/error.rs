//! What can go wrong with a call, in words for the person and in detail for a report.
//!
//! Invariant: no variant holds anything of a request but its operation, so the key cannot be in it.

use std::time::Duration;

use thiserror::Error;

use super::Operation;

/// Why a call gave no usable answer.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ApiError {
    /// No answer, or one that broke off: offline, refused, reset, blocked.
    #[error("No connection to the API")]
    Network {
        /// The call.
        operation: Operation,
        /// The browser's words.
        detail: String,
    },
    /// No whole answer within the operation's time.
    #[error("The API did not answer within {} seconds", .after.as_secs())]
    Timeout {
        /// The call.
        operation: Operation,
        /// How long was waited.
        after: Duration,
    },
    /// The caller went away and took the request with it.
    #[error("The request was cancelled")]
    Aborted {
        /// The call.
        operation: Operation,
    },
    /// An answer that is not what the API promises.
    #[error("The API’s answer could not be read")]
    Decode {
        /// The call.
        operation: Operation,
        /// Where in the JSON, such as `data.slug`.
        path: String,
        /// What was wrong there.
        detail: String,
    },
    /// The server answered with an error.
    #[error("{}", .0.message)]
    Status(Box<StatusError>),
}

/// An answer with an error status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusError {
    /// The call.
    pub operation: Operation,
    /// HTTP status.
    pub status: u16,
    /// `error.code`, mostly the status again.
    pub code: Option<i64>,
    /// `error.message`, or a plain sentence where the body held none.
    pub message: String,
    /// `error.metadata`, as JSON text.
    pub metadata: Option<String>,
    /// The server's name for this request, for a report.
    pub request_id: Option<String>,
    /// How long the server asked to wait.
    pub retry_after: Option<Duration>,
}

impl ApiError {
    /// The call that failed.
    pub fn operation(&self) -> Operation {
        match self {
            Self::Network { operation, .. }
            | Self::Timeout { operation, .. }
            | Self::Aborted { operation }
            | Self::Decode { operation, .. } => *operation,
            Self::Status(error) => error.operation,
        }
    }

    /// The HTTP status, where there was an answer with one.
    pub fn status(&self) -> Option<u16> {
        match self {
            Self::Status(error) => Some(error.status),
            _ => None,
        }
    }

    /// Whether the key was not accepted.
    pub fn is_unauthorized(&self) -> bool {
        self.status() == Some(401)
    }

    /// Whether the thing asked for is not there.
    pub fn is_not_found(&self) -> bool {
        self.status() == Some(404)
    }

    /// Whether the caller itself ended the request.
    pub fn is_aborted(&self) -> bool {
        matches!(self, Self::Aborted { .. })
    }

    /// The message as a sentence of its own.
    pub fn sentence(&self) -> String {
        sentence(self.to_string())
    }

    /// How long the server asked to wait.
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Status(error) => error.retry_after,
            _ => None,
        }
    }

    /// Whether a write may or may not have been applied: no answer, a broken one, or a failure of the server.
    pub fn is_unclear(&self) -> bool {
        match self {
            Self::Network { .. } | Self::Timeout { .. } | Self::Aborted { .. } | Self::Decode { .. } => true,
            Self::Status(error) => error.status >= 500,
        }
    }

    /// What the person can do about it.
    pub fn advice(&self) -> &'static str {
        match self {
            Self::Network { .. } => "Check your connection and the address of the API, then try again.",
            Self::Timeout { .. } => "The service may be busy. Try again in a moment.",
            Self::Aborted { .. } => "Try again.",
            Self::Decode { .. } => {
                "Something between this page and the API may have changed the answer, or the API is newer than this \
                 console. Reload the page; if it stays so, report the details below."
            }
            Self::Status(error) => match error.status {
                400 | 409 | 422 => "Change what was sent, then try again.",
                401 => "Sign in with a valid management key.",
                403 => "Use a management key of an account that may do this.",
                404 => "It may have been deleted, or belong to another organization.",
                429 => "Too many requests were sent. Wait, then try again.",
                503 => "The service is unavailable for now. Try again in a moment.",
                500.. => "The service failed. Try again; if it stays so, report the details below.",
                _ => "Try again; if it stays so, report the details below.",
            },
        }
    }

    /// Lines for a report: operation, status, message and whatever else came. Never the key.
    pub fn details(&self) -> String {
        let mut lines = vec![format!("operation: {}", self.operation().name())];
        match self {
            Self::Network { detail, .. } => lines.push(format!("network: {detail}")),
            Self::Timeout { after, .. } => lines.push(format!("timeout: {} s", after.as_secs())),
            Self::Aborted { .. } => lines.push("aborted".to_owned()),
            Self::Decode { path, detail, .. } => {
                lines.push(format!("unreadable at: {path}"));
                lines.push(format!("reason: {detail}"));
            }
            Self::Status(error) => {
                lines.push(format!("status: {}", error.status));
                lines.push(format!("message: {}", error.message));
                let code = error.code.filter(|code| *code != i64::from(error.status)).map(|code| code.to_string());
                let wait = error.retry_after.map(|wait| format!("{} s", wait.as_secs()));
                for (name, value) in [
                    ("code", &code),
                    ("metadata", &error.metadata),
                    ("request id", &error.request_id),
                    ("retry after", &wait),
                ] {
                    lines.extend(value.as_ref().map(|value| format!("{name}: {value}")));
                }
            }
        }
        lines.join("\n")
    }
}

/// A text with a mark at its end.
pub fn sentence(text: String) -> String {
    if text.ends_with(['.', '!', '?', '…']) { text } else { format!("{text}.") }
}
