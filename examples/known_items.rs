//! Measures known-item search: queries as a user would type them for a known record, correct and with
//! typing errors, in fonds and in fuzzy finders. Reports how often the record is the first or among the
//! first ten results, and how many of the results for a name contain it.
//!
//! ```sh
//! cargo run --release --example known_items -- records.jsonl
//! cargo run --release --example known_items -- --generated 100000 --items 200 --peers 20
//! ```
//!
//! A line for each half of the records, and one for all, says how often only records that answer the query as well stand
//! above the one that is looked for. The queries are also typed letter by letter, to see after how many letters the record is among the first ten, and whether
//! the list is empty in between. With `--ablation` fonds is asked without one rule after the other,
//! and with `--like FOLDER` for the records that are like others: in the finding aids of that folder, and in the file.
//!
//! Without a file it searches `frus-2000.jsonl` in the folder that `FONDS_SAMPLES` names, and a generated
//! archive. A query counts if at most ten records match it by a plain scan. A fuzzy finder gets each
//! record as one line, first the title and then all its text; the better result is shown.

use std::fs::File;
use std::io::{self, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use fonds::query::NameVariants;

mod archive;
mod known_items {
    //! Queries, records, finders and results.
    pub(crate) mod corpus;
    pub(crate) mod finders;
    pub(crate) mod precision;
    pub(crate) mod queries;
    pub(crate) mod report;
    pub(crate) mod rng;
    pub(crate) mod similarity;
    pub(crate) mod ties;
    pub(crate) mod typing;
    pub(crate) mod typing_errors;
}

use known_items::corpus::Corpus;
use known_items::precision::name_precision;
use known_items::queries::known_items;
use known_items::report::Comparison;
use known_items::similarity::{Shared, shared_in_first_ten};
use known_items::ties::Half;

/// The options.
struct Options {
    /// A file of JSON Lines.
    file: Option<PathBuf>,
    /// The number of records in the generated archive; 0 leaves it out.
    generated: u64,
    /// The number of records for which queries are made.
    items: usize,
    /// The number of queries with each typing error that the fuzzy finders get (`--peers`).
    finder_queries: usize,
    /// The seed of the random numbers.
    seed: u64,
    /// Whether to list the records that are not among the first ten, and the queries with an empty list in between.
    misses: bool,
    /// Whether to leave out one rule after the other instead of comparing with other finders.
    without_rules: bool,
    /// The folder of finding aids in which records that are like others are asked for.
    like_in_folder: Option<PathBuf>,
}

impl Options {
    /// Parses the arguments.
    fn parse(mut arguments: impl Iterator<Item = String>) -> Result<Options, String> {
        let mut options = Options {
            file: None,
            generated: 100_000,
            items: 300,
            finder_queries: 40,
            seed: 1,
            misses: false,
            without_rules: false,
            like_in_folder: None,
        };
        while let Some(argument) = arguments.next() {
            let mut number = || -> Result<u64, String> {
                let text = arguments.next().unwrap_or_default();
                text.parse().map_err(|_| format!("{argument} “{text}”: a number is expected"))
            };
            match argument.as_str() {
                "--generated" => options.generated = number()?,
                "--items" => options.items = usize::try_from(number()?).unwrap_or(usize::MAX),
                "--peers" => {
                    options.finder_queries = usize::try_from(number()?).unwrap_or(usize::MAX);
                }
                "--seed" => options.seed = number()?,
                "--misses" => options.misses = true,
                "--ablation" => options.without_rules = true,
                "--like" => options.like_in_folder = arguments.next().map(PathBuf::from),
                file => options.file = Some(PathBuf::from(file)),
            }
        }
        Ok(options)
    }

    /// The file to search: the given one, or that of the samples.
    fn file(&self) -> Option<PathBuf> {
        let samples = || Some(PathBuf::from(std::env::var_os("FONDS_SAMPLES")?));
        self.file.clone().or_else(|| Some(samples()?.join("frus-2000.jsonl")))
    }
}

fn main() -> ExitCode {
    let mut out = io::stdout().lock();
    let done = Options::parse(std::env::args().skip(1)).and_then(|options| run(&options, &mut out));
    let Err(error) = done else { return ExitCode::SUCCESS };
    let _ = writeln!(io::stderr(), "known_items: {error}");
    ExitCode::from(2)
}

/// Searches both archives.
fn run(options: &Options, out: &mut dyn Write) -> Result<(), String> {
    if let Some(folder) = &options.like_in_folder {
        return compare_similar(options, folder, out);
    }
    match options.file() {
        Some(path) => {
            let name = path.display().to_string();
            let file = File::open(&path).map_err(|error| format!("{name}: {error}"))?;
            let corpus = Corpus::read(&name, &mut BufReader::new(file));
            evaluate(&name, &corpus.map_err(|error| error.to_string())?, options, out)?;
        }
        None => {
            write_line(
                out,
                "no file is given and FONDS_SAMPLES is not set: only the generated archive",
            )?;
        }
    }
    if options.generated > 0 {
        let lines: Vec<String> = archive::lines(options.generated, 1).collect();
        let text = lines.join("\n");
        let corpus = Corpus::read("generated archive", &mut text.as_bytes());
        evaluate("generated archive", &corpus.map_err(|error| error.to_string())?, options, out)?;
    }
    Ok(())
}

/// Asks for the records that are like others: in the files of a folder those of the same place, in a file of JSON Lines those
/// with the same people.
fn compare_similar(options: &Options, folder: &Path, out: &mut dyn Write) -> Result<(), String> {
    let corpus = Corpus::read_folder(folder).map_err(|error| error.to_string())?;
    for shared in [Shared::Path, Shared::Box] {
        let line = shared_in_first_ten(&corpus, shared, options.seed);
        write_line(out, &line.unwrap_or_else(|| format!("{shared:?}: no record is suitable")))?;
    }
    let Some(path) = options.file() else { return Ok(()) };
    let file = File::open(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let corpus = Corpus::read(&path.display().to_string(), &mut BufReader::new(file));
    let corpus = corpus.map_err(|error| error.to_string())?;
    let line = shared_in_first_ten(&corpus, Shared::People, options.seed);
    write_line(out, &line.unwrap_or_else(|| "no record is suitable".to_owned()))
}

/// Searches one archive, and writes the tables.
fn evaluate(
    name: &str,
    corpus: &Corpus,
    options: &Options,
    out: &mut dyn Write,
) -> Result<(), String> {
    let items = known_items(corpus, options.items, options.seed, NameVariants::built_in());
    let records = corpus.records.len();
    let (queries, excluded) = (items.queries.len(), items.excluded);
    write_line(
        out,
        &format!("\n{name}: {records} records, {queries} queries, {excluded} excluded\n"),
    )?;
    if options.without_rules {
        return write_line(out, &Comparison::without_rules(corpus, &items.queries));
    }
    let comparison = Comparison::new(corpus, items.queries, options.finder_queries);
    if options.misses {
        write_line(out, &comparison.misses(corpus))?;
    }
    write_line(out, &comparison.table())?;
    for half in [Half::First, Half::Second, Half::Both] {
        write_line(out, &comparison.ties(corpus, half))?;
    }
    for line in comparison.typing(corpus, options.misses) {
        write_line(out, &line)?;
    }
    for line in comparison.typing_in_finders(corpus, options.finder_queries / 4) {
        write_line(out, &line)?;
    }
    write_line(out, &name_precision(corpus, options.seed))
}

/// Writes a line.
fn write_line(out: &mut dyn Write, line: &str) -> Result<(), String> {
    writeln!(out, "{line}").map_err(|error| error.to_string())
}
