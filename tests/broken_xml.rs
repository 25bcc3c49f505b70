//! One broken record in a collection: it is reported with its line, and the others are read.

use crate::program::TestFolder;

/// What stands in the title of the second of four records, and a part of the message about it (empty for none).
const FAULTS: [(&str, &str); 18] = [
    ("Smith & Sons", "“&” stands here as in plain text"),
    ("a&b;c & d", "“&” stands here"),
    ("5 < 6", "“<” stands here as in plain text"),
    ("Caf&eacut; x", "“&eacut;” is unknown"),
    ("A &#xFFFFFFF; b", "is unknown"),
    ("A\u{b}B\u{1}", ""),
    ("A <i>b", "<i> does not end before </"),
    ("A</i> b", "</i> stands here where </"),
    ("<i x=y>b</i>", "an attribute of <i> cannot be read"),
    ("A &nbsp;B &eacute;", ""),
    ("<i n=\"x>A</i> b", "a value in <i> has no closing quotation mark"),
    ("<i n='x>A</i> b", "a value in <i> has no closing quotation mark"),
    ("<![CDATA[A & B", "this CDATA section does not end"),
    ("A <!-- b", "this comment does not end"),
    ("A <?php b", "this processing instruction does not end"),
    ("A <jan@a.example> b", "“<” stands here as in plain text"),
    ("A<b and c", "“<” stands here as in plain text"),
    ("<i>A</i", "</i has no “>” at its end"),
];

