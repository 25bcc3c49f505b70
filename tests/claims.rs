//! A saved mark belongs to the record that it was made on, whatever happens to the files.

use std::fs;
use std::path::{Path, PathBuf};

use fonds::formats::read::ReadOptions;
use fonds::load::{self, Input};
use fonds::store::{RecordNumber, Store};
use fonds::tui::runtime::saved_marks::{SavedEntry, SavedMarks, new_entries};
use fonds::userdata::marks_file::MarksLocation;
use tempfile::TempDir;

/// A folder with files, and the marks that were made on their records.
struct Desk {
    folder: TempDir,
    saved: SavedMarks,
}

/// What became of the marks: the summaries of the marked records, and how many are unclaimed.
#[derive(Debug, PartialEq, Eq)]
struct Outcome {
    marked: Vec<String>,
    unclaimed: usize,
    changed: usize,
}

/// An outcome in which these records are marked, and nothing else happened.
fn marked(summaries: &[&str]) -> Outcome {
    let marked = summaries.iter().map(|it| (*it).to_owned()).collect();
    Outcome { marked, unclaimed: 0, changed: 0 }
}

impl Desk {
    fn new() -> Desk {
        Desk { folder: tempfile::tempdir().unwrap(), saved: SavedMarks::default() }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file.
    fn write(&self, name: &str, text: &str) {
        fs::create_dir_all(self.path(name).parent().unwrap()).unwrap();
        fs::write(self.path(name), text).unwrap();
    }

    fn open(&self, names: &[&str]) -> Store {
        let inputs: Vec<Input> = names.iter().map(|name| Input::Path(self.path(name))).collect();
        load::read_all(&inputs, &ReadOptions::default()).0
    }

    /// Marks the record with this summary.
    fn mark(&mut self, names: &[&str], summary: &str) {
        let store = self.open(names);
        let number = numbers(&store).find(|number| self::summary(&store, *number) == summary);
        let mut entry = new_entries(&store, &[number.unwrap()]).remove(0);
        entry.marked = true;
        self.saved.entries.push(SavedEntry { path: PathBuf::new(), entry });
    }

    /// Opens files and finds the marks again.
    fn find(&self, names: &[&str]) -> Outcome {
        let store = self.open(names);
        let found = self.saved.find_records(&store);
        let marked = found.user_marks.marked.iter().map(|number| summary(&store, number));
        let (unclaimed, changed) = (found.unclaimed.len(), found.user_marks.changed.len());
        Outcome { marked: marked.collect(), unclaimed, changed }
    }
}

fn numbers(store: &Store) -> impl Iterator<Item = RecordNumber> {
    (0..u32::try_from(store.len()).unwrap()).map(RecordNumber)
}

fn summary(store: &Store, number: RecordNumber) -> String {
    let record = store.record(number).unwrap();
    record.first(fonds::record::Field::Summary).unwrap_or_default().to_owned()
}

/// A record as a line of JSON.
fn line(id: &str, date: &str, title: &str, summary: &str) -> String {
    let id = if id.is_empty() { String::new() } else { format!("\"id\":\"{id}\",") };
    format!("{{{id}\"date\":\"{date}\",\"title\":\"{title}\",\"summary\":\"{summary}\"}}\n")
}

/// A table of an archive file with two records; the header may name the archive.
fn archive(header: &str) -> String {
    format!(
        "{header}[[record]]\nposition = 1\ndate = '2 March 1951'\ntitle = 'Letter of Ilse Brandt'\n\
         summary = 'Asks for the ferry.'\n[[record]]\nposition = 2\ndate = '9 March 1951'\n\
         title = 'Reply of the office'\nsummary = 'Refuses.'\n"
    )
}

#[test]
fn same_id_in_another_file_is_another_record() {
    let mut desk = Desk::new();
    desk.write("a/export.jsonl", &line("1", "1950", "Ferry", "of a"));
    desk.write("b/export.jsonl", &line("1", "1960", "Harbour", "of b"));
    desk.mark(&["a/export.jsonl"], "of a");
    assert_eq!(desk.find(&["a/export.jsonl"]), marked(&["of a"]));
    let other = desk.find(&["b/export.jsonl"]);
    assert_eq!(other, Outcome { marked: Vec::new(), unclaimed: 1, changed: 0 });
}

#[test]
fn order_of_files_does_not_matter() {
    let mut desk = Desk::new();
    desk.write("a.jsonl", &line("1", "1950", "Ferry", "of a"));
    desk.write("b.jsonl", &line("1", "1960", "Harbour", "of b"));
    desk.mark(&["a.jsonl", "b.jsonl"], "of b");
    assert_eq!(desk.find(&["b.jsonl", "a.jsonl"]), marked(&["of b"]));
    assert_eq!(desk.find(&["a.jsonl"]).marked, [""; 0]);
}

#[test]
fn record_put_in_front_does_not_take_the_mark() {
    let mut desk = Desk::new();
    let (first, second) =
        (line("1", "1950", "Ferry", "first"), line("1", "1951", "Boat", "second"));
    desk.write("a.jsonl", &(first.clone() + &second));
    desk.mark(&["a.jsonl"], "second");
    desk.write("a.jsonl", &(line("1", "1949", "Map", "new") + &first + &second));
    assert_eq!(desk.find(&["a.jsonl"]), marked(&["second"]));
}

#[test]
fn archive_that_gets_a_name_keeps_its_marks() {
    for header in ["[archive]\ntitle = 'Lake Orla'\n", "[archive]\nurl = 'https://orla.example/'\n"]
    {
        let mut desk = Desk::new();
        desk.write("archive.toml", &archive(""));
        desk.mark(&["archive.toml"], "Refuses.");
        desk.write("archive.toml", &archive(header));
        assert_eq!(desk.find(&["archive.toml"]), marked(&["Refuses."]), "{header}");
    }
}

#[test]
fn renamed_moved_and_converted_files_keep_their_marks() {
    let mut desk = Desk::new();
    let summary = "Asks for the return of the ferry before the ice of the lake breaks.";
    let text = line("", "2 March 1951", "Letter of Ilse Brandt", summary);
    desk.write("a.jsonl", &text);
    desk.mark(&["a.jsonl"], summary);
    desk.write("renamed.jsonl", &text);
    desk.write("moved/a.jsonl", &text);
    desk.write("joined.jsonl", &(line("", "1949", "Map", "other") + &text));
    let toml = format!(
        "[[record]]\ndate = '2 March 1951'\ntitle = 'Letter of Ilse Brandt'\nsummary = '{summary}'\n"
    );
    desk.write("converted.toml", &toml);
    desk.write(
        "table.csv",
        &format!("title,date,summary\nLetter of Ilse Brandt,2 March 1951,{summary}\n"),
    );
    fs::remove_file(desk.path("a.jsonl")).unwrap();
    for name in ["renamed.jsonl", "moved/a.jsonl", "joined.jsonl", "converted.toml", "table.csv"] {
        assert_eq!(desk.find(&[name]), marked(&[summary]), "{name}");
    }
}

#[test]
fn short_records_of_a_file_that_is_gone_are_found_again() {
    for (id, date, title) in [("1", "1951", "Ferry"), ("", "1951", "Ferry"), ("", "", "Ferry")] {
        let mut desk = Desk::new();
        let text = line(id, date, title, "of 1") + &line("2", "1952", "Ferry", "of 2");
        desk.write("a.jsonl", &text);
        desk.mark(&["a.jsonl"], "of 1");
        fs::rename(desk.path("a.jsonl"), desk.path("b.jsonl")).unwrap();
        assert_eq!(desk.find(&["b.jsonl"]), marked(&["of 1"]), "{id} {date} {title}");
        desk.write("a.jsonl", &line("9", "1960", "Harbour", "other"));
        assert_eq!(desk.find(&["b.jsonl"]).marked, [""; 0], "{id} {date} {title}");
    }
}

#[test]
fn record_whose_text_changes_keeps_its_mark() {
    for (id, date, title, summary, changed) in [
        ("", "1951", "Letter of Brandt", "new summary", 0),
        ("", "1951", "Letter of Ilse Brandt, corrected", "summary", 1),
        ("", "March 1951", "Letter of Brandt", "summary", 1),
        ("7", "1951", "Letter of Brandt", "new summary", 0),
        ("7", "1951", "Letter of Ilse Brandt, corrected", "other summary", 1),
        ("7", "March 1951", "Letter of Brandt", "other summary", 1),
    ] {
        let mut desk = Desk::new();
        let other = line("8", "1960", "Harbour", "other");
        desk.write("a.jsonl", &(line(id, "1951", "Letter of Brandt", "summary") + &other));
        desk.mark(&["a.jsonl"], "summary");
        desk.write("a.jsonl", &(other + &line(id, date, title, summary)));
        let expected = Outcome { changed, ..marked(&[summary]) };
        assert_eq!(desk.find(&["a.jsonl"]), expected, "{id} {date} {title} {summary}");
    }
}

#[test]
fn record_that_is_quite_different_is_another_one() {
    for (id, date, title, summary) in [
        ("", "1960", "Harbour", "summary"),
        ("", "1951", "Harbour", "other"),
        ("7", "1960", "Harbour", "other"),
        ("9", "1951", "Letter of Brandt", "summary"),
    ] {
        let mut desk = Desk::new();
        let marked_id = if id == "9" { "7" } else { id };
        desk.write("a.jsonl", &line(marked_id, "1951", "Letter of Brandt", "summary"));
        desk.mark(&["a.jsonl"], "summary");
        desk.write("a.jsonl", &line(id, date, title, summary));
        let expected = Outcome { marked: Vec::new(), unclaimed: 1, changed: 0 };
        assert_eq!(desk.find(&["a.jsonl"]), expected, "{id} {date} {title} {summary}");
    }
}

#[test]
fn short_descriptions_prove_nothing_in_another_file() {
    for (id, date, title) in [("", "", "Letter"), ("1", "", "Letter"), ("", "1951", "Letter")] {
        let mut desk = Desk::new();
        desk.write("a.jsonl", &line(id, date, title, ""));
        desk.write("b.jsonl", &line(id, date, title, ""));
        desk.mark(&["a.jsonl"], "");
        assert_eq!(desk.find(&["b.jsonl"]).marked, [""; 0], "{id} {date} {title}");
        assert_eq!(desk.find(&["a.jsonl"]).marked.len(), 1, "{id} {date} {title}");
    }
}

#[test]
fn equal_records_are_told_apart_by_their_order() {
    let mut desk = Desk::new();
    let twin = line("", "1951", "Letter", "the same");
    desk.write("a.jsonl", &(twin.clone() + &line("", "1952", "Map", "other") + &twin));
    let store = desk.open(&["a.jsonl"]);
    let mut entry = new_entries(&store, &[RecordNumber(2)]).remove(0);
    assert_eq!(entry.repetition, 1);
    entry.marked = true;
    desk.saved.entries.push(SavedEntry { path: PathBuf::new(), entry });
    let found = desk.saved.find_records(&desk.open(&["a.jsonl"]));
    assert_eq!(found.user_marks.marked.iter().collect::<Vec<_>>(), [RecordNumber(2)]);
}

#[test]
fn marks_are_found_in_the_files_of_any_archive() {
    let desk = Desk::new();
    let location = MarksLocation::new(Some(Path::new("/nowhere/marks.toml")));
    assert!(SavedMarks::load(&location).unwrap().entries.is_empty());
    assert_eq!(desk.find(&[]), marked(&[]));
}
