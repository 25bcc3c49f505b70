//! Parsing `archive.toml`: the records, and the exact location of every error.

use fonds::formats::read;
use fonds::load::page_merger::{MergedPages, PageMerger};
use fonds::record::{Field, Severity};

/// Parses a text as the file `archive.toml`.
fn read(text: &str) -> MergedPages {
    let mut merger = PageMerger::new();
    read::read("archive.toml", None, &mut text.as_bytes(), &mut merger).unwrap();
    merger.finish()
}

/// The parsed file as lines: the archive, each record with all its fields, the problems.
fn render(merged: &MergedPages) -> String {
    let mut lines = Vec::new();
    for source in &merged.archives {
        let texts = [&source.title, &source.source, &source.url, &source.description];
        let texts = texts.into_iter().flatten().map(|text| text.replace('\n', "¶"));
        let own = source.own.iter().map(|(name, value)| format!("{name}={value}"));
        let total = source.total.map(|total| format!("of {total}"));
        lines.push(texts.chain(total).chain(own).collect::<Vec<_>>().join(" | "));
    }
    for sourced in &merged.records {
        let record = &sourced.record;
        let position = record.position.map(|position| position.to_string());
        let date = Some(&record.date.text).filter(|text| !text.is_empty()).cloned();
        let values = record.values.iter().map(|(field, value)| format!("{}={value}", field.key()));
        let own = record.own.iter().map(|(name, value)| format!("{name}={value}"));
        let all = position.into_iter().chain(date).chain(values).chain(own);
        lines.push(all.collect::<Vec<_>>().join(" | ").replace('\n', "¶"));
    }
    for problem in &merged.problems {
        let severity = if problem.severity == Severity::Warning { "warning" } else { "error" };
        lines.push(format!("{severity} {problem}"));
    }
    lines.join("\n")
}

/// The name of a case, the file, and the expected lines.
const FILES: &[(&str, &str, &str)] = &[
    (
        "every key",
        "[archive]\ntitle = 'T'\nsource = 'S'\nurl = 'U'\ndescription = 'D'\ntotal = 552\n\
         [[record]]\nposition = 201\nid = 7\ndate = 'May 1943'\ntitle = 'A'\npeople = ['P', 'Q']\nplaces = 'X'\n\
         subjects = ['Y']\nlanguage = 'en'\ncollection = 'C'\nsource = 'F'\nrights = 'R'\nurl = 'W'\nsummary = 'Z'\n",
        "T | S | U | D | of 552\n\
         201 | May 1943 | id=7 | title=A | people=P | people=Q | places=X | subjects=Y | language=en | collection=C | source=F | rights=R | url=W | summary=Z",
    ),
    (
        "dates and numbers as they are written",
        "[[record]]\ndate = 1945-07-12\nid = 1.10\ntitle = 0x1F\nlanguage = true\nbox = [1.50, 07:32:00]\n\
         [[record]]\ndate = 1945\n[[record]]\ndate = ['1945', 1946]\nposition = '7'\n",
        "\n7 | 1945, 1946\n1945-07-12 | id=1.10 | title=0x1F | language=true | box=1.50 | box=07:32:00\n1945",
    ),
    (
        "unknown keys, in the order of the file",
        "[[record]]\nzone = 'a'\ntitle = 'A'\ncontainer.box = 3\n'a.b' = 'c'\nfile = [{ name = 'x', pages = 2 }, { name = 'y' }]\n\
         own.title = 'other'\n[record.container.lid]\ncolour = 'red'\n[archive]\nheld = ['here', 'there']\n",
        "held=here | held=there\n\
         title=A | zone=a | container.box=3 | container.lid.colour=red | a.b=c | file.name=x | file.pages=2 | file.name=y | title=other",
    ),
    (
        "byte order mark, CRLF, multi-line string, white space",
        "\u{feff}[archive]\r\ntitle = \"\"\r\n[[record]]\r\ntitle = '  A '\r\nsummary = \"\"\"\r\none\r\n\r\ntwo\r\n\"\"\"\r\npeople = ['', ' ']\r\n",
        "\ntitle=A | summary=one¶¶two",
    ),
    (
        "dates that cannot be read, or may mean something else",
        "[[record]]\ntitle = 'A'\ndate = '23rd Dynasty'\n[[record]]\ndate = '7/12/1945'\n[[record]]\ndate = 'n.d.'\n",
        "\n23rd Dynasty | title=A\n7/12/1945\nn.d.\n\
         warning archive.toml:3:8: the date “23rd Dynasty” is not understood\n\
         warning archive.toml:5:8: the date “7/12/1945” is ambiguous (either number may be the month): read as 1945?",
    ),
    (
        "values that cannot be read are kept under their names",
        "[archive]\ntitle = 'T'\ntotal = 'many'\nurl = { held = 'here' }\n\
         [[record]]\n  position = \"x\"\ntitle = 'A'\n[[record]]\nposition = 0\n\
         [[record]]\npeople = ['P', ['a'], { name = 'b', alias = ['c', 'd'] }]\ndate = [[1945]]\n\
         [[record]]\nposition = [3]\ntitle = { main = 'B' }\nsummary = 'S'\n[[record]]\nposition = -1.5\n\
         [[record]]\nposition = 99999999999999999999999\n",
        "T | total=many | url.held=here\ntitle=A | position=x\nposition=0\n\
         people=P | people=a | people.name=b | people.alias=c | people.alias=d | date=1945\n\
         summary=S | position=3 | title.main=B\nposition=-1.5\nposition=99999999999999999999999\n\
         error archive.toml:3:9: \"many\" was found, expected a whole number from 1: it is kept as text\n\
         error archive.toml:4:7: a table was found, expected a text or a list of texts: it is kept as text\n\
         error archive.toml:6:14: \"x\" was found, expected a whole number from 1: it is kept as text\n\
         error archive.toml:9:12: \"0\" was found, expected a whole number from 1: it is kept as text\n\
         error archive.toml:11:16: a list was found, expected a text or a list of texts: it is kept as text\n\
         error archive.toml:11:23: a table was found, expected a text or a list of texts: it is kept as text\n\
         error archive.toml:12:9: a list was found, expected a text or a list of texts: it is kept as text\n\
         error archive.toml:14:12: a list was found, expected a whole number from 1: it is kept as text\n\
         error archive.toml:15:9: a table was found, expected a text or a list of texts: it is kept as text\n\
         error archive.toml:18:12: \"-1.5\" was found, expected a whole number from 1: it is kept as text\n\
         error archive.toml:20:12: \"99999999999999999999999\" was found, expected a whole number from 1: it is kept as text",
    ),
    (
        "an empty record among others",
        "[[record]]\ntitle = {}\n[[record]]\nposition = []\n[[record]]\ntitle = {}\nid = 'x'\n",
        "\nid=x\n\
         error archive.toml:1:1: this record was left out: it has no field\n\
         error archive.toml:3:1: this record was left out: it has no field",
    ),
    (
        "keys at the top",
        "mine = 1\nrecord = [ { title = 'A' }, 3 ]\narchive = 'x'\n[other]\ny = 'z'\n",
        "mine=1 | other.y=z\ntitle=A\n\
         warning archive.toml:1:1: `mine` is neither `archive` nor `record`: it is kept as a field of the archive\n\
         error archive.toml:3:11: the archive was left out: expected a table: `[archive]` and its keys\n\
         warning archive.toml:4:2: `other` is neither `archive` nor `record`: it is kept as a field of the archive\n\
         error archive.toml:2:29: this record was left out: expected a table: `[[record]]` and its keys",
    ),
    (
        "an empty record",
        "[[record]]\ntitle = ' '\n[[record]]\ntitle = 'A'\n",
        "\ntitle=A\nerror archive.toml:1:1: this record was left out: it has no field",
    ),
    ("one record in single brackets", "[record]\ntitle = 'A'\n", "\ntitle=A"),
    ("no record", "[archive]\ntitle = 'T'\n", "T"),
];

