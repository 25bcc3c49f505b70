//! Parses tables as text: CSV, TSV and other delimiters.

use std::io::{self, Cursor, Read as _};

use csv::{ByteRecord, Reader, ReaderBuilder, StringRecord};

use super::cell_texts::{self, LooseLines};
use super::{Archive, Header, HeaderRow, InputFile, MAX_SAMPLE_ROWS, Problem, Sink, TableParser};
use crate::formats::read::encoding;
use crate::formats::read::position_sink::PositionSink;
use crate::formats::read::result_count::{self, CountLine};
use crate::record::SourceHash;

/// The possible delimiters, in order of preference.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// The size of the parser's buffer.
const CSV_BUFFER_BYTES: usize = 1 << 15;

/// A header row certainly names columns if it has at least this many known names.
const MIN_KNOWN_NAMES: usize = 2;

/// A larger table was not copied from a page, in bytes.
const MAX_COPIED_BYTES: u64 = 4 << 20;

/// The most lines above a table that was copied from a page.
const MAX_COPIED_LINES_ABOVE: usize = 5;

/// Whether a text is certainly a table: its first row names columns.
pub(crate) fn looks_like(beginning: &str) -> bool {
    let layout = TableLayout::detect(beginning.as_bytes());
    let header = &layout.header;
    // A table that was copied from a page has the count of the page above it.
    let is_copied = layout.delimiter == b'\t' && header.at <= MAX_COPIED_LINES_ABOVE;
    (header.at == 0 || is_copied) && header.names.len() > 1 && header.known_names >= MIN_KNOWN_NAMES
}

/// The fewest rows below the names of columns by which a text without a file name is known as a table.
const MIN_ROWS_BELOW: usize = 2;

/// Whether a text is a table with lines above its columns: half of the columns have known names, and the rows below
/// have as many cells.
pub(crate) fn may_be(beginning: &str) -> bool {
    let layout = TableLayout::detect(beginning.as_bytes());
    let header = &layout.header;
    let columns = header.names.len();
    // The last row may be cut off.
    let rows = layout.sample.iter().filter(|row| row.len() == columns).count();
    let below = layout.sample.len();
    columns > 1
        && header.known_names >= MIN_KNOWN_NAMES
        && 2 * header.known_names >= columns
        && rows >= MIN_ROWS_BELOW.min(below)
        && rows + 1 >= below
        && below > 0
}

/// Whether the header row of a text has a known column name.
pub(crate) fn has_known_column_name(beginning: &str) -> bool {
    TableLayout::detect(beginning.as_bytes()).header.known_names > 0
}

/// Parses a table row by row.
pub(crate) fn read(file: &mut InputFile<'_>, sink: &mut dyn Sink) -> io::Result<()> {
    let stated = copied_count(file.bytes.fill_buf()?);
    let beginning = file.bytes.fill_buf()?;
    let has_tabs = TableLayout::detect(beginning).delimiter == b'\t';
    if has_tabs && cell_texts::may_have(&String::from_utf8_lossy(beginning)) {
        let mut copied = Vec::new();
        let limit = MAX_COPIED_BYTES + 1;
        io::Read::take(&mut *file.bytes, limit).read_to_end(&mut copied)?;
        if copied.len() as u64 == limit {
            // No clipboard has so much: a larger table is read as a stream.
            let bytes = &mut Cursor::new(copied).chain(&mut *file.bytes);
            return read_counted(&mut InputFile { bytes, ..*file }, stated, sink);
        }
        let text = encoding::read_text(file.name, &mut Cursor::new(copied), sink)?;
        let expected = stated.as_ref().and_then(|(_, _, count)| match count {
            CountLine::Range(count) => Some(count.expected()),
            _ => None,
        });
        let text = match cell_texts::find(&text, expected) {
            LooseLines::None => text,
            LooseLines::Summaries(text) => text,
            LooseLines::Broken(line) => {
                let message = "the rows of this table are broken over several lines, because a cell has several texts: \
                               save the page in the browser and open that; no record was read";
                sink.report(Problem::error(file.name, Some(line), message));
                return Ok(());
            }
            LooseLines::Unclear(line) => {
                report_loose_line(file.name, line, &text, sink);
                return Ok(());
            }
        };
        let bytes = &mut Cursor::new(text);
        return read_counted(&mut InputFile { bytes, ..*file }, stated, sink);
    }
    read_counted(file, stated, sink)
}

/// Reports a line of a copied table that belongs to one of its rows.
fn report_loose_line(name: &str, line: usize, text: &str, sink: &mut dyn Sink) {
    let shown = text.lines().nth(line.saturating_sub(1)).unwrap_or("").trim();
    let message = format!(
        "“{shown}” stands alone between the rows of this table, and nothing tells to which of them it belongs: save the \
         page in the browser and open that; no record was read"
    );
    sink.report(Problem::error(name, Some(line), message));
}

