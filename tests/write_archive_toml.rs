//! Writing `archive.toml`: written files parse to the same records and are written the same way again.

use std::fs;
use std::path::{Path, PathBuf};

use fonds::cli::convert;
use fonds::cli::convert::ConvertJob;
use fonds::files::{self, IfExists, Privacy};
use fonds::formats::cite::Style;
use fonds::formats::read;
use fonds::formats::read::{PageStart, ParserCache, RecordPart, Sink};
use fonds::formats::write;
use fonds::load::page_merger::{MergedPages, PageMerger};
use fonds::record::{
    Archive, ArchiveName, Date, Field, OwnName, Problem, Record, Severity, SourcedRecord,
};
use proptest::prelude::*;

/// The archive file for the parsed records.
fn to_archive_toml(merged: &MergedPages) -> Vec<u8> {
    let mut out = Vec::new();
    let archive = merged.archives.first().cloned().unwrap_or_default();
    let records = merged.records.iter().map(|sourced| &sourced.record);
    write::archive_toml::write(&mut out, &archive, records).unwrap();
    out
}

fn read(name: &str, mut bytes: &[u8]) -> MergedPages {
    let mut merger = PageMerger::new();
    read::read(name, None, &mut bytes, &mut merger).unwrap();
    merger.finish()
}

#[test]
fn archive_toml_of_this_repository_is_the_converted_first_page() {
    let page = include_bytes!("import/results-page.txt");
    let toml = String::from_utf8(to_archive_toml(&read("results-page.txt", page))).unwrap();
    // The page does not name its archive.
    let name = "title = \"Wilson Center Digital Archive\"\nurl = \"https://digitalarchive.wilsoncenter.org\"\n";
    assert_eq!(toml, include_str!("../archive.toml").replace(name, ""));
}

#[test]
fn archive_file_has_the_expected_layout() {
    let toml = "[archive]\ntitle = \"T\"\n\"a b\" = \"c\"\n\n[[record]]\nposition = 1\nid = \"x\"\n\
                date = \"May 1943\"\ntitle = 'He said \"no\"'\npeople = [\"P\", \"Q\"]\n\
                summary = \"\"\"\nOne.\n\nTwo.\"\"\"\n\"container.box\" = \"3\"\nown.date = \"1944\"\n";
    assert_eq!(String::from_utf8(to_archive_toml(&read("a.toml", toml.as_bytes()))).unwrap(), toml);
}

/// Texts that are hard to quote.
pub(crate) fn hard_to_quote() -> impl Strategy<Value = String> {
    let fragments = prop::sample::select(vec![
        "\"", "\"\"\"", "'", "'''", "\\", "\n", "\r\n", "\r", "\t", "\u{0}", "\u{7f}", "\u{1b}",
        "\u{85}", "\u{2028}", "\u{feff}", "ż", "𝄞", "a", " ", ".", "#", "=", "[", "]", "\\u0041",
    ]);
    prop_oneof![
        prop::collection::vec(fragments, 0..8).prop_map(|fragments| fragments.concat()),
        any::<String>(),
    ]
}

/// Own fields: names that are hard to quote, and names with a meaning in the format.
pub(crate) fn own_fields() -> impl Strategy<Value = Vec<(OwnName, String)>> {
    let name = prop_oneof![
        hard_to_quote(),
        prop::sample::select(vec![
            "title", "position", "date", "own", "own.x", "total", "a", "a.b", ""
        ])
        .prop_map(str::to_owned),
    ];
    prop::collection::vec((name.prop_map(OwnName::from), hard_to_quote()), 0..6)
}

fn record() -> impl Strategy<Value = Record> {
    let value = (prop::sample::select(Field::ALL.to_vec()), hard_to_quote());
    let values = prop::collection::vec(value, 0..8);
    (prop::option::of(1u64..), hard_to_quote(), values, own_fields()).prop_map(
        |(position, date, values, own)| {
            let date = Date::parse(date.trim());
            let mut record = Record { position, date, own, ..Record::default() };
            for (field, value) in values {
                record.push(field, &value);
            }
            record.align_contributor_roles();
            record
        },
    )
}

