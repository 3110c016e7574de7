//! How long a download may take, and how much may come.

use std::io::{self, ErrorKind, Read};
use std::time::{Duration, Instant};

/// How long and how much.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// To make a connection.
    pub connect: Duration,
    /// For a whole exchange: `robots.txt`, redirects and body included.
    pub total: Duration,
    /// For all tries of an exchange, with the waits between them.
    pub all_tries: Duration,
    /// The fewest bytes a second, as they come over the network.
    pub min_pace: u64,
    /// So long a body may come more slowly.
    pub grace: Duration,
    /// The largest body, decompressed, in bytes.
    pub bytes: u64,
    /// How many redirects are followed.
    pub redirects: usize,
    /// How often a request is tried.
    pub tries: u32,
    /// The longest wait that a server may ask for.
    pub longest_wait: Duration,
    /// How to wait.
    pub sleep: fn(Duration),
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(15),
            total: Duration::from_mins(2),
            all_tries: Duration::from_mins(6),
            min_pace: 1024,
            grace: Duration::from_secs(20),
            bytes: 32 * 1024 * 1024,
            redirects: 5,
            tries: 4,
            longest_wait: Duration::from_mins(2),
            sleep: std::thread::sleep,
        }
    }
}

/// The moment at which an exchange has to be over.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Deadline {
    start: Instant,
    total: Duration,
}

impl Deadline {
    /// For an exchange that begins now, among tries that began at `first`.
    pub(crate) fn of(limits: &Limits, first: Instant) -> Self {
        let left = limits.all_tries.saturating_sub(first.elapsed());
        Self {
            start: Instant::now(),
            total: limits.total.min(left),
        }
    }

    /// The time that is left.
    pub(crate) fn left(self) -> Duration {
        self.total.saturating_sub(self.start.elapsed())
    }
}

/// A body that has to come in time and at a pace.
pub(crate) struct Paced<R> {
    inner: R,
    start: Instant,
    count: u64,
    limits: Limits,
    deadline: Deadline,
}

impl<R: Read> Paced<R> {
    pub(crate) fn new(inner: R, limits: Limits, deadline: Deadline) -> Self {
        Self {
            inner,
            start: Instant::now(),
            count: 0,
            limits,
            deadline,
        }
    }
}

impl<R: Read> Read for Paced<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let late = |reason: String| Err(io::Error::new(ErrorKind::TimedOut, reason));
        let count = self.inner.read(buffer)?;
        self.count += count as u64;
        let elapsed = self.start.elapsed();
        if count == 0 {
            return Ok(0);
        }
        if self.deadline.left().is_zero() {
            let limit = self.deadline.total.as_secs();
            return late(format!("not whole after {limit} seconds"));
        }
        let pace = self.limits.min_pace;
        if elapsed > self.limits.grace && self.count < pace * elapsed.as_secs() {
            return late(format!("fewer than {pace} bytes a second"));
        }
        Ok(count)
    }
}
