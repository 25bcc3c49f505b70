//! Tables in the text of a note (<https://github.github.com/gfm/#tables-extension->). They stay in it.

/// Whether at least half of the lines of a text are those of a table of Markdown: a line with the names of its columns, a line
/// of dashes, and rows. A table in one of the records of a page is no reason to take the page for a note.
pub(crate) fn is_mostly_table(text: &str) -> bool {
    let (mut above, mut has_table) = ("", false);
    let (mut rows, mut filled) = (0_usize, 0_usize);
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        filled += 1;
        rows += usize::from(line.contains('|'));
        has_table |= is_head(above, line);
        above = line;
    }
    has_table && 2 * rows >= filled
}

/// Whether two lines begin a table: the names of columns, and a line of dashes.
fn is_head(names: &str, dashes: &str) -> bool {
    names.contains('|')
        && dashes.contains('|')
        && cells(dashes).all(is_dashes)
        && cells(names).count() == cells(dashes).count()
}

/// Returns the cells of a line. Bars at its ends part none.
fn cells(line: &str) -> impl Iterator<Item = &str> {
    let line = line.trim();
    let line = line.strip_prefix('|').unwrap_or(line);
    line.strip_suffix('|').unwrap_or(line).split('|').map(str::trim)
}

/// Whether a cell stands in the line below the names: `---`, `:---:`.
fn is_dashes(cell: &str) -> bool {
    let cell = cell.strip_prefix(':').unwrap_or(cell);
    let cell = cell.strip_suffix(':').unwrap_or(cell);
    !cell.is_empty() && cell.bytes().all(|byte| byte == b'-')
}
