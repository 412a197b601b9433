//! Accepts connections.
//!
//! Invariant: a response with [`HangUp`] is never sent. Its connection is closed.

use std::{
    convert::Infallible,
    fmt,
    io::{self, Write as _},
    net::SocketAddr,
    time::Duration,
};

use axum::{Router, body::Body, extract::Request, response::Response};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::TcpListener;
use tower::ServiceExt;

use crate::{app::App, faults::answer::HangUp};

/// The wait before the next connection is accepted, after an error that is not of one connection.
const ACCEPT_RETRY: Duration = Duration::from_millis(50);

/// A listening server.
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
    router: Router,
    keeps_connections: bool,
}

/// An error while opening the listener.
#[derive(Debug)]
pub struct BindError {
    address: SocketAddr,
    cause: io::Error,
}

impl fmt::Display for BindError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "cannot listen on {}: {}", self.address, self.cause)
    }
}

impl std::error::Error for BindError {}

/// Closes a connection without a response.
#[derive(Debug)]
struct HungUp;

impl fmt::Display for HungUp {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("closed on purpose")
    }
}

impl std::error::Error for HungUp {}

impl Server {
    /// Starts to listen.
    pub async fn bind(address: SocketAddr, app: &App) -> Result<Self, BindError> {
        let failed = |cause| BindError { address, cause };
        let listener = TcpListener::bind(address).await.map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        // A browser repeats a request if a reused connection closes, which would hide a fault. It does not on a new
        // connection.
        Ok(Self { listener, address, router: app.router(), keeps_connections: !app.has_control })
    }

    /// Returns the address.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Serves until it is dropped. An error of a connection never ends it.
    pub async fn run(self) -> Infallible {
        let mut is_failing = false;
        loop {
            let stream = match self.listener.accept().await {
                Ok((stream, _)) => stream,
                Err(error) if is_of_one_connection(&error) => continue,
                Err(error) => {
                    if !is_failing {
                        // `eprintln` would end the sandbox if stderr is closed.
                        let _ = writeln!(io::stderr(), "sandbox: cannot accept a connection: {error}");
                    }
                    is_failing = true;
                    // Such as a lack of file descriptors, which lasts until a connection ends.
                    tokio::time::sleep(ACCEPT_RETRY).await;
                    continue;
                }
            };
            is_failing = false;
            // Sends small responses without waiting for more data. It only fails if the client has gone already.
            let _ = stream.set_nodelay(true);
            let router = self.router.clone();
            let service = service_fn(move |request: Request<Incoming>| answer(router.clone(), request));
            let connection = http1::Builder::new()
                .timer(TokioTimer::new())
                .keep_alive(self.keeps_connections)
                .serve_connection(TokioIo::new(stream), service);
            // Errors of a connection only matter to its client.
            tokio::spawn(async move { drop(connection.await) });
        }
    }
}

async fn answer(router: Router, request: Request<Incoming>) -> Result<Response, HungUp> {
    let Ok(response) = router.oneshot(request.map(Body::new)).await;
    if response.extensions().get::<HangUp>().is_some() { Err(HungUp) } else { Ok(response) }
}

fn is_of_one_connection(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}
