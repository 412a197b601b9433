//! Sends requests to a deployed console, exactly as written.
//!
//! Invariant: no request is resolved or decoded, no redirect is followed, and every response is searched for keys.

use std::{
    cell::RefCell,
    collections::BTreeSet,
    io::{ErrorKind, Read, Write},
    net::{TcpStream, ToSocketAddrs},
    time::Duration,
};

use anyhow::{Context, Result, bail};
use ureq::{
    Agent,
    http::{HeaderMap, Request},
    tls::{Certificate, RootCerts, TlsConfig},
};

use super::{
    Options,
    origin::{host_of, is_loopback},
    sign_in::{SignIn, sign_in},
};
use crate::project::read_bytes;

/// The timeout of one response.
const TIMEOUT: Duration = Duration::from_secs(20);
/// The maximum size of a response, larger than any file of the console.
const MOST_BYTES: u64 = 32 << 20;
/// How long a server may wait for a client that has stopped sending.
const MOST_PATIENCE: Duration = Duration::from_secs(30);
/// The cookie of browsers that have used the console. Hosts limit those without it.
pub const KNOWN_BROWSER: &str = "__Host-console=";
/// How keys begin, and the minimum number of characters after that.
const KEY: (&str, usize) = ("sk-or-", 16);

/// A request below the console's URL.
#[derive(Clone, Default)]
pub struct Ask<'a> {
    /// The method. Empty means GET.
    pub method: &'a str,
    /// Path and query below the console, without the first slash.
    pub target: &'a str,
    /// Headers without the sign-in.
    pub headers: Vec<(&'a str, &'a str)>,
    /// The body.
    pub body: Option<&'a str>,
    /// Whether to send the request without the sign-in.
    pub is_signed_out: bool,
}

/// A response.
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The body as received, which can be compressed.
    pub body: Vec<u8>,
    headers: HeaderMap,
}

impl Answer {
    /// Returns a header's values, joined by commas. Returns an empty text without one.
    pub fn header(&self, name: &str) -> String {
        self.values(name).join(", ")
    }

    /// Returns each of a header's values.
    pub fn values(&self, name: &str) -> Vec<String> {
        let values = self.headers.get_all(name).iter();
        values.map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned()).collect()
    }

    /// Returns the names of all headers, in lowercase.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.headers.keys().map(|name| name.as_str())
    }

    /// Returns the body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// Whether this is the API's own error, and not a proxy's.
    pub fn is_refusal_of_api(&self) -> bool {
        self.text().trim_start().starts_with("{\"error\"")
    }
}

/// A client for one deployed console.
pub struct Visitor {
    /// The origin, such as `https://console.example.com`.
    pub origin: String,
    /// The path of the console, with a slash at both ends.
    pub path: String,
    /// The sign-in, if the host requires one.
    sign_in: Option<SignIn>,
    /// The cookie of browsers that have used the console, after the host has set it.
    known_browser: RefCell<Option<String>>,
    agent: Agent,
    leaks: RefCell<BTreeSet<String>>,
}

impl Visitor {
    /// Creates a client for the console at this URL.
    pub fn new(options: &Options) -> Result<Self> {
        let url = options.url.split(['?', '#']).next().unwrap_or_default();
        let Some(origin) = hosting::policy::origin(url).filter(|it| it.starts_with("http")) else {
            bail!("{url:?} is not a URL such as https://host/ or https://host/admin/console/");
        };
        if origin.contains('@') {
            bail!("the URL contains a sign-in: pass it with --user-file");
        }
        let path = format!("{}/", url[origin.len()..].trim_end_matches('/'));
        let sign_in = sign_in(options)?;
        if sign_in.is_some() && !origin.starts_with("https://") && !is_loopback(origin) {
            bail!("{origin} is not encrypted: the sign-in was not sent. Everyone on the way could read it");
        }
        let mut tls = TlsConfig::builder();
        if let Some(file) = &options.ca {
            let pem = read_bytes(file)?;
            tls = tls.root_certs(RootCerts::new_with_certs(&[Certificate::from_pem(&pem)?]));
        }
        let agent = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .allow_non_standard_methods(true)
            .timeout_global(Some(TIMEOUT))
            .user_agent("check-hosting")
            .accept_encoding("identity")
            .proxy(None)
            .tls_config(tls.build())
            .build()
            .new_agent();
        Ok(Self {
            origin: origin.to_owned(),
            path,
            sign_in,
            known_browser: RefCell::default(),
            agent,
            leaks: RefCell::default(),
        })
    }

    /// Whether connections are encrypted.
    pub fn is_tls(&self) -> bool {
        self.origin.starts_with("https:")
    }

    /// Whether the host is this machine.
    pub fn is_loopback(&self) -> bool {
        is_loopback(&self.origin)
    }

    /// The name or address of the host, without the port.
    pub fn host(&self) -> &str {
        host_of(&self.origin)
    }

    /// Whether it has a sign-in.
    pub fn has_sign_in(&self) -> bool {
        self.sign_in.is_some()
    }

