//! Dashes that part a date or a title from what stands beside it: `12 July 1945 — <a>Letter</a>` is no open range.

use std::collections::HashMap;
use std::ops::Range;

use super::block::{Block, Page, is_date_field};
use super::dom::NodeId;
use super::text::{Line, Piece, lines_of};
use crate::formats::read::whole_dates::{
    PART_SEPARATORS, has_only_words_of_dates, is_certain_end, is_whole_date,
};

/// What stands for the title in the text of a line.
const TITLE_SIGN: char = '\u{fffc}';

/// Signs between the parts of a line that may be dashes of a range, too.
const DASHES: [char; 6] = ['-', '–', '—', '\u{2010}', '\u{2012}', '\u{2015}'];

/// Dashes between the parts of a line.
const SPACED_DASHES: [&str; 5] = [" - ", " – ", " — ", " \u{2012} ", " \u{2015} "];

/// The sign that is written in place of a dash: it parts a line and nothing else.
const PARTING_SIGN: char = '·';

/// Replaces the dashes beside the title, and those between a date and something else, in the lines of a block that hold its
/// title. `lines` are without the elements of the title, `used`.
pub(super) fn part_at_dashes(
    page: &Page,
    roots: &[NodeId],
    used: &[NodeId],
    mut lines: Vec<Line>,
) -> Vec<Line> {
    let has_dash = |piece: &Piece| piece.text.contains(DASHES);
    if used.is_empty() || !lines.iter().flat_map(|line| &line.pieces).any(has_dash) {
        return lines;
    }
    let is_title = |piece: &Piece| used.iter().any(|used| page.dom.is_in(piece.element, *used));
    let whole = lines_of(&page.dom, roots, &|id| page.content.skips(id));
    let mut places: HashMap<(NodeId, String), Vec<(usize, usize)>> = HashMap::new();
    for (nth, line) in lines.iter().enumerate() {
        for (at, piece) in line.pieces.iter().enumerate() {
            places.entry((piece.element, piece.text.clone())).or_default().push((nth, at));
        }
    }
    for line in whole.iter().filter(|line| line.pieces.iter().any(is_title)) {
        let texts = line.pieces.iter().zip(texts_without_dashes(line, &is_title));
        for (piece, text) in texts.filter(|(piece, text)| piece.text != *text) {
            let same = places.remove(&(piece.element, piece.text.clone())).unwrap_or_default();
            for (nth, at) in &same {
                if let Some(own) = lines.get_mut(*nth).and_then(|line| line.pieces.get_mut(*at)) {
                    own.text.clone_from(&text);
                }
            }
            places.entry((piece.element, text)).or_default().extend(same);
        }
    }
    lines
}

/// Returns the texts of the pieces of a line, with another sign for the dashes that part it.
fn texts_without_dashes(line: &Line, is_title: &dyn Fn(&Piece) -> bool) -> Vec<String> {
    let shown = |piece: &Piece| {
        let blank = if piece.starts_new { " " } else { "" };
        let text = if is_title(piece) { TITLE_SIGN.to_string() } else { piece.text.clone() };
        (blank, text)
    };
    let mut text = String::new();
    let mut starts = Vec::new();
    for piece in &line.pieces {
        let (blank, own) = shown(piece);
        text.push_str(blank);
        starts.push(text.len());
        text.push_str(&own);
    }
    let dashes = parting_dashes(&text);
    let texts = line.pieces.iter().zip(starts);
    texts
        .map(|(piece, start)| {
            let replaced = |(at, letter): (usize, char)| {
                if dashes.binary_search(&(start + at)).is_ok() { PARTING_SIGN } else { letter }
            };
            if is_title(piece) {
                piece.text.clone()
            } else {
                piece.text.char_indices().map(replaced).collect()
            }
        })
        .collect()
}

/// Returns the offsets of the dashes in a line that part the title or a date from something else.
fn parting_dashes(text: &str) -> Vec<usize> {
    let separators = Separators::find(text);
    let is_parting = |(at, dash): &(usize, char)| {
        let before = text.get(..*at).unwrap_or("");
        let behind = text.get(at + dash.len_utf8()..).unwrap_or("");
        let has_blanks = (before.is_empty() || before.ends_with(char::is_whitespace))
            && (behind.is_empty() || behind.starts_with(char::is_whitespace));
        (has_blanks || *dash == '—') && separators.parts_at(*at, at + dash.len_utf8())
    };
    let dashes = text.char_indices().filter(|(_, letter)| DASHES.contains(letter));
    dashes.filter(is_parting).map(|(at, _)| at).collect()
}

