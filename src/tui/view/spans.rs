//! Turns a text with highlights into styled spans.

use std::ops::Range;

use ratatui::style::Style;
use ratatui::text::Span;

/// Returns the text in `style`, with the byte ranges of `ranges` in `highlight`.
///
/// Ranges beyond the end of a truncated text are clipped.
pub(crate) fn highlighted<'a>(
    text: &'a str,
    ranges: &[Range<usize>],
    style: Style,
    highlight: Style,
) -> Vec<Span<'a>> {
    let mut spans = Vec::with_capacity(ranges.len() * 2 + 1);
    let mut end_of_last = 0;
    for range in ranges {
        let (start, end) =
            (range.start.clamp(end_of_last, text.len()), range.end.clamp(end_of_last, text.len()));
        spans.push(Span::styled(text.get(end_of_last..start).unwrap_or(""), style));
        spans.push(Span::styled(text.get(start..end).unwrap_or(""), style.patch(highlight)));
        end_of_last = end;
    }
    spans.push(Span::styled(text.get(end_of_last..).unwrap_or(""), style));
    spans.retain(|span| !span.content.is_empty());
    spans
}