    /// Sends one request.
    pub fn ask(&self, ask: &Ask) -> Result<Answer> {
        let method = if ask.method.is_empty() { "GET" } else { ask.method };
        let url = format!("{}{}{}", self.origin, self.path, ask.target);
        let mut request = Request::builder().method(method).uri(&url);
        for (name, value) in &ask.headers {
            request = request.header(*name, *value);
        }
        if let Some(SignIn::Password(value)) = self.sign_in.as_ref().filter(|_| !ask.is_signed_out) {
            request = request.header("Authorization", value);
        }
        let own = match &self.sign_in {
            Some(SignIn::Cookie(cookie)) if !ask.is_signed_out => Some(cookie.clone()),
            _ => None,
        };
        let cookies = [own, self.known_browser.borrow().clone()];
        let cookies: Vec<String> = cookies.into_iter().flatten().collect();
        if !cookies.is_empty() {
            request = request.header("Cookie", cookies.join("; "));
        }
        let answer = match ask.body {
            Some(body) => self.agent.run(request.body(body.to_owned())?),
            None => self.agent.run(request.body(())?),
        };
        let mut answer = answer.with_context(|| format!("{method} {url} failed"))?;
        let body = answer
            .body_mut()
            .with_config()
            .limit(MOST_BYTES)
            .read_to_vec()
            .with_context(|| format!("the response to {method} {url} is incomplete"))?;
        let answer = Answer { status: answer.status().as_u16(), headers: answer.headers().clone(), body };
        self.look_for_keys(ask.target, &answer);
        let set = answer.values("set-cookie");
        let known = set.iter().filter_map(|it| it.split(';').next()).find(|it| it.starts_with(KNOWN_BROWSER));
        if let Some(cookie) = known {
            *self.known_browser.borrow_mut() = Some(cookie.to_owned());
        }
        Ok(answer)
    }

    /// Sends a plain GET.
    pub fn get(&self, target: &str) -> Result<Answer> {
        self.ask(&Ask { target, ..Ask::default() })
    }

    /// Sends a plain GET for the root of another URL, without the sign-in. Returns nothing if the connection is closed.
    /// With a host name, the request is for that one.
    pub fn get_elsewhere(&self, url: &str, host: Option<&str>) -> Option<Answer> {
        let mut request = Request::builder().uri(url);
        if let Some(host) = host {
            request = request.header("Host", host);
        }
        let mut answer = self.agent.run(request.body(()).ok()?).ok()?;
        let body = answer.body_mut().with_config().limit(MOST_BYTES).read_to_vec().unwrap_or_default();
        let answer = Answer { status: answer.status().as_u16(), headers: answer.headers().clone(), body };
        self.look_for_keys(url, &answer);
        Some(answer)
    }

    /// Connects and sends only the start of a request, or of a TLS handshake. Returns whether the host closes the
    /// connection.
    pub fn is_slow_client_disconnected(&self) -> Result<bool> {
        let authority = self.origin.split("://").nth(1).unwrap_or_default();
        let port = if self.is_tls() { 443 } else { 80 };
        let address = match authority.rsplit_once(':').filter(|(_, port)| port.parse::<u16>().is_ok()) {
            Some(_) => authority.to_owned(),
            None => format!("{authority}:{port}"),
        };
        let addresses: Vec<_> =
            address.to_socket_addrs().with_context(|| format!("cannot resolve {address}"))?.collect();
        let mut connection = TcpStream::connect(&*addresses).with_context(|| format!("cannot connect to {address}"))?;
        connection.set_read_timeout(Some(MOST_PATIENCE))?;
        let start: &[u8] = if self.is_tls() { &[22, 3, 1] } else { b"GET / HT" };
        connection.write_all(start)?;
        Ok(match connection.read_to_end(&mut Vec::new()) {
            Ok(_) => true,
            Err(error) => !matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut),
        })
    }

    /// Returns the targets whose responses contained a key.
    pub fn leaks(&self) -> Vec<String> {
        self.leaks.borrow().iter().map(|place| format!("/{place} returns a key")).collect()
    }

    fn look_for_keys(&self, target: &str, answer: &Answer) {
        let headers = answer.headers.values().map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
        if headers.chain([answer.text()]).any(|text| has_key(&text)) {
            self.leaks.borrow_mut().insert(target.to_owned());
        }
    }
}

/// Whether a text contains a complete key. The API shows shortened keys.
fn has_key(text: &str) -> bool {
    let (start, least) = KEY;
    text.match_indices(start).any(|(at, _)| {
        let rest = text[at + start.len()..].bytes();
        rest.take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'-' || *byte == b'_').count() >= least
    })
}

#[cfg(test)]
mod tests {
    use super::has_key;

    #[test]
    fn whole_keys_are_found_and_shortened_ones_are_not() {
        assert!(has_key("{\"key\":\"sk-or-v1-0123456789abcdef\"}"));
        assert!(!has_key("label sk-or-v1-0e6...1c96"));
        assert!(!has_key("paste sk-or-v1-… here"));
    }
}
