//! A file that is kept from other runs while it is changed, so that of two changes in one moment neither is lost in silence.

use std::fs::{self, File, TryLockError};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use thiserror::Error;

use super::fatal::Fatal;
use super::output;

/// How long to wait for a run that changes the file. A change takes milliseconds; who holds the file longer hangs.
const PATIENCE: Duration = Duration::from_secs(5);

/// How often to look whether the file is free.
const GLANCE: Duration = Duration::from_millis(5);

/// A file that holds what it is known to hold, and that no other run changes while this value lives.
///
/// Only runs of this program keep to it, and only on Unix: elsewhere a file that is open cannot be replaced. There, and against an
/// editor, a change is seen up to the moment in which the file is taken.
#[derive(Debug)]
#[must_use]
pub(super) struct Hold {
    path: PathBuf,
    /// The lock ends where the file is closed, also when the program is killed.
    _lock: Option<File>,
}

/// Why a file is not changed; it is as it was. The path in it is not cleaned.
#[derive(Debug, Error)]
pub(super) enum Withheld {
    /// Somebody wrote to it since it was read.
    #[error("{} was changed in the meantime, and is left as it is", .0.display())]
    Changed(PathBuf),
    /// Another run keeps it, and does not let go.
    #[error("{} is being changed by another run, and is left as it is", .0.display())]
    Busy(PathBuf),
    /// It cannot be read, locked or written.
    #[error("cannot write {}: {error}", path.display())]
    Unwritable { path: PathBuf, error: io::Error },
}

impl Withheld {
    /// What to do about it.
    pub fn help(&self) -> Option<&'static str> {
        match self {
            Self::Changed(_) => Some("run the command again: it reads the file anew"),
            Self::Busy(_) => Some("end the other run, and run the command again"),
            Self::Unwritable { .. } => None,
        }
    }
}

impl Hold {
    /// Takes the file, if it still holds `known`. Waits up to five seconds for a run that changes it.
    ///
    /// # Errors
    ///
    /// When it holds something else, another run does not let go of it, or it cannot be read.
    pub fn take(path: &Path, known: &str) -> Result<Self, Withheld> {
        Self::within(path, known, PATIENCE)
    }

    fn within(path: &Path, known: &str, patience: Duration) -> Result<Self, Withheld> {
        let failed = |error| Withheld::Unwritable {
            path: path.to_owned(),
            error,
        };
        let ordinary = fs::metadata(path).map_err(failed)?.is_file();
        if !ordinary {
            let error = io::Error::new(ErrorKind::InvalidInput, "it is no ordinary file");
            return Err(failed(error));
        }
        let until = Instant::now() + patience;
        let lock = if cfg!(unix) {
            let lock = lock(path, until).map_err(failed)?;
            Some(lock.ok_or_else(|| Withheld::Busy(path.to_owned()))?)
        } else {
            None
        };
        if fs::read(path).map_err(failed)? != known.as_bytes() {
            return Err(Withheld::Changed(path.to_owned()));
        }
        Ok(Self {
            path: path.to_owned(),
            _lock: lock,
        })
    }

    /// Puts a new text into the file's place, whole or not at all, and lets go of it.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn replace(self, text: &str) -> Result<(), Withheld> {
        output::write_to_file(&self.path, text).map_err(|fatal| {
            let error = match fatal {
                Fatal::Unwritable { error, .. } => error,
                other => io::Error::other(other.to_string()),
            };
            Withheld::Unwritable {
                path: self.path.clone(),
                error,
            }
        })
    }
}

/// The file, locked against other runs until it is closed; `None` where nobody lets go of it in time.
fn lock(path: &Path, until: Instant) -> io::Result<Option<File>> {
    loop {
        // Network folders lock only what is open for writing; a file that may only be replaced is opened for reading.
        let mut options = fs::OpenOptions::new();
        let file = match options.read(true).write(true).open(path) {
            Err(error) if error.kind() == ErrorKind::PermissionDenied => File::open(path)?,
            opened => opened?,
        };
        match file.try_lock() {
            // A run that came first put another file in its place; a lock on the old one guards nothing.
            Ok(()) if is_still_at(&file, path) => return Ok(Some(file)),
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {}
            Err(TryLockError::Error(error)) if error.kind() == ErrorKind::Interrupted => {}
            // Some network folders know no locks. There is still the comparison.
            Err(TryLockError::Error(error)) if error.kind() == ErrorKind::Unsupported => {
                return Ok(Some(file));
            }
            Err(TryLockError::Error(error)) => return Err(error),
        }
        if Instant::now() > until {
            return Ok(None);
        }
        std::thread::sleep(GLANCE);
    }
}

/// Whether the path still leads to the open file.
#[cfg(unix)]
fn is_still_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (file.metadata(), fs::metadata(path)) {
        (Ok(open), Ok(named)) => (open.dev(), open.ino()) == (named.dev(), named.ino()),
        _ => false,
    }
}

#[cfg(not(unix))]
fn is_still_at(_: &File, _: &Path) -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_as_it_was_read_is_left_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("claims.yaml");
        fs::write(&path, "theirs").expect("written");
        let withheld = Hold::take(&path, "mine").expect_err("changed");
        assert!(matches!(withheld, Withheld::Changed(_)), "{withheld:?}");
        Hold::take(&path, "theirs")
            .expect("unchanged")
            .replace("new")
            .expect("written");
        assert_eq!(fs::read_to_string(&path).expect("read"), "new");
        assert_eq!(fs::read_dir(folder.path()).expect("read").count(), 1);
    }

    #[test]
    fn what_is_gone_or_no_file_is_told() {
        let folder = tempfile::tempdir().expect("a folder");
        for path in [folder.path().join("gone"), folder.path().to_owned()] {
            let withheld = Hold::take(&path, "").expect_err("not there");
            assert!(
                matches!(withheld, Withheld::Unwritable { .. }),
                "{withheld:?}"
            );
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_second_one_waits_and_is_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("claims.yaml");
        fs::write(&path, "old").expect("written");
        let first = Hold::take(&path, "old").expect("free");
        let second = Hold::within(&path, "old", Duration::from_millis(20)).expect_err("held");
        assert!(matches!(second, Withheld::Busy(_)), "{second:?}");
        std::thread::scope(|scope| {
            let waiting = scope.spawn(|| Hold::take(&path, "old").map(drop));
            std::thread::sleep(Duration::from_millis(50));
            assert!(!waiting.is_finished(), "the first one has it");
            first.replace("new").expect("written");
            let second = waiting.join().expect("no panic").expect_err("too late");
            assert!(matches!(second, Withheld::Changed(_)), "{second:?}");
        });
        assert_eq!(fs::read_to_string(&path).expect("read"), "new");
    }

    #[cfg(unix)]
    #[test]
    fn a_file_that_may_only_be_replaced_is_changed() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("claims.yaml");
        fs::write(&path, "old").expect("written");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o444)).expect("set");
        let held = Hold::take(&path, "old").expect("readable");
        held.replace("new").expect("the folder may be written");
        assert_eq!(fs::read_to_string(&path).expect("read"), "new");
    }
}
