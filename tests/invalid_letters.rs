//! Bytes that are no letters of the encoding of a file: the warning says where the first is, and how many they are.

use encoding_rs::Encoding;

use crate::program::TestFolder;

/// Two of these in each text of [`FORMATS`] become bytes that are no letter.
const PLACE: char = '※';

/// A file of each kind of text.
const FORMATS: &[(&str, &str)] = &[
    (
        "a.json",
        "[{\"title\":\"Plain\"},\n{\"title\":\"A※b\",\"date\":\"1911\"},\n{\"title\":\"C※d\"}]",
    ),
    (
        "a.jsonl",
        "{\"title\":\"Plain\"}\n{\"title\":\"A※b\",\"date\":\"1911\"}\n{\"title\":\"C※d\"}\n",
    ),
    ("a.csv", "title,date\nA※b,1911\nC※d,1912\n"),
    ("a.tsv", "title\tdate\nA※b\t1911\nC※d\t1912\n"),
    ("a.ris", "TY  - LETTER\nTI  - A※b\nDA  - 1911\nER  - \n\nTY  - LETTER\nTI  - C※d\nER  - \n"),
    ("a.bib", "@book{a,\n  title = {A※b}, year = 1911}\n@book{b, title = {C※d}}\n"),
    (
        "a.xml",
        "<letters>\n<letter><title>A※b</title></letter>\n<letter><title>C※d</title></letter>\n</letters>",
    ),
    (
        "ead.xml",
        "<ead><eadheader><eadid>x</eadid></eadheader>\n<archdesc level=\"fonds\"><did><unittitle>A※b</unittitle></did>\
         <dsc><c level=\"item\"><did><unittitle>C※d</unittitle></did></c></dsc></archdesc></ead>",
    ),
    (
        "marc.xml",
        "<collection xmlns=\"http://www.loc.gov/MARC21/slim\">\n<record><leader>00000nam a2200000 a 4500</leader>\
         <datafield tag=\"245\" ind1=\"1\" ind2=\"0\"><subfield code=\"a\">A※b C※d</subfield></datafield></record>\
         </collection>",
    ),
    ("a.yaml", "- title: Plain\n- title: A※b\n  date: 1911\n- title: C※d\n"),
    ("a.toml", "[archive]\ntitle = \"A※b\"\n\n[[record]]\ntitle = \"C※d\"\n"),
    ("a.md", "---\ntitle: A※b\ndate: 1911\n---\nA note of C※d.\n"),
    (
        "a.html",
        "<html><body><table>\n<tr><th>title</th><th>date</th></tr>\n<tr><td>A※b</td><td>1911</td></tr>\n\
         <tr><td>C※d</td><td>1912</td></tr>\n</table></body></html>",
    ),
    ("a.txt", "1. A※b, 1911\n2. C※d, 1912\n"),
];

/// An encoding: its options, its name in warnings, a byte-order mark, how a text is encoded, and bytes that are no
/// letter.
struct Case {
    options: &'static [&'static str],
    name: &'static str,
    mark: &'static [u8],
    encode: fn(&str) -> Vec<u8>,
    invalid: &'static [u8],
}

fn utf_16_le(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

fn utf_16_be(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_be_bytes).collect()
}

fn utf_32_le(text: &str) -> Vec<u8> {
    text.chars().flat_map(|letter| u32::from(letter).to_le_bytes()).collect()
}

fn ascii(text: &str) -> Vec<u8> {
    text.as_bytes().to_vec()
}

