//! Binary MARC as libraries deliver it: wrong flags, wrong directories, bytes between records, other scripts.

use encoding_rs::Encoding;

use crate::program::{RunResult, TestFolder};

/// A field: its tag, its indicators (none for a control field), and its content with `$` before each subfield code.
type TestField<'a> = (&'a str, Option<&'a str>, &'a [u8]);

/// Makes a record. `measure` says how long a text is for the directory; `change` changes its entries.
fn record_with(
    flag: u8,
    fields: &[TestField<'_>],
    measure: fn(&[u8]) -> usize,
    change: fn(&str, String) -> String,
) -> Vec<u8> {
    let (mut directory, mut contents) = (String::new(), Vec::new());
    for (tag, indicators, content) in fields {
        let start = measure(&contents);
        let content: Vec<u8> =
            content.iter().map(|byte| if *byte == b'$' { 0x1f } else { *byte }).collect();
        let field = [indicators.unwrap_or("").as_bytes(), &content, &[0x1e]].concat();
        let entry = format!("{tag}{:04}{start:05}", measure(&field));
        directory.push_str(&change(tag, entry));
        contents.extend(field);
    }
    let base = 25 + directory.len();
    let leader =
        format!("{:05}nam {}22{base:05} i 4500", base + contents.len() + 1, char::from(flag));
    [leader.as_bytes(), directory.as_bytes(), &[0x1e], &contents, &[0x1d]].concat()
}

/// Makes a record with a correct directory.
fn record(flag: u8, fields: &[TestField<'_>]) -> Vec<u8> {
    record_with(flag, fields, <[u8]>::len, |_, entry| entry)
}

/// A record with a name and a title.
fn letter(flag: u8, name: &[u8], title: &[u8]) -> Vec<u8> {
    let (name, title) = ([b"$a", name].concat(), [b"$a", title].concat());
    record(flag, &[("001", None, b"7"), ("100", Some("1 "), &name), ("245", Some("10"), &title)])
}

/// Runs `fonds list --format jsonl` or the like on one file.
fn list(bytes: &[u8], options: &[&str]) -> RunResult {
    let folder = TestFolder::with_files(&[("a.mrc", bytes)]);
    folder.run(&[&["list"], options, &["a.mrc"]].concat())
}

/// The titles of a list.
fn titles(result: &RunResult) -> Vec<&str> {
    result.stdout.lines().filter_map(|line| line.rsplit('\t').next()).collect()
}

#[test]
fn letters_are_judged_by_their_bytes() {
    let encode = |label: &str, text: &str| {
        Encoding::for_label(label.as_bytes()).unwrap().encode(text).0.into_owned()
    };
    let cases: [(u8, Vec<u8>, &str, &str); 10] = [
        (b'a', "Mesarović à Zoë".into(), "Mesarović à Zoë", ""),
        (b' ', "Mesarović à Zoë".into(), "Mesarović à Zoë", "read as UTF-8"),
        (
            b'a',
            encode("windows-1252", "Le théâtre de Zoë"),
            "Le théâtre de Zoë",
            "read as windows-1252",
        ),
        (
            b'a',
            encode("windows-1252", "Über die Straße"),
            "Über die Straße",
            "read as windows-1252",
        ),
        (
            b' ',
            encode("windows-1252", "Jürgen Müller à Zoë"),
            "Jürgen Müller à Zoë",
            "read as windows-1252",
        ),
        (
            b'a',
            b"Le th\xe2e\xe3atre fran\xf0cais".to_vec(),
            "Le théâtre français",
            "read as MARC-8",
        ),
        (b'a', b"Dvo\xe9r\xe2ak a Mesarovi\xe2c".to_vec(), "Dvořák a Mesarović", "read as MARC-8"),
        (b' ', b"Le th\xe2e\xe3atre fran\xf0cais".to_vec(), "Le théâtre français", ""),
        (
            b' ',
            encode("windows-1251", "Письмо Толстого Фету"),
            "Письмо Толстого Фету",
            "windows-1251",
        ),
        (b'a', encode("koi8-r", "Письмо Толстого Фету"), "Письмо Толстого Фету", "KOI8-U"),
    ];
    for (flag, title, expected, warning) in cases {
        let result = list(&letter(flag, b"Name", &title), &[]);
        assert_eq!(titles(&result), [expected], "{}", result.stderr);
        assert!(result.stderr.contains(warning), "{expected}: {}", result.stderr);
        assert!(!warning.is_empty() || result.stderr.is_empty(), "{expected}: {}", result.stderr);
    }
    let bytes = encode("windows-1251", "Письмо");
    let result = list(&letter(b' ', b"Name", &bytes), &["--encoding", "windows-1251"]);
    assert_eq!((titles(&result), result.stderr.as_str()), (vec!["Письмо"], ""));
}

#[test]
fn wrong_flags_are_counted_in_one_warning() {
    let one = letter(b' ', b"Name", "Mesarović".as_bytes());
    let result = list(&[one.clone(), letter(b'a', b"N", b"Plain"), one].concat(), &[]);
    assert_eq!(titles(&result), ["Mesarović", "Plain", "Mesarović"]);
    assert!(result.stderr.contains("2 records (the first is record 1)"), "{}", result.stderr);
    assert_eq!(result.stderr.lines().count(), 1, "{}", result.stderr);
}

#[test]
fn records_are_read_by_their_terminators() {
    let fields: &[TestField<'_>] = &[
        ("001", None, b"7"),
        ("100", Some("1 "), "$aDvořák, Antonín".as_bytes()),
        ("245", Some("10"), "$aŽluťoučký kůň".as_bytes()),
        ("260", Some("  "), b"$c1901"),
    ];
    let letters = |bytes: &[u8]| String::from_utf8_lossy(bytes).chars().count();
    let unchanged = |_: &str, entry: String| entry;
    let without_digit = |tag: &str, entry: String| {
        if tag == "245" { entry[..5].to_owned() + &entry[6..] } else { entry }
    };
    let one_more = |tag: &str, entry: String| {
        if tag == "100" { entry[..3].to_owned() + "0" + &entry[3..] } else { entry }
    };
    let zeros = |tag: &str, _: String| format!("{tag}000000000");
    let right = record(b'a', fields);
    let wrong_base = [&right[..12], b"00042", &right[17..]].concat();
    let cases = [
        record_with(b'a', fields, letters, unchanged),
        record_with(b'a', fields, <[u8]>::len, without_digit),
        record_with(b'a', fields, <[u8]>::len, one_more),
        record_with(b'a', fields, <[u8]>::len, zeros),
        wrong_base,
    ];
    for bytes in cases {
        let result = list(&[bytes, right.clone()].concat(), &[]);
        let line = "\t1901\tŽluťoučký kůň\n";
        assert_eq!(result.stdout, line.repeat(2), "{}", result.stderr);
        assert!(
            result.stderr.contains("record 1: the directory does not fit"),
            "{}",
            result.stderr
        );
        assert_eq!(result.stderr.lines().count(), 1, "{}", result.stderr);
    }
    let wrong_length = [b"99999", &right[5..]].concat();
    let result = list(&wrong_length, &[]);
    assert_eq!((result.stdout.as_str(), result.stderr.as_str()), ("\t1901\tŽluťoučký kůň\n", ""));
}

#[test]
fn bytes_between_records_lose_no_record() {
    let one = |title: &str| letter(b'a', b"Name", title.as_bytes());
    let between: [&[u8]; 7] =
        [b"\x1a", b"\r\n", b"\n\n", b"\0\0", b"\xef\xbb\xbf", b"some words", b"  "];
    for bytes in between {
        let file = [bytes, &one("A"), bytes, &one("B"), bytes].concat();
        let file = if bytes == b"some words" { file[bytes.len()..].to_vec() } else { file };
        let result = list(&file, &[]);
        let shown = titles(&result);
        assert_eq!(&shown[..2], ["A", "B"], "{bytes:?}: {}", result.stderr);
        let is_said = result.stderr.contains("bytes that belong to no record");
        assert_eq!(is_said, bytes == b"some words", "{bytes:?}: {}", result.stderr);
    }
    // The mark that ends a record is missing.
    let file = [&one("A")[..one("A").len() - 1], &one("B")].concat();
    assert_eq!(titles(&list(&file, &[])), ["A", "B"]);
    let file = [one("A"), one("Long enough")[..75].to_vec()].concat();
    let result = list(&file, &[]);
    assert_eq!(titles(&result)[0], "A");
    assert!(result.stderr.contains("record 2: the file ends in the middle"), "{}", result.stderr);
}

#[test]
fn marc_8_has_the_letters_of_all_its_scripts() {
    let cases: &[(&[u8], &str)] = &[
        (b"\x1b(2ylem\x1b(B, x", "שלום, x"),
        (b"\x1b(3GHIJ\x1b(B x", "ابةت x"),
        (b"\x1b(SAb\x22a\x1b(B x", "Αβά x"),
        (b"\x1b(NpISXMO\x1b(B x", "Письмо x"),
        (b"\x1b(N\x50\x1b)Q\xc4\xc1\x1b(B x", "пёђ x"),
        (b"\x1b)N\xf0\xc9\xd3\x20abc", "Пис abc"),
        (b"\x1b$1\x21\x30\x34\x21\x30\x21\x1b(B x", "中一 x"),
        (b"\x1b$,1\x21\x30\x34\x1b(B x", "中 x"),
        (b"H\x1bb2\x1bsO, 10\x1bp23\x1bs, \x1bgabc\x1bs", "H₂O, 10²³, αβγ"),
        (b"\x1b)!E\xe2e\xe8u", "éü"),
        (b"\xa1od\xa1z, \xb1l \xe8\xe5u", "ŁodŁz, łl \u{1d6}"),
    ];
    for (bytes, expected) in cases {
        let bytes: Vec<u8> =
            bytes.iter().map(|byte| if *byte == b'$' { 0x01 } else { *byte }).collect();
        let mut file = letter(b' ', b"Name", &bytes);
        // The helper makes subfields of dollar signs.
        file.iter_mut().filter(|byte| **byte == 0x01).for_each(|byte| *byte = b'$');
        let result = list(&file, &[]);
        assert_eq!(titles(&result), [*expected], "{}", result.stderr);
        assert_eq!(result.stderr, "", "{expected}");
    }
    let mut file = letter(b' ', b"Name", b"\x1b\x011~~~\x1b(B x");
    file.iter_mut().filter(|byte| **byte == 0x01).for_each(|byte| *byte = b'$');
    let result = list(&file, &[]);
    assert!(result.stderr.contains("shown as � (1 in all)"), "{}", result.stderr);
    let file = letter(b' ', b"N\xd2", b"a \xd2 b \xd2");
    let result = list(&[file.clone(), file].concat(), &["--encoding", "windows-1253"]);
    let warning = "2 records (the first is record 1): letters that could not be read are shown as � (6 in all)";
    assert!(result.stderr.contains(warning), "{}", result.stderr);
}

/// A UNIMARC record; `charset` are the characters 26 to 29 of field 100.
fn unimarc(charset: &str, encode: fn(&str) -> Vec<u8>) -> Vec<u8> {
    let coded = format!("$a20150323d1862    m  y0frey{charset}    ba");
    let texts: [(&str, Option<&str>, Vec<u8>); 10] = [
        ("001", None, b"9".to_vec()),
        ("100", Some("  "), coded.into_bytes()),
        ("101", Some("0 "), b"$afre".to_vec()),
        ("200", Some("1 "), encode("$aLes misérables$eroman$fVictor Hugo")),
        ("210", Some("  "), encode("$aParis$cPagnerre$d1862")),
        ("330", Some("  "), encode("$aUn résumé.")),
        ("606", Some("  "), encode("$aPauvreté$xHistoire")),
        ("700", Some(" 1"), encode("$aHugo$bVictor$f1802-1885$4070")),
        ("702", Some(" 1"), encode("$aZola$bÉmile$4730")),
        ("995", Some("  "), encode("$aBibliothèque$kR HUG")),
    ];
    let fields: Vec<TestField<'_>> =
        texts.iter().map(|(tag, indicators, text)| (*tag, *indicators, text.as_slice())).collect();
    record(b' ', &fields)
}

#[test]
fn unimarc_is_recognised_and_read() {
    let utf8 = |text: &str| text.as_bytes().to_vec();
    let latin: fn(&str) -> Vec<u8> =
        |text| text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    let iso5426: fn(&str) -> Vec<u8> = |text| {
        text.chars()
            .flat_map(|c| match c {
                'é' => vec![0xc2, b'e'],
                'è' => vec![0xc1, b'e'],
                'É' => vec![0xc2, b'E'],
                c => vec![u8::try_from(u32::from(c)).unwrap()],
            })
            .collect()
    };
    for file in [
        unimarc("50  ", utf8),
        unimarc("0103", iso5426),
        unimarc("0103", latin),
        unimarc("50  ", latin),
    ] {
        let folder = TestFolder::with_files(&[("u.mrc", &file)]);
        let shown = folder.run(&["show", "u.mrc"]).stdout;
        for line in [
            "Les misérables : roman",
            "Date: 1862",
            "Creator: Hugo, Victor, 1802-1885",
            "Translator: Zola, Émile",
            "Subjects: Pauvreté -- Histoire",
            "Location: R HUG · Bibliothèque",
            "Language: fre",
            "Un résumé.",
        ] {
            assert!(shown.contains(line), "{line}: {shown}");
        }
    }
    let xml = "<collection xmlns='http://www.loc.gov/MARC21/slim'><record><leader>00000nam a2200000   450 </leader>\
               <datafield tag='100' ind1=' ' ind2=' '><subfield code='a'>20150323a19939999km y0frey50      ba</subfield>\
               </datafield><datafield tag='200' ind1='1' ind2=' '><subfield code='a'>Revue des archives</subfield>\
               </datafield></record></collection>";
    let folder = TestFolder::with_files(&[("u.xml", xml.as_bytes())]);
    assert_eq!(folder.run(&["list", "u.xml"]).stdout, "\t1993–\tRevue des archives\n");
}

#[test]
fn title_and_name_in_the_original_script_are_found() {
    let fields: &[TestField<'_>] = &[
        ("100", Some("1 "), b"$6880-01$aTolstoi, Lev"),
        ("245", Some("10"), b"$6880-02$aPisma Tolstogo"),
        ("880", Some("1 "), "$6100-01/(N$aТолстой, Лев".as_bytes()),
        ("880", Some("10"), "$6245-02/(N$aПисьма Толстого".as_bytes()),
    ];
    let folder = TestFolder::with_files(&[("a.mrc", &record(b'a', fields))]);
    for filter in ["title:письма", "title:pisma", "толстой", "creator:tolstoi"] {
        let result = folder.run(&["list", "-f", filter, "a.mrc"]);
        assert_eq!(result.stdout.lines().count(), 1, "{filter}: {}", result.stderr);
    }
}
