//! The text of a marks file, in pieces of one entry each.
//!
//! The text is a person's as much as the program's. It is split before each `[[record]]`; only the pieces
//! whose entry changes are edited, and all others stay byte for byte, valid or not.

use std::collections::HashMap;
use std::hash::BuildHasher;
use std::io::{self, Write};
use std::ops::Range;

use foldhash::fast::FixedState;
use rayon::prelude::*;
use serde::Deserialize;
use toml_parser::Source;
use toml_parser::lexer::{Token, TokenKind};

use super::entry_fields::EntryFields;
use super::entry_text;
use super::mark_entry::{MarkChange, MarkEntry, MarkOperation};
use crate::record::{Problem, RecordKey};

/// The comment at the top of a new file.
const FILE_HEADER: &str = "# Marks and notes of a user of fonds.\n";
/// The number of tokens of `[[record]]`, without white space.
const HEADER_TOKENS: usize = 5;

/// The text of a marks file and its entries.
#[derive(Debug, Default)]
pub(super) struct MarksText {
    bytes: Vec<u8>,
    pieces: Vec<Piece>,
    /// The pieces with an entry, by the hash of its evidence; `None` until it is needed.
    index: Option<HashMap<u64, Vec<usize>>>,
}

/// A piece of the text.
#[derive(Debug, Default)]
struct Piece {
    /// Where it is in the text; empty for a new entry.
    range: Range<usize>,
    /// Text that stands for the one in the range.
    replacement: Option<String>,
    /// The entry as the text has it; `None` if the piece has none or is damaged.
    saved: Option<MarkEntry>,
    /// The entry after changes, if there were any.
    changed: Option<MarkEntry>,
}

impl Piece {
    /// The entry after changes.
    fn entry(&self) -> Option<&MarkEntry> {
        self.changed.as_ref().or(self.saved.as_ref())
    }

    /// Changes the entry.
    fn change(&mut self, change: impl FnOnce(&mut MarkEntry)) {
        if let Some(entry) = self.entry() {
            let mut entry = entry.clone();
            change(&mut entry);
            self.changed = (self.saved.as_ref() != Some(&entry)).then_some(entry);
        }
    }
}

/// The entries in a piece of text.
#[derive(Deserialize)]
struct PieceContents {
    #[serde(default)]
    record: Vec<EntryFields>,
}

/// What is wrong with a piece, and where in it.
struct PieceError {
    at: usize,
    message: String,
}

impl MarksText {
    /// Splits the text of a marks file. `name` is the name of the file in messages.
    pub(super) fn parse(name: &str, bytes: Vec<u8>) -> (MarksText, Vec<Problem>) {
        let mut text = MarksText { bytes, ..MarksText::default() };
        let ranges = split(&text.bytes, 0..text.bytes.len());
        let parsed: Vec<_> = ranges
            .into_par_iter()
            .map(|range| (parse_piece(&text.bytes[range.clone()]), range))
            .collect();
        let mut problems = Problems { name, found: Vec::new(), line: 1, counted: 0 };
        for (outcome, range) in parsed {
            match outcome {
                Ok(entries) => text.push(range, entries),
                Err(error) => text.push_damaged(range, error, &mut problems),
            }
        }
        (text, problems.found)
    }

    /// Adds a piece with these entries.
    fn push(&mut self, range: Range<usize>, mut entries: Vec<MarkEntry>) {
        let inline = std::str::from_utf8(&self.bytes[range.clone()]).ok();
        let inline = inline.filter(|_| self.pieces.is_empty() && !entries.is_empty());
        let Some((rest, texts)) = inline.and_then(entry_text::expand_inline_entries) else {
            self.pieces.push(Piece { range, saved: entries.pop(), ..Piece::default() });
            return;
        };
        self.pieces.push(Piece { range, replacement: Some(rest), ..Piece::default() });
        for (text, entry) in texts.into_iter().zip(entries) {
            let piece = Piece { replacement: Some(text), saved: Some(entry), ..Piece::default() };
            self.pieces.push(piece);
        }
    }

