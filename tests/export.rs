//! Writing `archive.toml`: what is written reads back as the same, and writes again as the same.

use std::fs;
use std::path::Path;

use fonds::cli::convert;
use fonds::cli::convert::Convert;
use fonds::files;
use fonds::formats::read;
use fonds::formats::read::{Memory, Page, Part, Sink};
use fonds::formats::write;
use fonds::load::page_merger::{Gathered, Gathering};
use fonds::record::{Archive, Date, Field, Problem, Record, Severity};
use proptest::prelude::*;

/// What `gathered` is as an archive file.
fn written(gathered: &Gathered) -> Vec<u8> {
    let mut out = Vec::new();
    let archive = gathered.sources.first().cloned().unwrap_or_default();
    let records = gathered.records.iter().map(|placed| &placed.record);
    write::archive_toml::write(&mut out, &archive, records).unwrap();
    out
}

fn read(name: &str, mut bytes: &[u8]) -> Gathered {
    let mut gathering = Gathering::new();
    read::read(name, None, &mut bytes, &mut gathering).unwrap();
    gathering.finish()
}

#[test]
fn the_archive_of_this_repository_is_made_from_the_first_page() {
    let page = include_bytes!("import/results-page.txt");
    let toml = String::from_utf8(written(&read("results-page.txt", page))).unwrap();
    assert_eq!(toml, include_str!("../archive.toml"));
}

#[test]
fn an_archive_file_is_readable() {
    let toml = "[archive]\ntitle = \"T\"\n\"a b\" = \"c\"\n\n[[record]]\nposition = 1\nid = \"x\"\n\
                date = \"May 1943\"\ntitle = 'He said \"no\"'\npeople = [\"P\", \"Q\"]\n\
                summary = \"\"\"\nOne.\n\nTwo.\"\"\"\n\"container.box\" = \"3\"\nown.date = \"1944\"\n";
    assert_eq!(String::from_utf8(written(&read("a.toml", toml.as_bytes()))).unwrap(), toml);
}

/// Texts that are hard to quote.
pub(crate) fn nasty() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "\"", "\"\"\"", "'", "'''", "\\", "\n", "\r\n", "\r", "\t", "\u{0}", "\u{7f}", "\u{1b}",
        "\u{85}", "\u{2028}", "\u{feff}", "ż", "𝄞", "a", " ", ".", "#", "=", "[", "]", "\\u0041",
    ]);
    prop_oneof![
        prop::collection::vec(pieces, 0..8).prop_map(|pieces| pieces.concat()),
        any::<String>(),
    ]
}

/// Fields under names of their own: names that are hard, and names that mean something here.
pub(crate) fn own() -> impl Strategy<Value = Vec<(String, String)>> {
    let name = prop_oneof![
        nasty(),
        prop::sample::select(vec![
            "title", "position", "date", "own", "own.x", "total", "a", "a.b", ""
        ])
        .prop_map(str::to_owned),
    ];
    prop::collection::vec((name, nasty()), 0..6)
}

fn record() -> impl Strategy<Value = Record> {
    let value = (prop::sample::select(Field::ALL.to_vec()), nasty());
    let values = prop::collection::vec(value, 0..8);
    (prop::option::of(1u64..), nasty(), values, own()).prop_map(|(position, date, values, own)| {
        let date = Date::read(date.trim());
        let mut record = Record { position, date, own, ..Record::default() };
        for (field, value) in values {
            record.push(field, &value);
        }
        record
    })
}

fn archive() -> impl Strategy<Value = Archive> {
    let text =
        || nasty().prop_map(|text| Some(text.trim().to_owned()).filter(|text| !text.is_empty()));
    (text(), text(), text(), text(), prop::option::of(1u64..), own()).prop_map(
        |(title, source, url, description, total, own)| Archive {
            title,
            source,
            url,
            description,
            total,
            own,
        },
    )
}

/// The same record with the values of each field side by side, in their order.
pub(crate) fn grouped(mut record: Record) -> Record {
    record.own.sort_by(|(one, _), (other, _)| one.cmp(other));
    record.values.sort_by_key(|(field, _)| *field);
    record
}

