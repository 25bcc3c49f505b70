//! The limit of the memory that records take (`docs/limits.md`): what is beyond it is left out and said.

use fonds::formats::read::{self, ReadOptions};
use fonds::load;
use fonds::load::page_merger::PageMerger;

use crate::program::TestFolder;

/// Files of tiny records: the name, the beginning, and what is repeated.
const TINY_RECORDS: [(&str, &str, &str); 12] = [
    ("a.csv", "title,date\n", "t,1\n"),
    ("a.tsv", "title\tdate\n", "t\t1951\n"),
    ("a.jsonl", "", "{\"title\":\"t\"}\n"),
    ("a.json", "[", "{\"title\":\"t\"},\n"),
    ("foreign.json", "{\"docs\":[", "{\"heading\":\"t\",\"created\":\"1951\"},\n"),
    ("a.xml", "<ls>", "<l><title>t</title><date>1951</date></l>\n"),
    ("a.ris", "", "TY  - BOOK\nTI  - t\nER  - \n"),
    ("a.bib", "", "@book{x,title={t}}\n"),
    ("a.toml", "", "[[record]]\ntitle=\"t\"\n"),
    ("a.yaml", "", "- title: t\n  date: 1951\n"),
    ("a.html", "<table><tr><th>Title<th>Date", "<tr><td>t<td>1951"),
    ("a.txt", "1 - 1 of 1\n\n", "July 1, 1945\n\nA letter\n\n"),
];

#[test]
fn records_beyond_the_memory_are_left_out_and_said() {
    const COUNT: usize = 5_000;
    for (name, start, part) in TINY_RECORDS {
        let text = start.to_owned() + &part.repeat(COUNT);
        let read = |max_memory| {
            let mut merger = PageMerger::new();
            let options = ReadOptions { max_memory: Some(max_memory), ..ReadOptions::default() };
            let result = read::read_with(name, &options, &mut text.as_bytes(), &mut merger);
            let found = merger.finish();
            let error = result.err().map(|error| error.to_string()).unwrap_or_default();
            let said = found.problems.iter().map(|it| it.message.clone()).chain([error]);
            let said = said.filter(|it| it.contains("--max-memory")).count();
            (found.records.len(), said)
        };
        assert_eq!(read(1 << 30), (COUNT, 0), "{name}");
        let (records, said) = read(1 << 18);
        assert!(records < COUNT && said > 0, "{name}: {records} records, said {said} times");
    }
}

#[test]
fn all_files_together_have_room_for_twice_the_memory_of_one() {
    let table = "title,date\n".to_owned() + &"A letter,1951\n".repeat(10_000);
    let files = ["a.csv", "b.csv", "c.csv", "d.csv"].map(|name| (name, table.as_bytes()));
    let folder = TestFolder::with_files(&files);
    let inputs = files.map(|(name, _)| folder.path().join(name));
    let options = ReadOptions { max_memory: Some(1 << 20), ..ReadOptions::default() };
    let (store, problems) = load::read_all(&load::inputs_to_open(&inputs), &options);
    let said = problems.iter().filter(|it| it.message.contains("--max-memory"));
    let said: Vec<_> = said.map(|it| it.file.rsplit('/').next().unwrap_or_default()).collect();
    assert_eq!(said, ["a.csv", "b.csv", "c.csv", "d.csv"], "{problems:?}");
    let records = store.len();
    assert!((10_000..20_000).contains(&records), "{records}");
}

#[test]
fn long_lists_of_yaml_are_read() {
    let list = "- title: A\n  date: 1951\n".repeat(70_000);
    let mut merger = PageMerger::new();
    read::read_with("a.yaml", &ReadOptions::default(), &mut list.as_bytes(), &mut merger).unwrap();
    let found = merger.finish();
    assert_eq!(found.records.len(), 70_000, "{:?}", found.problems);
}
