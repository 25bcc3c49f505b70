//! Decides in which encoding the letters of a binary MARC record are: by its bytes first, then by its leader.

use std::collections::BTreeMap;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8};

use super::{iso5426, marc8};

/// The encoding of the letters of one record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Letters {
    /// UTF-8.
    Utf8,
    /// MARC-8, the encoding of MARC 21 before Unicode.
    Marc8,
    /// ISO 5426, the encoding of UNIMARC before Unicode.
    Iso5426,
    /// Another encoding, by the name in the WHATWG Encoding Standard.
    Other(&'static str),
}

impl Letters {
    /// Decodes bytes. Those without a letter become `�`.
    pub(super) fn decode(self, bytes: &[u8]) -> String {
        match self {
            Letters::Utf8 => String::from_utf8_lossy(bytes).into_owned(),
            Letters::Marc8 => marc8::decode(bytes),
            Letters::Iso5426 => iso5426::decode(bytes),
            Letters::Other(name) => {
                let encoding = Encoding::for_label(name.as_bytes()).unwrap_or(UTF_8);
                encoding.decode_without_bom_handling(bytes).0.into_owned()
            }
        }
    }

    /// The name for messages.
    pub(super) fn name(self) -> &'static str {
        match self {
            Letters::Utf8 => "UTF-8",
            Letters::Marc8 => "MARC-8",
            Letters::Iso5426 => "ISO 5426",
            Letters::Other(name) => name,
        }
    }
}

/// Decides the encoding of records one after the other.
pub(super) struct LettersJudge {
    /// The encoding that the user chose.
    chosen: Option<&'static Encoding>,
    /// Fed with all records so far that are neither UTF-8 nor MARC-8.
    detector: EncodingDetector,
    /// The encodings that the leader does not name: how many records, and the first.
    pub(super) contradictions: BTreeMap<(Letters, Letters), (usize, usize)>,
}

impl LettersJudge {
    /// Creates a judge that has seen no record.
    pub(super) fn new(chosen: Option<&'static Encoding>) -> LettersJudge {
        let detector = EncodingDetector::new(Iso2022JpDetection::Deny);
        LettersJudge { chosen, detector, contradictions: BTreeMap::new() }
    }

    /// Decides the encoding of a record. `stated` is what the record says.
    pub(super) fn judge(&mut self, bytes: &[u8], number: usize, stated: Letters) -> Letters {
        if let Some(chosen) = self.chosen {
            return if chosen == UTF_8 { Letters::Utf8 } else { Letters::Other(chosen.name()) };
        }
        let found = self.find(bytes, stated);
        if found != stated {
            self.contradictions.entry((stated, found)).or_insert((0, number)).0 += 1;
        }
        found
    }

    /// The encoding that the bytes are in.
    fn find(&mut self, bytes: &[u8], stated: Letters) -> Letters {
        if bytes.is_ascii() {
            let has_escapes = stated == Letters::Utf8 && marc8::has_scripts(bytes);
            return if has_escapes { Letters::Marc8 } else { stated };
        }
        if std::str::from_utf8(bytes).is_ok() {
            return Letters::Utf8;
        }
        let utf8_letters = count_utf8_letters(bytes);
        if stated == Letters::Utf8 && utf8_letters.0 > 2 * utf8_letters.1 {
            return Letters::Utf8;
        }
        let fit = marc8::fit(bytes);
        let is_marc8 = match stated {
            Letters::Iso5426 if iso5426::fits(bytes) => return Letters::Iso5426,
            // A record that says MARC-8 is believed unless most of its letters show otherwise.
            Letters::Marc8 => fit.escapes > 0 || fit.bad <= fit.good + fit.neutral / 2,
            _ => fit.escapes > 0 || fit.good > fit.bad || (fit.bad == 0 && fit.good > 0),
        };
        if is_marc8 {
            return Letters::Marc8;
        }
        self.detector.feed(bytes, false);
        Letters::Other(self.detector.guess(None, Utf8Detection::Deny).name())
    }
}

/// The number of letters outside of ASCII that are UTF-8, and of bytes that are not.
fn count_utf8_letters(bytes: &[u8]) -> (usize, usize) {
    bytes.utf8_chunks().fold((0, 0), |(letters, others), chunk| {
        let here = chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        (letters + here, others + chunk.invalid().len())
    })
}
