//! Tables of a page whose first row names the columns: they are read like those of a spreadsheet.

use std::collections::HashMap;

use csv::StringRecord;

use super::block::Page;
use super::content::heading_level;
use super::dom::NodeId;
use super::text::{Line, lines_of};
use crate::formats::field_names::{FieldTarget, LOOSE_RANK, known_names};
use crate::formats::read::ReadOptions;
use crate::formats::read::spreadsheet::{self, RowTable};
use crate::record::Field;

/// The most columns or rows over which a cell reaches.
const MAX_SPAN: usize = 64;

/// The name of the column with the link of each row; where a page names no address, links are relative, and only the
/// second name allows these.
const LINK_COLUMN: &str = "link";
const RELATIVE_LINK_COLUMN: &str = "url";

/// Returns the tables of a page whose columns are known, or named by the user.
pub(super) fn find(page: &Page, options: &ReadOptions) -> Vec<RowTable> {
    let dom = &page.dom;
    let mut tables = Vec::new();
    let mut walk = dom.all();
    while let Some(id) = walk.next() {
        if page.content.skips(id) {
            walk.skip_children();
            continue;
        }
        if dom.name(id) == "table" && !is_layout(page, id) && !is_of_one_thing(page, id) {
            if begins_with_record(page, id) {
                continue;
            }
            let table = read(page, id);
            if spreadsheet::lists_records(&table.rows) || is_named(&table, options) {
                tables.push(table);
                walk.skip_children();
            }
        }
    }
    tables
}

/// Whether the first row of a table has the names of columns that the user says something about, now or in a saved mapping.
pub(super) fn is_named(table: &RowTable, options: &ReadOptions) -> bool {
    let Some(header) = table.rows.first().filter(|_| table.rows.len() > 1) else { return false };
    let has = |name: &str| header.iter().any(|cell| cell.trim() == name);
    let is_chosen =
        !options.columns.is_empty() && options.columns.iter().all(|(_, name)| has(name));
    is_chosen || options.mapping_for(header.iter().map(str::trim)).is_some()
}

/// Whether a table only arranges others.
fn is_layout(page: &Page, table: NodeId) -> bool {
    page.dom.walk(table).skip(1).any(|id| page.dom.name(id) == "table")
}

/// Whether each row of a table has a label and its value.
fn is_of_one_thing(page: &Page, table: NodeId) -> bool {
    let dom = &page.dom;
    let mut rows = dom.walk(table).filter(|id| dom.name(*id) == "tr").peekable();
    let is_pair = |row: NodeId| {
        let cells =
            dom.children(row).iter().map(|id| dom.name(*id)).filter(|name| !name.is_empty());
        cells.collect::<Vec<_>>() == ["th", "td"]
    };
    rows.peek().is_some() && rows.all(is_pair)
}

/// The fewest names of columns in a row that is a header.
const MIN_NAMES: usize = 2;

/// Whether the first row of a table is a record as the others are: it has no cell of a header and no names of columns, and each
/// row has a link.
fn begins_with_record(page: &Page, table: NodeId) -> bool {
    let dom = &page.dom;
    let mut rows = dom
        .walk(table)
        .filter(|id| dom.name(*id) == "tr" && !page.content.is_outside(*id))
        .peekable();
    let has_header = dom.walk(table).any(|id| ["th", "thead"].contains(&dom.name(id)));
    let is_name = |cell: &NodeId| {
        let known = known_names(&cell_text(page, *cell));
        known.first().is_some_and(|known| known.rank < LOOSE_RANK)
    };
    let names = |row: &NodeId| dom.children(*row).iter().filter(|cell| is_name(cell)).count();
    !has_header
        && rows.peek().is_some_and(|row| names(row) < MIN_NAMES)
        && rows.all(|row| !row_link(page, row).is_empty())
}

/// Reads the rows of a table, with the link of each.
fn read(page: &Page, table: NodeId) -> RowTable {
    let dom = &page.dom;
    let elements =
        dom.walk(table).filter(|id| dom.name(*id) == "tr" && !page.content.is_outside(*id));
    let mut grid = Grid::default();
    let mut row_lines = Vec::new();
    let mut links: Vec<String> = Vec::new();
    let mut titles: Vec<TitledCell> = Vec::new();
    for row in elements {
        grid.start_row();
        for cell in dom.children(row).iter().filter(|id| ["td", "th"].contains(&dom.name(**id))) {
            let span = |name| {
                dom.attribute(*cell, name).and_then(|it| it.trim().parse().ok()).unwrap_or(1)
            };
            let column = grid.width();
            grid.add(&cell_text(page, *cell), span("colspan"), span("rowspan"));
            if let Some((title, text)) = title_and_text(page, *cell) {
                titles.push(TitledCell { row: row_lines.len(), column, title, text });
            }
        }
        row_lines.push(dom.line(row));
        links.push(row_link(page, row));
    }
    let mut rows = grid.rows;
    part_titles(&mut rows, titles);
    let has_links = links.iter().any(|link| !link.is_empty());
    if has_links {
        let width = rows.iter().map(Vec::len).max().unwrap_or(0);
        let is_relative = |link: &String| !link.is_empty() && !link.contains("://");
        let name = if links.iter().any(is_relative) { RELATIVE_LINK_COLUMN } else { LINK_COLUMN };
        for (at, (row, link)) in rows.iter_mut().zip(links).enumerate() {
            row.resize(width, String::new());
            row.push(if at == 0 { name.to_owned() } else { link });
        }
    }
    RowTable { rows: rows.into_iter().map(StringRecord::from).collect(), lines: row_lines }
}

