//! The web addresses behind cells of a workbook in XLSX. The library gives the texts of the cells alone.
//!
//! A sheet lists its links behind its cells, and a part beside it has their addresses (ECMA-376, part 1, section 18.3.1.47).

use std::collections::HashMap;
use std::io::{BufReader, Cursor, Read};

use csv::StringRecord;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

/// The part that lists the sheets.
const WORKBOOK_PART: &str = "xl/workbook.xml";

/// The name of the column for the addresses.
pub(super) const LINK_COLUMN: &str = "link";

/// The most bytes of a part that is looked through.
const MAX_PART_BYTES: u64 = 1 << 26;

/// The element behind the cells of a sheet.
const LINKS_ELEMENT: &[u8] = b"<hyperlinks";

/// The addresses of the rows of each sheet.
#[derive(Debug, Default)]
pub(super) struct SheetLinks(HashMap<String, HashMap<usize, String>>);

impl SheetLinks {
    /// Reads the addresses of a workbook. One of another format has none, as has one that cannot be read.
    pub(super) fn read(bytes: &[u8]) -> SheetLinks {
        SheetLinks(links_of_sheets(bytes).unwrap_or_default())
    }

    /// Returns the address of the first link in each row of a sheet.
    pub(super) fn of_sheet(&self, sheet: &str) -> Option<&HashMap<usize, String>> {
        self.0.get(sheet)
    }
}

/// Appends the address of a row to its cells, as that of a column behind the others. An address that a cell shows, or one in
/// a row with more cells than columns, is left out.
pub(super) fn append_link(cells: &mut StringRecord, width: usize, address: Option<&String>) {
    let Some(address) = address.filter(|it| !cells.iter().any(|cell| cell.trim() == it.as_str()))
    else {
        return;
    };
    while cells.len() < width {
        cells.push_field("");
    }
    if cells.len() == width {
        cells.push_field(address);
    }
}

/// Returns the addresses of all sheets, by the names of the sheets.
fn links_of_sheets(bytes: &[u8]) -> Option<HashMap<String, HashMap<usize, String>>> {
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
        let of_rows = links_of_rows(text.get(start..)?, &self::targets(&addresses));
        if !of_rows.is_empty() {
            links.insert(name, of_rows);
        }
    }
    Some(links)
}

/// Returns the address of the first link of each row.
fn links_of_rows(list: &[u8], addresses: &HashMap<String, String>) -> HashMap<usize, String> {
    let mut links = HashMap::new();
    for link in elements(list, "hyperlink") {
        let cell = attribute(&link, "ref").unwrap_or_default();
        let first = cell.split(':').next().unwrap_or_default();
        let digits = first.trim_start_matches(|letter: char| !letter.is_ascii_digit());
        let address = attribute(&link, "id").and_then(|id| addresses.get(&id).cloned());
        if let (Ok(row), Some(address)) = (digits.parse(), address)
            && address.starts_with("http")
        {
            links.entry(row).or_insert(address);
        }
    }
    links
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
