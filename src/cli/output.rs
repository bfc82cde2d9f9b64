//! Where words go: the report to a file or standard output, errors and notes to standard error.

use std::borrow::Cow;
use std::fs;
use std::io::{self, ErrorKind, IsTerminal, Write};
use std::path::Path;

use gainsay::clean::{clean, escape_in_json};
use miette::{GraphicalReportHandler, GraphicalTheme, ThemeCharacters, ThemeStyles};

use super::fatal::Fatal;
use super::flags::ColorChoice;

/// Writes the report to standard output. A reader who stops reading, such as `head`, is no error.
pub(super) fn write_to_stdout(report: &str) -> Result<(), Fatal> {
    write_stdout(|stdout| stdout.write_all(report.as_bytes()))
}

/// As [`write_to_stdout`], for what is written piece by piece.
pub(super) fn write_stdout(
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), Fatal> {
    let mut stdout = io::stdout().lock();
    match write(&mut stdout).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(Fatal::Unwritable {
            target: "standard output".to_owned(),
            error,
            help: None,
        }),
        _ => Ok(()),
    }
}

/// Writes the report to a file: the old one stands until the new one is complete. The old mode is kept, a link is followed, and
/// what is no ordinary file (`/dev/null`, a pipe) is written to directly.
pub(super) fn write_to_file(path: &Path, report: &str) -> Result<(), Fatal> {
    write_file(path, |file| file.write_all(report.as_bytes()))
}

/// As [`write_to_file`], for what is written piece by piece.
pub(super) fn write_file(
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), Fatal> {
    write_atomically(path, write).map_err(|error| {
        let folder = folder_of(path);
        let help = if folder.is_dir() {
            path.is_dir()
                .then(|| "that is a folder; name a file in it".to_owned())
        } else {
            Some(format!("create the folder {} first", folder.display()))
        };
        Fatal::Unwritable {
            target: path.display().to_string(),
            error,
            help,
        }
    })
}

fn write_atomically(
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    let old = match fs::metadata(path) {
        Ok(old) if old.is_dir() => return Err(ErrorKind::IsADirectory.into()),
        Ok(old) if !old.is_file() => {
            return write(&mut fs::OpenOptions::new().write(true).open(path)?);
        }
        Ok(old) => Some(old),
        Err(error) if error.kind() == ErrorKind::NotFound => None,
        Err(error) => return Err(error),
    };
    let target = if old.is_some() {
        fs::canonicalize(path)?
    } else {
        path.to_owned()
    };
    let mut builder = tempfile::Builder::new();
    builder.prefix(".gainsay-");
    // Files of tempfile are private; a new report gets the mode that any new file gets.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = builder.tempfile_in(folder_of(&target))?;
    write(&mut file)?;
    // Some file systems tell only now that the disk is full; and after a power cut the new name must not hold nothing.
    file.as_file().sync_all()?;
    if let Some(old) = old {
        file.as_file().set_permissions(old.permissions())?;
    }
    file.persist(target)?;
    Ok(())
}

/// Writes a file that is not there yet, whole or not at all.
///
/// # Errors
///
/// `AlreadyExists` where it is there, even if it came to be in this moment; else why it cannot be written.
pub(super) fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".gainsay-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = builder.tempfile_in(folder_of(path))?;
    file.write_all(bytes)?;
    // As above: the name must never hold less than the whole.
    file.as_file().sync_all()?;
    file.persist_noclobber(path)?;
    Ok(())
}

/// The folder of a path; the current one where it names none.
fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    }
}

/// A document as JSON, indented, with a line feed at its end. Scores are written in full; what steers, hides or reorders is escaped.
pub(super) fn json(document: &impl serde::Serialize) -> String {
    let json = serde_json::to_string_pretty(document)
        .expect("internal: documents have string keys and finite numbers");
    let mut json = escape_in_json(json);
    json.push('\n');
    json
}

