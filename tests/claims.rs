//! A saved mark belongs to the record that it was made on, whatever happens to the files.

use std::fs;
use std::path::{Path, PathBuf};

use fonds::formats::read::ReadOptions;
use fonds::load::{self, Input};
use fonds::query::RecordHandle;
use fonds::store::Store;
use fonds::tui::runtime::saved_marks::{Extent, SavedEntry, SavedMarks, new_entries};
use fonds::userdata::mark_entry::MarkEntry;
use fonds::userdata::marks_file::MarksLocation;
use proptest::prelude::*;
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
        let found = self.saved.find_records(&store, Extent::All);
        let marked = found.user_marks.marked.iter().map(|number| summary(&store, number));
        let (unclaimed, changed) = (found.unclaimed.len(), found.user_marks.changed.len());
        Outcome { marked: marked.collect(), unclaimed, changed }
    }
}

fn numbers(store: &Store) -> impl Iterator<Item = RecordHandle> {
    (0..u32::try_from(store.len()).unwrap()).map(RecordHandle)
}

fn summary(store: &Store, number: RecordHandle) -> String {
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
    let mut entry = new_entries(&store, &[RecordHandle(2)]).remove(0);
    assert_eq!(entry.repetition, 1);
    entry.marked = true;
    desk.saved.entries.push(SavedEntry { path: PathBuf::new(), entry });
    let found = desk.saved.find_records(&desk.open(&["a.jsonl"]), Extent::All);
    assert_eq!(found.user_marks.marked.iter().collect::<Vec<_>>(), [RecordHandle(2)]);
}

#[test]
fn marks_are_found_in_the_files_of_any_archive() {
    let desk = Desk::new();
    let location = MarksLocation::new(Some(Path::new("/nowhere/marks.toml")));
    assert!(SavedMarks::load(&location).unwrap().entries.is_empty());
    assert_eq!(desk.find(&[]), marked(&[]));
}

/// A record of an archive file: its id (0 for none), the numbers of its title and date, and its summary.
#[derive(Clone, Debug)]
struct Described {
    id: usize,
    title: usize,
    date: usize,
    summary: String,
}

/// The text of an archive file with these records.
fn archive_file<'r>(header: &str, records: impl Iterator<Item = &'r Described>) -> String {
    let titles = ["Letter", "Letter.", "Map of the ferry at the northern harbour", ""];
    let dates = ["1951", "2 March 1951", ""];
    let text = records.map(|Described { id, title, date, summary }| {
        let id = if *id == 0 { String::new() } else { format!("id = '{id}'\n") };
        let (title, date) = (titles[*title], dates[*date]);
        format!("[[record]]\n{id}title = '{title}'\ndate = '{date}'\nsummary = '{summary}'\n")
    });
    format!("{header}{}", text.collect::<String>())
}

impl Desk {
    /// Writes a note on every record: its own summary.
    fn note_all(&mut self, names: &[&str]) {
        let store = self.open(names);
        let numbers: Vec<RecordHandle> = numbers(&store).collect();
        for (number, mut entry) in numbers.iter().zip(new_entries(&store, &numbers)) {
            entry.note = Some(summary(&store, *number));
            self.saved.entries.push(SavedEntry { path: PathBuf::new(), entry });
        }
    }

    /// The summaries of the records with a note, sorted, after checking that each note is on its record.
    fn noted(&self, names: &[&str]) -> Vec<String> {
        let store = self.open(names);
        let found = self.saved.find_records(&store, Extent::All);
        let mut noted: Vec<String> = Vec::new();
        for (number, note) in &found.user_marks.notes {
            assert_eq!(summary(&store, *number), note.as_ref(), "{names:?}");
            noted.push(note.as_ref().to_owned());
        }
        noted.sort();
        noted
    }

    /// Replaces files by others, and returns the summaries of the records with a note in the new ones.
    fn noted_after(&mut self, old: &[(&str, String)], new: &[(&str, String)]) -> Vec<String> {
        for (name, text) in old {
            self.write(name, text);
        }
        self.note_all(&old.iter().map(|it| it.0).collect::<Vec<_>>());
        for (name, _) in old {
            fs::remove_file(self.path(name)).unwrap();
        }
        for (name, text) in new {
            self.write(name, text);
        }
        self.noted(&new.iter().map(|it| it.0).collect::<Vec<_>>())
    }
}

