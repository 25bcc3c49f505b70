//! A reader of text that is UTF-8 as far as possible. From the first bytes that are not, the encoding is guessed.

use std::io::{self, BufRead, Read};

use encoding_rs::{Encoding, ISO_2022_JP, WINDOWS_1252};

use super::CHUNK_BYTES;
use super::findings::Findings;
use super::guess::{Utf8Share, decode_lines, guess};

/// The number of bytes from which an encoding is guessed, at most.
const MAX_SAMPLE_BYTES: usize = 1 << 20;

/// The number of bytes outside of ASCII that are enough for a guess.
const ENOUGH_LETTER_BYTES: usize = 4096;

/// The number of letters outside of ASCII in UTF-8 that no text in another encoding has by chance.
const CERTAIN_UTF8_LETTERS: usize = 20;

/// The number of bytes outside of ASCII after a guess that can contradict it.
const CONTRADICTING_BYTES: usize = 500;

/// What is known about the encoding of a file before its bytes are looked at.
#[derive(Clone, Copy, Debug)]
pub(super) enum Policy {
    /// Nothing.
    Guess,
    /// It is UTF-8; single bytes that are not are read as Windows-1252.
    Utf8,
    /// The file names this encoding, which is not UTF-8.
    Declared(&'static Encoding),
}

/// What the bytes are taken for.
#[derive(Clone, Copy, Debug)]
enum State {
    /// All bytes so far were UTF-8.
    Utf8,
    /// The bytes from here on are in this encoding.
    Other { encoding: &'static Encoding, is_utf8_kept: bool },
}

/// The reader. While the bytes are UTF-8, it lends the buffer of `bytes` without a copy.
pub(super) struct GuessingReader<R> {
    bytes: R,
    policy: Policy,
    state: State,
    findings: Findings,
    /// The number of bytes in the buffer of `bytes` that are lent.
    lent: usize,
    /// Bytes that were read and not converted yet.
    raw: Vec<u8>,
    /// Converted text, and how much of it was passed on.
    text: Vec<u8>,
    passed: usize,
    /// The number of line breaks before `raw`.
    newlines: usize,
    /// The number of letters of UTF-8 outside of ASCII so far.
    utf8_letters: usize,
    /// Lines after the sample, for a second guess.
    later: Vec<u8>,
    /// The line where `later` begins.
    later_line: usize,
    /// The number of bytes of the sample that were not decoded yet.
    sample_left: usize,
    /// Whether it was said that later lines contradict the guess.
    reported_contradiction: bool,
    at_end: bool,
    /// An error of `bytes`, which every read behind the text before it returns.
    error: Option<io::Error>,
}

impl<R: BufRead> GuessingReader<R> {
    /// Creates a reader that has read nothing.
    pub(super) fn new(bytes: R, policy: Policy, findings: Findings) -> GuessingReader<R> {
        GuessingReader {
            bytes,
            policy,
            state: State::Utf8,
            findings,
            lent: 0,
            raw: Vec::new(),
            text: Vec::new(),
            passed: 0,
            newlines: 0,
            utf8_letters: 0,
            later: Vec::new(),
            later_line: 0,
            sample_left: 0,
            reported_contradiction: false,
            at_end: false,
            error: None,
        }
    }

    /// Reads more bytes into `raw`.
    fn read_more(&mut self) {
        let bytes = buffered(&mut self.bytes, &mut self.error);
        let count = bytes.len().min(CHUNK_BYTES);
        self.raw.extend_from_slice(bytes.get(..count).unwrap_or(bytes));
        self.at_end = count == 0;
        self.bytes.consume(count);
    }

