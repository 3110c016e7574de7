//! The lock of a folder: one run at a time looks and writes there.

use std::fs::{File, TryLockError};
use std::io::ErrorKind;
use std::path::Path;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::created::CreatedFolders;
use crate::error::StoreError;
use crate::place::Place;

/// How long other runs are waited for, all folders together. Whoever may read a folder can hold its
/// lock.
const MAX_WAIT: Duration = Duration::from_secs(30);

/// How many milliseconds have been waited so far.
static WAITED: AtomicU64 = AtomicU64::new(0);

/// After so long, the person is told.
const QUIET: Duration = Duration::from_secs(1);

/// How often it is tried.
const INTERVAL: Duration = Duration::from_millis(25);

type Notice = fn(&Path);

static NOTICE: OnceLock<Notice> = OnceLock::new();

/// Says what tells the person that the lock of a folder is waited for; the first word counts.
pub fn when_waiting(notice: fn(&Path)) {
    let _ = NOTICE.set(notice);
}

/// A locked folder, until this is dropped.
#[derive(Debug)]
pub struct Lock {
    // Dropped first, while the folder is locked.
    _created: CreatedFolders,
    _folder: Option<File>,
    place: Place,
}

impl Lock {
    /// Creates the folder where it is missing, and locks it where the system can lock folders. What
    /// it created is removed with the lock if nothing is in it by then.
    ///
    /// # Errors
    /// [`StoreError`] when the folder cannot be made, or somebody else keeps it locked.
    pub(crate) fn of(folder: &Path) -> Result<Self, StoreError> {
        Self::below(folder, Path::new(""))
    }

    /// As [`Self::of`], of a folder below another one, without following a link on the way.
    pub(crate) fn below(root: &Path, below: &Path) -> Result<Self, StoreError> {
        Self::as_long_as_is_left(root, below, &WAITED)
    }

    /// As [`Self::of`], of the folder that is at this whole path now, and of none that a link which
    /// takes the place of one on the way leads to.
    pub(crate) fn exactly(folder: &Path) -> Result<Self, StoreError> {
        let root = folder.ancestors().last().unwrap_or(folder);
        match folder.strip_prefix(root) {
            // Elsewhere a folder must be readable to be passed.
            Ok(below) if cfg!(target_os = "linux") => Self::below(root, below),
            _ => Self::of(folder),
        }
    }

    /// The folder.
    pub(crate) const fn place(&self) -> &Place {
        &self.place
    }

    fn as_long_as_is_left(
        root: &Path,
        below: &Path,
        waited: &AtomicU64,
    ) -> Result<Self, StoreError> {
        let start = Instant::now();
        let so_far = Duration::from_millis(waited.load(Ordering::Relaxed));
        let lock = Self::within(root, below, MAX_WAIT.saturating_sub(so_far));
        let more = u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX);
        waited.fetch_add(more, Ordering::Relaxed);
        lock
    }

    fn within(root: &Path, below: &Path, limit: Duration) -> Result<Self, StoreError> {
        let start = Instant::now();
        let mut is_told = false;
        let mut created = CreatedFolders::default();
        // Not every system can lock a folder; renames alone keep each file whole.
        let (place, locked) = loop {
            // Anew each time: a run that failed removes the folder that it made.
            created
                .create_all(root)
                .map_err(StoreError::io(root, "cannot create the folder"))?;
            let place = Place::at(root)?.below(below, &mut created)?;
            let Ok(file) = place.open() else {
                break (place, None);
            };
            match file.try_lock() {
                // The run that had it may have removed the folder.
                Ok(()) if is_gone(place.path()) => {}
                Ok(()) => break (place, Some(file)),
                Err(TryLockError::Error(_)) => break (place, None),
                Err(TryLockError::WouldBlock) => {}
            }
            if start.elapsed() >= limit {
                return Err(StoreError::Locked {
                    path: place.path().display().to_string(),
                    seconds: MAX_WAIT.as_secs(),
                });
            }
            if !is_told
                && start.elapsed() >= QUIET
                && let Some(notice) = NOTICE.get()
            {
                notice(place.path());
                is_told = true;
            }
            sleep(INTERVAL);
        };
        Ok(Self {
            _created: created,
            _folder: locked,
            place,
        })
    }
}

/// Whether nothing is there; what cannot be looked at, such as a path that is too long, may be.
fn is_gone(folder: &Path) -> bool {
    let looked_at = std::fs::metadata(folder);
    looked_at.is_err_and(|error| error.kind() == ErrorKind::NotFound)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_looked_at_is_not_gone() {
        let folder = tempfile::tempdir().unwrap();
        assert!(!is_gone(folder.path()));
        assert!(is_gone(&folder.path().join("a")));
        // Longer than any path may be.
        assert!(!is_gone(&folder.path().join("a/".repeat(5_000))));
    }

    #[test]
    fn a_lock_is_waited_for_and_not_for_ever() {
        let folder = tempfile::tempdir().unwrap();
        let other = File::open(folder.path()).unwrap();
        other.lock().unwrap();
        let error =
            Lock::within(folder.path(), Path::new(""), Duration::from_millis(60)).unwrap_err();
        assert!(matches!(error, StoreError::Locked { .. }), "{error}");
        let path = folder.path().to_owned();
        let waiting =
            std::thread::spawn(move || Lock::within(&path, Path::new(""), MAX_WAIT).is_ok());
        sleep(Duration::from_millis(60));
        assert!(!waiting.is_finished());
        drop(other);
        assert!(waiting.join().unwrap());
        // What was waited for one folder is not waited for another.
        let other = File::open(folder.path()).unwrap();
        other.lock().unwrap();
        let waited = AtomicU64::new(u64::try_from(MAX_WAIT.as_millis()).unwrap() - 60);
        for _ in 0..100 {
            assert!(Lock::as_long_as_is_left(folder.path(), Path::new(""), &waited).is_err());
        }
        assert!(waited.into_inner() < 40_000);
    }
}