proptest! {
    #[test]
    fn what_is_written_reads_back_the_same(archive in archive(), records in prop::collection::vec(record(), 0..5)) {
        let records: Vec<_> = records.into_iter().filter(|record| *record != Record::default()).collect();
        let mut bytes = Vec::new();
        write::archive_toml::write(&mut bytes, &archive, &records).unwrap();
        let mut heard = Heard::default();
        read::read("a.toml", None, &mut bytes.as_slice(), &mut heard).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        let faults = heard.problems.iter().filter(|problem| problem.severity == Severity::Fault);
        prop_assert_eq!(faults.count(), 0, "{:?}\n{}", heard.problems, text);
        let group = |records: &[Record]| records.iter().cloned().map(grouped).collect::<Vec<_>>();
        prop_assert_eq!(group(&heard.records), group(&records), "{}", text);
        prop_assert_eq!(grouped(Record { own: heard.archive.own.clone(), ..Record::default() }).own,
            grouped(Record { own: archive.own.clone(), ..Record::default() }).own);
        prop_assert_eq!(Archive { own: Vec::new(), ..heard.archive.clone() }, Archive { own: Vec::new(), ..archive });
        let mut again = Vec::new();
        write::archive_toml::write(&mut again, &heard.archive, &heard.records).unwrap();
        prop_assert_eq!(String::from_utf8_lossy(&again), text);
    }
}

/// What a reader hands over, in its order.
#[derive(Debug, Default)]
pub(crate) struct Heard {
    pub(crate) archive: Archive,
    pub(crate) records: Vec<Record>,
    pub(crate) problems: Vec<Problem>,
}

impl Sink for Heard {
    fn page(&mut self, page: Page) {
        self.archive = page.archive;
    }

    fn record(&mut self, record: Record) {
        self.records.push(record);
    }

    fn part(&mut self, part: Part) {
        part.read(&mut Memory::default(), self);
    }

    fn problem(&mut self, problem: Problem) {
        self.problems.push(problem);
    }
}

/// Converts and says how it ended, what went to standard output, and what was said.
fn convert(inputs: &[&Path], output: Option<&Path>, force: bool) -> (String, String, String) {
    let inputs = inputs.iter().map(|path| path.to_path_buf()).collect();
    let convert =
        Convert { inputs, output: output.map(Path::to_path_buf), force, ..Convert::default() };
    let (mut out, mut errors) = (Vec::new(), Vec::new());
    let outcome = convert::run(&convert, &mut out, &mut errors);
    let ended = outcome.map_or_else(|error| error.to_string(), |outcome| format!("{outcome:?}"));
    (ended, String::from_utf8(out).unwrap(), String::from_utf8(errors).unwrap())
}

const FIRST: &str = "1 - 1 of 2\n\nMay 3, 1954\n\nA\n\nZ\n";
const SECOND: &str = "2 - 2 of 2\n\nMay 4, 1954\n\nB\n\nZ\n";

#[test]
fn an_archive_file_grows_page_by_page() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let (first, second, archive) = (at("1.txt"), at("2.txt"), at("archive.toml"));
    fs::write(&first, FIRST).unwrap();
    fs::write(&second, SECOND).unwrap();

    assert_eq!(convert(&[&second], Some(&archive), false).0, "Done");
    let (ended, ..) = convert(&[&first], Some(&archive), false);
    assert_eq!(
        ended,
        format!("{}: this file exists already: --force replaces it", archive.display())
    );
    let through_the_folder = folder.path().join(".").join("archive.toml");
    assert_eq!(convert(&[&archive, &first], Some(&through_the_folder), false).0, "Done");
    let (ended, whole, said) = convert(&[&first, &second], Some(Path::new("-")), false);
    assert_eq!((ended.as_str(), said.as_str()), ("Done", ""));
    assert_eq!(fs::read_to_string(&archive).unwrap(), whole);
    assert!(whole.find("\"A\"") < whole.find("\"B\""), "{whole}");
    assert_eq!(convert(&[&first], Some(&archive), true).0, "Done");
    assert_ne!(fs::read_to_string(&archive).unwrap(), whole);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 3, "nothing is left beside the files");
}

#[test]
fn a_file_that_is_converted_says_how_far_it_is_in_one_line() {
    let folder = tempfile::tempdir().unwrap();
    let (many, to) = (folder.path().join("many.jsonl"), folder.path().join("many.toml"));
    fs::write(&many, "{\"title\":\"Cable\"}\n".repeat(5000)).unwrap();
    let said = |output| {
        let convert =
            Convert { inputs: vec![many.clone()], output, progress: true, ..Convert::default() };
        let (mut out, mut errors) = (Vec::new(), Vec::new());
        convert::run(&convert, &mut out, &mut errors).unwrap();
        String::from_utf8(errors).unwrap()
    };
    let to_a_file = said(Some(to));
    let shown: Vec<&str> = to_a_file.split("\r\x1b[K").collect();
    assert!(shown.contains(&"4096 of 5000 records written"), "{to_a_file:?}");
    assert_eq!(shown.last(), Some(&""), "nothing stays: {to_a_file:?}");
    assert!(!said(None).contains("written"), "records and progress would be mixed");
}