/// Writes text that is safe to show to standard error. Where nobody listens, nobody is told.
pub(super) fn print_to_stderr(text: &str) {
    let _ = io::stderr().lock().write_all(text.as_bytes());
}

/// Writes a line to standard error. Where nobody listens, nobody is told.
pub(super) fn note(line: &str) {
    let _ = writeln!(io::stderr().lock(), "gainsay: {}", clean(line));
}

/// Shows what clap has to say: help, the version, or what is wrong with the arguments, which may be names of strangers' files.
/// Returns whether it could be shown; a reader who stops reading is no failure.
pub(super) fn print_clap(error: &clap::Error) -> bool {
    let plain = error.render().to_string();
    let printed = match clean(&plain) {
        Cow::Borrowed(_) => error.print().and_then(|()| io::stdout().flush()),
        // The colours go together with what was hostile.
        Cow::Owned(cleaned) => io::stderr().lock().write_all(cleaned.as_bytes()),
    };
    printed.map_or_else(|error| error.kind() == ErrorKind::BrokenPipe, |()| true)
}

/// Shows an error that ends the run.
pub(super) fn print_fatal(fatal: Fatal, color: Option<ColorChoice>) {
    let stderr = io::stderr();
    let coloured = match color.unwrap_or_default() {
        ColorChoice::Always => true,
        ColorChoice::Never => false,
        ColorChoice::Auto => {
            stderr.is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty())
        }
    };
    let plain = drawn(&fatal, ThemeStyles::none());
    let text = match clean(&plain) {
        Cow::Borrowed(_) if coloured => drawn(&fatal, ThemeStyles::ansi()),
        // The colours go together with what was hostile: an escape among them could not be told from them.
        cleaned => cleaned.into_owned(),
    };
    let _ = stderr.lock().write_all(text.as_bytes());
}

fn drawn(fatal: &Fatal, styles: ThemeStyles) -> String {
    let theme = GraphicalTheme {
        characters: ThemeCharacters::ascii(),
        styles,
    };
    let handler = GraphicalReportHandler::new_themed(theme).with_links(false);
    let mut text = String::new();
    if handler.render_report(&mut text, fatal).is_err() {
        // A diagnostic that cannot be laid out is still told.
        text = format!("error: {fatal}\n");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder() -> tempfile::TempDir {
        tempfile::tempdir().expect("a folder")
    }

    #[test]
    fn a_file_is_replaced_and_nothing_else_is_left() {
        let folder = folder();
        let path = folder.path().join("report.txt");
        write_to_file(&path, "first, and longer").expect("written");
        write_to_file(&path, "second").expect("written");
        assert_eq!(fs::read_to_string(&path).expect("read"), "second");
        assert_eq!(fs::read_dir(folder.path()).expect("read").count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn the_old_mode_is_kept_and_a_link_is_followed() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = folder();
        let (path, link) = (folder.path().join("report"), folder.path().join("link"));
        fs::write(&path, "old").expect("written");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).expect("set");
        symlink(&path, &link).expect("linked");
        write_to_file(&link, "new").expect("written");
        assert_eq!(fs::read_to_string(&path).expect("read"), "new");
        let mode = fs::metadata(&path).expect("there").permissions().mode();
        assert_eq!(mode & 0o777, 0o640);
        assert!(link.is_symlink());
    }

    #[cfg(unix)]
    #[test]
    fn a_device_is_written_to_directly() {
        write_to_file(Path::new("/dev/null"), "gone").expect("written");
        assert!(!Path::new("/dev/null").is_file());
    }

    #[test]
    fn a_missing_folder_and_a_folder_are_told() {
        let folder = folder();
        for path in [
            folder.path().join("no/report.txt"),
            folder.path().to_owned(),
        ] {
            let Err(Fatal::Unwritable { help, .. }) = write_to_file(&path, "x") else {
                panic!("{} cannot be written", path.display());
            };
            assert!(help.is_some());
        }
    }
}
