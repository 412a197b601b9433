//! The client: sends a request as often as its operation allows and returns the response.
//!
//! Invariant: everything below [`Exchange`] is the browser's. Everything above it runs natively, in tests too.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use futures::future::LocalBoxFuture;
use serde::de::DeserializeOwned;

use super::ApiError;
use super::credential::KeyId;
use super::decode::{self, Answer};
use super::listing::PageResponse;
use super::request::Request;
use super::retry::wait_before_retry;
use crate::domain::timestamp::http_date;

/// What the client needs from its environment: one attempt of a request, a wait, randomness and a steady clock.
pub trait Exchange: Send + Sync {
    /// The key that an attempt made now is sent with.
    fn key(&self) -> KeyId {
        KeyId::default()
    }
    /// Sends the request once and reads the whole response. Dropping the future aborts the request.
    fn exchange(&self, request: Request, timeout: Duration) -> LocalBoxFuture<'static, Result<Answer, ApiError>>;
    /// Waits.
    fn sleep(&self, wait: Duration) -> LocalBoxFuture<'static, ()>;
    /// A uniform random number in 0..1.
    fn jitter(&self) -> f64;
    /// The time since a fixed moment. It never goes back, and the time that the machine slept counts.
    fn elapsed(&self) -> Duration;
}

/// Why nothing more can be sent until the person signs in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The API refused the key that the request was sent with (401).
    Key(KeyId),
    /// A 401 that nothing shows to be the API's. It was sent with this key.
    Unsigned(KeyId),
    /// The sign-in of a proxy answered.
    ByProxy,
}

/// Called for each attempt that was refused for a missing sign-in.
pub type OnRefused = Arc<dyn Fn(Refusal) + Send + Sync>;

/// What happens to a write while it is sent.
#[derive(Debug, Clone, Copy)]
pub enum WriteEvent<'a> {
    /// An attempt is about to be sent.
    Sending(&'a Request),
    /// An attempt was answered with this status.
    Answered(u16),
}

/// Called for each attempt to write.
pub type OnWrite = Arc<dyn Fn(WriteEvent<'_>) + Send + Sync>;

/// A handle to the API. Clones share the key and the base address.
#[derive(Clone)]
pub struct Client {
    exchange: Arc<dyn Exchange>,
    on_refused: OnRefused,
    on_write: Option<OnWrite>,
    /// The `Date` of the latest answer that has one, in Unix seconds, and when that answer came.
    last_date: Arc<Mutex<Option<(i64, Duration)>>>,
}

impl Client {
    /// A client that calls `on_refused` for each attempt that needs another sign-in.
    pub fn new(exchange: Arc<dyn Exchange>, on_refused: OnRefused) -> Self {
        Self { exchange, on_refused, on_write: None, last_date: Arc::default() }
    }

    /// The same client, with `on_write` called for each attempt to write.
    #[must_use]
    pub fn observed(&self, on_write: OnWrite) -> Self {
        Self { on_write: Some(on_write), ..self.clone() }
    }

    /// Sends the request, and repeats it where its operation's policy allows that. Returns the first 2xx response, or the
    /// last failure.
    pub fn send(&self, request: Request) -> LocalBoxFuture<'static, Result<Answer, ApiError>> {
        // Boxed to keep the futures of the calls small.
        Box::pin(self.clone().attempts(request))
    }

    /// Sends a request whose response is `{"data": {…}}`.
    pub(super) async fn get<T: DeserializeOwned>(&self, request: Request) -> Result<T, ApiError> {
        let operation = request.operation;
        decode::single(operation, &self.send(request).await?.body)
    }

    /// Sends a request whose response is one page of a list.
    pub(super) fn list<T: DeserializeOwned>(&self, request: Request) -> PageResponse<T> {
        let (operation, response) = (request.operation, self.send(request));
        Box::pin(async move { decode::list(operation, &response.await?.body) })
    }

    async fn attempts(self, request: Request) -> Result<Answer, ApiError> {
        let operation = request.operation;
        let policy = operation.policy();
        let mut attempt = 0;
        loop {
            let key = self.exchange.key();
            let on_write = self.on_write.as_ref().filter(|_| !operation.is_read());
            if let Some(on_write) = on_write {
                on_write(WriteEvent::Sending(&request));
            }
            let answer = self.exchange.exchange(request.clone(), policy.timeout).await;
            if let (Some(on_write), Ok(answer)) = (on_write, &answer) {
                on_write(WriteEvent::Answered(answer.status));
            }
            let date = answer.as_ref().ok().and_then(|answer| http_date(answer.date.as_deref()?));
            let checked = answer.and_then(|answer| decode::check(operation, answer));
            // What answers instead of the API may have another clock.
            if checked.as_ref().err().is_none_or(ApiError::is_from_api) {
                self.set_server_time(date);
            }
            let error = match checked {
                Ok(answer) => return Ok(answer),
                Err(error) => error,
            };
            if error.is_proxy_sign_in() {
                (self.on_refused)(Refusal::ByProxy);
            } else if error.is_unauthorized() {
                (self.on_refused)(if error.is_from_api() { Refusal::Key(key) } else { Refusal::Unsigned(key) });
            }
            let Some(wait) = wait_before_retry(policy, attempt, &error, self.exchange.jitter()) else {
                return Err(error);
            };
            self.exchange.sleep(wait).await;
            attempt += 1;
        }
    }

    pub(super) fn elapsed(&self) -> Duration {
        self.exchange.elapsed()
    }

    /// The server's time now in Unix seconds, or a moment before it: its header has whole seconds. `None` while no answer
    /// has told it.
    pub fn server_time(&self) -> Option<i64> {
        let (date, received) = (*self.last_date.lock().unwrap_or_else(PoisonError::into_inner))?;
        let since = self.elapsed().saturating_sub(received).as_secs();
        Some(date.saturating_add(i64::try_from(since).unwrap_or(i64::MAX)))
    }

    fn set_server_time(&self, date: Option<i64>) {
        if let Some(date) = date {
            *self.last_date.lock().unwrap_or_else(PoisonError::into_inner) = Some((date, self.elapsed()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::keys;
    use crate::api::testing::{ID, answer, closed, refused, run};
    use crate::domain::{KeyHash, WorkspaceId};

    #[test]
    fn each_attempt_to_write_is_observed_and_no_read() {
        let seen = Arc::new(Mutex::new(Vec::new()));
        let log = seen.clone();
        let on_write: OnWrite = Arc::new(move |event| {
            log.lock().unwrap().push(match event {
                WriteEvent::Sending(request) => format!("{} {:?}", request.target, request.body),
                WriteEvent::Answered(status) => status.to_string(),
            });
        });
        let id = WorkspaceId::parse(ID).unwrap();
        let script = vec![refused(503), closed(), answer(200, r#"{"data":[]}"#)];
        let (_, log, _) = run(script, async |client: Client| {
            keys::delete(&client.observed(on_write), &id, &KeyHash::parse("abc").unwrap()).await
        });
        assert!(log.last().unwrap().starts_with("GET /KEYS"), "{log:?}");
        assert_eq!(*seen.lock().unwrap(), ["/keys/abc None", "503", "/keys/abc None"]);
    }
}
