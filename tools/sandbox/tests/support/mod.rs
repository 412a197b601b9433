//! A sandbox on a real listener, and a client that only knows its address.

#![expect(dead_code, reason = "not every test needs everything")]

use std::thread;

use clap::Parser;
use sandbox::{app::App, args::Args, server::Server};
use serde_json::{Value, json};
use ureq::http::{HeaderMap, Request};

/// The management key of every sandbox in the tests.
pub const KEY: &str = "sk-or-v1-management";
/// The key that is not a management key.
pub const PLAIN_KEY: &str = "sk-or-v1-plain";

/// A running sandbox, which ends with the test program.
pub struct Sandbox {
    /// The address, such as `127.0.0.1:40123`.
    pub address: String,
    agent: ureq::Agent,
}

/// A response.
#[derive(Debug)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub text: String,
}

impl Answer {
    /// Parses the body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or(Value::Null)
    }

    /// Returns a header, or an empty text.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// Returns the message of the error envelope.
    #[track_caller]
    pub fn message(&self) -> String {
        let body = self.json();
        assert_eq!(body["error"]["code"], self.status, "{}", self.text);
        body["error"]["message"].as_str().unwrap().to_owned()
    }
}

impl Sandbox {
    /// Starts a sandbox in memory on a free port.
    pub fn start(arguments: &[&str]) -> Self {
        let fixed = ["sandbox", "--listen", "127.0.0.1:0", "--management-key", KEY, "--plain-key", PLAIN_KEY];
        let args = Args::parse_from(fixed.iter().chain(arguments));
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let app = App::start(&args).unwrap();
        let server = runtime.block_on(Server::bind(args.listen, &app)).unwrap();
        let address = server.address().to_string();
        thread::spawn(move || runtime.block_on(server.run()));
        let agent = ureq::Agent::config_builder().http_status_as_error(false).build().new_agent();
        Self { address, agent }
    }

    /// Sends a request.
    pub fn send(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: Option<&str>,
    ) -> Result<Answer, ureq::Error> {
        let mut request = Request::builder().method(method).uri(format!("http://{}{path}", self.address));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let mut response = match body {
            Some(body) => self.agent.run(request.body(body.to_owned()).unwrap())?,
            None => self.agent.run(request.body(()).unwrap())?,
        };
        let text = response.body_mut().read_to_string()?;
        Ok(Answer { status: response.status().as_u16(), headers: response.headers().clone(), text })
    }

    /// Calls the API with the management key.
    pub fn try_call(&self, method: &str, path: &str, body: Option<Value>) -> Result<Answer, ureq::Error> {
        let authorization = format!("Bearer {KEY}");
        let headers = [("Authorization", authorization.as_str()), ("Content-Type", "application/json")];
        self.send(method, &format!("/api/v1{path}"), &headers, body.map(|body| body.to_string()).as_deref())
    }

    /// Calls the API with the management key. Panics without a response.
    #[track_caller]
    pub fn call(&self, method: &str, path: &str, body: Option<Value>) -> Answer {
        self.try_call(method, path, body).unwrap()
    }

    /// Reads something that exists.
    #[track_caller]
    pub fn get(&self, path: &str) -> Value {
        let answer = self.call("GET", path, None);
        assert_eq!(answer.status, 200, "{}", answer.text);
        answer.json()
    }

    /// Calls a control route.
    #[track_caller]
    pub fn control(&self, method: &str, route: &str, body: Option<Value>) -> Value {
        let answer =
            self.send(method, &format!("/__control/{route}"), &[], body.map(|body| body.to_string()).as_deref());
        let answer = answer.unwrap();
        assert_eq!(answer.status, 200, "{}", answer.text);
        answer.json()
    }

    /// Returns IDs of people of the organization, in its order.
    pub fn people(&self, count: usize) -> Vec<String> {
        let body = self.get(&format!("/organization/members?limit={count}"));
        body["data"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap().to_owned()).collect()
    }

    /// Creates a workspace whose name is its slug.
    #[track_caller]
    pub fn create(&self, slug: &str) -> Value {
        let answer = self.call("POST", "/workspaces", Some(json!({ "name": slug, "slug": slug })));
        assert_eq!(answer.status, 201, "{}", answer.text);
        answer.json()["data"].clone()
    }
}
