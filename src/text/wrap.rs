//! Breaking text into lines, each given as a byte range of the text.

use std::ops::Range;

use textwrap::{Options, WordSplitter, WrapAlgorithm};

/// Breaks a text into lines of at most `width` columns and returns the byte range of each line.
///
/// Lines break at white space and at the text's own line ends. A word that is longer than a line is
/// split. The ranges exclude the white space at the end of a line. There is always at least one
/// line.
pub fn wrap(text: &str, width: usize) -> Vec<Range<usize>> {
    let options = Options::new(width.max(1))
        .word_splitter(WordSplitter::NoHyphenation)
        .wrap_algorithm(WrapAlgorithm::FirstFit)
        .break_words(true);
    let mut from = 0;
    let mut lines = Vec::new();
    for line in textwrap::wrap(text, options) {
        let start =
            text.get(from..).and_then(|rest| rest.find(&*line)).map_or(from, |at| from + at);
        let end = (start + line.len()).min(text.len());
        lines.push(start..end);
        from = end;
    }
    if lines.is_empty() {
        lines.push(0..0);
    }
    lines
}
