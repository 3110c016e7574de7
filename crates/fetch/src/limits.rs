//! How long a download may take, and how much may come.

use std::io::{self, ErrorKind, Read};
use std::time::{Duration, Instant};

/// How long and how much.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// To make a connection.
    pub connect: Duration,
    /// For one try: `robots.txt`, redirects and body included.
    pub one_try: Duration,
    /// For the whole exchange: all tries, with the waits between them.
    pub total: Duration,
    /// The fewest bytes a second, as they come over the network.
    pub min_pace: u64,
    /// So long a body may come more slowly.
    pub grace: Duration,
    /// The largest body in bytes, as it comes and decompressed.
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
            one_try: Duration::from_mins(1),
            total: Duration::from_mins(2),
            min_pace: 1024,
            grace: Duration::from_secs(20),
            bytes: 32 * 1024 * 1024,
            redirects: 5,
            tries: 4,
            longest_wait: Duration::from_mins(1),
            sleep: std::thread::sleep,
        }
    }
}

/// The moment at which a try has to be over.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Deadline {
    start: Instant,
    limit: Duration,
}

impl Deadline {
    /// For a try that begins now, of an exchange that began at `first`.
    pub(crate) fn of(limits: &Limits, first: Instant) -> Self {
        let left = limits.total.saturating_sub(first.elapsed());
        Self {
            start: Instant::now(),
            limit: limits.one_try.min(left),
        }
    }

    /// The time that is left.
    pub(crate) fn left(self) -> Duration {
        self.limit.saturating_sub(self.start.elapsed())
    }
}

/// A body as it comes, within the limit of bytes, in time and at a pace.
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
        if self.count > self.limits.bytes {
            return Err(ErrorKind::FileTooLarge.into());
        }
        if self.deadline.left().is_zero() {
            let limit = self.deadline.limit.as_secs();
            return late(format!("not whole after {limit} seconds"));
        }
        let pace = self.limits.min_pace;
        if elapsed > self.limits.grace && self.count < pace * elapsed.as_secs() {
            return late(format!("fewer than {pace} bytes a second"));
        }
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_tries_and_waits_have_one_deadline() {
        let limits = Limits::default();
        assert_eq!(limits.total, Duration::from_mins(2));
        assert!(limits.one_try < limits.total && limits.longest_wait < limits.total);
        let short = Limits {
            total: Duration::from_secs(5),
            ..limits
        };
        assert!(Deadline::of(&short, Instant::now()).left() <= short.total);
    }
}
