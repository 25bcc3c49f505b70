//! Text with some of its letters marked, as spans.

use std::ops::Range;

use ratatui::style::Style;
use ratatui::text::Span;

/// The text in its style, with the byte ranges of `marks` in theirs. Ranges beyond the text, as
/// when it was cut, end with it.
pub(crate) fn marked<'a>(
    text: &'a str,
    marks: &[Range<usize>],
    style: Style,
    mark: Style,
) -> Vec<Span<'a>> {
    let mut spans = Vec::with_capacity(marks.len() * 2 + 1);
    let mut at = 0;
    for range in marks {
        let (start, end) = (range.start.clamp(at, text.len()), range.end.clamp(at, text.len()));
        spans.push(Span::styled(text.get(at..start).unwrap_or(""), style));
        spans.push(Span::styled(text.get(start..end).unwrap_or(""), style.patch(mark)));
        at = end;
    }
    spans.push(Span::styled(text.get(at..).unwrap_or(""), style));
    spans.retain(|span| !span.content.is_empty());
    spans
}
