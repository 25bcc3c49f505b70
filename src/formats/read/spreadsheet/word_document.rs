//! Reads Word documents (DOCX): their tables, else a record for each heading.
//!
//! The text is in the part `word/document.xml` (ECMA-376, part 1, section 17).

use std::io::{self, Cursor, Read};

use csv::StringRecord;
use zip::ZipArchive;

use super::header::fill_count;
use super::{Archive, Header, HeaderRow, InputFile, MAX_SAMPLE_ROWS, Problem, Sink, TableParser};
use crate::formats::read::PageStart;
use crate::formats::read::text_budget::{REPEATS_TEXT, TextBudget};
use crate::formats::read::transcode;
use crate::formats::read::truncate::{MAX_FIELD_NAME_BYTES, truncate};
use crate::formats::read::xml::{Document, Element, XmlEvent};
use crate::record::{Field, Record, SourceHash};

/// The part with the text.
const TEXT_PART: &str = "word/document.xml";

/// The largest text that is read, in bytes.
const MAX_TEXT_BYTES: u64 = 1 << 28;

/// A row of a table has more cells than a layout of notes.
const MIN_CELLS: usize = 2;

/// Whether the parts of a ZIP archive are those of a Word document.
pub(super) fn is_word_document(bytes: &[u8]) -> bool {
    ZipArchive::new(Cursor::new(bytes))
        .is_ok_and(|archive| archive.index_for_name(TEXT_PART).is_some())
}

/// Reads the tables, else the headings.
pub(super) fn read(file: &InputFile<'_>, bytes: &[u8], sink: &mut dyn Sink) -> io::Result<()> {
    let blocks = read_blocks(file, bytes, sink)?;
    let title = blocks.iter().find_map(|block| match block {
        Block::Paragraph { text, level: Some(_) } => Some(text.clone()),
        _ => None,
    });
    let archive = Archive { title, ..Archive::default() };
    let found = read_tables(file, &blocks, &archive, sink);
    if !found && !read_headings(file, &blocks, archive, sink) {
        sink.start_page(PageStart { file: file.name.to_owned(), ..PageStart::default() });
        let message = "this Word document has no table with named columns and no headings: save its list as a table \
                       (CSV, XLSX) and open that";
        sink.report(Problem::error(file.name, None, message));
    }
    Ok(())
}

/// Reads the tables with named columns. The headings above a table are the series of its rows, and the text above all tables
/// describes the archive. Returns whether there is a table.
fn read_tables(
    file: &InputFile<'_>,
    blocks: &[Block],
    archive: &Archive,
    sink: &mut dyn Sink,
) -> bool {
    let title_level = title_level(blocks);
    let (mut found, mut headings): (bool, Vec<(u8, &str)>) = (false, Vec::new());
    let (mut above, mut others): (Vec<&str>, Vec<&str>) = (Vec::new(), Vec::new());
    for block in blocks {
        match block {
            Block::Paragraph { text, .. } if text.is_empty() => {}
            Block::Paragraph { text, level: Some(level) } => {
                headings.retain(|(other, _)| other < level);
                headings.push((*level, text));
            }
            Block::Paragraph { text, level: None } if found => others.push(text),
            Block::Paragraph { text, level: None } => above.push(text),
            Block::Table(rows) => {
                let header = Header::find(rows).filter(|header| header.known_names > 0);
                let Some(header) = header else {
                    others.extend(rows.iter().flatten().find(|cell| !cell.is_empty()));
                    continue;
                };
                let description = (!above.is_empty() && !found).then(|| above.join("\n"));
                let archive = Archive { description, ..archive.clone() };
                let series = headings.iter().filter(|(level, _)| Some(*level) != title_level);
                let series: Vec<&str> = series.map(|(_, heading)| *heading).collect();
                read_table(file, (rows, &header), &series, archive, sink);
                found = true;
            }
        }
    }
    if let Some(first) = others.first().filter(|_| found) {
        let first = truncate(*first, MAX_FIELD_NAME_BYTES);
        let message =
            format!("the text beside the tables of this document is in no record: “{first}”");
        sink.report(Problem::warning(file.name, None, message));
    }
    found
}

/// Returns the level of the title of the document, which is no series: it stands before all other headings, and above them.
fn title_level(blocks: &[Block]) -> Option<u8> {
    let mut levels = blocks.iter().filter_map(|block| match block {
        Block::Paragraph { level: Some(level), text } if !text.is_empty() => Some(*level),
        _ => None,
    });
    let first = levels.next()?;
    levels.all(|level| level > first).then_some(first)
}