fn archive() -> impl Strategy<Value = Archive> {
    let text = || {
        hard_to_quote()
            .prop_map(|text| Some(text.trim().to_owned()).filter(|text| !text.is_empty()))
    };
    (text(), text(), text(), text(), prop::option::of(1u64..), own_fields()).prop_map(
        |(title, source, url, description, total, own)| Archive {
            given_name: ArchiveName::default(),
            title,
            source,
            url,
            description,
            total,
            own,
        },
    )
}

/// The record with its values grouped by field.
pub(crate) fn grouped(mut record: Record) -> Record {
    record.own.sort_by(|(one, _), (other, _)| one.cmp(other));
    record.values.sort_by_key(|(field, _)| *field);
    record
}

proptest! {
    #[test]
    fn archive_files_round_trip(archive in archive(), records in prop::collection::vec(record(), 0..5)) {
        let records: Vec<_> = records.into_iter().filter(|record| *record != Record::default()).collect();
        let mut bytes = Vec::new();
        write::archive_toml::write(&mut bytes, &archive, &records).unwrap();
        let mut collected = CollectingSink::default();
        read::read("a.toml", None, &mut bytes.as_slice(), &mut collected).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        let errors = collected.problems.iter().filter(|problem| problem.severity == Severity::Error);
        prop_assert_eq!(errors.count(), 0, "{:?}\n{}", collected.problems, text);
        let group = |records: &[Record]| records.iter().cloned().map(grouped).collect::<Vec<_>>();
        prop_assert_eq!(group(&collected.records), group(&records), "{}", text);
        prop_assert_eq!(grouped(Record { own: collected.archive.own.clone(), ..Record::default() }).own,
            grouped(Record { own: archive.own.clone(), ..Record::default() }).own);
        prop_assert_eq!(Archive { own: Vec::new(), ..collected.archive.clone() }, Archive { own: Vec::new(), ..archive });
        let mut rewritten = Vec::new();
        write::archive_toml::write(&mut rewritten, &collected.archive, &collected.records).unwrap();
        prop_assert_eq!(String::from_utf8_lossy(&rewritten), text);
    }
}

/// Keeps everything that a parser delivers, in its order.
#[derive(Debug, Default)]
pub(crate) struct CollectingSink {
    pub(crate) archive: Archive,
    pub(crate) records: Vec<Record>,
    pub(crate) problems: Vec<Problem>,
}

impl Sink for CollectingSink {
    fn start_page(&mut self, page: PageStart) {
        self.archive = page.archive;
    }

    fn add_record(&mut self, record: Record) {
        self.records.push(record);
    }

    fn add_part(&mut self, part: RecordPart) {
        part.read(&mut ParserCache::default(), self);
    }

    fn report(&mut self, problem: Problem) {
        self.problems.push(problem);
    }
}

/// Runs `fonds convert`. Returns the outcome or error, standard output, and the messages.
fn convert(inputs: &[&Path], output: Option<&Path>, force: bool) -> (String, String, String) {
    let inputs = inputs.iter().map(|path| path.to_path_buf()).collect();
    let convert = ConvertJob {
        inputs,
        output: output.map(Path::to_path_buf),
        force,
        ..ConvertJob::default()
    };
    let (mut out, mut errors) = (Vec::new(), Vec::new());
    let outcome = convert::run_job(&convert, &mut out, &mut errors);
    let outcome = outcome.map_or_else(|error| error.to_string(), |outcome| format!("{outcome:?}"));
    (outcome, String::from_utf8(out).unwrap(), String::from_utf8(errors).unwrap())
}