    /// Adds a piece that is damaged. What looks like the beginning of another entry in it ends it: a quote
    /// or bracket that is not closed would otherwise take the entries after it along.
    fn push_damaged(&mut self, range: Range<usize>, error: PieceError, problems: &mut Problems) {
        let mut damaged = vec![(range, Some(error))];
        while let Some((range, error)) = damaged.pop() {
            let outcome = match error {
                Some(error) => Err(error),
                None => parse_piece(&self.bytes[range.clone()]),
            };
            let error = match outcome {
                Ok(entries) => {
                    self.push(range, entries);
                    continue;
                }
                Err(error) => error,
            };
            if let Some(end) = next_header_like(&self.bytes, &range) {
                let rest = split(&self.bytes, end..range.end);
                damaged.extend(rest.into_iter().rev().map(|range| (range, None)));
                damaged.push((range.start..end, None));
            } else {
                problems.push(&self.bytes, range.start + error.at, &error.message);
                self.pieces.push(Piece { range, ..Piece::default() });
            }
        }
    }

    /// The entries, in the order of the file. Entries of the same record are merged, and those without
    /// mark and note left out.
    pub(super) fn into_entries(self) -> Vec<MarkEntry> {
        let mut merged: Vec<MarkEntry> = Vec::with_capacity(self.pieces.len());
        let mut index: HashMap<u64, Vec<usize>> = HashMap::with_capacity(self.pieces.len());
        for piece in self.pieces {
            let Some(entry) = piece.changed.or(piece.saved) else { continue };
            if is_empty(&entry) {
                continue;
            }
            let same = index.entry(evidence_hash(&entry)).or_default();
            let found = same.iter().find(|at| is_same_record(&merged[**at], &entry)).copied();
            if let Some(at) = found {
                merge(&mut merged[at], entry);
            } else {
                same.push(merged.len());
                merged.push(entry);
            }
        }
        merged
    }

    /// The pieces with an entry of the same record.
    fn find(&mut self, entry: &MarkEntry) -> Vec<usize> {
        let pieces = &self.pieces;
        let index = self.index.get_or_insert_with(|| {
            let mut index: HashMap<u64, Vec<usize>> = HashMap::with_capacity(pieces.len());
            for (at, piece) in pieces.iter().enumerate() {
                if let Some(entry) = piece.entry() {
                    index.entry(evidence_hash(entry)).or_default().push(at);
                }
            }
            index
        });
        let is_it =
            |at: &usize| pieces[*at].entry().is_some_and(|found| is_same_record(found, entry));
        let found = index.get(&evidence_hash(entry));
        found.into_iter().flatten().copied().filter(is_it).collect()
    }

    /// Adds an entry to the index, under its evidence after changes.
    fn add_to_index(&mut self, at: usize) {
        if let (Some(index), Some(entry)) = (&mut self.index, self.pieces[at].entry()) {
            index.entry(evidence_hash(entry)).or_default().push(at);
        }
    }

    /// Applies a change. Applying changes once more, in the same order, changes nothing.
    pub(super) fn apply(&mut self, operation: &MarkOperation) {
        let MarkOperation { entry, change } = operation;
        let found = self.find(entry);
        let Some((first, others)) = found.split_first() else {
            let entry = MarkEntry { marked: false, note: None, ..entry.clone() };
            let mut piece = Piece { changed: Some(entry), ..Piece::default() };
            piece.change(|entry| change.apply_to(entry));
            if !piece.entry().is_none_or(is_empty) {
                self.pieces.push(piece);
                self.add_to_index(self.pieces.len() - 1);
            }
            return;
        };
        self.pieces[*first].change(|entry| change.apply_to(entry));
        for other in others {
            self.pieces[*other].change(|entry| match change {
                MarkChange::Mark => {}
                MarkChange::Unmark => entry.marked = false,
                // The first one has the note for all.
                MarkChange::SetNote(_) => entry.note = None,
            });
        }
    }

    /// Replaces what identifies the record of an entry. Mark and note stay.
    pub(super) fn rewrite(&mut self, old: &MarkEntry, new: &MarkEntry) {
        for at in self.find(old) {
            self.pieces[at].change(|entry| {
                let (marked, note) = (entry.marked, entry.note.take());
                *entry = MarkEntry { marked, note, ..new.clone() };
            });
            self.add_to_index(at);
        }
    }

