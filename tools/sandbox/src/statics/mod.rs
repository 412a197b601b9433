//! Serves the built console like a real host.
//!
//! Invariant: a missing file is a 404. Only paths of views, which have no extension, get the page. So does a path that was
//! copied with the end of its sentence, such as `/people.`.

mod headers;

use std::{
    fmt, fs, io,
    path::{Path, PathBuf},
    sync::Arc,
};

use axum::{
    Router,
    body::Body,
    extract::{Request, State},
    http::{HeaderValue, Method, StatusCode, header::CONTENT_SECURITY_POLICY},
    middleware,
    response::{IntoResponse, Response},
};
use hosting::policy;
use tower::ServiceExt;
use tower_http::services::{ServeDir, ServeFile};

/// A folder with the built console.
#[derive(Debug)]
pub struct Site {
    folder: PathBuf,
}

/// Why a folder cannot be served.
#[derive(Debug)]
pub struct SiteError {
    folder: PathBuf,
    cause: io::Error,
}

impl fmt::Display for SiteError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let folder = self.folder.display();
        write!(formatter, "--static {folder}: cannot read its index.html ({}). Is the console built?", self.cause)
    }
}

impl std::error::Error for SiteError {}

impl Site {
    /// Opens a folder with the built console. Fails if it has no readable index.html.
    pub fn open(folder: &Path) -> Result<Self, SiteError> {
        let site = Self { folder: folder.to_owned() };
        match site.read_page() {
            Ok(_) => Ok(site),
            Err(cause) => Err(SiteError { folder: folder.to_owned(), cause }),
        }
    }

    fn page_path(&self) -> PathBuf {
        self.folder.join("index.html")
    }

    fn read_page(&self) -> io::Result<String> {
        fs::read_to_string(self.page_path())
    }
}

/// Routes the files of the site, and every path of a view to its page.
pub fn router(site: Arc<Site>) -> Router {
    Router::new().fallback(serve).layer(middleware::from_fn(headers::add)).with_state(site)
}

async fn serve(State(site): State<Arc<Site>>, request: Request) -> Response {
    if request.method() != Method::GET && request.method() != Method::HEAD {
        return StatusCode::METHOD_NOT_ALLOWED.into_response();
    }
    let last = request.uri().path().rsplit('/').next().unwrap_or_default();
    if last == "index.html" || !has_extension(last) { page(&site, request).await } else { file(&site, request).await }
}

/// Whether a letter, a digit or an underscore follows a dot in the last part of a path, which is still encoded.
fn has_extension(last: &str) -> bool {
    let decoded = percent_encoding::percent_decode_str(last).decode_utf8_lossy();
    // An encoded slash ends a part too, as for the proxies.
    let name = decoded.rsplit('/').next().unwrap_or_default();
    let after_dot = name.split_once('.').map_or("", |(_, rest)| rest);
    after_dot.contains(|letter: char| letter.is_ascii_alphanumeric() || letter == '_')
}

async fn file(site: &Site, request: Request) -> Response {
    let files = ServeDir::new(&site.folder).precompressed_br().precompressed_gzip();
    match files.oneshot(request).await {
        Ok(response) if response.status() == StatusCode::NOT_FOUND => missing(),
        Ok(response) => response.map(Body::new),
        Err(never) => match never {},
    }
}

async fn page(site: &Site, request: Request) -> Response {
    // Read for each request, so that the policy is right after a new build too.
    let Ok(html) = site.read_page() else { return missing() };
    let file = ServeFile::new(site.page_path()).precompressed_br().precompressed_gzip();
    let mut response = match file.oneshot(request).await {
        Ok(response) => response.map(Body::new),
        Err(never) => match never {},
    };
    // Without this policy the page gets that of other responses, which allows nothing.
    let policy = policy::of_page(&html, None).ok().and_then(|policy| HeaderValue::from_str(&policy).ok());
    if let Some(policy) = policy {
        response.headers_mut().insert(CONTENT_SECURITY_POLICY, policy);
    }
    response
}

fn missing() -> Response {
    (StatusCode::NOT_FOUND, "Not found\n").into_response()
}