    /// Lends as many bytes of the buffer of `bytes` as are UTF-8 for certain; none if there are others.
    fn lend(&mut self) {
        let bytes = buffered(&mut self.bytes, &mut self.error);
        let valid = valid_length(bytes, self.utf8_letters > 0);
        let (sound, rest) = bytes.split_at_checked(valid).unwrap_or((bytes, &[]));
        let is_undecided = matches!(self.policy, Policy::Declared(_)) && !sound.is_ascii();
        if is_undecided || !(rest.is_empty() || begins_letter(rest)) {
            return;
        }
        if self.utf8_letters < CERTAIN_UTF8_LETTERS && !sound.is_ascii() {
            self.utf8_letters += Utf8Share::of(sound).letters;
        }
        self.newlines += memchr::memchr_iter(b'\n', sound).count();
        self.lent = sound.len();
    }

    /// Converts what was read. Returns whether more can be converted without reading more.
    fn convert(&mut self) -> bool {
        match self.state {
            State::Utf8 => self.pass_utf8(),
            State::Other { encoding, is_utf8_kept } => {
                self.decode(encoding, is_utf8_kept);
                false
            }
        }
    }

    /// Passes on UTF-8. At the first bytes that are not UTF-8, guesses what they are.
    fn pass_utf8(&mut self) -> bool {
        let valid = valid_length(&self.raw, self.utf8_letters > 0);
        let rest = self.raw.get(valid..).unwrap_or(&[]);
        let is_utf8 = rest.is_empty() || (!self.at_end && begins_letter(rest));
        match self.policy {
            Policy::Declared(declared) if !self.raw.is_ascii() => {
                self.check_declaration(declared);
                true
            }
            _ if is_utf8 => {
                self.pass_on(valid);
                false
            }
            _ => {
                self.leave_utf8(valid);
                true
            }
        }
    }

    /// Passes on the first bytes of `raw`, which are UTF-8.
    fn pass_on(&mut self, length: usize) {
        let bytes = self.raw.get(..length).unwrap_or(&[]);
        if self.utf8_letters < CERTAIN_UTF8_LETTERS && !bytes.is_ascii() {
            self.utf8_letters += Utf8Share::of(bytes).letters;
        }
        self.newlines += memchr::memchr_iter(b'\n', bytes).count();
        if self.text.is_empty() && length == self.raw.len() {
            std::mem::swap(&mut self.raw, &mut self.text);
        } else {
            self.text.extend(self.raw.drain(..length));
        }
    }

    /// Chooses the encoding of the bytes from here on. Those before `valid` are UTF-8.
    fn leave_utf8(&mut self, valid: usize) {
        // A few letters before may be UTF-8 only by chance.
        let is_certain = self.is_utf8_certain(valid);
        let before = self.raw.get(..valid).unwrap_or(&[]);
        let first = before.iter().position(|byte| !byte.is_ascii()).unwrap_or(valid);
        let sound = if is_certain { valid } else { first };
        let line_start = self.raw.get(..sound).and_then(|it| memchr::memrchr(b'\n', it));
        self.pass_on(line_start.map_or(0, |at| at + 1));
        let bad = valid - line_start.map_or(0, |at| at + 1);
        self.read_sample();
        let line = self.line_of(bad);
        if self.is_cut_at_end() {
            self.findings.report(line, "the file ends in the middle of a letter");
            let text = String::from_utf8_lossy(&self.raw).into_owned();
            self.raw = text.into_bytes();
            return self.pass_on(self.raw.len());
        }
        let encoding = self.choose(is_certain);
        self.findings.begin_guess(line, encoding.name());
        let is_utf8_kept = encoding != ISO_2022_JP;
        self.sample_left = self.raw.len();
        self.state = State::Other { encoding, is_utf8_kept };
    }

    /// Whether the letters so far, and in the first `valid` bytes of `raw`, can only be UTF-8.
    fn is_utf8_certain(&self, valid: usize) -> bool {
        let here = Utf8Share::of(self.raw.get(..valid).unwrap_or(&[])).letters;
        matches!(self.policy, Policy::Utf8) || self.utf8_letters + here >= CERTAIN_UTF8_LETTERS
    }

