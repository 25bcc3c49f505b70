//! The web addresses behind cells of a workbook in XLSX. The library gives the texts of the cells alone.
//!
//! A sheet lists its links behind its cells, and a part beside it has their addresses (ECMA-376, part 1, section 18.3.1.47).

use std::collections::{BTreeSet, HashMap, HashSet};
use std::io::{BufReader, Cursor, Read};
use std::ops::RangeInclusive;
use std::sync::Arc;

use csv::StringRecord;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use super::columns;
use crate::formats::field_names::{FieldTarget, known_names};
use crate::record::Field;

/// The part that lists the sheets.
const WORKBOOK_PART: &str = "xl/workbook.xml";

/// The name of the column for the addresses of records, and the last word of those for others.
const LINK_COLUMN: &str = "link";

/// The most bytes of a part that is looked through.
const MAX_PART_BYTES: u64 = 1 << 26;

/// The element behind the cells of a sheet.
const LINKS_ELEMENT: &[u8] = b"<hyperlinks";

/// The links of a row: their columns, counted from 0, with their addresses.
pub(super) type RowLinks = Vec<(u32, Arc<str>)>;

/// The links of a sheet, by the numbers of its rows.
pub(super) type LinksOfRows = HashMap<usize, RowLinks>;

/// The links of each sheet.
#[derive(Debug, Default)]
pub(super) struct SheetLinks(HashMap<String, LinksOfRows>);

impl SheetLinks {
    /// Reads the links of a workbook. One of another format has none, as has one that cannot be read.
    pub(super) fn read(bytes: &[u8]) -> SheetLinks {
        SheetLinks(links_of_sheets(bytes).unwrap_or_default())
    }

    /// Returns the links of a sheet.
    pub(super) fn of_sheet(&self, sheet: &str) -> Option<&LinksOfRows> {
        self.0.get(sheet)
    }
}

/// The columns that are added to a sheet for its links, one for each column that has some: first that of the addresses of the
/// records, then those of what else the cells name.
#[derive(Debug, Default)]
pub(super) struct LinkColumns {
    /// The linked columns in the order of the added ones, counted from 0 in the whole sheet.
    linked: Vec<u32>,
    /// The number of columns of the sheet itself.
    width: usize,
    /// The number of the first column of the sheet that has cells.
    first: u32,
    /// Whether the first added column has the addresses of the records.
    has_records: bool,
}

impl LinkColumns {
    /// Finds the linked columns. `rows` are the numbers of the rows below the names of the columns with their widths,
    /// `first` is the number of the first column.
    pub(super) fn find(
        links: &LinksOfRows,
        names: &StringRecord,
        first: u32,
        rows: impl Iterator<Item = (usize, usize)>,
    ) -> LinkColumns {
        let (mut columns, mut width) = (BTreeSet::new(), names.len());
        for (row, cells) in rows {
            width = width.max(cells);
            columns.extend(links.get(&row).into_iter().flatten().map(|(column, _)| *column));
        }
        let mut linked: Vec<u32> = columns.into_iter().filter(|it| *it >= first).collect();
        let name = |column: u32| names.get((column - first) as usize).unwrap_or_default();
        let surest = linked.iter().filter_map(|it| Some((rank_of_record(name(*it))?, *it))).min();
        if let Some((_, column)) = surest {
            linked.retain(|it| *it != column);
            linked.insert(0, column);
        }
        LinkColumns { linked, width, first, has_records: surest.is_some() }
    }

    /// Adds the names of the columns. Returns the index of the first of those that hold no addresses of records.
    pub(super) fn add_names(&self, names: &mut StringRecord, first: u32) -> usize {
        let of_cells: Vec<String> = self
            .linked
            .iter()
            .map(|column| {
                let at = (column - first) as usize;
                let name = names.get(at).map(str::trim).filter(|name| !name.is_empty());
                let name = name.map_or_else(|| columns::unnamed_column(at), str::to_owned);
                format!("{name} {LINK_COLUMN}")
            })
            .collect();
        while names.len() < self.width && !self.linked.is_empty() {
            names.push_field("");
        }
        let records = usize::from(self.has_records);
        let first_own = names.len() + records;
        (0..records).for_each(|_| names.push_field(LINK_COLUMN));
        of_cells.iter().skip(records).for_each(|name| names.push_field(name));
        first_own
    }

