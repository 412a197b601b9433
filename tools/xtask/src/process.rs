//! Child processes, each the leader of its own process group.
//!
//! Invariant: no child outlives this program. A child that is dropped, and every child when Ctrl-C,
//! SIGTERM or SIGHUP arrives, is stopped together with all that it has started itself.

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

/// How long a process group may take to end on SIGTERM before it gets SIGKILL.
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

/// From now on an interruption is the normal way to end: the program then exits with 0.
pub fn interruption_is_success() {
    EXIT_CODE.store(0, Ordering::SeqCst);
}

/// Blocks for ever if the program is being interrupted, so that the handler has the last word and
/// failures that the interruption itself caused are not reported.
pub fn defer_to_interruption() {
    while STOPPING.load(Ordering::SeqCst) {
        thread::park();
    }
}

/// A running child; dropping it stops it.
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

    /// The child's standard output, if it was piped and has not been taken yet.
    pub fn take_stdout(&mut self) -> Result<BufReader<ChildStdout>> {
        let stdout = self.child.stdout.take();
        stdout.map(BufReader::new).ok_or_else(|| anyhow!("the output of `{}` is not piped", self.name))
    }

    /// Waits for the end of the child.
    pub fn wait(&mut self) -> Result<ExitStatus> {
        let waited = self.child.wait();
        defer_to_interruption();
        let status = waited.with_context(|| format!("cannot wait for `{}`", self.name))?;
        self.ended();
        Ok(status)
    }

    /// The exit status if the child has ended.
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
        // Process ids fit: the kernel's own type is signed 32 bits.
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

/// Runs `command` to its end; an exit status other than 0 is an error.
pub fn run(command: &mut Command) -> Result<()> {
    let shown = shown(command);
    let status = Running::spawn(command)?.wait()?;
    if !status.success() {
        bail!("`{shown}` failed ({status})");
    }
    Ok(())
}

/// Runs `command` to its end, hands each line of its output to `line`, and returns its status.
pub fn run_by_line(command: &mut Command, mut line: impl FnMut(&str)) -> Result<ExitStatus> {
    let mut running = Running::spawn(command.stdout(Stdio::piped()))?;
    for text in running.take_stdout()?.split(b'\n') {
        line(&String::from_utf8_lossy(&text.context("cannot read a child's output")?));
    }
    running.wait()
}

/// What `command` prints on stdout, or `None` if it cannot be started or fails.
pub fn output_of(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| text.trim().to_owned())
}

/// The command as one would type it.
pub fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}

fn groups() -> std::sync::MutexGuard<'static, BTreeSet<i32>> {
    GROUPS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Sends `wanted` to a whole process group; one that is gone already is fine.
fn signal(group: i32, wanted: Signal) {
    if let Err(error) = killpg(Pid::from_raw(group), wanted)
        && error != Errno::ESRCH
    {
        eprintln!("cannot stop process group {group}: {error}");
    }
}

/// Waits until a group that got SIGTERM is gone, and kills it when its time is up.
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
    // The leader counts as alive until somebody has collected its exit status.
    let _ = waitpid(Pid::from_raw(group), Some(WaitPidFlag::WNOHANG));
    killpg(Pid::from_raw(group), None) != Err(Errno::ESRCH)
}