/// Parses a table row by row, and compares the number of its records with the count above it.
fn read_counted(
    file: &mut InputFile<'_>,
    stated: Option<(usize, String, CountLine)>,
    sink: &mut dyn Sink,
) -> io::Result<()> {
    if let Some((line, text, count)) = stated {
        let mut numbering = PositionSink::new(sink, count.first_position(0));
        read_text(file, &mut numbering)?;
        if let Some(message) = count.difference(numbering.count, &text) {
            numbering.report(Problem::warning(file.name, Some(line), message));
        }
        return Ok(());
    }
    read_text(file, sink)
}

/// Returns the count above a table that was copied from a page of results, with its line: `11 - 20 of 52`.
fn copied_count(beginning: &[u8]) -> Option<(usize, String, CountLine)> {
    let lines = beginning.split(|byte| *byte == b'\n').take(MAX_COPIED_LINES_ABOVE).enumerate();
    let above = lines.take_while(|(_, line)| !line.contains(&b'\t'));
    let mut counts = above.filter_map(|(at, line)| {
        let text = String::from_utf8_lossy(line).trim().to_owned();
        let count = result_count::parse(&text)?;
        matches!(count, CountLine::Range(_)).then_some((at + 1, text, count))
    });
    counts.next()
}

/// Parses a table row by row, in any encoding.
fn read_text(file: &mut InputFile<'_>, sink: &mut dyn Sink) -> io::Result<()> {
    let beginning = file.bytes.fill_buf()?;
    if beginning.starts_with(b"\xff\xfe") || beginning.starts_with(b"\xfe\xff") {
        let text = encoding::read_text(file.name, file.bytes, sink)?;
        return RowParser::read(&mut InputFile { bytes: &mut Cursor::new(text), ..*file }, sink);
    }
    RowParser::read(file, sink)
}

/// The layout of a table in a text.
struct TableLayout {
    delimiter: u8,
    header: Header,
    /// Some rows below the header.
    sample: Vec<StringRecord>,
}

impl TableLayout {
    /// Detects the layout from the beginning of a text: the delimiter whose header explains the rows below it, then
    /// that with the most known names, then with the most rows of equal length.
    fn detect(beginning: &[u8]) -> TableLayout {
        let layout = |delimiter: &u8| {
            let rows = sample_rows(beginning, *delimiter);
            let header = Header::find(&rows).unwrap_or_default();
            let cells = header.names.len();
            let sample = rows.iter().skip(header.at + header.rows).cloned().collect();
            let equal_rows = rows.iter().filter(|row| cells > 1 && row.len() == cells).count();
            (
                (explains_rows(&header, &rows), header.known_names, equal_rows, cells),
                TableLayout { delimiter: *delimiter, header, sample },
            )
        };
        // All delimiters that do not occur give one cell per row, so only one of them is tried.
        let occurs = |delimiter: &u8| beginning.contains(delimiter);
        let absent = DELIMITERS.iter().find(|delimiter| !occurs(delimiter));
        let candidates = DELIMITERS
            .iter()
            .rev()
            .filter(|delimiter| occurs(delimiter) || Some(*delimiter) == absent);
        // `max_by_key` returns the last maximum, so the preferred delimiter comes last.
        let best = candidates.map(layout).max_by_key(|(score, _)| *score);
        best.map_or_else(
            || TableLayout { delimiter: b',', header: Header::default(), sample: Vec::new() },
            |(_, layout)| layout,
        )
    }
}

/// Whether a header stands first, or most rows below it have about as many cells as it. A cell with the names of many
/// columns makes a row of such names with another delimiter, but the rows below that have few cells.
fn explains_rows(header: &Header, rows: &[StringRecord]) -> bool {
    let cells = header.names.len();
    let below = rows.get(header.at + header.rows..).unwrap_or_default();
    let similar = below.iter().filter(|row| row.len() > 1 && 2 * row.len() >= cells).count();
    cells > 1 && (header.at == 0 || (!below.is_empty() && 2 * similar >= below.len()))
}

/// Returns a CSV reader that accepts rows of any length.
fn csv_reader<R: io::Read>(bytes: R, delimiter: u8) -> Reader<R> {
    let mut builder = ReaderBuilder::new();
    builder.has_headers(false).flexible(true).delimiter(delimiter);
    builder.buffer_capacity(CSV_BUFFER_BYTES).from_reader(bytes)
}

/// Returns the first rows of a text.
fn sample_rows(beginning: &[u8], delimiter: u8) -> Vec<StringRecord> {
    let records = csv_reader(beginning, delimiter).into_byte_records().map_while(Result::ok);
    records.take(MAX_SAMPLE_ROWS).map(StringRecord::from_byte_record_lossy).collect()
}

/// Parses the rows of a file.
struct RowParser<'f, 's> {
    name: &'f str,
    sink: &'s mut dyn Sink,
    /// Whether the warning that the file is not UTF-8 was sent.
    encoding_reported: bool,
    /// Whether there is a row below the header.
    has_rows: bool,
    /// The line of the last row, if its quotation mark may be unclosed.
    unclosed_line: Option<usize>,
}

