//! Encodings that a file shows in its first bytes: by a byte-order mark, by zero bytes, or in words.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::findings::Findings;
use super::stream::{ByteOrder, decode_unit};

/// An encoding that the first bytes of a file show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Marked {
    /// An encoding of the WHATWG Encoding Standard.
    Known(&'static Encoding),
    /// UTF-32.
    Utf32(ByteOrder),
}

/// The number of bytes that zero bytes are looked for in.
const SAMPLE_BYTES: usize = 4096;

/// The encoding that a byte-order mark names, or UTF-16 or UTF-32 without one, which gives a warning.
pub(super) fn marked_encoding(start: &[u8], findings: &Findings) -> Option<Marked> {
    match start {
        [0xff, 0xfe, 0, 0, ..] => return Some(Marked::Utf32(ByteOrder::Little)),
        [0, 0, 0xfe, 0xff, ..] => return Some(Marked::Utf32(ByteOrder::Big)),
        _ => {}
    }
    if let Some((encoding, _)) = Encoding::for_bom(start) {
        return Some(Marked::Known(encoding));
    }
    let sample = start.get(..SAMPLE_BYTES).unwrap_or(start);
    let (marked, name) = wide_encoding(sample)?;
    let message = format!(
        "this file has no byte-order mark: it was read as {name}, because of its zero bytes; \
         if letters are wrong, name the encoding with --encoding"
    );
    findings.report(1, message);
    Some(marked)
}

/// UTF-16 or UTF-32, if bytes without a byte-order mark are text in one of them.
fn wide_encoding(sample: &[u8]) -> Option<(Marked, &'static str)> {
    let zeros = memchr::memchr_iter(0, sample).count();
    // Some zero bytes in a text in UTF-8 are mistakes. In UTF-16 every other byte of Latin letters is one.
    let is_utf8 =
        || std::str::from_utf8(sample).map_or_else(|it| it.error_len().is_none(), |_| true);
    if zeros == 0 || (4 * zeros < sample.len() && is_utf8()) {
        return None;
    }
    let is_utf32 = |order| {
        let letters = sample.as_chunks::<4>().0.iter().map(|unit| decode_unit(*unit, order));
        are_letters(letters.map(char::from_u32))
    };
    let is_utf16 = |from_bytes: fn([u8; 2]) -> u16| {
        // The last unit may be one half of a letter.
        let units = sample.as_chunks::<2>().0;
        let units = units.split_last().map_or(units, |(last, rest)| {
            if (0xd800..0xdc00).contains(&from_bytes(*last)) { rest } else { units }
        });
        let letters = char::decode_utf16(units.iter().map(|unit| from_bytes(*unit)));
        has_zeros_on_one_side(sample) && are_letters(letters.map(Result::ok))
    };
    if is_utf32(ByteOrder::Little) {
        Some((Marked::Utf32(ByteOrder::Little), "UTF-32LE"))
    } else if is_utf32(ByteOrder::Big) {
        Some((Marked::Utf32(ByteOrder::Big), "UTF-32BE"))
    } else if is_utf16(u16::from_le_bytes) {
        Some((Marked::Known(UTF_16LE), "UTF-16LE"))
    } else if is_utf16(u16::from_be_bytes) {
        Some((Marked::Known(UTF_16BE), "UTF-16BE"))
    } else {
        None
    }
}

/// Whether nearly all zero bytes are the first, or the second, of two.
fn has_zeros_on_one_side(sample: &[u8]) -> bool {
    let zeros = |side: usize| sample.iter().skip(side).step_by(2).filter(|it| **it == 0).count();
    let (first, second) = (zeros(0), zeros(1));
    first.min(second) * LETTERS_PER_DAMAGED <= first.max(second)
}

/// One of so many letters of a text may be damaged.
const LETTERS_PER_DAMAGED: usize = 12;

/// Whether these are letters of a text, few of them damaged, and ASCII among them.
fn are_letters(letters: impl Iterator<Item = Option<char>>) -> bool {
    let (mut ascii, mut damaged, mut count) = (0_usize, 0_usize, 0_usize);
    for letter in letters {
        let is_text = letter.is_some_and(|c| !c.is_control() || "\t\r\n\x0b\x0c\u{85}".contains(c));
        count += 1;
        damaged += usize::from(!is_text);
        ascii += usize::from(is_text && letter.is_some_and(|c| c.is_ascii()));
    }
    // Even Chinese text has commas, quotation marks and line breaks of ASCII in the formats that are read.
    count > 0 && damaged * LETTERS_PER_DAMAGED <= count && ascii * 50 > count
}

/// The encoding that a file names in words at its start: an XML declaration, the `charset` of a web page,
/// or the comment that `JabRef` and Emacs write into files of `BibTeX`. `None` also for UTF-8.
pub(super) fn declared_encoding(start: &[u8]) -> Option<&'static Encoding> {
    let start = start.get(..SAMPLE_BYTES).unwrap_or(start);
    let text: String = start.iter().map(|byte| char::from(*byte)).collect();
    let text = text.trim_start().to_ascii_lowercase();
    let label = if text.starts_with("<?xml") {
        let declaration = text.split_once("?>").map_or("", |(declaration, _)| declaration);
        label_after(declaration, "encoding")
    } else if text.starts_with('<') && text.contains("<meta") {
        label_after(&text, "charset")
    } else if text.starts_with('%') {
        let comment = text.lines().next().unwrap_or("");
        label_after(comment, "encoding").or_else(|| label_after(comment, "coding"))
    } else {
        None
    }?;
    // Java, in which JabRef is written, has other labels for some encodings.
    let label = match label.strip_prefix("cp125") {
        Some(rest) => format!("windows-125{rest}"),
        None => label.replace("iso8859_", "iso-8859-"),
    };
    // The declaration was read as single bytes, so the file is not UTF-16, whatever it names.
    let encoding = Encoding::for_label(label.as_bytes())?;
    (encoding.is_ascii_compatible() && encoding != UTF_8).then_some(encoding)
}

/// The label after a key: `encoding="latin1"`, `charset=latin1`, `encoding: latin1`.
fn label_after(text: &str, key: &str) -> Option<String> {
    let (_, rest) = text.split_once(key)?;
    let rest = rest.trim_start().strip_prefix(['=', ':'])?;
    let rest = rest.trim_start().trim_start_matches(['"', '\'']);
    let is_label = |c: char| c.is_ascii_alphanumeric() || "-_:.".contains(c);
    let label = rest.split(|c| !is_label(c)).next()?;
    Some(label.to_owned())
}
