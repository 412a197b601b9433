//! Builds and starts the sandbox.
//!
//! Invariant: a started sandbox is listening. Dropping its value stops it.

use std::{
    io::BufRead,
    path::PathBuf,
    process::{Command, Stdio},
    sync::mpsc,
    thread,
    time::Duration,
};

use anyhow::{Result, bail};

use crate::{
    process::{Running, run},
    progress::step,
    project::Project,
};

/// The time that the sandbox has to fill its database and listen.
const START: Duration = Duration::from_secs(120);

/// A listening sandbox.
pub struct Sandbox {
    /// The process.
    pub process: Running,
    /// The URL, such as `http://127.0.0.1:8080`.
    pub url: String,
    /// The management key, if the sandbox requires one.
    pub key: Option<String>,
}

/// Builds the sandbox and returns the path of its program.
pub fn build(project: &Project) -> Result<PathBuf> {
    step("build the sandbox", || run(project.command("cargo").args(["build", "--quiet", "--package", "sandbox"])))?;
    Ok(project.cargo_target.join("debug/sandbox"))
}

/// Starts a sandbox with its arguments, and waits until it listens.
pub fn start(command: &mut Command) -> Result<Sandbox> {
    let mut process = Running::spawn(command.stdout(Stdio::piped()))?;
    let stdout = process.take_stdout()?;
    let (line_read, lines) = mpsc::channel();
    // Reads until the end, because a full pipe would block the sandbox.
    thread::spawn(move || {
        for line in stdout.lines().map_while(Result::ok) {
            // After the start there is no receiver.
            let _ = line_read.send(line);
        }
    });
    let (mut url, mut key) = (None, None);
    // The sandbox prints its URL last, when it is ready.
    while url.is_none()
        && let Ok(line) = lines.recv_timeout(START)
    {
        if let Some((_, address)) = line.split_once("listening on ") {
            url = Some(address.trim().trim_end_matches('/').to_owned());
        } else if let Some((_, printed)) = line.split_once("management key: ") {
            key = Some(printed.trim().to_owned());
        }
    }
    let Some(url) = url else {
        match process.try_wait()? {
            Some(status) => bail!("the sandbox ended before it listened ({status})"),
            None => bail!("the sandbox did not start to listen in time"),
        }
    };
    Ok(Sandbox { process, url, key })
}
