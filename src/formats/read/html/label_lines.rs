//! Parts lines in which several labels stand beside their values.

use super::dom::{Dom, NodeId};
use super::label_text::is_field_label;
use super::text::{Line, Piece, is_block};
use crate::formats::read::inline_labels;

/// Parts a line before each label but the first. The labels are known and stand in elements of one name and class, the first of
/// them at the beginning: `<span class="k">Author</span> Keller, Anna <span class="k">Date</span> 1945`.
pub(super) fn part_at_labels(dom: &Dom, line: Line) -> Vec<Line> {
    let labels = labels_of(dom, &line);
    if labels.len() < 2 {
        return part_at_colons(line);
    }
    let mut lines: Vec<Line> = Vec::new();
    for (at, piece) in line.pieces.into_iter().enumerate() {
        if lines.is_empty() || labels.binary_search(&at).is_ok() {
            lines.push(Line::default());
        }
        if let Some(last) = lines.last_mut() {
            last.pieces.push(piece);
        }
    }
    trim_separators(&mut lines);
    lines
}

/// Parts a line before each label but the first, as their colons show them: `Author: Keller, Anna Date: 1945`.
fn part_at_colons(line: Line) -> Vec<Line> {
    let whole: String = line.pieces.iter().map(|piece| piece.text.as_str()).collect();
    let starts = inline_labels::label_starts(&whole);
    if starts.is_empty() {
        return vec![line];
    }
    let mut lines: Vec<Line> = vec![Line::default()];
    let mut from = 0;
    for piece in line.pieces {
        let to = from + piece.text.len();
        let until = |end: usize| starts.partition_point(|start| *start < end).max(1);
        let inside = starts.get(until(from)..until(to)).unwrap_or_default();
        let mut ends: Vec<usize> = inside.iter().map(|start| start - from).collect();
        ends.push(piece.text.len());
        let mut begin = 0;
        for (nth, end) in ends.into_iter().enumerate() {
            if nth > 0 {
                lines.push(Line::default());
            }
            let text = piece.text.get(begin..end).unwrap_or_default().to_owned();
            if let Some(last) = lines.last_mut().filter(|_| !text.is_empty()) {
                last.pieces.push(Piece { text, ..piece.clone() });
            }
            begin = end;
        }
        from = to;
    }
    trim_separators(&mut lines);
    if let Some(last) = lines.last_mut() {
        let text = last.text();
        let ends_with_stop = inline_labels::without_full_stop(&text).len() < text.len();
        if let Some(piece) = last.pieces.last_mut().filter(|_| ends_with_stop) {
            piece.text = piece.text.trim_end().trim_end_matches('.').to_owned();
        }
    }
    lines
}

/// Returns the indices of the pieces that are labels; none if the line begins with something else.
fn labels_of(dom: &Dom, line: &Line) -> Vec<usize> {
    let shape = |element: NodeId| {
        (dom.name(element), dom.attribute(element, "class").filter(|it| !it.trim().is_empty()))
    };
    let filled = line.pieces.iter().enumerate().filter(|(_, it)| !it.text.trim().is_empty());
    let is_label = |text: &str| is_field_label(text.trim().trim_end_matches([':', ' ']));
    let Some((_, first)) = filled.clone().next().filter(|(_, it)| is_label(&it.text)) else {
        return Vec::new();
    };
    let of_labels = shape(first.element);
    // A block has the text between its elements, too.
    if of_labels.1.is_none() && is_block(of_labels.0) {
        return Vec::new();
    }
    let mut before: Option<NodeId> = None;
    filled.fold(Vec::new(), |mut labels, (at, piece)| {
        let is_own_element = before.replace(piece.element) != Some(piece.element);
        if is_own_element && shape(piece.element) == of_labels && is_label(&piece.text) {
            labels.push(at);
        }
        labels
    })
}

/// Removes the signs between a value and the label behind it from the end of each line but the last: no more of them than
/// there are lines below.
fn trim_separators(lines: &mut [Line]) {
    let count = lines.len();
    for (at, line) in lines.iter_mut().enumerate() {
        let Some(last) = line.pieces.last_mut() else { continue };
        for _ in at + 1..count {
            let end = last.text.trim_end().len();
            let trimmed = inline_labels::without_separator(&last.text).len();
            let start = end - last.text.trim().len();
            let before = last.text.len();
            last.text.truncate(start + trimmed);
            if last.text.len() == before {
                break;
            }
        }
    }
}
