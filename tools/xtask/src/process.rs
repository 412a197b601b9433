//! Child processes, each the leader of its own process group.
//!
//! Invariant: no child outlives this program. Dropping a child stops its process group. Ctrl-C, SIGTERM and SIGHUP stop
//! those of all children.

use std::{
    collections::BTreeSet,
    io::{BufRead, BufReader},
    os::unix::process::CommandExt,
    process::{Child, ChildStdout, Command, ExitStatus, Stdio},
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicBool, AtomicI32, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, anyhow, bail};
use nix::{
    errno::Errno,
    sys::{
        signal::{Signal, killpg},
        wait::{WaitPidFlag, waitpid},
    },
    unistd::Pid,
};

/// The time between SIGTERM and SIGKILL for a process group.
const GRACE: Duration = Duration::from_secs(5);

static GROUPS: Mutex<BTreeSet<i32>> = Mutex::new(BTreeSet::new());
static STOPPING: AtomicBool = AtomicBool::new(false);
static EXIT_CODE: AtomicI32 = AtomicI32::new(130);

/// Stops all children and ends the program when it is interrupted.
pub fn stop_children_when_interrupted() -> Result<()> {
    ctrlc::set_handler(|| {
        STOPPING.store(true, Ordering::SeqCst);
        let groups = GROUPS.lock().unwrap_or_else(PoisonError::into_inner).clone();
        for group in &groups {
            signal(*group, Signal::SIGTERM);
        }
        for group in groups {
            stop_group(group);
        }
        std::process::exit(EXIT_CODE.load(Ordering::SeqCst));
    })
    .context("cannot install the handler for Ctrl-C")
}

/// Makes an interruption the normal way to end, with exit code 0.
pub fn interruption_is_success() {
    EXIT_CODE.store(0, Ordering::SeqCst);
}

/// Blocks forever if the program is being interrupted. The handler then ends it, without reports of failures that the
/// interruption caused.
pub fn defer_to_interruption() {
    while STOPPING.load(Ordering::SeqCst) {
        thread::park();
    }
}

/// A running child. Dropping it stops it.
pub struct Running {
    child: Child,
    name: String,
    has_ended: bool,
}

impl Running {
    /// Starts `command` in its own process group, without stdin.
    pub fn spawn(command: &mut Command) -> Result<Self> {
        let name = command.get_program().to_string_lossy().into_owned();
        let child =
            command.stdin(Stdio::null()).process_group(0).spawn().with_context(|| format!("cannot start `{name}`"))?;
        let running = Self { child, name, has_ended: false };
        groups().insert(running.group());
        Ok(running)
    }

    /// Takes the child's standard output. Fails if it is not piped, or was taken before.
    pub fn take_stdout(&mut self) -> Result<BufReader<ChildStdout>> {
        let stdout = self.child.stdout.take();
        stdout.map(BufReader::new).ok_or_else(|| anyhow!("the output of `{}` is not piped", self.name))
    }

    /// Waits until the child has ended.
    pub fn wait(&mut self) -> Result<ExitStatus> {
        let waited = self.child.wait();
        defer_to_interruption();
        let status = waited.with_context(|| format!("cannot wait for `{}`", self.name))?;
        self.ended();
        Ok(status)
    }

    /// Returns the exit status if the child has ended.
    pub fn try_wait(&mut self) -> Result<Option<ExitStatus>> {
        let waited = self.child.try_wait();
        defer_to_interruption();
        let status = waited.with_context(|| format!("cannot wait for `{}`", self.name))?;
        if status.is_some() {
            self.ended();
        }
        Ok(status)
    }

    fn group(&self) -> i32 {
        // Process IDs fit: the kernel's type is a signed 32-bit integer.
        i32::try_from(self.child.id()).unwrap_or(i32::MAX)
    }

    fn ended(&mut self) {
        self.has_ended = true;
        groups().remove(&self.group());
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if !self.has_ended {
            signal(self.group(), Signal::SIGTERM);
            stop_group(self.group());
            self.ended();
        }
    }
}

/// Runs `command` to its end. An exit status other than 0 is an error.
pub fn run(command: &mut Command) -> Result<()> {
    let shown = shown(command);
    let status = Running::spawn(command)?.wait()?;
    if !status.success() {
        bail!("`{shown}` failed ({status})");
    }
    Ok(())
}

/// Runs `command` to its end, passes each line of its output to `line`, and returns its status.
pub fn run_by_line(command: &mut Command, mut line: impl FnMut(&str)) -> Result<ExitStatus> {
    let mut running = Running::spawn(command.stdout(Stdio::piped()))?;
    for text in running.take_stdout()?.split(b'\n') {
        line(&String::from_utf8_lossy(&text.context("cannot read a child's output")?));
    }
    running.wait()
}

/// Returns what `command` prints on stdout, or `None` if it fails.
pub fn output_of(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| text.trim().to_owned())
}

/// Returns the command as typed in a shell.
pub fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}

fn groups() -> std::sync::MutexGuard<'static, BTreeSet<i32>> {
    GROUPS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Sends a signal to a process group. Ignores a group that has ended.
fn signal(group: i32, signal: Signal) {
    if let Err(error) = killpg(Pid::from_raw(group), signal)
        && error != Errno::ESRCH
    {
        eprintln!("cannot stop process group {group}: {error}");
    }
}

/// Waits until a process group has ended after SIGTERM, and kills it after [`GRACE`].
fn stop_group(group: i32) {
    let deadline = Instant::now() + GRACE;
    while is_alive(group) {
        if Instant::now() > deadline {
            signal(group, Signal::SIGKILL);
            break;
        }
        thread::sleep(Duration::from_millis(20));
    }
}

fn is_alive(group: i32) -> bool {
    // The leader counts as alive until its exit status is collected.
    let _ = waitpid(Pid::from_raw(group), Some(WaitPidFlag::WNOHANG));
    killpg(Pid::from_raw(group), None) != Err(Errno::ESRCH)
}
