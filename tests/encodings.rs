//! Files in other encodings than UTF-8: the letters are right, and one warning names the guess.

use std::io::BufReader;

use encoding_rs::Encoding;
use fonds::formats::read::read;

use crate::program::TestFolder;
use crate::write_archive_toml::CollectingSink;

/// An encoding, the name that a guess may have, and titles in a language that uses it.
const TEXTS: &[(&str, &[&str], &[&str])] = &[
    ("windows-1251", &["windows-1251"], &["Письмо Толстого Фету", "Отчёт о состоянии хранилища"]),
    ("koi8-r", &["KOI8-U", "KOI8-R"], &["Письмо Толстого Фету", "Отчёт о состоянии хранилища"]),
    ("iso-8859-5", &["ISO-8859-5"], &["Письмо Толстого Фету", "Отчёт о состоянии хранилища"]),
    ("ibm866", &["IBM866"], &["Письмо Толстого Фету", "Отчёт о состоянии хранилища"]),
    ("windows-1251", &["windows-1251"], &["Лист до Лесі Українки", "Протокол засідання ради"]),
    (
        "windows-1250",
        &["windows-1250"],
        &["List do Bolesława", "Śmierć więźnia", "Zarządzenie wójta"],
    ),
    ("iso-8859-2", &["ISO-8859-2"], &["List do Bolesława", "Śmierć więźnia", "Zarządzenie wójta"]),
    (
        "windows-1250",
        &["windows-1250"],
        &["Dopis Boženě Němcové", "Zápis o schůzi", "Žádost o koně"],
    ),
    ("windows-1252", &["windows-1252"], &["Lettre à l’évêque", "Brief über die Straße"]),
    ("windows-1253", &["windows-1253"], &["Επιστολή προς τον πρόεδρο", "Πρακτικά συνεδρίασης"]),
    ("iso-8859-7", &["ISO-8859-7", "windows-1253"], &["Επιστολή προς τον πρόεδρο", "Πρακτικά"]),
    (
        "windows-1254",
        &["windows-1254"],
        &["Şehir meclisine mektup", "Öğretmenler için değişikliği"],
    ),
    ("windows-1255", &["windows-1255"], &["מכתב אל הנשיא", "פרוטוקול של ישיבה"]),
    ("windows-1256", &["windows-1256"], &["رسالة إلى رئيس المجلس", "محضر الاجتماع"]),
    ("windows-874", &["windows-874"], &["จดหมายถึงรัฐมนตรี", "รายงานการประชุม"]),
    ("shift_jis", &["Shift_JIS"], &["森鴎外の手紙", "会議の議事録について"]),
    ("euc-jp", &["EUC-JP"], &["森鴎外の手紙", "会議の議事録について"]),
    ("iso-2022-jp", &["ISO-2022-JP"], &["森鴎外の手紙", "会議の議事録について"]),
    ("gb18030", &["GBK", "gb18030"], &["致鲁迅的信", "关于会议记录的报告"]),
    ("big5", &["Big5"], &["致胡適的信函", "會議紀錄報告書"]),
    ("euc-kr", &["EUC-KR"], &["안창호에게 보낸 편지", "회의록에 관한 보고"]),
];

