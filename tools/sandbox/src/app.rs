//! The state that all requests share, and the routes.
//!
//! Invariant: the control routes exist only with `--faults`.

use std::{
    fmt,
    sync::{Arc, PoisonError, RwLock},
    time::Duration,
};

use axum::{
    Router,
    http::{
        HeaderMap, HeaderName, HeaderValue,
        header::{InvalidHeaderValue, RETRY_AFTER},
    },
    middleware,
    response::IntoResponse,
};
use tower_http::{
    CompressionLevel,
    compression::CompressionLayer,
    cors::{AllowHeaders, AllowMethods, AllowOrigin, CorsLayer},
};

use crate::{
    access::{Access, Caller, bearer},
    api,
    args::{Account, Args, AuthMode},
    database::Database,
    error::ApiError,
    faults::{self, FaultQueue},
    frame,
    paging::Page,
    ration::Ration,
    request_log::RequestLog,
    seed::{self, SeedError},
    statics::{self, Site, SiteError},
    store::{keys, organization, settings, workspaces},
    visitors,
};

/// The header of the request ID.
pub const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The number of analytics queries per minute that the API answers.
const ANALYTICS_PER_MINUTE: usize = 64;

/// The state of the sandbox, which clones share.
#[derive(Clone)]
pub struct App {
    /// The database of the organization.
    pub database: Database,
    /// The pending faults.
    pub faults: Arc<FaultQueue>,
    /// The log of requests, with `--faults`.
    pub log: Arc<RequestLog>,
    /// The ration of analytics queries.
    pub analytics: Arc<Ration>,
    /// Whether the control routes exist.
    pub has_control: bool,
    behavior: Arc<RwLock<Behavior>>,
    site: Option<Arc<Site>>,
    cors: Option<HeaderValue>,
}

/// The settings that a reset can change.
#[derive(Clone)]
pub struct Behavior {
    /// The rules for callers.
    pub access: Access,
    /// The delay of each response.
    pub latency: Duration,
    /// The kind of the account.
    pub account: Account,
}

/// An error at the start.
#[derive(Debug)]
pub enum StartError {
    /// The database failed.
    Database(rusqlite::Error),
    /// The seed failed.
    Seed(SeedError),
    /// The console's folder cannot be served.
    Site(SiteError),
    /// The CORS origin is invalid.
    CorsOrigin(InvalidHeaderValue),
}

impl fmt::Display for StartError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Database(error) => write!(formatter, "cannot open the database: {error}"),
            Self::Seed(error) => error.fmt(formatter),
            Self::Site(error) => error.fmt(formatter),
            Self::CorsOrigin(_) => formatter.write_str("--cors-origin is not an origin"),
        }
    }
}

impl std::error::Error for StartError {}

impl From<rusqlite::Error> for StartError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Database(error)
    }
}

impl From<SeedError> for StartError {
    fn from(error: SeedError) -> Self {
        Self::Seed(error)
    }
}

impl App {
    /// Opens the database, and fills it with the seed if it is new.
    pub fn start(args: &Args) -> Result<Self, StartError> {
        let site = args.static_dir.as_deref().map(Site::open).transpose().map_err(StartError::Site)?;
        let cors = args.cors_origin.as_deref().map(HeaderValue::from_str).transpose();
        let database = Database::open(&args.db)?;
        let management_key = database.write_now(|transaction| -> Result<String, StartError> {
            if organization::count(transaction)? == 0 {
                seed::fill(transaction, args.seed, args.size)?;
            }
            let key = match (&args.management_key, settings::get(transaction, "management_key")?) {
                (Some(fixed), _) => fixed.clone(),
                (None, Some(kept)) => kept,
                (None, None) => keys::new_secret(),
            };
            settings::set(transaction, "management_key", &key)?;
            Ok(key)
        })?;
        let access = Access::new(args.auth, management_key, args.plain_key.clone());
        let latency = Duration::from_millis(args.latency_ms);
        Ok(Self {
            database,
            faults: Arc::default(),
            log: Arc::default(),
            analytics: Arc::new(Ration::per_minute(ANALYTICS_PER_MINUTE)),
            has_control: args.faults,
            behavior: Arc::new(RwLock::new(Behavior { access, latency, account: args.account })),
            site: site.map(Arc::new),
            cors: cors.map_err(StartError::CorsOrigin)?,
        })
    }

    /// Returns the current settings.
    pub fn behavior(&self) -> Behavior {
        self.behavior.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Changes the settings that are not `None`.
    pub fn set_behavior(&self, auth: Option<AuthMode>, latency_ms: Option<u64>, account: Option<Account>) {
        let mut behavior = self.behavior.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(auth) = auth {
            behavior.access.mode = auth;
        }
        if let Some(latency_ms) = latency_ms {
            behavior.latency = Duration::from_millis(latency_ms);
        }
        if let Some(account) = account {
            behavior.account = account;
        }
    }

    /// Returns the kind of a caller whose key is none of the fixed ones: an active key of the database is valid.
    pub async fn caller_with_stored_key(&self, headers: &HeaderMap) -> Caller {
        let Some(secret) = bearer(headers).map(str::to_owned) else { return Caller::Unknown };
        let found = self.database.read(move |transaction| Ok(keys::find_active(transaction, &secret)?)).await;
        if matches!(found, Ok(Some(_))) { Caller::Plain } else { Caller::Unknown }
    }

    /// Returns the management key.
    pub fn management_key(&self) -> String {
        self.behavior().access.management_key().to_owned()
    }

    /// Describes the size of the organization in words.
    pub fn summary(&self) -> String {
        let counts = self.database.write_now(|transaction| -> Result<_, rusqlite::Error> {
            let one = Page { offset: 0, limit: 1 };
            Ok((workspaces::list(transaction, one)?.total_count, organization::count(transaction)?))
        });
        match counts {
            Ok((workspaces, people)) => format!("{workspaces} workspaces, {people} people"),
            Err(error) => error.to_string(),
        }
    }

    /// Returns all routes.
    pub fn router(&self) -> Router {
        let compression = CompressionLayer::new().quality(CompressionLevel::Fastest);
        let api = api::router().layer(compression).layer(middleware::from_fn_with_state(self.clone(), frame::frame));
        let mut router = Router::new().nest_service("/api/v1", api.with_state(self.clone()));
        if self.has_control {
            router = router.nest("/__control", faults::control::router());
        }
        let missing = || async { ApiError::not_found("Not found") };
        router = router.route("/api", axum::routing::any(missing)).route("/api/{*rest}", axum::routing::any(missing));
        let router = match &self.site {
            Some(site) => router.fallback_service(statics::router(Arc::clone(site))),
            None => router.fallback(|| async { ApiError::not_found("Not found").into_response() }),
        };
        let router = router.with_state(self.clone());
        let router = match &self.cors {
            Some(origin) => router.layer(cors(origin)),
            None => router,
        };
        router.layer(middleware::from_fn_with_state(self.cors.clone(), visitors::check))
    }
}

fn cors(origin: &HeaderValue) -> CorsLayer {
    let origin = if origin == "*" { AllowOrigin::any() } else { AllowOrigin::exact(origin.clone()) };
    CorsLayer::new()
        .allow_origin(origin)
        .allow_methods(AllowMethods::mirror_request())
        // A wildcard would not include `Authorization`.
        .allow_headers(AllowHeaders::mirror_request())
        .expose_headers([RETRY_AFTER, REQUEST_ID])
}