impl RowParser<'_, '_> {
    /// Parses the rows above the header, the header, and the rows below it.
    fn read(file: &mut InputFile<'_>, sink: &mut dyn Sink) -> io::Result<()> {
        let layout = TableLayout::detect(file.bytes.fill_buf()?);
        let mut reader = csv_reader(&mut *file.bytes, layout.delimiter);
        let mut rows = RowParser {
            name: file.name,
            sink,
            encoding_reported: false,
            has_rows: false,
            unclosed_line: None,
        };
        let (mut above, mut header_rows) = (Vec::new(), 0);
        let mut table = None;
        let mut bytes = ByteRecord::new();
        while reader.read_byte_record(&mut bytes).map_err(io::Error::from)? {
            let line = bytes.position().map_or(0, csv::Position::line);
            let line = usize::try_from(line).unwrap_or(usize::MAX);
            let row = rows.decode(line, bytes);
            if table.is_some() && is_footer(&row, layout.delimiter) {
                let message =
                    "this line below the table is that of the page round it, and no record";
                rows.sink.report(Problem::warning(file.name, Some(line), message));
            } else if let Some(table) = &mut table {
                rows.has_rows = true;
                rows.check_quotes(line, table, &row);
                let mut source_hash = SourceHash::default();
                row.iter().for_each(|cell| source_hash.add_text(cell));
                table.parse_row(line, &row, source_hash, rows.sink);
            } else if above.len() < layout.header.at {
                above.push(row.iter().collect::<Vec<_>>().join(" ").trim().to_owned());
            } else {
                header_rows += 1;
                if header_rows >= layout.header.rows {
                    let archive = archive_from_lines(&above);
                    // Decoding may change a name, so the sampled names do only for a header of two rows.
                    let names = if header_rows > 1 { &layout.header.names } else { &row };
                    table = Some(TableParser::new(
                        file.name,
                        file.options,
                        HeaderRow::new(line, names),
                        &layout.sample,
                        archive,
                        rows.sink,
                    ));
                }
            }
            bytes = row.into_byte_record();
        }
        if let Some(table) = &mut table {
            table.finish(rows.sink);
        }
        rows.finish();
        Ok(())
    }

    /// Decodes a row. Bytes that are not UTF-8 are read as Windows-1252, with one warning per file.
    fn decode(&mut self, line: usize, bytes: ByteRecord) -> StringRecord {
        StringRecord::from_byte_record(bytes).unwrap_or_else(|error| {
            let bytes = error.into_byte_record();
            let cells: Vec<_> = bytes.iter().map(encoding::decode).collect();
            let warning = cells.iter().find_map(|(_, warning)| *warning);
            if let Some((below, message)) = warning.filter(|_| !self.encoding_reported) {
                self.encoding_reported = true;
                let line = line + below - 1;
                self.sink.report(Problem::warning(self.name, Some(line), message));
            }
            cells.into_iter().map(|(text, _)| text).collect::<Vec<_>>().into()
        })
    }

    /// Checks for an unclosed quotation mark: the row is too short, and its last cell has several
    /// lines.
    fn check_quotes(&mut self, line: usize, table: &TableParser<'_>, row: &StringRecord) {
        let last = row.iter().next_back().unwrap_or("");
        let is_open = row.len() < table.columns.len() && last.contains('\n');
        self.unclosed_line = is_open.then_some(line);
    }

    /// Ends the table: reports a missing row or an unclosed quotation mark.
    fn finish(self) {
        if !self.has_rows {
            let message = "this table has no row below the names of its columns";
            self.sink.report(Problem::warning(self.name, None, message));
        }
        if let Some(line) = self.unclosed_line {
            let message = "a quotation mark in this row is never closed: everything below was read \
                           as its last cell, close it and open the file again";
            self.sink.report(Problem::error(self.name, Some(line), message));
        }
    }
}

/// Whether a row of a copied table is the line about copyright at the foot of its page: it has no other cells.
fn is_footer(row: &StringRecord, delimiter: u8) -> bool {
    let text = row.get(0).unwrap_or("").trim_start().to_lowercase();
    delimiter == b'\t'
        && row.len() == 1
        && ["©", "(c) ", "copyright"].iter().any(|start| text.starts_with(start))
}

/// Returns the archive that the lines above the header describe.
fn archive_from_lines(above: &[String]) -> Archive {
    let counts = above.iter().filter_map(|line| result_count::parse(line));
    let total = counts.map(CountLine::total).next();
    let mut lines = above.iter().filter(|line| {
        !line.is_empty() && !line.starts_with("sep=") && result_count::parse(line).is_none()
    });
    let title = lines.next().cloned();
    let rest: Vec<&str> = lines.map(String::as_str).collect();
    let description = (!rest.is_empty()).then(|| rest.join("\n"));
    Archive { title, description, total, ..Archive::default() }
}