/// The offsets in a line at which its parts may end.
struct Separators<'t> {
    text: &'t str,
    /// Those of the title and of signs between parts, with their ends.
    signs: Vec<(usize, usize)>,
    /// Those of each of [`SPACED_DASHES`].
    dashes: [Vec<usize>; SPACED_DASHES.len()],
}

impl<'t> Separators<'t> {
    fn find(text: &'t str) -> Separators<'t> {
        let is_sign = |letter: char| letter == TITLE_SIGN || PART_SEPARATORS.contains(&letter);
        let signs = text.match_indices(is_sign).map(|(at, sign)| (at, at + sign.len())).collect();
        // Two dashes may share the blank between them.
        let starts = |dash: &str| {
            let blanks = text.match_indices(' ').map(|(at, _)| at);
            blanks.filter(|at| text.get(*at..).is_some_and(|it| it.starts_with(dash))).collect()
        };
        Separators { text, signs, dashes: SPACED_DASHES.map(starts) }
    }

    /// Whether the title stands beside a dash, or a date on one side of it and none on the other.
    fn parts_at(&self, start: usize, end: usize) -> bool {
        let before = self.text.get(..start).unwrap_or("");
        let behind = self.text.get(end..).unwrap_or("");
        if before.trim_end().ends_with(TITLE_SIGN) || behind.trim_start().starts_with(TITLE_SIGN) {
            return true;
        }
        let trim = |range: Range<usize>| {
            self.text.get(range).unwrap_or("").trim_matches([' ', ',', ';', ':'])
        };
        let before = trim(self.start_of_part(start)..start);
        let behind = trim(end..self.end_of_part(end));
        let is_other =
            |part: &str| part.contains(char::is_alphabetic) && !has_only_words_of_dates(part);
        (is_whole_date(before) && is_other(behind) && !is_whole_date(behind))
            || (is_whole_date(behind) && is_other(before) && !is_whole_date(before))
    }

    /// Returns where the part of the line begins that ends at an offset.
    fn start_of_part(&self, end: usize) -> usize {
        let signs = self.signs.partition_point(|(_, behind)| *behind <= end);
        let sign = signs.checked_sub(1).and_then(|at| self.signs.get(at));
        let mut start = sign.map_or(0, |(_, behind)| *behind);
        for (dash, starts) in SPACED_DASHES.iter().zip(&self.dashes) {
            let before = starts.partition_point(|it| it + dash.len() <= end);
            let last = before.checked_sub(1).and_then(|at| starts.get(at));
            start = last.filter(|it| **it >= start).map_or(start, |it| it + dash.len());
        }
        start
    }

    /// Returns where the part of the line ends that begins at an offset.
    fn end_of_part(&self, start: usize) -> usize {
        let sign = self.signs.get(self.signs.partition_point(|(at, _)| *at < start));
        let mut end = sign.map_or(self.text.len(), |(at, _)| *at);
        for (dash, starts) in SPACED_DASHES.iter().zip(&self.dashes) {
            let first = starts.get(starts.partition_point(|it| *it < start));
            end = first.copied().filter(|it| it + dash.len() <= end).unwrap_or(end);
        }
        end
    }
}

/// Removes the dash with which the dates of all records end, or begin, if one of them cannot be open there: a day, or a
/// range.
pub(super) fn trim_dashes_of_dates(blocks: &mut [Block]) {
    trim_shared_dash(blocks, |date| {
        let bare = date.trim_end_matches(DASHES);
        (bare.len() < date.len() && bare.ends_with(char::is_whitespace)).then(|| bare.trim())
    });
    trim_shared_dash(blocks, |date| {
        let bare = date.trim_start_matches(DASHES);
        (bare.len() < date.len() && bare.starts_with(char::is_whitespace)).then(|| bare.trim())
    });
}

/// Removes a dash from the dates of all records, if all have it. `bare` returns a date without it.
fn trim_shared_dash(blocks: &mut [Block], bare: impl Fn(&str) -> Option<&str>) {
    let dates = blocks.iter().flat_map(|it| &it.fields).filter(|it| is_date_field(it));
    let all: Option<Vec<String>> =
        dates.map(|field| bare(&field.value).map(str::to_owned)).collect();
    let Some(all) = all.filter(|all| all.len() > 1) else { return };
    if !all.iter().any(|date| is_certain_end(date)) {
        return;
    }
    let fields = blocks.iter_mut().flat_map(|it| &mut it.fields);
    for (field, date) in fields.filter(|it| is_date_field(it)).zip(all) {
        field.value = date;
    }
}
