//! Loading: what was named is read, gathered and put into the store.

mod batcher;
pub(crate) mod folders;
pub mod page_merger;
pub(crate) mod pipeline;
mod progress;
pub(crate) mod read_file;

use std::io::{self, BufRead, IsTerminal};
use std::path::{Path, PathBuf};

pub use progress::{Arrival, Progress};

use crate::files;
use crate::formats::read;
use crate::formats::read::{Options, Sink};
use crate::record::Problem;
use crate::store::Store;
use read_file::Watch;

/// The archive that opens where no other is named and none stands here.
const BUILT_IN: &str = include_str!("../../archive.toml");
/// The archive that opens by default, in the folder where the program was started.
const DEFAULT: &str = "archive.toml";
/// The name that stands for standard input.
const STANDARD: &str = "-";

/// How many bytes are read in a moment.
const SMALL: u64 = 64 * 1024;

/// Something to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// A file, or standard input for `-`.
    File(PathBuf),
    /// What is piped in, or what opens by default where that is nothing: to be found out when it is
    /// read, since whoever writes into the pipe may take their time.
    Piped,
    /// The archive that is built in.
    BuiltIn,
}

impl Input {
    /// What the reader calls it.
    pub fn name(&self) -> String {
        match self {
            Input::File(path) => files::name(path),
            Input::Piped => files::name(Path::new(STANDARD)),
            Input::BuiltIn => "archive.toml (built in)".to_owned(),
        }
    }
}

/// What is to be read: the files that were named, else what is piped in, else `archive.toml` here,
/// else the archive that is built in.
pub fn inputs(files: &[PathBuf]) -> Vec<Input> {
    if !files.is_empty() {
        return files.iter().cloned().map(Input::File).collect();
    }
    vec![if io::stdin().is_terminal() { default() } else { Input::Piped }]
}

/// `archive.toml` here, else the archive that is built in.
fn default() -> Input {
    let here = Path::new(DEFAULT);
    if here.exists() { Input::File(here.to_owned()) } else { Input::BuiltIn }
}

/// Standard input where anything is piped in, else what opens by default. Waits for the first bytes.
fn piped() -> Input {
    match io::stdin().lock().fill_buf() {
        Ok(bytes) if !bytes.is_empty() => Input::File(STANDARD.into()),
        _ => default(),
    }
}

/// Identifies what is opened from one run to the next: the real path of each file. `None` for
/// standard input, which is another thing each time.
pub fn identity(inputs: &[Input]) -> Option<String> {
    let mut identity = String::new();
    for input in inputs {
        match input {
            Input::BuiltIn => identity.push_str("built in"),
            Input::File(path) if !files::is_standard(path) => {
                identity.push_str(&files::canonical(path)?.to_string_lossy());
            }
            Input::File(_) | Input::Piped => return None,
        }
        identity.push('\n');
    }
    Some(identity)
}

/// What the title line calls the inputs: the name of the one, or how many there are.
pub fn name_of(inputs: &[Input]) -> String {
    match inputs {
        [only] => only.name(),
        _ => format!("{} files", inputs.len()),
    }
}

/// Reads everything and puts it into a store.
pub fn read_all(inputs: &[Input], options: &Options) -> (Store, Vec<Problem>) {
    let mut all = (Store::default(), Vec::new());
    pipeline::run(inputs, options, &mut |arrival| {
        all.0 = arrival.store;
        all.1.extend(arrival.problems);
        true
    });
    all
}

impl Input {
    /// Reads it into a sink. What cannot be read is a problem.
    pub(super) fn read(&self, options: &Options, watch: &Watch, sink: &mut dyn Sink) {
        match self {
            Input::File(path) => read_file::read(path, options, watch, sink),
            Input::Piped => piped().read(options, watch, sink),
            Input::BuiltIn => {
                // Bytes in memory are always to be had.
                let _ = read::read(&self.name(), None, &mut BUILT_IN.as_bytes(), sink);
            }
        }
    }

    /// Whether it is the file with this name.
    pub(super) fn is_file_at(&self, path: &Path) -> bool {
        matches!(self, Input::File(file) if files::is_same(file, path))
    }

    /// Whether it is read in a moment, or is not there at all.
    pub(super) fn is_small(&self) -> bool {
        match self {
            Input::File(path) => files::size(path).map_or(!path.exists(), |size| size <= SMALL),
            Input::Piped => false,
            Input::BuiltIn => true,
        }
    }

    /// How many bytes it has, where that is known before it is read.
    pub(super) fn size(&self) -> Option<u64> {
        match self {
            Input::File(path) => files::size(path),
            Input::Piped => None,
            Input::BuiltIn => Some(0),
        }
    }
}