    /// Adds the addresses of a row behind its cells. An address that a cell shows is left out.
    pub(super) fn add_cells(&self, cells: &mut StringRecord, links: Option<&RowLinks>) {
        let Some(links) = links else { return };
        // A link of several cells is that of those with a text.
        let has_text = |column: u32| {
            let at = column.checked_sub(self.first).map(|at| at as usize);
            at.and_then(|at| cells.get(at)).is_some_and(|cell| !cell.trim().is_empty())
        };
        let texts: HashSet<&str> = cells.iter().map(str::trim).collect();
        let of_texts = links.iter().filter(|(column, _)| has_text(*column));
        let of_texts: HashSet<&str> = of_texts.map(|(_, address)| &**address).collect();
        let mut addresses: HashMap<u32, &str> = HashMap::new();
        for (column, address) in links {
            let is_of_text = || !has_text(*column) && of_texts.contains(&**address);
            if !texts.contains(&**address) && !is_of_text() {
                addresses.entry(*column).or_insert(address);
            }
        }
        while cells.len() < self.width {
            cells.push_field("");
        }
        for column in &self.linked {
            cells.push_field(addresses.get(column).copied().unwrap_or_default());
        }
    }
}

/// Returns how sure it is that the links in a column lead to the records: those on titles most, those on addresses and codes
/// less. `None` for what else a record names: persons, places, dates, anything.
fn rank_of_record(name: &str) -> Option<usize> {
    use Field::{Id, ReferenceCode, Summary, Title, Url};
    let fields = [Title, Url, ReferenceCode, Id, Summary].map(FieldTarget::Field);
    let target = known_names(name).first()?.target;
    fields.iter().position(|field| *field == target)
}

/// Returns the addresses of all sheets, by the names of the sheets.
fn links_of_sheets(bytes: &[u8]) -> Option<HashMap<String, LinksOfRows>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    if !archive.file_names().flatten().any(|name| name.starts_with("xl/worksheets/_rels/")) {
        return None;
    }
    let workbook = part(&mut archive, WORKBOOK_PART)?;
    let targets = targets(&part(&mut archive, "xl/_rels/workbook.xml.rels")?);
    let mut links = HashMap::new();
    for sheet in elements(&workbook, "sheet") {
        let (Some(name), Some(id)) = (attribute(&sheet, "name"), attribute(&sheet, "id")) else {
            continue;
        };
        let Some(target) = targets.get(&id) else { continue };
        let file = target.rsplit('/').next().unwrap_or(target);
        let Some(addresses) = part(&mut archive, &format!("xl/worksheets/_rels/{file}.rels"))
        else {
            continue;
        };
        let text = part(&mut archive, &format!("xl/worksheets/{file}"))?;
        let Some(start) = memchr::memmem::find(&text, LINKS_ELEMENT) else { continue };
        let (cells, list) = text.split_at(start);
        let of_rows = links_of_rows(list, last_row(cells), &self::targets(&addresses));
        if !of_rows.is_empty() {
            links.insert(name, of_rows);
        }
    }
    Some(links)
}

/// The most cells of a sheet that get a link.
const MAX_LINKED_CELLS: usize = 1 << 20;

/// Returns the links of each row up to the last one. A link may be that of a range of cells: `A2:A5`.
fn links_of_rows(
    list: &[u8],
    row_count: usize,
    addresses: &HashMap<String, String>,
) -> LinksOfRows {
    let mut links = LinksOfRows::new();
    let mut room = MAX_LINKED_CELLS;
    for link in elements(list, "hyperlink") {
        let range = attribute(&link, "ref").unwrap_or_default();
        let address = attribute(&link, "id").and_then(|id| addresses.get(&id));
        let Some(address) = address.filter(|address| address.starts_with("http")) else { continue };
        let Some((columns, rows)) = cells_of_range(&range) else { continue };
        let (address, end) = (Arc::<str>::from(address.as_str()), row_count.min(*rows.end()));
        for row in *rows.start()..=end {
            let width = columns.clone().count();
            let Some(left) = room.checked_sub(width) else { return links };
            room = left;
            let of_row = links.entry(row).or_default();
            of_row.extend(columns.clone().map(|column| (column, Arc::clone(&address))));
        }
    }
    links
}

