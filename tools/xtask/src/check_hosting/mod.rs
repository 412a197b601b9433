//! Checks a deployed console from outside, like a visitor and like an attacker.
//!
//! Invariant: it changes nothing. Every request to the API only reads, or is one that no API can apply.

mod calls;
mod files;
mod host;
mod missing;
mod origin;
mod page;
mod policy;
mod report;
mod rewriting;
mod sign_in;
mod visitor;

use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::Args;

use report::Report;
use visitor::{Ask, Visitor};

/// The console to check, and the sign-in.
#[derive(Args)]
pub struct Options {
    /// The URL of the deployed console, such as https://console.example.com/
    url: String,
    /// A file whose first line is name:password, for basic authentication. Default: the variable CONSOLE_USER
    #[arg(long, value_name = "FILE")]
    user_file: Option<PathBuf>,
    /// A file whose first line is the Cookie header of a signed-in browser, for single sign-on
    #[arg(long, value_name = "FILE", conflicts_with = "user_file")]
    cookie_file: Option<PathBuf>,
    /// The certificate (PEM) of the host's authority, if that is not a public one
    #[arg(long, value_name = "FILE")]
    ca: Option<PathBuf>,
}

/// Runs all checks, and fails if one of them fails.
pub fn check(options: &Options) -> Result<()> {
    let visitor = Visitor::new(options)?;
    let page = visitor.get("")?;
    if page.status == 401 && !visitor.has_sign_in() {
        bail!("the host requires a sign-in: pass one with --user-file or --cookie-file");
    }
    let mut report = Report::default();
    // The first accepted call makes the check a known browser, which the host does not limit.
    calls::introduce(&visitor)?;
    connection(&visitor, &mut report)?;
    host::check(&visitor, &mut report)?;
    page::check(&visitor, &page, &mut report)?;
    let names = files::check(&visitor, &page.text(), &mut report)?;
    missing::check(&visitor, &names, &page, &mut report)?;
    calls::check(&visitor, &page.text(), &mut report)?;
    report.check(
        "no response contains a key",
        &visitor.leaks(),
        "Delete this key immediately, and find out where it comes from.",
    );
    report.finish()
}

/// Checks the encryption, and the server's headers about itself.
fn connection(visitor: &Visitor, report: &mut Report) -> Result<()> {
    let answer = visitor.ask(&Ask { is_signed_out: true, ..Ask::default() })?;
    if visitor.is_tls() {
        let hsts = answer.header("strict-transport-security");
        let seconds = hsts.split(';').find_map(|part| part.trim().strip_prefix("max-age=")?.parse::<u64>().ok());
        let is_long = seconds.is_some_and(|seconds| seconds >= hosting::headers::MIN_HSTS_SECONDS);
        let problem = (!is_long).then(|| format!("Strict-Transport-Security is {hsts:?}"));
        report.check("browsers must keep using TLS", &Vec::from_iter(problem), "Send max-age=63072000.");
        if hsts.to_ascii_lowercase().contains("includesubdomains") {
            report.note("browsers must use TLS for every name below this one, too");
        }
    } else if visitor.is_loopback() {
        report.note("this is loopback without TLS: neither TLS nor HSTS is checked");
    } else {
        let problem = format!("{} is not encrypted", visitor.origin);
        report.check(
            "connections are encrypted",
            &[problem],
            "Get a certificate: this connection carries the key and the sign-in.",
        );
    }
    let server = answer.header("server");
    let problem = server.contains(|c: char| c.is_ascii_digit()).then(|| format!("Server is {server:?}"));
    report.check("the server's version is hidden", &Vec::from_iter(problem), "nginx: server_tokens off.");
    Ok(())
}