const CASES: &[Case] = &[
    Case { options: &[], name: "windows-1252", mark: b"", encode: ascii, invalid: b"\xfc" },
    Case {
        options: &["--encoding", "utf-8"],
        name: "UTF-8",
        mark: b"",
        encode: ascii,
        invalid: b"\xfc",
    },
    Case {
        options: &[],
        name: "windows-1252",
        mark: b"\xef\xbb\xbf",
        encode: ascii,
        invalid: b"\xfc",
    },
    Case {
        options: &[],
        name: "UTF-16LE",
        mark: b"\xff\xfe",
        encode: utf_16_le,
        invalid: b"\x00\xd8",
    },
    Case {
        options: &[],
        name: "UTF-16BE",
        mark: b"\xfe\xff",
        encode: utf_16_be,
        invalid: b"\xdc\x00",
    },
    Case {
        options: &["--encoding", "utf-16le"],
        name: "UTF-16LE",
        mark: b"",
        encode: utf_16_le,
        invalid: b"\x00\xd8",
    },
    Case { options: &[], name: "UTF-16LE", mark: b"", encode: utf_16_le, invalid: b"\x00\xd8" },
    Case { options: &[], name: "UTF-16BE", mark: b"", encode: utf_16_be, invalid: b"\xdc\x00" },
    Case { options: &[], name: "UTF-32LE", mark: b"", encode: utf_32_le, invalid: b"\x00\xd8\0\0" },
    Case {
        options: &[],
        name: "UTF-32LE",
        mark: b"\xff\xfe\0\0",
        encode: utf_32_le,
        invalid: b"\x00\xd8\0\0",
    },
    Case {
        options: &["--encoding", "shift_jis"],
        name: "Shift_JIS",
        mark: b"",
        encode: ascii,
        invalid: b"\xff",
    },
    Case {
        options: &["--encoding", "euc-kr"],
        name: "EUC-KR",
        mark: b"",
        encode: ascii,
        invalid: b"\xff",
    },
    Case {
        options: &["--encoding", "gb18030"],
        name: "gb18030",
        mark: b"",
        encode: ascii,
        invalid: b"\xff",
    },
    Case {
        options: &["--encoding", "windows-1253"],
        name: "windows-1253",
        mark: b"",
        encode: ascii,
        invalid: b"\xd2",
    },
];

impl Case {
    /// Encodes a text, with bytes that are no letter in two places.
    fn bytes(&self, text: &str) -> Vec<u8> {
        let parts: Vec<Vec<u8>> = text.split(PLACE).map(self.encode).collect();
        [self.mark, &parts.join(self.invalid)].concat()
    }
}