/// A part of a text.
enum Block {
    /// A paragraph, with its level if it is a heading.
    Paragraph { text: String, level: Option<u8> },
    /// The rows of a table.
    Table(Vec<StringRecord>),
}

/// Returns the paragraphs and tables of a document.
fn read_blocks(file: &InputFile<'_>, bytes: &[u8], sink: &mut dyn Sink) -> io::Result<Vec<Block>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(io::Error::other)?;
    let part = archive.by_name(TEXT_PART).map_err(io::Error::other)?;
    let mut text = Vec::new();
    part.take(MAX_TEXT_BYTES).read_to_end(&mut text)?;
    let mut rest: &[u8] = &[];
    let mut reader = transcode::open(file.options, text, &mut rest);
    let mut input = InputFile { name: file.name, bytes: &mut reader, options: file.options };
    let mut document = Document::new(&mut input, sink)?;
    let mut blocks = Vec::new();
    let mut budget = TextBudget::new(file.options);
    let (mut fits, file_bytes) = (true, bytes.len() as u64);
    let mut take = |text: &str| {
        // The text is in the cell and in its record.
        fits &= budget.take(2 * text.len() as u64, file_bytes);
        fits
    };
    loop {
        match document.next_event()? {
            XmlEvent::StartElement if ["p", "tbl"].contains(&document.element().name()) => {
                document.read_element()?;
                let element = document.element();
                blocks.push(match element.name() {
                    "p" => Block::Paragraph {
                        text: paragraph_text(element),
                        level: heading_level(element),
                    },
                    _ => Block::Table(table_rows(element, &mut take)),
                });
            }
            XmlEvent::StartElement | XmlEvent::EndElement | XmlEvent::Text => {}
            XmlEvent::EndOfFile => break,
        }
    }
    drop(document);
    // The lines are those of the part, which are not those of the file.
    for (_, message) in reader.take_warnings() {
        sink.report(Problem::warning(file.name, None, message));
    }
    if !fits {
        let message = format!(
            "{REPEATS_TEXT}, as files made to fill the memory do: some cells over several rows were left empty below \
             the first; if you trust it, --max-unpacked SIZE reads it"
        );
        sink.report(Problem::error(file.name, None, message));
    }
    Ok(blocks)
}

/// Returns the text of a paragraph.
fn paragraph_text(paragraph: Element<'_>) -> String {
    let mut text = String::new();
    for element in paragraph.descendants() {
        match element.name() {
            "t" => text.push_str(&element.raw_text()),
            "tab" => text.push(' '),
            "br" | "cr" => text.push('\n'),
            _ => {}
        }
    }
    text.trim().to_owned()
}

/// Returns the level of a heading, from its style: `Title`, `Heading1`, `berschrift2`, `Titre1`.
fn heading_level(paragraph: Element<'_>) -> Option<u8> {
    let properties = paragraph.first_child("pPr")?;
    let style = properties.first_child("pStyle")?.attribute("val")?.to_lowercase();
    let name = style.trim_end_matches(|letter: char| letter.is_ascii_digit());
    let number = style.get(name.len()..).and_then(|digits| digits.parse().ok());
    let names = [
        "heading",
        "berschrift",
        "überschrift",
        "titre",
        "ttulo",
        "título",
        "titolo",
        "kop",
        "nagwek",
    ];
    match number {
        None => (style == "title").then_some(0),
        number => number.filter(|_| names.contains(&name.trim())),
    }
}

/// Returns the rows of a table. A cell that spans columns fills the first one. One that spans rows fills
/// each, as long as `take` says that there is room for the text.
fn table_rows(table: Element<'_>, take: &mut dyn FnMut(&str) -> bool) -> Vec<StringRecord> {
    let mut rows: Vec<Vec<String>> = Vec::new();
    for row in table.children_named("tr") {
        let mut cells: Vec<String> = Vec::new();
        for cell in row.children_named("tc") {
            let property = |name| cell.first_child("tcPr").and_then(|it| it.first_child(name));
            let merge = property("vMerge");
            let continues = merge.is_some_and(|it| it.attribute("val") != Some("restart"));
            let above = rows.last().and_then(|row| row.get(cells.len()));
            let text = if let Some(above) = above.filter(|_| continues) {
                if take(above) { above.clone() } else { String::new() }
            } else {
                let paragraphs = cell.children_named("p").map(paragraph_text);
                paragraphs.filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n")
            };
            cells.push(text);
            let span = property("gridSpan").and_then(|it| it.attribute("val")?.parse().ok());
            let span: usize = span.unwrap_or(1);
            cells.extend(std::iter::repeat_n(String::new(), span.clamp(1, 64) - 1));
        }
        rows.push(cells);
    }
    rows.into_iter().map(StringRecord::from).collect()
}

