//! Guesses the encoding of text that is not UTF-8, and decodes text that mixes UTF-8 with another encoding.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, WINDOWS_1252, WINDOWS_1254};

/// How much of some bytes is UTF-8.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Utf8Share {
    /// The number of letters outside of ASCII that are UTF-8.
    pub(super) letters: usize,
    /// The number of bytes that are not UTF-8.
    pub(super) other_bytes: usize,
}

impl Utf8Share {
    /// Measures bytes.
    pub(super) fn of(bytes: &[u8]) -> Utf8Share {
        let mut share = Utf8Share::default();
        for chunk in bytes.utf8_chunks() {
            share.letters += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
            share.other_bytes += chunk.invalid().len();
        }
        share
    }

    /// Whether a text of this share is UTF-8, apart from single bytes, and not text in `encoding`.
    ///
    /// In encodings with two bytes for a letter, two bytes are UTF-8 by chance in one of six letters.
    /// In those with one byte it takes a capital letter before a sign.
    fn is_utf8(self, encoding: &'static Encoding) -> bool {
        if encoding.is_single_byte() {
            self.letters > self.other_bytes
        } else {
            self.letters >= 6 && self.letters > 10 * self.other_bytes
        }
    }
}

/// Guesses the encoding of the lines that are not UTF-8.
///
/// Lines in UTF-8 with a few wrong bytes are left out, since they do not show the encoding of the others.
pub(super) fn guess(bytes: &[u8], is_whole: bool) -> &'static Encoding {
    let lines = || lines(bytes).filter(|line| !Utf8Share::of(line).is_utf8(WINDOWS_1252));
    let first = detect(lines(), is_whole);
    if !is_latin(first) {
        return first;
    }
    // In Latin text, each letter of UTF-8 is taken for one, so it says nothing about the others.
    let pieces = lines().flat_map(|line| {
        line.utf8_chunks().flat_map(|chunk| {
            let ascii = chunk.valid().as_bytes().split(|byte| !byte.is_ascii());
            ascii.chain([chunk.invalid()])
        })
    });
    let guessed = detect(pieces, is_whole);
    if guessed == WINDOWS_1252 && is_turkish(bytes) { WINDOWS_1254 } else { guessed }
}

/// The encoding that these texts, one behind the other, are most likely in.
fn detect<'b>(texts: impl Iterator<Item = &'b [u8]>, is_whole: bool) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    for text in texts {
        detector.feed(text, false);
    }
    if is_whole {
        detector.feed(b"", true);
    }
    detector.guess(None, Utf8Detection::Deny)
}

/// Whether an encoding has one byte for a letter, and only Latin letters.
fn is_latin(encoding: &'static Encoding) -> bool {
    let is_other = [
        "ISO-8859-5",
        "ISO-8859-6",
        "ISO-8859-7",
        "ISO-8859-8",
        "ISO-8859-8-I",
        "windows-1251",
        "windows-1253",
        "windows-1255",
        "windows-1256",
        "windows-874",
        "KOI8-R",
        "KOI8-U",
        "IBM866",
        "x-mac-cyrillic",
    ]
    .contains(&encoding.name());
    encoding.is_single_byte() && !is_other
}

/// Whether text that was taken for Windows-1252 is Turkish. Turkish differs in six letters, which are those
/// of Icelandic in Windows-1252.
fn is_turkish(bytes: &[u8]) -> bool {
    let count = |letters: &[u8]| bytes.iter().filter(|byte| letters.contains(byte)).count();
    let six = count(&[0xd0, 0xdd, 0xde, 0xf0, 0xfd, 0xfe]);
    let icelandic = count(b"\xc1\xc9\xcd\xd3\xda\xc6\xe1\xe9\xed\xf3\xfa\xe6");
    let turkish = count(&[0xc7, 0xdc, 0xe7, 0xfc, 0xdd, 0xfd]);
    six > 1 && icelandic == 0 && (turkish > 0 || six > 2)
}

/// How many letters were decoded that are not UTF-8.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct DecodedLetters {
    /// The number of letters outside of ASCII.
    pub(super) sound: usize,
    /// The number of `�` that stand for bytes that are no letters.
    pub(super) wrong: usize,
}

impl DecodedLetters {
    /// Decodes bytes to the end of `text`, and counts their letters.
    fn decode(&mut self, bytes: &[u8], encoding: &'static Encoding, text: &mut String) {
        let (letters, had_errors) = encoding.decode_without_bom_handling(bytes);
        let wrong = if had_errors { letters.matches('\u{fffd}').count() } else { 0 };
        self.wrong += wrong;
        self.sound += letters.chars().filter(|c| !c.is_ascii()).count() - wrong;
        text.push_str(&letters);
    }
}

/// Decodes bytes to the end of `text`. Lines that are UTF-8, apart from single bytes, stay what they are.
pub(super) fn decode_lines(
    bytes: &[u8],
    encoding: &'static Encoding,
    is_utf8_kept: bool,
    text: &mut String,
) -> DecodedLetters {
    let mut decoded = DecodedLetters::default();
    for line in lines(bytes) {
        let share = Utf8Share::of(line);
        // In Latin text letters of UTF-8 are so rare by chance that each is taken for one.
        if is_utf8_kept && (is_latin(encoding) || share.is_utf8(encoding)) {
            for chunk in line.utf8_chunks() {
                text.push_str(chunk.valid());
                decoded.decode(chunk.invalid(), encoding, text);
            }
        } else {
            decoded.decode(line, encoding, text);
        }
    }
    decoded
}

/// The lines of a text, with their line breaks.
fn lines(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    bytes.split_inclusive(|byte| *byte == b'\n')
}