const FIRST: &str = "1 - 1 of 2\n\nMay 3, 1954\n\nA\n\nZ\n";
const SECOND: &str = "2 - 2 of 2\n\nMay 4, 1954\n\nB\n\nZ\n";

#[test]
fn convert_adds_pages_to_an_archive_file() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let (first, second, archive) = (at("1.txt"), at("2.txt"), at("archive.toml"));
    fs::write(&first, FIRST).unwrap();
    fs::write(&second, SECOND).unwrap();

    assert_eq!(convert(&[&second], Some(&archive), false).0, "Success");
    let (outcome, ..) = convert(&[&first], Some(&archive), false);
    assert_eq!(
        outcome,
        format!("{}: this file exists already: --force replaces it", archive.display())
    );
    let through_the_folder = folder.path().join(".").join("archive.toml");
    assert_eq!(convert(&[&archive, &first], Some(&through_the_folder), false).0, "Success");
    let (outcome, merged_toml, messages) = convert(&[&first, &second], Some(Path::new("-")), false);
    assert_eq!((outcome.as_str(), messages.as_str()), ("Success", ""));
    assert_eq!(fs::read_to_string(&archive).unwrap(), merged_toml);
    assert!(merged_toml.find("\"A\"") < merged_toml.find("\"B\""), "{merged_toml}");
    assert_eq!(convert(&[&first], Some(&archive), true).0, "Success");
    assert_ne!(fs::read_to_string(&archive).unwrap(), merged_toml);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 3, "no temporary file is left");
}

#[test]
fn convert_shows_progress_on_one_line() {
    let folder = tempfile::tempdir().unwrap();
    let (many, to) = (folder.path().join("many.jsonl"), folder.path().join("many.toml"));
    fs::write(&many, "{\"title\":\"Cable\"}\n".repeat(5000)).unwrap();
    let progress = |output| {
        let convert = ConvertJob {
            inputs: vec![many.clone()],
            output,
            progress: true,
            ..ConvertJob::default()
        };
        let (mut out, mut errors) = (Vec::new(), Vec::new());
        convert::run_job(&convert, &mut out, &mut errors).unwrap();
        String::from_utf8(errors).unwrap()
    };
    let to_a_file = progress(Some(to));
    let shown: Vec<&str> = to_a_file.split("\r\x1b[K").collect();
    assert!(shown.contains(&"4096 of 5000 records written"), "{to_a_file:?}");
    assert_eq!(shown.last(), Some(&""), "the line is erased: {to_a_file:?}");
    assert!(!progress(None).contains("written"), "records and progress would be mixed");
}

#[test]
fn archive_file_with_errors_is_not_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let (broken, page, gone, fresh) =
        (at("archive.toml"), at("2.txt"), at("3.txt"), at("new.toml"));
    let text = "[[record]]\ntitle = 'A'\n[[record]]\ntitle = {}\n";
    fs::write(&broken, text).unwrap();
    fs::write(&page, SECOND).unwrap();

    let empty = at("empty");
    fs::create_dir(&empty).unwrap();
    let (outcome, _, messages) = convert(&[&broken, &page, &gone, &empty], Some(&broken), true);
    assert_eq!(outcome, "Failure");
    let [broken_name, gone_name, folder_name] =
        [&broken, &gone, &empty].map(|path| path.display().to_string());
    assert_eq!(
        messages,
        format!(
            "{folder_name}: there is no file in this folder\n\
             {broken_name}:3:1: this record was left out: it has no field\n\
             {gone_name}: there is no such file\n\
             {broken_name}: left unchanged, because not everything could be read\n"
        )
    );
    assert_eq!(fs::read_to_string(&broken).unwrap(), text);
    assert_eq!(convert(&[&broken, &page], Some(&fresh), false).0, "Failure");
    assert_eq!(read("new.toml", &fs::read(&fresh).unwrap()).records.len(), 2);
    let (outcome, out, messages) = convert(&[&gone], None, false);
    assert_eq!((outcome.as_str(), out.as_str()), ("Failure", ""));
    assert_eq!(
        messages,
        format!(
            "{gone_name}: there is no such file
"
        )
    );
}

