//! Starts the sandbox.
//!
//! Invariant: an error at the start ends the program with one line on stderr.

use std::{io::Write, process::ExitCode};

use clap::Parser;
use sandbox::{
    app::App,
    args::{Args, AuthMode},
    clock,
    server::Server,
};

#[tokio::main]
async fn main() -> ExitCode {
    let args = Args::parse();
    if let Some(time) = args.at {
        clock::stop_at(time);
    }
    match start(&args).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("sandbox: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn start(args: &Args) -> Result<(), Box<dyn std::error::Error>> {
    let app = App::start(args)?;
    let server = Server::bind(args.listen, &app).await?;
    announce(args, &app, &server)?;
    tokio::select! {
        never = server.run() => match never {},
        stopped = stop_signal() => stopped?,
    }
    Ok(())
}

fn announce(args: &Args, app: &App, server: &Server) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "The Workspaces API, sandbox: {}", app.summary())?;
    match args.auth {
        AuthMode::Key => writeln!(out, "management key: {}", app.management_key())?,
        AuthMode::Proxy => writeln!(out, "no key is needed: every request counts as a management key's")?,
    }
    if args.faults {
        writeln!(out, "faults can be set under /__control/")?;
    }
    writeln!(out, "listening on http://{}", server.address())?;
    out.flush()
}

/// Waits for Ctrl-C or SIGTERM.
async fn stop_signal() -> std::io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        interrupted = tokio::signal::ctrl_c() => interrupted,
        _ = terminate.recv() => Ok(()),
    }
}
