//! The host in an origin.

use std::net::IpAddr;

/// Whether the host of an origin is this machine. A name such as `localhost.example.com` is not.
pub fn is_loopback(origin: &str) -> bool {
    let host = host_of(origin);
    host == "localhost" || host.trim_matches(['[', ']']).parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// Returns the name or address of an origin, without the port. An IPv6 address keeps its brackets.
pub fn host_of(origin: &str) -> &str {
    let authority = origin.split("://").nth(1).unwrap_or_default();
    match authority.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => host,
        _ => authority,
    }
}

#[cfg(test)]
mod tests {
    use super::{host_of, is_loopback};

    #[test]
    fn only_this_machine_is_loopback() {
        for origin in [
            "http://localhost",
            "http://localhost:8080",
            "http://127.0.0.1:80",
            "http://127.9.9.9",
            "http://[::1]:8080",
        ] {
            assert!(is_loopback(origin), "{origin}");
        }
        for origin in [
            "http://127.0.0.1.attacker.example",
            "http://localhost.attacker.example:8080",
            "http://127.attacker.example",
            "http://localhosts",
            "http://10.0.0.1",
            "http://[::2]",
            "http://console.example.com",
        ] {
            assert!(!is_loopback(origin), "{origin}");
        }
        assert_eq!(host_of("https://[::1]"), "[::1]");
        assert_eq!(host_of("https://console.example.com:8443"), "console.example.com");
    }
}
