//! The errors of calls, with a message for the person and details for a report.
//!
//! Invariant: of a request no variant holds more than its operation, so the key cannot be in an error.

use std::time::Duration;

use thiserror::Error;

use super::{Operation, Responder};
use crate::domain::BadRow;

/// Why a call returned no usable response.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[expect(missing_docs, reason = "every variant has its call")]
pub enum ApiError {
    /// No response, or a part of one: offline, refused, reset, blocked.
    #[error("No connection to the API")]
    Network { operation: Operation, detail: String },
    /// No whole response within the operation's timeout.
    #[error("The API didn’t respond within {} seconds", .after.as_secs())]
    Timeout { operation: Operation, after: Duration },
    /// The caller cancelled the request.
    #[error("The request was cancelled")]
    Aborted { operation: Operation },
    /// A response that does not have the documented form.
    #[error("Couldn’t read the API’s response")]
    Decode {
        operation: Operation,
        /// Where in the JSON, such as `data.slug`.
        path: String,
        detail: String,
    },
    /// A refusal, or a response that is not the API's.
    #[error("{}", .0.message)]
    Status(Box<StatusError>),
}

/// A response with an error status, or of something between this page and the API.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "most are named like their header")]
pub struct StatusError {
    pub operation: Operation,
    /// Who sent it.
    pub by: Responder,
    /// 0 for a redirect: the browser does not tell which.
    pub status: u16,
    /// `error.code`, mostly the same as the status.
    pub code: Option<i64>,
    /// `error.message`, or a sentence for the status if the body has none.
    pub message: String,
    /// `error.metadata`, as JSON text.
    pub metadata: Option<String>,
    pub request_id: Option<String>,
    pub retry_after: Option<Duration>,
}

#[cfg(test)]
impl StatusError {
    /// An error of the API of which only the status is known.
    pub(crate) fn bare(operation: Operation, status: u16) -> Self {
        Self {
            operation,
            by: Responder::Api,
            status,
            code: None,
            message: String::new(),
            metadata: None,
            request_id: None,
            retry_after: None,
        }
    }
}

impl ApiError {
    /// The failure of a call that is of no use without this row.
    pub(crate) fn of_row(operation: Operation, BadRow { path, detail, .. }: BadRow) -> Self {
        Self::Decode { operation, path, detail }
    }

    pub(crate) fn operation(&self) -> Operation {
        match self {
            Self::Network { operation, .. }
            | Self::Timeout { operation, .. }
            | Self::Aborted { operation }
            | Self::Decode { operation, .. } => *operation,
            Self::Status(error) => error.operation,
        }
    }

    /// The HTTP status, if there was a response.
    pub fn status(&self) -> Option<u16> {
        match self {
            Self::Status(error) => Some(error.status),
            _ => None,
        }
    }

    /// Who answered. `None` without a whole response.
    pub fn responder(&self) -> Option<Responder> {
        match self {
            Self::Status(error) => Some(error.by),
            Self::Decode { .. } => Some(Responder::Api),
            Self::Network { .. } | Self::Timeout { .. } | Self::Aborted { .. } => None,
        }
    }

    /// Whether the key was refused (401). The sign-in of a proxy says nothing about the key.
    pub fn is_unauthorized(&self) -> bool {
        self.status() == Some(401) && !self.is_proxy_sign_in()
    }

    /// Whether the sign-in of a proxy answered, so that the API never saw the request.
    pub(crate) fn is_proxy_sign_in(&self) -> bool {
        self.responder() == Some(Responder::SignIn)
    }

    /// Whether nothing can be sent before the person has signed in again, with a key or at the proxy.
    pub(crate) fn needs_sign_in(&self) -> bool {
        self.is_unauthorized() || self.is_proxy_sign_in()
    }

    /// Whether the response is in the API's own form, so that it is not of a proxy in front of it.
    pub(crate) fn is_from_api(&self) -> bool {
        self.responder() == Some(Responder::Api)
    }

    /// Whether no response came, as without a connection.
    pub(crate) fn is_unanswered(&self) -> bool {
        matches!(self, Self::Network { .. } | Self::Timeout { .. })
    }

    /// Whether the object does not exist (404). Only the API knows that.
    pub fn is_not_found(&self) -> bool {
        self.status() == Some(404) && self.is_from_api()
    }

    /// Whether the same request would be refused in the same way again, by something that does not know the API.
    pub(crate) fn is_blocked(&self) -> bool {
        self.responder() == Some(Responder::Filter)
    }

    pub(crate) fn sentence(&self) -> String {
        sentence(self.to_string())
    }

    /// How long to wait before the next attempt, if the server says so.
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Status(error) => error.retry_after,
            _ => None,
        }
    }

    /// Whether it is unknown if a write was applied: no usable response, a 5xx status, or an answer that something else may
    /// have put in place of the API's.
    pub fn is_unclear(&self) -> bool {
        match self {
            Self::Network { .. } | Self::Timeout { .. } | Self::Aborted { .. } | Self::Decode { .. } => true,
            Self::Status(error) => error.by.is_unclear(error.status),
        }
    }

    /// What the person can do next.
    pub(crate) fn advice(&self) -> &'static str {
        match self {
            Self::Network { .. } => "Check your connection and the API address, then try again.",
            Self::Timeout { .. } => "The service may be busy. Try again in a moment.",
            Self::Aborted { .. } => "Try again.",
            Self::Decode { .. } => {
                "A proxy may have changed the response, or the API is newer than this console. Reload the page. If the problem continues, report the details below."
            }
            Self::Status(error) if error.by != Responder::Api => error.by.advice(error.status),
            Self::Status(error) => match error.status {
                400 | 409 | 422 => "Change your input, then try again.",
                401 => "Sign in with a valid management key.",
                403 if error.operation.is_of_budgets() => {
                    "Budgets need the Enterprise plan, and a management key that has permission to use them."
                }
                403 => "Use a management key that has permission to do this.",
                404 => "It may have been deleted, or belong to another organization.",
                429 => "Wait a moment, then try again.",
                503 => "The service is unavailable for now. Try again in a moment.",
                500.. => "The service failed. Try again. If the problem continues, report the details below.",
                _ => REPORT,
            },
        }
    }

    /// Lines for a report: operation, status, message and everything else that is known.
    pub fn details(&self) -> String {
        let operation = self.operation();
        let mut lines = vec![format!("operation: {}", operation.name()), format!("method: {}", operation.method())];
        match self {
            Self::Network { detail, .. } => lines.push(format!("network: {detail}")),
            Self::Timeout { after, .. } => lines.push(format!("timeout: {} s", after.as_secs())),
            Self::Aborted { .. } => lines.push("aborted".to_owned()),
            Self::Decode { path, detail, .. } => {
                lines.push(format!("unreadable at: {path}"));
                lines.push(format!("reason: {detail}"));
            }
            Self::Status(error) => {
                lines.push(match error.status {
                    0 => "status: a redirect".to_owned(),
                    status => format!("status: {status}"),
                });
                lines.push(format!("answered by: {}", error.by.name()));
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

const REPORT: &str = "Try again. If the problem continues, report the details below.";

/// The text with a full stop, unless it has an end mark.
pub fn sentence(text: String) -> String {
    if text.ends_with(['.', '!', '?', '…']) { text } else { format!("{text}.") }
}