/// A table, a list and a file of references with these titles.
fn files(titles: &[&str]) -> [(&'static str, String); 4] {
    let csv: Vec<String> = titles.iter().map(|title| format!("{title},1911\n")).collect();
    let json: Vec<String> =
        titles.iter().map(|title| format!("{{\"title\":\"{title}\",\"date\":\"1911\"}}")).collect();
    let ris: Vec<String> = titles
        .iter()
        .map(|title| format!("TY  - LETTER\nTI  - {title}\nDA  - 1911\nER  - \n"))
        .collect();
    let xml: Vec<String> = titles
        .iter()
        .map(|title| format!("<letter><title>{title}</title><date>1911</date></letter>\n"))
        .collect();
    [
        ("a.csv", format!("title,date\n{}", csv.concat())),
        ("a.json", format!("[{}]", json.join(",\n"))),
        ("a.ris", ris.concat()),
        (
            "a.xml",
            format!(
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<letters>{}</letters>",
                xml.concat()
            ),
        ),
    ]
}

/// The titles that `fonds list` shows.
fn titles(stdout: &str) -> Vec<&str> {
    stdout.lines().filter_map(|line| line.rsplit('\t').next()).collect()
}

#[test]
fn short_files_in_any_encoding_keep_their_letters() {
    let mut wrong = Vec::new();
    for (label, names, expected) in TEXTS {
        let encoding = Encoding::for_label(label.as_bytes()).unwrap();
        for (name, text) in files(expected) {
            let (bytes, _, unmappable) = encoding.encode(&text);
            assert!(!unmappable, "{label}: {text}");
            let folder = TestFolder::with_files(&[(name, &bytes)]);
            let result = folder.run(&["list", name]);
            let is_named =
                names.iter().any(|it| result.stderr.contains(&format!("were read as {it} (")));
            let warnings = result.stderr.matches("--encoding").count();
            if titles(&result.stdout) != *expected || !is_named || warnings != 1 {
                wrong.push(format!("{label} {name}: {}{}", result.stdout, result.stderr));
            }
            let result = folder.run(&["list", "--encoding", label, name]);
            if titles(&result.stdout) != *expected || result.stderr.contains("--encoding") {
                wrong
                    .push(format!("--encoding {label} {name}: {}{}", result.stdout, result.stderr));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Encodes a text in UTF-16 or UTF-32.
fn wide(text: &str, bytes_per_unit: usize, is_little: bool) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut push = |unit: u32| {
        let big = unit.to_be_bytes();
        let unit = big.get(4 - bytes_per_unit..).unwrap();
        if is_little { bytes.extend(unit.iter().rev()) } else { bytes.extend(unit) }
    };
    if bytes_per_unit == 2 {
        text.encode_utf16().for_each(|unit| push(u32::from(unit)));
    } else {
        text.chars().for_each(|letter| push(u32::from(letter)));
    }
    bytes
}

#[test]
fn utf_16_and_utf_32_are_read_with_and_without_a_mark() {
    let expected = ["Thư gửi 致鲁迅的信", "Письмо 𝄞"];
    for (name, text) in files(&expected) {
        // The declaration is that of another encoding, as in files that a program converted.
        for bytes_per_unit in [2, 4] {
            for is_little in [false, true] {
                let folder = TestFolder::with_files(&[
                    (name, &wide(&text, bytes_per_unit, is_little)),
                    (
                        &format!("mark-{name}"),
                        &wide(&format!("\u{feff}{text}"), bytes_per_unit, is_little),
                    ),
                ]);
                let result = folder.run(&["list", name]);
                assert_eq!(titles(&result.stdout), expected, "{name} {bytes_per_unit} {is_little}");
                let order = if is_little { "LE" } else { "BE" };
                let warning = format!("read as UTF-{}{order}", bytes_per_unit * 8);
                assert!(result.stderr.contains(&warning), "{}", result.stderr);
                let result = folder.run(&["list", &format!("mark-{name}")]);
                assert_eq!(titles(&result.stdout), expected, "{name} {bytes_per_unit} {is_little}");
                assert!(!result.stderr.contains("--encoding"), "{}", result.stderr);
            }
        }
    }
}

#[test]
fn one_name_in_another_encoding_behind_much_ascii_is_read() {
    let plain = "A letter in plain words,1900\n".repeat(7000);
    let bytes = [b"title,date\n", plain.as_bytes(), b"Brief an M\xfcller,1901\n"].concat();
    let folder = TestFolder::with_files(&[("late.csv", &bytes)]);
    let result = folder.run(&["list", "late.csv"]);
    assert!(result.stdout.ends_with("Brief an Müller\n"));
    let warning = "late.csv:7002: letters that are not UTF-8 were read as windows-1252";
    assert!(result.stderr.contains(warning), "{}", result.stderr);
}

#[test]
fn lines_in_two_encodings_keep_their_letters() {
    let cases: [(&[u8], &[&str]); 4] = [
        (b"title\nM\xc3\xbcller\nJ\xfcrgen\nZo\xc3\xab\n", &["Müller", "Jürgen", "Zoë"]),
        (b"title\nM\xc3\xbcller und J\xfcrgen \xc5\xbb\n", &["Müller und Jürgen Ż"]),
        // A letter of UTF-8 is cut off by the end of the file.
        (b"title\nM\xc3\xbcller\nZo\xc3", &["Müller", "Zo\u{fffd}"]),
        (
            b"title\n\xd0\x9c\xd0\xb8\xd1\x80 \xd0\x9c\xd0\xb8\xd1\x80\n\xcf\xe8\xf1\xfc\xec\xee \xf7\xe5\xeb\xee\xe2\xe5\xea\xe0\n",
            &["Мир Мир", "Письмо человека"],
        ),
    ];
    for (bytes, expected) in cases {
        let folder = TestFolder::with_files(&[("a.csv", bytes)]);
        let result = folder.run(&["list", "a.csv"]);
        assert_eq!(titles(&result.stdout), expected, "{}", result.stderr);
        assert_eq!(result.stderr.matches("a.csv:").count(), 1, "{}", result.stderr);
    }
}

#[test]
fn part_of_a_file_that_contradicts_the_guess_is_said() {
    let first = Encoding::for_label(b"windows-1251").unwrap();
    let second = Encoding::for_label(b"koi8-r").unwrap();
    let start = format!("title,date\n{}", "Письмо Толстого о делах,1889\n".repeat(40_000));
    let end = "Протокол заседания комитета,1905\n".repeat(10_000);
    let bytes = [first.encode(&start).0.into_owned(), second.encode(&end).0.into_owned()].concat();
    let folder = TestFolder::with_files(&[("two.csv", &bytes)]);
    let result = folder.run(&["check", "two.csv"]);
    let message = "look like KOI8-U, but were read as windows-1251";
    assert!(
        result.stderr.contains(message) || result.stdout.contains(message),
        "{}{}",
        result.stdout,
        result.stderr
    );
}

#[test]
fn declared_encodings_count_unless_the_letters_are_utf_8() {
    let title = "Письмо Толстого Фету";
    let other = "Отчёт о состоянии";
    let xml = |declared: &str| {
        format!(
            "<?xml version='1.0' encoding='{declared}'?>\n<letters><letter><title>{title}</title></letter>\
             <letter><title>{other}</title></letter></letters>"
        )
    };
    let bib = |declared: &str| {
        format!(
            "% Encoding: {declared}\n@book{{a, title={{{title}}}}}\n@book{{b, title={{{other}}}}}\n"
        )
    };
    let cp1251 = Encoding::for_label(b"windows-1251").unwrap();
    let encode = |text: String| cp1251.encode(&text).0.into_owned();
    let cases: [(&str, Vec<u8>, &str); 6] = [
        ("a.xml", encode(xml("windows-1251")), ""),
        ("b.xml", encode(xml("utf-8")), "read as windows-1251"),
        ("c.xml", xml("windows-1251").into_bytes(), "its letters are UTF-8"),
        ("d.xml", xml("iso-8859-1").into_bytes(), "its letters are UTF-8"),
        ("a.bib", encode(bib("Cp1251")), ""),
        ("b.bib", bib("ISO8859_1").into_bytes(), "its letters are UTF-8"),
    ];
    for (name, bytes, warning) in cases {
        let folder = TestFolder::with_files(&[(name, &bytes)]);
        let result = folder.run(&["list", name]);
        assert_eq!(titles(&result.stdout), [title, other], "{name}: {}", result.stderr);
        assert!(result.stderr.contains(warning), "{name}: {}", result.stderr);
        assert!(!warning.is_empty() || !result.stderr.contains("--encoding"), "{}", result.stderr);
    }
    let folder = TestFolder::with_files(&[("x.xml", &encode(xml("koi8-r")))]);
    let result = folder.run(&["list", "--encoding", "windows-1251", "x.xml"]);
    assert_eq!(titles(&result.stdout), [title, other], "{}", result.stderr);
}

#[test]
fn bytes_without_a_letter_in_the_chosen_encoding_are_said() {
    let folder = TestFolder::with_files(&[("a.csv", b"title\nA\nB\xff\xff\n")]);
    let result = folder.run(&["list", "--encoding", "shift_jis", "a.csv"]);
    assert!(
        result.stderr.contains("a.csv:3: bytes that are no letters of Shift_JIS"),
        "{}",
        result.stderr
    );
}

/// A reader may give one byte at a time, and cut a letter anywhere.
#[test]
fn pieces_of_any_size_give_the_same_records_and_warnings() {
    let cyrillic = "title,date\nПисьмо Толстого Фету,1889\nОтчёт,1890\n".repeat(40);
    let (other, _, _) = Encoding::for_label(b"windows-1251").unwrap().encode(&cyrillic);
    let (japanese, _, _) =
        Encoding::for_label(b"iso-2022-jp").unwrap().encode("title,date\n森鴎外の手紙,1911\n");
    let texts: [&[u8]; 6] = [
        cyrillic.as_bytes(),
        &other,
        &japanese,
        b"title,date\nPlain,1900\nM\xc3\xbcller,1901\nJ\xfcrgen,1902\nZo\xc3\xab,1903\n",
        b"title,date\nM\xc3\xbcller,1901\nZo\xc3",
        "\u{feff}title,date\n北京,1911\n".as_bytes(),
    ];
    for bytes in texts {
        let read_in = |size: usize| {
            let mut sink = CollectingSink::default();
            read("a.csv", None, &mut BufReader::with_capacity(size, bytes), &mut sink).unwrap();
            (sink.records, sink.problems)
        };
        let whole = read_in(1 << 20);
        assert!(!whole.0.is_empty());
        for size in [1, 2, 3, 5, 7, 64, 1000] {
            assert_eq!(read_in(size), whole, "pieces of {size} bytes of {bytes:?}");
        }
    }
}
