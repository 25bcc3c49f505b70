//! What to load: a path, standard input, or the archive that is built in.

use std::io::{self, BufRead as _};
use std::os::fd::AsFd;
use std::os::unix::fs::FileTypeExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::bag_sink::BagSink;
use super::read_file;
use super::read_file::ReadMonitor;
use crate::files;
use crate::formats::read;
use crate::formats::read::{ReadOptions, Sink, pictures};
use crate::record::{Archive, Problem};

/// The built-in archive. It opens when no file is named and the current folder has no
/// [`DEFAULT_FILE`].
const BUILT_IN_ARCHIVE: &str = include_str!("../../archive.toml");
/// The file in the current folder that opens when no file is named.
const DEFAULT_FILE: &str = "archive.toml";
/// The file name that means standard input.
const STANDARD_INPUT: &str = "-";

/// The largest size of a file that loads without a visible delay.
const MAX_SMALL_BYTES: u64 = 64 * 1024;

/// One input to load.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// A file or a folder, or standard input for `-`.
    Path(PathBuf),
    /// A text in memory, such as what was copied.
    Text {
        /// The name that the user sees.
        name: String,
        /// The text.
        text: Arc<str>,
    },
    /// A file in a bag, which describes its archive.
    InBag {
        /// The file.
        path: PathBuf,
        /// What the bag says of the archive.
        archive: Arc<Archive>,
    },
    /// Pictures and PDFs of a folder, by their paths in it: their names are read.
    Pictures {
        /// The folder.
        folder: PathBuf,
        /// The paths, sorted.
        pictures: Arc<[String]>,
    },
    /// The built-in archive.
    BuiltIn,
}

impl Input {
    /// Returns the name that the user sees.
    pub fn name(&self) -> String {
        match self {
            Input::Path(path) | Input::InBag { path, .. } => files::display_name(path),
            Input::Pictures { folder, .. } => files::display_name(folder),
            Input::Text { name, .. } => name.clone(),
            Input::BuiltIn => "archive.toml (built in)".to_owned(),
        }
    }

    /// Reads this input into a sink. An input that cannot be read is reported as a problem.
    pub(crate) fn read(&self, options: &ReadOptions, monitor: &ReadMonitor, sink: &mut dyn Sink) {
        match self {
            Input::Path(path) if files::is_standard(path) && is_stdin_at_end() => {
                let message = "nothing came through the pipe: there are no records";
                sink.report(Problem::warning(&self.name(), None, message));
            }
            Input::Path(path) => read_file::read_path(path, options, monitor, sink),
            Input::InBag { path, archive } => {
                read_file::read_path(path, options, monitor, &mut BagSink { archive, sink });
            }
            Input::Pictures { folder, pictures } => {
                // The folder `.` has a name, too.
                let real = folder.canonicalize().unwrap_or_else(|_| folder.clone());
                let own_name = real.file_name().map(|name| name.to_string_lossy());
                let own_name = own_name.unwrap_or_default();
                pictures::read_folder(&files::display_name(folder), &own_name, pictures, sink);
            }
            Input::Text { name, text } => {
                // Reading bytes in memory cannot fail.
                let _ = read::read_with(name, options, &mut text.as_bytes(), sink);
            }
            Input::BuiltIn => {
                // Reading bytes in memory cannot fail.
                let _ = read::read(&self.name(), None, &mut BUILT_IN_ARCHIVE.as_bytes(), sink);
            }
        }
    }

    /// Whether this input is the file at `path`.
    pub(crate) fn is_file_at(&self, path: &Path) -> bool {
        matches!(self, Input::Path(file) | Input::InBag { path: file, .. } if files::is_same(file, path))
    }

    /// Whether this input loads without a visible delay. A missing file counts as small.
    pub(crate) fn is_small(&self) -> bool {
        match self {
            Input::Path(path) | Input::InBag { path, .. } => {
                files::size(path).map_or(!path.exists(), |size| size <= MAX_SMALL_BYTES)
            }
            Input::Text { .. } | Input::Pictures { .. } | Input::BuiltIn => true,
        }
    }

    /// The size in bytes, if it is known before reading.
    pub(super) fn size(&self) -> Option<u64> {
        match self {
            Input::Path(path) | Input::InBag { path, .. } => files::size(path),
            Input::Text { text, .. } => Some(text.len() as u64),
            Input::Pictures { .. } | Input::BuiltIn => Some(0),
        }
    }
}

/// Returns the inputs to open: the given files; else standard input, if something is piped into it, which
/// may be nothing; else `archive.toml` in the current folder; else the built-in archive.
pub fn inputs_to_open(files: &[PathBuf]) -> Vec<Input> {
    if !files.is_empty() {
        return files.iter().cloned().map(Input::Path).collect();
    }
    vec![if is_piped() { Input::Path(STANDARD_INPUT.into()) } else { default_input() }]
}

/// Returns `archive.toml` in the current folder if it exists, else the built-in archive.
fn default_input() -> Input {
    let here = Path::new(DEFAULT_FILE);
    if here.exists() { Input::Path(here.to_owned()) } else { Input::BuiltIn }
}

/// Whether standard input is a pipe, a file or a socket: neither a terminal nor a device such as `/dev/null`,
/// which programs without a terminal have.
fn is_piped() -> bool {
    let copy = io::stdin().as_fd().try_clone_to_owned().map(std::fs::File::from);
    let kind = copy.and_then(|file| file.metadata()).map(|metadata| metadata.file_type());
    kind.is_ok_and(|kind| !kind.is_char_device())
}

/// Whether standard input has nothing more. Blocks until the first bytes or the end.
fn is_stdin_at_end() -> bool {
    files::StandardInput::lock().fill_buf().is_ok_and(<[u8]>::is_empty)
}

/// Returns a text that identifies these inputs in later runs: the canonical path of each, one per
/// line. Returns `None` if one of them is standard input, whose content differs in each run.
pub fn identity(inputs: &[Input]) -> Option<String> {
    let mut identity = String::new();
    for input in inputs {
        match input {
            Input::BuiltIn => identity.push_str("built in"),
            Input::Pictures { folder: path, .. } | Input::InBag { path, .. } => {
                identity.push_str(&files::name_of_path(&files::canonical(path)?));
            }
            Input::Path(path) if !files::is_standard(path) => {
                identity.push_str(&files::name_of_path(&files::canonical(path)?));
            }
            Input::Path(_) | Input::Text { .. } => return None,
        }
        identity.push('\n');
    }
    Some(identity)
}

/// Returns the name of the inputs in the title line: the name of the only one, or their number.
pub fn display_name(inputs: &[Input]) -> String {
    match inputs {
        [only] => only.name(),
        _ => format!("{} files", inputs.len()),
    }
}