#[test]
fn archive_files_parse_as_expected() {
    for (name, file, expected) in FILES {
        assert_eq!(render(&read(file)), *expected, "{name}");
    }
}

#[test]
fn invalid_toml_is_reported_with_line_and_column() {
    let advice = "; nothing of this file was read, correct this line and open it again";
    let cases = [
        (
            "[archive]\ntitle = 'T'\n[[record]]\ntitle = \"A Le",
            4,
            14,
            "invalid basic string, expected `\"`",
        ),
        ("[archive]\n[[recor", 2, 8, "unclosed array table, expected `]]`"),
        ("[archive", 1, 9, "unclosed table, expected `]`"),
        (
            "[archive]\nżółw = 1\nx = 'ż' y\n",
            3,
            9,
            "unexpected key or value, expected newline, `#`",
        ),
    ];
    for (file, line, column, what) in cases {
        let merged = read(file);
        assert_eq!(
            render(&merged),
            format!("error archive.toml:{line}:{column}: this is not TOML: {what}{advice}"),
            "{file}"
        );
    }
}

#[test]
fn truncated_archive_is_complete_or_reports_the_location() {
    let whole = include_str!("../archive.toml");
    for (at, _) in whole.char_indices().skip(1) {
        let merged = read(&whole[..at]);
        let problems = &merged.problems;
        assert!(
            problems.len() <= 1
                && problems.iter().all(|it| it.severity == Severity::Error
                    && it.line.is_some()
                    && it.column.is_some()),
            "{at}: {problems:?}"
        );
        let record_count = whole[..at].matches("[[record]]").count();
        assert!(merged.records.len() == record_count || !problems.is_empty(), "{at}");
    }
}

#[test]
fn results_page_completes_records_of_an_archive_file() {
    let archive = "[archive]\ntitle = 'T'\ntotal = 9\n[[record]]\nposition = 4\nid = 'x'\ndate = 'May 3, 1954'\ntitle = 'A'\nsummary = 'Z'\nshelf = '1'\n";
    let page = "3 - 4 of 9\n\nMay 3, 1954\n\nA\n\nZ\n\nMay 4, 1954\n\nB\n\nZ\n";
    let mut value_counts = Vec::new();
    for files in [[archive, page], [page, archive]] {
        let mut merger = PageMerger::new();
        for text in files {
            read::read("f", None, &mut text.as_bytes(), &mut merger).unwrap();
        }
        let result = merger.finish();
        assert_eq!(result.archives.len(), 1);
        assert_eq!(result.archives[0].title.as_deref(), Some("T"));
        assert_eq!(result.records.len(), 2);
        let record = result.records[0].record.clone();
        assert_eq!((record.position, record.first(Field::Id)), (Some(3), Some("x")));
        assert_eq!(record.own, [("shelf".into(), "1".to_owned())]);
        value_counts.push(record.values.len());
    }
    assert_eq!(value_counts, [3, 3]);
}

#[test]
fn records_with_different_ids_stay_separate() {
    let record = |id| format!("[[record]]\nid = {id}\ntitle = 'A'\nsummary = 'Z'\n");
    let mut merger = PageMerger::new();
    for text in [record(1), record(2), record(1)] {
        read::read("f", None, &mut text.as_bytes(), &mut merger).unwrap();
    }
    assert_eq!(merger.finish().records.len(), 2);
}