    /// Reads bytes until there are enough for a guess.
    fn read_sample(&mut self) {
        let mut letters = 0;
        let mut counted = 0;
        loop {
            let new = self.raw.get(counted..).unwrap_or(&[]);
            letters += new.iter().filter(|byte| !byte.is_ascii()).count();
            counted = self.raw.len();
            if self.at_end || letters >= ENOUGH_LETTER_BYTES || counted >= MAX_SAMPLE_BYTES {
                return;
            }
            self.read_more();
        }
    }

    /// Whether `raw` is UTF-8 except for its last bytes, which begin a letter.
    fn is_cut_at_end(&self) -> bool {
        let error = std::str::from_utf8(&self.raw).err();
        let is_cut = error.is_some_and(|it| it.error_len().is_none());
        let has_utf8 = self.utf8_letters + Utf8Share::of(&self.raw).letters > 0;
        // Without other letters of UTF-8, it is more likely a whole letter of another encoding.
        self.at_end && is_cut && (has_utf8 || matches!(self.policy, Policy::Utf8))
    }

    /// The encoding of `raw`, which is not UTF-8.
    fn choose(&self, is_utf8_certain: bool) -> &'static Encoding {
        let guessed = match self.policy {
            Policy::Guess => guess(&self.raw, self.at_end),
            Policy::Utf8 | Policy::Declared(_) => WINDOWS_1252,
        };
        let is_possible = !is_utf8_certain || guessed.is_single_byte();
        if is_possible { guessed } else { WINDOWS_1252 }
    }

    /// Compares the first letters of a file with the encoding that it names.
    fn check_declaration(&mut self, declared: &'static Encoding) {
        self.read_sample();
        let share = Utf8Share::of(&self.raw);
        let first = self.raw.iter().position(|byte| !byte.is_ascii()).unwrap_or(0);
        let line = self.line_of(first);
        if share.other_bytes > 3 || share.letters <= share.other_bytes {
            self.state = State::Other { encoding: declared, is_utf8_kept: false };
            return;
        }
        let name = declared.name();
        let message = format!(
            "this file says that it is {name}, but its letters are UTF-8 and were read as such: if they look wrong, \
             use --encoding {name}"
        );
        self.findings.report(line, message);
        self.policy = Policy::Utf8;
    }

    /// The line of an offset in `raw`.
    fn line_of(&self, offset: usize) -> usize {
        let before = self.raw.get(..offset).unwrap_or(&[]);
        self.newlines + memchr::memchr_iter(b'\n', before).count() + 1
    }

    /// Decodes whole lines, or a part of a long line that ends between two letters.
    fn decode(&mut self, encoding: &'static Encoding, is_utf8_kept: bool) {
        let end = match memchr::memrchr(b'\n', &self.raw) {
            _ if self.at_end => self.raw.len(),
            Some(at) => at + 1,
            None if self.raw.len() < CHUNK_BYTES => 0,
            // No letter of an encoding with several bytes has one of these after its first.
            None => {
                self.raw.iter().rposition(|byte| *byte < 0x30).map_or(self.raw.len(), |at| at + 1)
            }
        };
        let line = self.line_of(0);
        let raw: Vec<u8> = self.raw.drain(..end).collect();
        self.compare_with_guess(&raw, line, encoding);
        self.newlines += memchr::memchr_iter(b'\n', &raw).count();
        let mut text = String::with_capacity(raw.len() * 2);
        let decoded = decode_lines(&raw, encoding, is_utf8_kept, &mut text);
        self.text.extend_from_slice(text.as_bytes());
        self.findings.count_guessed(decoded.sound);
        if decoded.wrong > 0 {
            let lines = text.split('\u{fffd}').next().unwrap_or("").matches('\n').count();
            self.findings.count_wrong(line + lines, encoding.name(), decoded.wrong);
        }
    }

