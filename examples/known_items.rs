//! Looks for records that somebody knows, with the words that somebody would type, right and
//! damaged, in fonds and in fuzzy finders: how often is the record the first, how often among the
//! first ten? And how much of what one name finds has the name at all?
//!
//! ```sh
//! cargo run --release --example known_items -- records.jsonl
//! cargo run --release --example known_items -- --made-up 100000 --items 200 --peers 20
//! ```
//!
//! Without a file it asks `frus-2000.jsonl` in the folder that `FONDS_SAMPLES` names, and a made-up
//! archive. A query counts where at most ten records satisfy it as it is typed, by a plain scan.
//! A peer is given each record as one line, once its title and once all of its text; the better of
//! the two is shown.

use std::fs::File;
use std::io::{self, BufReader, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use fonds::query::Spellings;

mod archive;
mod known {
    //! What is looked for, where, and how.
    pub(crate) mod chance;
    pub(crate) mod items;
    pub(crate) mod library;
    pub(crate) mod noise;
    pub(crate) mod peers;
    pub(crate) mod slips;
    pub(crate) mod table;
}

use known::items::items;
use known::library::Library;
use known::noise::noise;
use known::table::Comparison;

/// What the arguments ask for.
struct Wanted {
    /// A file of JSON Lines.
    file: Option<PathBuf>,
    /// How many records the made-up archive has.
    made_up: u64,
    /// For how many records queries are made.
    items: usize,
    /// Of each kind, how many queries the peers are asked.
    peers: usize,
    /// Where chance begins.
    seed: u64,
    /// Whether each record that is not among the first ten is named.
    misses: bool,
}

impl Wanted {
    /// Reads the arguments, or says which is not understood.
    fn read(mut arguments: impl Iterator<Item = String>) -> Result<Wanted, String> {
        let mut wanted =
            Wanted { file: None, made_up: 100_000, items: 300, peers: 40, seed: 1, misses: false };
        while let Some(argument) = arguments.next() {
            let mut number = || -> Result<u64, String> {
                let text = arguments.next().unwrap_or_default();
                text.parse().map_err(|_| format!("{argument} “{text}”: a number is expected"))
            };
            match argument.as_str() {
                "--made-up" => wanted.made_up = number()?,
                "--items" => wanted.items = usize::try_from(number()?).unwrap_or(usize::MAX),
                "--peers" => wanted.peers = usize::try_from(number()?).unwrap_or(usize::MAX),
                "--seed" => wanted.seed = number()?,
                "--misses" => wanted.misses = true,
                file => wanted.file = Some(PathBuf::from(file)),
            }
        }
        Ok(wanted)
    }

    /// The file that is asked: the one that was named, else the samples'.
    fn file(&self) -> Option<PathBuf> {
        let samples = || Some(PathBuf::from(std::env::var_os("FONDS_SAMPLES")?));
        self.file.clone().or_else(|| Some(samples()?.join("frus-2000.jsonl")))
    }
}

fn main() -> ExitCode {
    let mut out = io::stdout().lock();
    let done = Wanted::read(std::env::args().skip(1)).and_then(|wanted| run(&wanted, &mut out));
    let Err(why) = done else { return ExitCode::SUCCESS };
    let _ = writeln!(io::stderr(), "known_items: {why}");
    ExitCode::from(2)
}

/// Asks both archives.
fn run(wanted: &Wanted, out: &mut dyn Write) -> Result<(), String> {
    match wanted.file() {
        Some(path) => {
            let name = path.display().to_string();
            let file = File::open(&path).map_err(|error| format!("{name}: {error}"))?;
            let library = Library::read(&name, &mut BufReader::new(file));
            ask(&name, &library.map_err(|error| error.to_string())?, wanted, out)?;
        }
        None => {
            say(out, "no file is given and FONDS_SAMPLES is not set: only the made-up archive")?;
        }
    }
    if wanted.made_up > 0 {
        let lines: Vec<String> = archive::lines(wanted.made_up, 1).collect();
        let text = lines.join("\n");
        let library = Library::read("made-up archive", &mut text.as_bytes());
        ask("made-up archive", &library.map_err(|error| error.to_string())?, wanted, out)?;
    }
    Ok(())
}

/// Asks one archive, and writes the tables.
fn ask(name: &str, library: &Library, wanted: &Wanted, out: &mut dyn Write) -> Result<(), String> {
    let items = items(library, wanted.items, wanted.seed, Spellings::built_in());
    let records = library.records.len();
    let (counted, aside) = (items.counted.len(), items.aside);
    say(out, &format!("\n{name}: {records} records, {counted} queries, {aside} set aside\n"))?;
    let comparison = Comparison::new(library, items.counted, wanted.peers);
    if wanted.misses {
        say(out, &comparison.misses(library))?;
    }
    say(out, &comparison.table())?;
    say(out, &noise(library, wanted.seed))
}

/// Writes a line.
fn say(out: &mut dyn Write, line: &str) -> Result<(), String> {
    writeln!(out, "{line}").map_err(|error| error.to_string())
}