    /// Whether writing the text would change the file.
    pub(super) fn is_changed(&self) -> bool {
        self.pieces.iter().any(|piece| piece.changed.is_some())
    }

    /// Writes the text with all changes.
    pub(super) fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        let mut out = EndingWriter { out, is_at_line_start: true };
        if self.bytes.is_empty() {
            out.write_all(FILE_HEADER.as_bytes())?;
        }
        for piece in &self.pieces {
            let original = match &piece.replacement {
                Some(text) => text.as_bytes(),
                None => &self.bytes[piece.range.clone()],
            };
            match (&piece.saved, &piece.changed) {
                (_, None) => out.write_all(original)?,
                (None, Some(entry)) => out.write_entry(&entry_text::new_entry(entry))?,
                (Some(old), Some(new)) => match std::str::from_utf8(original) {
                    Ok(text) if is_empty(new) && entry_text::is_plain(text) => {}
                    Ok(text) => out.write_all(entry_text::edit(text, old, new).as_bytes())?,
                    // A piece with an entry is valid text.
                    Err(_) => out.write_all(original)?,
                },
            }
        }
        Ok(())
    }
}

/// A writer that knows whether a line was begun.
struct EndingWriter<'w> {
    out: &'w mut dyn Write,
    is_at_line_start: bool,
}

impl EndingWriter<'_> {
    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        if let Some(last) = bytes.last() {
            self.is_at_line_start = *last == b'\n';
        }
        self.out.write_all(bytes)
    }

    /// Writes an entry on lines of its own.
    fn write_entry(&mut self, text: &str) -> io::Result<()> {
        if !self.is_at_line_start {
            self.write_all(b"\n")?;
        }
        self.write_all(b"\n")?;
        self.write_all(text.as_bytes())
    }
}

/// Problems and the lines that they are on.
struct Problems<'n> {
    name: &'n str,
    found: Vec<Problem>,
    /// The line at the last offset that was asked for.
    line: usize,
    counted: usize,
}

impl Problems<'_> {
    /// Adds a problem at an offset, which is not before that of the last one.
    fn push(&mut self, bytes: &[u8], at: usize, message: &str) {
        let passed = bytes.get(self.counted..at).unwrap_or_default();
        self.line += memchr::memchr_iter(b'\n', passed).count();
        self.counted = at.max(self.counted);
        let message = format!("{message}. This entry is not used and stays as it is");
        self.found.push(Problem::error(self.name, Some(self.line), message));
    }
}

/// Splits a part of the text before each `[[record]]` and the comment lines directly above it.
fn split(bytes: &[u8], range: Range<usize>) -> Vec<Range<usize>> {
    let part = &bytes[range.clone()];
    let replaced: String;
    let text = if let Ok(text) = std::str::from_utf8(part) {
        text
    } else {
        // Where the entries begin is the same without the letters that are not ASCII.
        let ascii = part.iter().map(|byte| if byte.is_ascii() { char::from(*byte) } else { '?' });
        replaced = ascii.collect();
        &replaced
    };
    let mut starts = header_starts(text);
    starts.insert(0, 0);
    starts.push(text.len());
    starts.dedup();
    let pairs = starts.windows(2);
    pairs.map(|pair| range.start + pair[0]..range.start + pair[1]).collect()
}

/// The offsets at which entries begin.
fn header_starts(text: &str) -> Vec<usize> {
    let mut starts = Vec::new();
    let mut line: Vec<Token> = Vec::new();
    let mut comments_start = None;
    for token in Source::new(text).lex() {
        match token.kind() {
            TokenKind::Newline | TokenKind::Eof => {
                let kind = line.first().map(Token::kind);
                let start = line.first().map(|token| line_start(text, token.span().start()));
                if is_header(text, &line) {
                    starts.extend(comments_start.or(start));
                }
                comments_start = match kind {
                    Some(TokenKind::Comment) => comments_start.or(start),
                    _ => None,
                };
                line.clear();
            }
            TokenKind::Whitespace => {}
            _ if line.len() < HEADER_TOKENS => line.push(token),
            _ => {}
        }
    }
    starts
}