    /// Says, only once, that lines after the sample look like another encoding than the guessed one.
    fn compare_with_guess(&mut self, raw: &[u8], line: usize, encoding: &'static Encoding) {
        if self.reported_contradiction || !matches!(self.policy, Policy::Guess) {
            return;
        }
        let sampled = raw.len().min(self.sample_left);
        self.sample_left -= sampled;
        if sampled > 0 {
            return;
        }
        if self.later.is_empty() {
            self.later_line = line;
        }
        self.later.extend_from_slice(raw);
        if self.later.len() < CHUNK_BYTES && !self.at_end {
            return;
        }
        let later = std::mem::take(&mut self.later);
        let other_bytes = Utf8Share::of(&later).other_bytes;
        let second = guess(&later, true);
        if other_bytes >= CONTRADICTING_BYTES && second != encoding {
            self.reported_contradiction = true;
            let (first, second) = (encoding.name(), second.name());
            let message = format!(
                "from here on the letters look like {second}, but were read as {first} like those before: name the \
                 encoding with --encoding, or split the file if it has two"
            );
            self.findings.report(self.later_line, message);
        }
    }
}

/// The bytes in the buffer of a reader; none at its end or after `error`, which it sets.
fn buffered<'b>(bytes: &'b mut impl BufRead, error: &mut Option<io::Error>) -> &'b [u8] {
    let has_bytes = error.is_none()
        && loop {
            match bytes.fill_buf() {
                Ok(bytes) => break !bytes.is_empty(),
                Err(found) if found.kind() == io::ErrorKind::Interrupted => {}
                Err(found) => {
                    *error = Some(found);
                    break false;
                }
            }
        };
    if has_bytes { bytes.fill_buf().unwrap_or(&[]) } else { &[] }
}

/// The number of the first bytes that are UTF-8. Where no letter was UTF-8 before, they end before an
/// escape of ISO-2022-JP.
fn valid_length(bytes: &[u8], has_utf8_letters: bool) -> usize {
    let valid = match std::str::from_utf8(bytes) {
        Ok(text) => text.len(),
        Err(error) => error.valid_up_to(),
    };
    if has_utf8_letters {
        return valid;
    }
    let valid_bytes = bytes.get(..valid).unwrap_or(bytes);
    let escape = memchr::memchr_iter(0x1b, valid_bytes).find(|at| {
        let next = bytes.get(at + 1..at + 3);
        next.is_some_and(|next| [b"$B", b"$@", b"(J"].contains(&&[next[0], next[1]]))
    });
    escape.unwrap_or(valid)
}

/// Whether these bytes may be the beginning of a letter whose rest was not read yet.
fn begins_letter(bytes: &[u8]) -> bool {
    let error = std::str::from_utf8(bytes).err();
    error.is_some_and(|it| it.valid_up_to() == 0 && it.error_len().is_none())
}

impl<R: BufRead> Read for GuessingReader<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.fill_buf()?.read(buffer)?;
        self.consume(count);
        Ok(count)
    }
}

impl<R: BufRead> BufRead for GuessingReader<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        while self.lent == 0 && self.passed >= self.text.len() {
            self.text.clear();
            self.passed = 0;
            while !self.raw.is_empty() && self.convert() {}
            if !self.text.is_empty() {
                break;
            }
            if self.at_end && self.raw.is_empty() {
                // Again at each read, since the first one may only look at the beginning.
                let again = |error: &io::Error| io::Error::new(error.kind(), error.to_string());
                return self.error.as_ref().map_or(Ok(&[]), |error| Err(again(error)));
            }
            if self.raw.is_empty() && matches!(self.state, State::Utf8) {
                self.lend();
            }
            if self.lent == 0 {
                self.read_more();
            }
        }
        if self.lent > 0 {
            let bytes = buffered(&mut self.bytes, &mut self.error);
            return Ok(bytes.get(..self.lent).unwrap_or(bytes));
        }
        Ok(self.text.get(self.passed..).unwrap_or(&[]))
    }

    fn consume(&mut self, count: usize) {
        if self.lent > 0 {
            self.lent -= count.min(self.lent);
            self.bytes.consume(count);
        } else {
            self.passed += count;
        }
    }
}
