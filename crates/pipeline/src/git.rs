//! The `git` program in a repository that may be made to do harm.
//!
//! A repository from a tarball brings its own configuration, which names commands: to reach a
//! remote, before and after a command, to read a file. Git runs most of them only to exchange
//! objects, and asks a remote by itself for an object that a partial clone lacks. Nothing of this
//! happens here. The configuration of the person and of the computer is trusted: it says which
//! repositories of others may be read (`safe.directory`).

use std::cell::Cell;
use std::io::{self, ErrorKind, Read};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use appleports_store::MAX_STORED;
use thiserror::Error;

/// The most time that git has for all questions of a comparison. It reads one file of each side; it
/// takes longer only where a pipe stands in the place of a file, or the repository is made to be slow.
const MAX_TIME: Duration = Duration::from_secs(10);

/// What overrules the configuration of the repository. An ambiguous id is not looked into, and git
/// keeps few of the objects that others are stored as differences to.
const SETTINGS: [&str; 6] = [
    "core.fsmonitor=false",
    "core.hooksPath=/dev/null",
    "core.pager=cat",
    "protocol.allow=never",
    "core.disambiguate=none",
    "core.deltaBaseCacheLimit=8m",
];

/// What git reads from the environment: nothing is fetched, whichever version of git it is, and
/// nobody is asked for a password. One piece of memory is no larger than a file that is stored, also
/// where an object is small and the one that it is stored as a difference to is not.
const ENVIRONMENT: [(&str, &str); 7] = [
    ("LC_ALL", "C"),
    ("GIT_NO_LAZY_FETCH", "1"),
    ("GIT_ALLOW_PROTOCOL", ""),
    ("GIT_OPTIONAL_LOCKS", "0"),
    ("GIT_TERMINAL_PROMPT", "0"),
    ("GIT_PAGER", "cat"),
    ("GIT_ALLOC_LIMIT", "65m"),
];

/// Why git gave no answer.
#[derive(Debug, Error)]
pub enum GitError {
    /// There is no such program.
    #[error(
        "git:REV needs the program `git`, which was not found; install it, or give a folder or file"
    )]
    NotInstalled,
    /// The program cannot be started.
    #[error("cannot run git: {0}")]
    NotStarted(io::Error),
    /// The system does not say how the program ended.
    #[error(transparent)]
    NoStatus(io::Error),
    /// It took too long.
    #[error(
        "git did not answer within {} seconds (`git {}`) and was ended; is a pipe in the place of a file in the repository or its configuration?",
        MAX_TIME.as_secs(),
        arguments.join(" ")
    )]
    TooSlow {
        /// What it was asked.
        arguments: Vec<String>,
    },
    /// The answer is longer than any file that is stored.
    #[error("git gave more than {MAX_STORED} bytes (`git {}`)", arguments.join(" "))]
    TooLong {
        /// What it was asked.
        arguments: Vec<String>,
    },
}

/// What git said.
pub(crate) struct Answer {
    pub(crate) is_success: bool,
    /// None where a signal ended it.
    pub(crate) code: Option<i32>,
    pub(crate) bytes: Vec<u8>,
    complaint: Vec<u8>,
}

impl Answer {
    /// The answer as a text of one line.
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).trim().to_owned()
    }

    /// The first line of what it complained about.
    pub(crate) fn complaint(&self) -> String {
        let text = String::from_utf8_lossy(&self.complaint);
        let first = text.lines().next().unwrap_or("git gave no reason");
        first.trim().to_owned()
    }
}

/// The program, and the time that it has left.
pub(crate) struct Git {
    left: Cell<Duration>,
}

impl Git {
    /// Git with all of its time.
    pub(crate) const fn new() -> Self {
        Self {
            left: Cell::new(MAX_TIME),
        }
    }

    /// Runs git in the current folder. It reads nothing from standard input.
    ///
    /// # Errors
    /// Where there is no `git` program, the time ends, or its answer is too large.
    pub(crate) fn ask(&self, arguments: &[&str]) -> Result<Answer, GitError> {
        let start = Instant::now();
        let mut command = Command::new("git");
        for setting in SETTINGS {
            command.args(["-c", setting]);
        }
        command.arg("--no-pager").args(arguments).envs(ENVIRONMENT);
        let child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn();
        let child = child.map_err(|error| match error.kind() {
            ErrorKind::NotFound => GitError::NotInstalled,
            _ => GitError::NotStarted(error),
        })?;
        let answer = answer(child, arguments, start + self.left.get());
        self.left
            .set(self.left.get().saturating_sub(start.elapsed()));
        answer
    }
}

/// Reads what the program says until its end, or ends it.
fn answer(mut child: Child, arguments: &[&str], end: Instant) -> Result<Answer, GitError> {
    let arguments = || arguments.iter().map(|word| (*word).to_owned()).collect();
    let pipes = read(child.stdout.take()).and_then(|out| Ok((out, read(child.stderr.take())?)));
    let (out, complaint) = pipes.map_err(|error| {
        end_of(&mut child);
        GitError::NotStarted(error)
    })?;
    let left = || end.saturating_duration_since(Instant::now());
    let read = out
        .recv_timeout(left())
        .and_then(|out| Ok((out, complaint.recv_timeout(left())?)));
    let too_large = matches!(&read, Ok((bytes, _)) if bytes.len() as u64 > MAX_STORED);
    let Ok((bytes, complaint)) = read else {
        end_of(&mut child);
        return Err(GitError::TooSlow {
            arguments: arguments(),
        });
    };
    if too_large {
        end_of(&mut child);
        return Err(GitError::TooLong {
            arguments: arguments(),
        });
    }
    let status = child.wait().map_err(GitError::NoStatus)?;
    Ok(Answer {
        is_success: status.success(),
        code: status.code(),
        bytes,
        complaint,
    })
}

/// Ends the program; one that has ended already is as good.
fn end_of(child: &mut Child) {
    let _ = child.kill();
    let _ = child.wait();
}

/// Reads a pipe in a thread of its own, to its end or to a little more than a stored file has.
///
/// # Errors
/// Where the system gives no thread.
fn read(pipe: Option<impl Read + Send + 'static>) -> io::Result<mpsc::Receiver<Vec<u8>>> {
    let (sender, receiver) = mpsc::channel();
    thread::Builder::new().spawn(move || {
        let mut bytes = Vec::new();
        if let Some(pipe) = pipe {
            // What came until an error is judged like what came until the end.
            let _ = pipe.take(MAX_STORED + 1).read_to_end(&mut bytes);
        }
        // Nobody waits for it any more where the program was ended.
        let _ = sender.send(bytes);
    })?;
    Ok(receiver)
}