/// The saved marks with these entries.
fn saved_marks(entries: impl IntoIterator<Item = MarkEntry>) -> SavedMarks {
    let mut saved = SavedMarks::default();
    let entries = entries.into_iter().map(|entry| SavedEntry { path: PathBuf::new(), entry });
    saved.entries.extend(entries);
    saved
}

/// Six records that look much alike.
fn six_records(with_ids: bool) -> Vec<Described> {
    let looks = [(0, 0), (0, 0), (1, 0), (0, 1), (2, 1), (2, 1)];
    let record = |(number, (title, date)): (usize, (usize, usize))| Described {
        id: if with_ids { number + 1 } else { 0 },
        title,
        date,
        summary: format!("{}", number + 1),
    };
    looks.into_iter().enumerate().map(record).collect()
}

#[test]
fn notes_follow_their_records_into_split_joined_and_reordered_files() {
    for (with_ids, header) in [
        (true, ""),
        (false, ""),
        (true, "[archive]\ntitle = 'Lake Orla'\n"),
        (false, "[archive]\ntitle = 'Lake Orla'\n"),
    ] {
        let records = six_records(with_ids);
        let file =
            |name, records: &[&Described]| (name, archive_file(header, records.iter().copied()));
        let [first, second, third, fourth, fifth, last] = &records[..] else { unreachable!() };
        let whole = [file("whole.toml", &[first, second, third, fourth, fifth, last])];
        let reordered = [file("whole.toml", &[last, third, second, fifth, first, fourth])];
        let parts =
            [file("1.toml", &[first, second, third]), file("2.toml", &[fourth, fifth, last])];
        let mixed =
            [file("2.toml", &[last, second, fourth]), file("3.toml", &[fifth, third, first])];
        let layouts = [&whole[..], &reordered, &parts, &mixed];
        for (old, new) in layouts.iter().flat_map(|old| layouts.map(|new| (old, new))) {
            let mut desk = Desk::new();
            let noted = desk.noted_after(old, new);
            assert_eq!(noted, ["1", "2", "3", "4", "5", "6"], "{with_ids} {old:?} {new:?}");
            for (name, text) in new {
                if old.iter().any(|(old_name, _)| new.iter().any(|(name, _)| name == old_name)) {
                    // A part is recognised alone only if its records cannot still be in the other one.
                    continue;
                }
                let expected = text.lines().filter_map(|it| it.strip_prefix("summary = '"));
                let mut expected: Vec<&str> =
                    expected.map(|it| it.trim_end_matches('\'')).collect();
                expected.sort_unstable();
                assert_eq!(desk.noted(&[name]), expected, "{with_ids} {old:?} {new:?} {name}");
            }
        }
    }
}

