//! Decodes the letters of a message: in the encoding that the user chose, else in the one that a part names.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;
use mail_parser::{Encoding as TransferEncoding, Message, MessagePart, MimeHeaders, PartType};

use crate::formats::read::encoding;
use crate::formats::read::transcode::no_letters_message;
use crate::text::counts::with_thousands;

/// Decodes letters and counts those that are doubtful or wrong.
#[derive(Clone)]
pub(super) struct Letters {
    /// The encoding that the user chose.
    chosen: Option<&'static Encoding>,
    /// The number of letters without a named encoding that were read as Windows-1252.
    guessed: usize,
    /// The first encoding that does not fit the letters of its part, as the message names it.
    unfit: Option<String>,
    /// The number of letters of such parts that were read as UTF-8, and as Windows-1252.
    unfit_counts: (usize, usize),
    /// The number of places with bytes that are no letters of the chosen encoding.
    wrong: usize,
}

impl Letters {
    /// Nothing was decoded yet.
    pub(super) fn new(chosen: Option<&'static Encoding>) -> Letters {
        // The names of headers are ASCII, whatever was chosen.
        let chosen = chosen.filter(|it| ![UTF_16BE, UTF_16LE].contains(it));
        Letters { chosen, guessed: 0, unfit: None, unfit_counts: (0, 0), wrong: 0 }
    }

    /// Returns a message whose headers are UTF-8. Old programs wrote other letters into them.
    pub(super) fn readable_headers<'b>(&mut self, bytes: &'b [u8]) -> Cow<'b, [u8]> {
        let end = [&b"\n\n"[..], &b"\r\n\r\n"[..]].into_iter();
        let end = end.filter_map(|blank| memchr::memmem::find(bytes, blank)).min();
        let (headers, rest) = bytes.split_at(end.unwrap_or(bytes.len()));
        let is_as_chosen = self.chosen.is_none_or(|it| it == UTF_8 || headers.is_ascii());
        if is_as_chosen && std::str::from_utf8(headers).is_ok() {
            return Cow::Borrowed(bytes);
        }
        let mut readable = match self.chosen {
            Some(chosen) => self.decode_as(chosen, headers),
            None => self.guess(headers),
        }
        .into_bytes();
        readable.extend_from_slice(rest);
        Cow::Owned(readable)
    }

    /// Decodes the texts of a message, and of those inside it, where the library did not decode them right.
    pub(super) fn decode_texts(&mut self, message: &mut Message<'_>) {
        let raw = std::mem::take(&mut message.raw_message);
        for part in &mut message.parts {
            let text = match &mut part.body {
                PartType::Message(inner) => {
                    self.decode_texts(inner);
                    None
                }
                PartType::Text(_) | PartType::Html(_) => self.decoded(part, &raw),
                PartType::Binary(_) | PartType::InlineBinary(_) | PartType::Multipart(_) => None,
            };
            if let (Some(decoded), PartType::Text(text) | PartType::Html(text)) =
                (text, &mut part.body)
            {
                *text = Cow::Owned(decoded);
            }
        }
        message.raw_message = raw;
    }

    /// Returns the text of a part, unless the library decoded it right.
    fn decoded(&mut self, part: &MessagePart<'_>, raw: &[u8]) -> Option<String> {
        let range =
            usize::try_from(part.offset_body).ok()?..usize::try_from(part.offset_end).ok()?;
        let body = raw.get(range)?;
        let bytes = match part.encoding {
            TransferEncoding::QuotedPrintable => Cow::Owned(quoted_printable_decode(body)?),
            TransferEncoding::Base64 => Cow::Owned(base64_decode(body)?),
            TransferEncoding::None => Cow::Borrowed(body),
        };
        if bytes.is_ascii() && self.chosen.is_none_or(Encoding::is_ascii_compatible) {
            return None;
        }
        if let Some(chosen) = self.chosen {
            return Some(self.decode_as(chosen, &bytes));
        }
        let Some(label) = part.content_type().and_then(|it| it.attribute("charset")) else {
            return std::str::from_utf8(&bytes).is_err().then(|| self.guess(&bytes));
        };
        // ASCII has none of these letters. The standard of the web takes its name for Windows-1252.
        let is_ascii = ["us-ascii", "ascii"].iter().any(|it| label.eq_ignore_ascii_case(it));
        let is_other = Encoding::for_label(label.as_bytes()).is_some_and(|named| named != UTF_8);
        let is_utf8 = std::str::from_utf8(&bytes).is_ok();
        let is_right = is_utf8 && Encoding::for_label(label.as_bytes()) == Some(UTF_8);
        if is_right || is_other && !is_ascii {
            return None;
        }
        let text = encoding::decode(&bytes).0;
        self.unfit.get_or_insert_with(|| label.to_owned());
        if is_utf8 {
            self.unfit_counts.0 += text.chars().filter(|letter| !letter.is_ascii()).count();
        } else {
            self.unfit_counts.1 += invalid_bytes(&bytes);
        }
        Some(text)
    }

    /// Decodes bytes without a named encoding.
    fn guess(&mut self, bytes: &[u8]) -> String {
        self.guessed += invalid_bytes(bytes);
        encoding::decode(bytes).0
    }

    /// Decodes bytes in the encoding that the user chose.
    fn decode_as(&mut self, chosen: &'static Encoding, bytes: &[u8]) -> String {
        let (text, had_errors) = chosen.decode_without_bom_handling(bytes);
        self.wrong += if had_errors { text.matches('\u{fffd}').count() } else { 0 };
        text.into_owned()
    }

    /// Returns the warnings. `unknown` is the number of letters that could not be decoded.
    pub(super) fn warnings(&self, unknown: usize) -> Vec<String> {
        let mut warnings = Vec::new();
        if self.guessed > 0 {
            warnings.push(format!(
                "this message does not say what encoding its letters have: they were read as Windows-1252 ({} in \
                 all)",
                with_thousands(self.guessed)
            ));
        }
        let (as_utf8, as_windows) = self.unfit_counts;
        for (count, read_as) in [(as_utf8, "UTF-8"), (as_windows, "Windows-1252")] {
            if let Some(label) = self.unfit.as_ref().filter(|_| count > 0) {
                warnings.push(format!(
                    "this message says that its letters are {label}, which they are not: they were read as {read_as} ({} \
                     in all); if they look wrong, name the encoding with --encoding",
                    with_thousands(count)
                ));
            }
        }
        let unknown = unknown.max(self.wrong);
        if unknown > 0 {
            let encoding =
                self.chosen.map_or("the encoding that the message names", Encoding::name);
            warnings.push(no_letters_message(encoding, unknown));
        }
        warnings
    }
}

/// Returns the number of bytes that are not UTF-8.
fn invalid_bytes(bytes: &[u8]) -> usize {
    bytes.utf8_chunks().map(|chunk| chunk.invalid().len()).sum()
}
