//! The client: sends a request as often as its operation allows, and tells who asked what came of it.
//!
//! Invariant: everything below [`Exchange`] is the browser's; everything above runs natively, in tests too.

use std::sync::Arc;
use std::time::Duration;

use futures::future::LocalBoxFuture;

use super::ApiError;
use super::decode::{self, Answer};
use super::request::Request;
use super::retry::{self, Decision};

/// What the client needs of the world: one attempt of a request, a wait, chance, and a clock that only goes forward.
pub trait Exchange: Send + Sync {
    /// Sends the request once and reads the whole answer. Dropping the future aborts the request.
    fn exchange(&self, request: Request, timeout: Duration) -> LocalBoxFuture<'static, Result<Answer, ApiError>>;
    /// Waits.
    fn sleep(&self, wait: Duration) -> LocalBoxFuture<'static, ()>;
    /// A number in 0..1, uniform.
    fn jitter(&self) -> f64;
    /// Time since some fixed moment, monotonic.
    fn elapsed(&self) -> Duration;
}

/// A handle to the API. Clones share the key and the base address.
#[derive(Clone)]
pub struct Client {
    exchange: Arc<dyn Exchange>,
    on_unauthorized: Arc<dyn Fn() + Send + Sync>,
}

impl Client {
    /// A client that calls `on_unauthorized` whenever an answer is 401, so that the key can be asked for in place.
    pub fn new(exchange: Arc<dyn Exchange>, on_unauthorized: Arc<dyn Fn() + Send + Sync>) -> Self {
        Self { exchange, on_unauthorized }
    }

    /// Sends the request, again where its operation's policy says so, and answers the first 2xx.
    ///
    /// # Errors
    /// The failure of the last attempt.
    pub fn send(&self, request: Request) -> LocalBoxFuture<'static, Result<Answer, ApiError>> {
        // Boxed, so that every call holds a pointer to this and not a copy of it.
        Box::pin(self.clone().attempts(request))
    }

    async fn attempts(self, request: Request) -> Result<Answer, ApiError> {
        let operation = request.operation;
        let policy = operation.policy();
        let mut attempt = 0;
        loop {
            let answer = self.exchange.exchange(request.clone(), policy.timeout).await;
            let error = match answer.and_then(|answer| decode::check(operation, answer)) {
                Ok(answer) => return Ok(answer),
                Err(error) => error,
            };
            if error.is_unauthorized() {
                (self.on_unauthorized)();
            }
            match retry::decide(policy, attempt, &error, self.exchange.jitter()) {
                Decision::RetryAfter(wait) => self.exchange.sleep(wait).await,
                Decision::GiveUp => return Err(error),
            }
            attempt += 1;
        }
    }

    /// Time on the client's own clock, which only goes forward.
    pub(super) fn elapsed(&self) -> Duration {
        self.exchange.elapsed()
    }
}
