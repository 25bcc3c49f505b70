//! What a sheet of a workbook of `OpenDocument` shows of its dates and numbers.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::program::TestFolder;

/// Values of cells in ISO 8601, what the sheet shows, and the date of the record.
const DATES: [[&str; 3]; 10] = [
    ["1945-01-01", "1945", "1945"],
    ["1945-07-01", "Jul-45", "1945-07"],
    ["1945-07-01", "Juli 1945", "1945-07"],
    ["1945-07-01", "07/1945", "1945-07"],
    ["1945-07-12", "12.07.1945", "1945-07-12"],
    ["1945-01-01", "01/01/45", "1945-01-01"],
    ["1945-01-01", "Mon 1 Jan 1945", "1945-01-01"],
    ["1890-01-01", "1890-01-01", "1890-01-01"],
    ["1945-07-01", "1945年7月", "1945-07"],
    ["1945-07-12T10:00:00", "12.07.45 10:00", "1945-07-12"],
];

/// Returns a cell with a text.
fn text(text: &str) -> String {
    format!(
        "<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>"
    )
}

/// Returns a workbook with a title, a date and a number in each row.
fn workbook() -> Vec<u8> {
    let mut rows = format!(
        "<table:table-row table:number-rows-repeated=\"2\"><table:table-cell table:number-columns-repeated=\"3\"/>\
         </table:table-row><table:table-row>{}{}{}</table:table-row>",
        text("Title"),
        text("Date"),
        text("Number")
    );
    for [value, shown, _] in DATES {
        let comment = "<office:annotation><text:p>1812</text:p></office:annotation>";
        write!(
            rows,
            "<table:table-row>{}<table:table-cell office:value-type=\"date\" office:date-value=\"{value}\">{comment}\
             <text:p>{shown}</text:p></table:table-cell><table:table-cell office:value-type=\"float\" \
             office:value=\"42\"><text:p>0042</text:p></table:table-cell></table:table-row>",
            text("Letter")
        )
        .unwrap();
    }
    workbook_of(&rows)
}

/// Returns a workbook with these rows.
fn workbook_of(rows: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
         xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" \
         xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"><office:body><office:spreadsheet>\
         <table:table table:name=\"One\">{rows}</table:table></office:spreadsheet></office:body>\
         </office:document-content>"
    );
    let manifest = "<manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\">\
         <manifest:file-entry manifest:full-path=\"content.xml\" manifest:media-type=\"text/xml\"/></manifest:manifest>";
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in [
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", manifest),
        ("content.xml", content.as_str()),
    ] {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn dates_and_numbers_are_as_the_sheet_shows_them() {
    let folder = TestFolder::with_files(&[("a.ods", &workbook())]);
    let list = folder.run(&["list", "a.ods"]).stdout;
    let dates: Vec<&str> = list.lines().filter_map(|line| line.split('\t').nth(1)).collect();
    assert_eq!(dates, DATES.map(|[_, _, date]| date));
    let json = folder.run(&["list", "a.ods", "--json"]).stdout;
    assert_eq!(json.matches("\"id\":\"0042\"").count(), DATES.len(), "{json}");
}

#[test]
fn repeated_rows_and_cells_are_as_the_sheet_shows_them() {
    let date = "<table:table-cell office:value-type=\"date\" office:date-value=\"1945-01-01\" \
                table:number-columns-repeated=\"2\"><text:p>1945</text:p></table:table-cell>";
    let rows = format!(
        "<table:table-row>{}{}{}</table:table-row><table:table-row table:number-rows-repeated=\"2000\">{}{date}\
         </table:table-row>",
        text("Title"),
        text("Date"),
        text("Copied"),
        text("Letter")
    );
    let folder = TestFolder::with_files(&[("a.ods", &workbook_of(&rows))]);
    let list = folder.run(&["list", "a.ods"]).stdout;
    assert_eq!(list.lines().count(), 2_000);
    assert!(list.lines().all(|line| line.ends_with("\t1945\tLetter")), "{list:.500}");
}

#[test]
fn cell_over_several_rows_stands_in_each_of_them() {
    let cell = |rows: u32, text: &str| {
        format!(
            "<table:table-cell table:number-rows-spanned=\"{rows}\" office:value-type=\"string\">\
             <text:p>{text}</text:p></table:table-cell>"
        )
    };
    let covered = "<table:covered-table-cell/>";
    let rows = [
        [cell(1, "Series"), cell(1, "Title"), cell(1, "Date")],
        [cell(3, "Accounts"), cell(1, "Ledger"), cell(2, "1945")],
        [covered.to_owned(), cell(1, "Receipts"), covered.to_owned()],
        [covered.to_owned(), cell(1, "Bills"), cell(1, "1946")],
        [cell(1, "Letters"), cell(1, "From Orla"), cell(1, "1947")],
    ];
    let rows = rows.map(|cells| format!("<table:table-row>{}</table:table-row>", cells.concat()));
    let folder = TestFolder::with_files(&[("merged.ods", &workbook_of(&rows.concat()))]);
    let result = folder.run(&["export", "--format", "csv", "merged.ods"]);
    for line in ["1945,Ledger", "1945,Receipts", "1946,Bills", "1947,From Orla"] {
        assert!(result.stdout.contains(line), "{}", result.stdout);
    }
    assert_eq!(result.stdout.matches("Accounts").count(), 3, "{}", result.stdout);
    assert_eq!(result.stdout.matches("Letters").count(), 1, "{}", result.stdout);
}
