//! Loading: what was named is read, gathered and put into the store.

use std::io::{self, BufRead, IsTerminal};
use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;
use std::thread;

use encoding_rs::Encoding;

use super::args::Reading;
use super::files::{self, Watch};
use super::pipeline;
use super::run::Event;
use crate::app::action::Action;
use crate::import::{self, Format, Options, Sink};
use crate::record::Problem;
use crate::store::Store;

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

/// How files are to be read, as the command line says.
///
/// # Errors
/// There is no such format or encoding, or a pair of a field and a column is none.
pub fn options(reading: &Reading) -> anyhow::Result<Options> {
    let mut options = Options {
        format: format(reading.format.as_deref())?,
        encoding: encoding(reading.encoding.as_deref())?,
        ..Options::default()
    };
    for columns in &reading.columns {
        options.map_columns(columns).map_err(|why| anyhow::anyhow!("--map: {why}"))?;
    }
    Ok(options)
}

/// The encoding with a name (<https://encoding.spec.whatwg.org/#names-and-labels>).
fn encoding(name: Option<&str>) -> anyhow::Result<Option<&'static Encoding>> {
    let Some(name) = name else { return Ok(None) };
    match Encoding::for_label(name.trim().as_bytes()) {
        Some(encoding) => Ok(Some(encoding)),
        None => anyhow::bail!(
            "there is no encoding {name:?}: --encoding takes a name that web pages use, such as \
             utf-8, windows-1252, windows-1251, iso-8859-2, koi8-r, shift_jis or gb18030"
        ),
    }
}

/// The format with a name, as an option gives it.
fn format(name: Option<&str>) -> anyhow::Result<Option<Format>> {
    let Some(name) = name else { return Ok(None) };
    let said = |format: Format| format!("{} ({})", format.name(), format.description());
    let known = || Format::all().map(said).collect::<Vec<_>>().join(", ");
    match Format::from_name(name) {
        Some(format) => Ok(Some(format)),
        None => anyhow::bail!("there is no format {name:?}: --from takes one of {}", known()),
    }
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

/// Reads everything on threads of their own, which tell `events` what has come so far.
pub fn start(inputs: Vec<Input>, options: Options, events: Sender<Event>) {
    thread::spawn(move || {
        // Nobody listens where the reader has quit in the middle of it.
        pipeline::run(&inputs, &options, &mut |arrival| {
            events.send(Event::Action(Action::Arrived(arrival))).is_ok()
        });
    });
}

impl Input {
    /// Reads it into a sink. What cannot be read is a problem.
    pub(super) fn read(&self, options: &Options, watch: &Watch, sink: &mut dyn Sink) {
        match self {
            Input::File(path) => files::read(path, options, watch, sink),
            Input::Piped => piped().read(options, watch, sink),
            Input::BuiltIn => {
                // Bytes in memory are always to be had.
                let _ = import::read(&self.name(), None, &mut BUILT_IN.as_bytes(), sink);
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