#[test]
fn converted_records_of_two_archives_name_their_archive() {
    let folder = tempfile::tempdir().unwrap();
    let files = ["One", "Two"].map(|name| {
        let path = folder.path().join(name);
        fs::write(&path, format!("[archive]\ntitle = '{name}'\n[[record]]\ntitle = 'A'\n"))
            .unwrap();
        path
    });
    let (outcome, out, messages) = convert(&[&files[0], &files[1]], None, false);
    let record = |archive| format!("\n[[record]]\ntitle = \"A\"\nrepository = \"{archive}\"\n");
    assert_eq!(
        (outcome.as_str(), out),
        ("Success", format!("[archive]\n{}{}", record("One"), record("Two")))
    );
    assert_eq!(
        messages,
        "fonds convert: toml has no place for the descriptions of 2 archives: the title of each is kept \
         as the repository of its records, or as the collection of those that name theirs\n"
    );
}

/// Two archives, and the citations of their records before and after they are joined to one file.
#[test]
fn joined_archives_are_cited_as_before() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        path
    };
    let record = "[[record]]\ntitle = 'Diary'\ncreator = 'Roth, Ida'\ndate = '1945'\n";
    let one = write("one.toml", &format!("[archive]\ntitle = 'Lake Archive'\n{record}"));
    let two = write(
        "two.toml",
        &format!("[archive]\ntitle = 'Roth papers'\nsource = 'Hill Archive'\n{record}box = '3'\n"),
    );
    let three = write(
        "three.xml",
        "<ead><eadheader><eadid>x</eadid></eadheader><archdesc level='collection'><did><unittitle>Kern papers</unittitle>\
         <repository>Town Archive</repository></did><dsc><c><did><unittitle>Map</unittitle></did></c></dsc></archdesc></ead>",
    );
    let files = [&one, &two, &three];
    let cite = |files: &[&PathBuf]| {
        let mut pages = PageMerger::new();
        for file in files {
            let bytes = fs::read(file).unwrap();
            read::read(&file.display().to_string(), None, &mut &*bytes, &mut pages).unwrap();
        }
        let merged = pages.finish();
        let cite = |sourced: &SourcedRecord| {
            let archive = merged.archives.get(sourced.archive.index());
            Style::ChicagoNote.cite(&sourced.record, archive)
        };
        merged.records.iter().map(cite).collect::<Vec<String>>()
    };
    let before = cite(&files);
    assert_eq!(
        before,
        [
            "Ida Roth, Diary, 1945, Lake Archive.",
            "Ida Roth, Diary, 1945, box 3, Roth papers, Hill Archive.",
            "Kern papers, Town Archive.",
            "Map, n.d., Kern papers, Town Archive.",
        ]
    );
    for ending in ["toml", "csv", "jsonl"] {
        let joined = folder.path().join(format!("joined.{ending}"));
        convert(&files.map(PathBuf::as_path), Some(&joined), false);
        assert_eq!(cite(&[&joined]), before, "{ending}");
    }
}

#[cfg(unix)]
#[test]
fn atomic_write_keeps_symlinks_permissions_and_pipes() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let (real, link, new) = (at("real.toml"), at("link.toml"), at("new.toml"));
    fs::write(&real, "old").unwrap();
    fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).unwrap();
    symlink("real.toml", &link).unwrap();
    symlink("new.toml", at("dangling.toml")).unwrap();
    let write = |path: &Path, text: &str| {
        files::write_atomically(path, IfExists::Replace, Privacy::Shared, |out| {
            out.write_all(text.as_bytes())
        })
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

    let failed = files::write_atomically(&real, IfExists::Replace, Privacy::Shared, |out| {
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