/// Any records, some of which look alike, each with its own summary.
fn any_records() -> impl Strategy<Value = Vec<Described>> {
    let look = (0..3_usize, 0..4_usize, 0..3_usize);
    prop::collection::vec(look, 1..12).prop_map(|looks| {
        let record = |(number, (id, title, date))| Described {
            id,
            title,
            date,
            summary: format!("record {number}"),
        };
        looks.into_iter().enumerate().map(record).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn notes_never_stand_on_another_record(
        records in any_records(),
        old_files in prop::collection::vec(0..3_usize, 12),
        new_files in prop::collection::vec(0..3_usize, 12),
        order in Just((0..12_usize).collect::<Vec<_>>()).prop_shuffle(),
        has_archive in any::<bool>(),
        names_stay in any::<bool>(),
    ) {
        let header = if has_archive { "[archive]\ntitle = 'Lake Orla'\n" } else { "" };
        let old_names = ["a.toml", "b.toml", "c.toml"];
        let new_names = if names_stay { old_names } else { ["d.toml", "e.toml", "f.toml"] };
        let text = |file: usize, files: &[usize], order: &[usize]| {
            let numbers = order.iter().filter(|at| **at < records.len() && files[**at] == file);
            archive_file(header, numbers.map(|at| &records[*at]))
        };
        let unordered: Vec<usize> = (0..12).collect();
        let old = [0, 1, 2].map(|file| (old_names[file], text(file, &old_files, &unordered)));
        let new = [0, 1, 2].map(|file| (new_names[file], text(file, &new_files, &order)));
        let with_records = |files: [(&'static str, String); 3]| -> Vec<(&'static str, String)> {
            files.into_iter().filter(|(_, text)| text.contains("[[record]]")).collect()
        };
        let noted = Desk::new().noted_after(&with_records(old), &with_records(new));
        // A record without id and title that is short proves nothing in another file.
        let is_provable = |it: &&Described| it.id > 0 || it.title != 3;
        let mut expected: Vec<String> =
            records.iter().filter(is_provable).map(|it| it.summary.clone()).collect();
        expected.sort();
        for summary in expected {
            prop_assert!(noted.contains(&summary), "{} in {:?}", summary, noted);
        }
    }
}

#[test]
fn records_that_differ_in_letters_only_are_told_apart() {
    let desk = Desk::new();
    let titles = ["Letter to Anna", "letter to anna", "Letter, to Anna."];
    let text: String = titles.iter().map(|title| line("", "1951", title, "")).collect();
    desk.write("a.jsonl", &text);
    for number in 0..3 {
        let store = desk.open(&["a.jsonl"]);
        let mut entry = new_entries(&store, &[RecordHandle(number)]).remove(0);
        entry.marked = true;
        let saved = saved_marks([entry]);
        let found = saved.find_records(&store, Extent::All).user_marks.marked;
        assert_eq!(found.iter().collect::<Vec<_>>(), [RecordHandle(number)]);
    }
}

#[test]
fn equal_records_of_several_files_keep_their_marks() {
    let twin = line("", "1951", "Letter", "the same");
    for (a, b, number) in [(1, 2, 1), (1, 2, 2), (2, 3, 3), (3, 1, 3)] {
        let desk = Desk::new();
        desk.write("a.jsonl", &twin.repeat(a));
        desk.write("b.jsonl", &twin.repeat(b));
        let store = desk.open(&["a.jsonl", "b.jsonl"]);
        let mut entry = new_entries(&store, &[RecordHandle(number)]).remove(0);
        entry.marked = true;
        let saved = saved_marks([entry]);
        let marked = |names: &[&str]| -> Vec<u32> {
            let found = saved.find_records(&desk.open(names), Extent::All).user_marks.marked;
            found.iter().map(|it| it.0).collect()
        };
        let in_b = number - u32::try_from(a).unwrap();
        assert_eq!(marked(&["a.jsonl", "b.jsonl"]), [number], "{a} {b}");
        assert_eq!(marked(&["b.jsonl"]), [in_b], "{a} {b}");
        assert_eq!(marked(&["b.jsonl", "a.jsonl"]), [in_b], "{a} {b}");
    }
}

#[test]
fn many_marks_on_records_that_look_alike_are_found_soon() {
    let desk = Desk::new();
    // Quadratic time would be minutes here.
    let text: String =
        (0..20_000).map(|at| line("", "1951", &format!("Letter {at}"), "x")).collect();
    desk.write("a.jsonl", &text);
    let store = desk.open(&["a.jsonl"]);
    let numbers: Vec<RecordHandle> = numbers(&store).collect();
    let entries = new_entries(&store, &numbers).into_iter();
    let saved = saved_marks(entries.map(|entry| MarkEntry { marked: true, ..entry }));
    let found = saved.find_records(&store, Extent::All);
    assert_eq!(found.user_marks.marked.len(), 20_000);
    assert!(found.records.iter().all(|(entry, number)| *entry == number.0 as usize));
}

#[test]
fn mark_does_not_go_to_a_lookalike_when_its_record_is_deleted() {
    let archive = "[archive]\ntitle = 'Lake Orla'\n";
    let same_id = "id = '1'\ntitle = 'Letter'\ndate = '1951'\n";
    let other_with_same_id = "id = '1'\ntitle = 'Map'\ndate = '1960'\n";
    let no_id = "title = 'Letter'\ndate = '1951'\n";
    let other_date = "title = 'Letter'\ndate = '1952'\npeople = ['Ilse Brandt']\n";
    let other_title = "title = 'Map'\ndate = '1951'\npeople = ['Ilse Brandt']\n";
    let both = "title = 'Letter'\ndate = '1951'\npeople = ['Ilse Brandt']\n";
    for (stays, deleted) in [
        (format!("{same_id}summary = 'stays'"), format!("{same_id}summary = 'deleted'")),
        (format!("{other_with_same_id}summary = 'stays'"), format!("{same_id}summary = 'deleted'")),
        (format!("{no_id}summary = 'stays'"), format!("{no_id}summary = 'deleted'")),
        (other_date.to_owned(), both.to_owned()),
        (other_title.to_owned(), both.to_owned()),
    ] {
        for header in ["", archive] {
            let mut desk = Desk::new();
            let record = |text: &str| format!("[[record]]\n{text}\n");
            let (stays, deleted) = (record(&stays), record(&deleted));
            desk.write("a.toml", &format!("{header}{stays}{deleted}"));
            let store = desk.open(&["a.toml"]);
            let mut entry = new_entries(&store, &[RecordHandle(1)]).remove(0);
            entry.marked = true;
            desk.saved.entries.push(SavedEntry { path: PathBuf::new(), entry });
            assert_eq!(desk.find(&["a.toml"]).marked.len(), 1);
            desk.write("a.toml", &format!("{header}{stays}"));
            let expected = Outcome { marked: Vec::new(), unclaimed: 1, changed: 0 };
            assert_eq!(desk.find(&["a.toml"]), expected, "{header}{stays}{deleted}");
        }
    }
}

#[test]
fn record_that_moves_between_open_files_keeps_its_mark() {
    let mut desk = Desk::new();
    let (one, two, three) = (
        line("1", "1951", "Letter", "1"),
        line("2", "1951", "Letter", "2"),
        line("", "", "Map", "3"),
    );
    desk.write("a.jsonl", &format!("{one}{two}{three}"));
    desk.mark(&["a.jsonl"], "2");
    desk.mark(&["a.jsonl"], "3");
    desk.write("a.jsonl", &one);
    desk.write("b.jsonl", &format!("{three}{two}"));
    assert_eq!(desk.find(&["a.jsonl", "b.jsonl"]), marked(&["3", "2"]));
    // The records may still be in the other file, which is not open.
    assert_eq!(desk.find(&["b.jsonl"]).marked, [""; 0]);
    assert_eq!(desk.find(&["a.jsonl"]).unclaimed, 2);
}

#[test]
fn old_entry_of_a_record_that_is_read_differently_is_found_by_its_title() {
    let header = "[archive]\ntitle = 'Lake Orla'\n";
    let title = "Letter of Ilse Brandt to the office";
    let old = |archive: &str, title: &str| MarkEntry {
        archive: archive.to_owned(),
        title: title.to_owned(),
        legacy: Some(fonds::record::RecordKey::Content(7)),
        marked: true,
        ..MarkEntry::default()
    };
    let record = |title: &str, more: &str| format!("[[record]]\ntitle = '{title}'\n{more}\n");
    let cases = [
        ("Lake Orla", title, record(title, ""), 1),
        ("Lake Orla", title, record(title, "id = '1'"), 0),
        ("Lake Orla", title, record(title, "") + &record(title, "date = '1951'"), 0),
        ("Lake Orla", "Letter", record("Letter", ""), 0),
        ("", title, record(title, ""), 0),
        ("Lake Aber", title, record(title, ""), 0),
    ];
    for (archive, title, records, expected) in cases {
        let desk = Desk::new();
        desk.write("archive.toml", &format!("{header}{records}"));
        let store = desk.open(&["archive.toml"]);
        let found = saved_marks([old(archive, title)]).find_records(&store, Extent::All);
        assert_eq!(found.user_marks.changed.len(), expected, "{archive} {records}");
        assert_eq!(found.user_marks.marked.len(), expected, "{archive} {records}");
    }
    let desk = Desk::new();
    desk.write("archive.toml", &format!("{header}{}", record(title, "")));
    let store = desk.open(&["archive.toml"]);
    let two = saved_marks([old("Lake Orla", title), old("Lake Orla", title)]);
    assert_eq!(two.find_records(&store, Extent::All).user_marks.marked.len(), 0);
}