/// The columns and the rows of a range.
type CellRange = (RangeInclusive<u32>, RangeInclusive<usize>);

/// Returns the cells of a range: `A2`, `A2:A5`, `$A$2:$B$5`. Columns count from 0, rows from 1.
fn cells_of_range(range: &str) -> Option<CellRange> {
    let range = range.replace('$', "");
    let (first, last) = range.split_once(':').unwrap_or((&range, &range));
    let ((first_column, first_row), (last_column, last_row)) =
        (cell_address(first)?, cell_address(last)?);
    let columns = first_column.min(last_column)..=first_column.max(last_column);
    Some((columns, first_row.min(last_row)..=first_row.max(last_row)))
}

/// Returns the column and the row of a cell.
fn cell_address(cell: &str) -> Option<(u32, usize)> {
    let digits = cell.trim_start_matches(|letter: char| !letter.is_ascii_digit());
    Some((column_number(cell.strip_suffix(digits)?)?, digits.parse().ok()?))
}

/// Returns the number of the last row of a sheet. Rows that state no number are all of them.
fn last_row(cells: &[u8]) -> usize {
    let start = memchr::memmem::rfind(cells, b"<row ").and_then(|at| cells.get(at..));
    let last = start.and_then(|text| elements(text, "row").pop());
    let number = last.and_then(|row| attribute(&row, "r")).and_then(|row| row.parse().ok());
    number.unwrap_or(MAX_LINKED_CELLS)
}

/// The most letters of a column.
const MAX_COLUMN_LETTERS: usize = 3;

/// Returns the number of a column by its letters, counted from 0: 27 for `AB`.
fn column_number(letters: &str) -> Option<u32> {
    let is_column = (1..=MAX_COLUMN_LETTERS).contains(&letters.len())
        && letters.bytes().all(|letter| letter.is_ascii_uppercase());
    let digits = letters.bytes().map(|letter| u32::from(letter.saturating_sub(b'A')) + 1);
    is_column.then(|| digits.fold(0, |number, digit| 26 * number + digit) - 1)
}

/// Returns the targets that a part with relations names, by their identifiers.
fn targets(relations: &[u8]) -> HashMap<String, String> {
    let relations = elements(relations, "Relationship").into_iter();
    relations.filter_map(|it| Some((attribute(&it, "Id")?, attribute(&it, "Target")?))).collect()
}

/// Reads a part of a workbook.
fn part(archive: &mut ZipArchive<Cursor<&[u8]>>, name: &str) -> Option<Vec<u8>> {
    let part = archive.by_name(name).ok()?;
    let mut bytes = Vec::new();
    part.take(MAX_PART_BYTES).read_to_end(&mut bytes).ok()?;
    Some(bytes)
}

/// Returns the start tags of elements of a name, up to the first error.
fn elements(text: &[u8], name: &str) -> Vec<BytesStart<'static>> {
    let mut reader = Reader::from_reader(BufReader::new(text));
    let (mut found, mut buffer) = (Vec::new(), Vec::new());
    loop {
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(element) | Event::Empty(element)) => {
                if element.local_name().as_ref() == name {
                    found.push(element.into_owned());
                }
            }
            Ok(Event::Eof) | Err(_) => return found,
            Ok(_) => {}
        }
        buffer.clear();
    }
}

/// Returns an attribute of an element, whatever the prefix of its name is.
fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = element.attributes().flatten();
    let value = attributes.find(|it| it.key.local_name().as_ref() == name)?;
    let text = value.value.into_owned();
    quick_xml::escape::unescape(&text).ok().map(std::borrow::Cow::into_owned)
}