/// Wraps the titles of four records in a collection of each format, one record in each line from the second.
fn collections(titles: [&str; 4]) -> [(&'static str, String, usize); 5] {
    let join = |record: &dyn Fn(&str) -> String| {
        titles.iter().map(|title| record(title) + "\n").collect::<String>()
    };
    let oai = join(&|title| {
        format!(
            "<record><header><identifier>oai:x:1</identifier></header><metadata><oai_dc:dc><dc:title>{title}</dc:title>\
             </oai_dc:dc></metadata></record>"
        )
    });
    let marc = join(&|title| {
        format!(
            "<record><leader>00000nam a2200000 a 4500</leader><datafield tag='245' ind1='1' ind2='0'>\
             <subfield code='a'>{title}</subfield></datafield></record>"
        )
    });
    let mods = join(&|title| format!("<mods><titleInfo><title>{title}</title></titleInfo></mods>"));
    let ead =
        join(&|title| format!("<c01 level='file'><did><unittitle>{title}</unittitle></did></c01>"));
    let own =
        join(&|title| format!("<letter><title>{title}</title><date>1945-07-12</date></letter>"));
    [
        ("own.xml", format!("<letters>\n{own}</letters>"), 4),
        ("oai.xml", format!("<OAI-PMH><ListRecords>\n{oai}</ListRecords></OAI-PMH>"), 4),
        (
            "marc.xml",
            format!("<collection xmlns='http://www.loc.gov/MARC21/slim'>\n{marc}</collection>"),
            4,
        ),
        ("mods.xml", format!("<modsCollection>\n{mods}</modsCollection>"), 4),
        (
            "ead.xml",
            format!(
                "<ead><archdesc level='collection'><did><unittitle>Papers</unittitle></did><dsc>\n{ead}</dsc></archdesc></ead>"
            ),
            5,
        ),
    ]
}

#[test]
fn broken_record_in_a_collection_leaves_the_others() {
    let mut wrong = Vec::new();
    for (title, message) in FAULTS {
        for (name, text, count) in collections(["Alpha", title, "Gamma", "Delta"]) {
            let folder = TestFolder::with_files(&[(name, text.as_bytes())]);
            let result = folder.run(&["list", name]);
            let has_others =
                ["Alpha", "Gamma", "Delta"].iter().all(|it| result.stdout.contains(it));
            let location = format!("{name}:3");
            let is_said = message.is_empty()
                || result
                    .stderr
                    .lines()
                    .any(|line| line.starts_with(&location) && line.contains(message));
            if result.stdout.lines().count() != count || !has_others || !is_said {
                wrong.push(format!("{title:?} in {name}:\n{}{}", result.stdout, result.stderr));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn record_without_its_end_is_not_joined_with_the_next() {
    let text = "<collection xmlns='http://www.loc.gov/MARC21/slim'>\n\
                <record><datafield tag='245'><subfield code='a'>A</subfield></datafield>\n\
                <record><datafield tag='245'><subfield code='a'>B</subfield></datafield></record>\n</collection>";
    let folder = TestFolder::with_files(&[("a.xml", text.as_bytes())]);
    let result = folder.run(&["list", "a.xml"]);
    assert_eq!(result.stdout, "\tundated\tA\n\tundated\tB\n", "{}", result.stderr);
    assert!(result.stderr.contains("does not end before the next one"), "{}", result.stderr);
}

#[test]
fn many_faults_take_linear_time() {
    let record =
        "<record><metadata><dc><title>A & B < C</i></title></wrong></dc></metadata></record>\n";
    let text = format!("<OAI-PMH><ListRecords>\n{}</ListRecords></OAI-PMH>", record.repeat(20_000));
    let folder = TestFolder::with_files(&[("a.xml", text.as_bytes())]);
    let start = std::time::Instant::now();
    let result = folder.run(&["list", "a.xml"]);
    assert_eq!(result.stdout.lines().count(), 20_000);
    assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
}

/// The third of five letters, what is expected of it as JSON, and a part of the message about it.
const BROKEN_LETTERS: &[(&str, &str, &str)] = &[
    (
        "<letter id=\"3><title>C</title><date>1943</date></letter>",
        r#"{"id":"3","date":"1943","title":"C"}"#,
        "has no closing quotation mark",
    ),
    (
        "<letter id=\"3\"><title>C</title></title><date>1943</date></letter>",
        r#"{"id":"3","date":"1943","title":"C"}"#,
        "</title> stands here where </letter> was expected",
    ),
    (
        "<letter id=\"3\"><title>C</title><date>1943</date></letter></letter>",
        r#"{"id":"3","date":"1943","title":"C"}"#,
        "</letter> stands here where </letters> was expected",
    ),
    (
        "<letter id=\"3\"><title>C <i>x</title></i><date>1943</date></letter>",
        r#"{"id":"3","date":"1943","title":"C x"}"#,
        "<i> does not end before </title>",
    ),
    (
        "<letter id=\"3\"><title>C</date><date>1943</title></letter>",
        r#"{"id":"3","date":"1943","title":"C"}"#,
        "</date> stands here where </title> was expected",
    ),
    (
        "<letter id=\"3\"><title>C<date>1943</date></letter>",
        r#"{"id":"3","date":"1943","title":"C"}"#,
        "<title> does not end before </letter>",
    ),
    (
        "<letter id=\"3\"><title>C</title><date>1943</date>",
        r#"{"id":"3","date":"1943","title":"C"}"#,
        "<letter> does not end before </letters>",
    ),
    (
        "<letter id=\"3\"><title>C</title><date>1943</date></leter>",
        r#"{"id":"3","date":"1943","title":"C"}"#,
        "</leter> stands here where </letter",
    ),
    (
        "<letter id=\"3\"><title>C</title><date>1943</date></letter",
        r#"{"id":"3","date":"1943","title":"C"}"#,
        "</letter has no “>”",
    ),
    (
        "<letter id=\"3\"><title C</title><date>1943</date></letter>",
        r#"{"id":"3","date":"1943","title":"C"}"#,
        "<title has no “>”",
    ),
    (
        "<letter id=\"3\"><title>C</title><date>1943</date></letter></letters>",
        r#"{"id":"3","date":"1943","title":"C"}"#,
        "</letters> ends no element",
    ),
];

#[test]
fn broken_letter_of_an_own_shape_leaves_the_others() {
    let letter = |id: u32, title: &str| {
        format!("<letter id=\"{id}\"><title>{title}</title><date>194{id}</date></letter>\n")
    };
    let mut wrong = Vec::new();
    for (broken, expected, message) in BROKEN_LETTERS {
        let text = [
            "<letters>\n".to_owned(),
            letter(1, "A"),
            letter(2, "B"),
            format!("{broken}\n"),
            letter(4, "D"),
            letter(5, "E"),
            "</letters>\n".to_owned(),
        ]
        .concat();
        let folder = TestFolder::with_files(&[("a.xml", text.as_bytes())]);
        let result = folder.run(&["export", "--format", "jsonl", "a.xml"]);
        let lines: Vec<&str> = result.stdout.lines().collect();
        let others = [
            r#"{"id":"1","date":"1941","title":"A"}"#,
            r#"{"id":"2","date":"1942","title":"B"}"#,
            expected,
            r#"{"id":"4","date":"1944","title":"D"}"#,
            r#"{"id":"5","date":"1945","title":"E"}"#,
        ];
        if lines != others || !result.stderr.contains(message) {
            wrong.push(format!("{broken}:\n{}{}", result.stdout, result.stderr));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn text_outside_the_root_is_kept() {
    let text = "<letters><letter><title>A</title><date>1941</date></letter>\
                <letter><title>B</title><date>1942</date></letter></letters>\nThe end of the list\n";
    let folder = TestFolder::with_files(&[("a.xml", text.as_bytes())]);
    let result = folder.run(&["convert", "a.xml", "-o", "a.toml"]);
    assert_eq!(result.exit_code, Some(0), "{}", result.stderr);
    let archive = std::fs::read_to_string(folder.path().join("a.toml")).unwrap();
    assert!(archive.contains("The end of the list"), "{archive}");
}