#[test]
fn an_archive_file_that_cannot_be_read_whole_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let (broken, page, gone, fresh) =
        (at("archive.toml"), at("2.txt"), at("3.txt"), at("new.toml"));
    let text = "[[record]]\ntitle = 'A'\n[[record]]\ntitle = {}\n";
    fs::write(&broken, text).unwrap();
    fs::write(&page, SECOND).unwrap();

    let empty = at("empty");
    fs::create_dir(&empty).unwrap();
    let (ended, _, said) = convert(&[&broken, &page, &gone, &empty], Some(&broken), true);
    assert_eq!(ended, "Faulty");
    let [broken_name, gone_name, folder_name] =
        [&broken, &gone, &empty].map(|path| path.display().to_string());
    assert_eq!(
        said,
        format!(
            "{folder_name}: there is no file in this folder\n\
             {broken_name}:3:1: this record was left out: it has no field\n\
             {gone_name}: there is no such file\n\
             {broken_name}: left as it is, since not everything could be read\n"
        )
    );
    assert_eq!(fs::read_to_string(&broken).unwrap(), text);
    assert_eq!(convert(&[&broken, &page], Some(&fresh), false).0, "Faulty");
    assert_eq!(read("new.toml", &fs::read(&fresh).unwrap()).records.len(), 2);
    let (ended, out, said) = convert(&[&gone], None, false);
    assert_eq!((ended.as_str(), out.as_str()), ("Faulty", ""));
    assert_eq!(
        said,
        format!(
            "{gone_name}: there is no such file
"
        )
    );
}

#[test]
fn records_of_two_archives_say_which() {
    let folder = tempfile::tempdir().unwrap();
    let files = ["One", "Two"].map(|name| {
        let path = folder.path().join(name);
        fs::write(&path, format!("[archive]\ntitle = '{name}'\n[[record]]\ntitle = 'A'\n"))
            .unwrap();
        path
    });
    let (ended, out, said) = convert(&[&files[0], &files[1]], None, false);
    let record = |archive| format!("\n[[record]]\ntitle = \"A\"\ncollection = \"{archive}\"\n");
    assert_eq!(
        (ended.as_str(), out),
        ("Done", format!("[archive]\n{}{}", record("One"), record("Two")))
    );
    assert_eq!(
        said,
        "fonds convert: toml has no place for what is said of 2 archives: the title of each is kept \
         as the collection of its records where they name none\n"
    );
}

#[cfg(unix)]
#[test]
fn links_and_permissions_stay_as_they_are() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let (real, link, new) = (at("real.toml"), at("link.toml"), at("new.toml"));
    fs::write(&real, "old").unwrap();
    fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).unwrap();
    symlink("real.toml", &link).unwrap();
    symlink("new.toml", at("dangling.toml")).unwrap();
    let write = |path: &Path, text: &str| {
        files::write_atomically(path, true, |out| out.write_all(text.as_bytes()))
    };

    write(&link, "new").unwrap();
    assert_eq!(fs::read_to_string(&real).unwrap(), "new");
    assert_eq!(fs::metadata(&real).unwrap().permissions().mode() & 0o777, 0o640);
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    write(&at("dangling.toml"), "new").unwrap();
    assert_eq!(fs::read_to_string(&new).unwrap(), "new");

    let pipe = at("pipe");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let reader = std::thread::spawn({
        let pipe = pipe.clone();
        move || fs::read_to_string(pipe).unwrap()
    });
    write(&pipe, "through").unwrap();
    assert_eq!(reader.join().unwrap(), "through");
    assert!(!fs::metadata(&pipe).unwrap().is_file(), "a pipe is written to, not replaced");

    let failed = files::write_atomically(&real, true, |out| {
        out.write_all(b"half")?;
        Err(std::io::Error::other("the disk is full"))
    });
    assert_eq!(
        failed.unwrap_err().to_string(),
        format!("{}: this cannot be written: the disk is full", real.display())
    );
    assert_eq!(fs::read_to_string(&real).unwrap(), "new");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 5);
}
