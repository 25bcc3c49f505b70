//! The limits of `docs/limits.md`: a file at each limit is read, and one beyond it is named in a sentence.

use fonds::formats::read::{self, ReadOptions};
use fonds::load::page_merger::{MergedPages, PageMerger};

/// The limit of a value in these tests, in bytes.
const MAX_VALUE: u64 = 300_000;

/// A value that is beyond the limit by more than a reader looks at together.
const LONG: usize = 800_000;

/// Reads a file whose values may have so many bytes as is the limit here.
pub(crate) fn read_bytes(name: &str, bytes: &[u8]) -> MergedPages {
    let options = ReadOptions { max_value: Some(MAX_VALUE), ..ReadOptions::default() };
    let mut merger = PageMerger::new();
    read::read_with(name, &options, &mut &bytes[..], &mut merger).unwrap();
    merger.finish()
}

/// Reads a file whose values may be long.
pub(crate) fn read_with_values(name: &str, bytes: &[u8]) -> MergedPages {
    let mut merger = PageMerger::new();
    read::read_with(name, &ReadOptions::default(), &mut &bytes[..], &mut merger).unwrap();
    merger.finish()
}

/// The titles of the records that were read.
pub(crate) fn titles(merged: &MergedPages) -> Vec<&str> {
    merged.records.iter().filter_map(|it| it.record.title()).collect()
}

/// A file with a value of this text in its second record of three.
type FileOf = fn(&str) -> String;

/// The name of a file, and how it holds a value.
const FILES: &[(&str, FileOf)] = &[
    ("plain.csv", |text| format!("title,date,note\nA,1945,x\nB,1946,{text}\nC,1947,y\n")),
    ("quoted.csv", |text| {
        format!("title,note\nA,x\nB,\"{}\"\n\"C\",\"y \"\"z\"\"\"\n", text.replace('"', "\"\""))
    }),
    ("a.jsonl", |text| {
        format!("{{\"title\":\"A\"}}\n{{\"title\":\"B\",\"x\":{text:?}}}\n{{\"title\":\"C\"}}\n")
    }),
    ("a.json", |text| {
        format!(
            "[{{\"title\":\"A\"}},{{\"title\":\"B\",\"x\":{text:?},\"y\":\"1\"}},{{\"title\":\"C\"}}]"
        )
    }),
    ("foreign.json", |text| {
        format!(
            "{{\"docs\":[{{\"heading\":\"A\",\"created\":\"1945\"}},{{\"heading\":\"B\",\"created\":\"1946\",\"x\":{text:?}}},{{\"heading\":\"C\",\"created\":\"1947\"}}]}}"
        )
    }),
    ("a.xml", |text| {
        let text = text.replace('"', "&quot;");
        format!(
            "<letters><letter><title>A</title><date>1945</date></letter><letter><title>B</title><date>1946</date><x>{text}</x></letter><letter><title>C</title><date>1947</date></letter></letters>"
        )
    }),
    ("a.ris", |text| {
        format!(
            "TY  - BOOK\nTI  - A\nER  - \nTY  - BOOK\nTI  - B\nAB  - {text}\nER  - \nTY  - BOOK\nTI  - C\nER  - \n"
        )
    }),
    ("a.bib", |text| {
        let text = text.replace(['"', '\\'], "'");
        format!(
            "@book{{a, title={{A}}}}\n@book{{b, title={{B}}, note={{{text}}}}}\n@book{{c, title={{C}}}}\n"
        )
    }),
    ("a.yaml", |text| format!("- title: A\n- title: B\n  x: {text:?}\n- title: C\n")),
    ("a.toml", |text| {
        format!(
            "[[record]]\ntitle='A'\n[[record]]\ntitle='B'\nsummary={text:?}\n[[record]]\ntitle='C'\n"
        )
    }),
    ("a.txt", |text| {
        format!(
            "1 - 3 of 3\n\nJuly 1, 1945\n\nA\n\nJuly 2, 1945\n\nB\n\n{text}\n\nJuly 3, 1945\n\nC\n"
        )
    }),
];

#[test]
fn a_value_beyond_the_limit_is_cut_and_the_records_behind_it_are_read() {
    // Quotation marks and letters of several bytes stand at every place of the pieces that are looked at.
    let texts = ["x", "wörd \"y\" ", "é\"\"", "a b", "\"", "\\", "a\\\"\"", "ab\"\""];
    for (name, file) in FILES {
        for text in texts {
            let short = text.repeat(1000);
            let merged = read_bytes(name, file(&short).as_bytes());
            assert_eq!(titles(&merged), ["A", "B", "C"], "{name}, {text}");
            let has_errors = merged.problems.iter().any(|it| it.message.contains("--max-value"));
            assert!(!has_errors, "{name}, {text}: {:?}", merged.problems);

            let long = text.repeat(LONG / text.len());
            let merged = read_bytes(name, file(&long).as_bytes());
            assert_eq!(titles(&merged), ["A", "B", "C"], "{name}, {text}: {:?}", merged.problems);
            let said = merged.problems.iter().filter(|it| it.message.contains("--max-value"));
            assert_eq!(said.count(), 1, "{name}, {text}: {:?}", merged.problems);
            let longest = merged.records.iter().flat_map(|it| {
                let own = it.record.own.iter().map(|(_, value)| value.len());
                own.chain(it.record.values.iter().map(|(_, value)| value.len()))
            });
            let bound = usize::try_from(MAX_VALUE).unwrap() + (1 << 19);
            assert!(longest.max().unwrap_or(0) <= bound, "{name}, {text}");
        }
    }
}

