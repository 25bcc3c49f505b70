//! The text of a cell of a workbook, as far as its number format says how much of a date or number is
//! shown.

use std::borrow::Cow;

use calamine::{Data, ExcelDateTime, Style};

use crate::record::{Day, MONTH_NAMES};

/// How a sheet shows a number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum CellFormat {
    /// With all that it says.
    #[default]
    Whole,
    /// A date as its year: `yyyy`.
    Year,
    /// A date as month and year: `mmm-yy`.
    MonthAndYear,
    /// A whole number with at least this many digits: `0000`.
    Digits(usize),
}

impl CellFormat {
    /// Returns what the number format of a style shows.
    pub(super) fn new(style: &Style) -> CellFormat {
        let code = style.number_format.as_ref().map_or("", |format| format.format_code.as_str());
        CellFormat::from_code(code)
    }

    /// Returns what the code of a number format shows. Quoted text and colours do not matter.
    fn from_code(code: &str) -> CellFormat {
        let code = code.split(';').next().unwrap_or("");
        if (2..=10).contains(&code.len()) && code.bytes().all(|byte| byte == b'0') {
            return CellFormat::Digits(code.len());
        }
        let mut letters = String::new();
        let mut signs = code.chars();
        while let Some(sign) = signs.next() {
            match sign {
                '"' => drop(signs.by_ref().find(|sign| *sign == '"')),
                '[' => drop(signs.by_ref().find(|sign| *sign == ']')),
                '\\' | '_' | '*' => drop(signs.next()),
                _ => letters.extend(sign.to_lowercase()),
            }
        }
        let has = |letter: char| letters.contains(letter);
        match (has('y') || has('e'), has('m'), has('d') || has('h') || has('s') || has('0')) {
            (true, false, false) => CellFormat::Year,
            (true, true, false) => CellFormat::MonthAndYear,
            _ => CellFormat::Whole,
        }
    }
}

/// Returns what a cell holds, without its number format: the number of days for a date.
pub(super) fn stored_text(cell: &Data) -> Cow<'_, str> {
    match cell {
        Data::String(text) => Cow::Borrowed(text),
        Data::DateTime(time) => Cow::Owned(time.as_f64().to_string()),
        other => Cow::Owned(other.to_string()),
    }
}

/// Returns the text of a cell. Dates are in ISO 8601, as far as the sheet shows them.
pub(super) fn cell_text(cell: &Data, format: CellFormat) -> String {
    match (cell, format) {
        (Data::DateTime(time), _) if time.is_datetime() => date_text(time, format),
        (Data::DateTimeIso(iso), CellFormat::Year) => iso.get(..4).unwrap_or(iso).to_owned(),
        (Data::DateTimeIso(iso), CellFormat::MonthAndYear) => {
            iso.get(..7).unwrap_or(iso).to_owned()
        }
        (Data::Float(number), CellFormat::Digits(count))
            if *number >= 0.0 && number.fract() == 0.0 =>
        {
            format!("{number:0count$.0}")
        }
        (Data::Int(number), CellFormat::Digits(count)) if *number >= 0 => {
            format!("{number:0count$}")
        }
        _ => cell.to_string(),
    }
}

/// Returns the text of a date. Day 0 of a workbook is 30 December 1899, or 1 January 1904.
fn date_text(time: &ExcelDateTime, format: CellFormat) -> String {
    let (year, month, day, hour, minute, second, _) = time.to_ymd_hms_milli();
    let (year, month, day) =
        if time.as_f64() < 0.0 { day_before_epoch(time) } else { (i64::from(year), month, day) };
    match format {
        CellFormat::Year => return format!("{year:04}"),
        CellFormat::MonthAndYear => {
            let name = MONTH_NAMES.get(usize::from(month).saturating_sub(1)).unwrap_or(&"");
            return format!("{name} {year:04}");
        }
        CellFormat::Whole | CellFormat::Digits(_) => {}
    }
    let date = format!("{year:04}-{month:02}-{day:02}");
    match (hour, minute, second) {
        _ if time.as_f64() < 0.0 => date,
        (0, 0, 0) => date,
        _ => format!("{date}T{hour:02}:{minute:02}:{second:02}"),
    }
}

/// Returns the date of a negative number, which calamine converts like 0.
fn day_before_epoch(time: &ExcelDateTime) -> (i64, u8, u8) {
    let is_1904 = time.to_ymd_hms_milli().0 == 1904;
    let epoch = if is_1904 { Day::from_ymd(1904, 1, 1) } else { Day::from_ymd(1899, 12, 30) };
    let days = time.as_f64().floor().clamp(-1_000_000.0, 0.0);
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the number was clamped and has no fraction"
    )]
    let days = days as i64;
    Day(epoch.0 + days).to_ymd()
}
