//! Tables in the text of a note (<https://github.github.com/gfm/#tables-extension->). They stay in it.

/// Whether a text has a table of Markdown: a line with the names of its columns above a line of dashes.
pub(crate) fn has_table(text: &str) -> bool {
    let mut above = "";
    text.lines().any(|line| {
        let (names, dashes) = (std::mem::replace(&mut above, line), line);
        names.contains('|')
            && dashes.contains('|')
            && cells(dashes).all(is_dashes)
            && cells(names).count() == cells(dashes).count()
    })
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
