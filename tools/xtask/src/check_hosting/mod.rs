//! Checks a deployed console from outside, as a visitor and as somebody with bad intentions.
//!
//! Invariant: it changes nothing: whatever it sends to the API is a question, or nothing that the API could carry out.

mod calls;
mod files;
mod missing;
mod page;
mod policy;
mod report;
mod visitor;

use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::Args;

use report::Report;
use visitor::{Ask, Visitor};

/// Which console to check, and as whom.
#[derive(Args)]
pub struct Options {
    /// The address of the deployed console, such as https://console.example.com/
    url: String,
    /// A file whose first line is name:password, for a host that asks for these; else the variable CONSOLE_USER
    #[arg(long, value_name = "FILE")]
    user_file: Option<PathBuf>,
    /// A file whose first line is the Cookie header of a browser that has signed in, for single sign-on
    #[arg(long, value_name = "FILE", conflicts_with = "user_file")]
    cookie_file: Option<PathBuf>,
    /// The certificate (PEM) of the authority that signed the host's, if no public one did
    #[arg(long, value_name = "FILE")]
    ca: Option<PathBuf>,
}

/// Checks everything, and fails if anything is not as it should be.
pub fn check(options: &Options) -> Result<()> {
    let visitor = Visitor::new(options)?;
    let page = visitor.get("")?;
    if page.status == 401 && !visitor.has_sign_in() {
        bail!("the host asks for a sign-in: give one with --user-file or --cookie-file");
    }
    let mut report = Report::default();
    connection(&visitor, &mut report)?;
    page::check(&visitor, &page, &mut report)?;
    let names = files::check(&visitor, &page.text(), &mut report)?;
    missing::check(&visitor, &names, &page, &mut report)?;
    calls::check(&visitor, &page.text(), &mut report)?;
    report.check("no answer shows a key", &visitor.leaks(), "Take it back at once, and find out where it comes from.");
    report.finish()
}

/// Encryption, and what the server says of itself.
fn connection(visitor: &Visitor, report: &mut Report) -> Result<()> {
    let answer = visitor.ask(&Ask { is_stranger: true, ..Ask::default() })?;
    if visitor.is_tls() {
        let hsts = answer.header("strict-transport-security");
        let seconds = hsts.split(';').find_map(|part| part.trim().strip_prefix("max-age=")?.parse::<u64>().ok());
        let is_long = seconds.is_some_and(|seconds| seconds >= hosting::headers::MIN_HSTS_SECONDS);
        let problem = (!is_long).then(|| format!("Strict-Transport-Security is {hsts:?}"));
        report.check("browsers are told to stay with TLS", &Vec::from_iter(problem), "Send max-age=63072000.");
    } else if visitor.is_loopback() {
        report.note("this is loopback without TLS: neither TLS nor HSTS is checked");
    } else {
        let problem = format!("{} is not encrypted", visitor.origin);
        report.check(
            "connections are encrypted",
            &[problem],
            "Get a certificate: the key and the sign-in travel here.",
        );
    }
    let server = answer.header("server");
    let problem = server.contains(|c: char| c.is_ascii_digit()).then(|| format!("Server is {server:?}"));
    report.check("the server's version stays unknown", &Vec::from_iter(problem), "nginx: server_tokens off.");
    Ok(())
}
