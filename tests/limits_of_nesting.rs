//! Files whose parts are nested: each format has a limit, see `docs/limits.md`.

use crate::limits::{read_bytes, titles};

/// A file in which something is nested this deep.
type DeepFile = fn(usize) -> String;

/// A text with something in so many layers round it.
fn around(open: &str, inside: &str, close: &str, depth: usize) -> String {
    open.repeat(depth) + inside + &close.repeat(depth)
}

/// The name of a file, how it is nested, the limit, and a depth far beyond it.
const NESTED_FILES: &[(&str, DeepFile, usize, usize)] = &[
    (
        "braces.bib",
        |depth| {
            format!("@book{{a, title={}}}\n@book{{b, title={{C}}}}\n", around("{", "A", "}", depth))
        },
        99,
        100_000,
    ),
    (
        "commands.bib",
        |depth| {
            format!(
                "@book{{a, title={{{}}}}}\n@book{{b, title={{C}}}}\n",
                around("\\'{", "e", "}", depth)
            )
        },
        98,
        4_000,
    ),
    (
        "a.jsonl",
        |depth| {
            format!(
                "{{\"title\":\"A\",\"x\":{}}}\n{{\"title\":\"C\"}}\n",
                around("[", "1", "]", depth)
            )
        },
        100,
        100_000,
    ),
    (
        "a.xml",
        |depth| {
            let letter = |title: &str, inside: &str| {
                format!("<letter><title>{title}</title><date>1945</date>{inside}</letter>")
            };
            format!(
                "<letters>{}{}</letters>",
                letter("C", ""),
                letter("A", &around("<x>", "y", "</x>", depth))
            )
        },
        300,
        100_000,
    ),
    (
        "a.yaml",
        |depth| format!("- title: C\n- title: A\n  x: {}\n", around("[", "1", "]", depth)),
        30,
        100_000,
    ),
    (
        "a.eml",
        |depth| {
            let mut text =
                "From: a@b.example\nSubject: C\nDate: Fri, 12 Apr 2019 10:00:00 +0200\n".to_owned();
            for _ in 0..depth {
                text.push_str("Content-Type: message/rfc822\n\n");
            }
            text + "\nText\n"
        },
        7,
        20_000,
    ),
];

#[test]
fn nesting_is_read_to_its_limit_and_named_beyond() {
    for (name, file, limit, beyond) in NESTED_FILES {
        let merged = read_bytes(name, file(*limit).as_bytes());
        assert!(
            merged.problems.iter().all(|it| !it.message.contains("deep")),
            "{name}: {:?}",
            merged.problems
        );
        let merged = read_bytes(name, file(*beyond).as_bytes());
        assert!(titles(&merged).contains(&"C"), "{name}: {:?}", merged.problems);
        assert!(!merged.problems.is_empty(), "{name}");
    }
}

/// A binary property list of so many lists, each in the one before.
fn binary_list(depth: u16) -> Vec<u8> {
    let mut bytes = b"bplist00".to_vec();
    let mut offsets = Vec::new();
    for number in 0..depth {
        offsets.push(u32::try_from(bytes.len()).unwrap());
        bytes.push(if number + 1 == depth { 0xa0 } else { 0xa1 });
        if number + 1 < depth {
            bytes.extend((number + 1).to_be_bytes());
        }
    }
    let table = bytes.len() as u64;
    bytes.extend(offsets.iter().flat_map(|offset| offset.to_be_bytes()));
    bytes.extend([0, 0, 0, 0, 0, 0, 4, 2]);
    for number in [u64::from(depth), 0, table] {
        bytes.extend(number.to_be_bytes());
    }
    bytes
}

#[test]
fn property_lists_are_read_to_their_depth() {
    let page = "PHRhYmxlPjx0cj48dGg+VGl0bGU8L3RoPjx0aD5EYXRlPC90aD48L3RyPjx0cj48dGQ+QTwvdGQ+PHRkPjE5NDU8L3RkPjwvdHI+PC90YWJsZT4=";
    let archive = |depth: usize| {
        let lists = around("<array>", "", "</array>", depth);
        format!(
            "<plist version=\"1.0\"><dict><key>WebMainResource</key><dict><key>WebResourceData</key><data>{page}</data>\
             <key>WebResourceTextEncodingName</key><string>UTF-8</string></dict><key>WebSubresources</key>{lists}</dict></plist>"
        )
    };
    let merged = read_bytes("a.webarchive", archive(63).as_bytes());
    assert_eq!(titles(&merged), ["A"], "{:?}", merged.problems);
    // In dictionaries, too, and in the two other forms of property lists.
    let pair = "<dict><key>WebMainResource</key>";
    let dictionaries =
        format!("<plist version=\"1.0\">{}</plist>", around(pair, "<dict/>", "</dict>", 50_000));
    let ascii = format!("// <plist WebMainResource\n{}", around("(", "", ")", 50_000));
    for (name, bytes) in [
        ("lists.webarchive", archive(64).into_bytes()),
        ("deep.webarchive", archive(50_000).into_bytes()),
        ("dictionaries.webarchive", dictionaries.into_bytes()),
        ("binary.webarchive", binary_list(60_000)),
        ("ascii.webarchive", ascii.into_bytes()),
    ] {
        let merged = read_bytes(name, &bytes);
        assert!(merged.records.is_empty(), "{name}");
        assert!(!merged.problems.is_empty(), "{name}");
        if name != "ascii.webarchive" {
            let message = &merged.problems[0].message;
            assert!(message.contains("more than 64"), "{name}: {message}");
        }
    }
}
