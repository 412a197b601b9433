//! Pages of other origins cannot use the sandbox through someone's browser, and the sandbox survives a lack of file
//! descriptors.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking, also in what it shares")]

mod support;

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    process::{Child, Command, Stdio},
    time::Duration,
};

use support::Sandbox;

/// Returns the status for a request with these headers, as a browser would send them.
fn status(sandbox: &Sandbox, method: &str, path: &str, headers: &[(&str, &str)]) -> u16 {
    sandbox.send(method, path, headers, None).unwrap().status
}

#[test]
fn a_request_for_another_host_is_refused() {
    let sandbox = Sandbox::start(&["--seed", "empty", "--auth", "proxy", "--faults"]);
    for path in ["/api/v1/key", "/__control/db", "/"] {
        for host in ["rebound.test", "rebound.test:8787", "192.168.1.7", "localhost.rebound.test"] {
            assert_eq!(status(&sandbox, "GET", path, &[("Host", host)]), 403, "{path} of {host}");
        }
    }
    for host in ["localhost", "localhost:1234", "[::1]:80", sandbox.address.as_str()] {
        assert_eq!(status(&sandbox, "GET", "/api/v1/key", &[("Host", host)]), 200, "{host}");
    }
}

#[test]
fn a_page_of_another_origin_is_refused() {
    let sandbox = Sandbox::start(&["--seed", "empty", "--auth", "proxy", "--faults"]);
    let own = format!("http://{}", sandbox.address);
    for (method, path) in [("GET", "/api/v1/key"), ("POST", "/__control/reset"), ("DELETE", "/__control/log")] {
        for origin in ["https://other.test", "null", "http://127.0.0.1:1", "http://localhost"] {
            assert_eq!(status(&sandbox, method, path, &[("Origin", origin)]), 403, "{method} {path} from {origin}");
        }
        for site in ["cross-site", "same-site"] {
            assert_eq!(status(&sandbox, method, path, &[("Sec-Fetch-Site", site)]), 403, "{method} {path} {site}");
        }
    }
    assert_eq!(status(&sandbox, "GET", "/api/v1/key", &[("Origin", &own), ("Sec-Fetch-Site", "same-origin")]), 200);
    assert_eq!(status(&sandbox, "GET", "/api/v1/key", &[("Sec-Fetch-Site", "none")]), 200);
}

#[test]
fn the_allowed_origin_is_served_and_no_other() {
    let sandbox = Sandbox::start(&["--seed", "empty", "--auth", "proxy", "--cors-origin", "http://127.0.0.1:8080"]);
    assert_eq!(status(&sandbox, "GET", "/api/v1/key", &[("Origin", "http://127.0.0.1:8080")]), 200);
    assert_eq!(status(&sandbox, "GET", "/api/v1/key", &[("Origin", "http://127.0.0.1:8081")]), 403);
    let open = Sandbox::start(&["--seed", "empty", "--auth", "proxy", "--cors-origin", "*"]);
    assert_eq!(status(&open, "GET", "/api/v1/key", &[("Origin", "https://other.test")]), 200);
    assert_eq!(status(&open, "GET", "/api/v1/key", &[("Host", "rebound.test")]), 403);
}

/// A sandbox of its own process. Dropping it ends the process.
struct Limited(Child);

impl Drop for Limited {
    fn drop(&mut self) {
        // Already ended, if this fails.
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

#[test]
fn a_lack_of_file_descriptors_does_not_end_it() {
    let start = format!(
        "ulimit -n 32 && exec {} --listen 127.0.0.1:0 --seed empty --auth proxy",
        env!("CARGO_BIN_EXE_sandbox")
    );
    let mut child =
        Command::new("sh").args(["-c", &start]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let (output, errors) = (child.stdout.take().unwrap(), child.stderr.take().unwrap());
    let mut sandbox = Limited(child);
    let line = BufReader::new(output).lines().map_while(Result::ok).find(|line| line.contains("listening on")).unwrap();
    let address = line.split_once("http://").unwrap().1.to_owned();

    let connections: Vec<TcpStream> = (0..64).map(|_| TcpStream::connect(&address).unwrap()).collect();
    // The sandbox says that it could not accept one of them.
    let complaint = BufReader::new(errors).lines().next().unwrap().unwrap();
    assert!(complaint.contains("cannot accept"), "{complaint}");
    drop(connections);

    let mut stream = TcpStream::connect(&address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
    stream
        .write_all(format!("GET /api/v1/key HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").as_bytes())
        .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    assert!(sandbox.0.try_wait().unwrap().is_none());
}