/// A cell with a title and a text below it.
struct TitledCell {
    row: usize,
    column: usize,
    title: String,
    text: String,
}

/// The name of the column with the texts below the titles.
const TEXT_COLUMN: &str = "description";

/// Parts the texts below titles from them, into a column of their own, in a table with a column of titles and none of
/// descriptions.
fn part_titles(rows: &mut [Vec<String>], titles: Vec<TitledCell>) {
    let Some(header) = rows.first() else { return };
    let means = |name: &str, field: Field| {
        let known = known_names(name);
        known.first().is_some_and(|known| known.target == FieldTarget::Field(field))
    };
    let column = header.iter().position(|name| means(name, Field::Title));
    let Some(column) = column.filter(|_| !header.iter().any(|it| means(it, Field::Summary))) else {
        return;
    };
    let titles: Vec<TitledCell> =
        titles.into_iter().filter(|cell| cell.column == column && cell.row > 0).collect();
    if titles.is_empty() {
        return;
    }
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    for row in rows.iter_mut() {
        row.resize(width + 1, String::new());
    }
    let mut set = |row: usize, column: usize, text: String| {
        if let Some(cell) = rows.get_mut(row).and_then(|row| row.get_mut(column)) {
            *cell = text;
        }
    };
    set(0, width, TEXT_COLUMN.to_owned());
    for cell in titles {
        set(cell.row, column, cell.title);
        set(cell.row, width, cell.text);
    }
}

/// Returns the first line of a cell, if it is a link or a heading, and the text below it.
fn title_and_text(page: &Page, cell: NodeId) -> Option<(String, String)> {
    let dom = &page.dom;
    let lines = lines_of(dom, &[cell], &|id| page.content.skips(id));
    let (first, below) = lines.split_first().filter(|(_, below)| !below.is_empty())?;
    let is_title = |id: NodeId| {
        ["a", "strong", "b"].contains(&dom.name(id)) || heading_level(dom.name(id)).is_some()
    };
    let stands_in_title =
        first.pieces.iter().filter(|piece| !piece.text.trim().is_empty()).all(|piece| {
            let above = dom.ancestors(piece.element).take_while(|id| *id != cell);
            std::iter::once(piece.element).chain(above).any(is_title)
        });
    let text = below.iter().map(Line::text).collect::<Vec<_>>().join("\n");
    stands_in_title.then(|| (first.text(), text))
}

/// Returns the text of a cell.
fn cell_text(page: &Page, cell: NodeId) -> String {
    let text = |leaves_out: &dyn Fn(NodeId) -> bool| {
        let lines = lines_of(&page.dom, &[cell], leaves_out);
        lines.iter().map(Line::text).collect::<Vec<_>>().join("\n")
    };
    let shown = text(&|id| page.content.skips(id));
    // Columns that can be sorted have buttons for names.
    if shown.is_empty() && page.dom.name(cell) == "th" {
        text(&|id| page.dom.name(id) == "svg")
    } else {
        shown
    }
}

/// Returns the address of the first link of a row.
fn row_link(page: &Page, row: NodeId) -> String {
    let dom = &page.dom;
    let in_cells = dom.walk(row).filter(|id| dom.name(*id) == "a" && !page.content.is_outside(*id));
    let address = |id| {
        dom.attribute(id, "href")
            .filter(|href| !href.starts_with('#') && !href.starts_with("javascript:"))
    };
    let has_text = |id: &NodeId| !cell_text(page, *id).is_empty();
    in_cells
        .filter(has_text)
        .find_map(address)
        .map(|href| page.addresses.resolve(href))
        .unwrap_or_default()
}

/// The rows of a table. A cell over several rows is repeated in each; one over several columns is followed by
/// empty cells.
#[derive(Default)]
struct Grid {
    rows: Vec<Vec<String>>,
    /// The cells that reach down into the next rows, by their columns: their text and how many rows are left.
    open: HashMap<usize, (String, usize)>,
}

impl Grid {
    /// The number of cells in the last row.
    fn width(&self) -> usize {
        self.rows.last().map_or(0, Vec::len)
    }

    fn start_row(&mut self) {
        self.rows.push(Vec::new());
        self.fill();
    }

    /// Adds the cells that reach down from above to the end of the last row.
    fn fill(&mut self) {
        let Some(row) = self.rows.last_mut() else { return };
        while let Some((text, left)) = self.open.remove(&row.len()) {
            if left > 1 {
                self.open.insert(row.len(), (text.clone(), left - 1));
            }
            row.push(text);
        }
    }

    fn add(&mut self, text: &str, columns: usize, rows: usize) {
        let Some(row) = self.rows.last_mut() else { return };
        let at = row.len();
        let columns = columns.clamp(1, MAX_SPAN);
        row.push(text.to_owned());
        row.extend(std::iter::repeat_n(String::new(), columns - 1));
        let rows = rows.clamp(1, MAX_SPAN);
        if rows > 1 {
            self.open.insert(at, (text.to_owned(), rows - 1));
        }
        self.fill();
    }
}