#[test]
fn a_value_is_cut_at_the_same_place_however_the_bytes_arrive() {
    let text = "a \"\" b, c;\n".repeat(60_000);
    let file = format!("title,note\nA,x\nB,\"{}\"\nC,y\n", text.replace('"', "\"\""));
    for size in [1, 2, 7, 4096] {
        let options = ReadOptions { max_value: Some(50_000), ..ReadOptions::default() };
        let mut merger = PageMerger::new();
        let mut bytes = std::io::BufReader::with_capacity(size, file.as_bytes());
        read::read_with("a.csv", &options, &mut bytes, &mut merger).unwrap();
        assert_eq!(titles(&merger.finish()), ["A", "B", "C"], "{size}");
    }
}

#[test]
fn texts_of_next_to_nothing_but_signs_are_not_read() {
    // The name of a file, its beginning, what is repeated, and its end.
    let files = [
        ("a.txt", "1 - 1 of 1\n\nJuly 1, 1945\n\nA\n", "\n", ""),
        ("a.toml", "[[record]]\ntitle='A'\n", "\n", ""),
        ("a.yaml", "- title: A\n", "\n", ""),
        ("a.bib", "@book{a, title={A}}\n", "@b{x}\n", ""),
        ("a.html", "<table><tr><th>Title<th>Date<tr><td>A<td>1945</table>", "<b>", ""),
    ];
    for (name, start, sign, end) in files {
        let file = |count: usize| format!("{start}{}{end}", sign.repeat(count));
        let read = |text: String| {
            let mut merger = PageMerger::new();
            let result =
                read::read_with(name, &ReadOptions::default(), &mut text.as_bytes(), &mut merger);
            result.map(|()| merger.finish()).map_err(|error| error.to_string())
        };
        let merged = read(file(1_000)).unwrap();
        assert!(titles(&merged).contains(&"A"), "{name}: {:?}", merged.problems);
        let error = read(file(300_000)).unwrap_err();
        assert!(error.contains("as files made to fill"), "{name}: {error}");
    }
}

#[test]
fn values_joined_of_many_parts_are_kept_as_text_and_said() {
    let file = |count: usize| {
        let joined = vec!["\"a\""; count].join(" # ");
        format!("@book{{a, title={{A}}, note={joined}}}\n@book{{b, title={{B}}}}\n")
    };
    let merged = read_bytes("a.bib", file(1_000).as_bytes());
    assert_eq!(titles(&merged), ["A", "B"], "{:?}", merged.problems);
    assert!(merged.problems.is_empty(), "{:?}", merged.problems);
    let merged = read_bytes("a.bib", file(200_000).as_bytes());
    assert_eq!(merged.records.len(), 2, "{:?}", merged.problems);
    let said: Vec<_> = merged.problems.iter().filter(|it| it.message.contains("parts")).collect();
    assert_eq!(said.len(), 1, "{:?}", merged.problems);
}

#[test]
fn lists_of_next_to_nothing_in_a_line_take_no_more_than_the_memory() {
    let read = |values: usize| {
        let list = "[],{},".repeat(values / 2);
        let file = format!("y = [{list}]\n[[record]]\ntitle='A'\n");
        let options = ReadOptions { max_memory: Some(1 << 24), ..ReadOptions::default() };
        let mut merger = PageMerger::new();
        read::read_with("a.toml", &options, &mut file.as_bytes(), &mut merger)
            .map_err(|it| it.to_string())
    };
    assert_eq!(read(1_000), Ok(()));
    let error = read(200_000).unwrap_err();
    assert!(error.contains("--max-memory"), "{error}");
}

#[test]
fn a_sentence_about_a_long_value_is_short() {
    let file = format!("- title: A\n  date: '{}'\n", "9".repeat(300_000));
    let merged = read_bytes("a.yaml", file.as_bytes());
    assert!(!merged.problems.is_empty());
    for problem in &merged.problems {
        assert!(problem.message.len() <= 2_000, "{}", problem.message.len());
    }
}

#[test]
fn attributes_beyond_the_limit_are_left_out() {
    let page = |count: usize| {
        let attributes: Vec<_> = (0..count).map(|number| format!(" a{number}=\"x>y\"")).collect();
        let attributes = attributes.concat();
        format!(
            "<html><body><!-- <p{attributes}> --><div{attributes}>\n<div{attributes} class=late><table><tr><th>Title<th>Date<tr>\
             <td>A<td>1945</table></div></div>"
        )
    };
    let merged = read_bytes("a.html", page(999).as_bytes());
    assert_eq!(titles(&merged), ["A"], "{:?}", merged.problems);
    assert!(merged.problems.is_empty(), "{:?}", merged.problems);
    let merged = read_bytes("a.html", page(30_000).as_bytes());
    assert_eq!(titles(&merged), ["A"], "{:?}", merged.problems);
    let lines: Vec<_> = merged.problems.iter().map(|it| it.line).collect();
    assert_eq!(lines, [Some(1), Some(2)], "{:?}", merged.problems);
}

#[test]
fn the_page_of_limits_names_the_options() {
    let page = include_str!("../docs/limits.md");
    for option in ["--max-unpacked", "--max-value", "--max-memory"] {
        assert!(page.contains(option), "{option}");
    }
}