/// The offset at which the line with this offset begins.
fn line_start(text: &str, at: usize) -> usize {
    let before = text.as_bytes().get(..at).unwrap_or_default();
    let start = memchr::memrchr(b'\n', before).map_or(0, |end| end + 1);
    // A byte order mark is not part of the first line.
    if start == 0 && text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { start }
}

/// Whether the first tokens of a line are `[[record]]`.
fn is_header(text: &str, line: &[Token]) -> bool {
    let kinds: Vec<TokenKind> = line.iter().map(Token::kind).collect();
    let [TokenKind::LeftSquareBracket, TokenKind::LeftSquareBracket, _, end @ ..] = &kinds[..]
    else {
        return false;
    };
    let key = text.get(line[2].span().start()..line[2].span().end());
    *end == [TokenKind::RightSquareBracket; 2]
        && matches!(key, Some("record" | "\"record\"" | "'record'"))
}

/// The offset of the first line in a damaged piece that may be meant as the beginning of another entry.
fn next_header_like(bytes: &[u8], range: &Range<usize>) -> Option<usize> {
    let mut start = range.start;
    let mut is_first = true;
    for line in bytes[range.clone()].split_inclusive(|byte| *byte == b'\n') {
        let text = line.trim_ascii();
        let is_like = text.starts_with(b"[") && memchr::memmem::find(text, b"record").is_some();
        if is_like && !is_first {
            return Some(start);
        }
        is_first &= text.is_empty() || text.starts_with(b"#");
        start += line.len();
    }
    None
}

/// Reads the entries of a piece: one, except for text before the first `[[record]]`.
fn parse_piece(bytes: &[u8]) -> Result<Vec<MarkEntry>, PieceError> {
    let text = std::str::from_utf8(bytes).map_err(|error| PieceError {
        at: error.valid_up_to(),
        message: "this is not UTF-8".to_owned(),
    })?;
    let contents: PieceContents = toml::from_str(text).map_err(|error| {
        let message = error.message().split_whitespace().collect::<Vec<_>>().join(" ");
        // What is not closed is found at the end, after which the next entry begins.
        let last = text.trim_end().len().saturating_sub(1);
        PieceError { at: error.span().map_or(0, |span| span.start.min(last)), message }
    })?;
    let entries = contents.record.into_iter().map(EntryFields::into_entry);
    let at = memchr::memmem::find(bytes, b"[[").unwrap_or(0);
    entries.collect::<Result<_, _>>().map_err(|error| PieceError { at, message: error.to_owned() })
}

/// Whether an entry has neither mark nor note.
pub(super) fn is_empty(entry: &MarkEntry) -> bool {
    !entry.marked && entry.note.is_none()
}

/// What identifies the record of an entry.
type Evidence<'e> = ([&'e str; 4], Option<&'e str>, [Option<u64>; 2], u32, Option<&'e RecordKey>);

/// What identifies the record of an entry.
fn evidence(entry: &MarkEntry) -> Evidence<'_> {
    (
        [&entry.archive, &entry.file, &entry.title, &entry.date],
        entry.id.as_deref(),
        [entry.position, entry.content],
        entry.repetition,
        entry.legacy.as_ref(),
    )
}

/// A hash of what identifies the record of an entry.
pub(super) fn evidence_hash(entry: &MarkEntry) -> u64 {
    FixedState::default().hash_one(evidence(entry))
}

/// Whether both are entries of the same record: everything but mark and note is the same.
pub(super) fn is_same_record(one: &MarkEntry, other: &MarkEntry) -> bool {
    evidence(one) == evidence(other)
}

/// Adds mark and note of an entry to another one of the same record.
fn merge(entry: &mut MarkEntry, other: MarkEntry) {
    entry.marked |= other.marked;
    match (&mut entry.note, other.note) {
        (Some(note), Some(other)) => {
            let is_there = format!("\n\n{note}\n\n").contains(&format!("\n\n{other}\n\n"));
            if !is_there {
                note.push_str("\n\n");
                note.push_str(&other);
            }
        }
        (none @ None, other) => *none = other,
        (Some(_), None) => {}
    }
}