/// Reads a table whose header was found. `series` are the headings above it.
fn read_table(
    file: &InputFile<'_>,
    (rows, header): (&[StringRecord], &Header),
    series: &[&str],
    archive: Archive,
    sink: &mut dyn Sink,
) {
    let below = rows.get(header.at + header.rows..).unwrap_or_default();
    let sample = below.get(..MAX_SAMPLE_ROWS).unwrap_or(below);
    let names = HeaderRow::new(header.at + 1, &header.names);
    let mut table = TableParser::new(file.name, file.options, names, sample, archive, sink);
    table.headings.stand_under(series);
    for (row, number) in below.iter().zip(header.at + header.rows + 1..) {
        if fill_count(row) == 0 {
            continue;
        }
        let mut source_hash = SourceHash::default();
        row.iter().for_each(|cell| source_hash.add_text(cell));
        table.parse_row(number, row, source_hash, sink);
    }
    table.finish(sink);
}

/// Reads a record for each heading of the innermost level, with the text below it as its summary and the
/// outer headings as its series. Returns whether there is one.
fn read_headings(
    file: &InputFile<'_>,
    blocks: &[Block],
    archive: Archive,
    sink: &mut dyn Sink,
) -> bool {
    let levels = blocks.iter().filter_map(|block| match block {
        Block::Paragraph { level: Some(level), text } if !text.is_empty() => Some(*level),
        _ => None,
    });
    let Some(innermost) = levels.clone().max() else { return false };
    if levels.filter(|level| *level == innermost).count() < MIN_CELLS {
        return false;
    }
    sink.start_page(PageStart { file: file.name.to_owned(), archive, ..PageStart::default() });
    let mut records = HeadingRecords { innermost, outer: Vec::new(), open: None, count: 0, sink };
    for block in blocks {
        match block {
            Block::Paragraph { text, .. } if text.is_empty() => {}
            Block::Paragraph { text, level: Some(level) } => records.add_heading(*level, text),
            Block::Paragraph { text, level: None } => records.add_text(text.clone()),
            Block::Table(rows) => {
                for row in rows {
                    let cells: Vec<&str> = row.iter().filter(|cell| !cell.is_empty()).collect();
                    records.add_text(cells.join(" | "));
                }
            }
        }
    }
    records.close();
    let count = records.count;
    let message = format!(
        "this Word document has no table with named columns: its {count} headings are records, with the text below \
         each as summary"
    );
    sink.report(Problem::warning(file.name, None, message));
    true
}

/// Makes records of the headings of the innermost level.
struct HeadingRecords<'t, 's> {
    innermost: u8,
    /// The headings of outer levels, the outermost first.
    outer: Vec<(u8, &'t str)>,
    /// The record of the last heading, and the text below it.
    open: Option<(Record, Vec<String>)>,
    /// The number of records that were sent.
    count: usize,
    sink: &'s mut dyn Sink,
}

impl<'t> HeadingRecords<'t, '_> {
    /// Adds a heading. It ends the record before it.
    fn add_heading(&mut self, level: u8, text: &'t str) {
        self.close();
        self.outer.retain(|(other, _)| *other < level);
        if level < self.innermost {
            self.outer.push((level, text));
            return;
        }
        let mut record = Record::default();
        record.source_hash.add_text(text);
        record.push(Field::Title, text);
        // The title of the document is no series.
        let series = self.outer.iter().filter(|(level, _)| *level > 0);
        series.for_each(|(_, heading)| record.push(Field::Series, heading));
        self.open = Some((record, Vec::new()));
    }

    /// Adds a text below the last heading.
    fn add_text(&mut self, text: String) {
        if let Some((record, texts)) = &mut self.open {
            record.source_hash.add_text(&text);
            texts.push(text);
        }
    }

    /// Sends the record of the last heading.
    fn close(&mut self) {
        if let Some((mut record, texts)) = self.open.take() {
            record.push(Field::Summary, &texts.join("\n"));
            self.count += 1;
            self.sink.add_record(record);
        }
    }
}
