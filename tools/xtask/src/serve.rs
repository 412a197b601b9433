//! Serves the console to a browser, with the sandbox or a real account as the API.
//!
//! Invariant: every process that was started is stopped at the end, also after an error.

use std::{fs, net::TcpListener, process::Command, thread, time::Duration};

use anyhow::{Context, Result, bail};
use clap::Args;

use crate::{
    build,
    process::{Running, interruption_is_success},
    progress::{note, step},
    project::Project,
    sandbox,
    tools::Tools,
};

/// How the console is served.
#[derive(Args)]
pub struct Options {
    /// Rebuild and reload the page whenever a source file changes
    #[arg(long)]
    watch: bool,
    /// Use this API instead of the sandbox, such as https://host/api/v1
    #[arg(long, value_name = "URL")]
    api: Option<String>,
    /// The port on 127.0.0.1
    #[arg(long, default_value_t = 8080)]
    port: u16,
}

/// Serves the console until it is interrupted.
pub fn serve(project: &Project, options: &Options) -> Result<()> {
    check_port(options.port)?;
    interruption_is_success();
    match (&options.api, options.watch) {
        (Some(api), watch) => serve_account(project, options.port, api, watch),
        (None, true) => watch_sandbox(project, options.port),
        (None, false) => serve_sandbox(project, options.port),
    }
}

/// Serves the built site and the API from one server, like a deployment.
fn serve_sandbox(project: &Project, port: u16) -> Result<()> {
    build::ensure(project)?;
    let program = sandbox::build(project)?;
    let mut command = demo(project, Command::new(program), port)?;
    command.arg("--static").arg(project.dist());
    let sandbox = step("start the sandbox", || sandbox::start(&mut command))?;
    announce(&sandbox.url, sandbox.key.as_deref());
    wait_for_end(vec![("the sandbox", sandbox.process)])
}

/// Serves the console by Trunk, which rebuilds it on changes, with the sandbox as the API.
fn watch_sandbox(project: &Project, port: u16) -> Result<()> {
    let tools = Tools::for_serving(project)?;
    let program = sandbox::build(project)?;
    let mut command = demo(project, Command::new(program), 0)?;
    // Trunk passes the origin of the page on.
    command.args(["--cors-origin", &format!("http://127.0.0.1:{port}")]);
    let sandbox = step("start the sandbox", || sandbox::start(&mut command))?;
    let mut trunk = trunk(project, &tools)?;
    trunk.args(trunk_serve(port, &format!("{}/api", sandbox.url), "/api"));
    let trunk = Running::spawn(&mut trunk)?;
    announce(&format!("http://127.0.0.1:{port}"), sandbox.key.as_deref());
    note("The page is available after the first build.");
    wait_for_end(vec![("the sandbox", sandbox.process), ("Trunk", trunk)])
}

/// Serves the console by Trunk, with a real account as the API.
fn serve_account(project: &Project, port: u16, api: &str, watch: bool) -> Result<()> {
    let api = api.trim_end_matches('/');
    if !api.starts_with("https://") && !api.starts_with("http://") {
        bail!("--api needs the base URL of an API, such as https://host/api/v1, not {api:?}");
    }
    let tools = Tools::for_serving(project)?;
    let mut trunk = trunk(project, &tools)?;
    trunk.args(trunk_serve(port, api, "/api/v1"));
    if !watch {
        trunk.args(["--release", "--no-autoreload=true"]);
    }
    let trunk = Running::spawn(&mut trunk)?;
    announce(&format!("http://127.0.0.1:{port}"), None);
    note(&format!("Requests to /api/v1 go to {api}. Paste your management key in the browser."));
    note("The page is available after the build.");
    wait_for_end(vec![("Trunk", trunk)])
}

/// Adds the arguments for the demo organization, which a file keeps between starts.
fn demo(project: &Project, mut sandbox: Command, port: u16) -> Result<Command> {
    let database = project.scratch.join("sandbox/demo.sqlite");
    fs::create_dir_all(project.scratch.join("sandbox"))?;
    sandbox
        .current_dir(&project.root)
        .args(["--listen", &format!("127.0.0.1:{port}"), "--seed", "demo", "--db"])
        .arg(database);
    Ok(sandbox)
}

/// Returns the command for Trunk, which must not download any tool itself.
fn trunk(project: &Project, tools: &Tools) -> Result<Command> {
    let mut trunk = tools.command(project, "trunk")?;
    trunk
        .env("TRUNK_SKIP_VERSION_CHECK", "true")
        .env("TRUNK_BUILD_OFFLINE", "true")
        // Trunk accepts only "true" and "false", but the convention is "1".
        .env_remove("NO_COLOR");
    Ok(trunk)
}

fn trunk_serve(port: u16, backend: &str, prefix: &str) -> Vec<String> {
    vec![
        "serve".to_owned(),
        "--address=127.0.0.1".to_owned(),
        "--disable-address-lookup=true".to_owned(),
        format!("--port={port}"),
        format!("--proxy-backend={backend}"),
        format!("--proxy-rewrite={prefix}"),
        // The browser must see redirects, because it does not send the key to other origins.
        "--proxy-no-redirect".to_owned(),
    ]
}

fn check_port(port: u16) -> Result<()> {
    let listener = TcpListener::bind(("127.0.0.1", port));
    listener.map(drop).with_context(|| {
        format!(
            "cannot listen on 127.0.0.1:{port}: stop the program that uses the port, or choose another one with --port"
        )
    })
}

fn announce(url: &str, key: Option<&str>) {
    println!("\n  The console:  {url}");
    if let Some(key) = key {
        println!("  Sign in with: {key}");
    }
    println!("  Stop with:    Ctrl-C\n");
}

/// Waits until one of the processes ends, which is always an error, and then stops the others.
fn wait_for_end(mut processes: Vec<(&str, Running)>) -> Result<()> {
    loop {
        for (name, process) in &mut processes {
            if let Some(status) = process.try_wait()? {
                bail!("{name} has ended ({status})");
            }
        }
        thread::sleep(Duration::from_millis(200));
    }
}
