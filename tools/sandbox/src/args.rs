//! The command line.
//!
//! Invariant: the address is on loopback, because the sandbox is not secured.

use std::{convert::Infallible, net::SocketAddr, path::PathBuf, str::FromStr};

use clap::{Parser, ValueEnum};
use serde::Deserialize;
use time::OffsetDateTime;

use crate::clock;

/// The Workspaces management API on loopback, with SQLite.
#[derive(Clone, Debug, Parser)]
#[command(version)]
pub struct Args {
    /// The loopback address. Port 0 means any free port
    #[arg(long, default_value = "127.0.0.1:8787", value_parser = loopback)]
    pub listen: SocketAddr,
    /// The SQLite file, or :memory:. A file with data is not seeded again
    #[arg(long, default_value = ":memory:", value_name = "FILE")]
    pub db: Location,
    /// The seed of a new database
    #[arg(long, value_enum, default_value_t = Seed::Demo)]
    pub seed: Seed,
    /// Whether to require a key, or to accept every request like an API behind a proxy that adds the key
    #[arg(long, value_enum, default_value_t = AuthMode::Key)]
    pub auth: AuthMode,
    /// The kind of the account
    #[arg(long, value_enum, default_value_t = Account::Organization)]
    pub account: Account,
    /// The folder of the built console, to serve it beside the API
    #[arg(long = "static", value_name = "DIR")]
    pub static_dir: Option<PathBuf>,
    /// The delay of every response of the API, in milliseconds
    #[arg(long, default_value_t = 0, value_name = "N")]
    pub latency_ms: u64,
    /// The size of the scale seed
    #[command(flatten)]
    pub size: ScaleSize,
    /// The management key, instead of a random one
    #[arg(long, value_name = "KEY", value_parser = key)]
    pub management_key: Option<String>,
    /// A key that is valid, but not a management key
    #[arg(long, value_name = "KEY", value_parser = key)]
    pub plain_key: Option<String>,
    /// Adds routes under /__control/ to set faults, reset the data and read the log of requests
    #[arg(long)]
    pub faults: bool,
    /// A UTC time, such as 2026-03-14T12:00:00Z, at which the clock stands, so that the data is the same in each run
    #[arg(long, value_name = "TIME", value_parser = time)]
    pub at: Option<OffsetDateTime>,
    /// Allows pages of this origin to call the API. * means any origin
    #[arg(long, value_name = "ORIGIN")]
    pub cors_origin: Option<String>,
}

/// The seed of a database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Seed {
    /// A realistic organization with 12 workspaces, 240 people and spend
    Demo,
    /// An organization with one person and its default workspace
    Empty,
    /// Many workspaces, people and members
    Scale,
    /// Markup, bidirectional text, control characters and very long words in every text
    Hostile,
}

/// The kinds of authentication.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AuthMode {
    /// Requests with a valid key
    Key,
    /// All requests
    Proxy,
}

/// The kinds of accounts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Account {
    /// An organization, which has a directory
    Organization,
    /// One person without an organization and without a directory
    Individual,
}

/// The size of the scale seed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::Args)]
pub struct ScaleSize {
    /// Workspaces of the scale seed, including the default one
    #[arg(long, default_value_t = 1_000, value_name = "N", value_parser = clap::value_parser!(u32).range(2..))]
    pub workspaces: u32,
    /// People of the scale seed
    #[arg(long, default_value_t = 20_000, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub people: u32,
    /// Members of the scale seed's second workspace, scale-members
    #[arg(long, default_value_t = 10_000, value_name = "N")]
    pub members: u32,
    /// Keys of the scale seed's first workspace, default, besides those of scale-members
    #[arg(long, default_value_t = 0, value_name = "N")]
    pub keys: u32,
}

impl Default for ScaleSize {
    fn default() -> Self {
        Self { workspaces: 1_000, people: 20_000, members: 10_000, keys: 0 }
    }
}

/// The location of the database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Location {
    /// In memory, until the sandbox ends.
    Memory,
    /// In a file.
    File(PathBuf),
}

impl FromStr for Location {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(if text == ":memory:" { Self::Memory } else { Self::File(text.into()) })
    }
}

/// The reason why an argument is invalid.
#[derive(Debug)]
struct Refused(&'static str);

impl std::fmt::Display for Refused {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.0)
    }
}

impl std::error::Error for Refused {}

fn loopback(text: &str) -> Result<SocketAddr, Refused> {
    let address: SocketAddr =
        text.parse().map_err(|_| Refused("expected an IP address and a port, such as 127.0.0.1:8787"))?;
    if address.ip().is_loopback() {
        Ok(address)
    } else {
        Err(Refused("this is a sandbox: it listens on loopback only, such as 127.0.0.1:8787"))
    }
}

fn key(text: &str) -> Result<String, Refused> {
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic()) {
        Ok(text.to_owned())
    } else {
        Err(Refused("a key is made of visible ASCII characters"))
    }
}

fn time(text: &str) -> Result<OffsetDateTime, Refused> {
    clock::parse_timestamp(text).ok_or(Refused("expected a UTC time with seconds, such as 2026-03-14T12:00:00Z"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(arguments: &[&str]) -> Result<Args, clap::Error> {
        Args::try_parse_from(["sandbox"].iter().chain(arguments))
    }

    #[test]
    fn other_addresses_than_loopback_are_refused_with_the_reason() {
        for address in ["0.0.0.0:80", "[::]:80", "192.168.1.7:8787"] {
            let message = parse(&["--listen", address]).unwrap_err().to_string();
            assert!(message.contains("loopback only"), "{message}");
        }
        assert!(parse(&["--listen", "[::1]:0"]).is_ok());
    }

    #[test]
    fn an_address_without_a_port_is_refused() {
        let message = parse(&["--listen", "127.0.0.1"]).unwrap_err().to_string();
        assert!(message.contains("an IP address and a port"), "{message}");
    }

    #[test]
    fn the_clock_stands_only_at_a_time_of_utc_with_seconds() {
        assert!(parse(&["--at", "2026-03-14T12:00:00Z"]).is_ok());
        for time in ["2026-03-14", "2026-03-14T12:00Z", "2026-03-14T12:00:00+01:00", "noon"] {
            let message = parse(&["--at", time]).unwrap_err().to_string();
            assert!(message.contains("expected a UTC time"), "{message}");
        }
    }

    #[test]
    fn a_key_with_a_line_break_is_refused() {
        assert!(parse(&["--management-key", "sk-or-v1-a\nb"]).is_err());
    }
}