#[test]
fn warning_has_the_line_and_the_count_in_every_format_and_encoding() {
    let mut wrong = Vec::new();
    for (file, text) in FORMATS {
        let line = text.split(PLACE).next().unwrap_or("").matches('\n').count() + 1;
        for case in CASES {
            let folder = TestFolder::with_files(&[(file, &case.bytes(text))]);
            let result = folder.run(&[&["list"], case.options, &[file]].concat());
            let warning = result.stderr.lines().find(|it| it.contains("(2 in all)")).unwrap_or("");
            let is_complete = warning.contains(&format!("{file}:{line}: "))
                && warning.contains(case.name)
                && result.stderr.matches(" in all)").count() == 1;
            if !is_complete {
                wrong.push(format!("{file} {}: {}", case.name, result.stderr));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Every byte is a letter of these.
#[test]
fn encodings_without_wrong_bytes_give_no_warning() {
    for encoding in ["windows-1252", "ibm866", "koi8-r"] {
        for (file, text) in FORMATS {
            let bytes = Case { options: &[], name: "", mark: b"", encode: ascii, invalid: b"\xe2" };
            let folder = TestFolder::with_files(&[(file, &bytes.bytes(text))]);
            let result = folder.run(&["list", "--encoding", encoding, file]);
            assert!(!result.stderr.contains("in all)"), "{file} {encoding}: {}", result.stderr);
        }
    }
}

#[test]
fn letters_that_were_guessed_are_counted() {
    let text = "title,date\nПисьмо Толстого Фету,1889\nОтчёт о состоянии,1890\n";
    let letters = text.chars().filter(|letter| !letter.is_ascii()).count();
    let bytes = Encoding::for_label(b"windows-1251").unwrap().encode(text).0.into_owned();
    let result = TestFolder::with_files(&[("a.csv", &bytes)]).run(&["list", "a.csv"]);
    let warning =
        format!("a.csv:2: letters that are not UTF-8 were read as windows-1251 ({letters} in all)");
    assert!(result.stderr.contains(&warning), "{}", result.stderr);
}

/// A message, with these headers and this body.
fn message(headers: &str, body: &[u8]) -> Vec<u8> {
    let start = format!(
        "From: Anna <anna@a.example>\r\nMessage-ID: <1@a.example>\r\nDate: Fri, 1 Feb 2019 10:00:00 +0000\r\n{headers}\r\n\r\n"
    );
    [start.as_bytes(), body].concat()
}

#[test]
fn letters_of_mail_are_counted() {
    let cases: [(&[&str], Vec<u8>, &str); 5] = [
        (&[], message("Subject: Greetings", b"M\xfcller, J\xf6rg\r\n"), "Windows-1252 (2 in all)"),
        (
            &["--encoding", "windows-1253"],
            message("Subject: Greetings", b"\xc1 \xd2 and \xd2\r\n"),
            "no letters of windows-1253 are shown as � (2 in all)",
        ),
        (
            &[],
            message("Subject: =?utf-8?Q?a_=FC_b?=", b"plain\r\n"),
            "that the message names are shown as � (1 in all)",
        ),
        (
            &[],
            message(
                "Subject: Greetings\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\
                 Content-Transfer-Encoding: base64",
                b"TfxsbGVyIGFuZCBN/GxsZXI=\r\n",
            ),
            "utf-8, which they are not: they were read as Windows-1252 (2 in all)",
        ),
        (
            &[],
            [
                &b"From: M\xfcller <m@a.example>\r\nMessage-ID: <1@a.example>\r\n"[..],
                b"Subject: Greetings\r\n\r\nplain\r\n",
            ]
            .concat(),
            "Windows-1252 (1 in all)",
        ),
    ];
    assert_warned(&cases);
}

/// Checks that each message, read with its options, gives a warning with these words.
fn assert_warned(cases: &[(&[&str], Vec<u8>, &str)]) {
    for (options, bytes, warning) in cases {
        let folder = TestFolder::with_files(&[("a.eml", bytes)]);
        let result = folder.run(&[&["list"], *options, &["a.eml"]].concat());
        assert!(result.stderr.contains(warning), "{warning}: {}", result.stderr);
        assert!(result.stderr.contains("a.eml:1: "), "{warning}: {}", result.stderr);
    }
}

#[test]
fn encodings_that_do_not_fit_the_letters_of_a_message_are_named() {
    let typed = |charset: &str, body: &[u8]| {
        let headers = format!(
            "Subject: Greetings\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset={charset}\r\n\
             Content-Transfer-Encoding: 8bit"
        );
        message(&headers, body)
    };
    let cases: [(&[&str], Vec<u8>, &str); 7] = [
        (
            &[],
            typed("us-ascii", "Größe\r\n".as_bytes()),
            "us-ascii, which they are not: they were read as UTF-8 (2 in",
        ),
        (
            &[],
            typed("us-ascii", b"Gr\xf6\xdfe\r\n"),
            "us-ascii, which they are not: they were read as Windows-1252 (2",
        ),
        (
            &[],
            typed("utf-8", b"Gr\xf6\xdfe\r\n"),
            "utf-8, which they are not: they were read as Windows-1252 (2 in",
        ),
        (
            &[],
            typed("klingon", "Größe\r\n".as_bytes()),
            "klingon, which they are not: they were read as UTF-8 (2 in",
        ),
        (
            &["--encoding", "utf-8"],
            typed("iso-8859-1", b"Gr\xf6\xdfe\r\n"),
            "no letters of UTF-8 are shown as � (2 in all)",
        ),
        (
            &["--encoding", "utf-8"],
            message("Subject: Gr\u{f6}\u{df}e", b"M\xfcller\r\n"),
            "no letters of UTF-8 are shown as � (1 in all)",
        ),
        (
            &["--encoding", "windows-1253"],
            typed("iso-8859-1", b"\xc1 \xd2\r\n"),
            "no letters of windows-1253 are shown as � (1 in all)",
        ),
    ];
    assert_warned(&cases);
}

#[test]
fn letters_of_a_saved_page_are_counted() {
    let page = b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://a.example/\r\nSubject: x\r\n\
                 MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"b\"\r\n\r\n--b\r\n\
                 Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\
                 Content-Location: https://a.example/\r\n\r\n<table><tr><th>title</th><th>date</th></tr>\
                 <tr><td>M=FCller</td><td>1911</td></tr><tr><td>J=F6rg</td><td>1912</td></tr></table>\r\n--b--\r\n";
    let result = TestFolder::with_files(&[("a.mhtml", page)]).run(&["list", "a.mhtml"]);
    assert!(result.stderr.contains("in line 1 of the page in it"), "{}", result.stderr);
    assert!(result.stderr.contains("windows-1252 (2 in all)"), "{}", result.stderr);
}

#[test]
fn the_encoding_that_the_user_names_overrides_that_of_a_message() {
    let body = b"\xcf\xf0\xe8\xe2\xe5\xf2\r\n";
    let part = |encoding: &str, body: &[u8]| {
        let headers = format!(
            "Subject: Letter\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=iso-8859-1\r\n\
             Content-Transfer-Encoding: {encoding}"
        );
        message(&headers, body)
    };
    let multipart = [
        b"From: a@b.example\nSubject: S\nMessage-ID: <1@b>\nMIME-Version: 1.0\n\
          Content-Type: multipart/mixed; boundary=\"b0\"\n\n--b0\nContent-Type: text/plain; charset=utf-8\n\n",
        &body[..],
        b"\n--b0--\n",
    ]
    .concat();
    let forwarded = [
        b"From: a@b.example\nSubject: S\nMessage-ID: <1@b>\nMIME-Version: 1.0\n\
          Content-Type: multipart/mixed; boundary=\"b0\"\n\n--b0\nContent-Type: message/rfc822\n\n\
          From: c@d.example\nSubject: T\nContent-Type: text/plain; charset=iso-8859-1\n\n",
        &body[..],
        b"\n--b0--\n",
    ]
    .concat();
    for bytes in [
        part("8bit", body),
        part("quoted-printable", b"=CF=F0=E8=E2=E5=F2\r\n"),
        part("base64", b"z/Do4uXy\r\n"),
        multipart,
        forwarded,
    ] {
        let folder = TestFolder::with_files(&[("a.eml", &bytes)]);
        let result = folder.run(&["show", "--encoding", "windows-1251", "a.eml"]);
        assert!(result.stdout.contains("Привет"), "{}{}", result.stdout, result.stderr);
        assert_eq!(result.stderr, "");
    }
}

#[test]
fn the_text_of_a_message_that_is_cut_off_is_kept() {
    let head = "From: a@b.example\nSubject: First\nMessage-ID: <1@b>\nMIME-Version: 1.0\n";
    let alternative = "Content-Type: multipart/alternative; boundary=b1\n\n--b1\n";
    let mixed = "Content-Type: multipart/mixed;\n boundary=\"b0\"\n\n--b0\n";
    let plain = "Content-Type: text/plain\n\nThe text of the letter\n";
    for text in [
        format!("{head}{mixed}{plain}"),
        format!("{head}{mixed}{alternative}{plain}"),
        format!("{head}{mixed}{alternative}{plain}\n--b1--\n"),
        format!("{head}{mixed}{plain}\n--b0\nContent-Type: image/png\n\nxyz"),
    ] {
        let folder = TestFolder::with_files(&[("a.eml", text.as_bytes())]);
        let result = folder.run(&["show", "a.eml"]);
        assert!(result.stdout.contains("The text of the letter"), "{text}{}", result.stdout);
        assert!(result.stderr.contains("a.eml:1: this message is cut off"), "{}", result.stderr);
        let whole = text.clone() + "\n--b1--\n--b0--\n";
        let folder = TestFolder::with_files(&[("a.eml", whole.as_bytes())]);
        assert_eq!(folder.run(&["show", "a.eml"]).stderr, "", "{whole}");
    }
}
