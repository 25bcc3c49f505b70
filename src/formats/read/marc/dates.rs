//! The dates of a MARC record: the codes of the fields 008 and 046, and the texts beside the title and
//! publisher. See <https://www.loc.gov/marc/bibliographic/bd008a.html>.

use super::Subfield;
use crate::formats::read::date_sources::{Coverage, DateSources};
use crate::formats::read::given_dates::{CodeKind, Point};
use crate::record::Record;
use crate::record::date::{machine, text};

/// A code for an end that is open or not known.
const UNKNOWN: &str = "..";

/// Whether a subfield holds the text of a date.
pub(super) fn is_date_text(tag: &str, code: &str) -> bool {
    matches!((tag, code), ("245", "f" | "g") | ("260" | "264", "c"))
}

/// The dates of one record, until all its fields were read.
#[derive(Debug, Default)]
pub(super) struct MarcDates {
    sources: DateSources,
    /// Texts that count only if there are no others: years of copyright.
    copyright: Vec<String>,
    /// The dates of field 008, which count only if field 046 has none.
    fixed: Option<FixedDates>,
    /// Whether field 046 has a date.
    has_special_codes: bool,
}

/// The dates of field 008.
#[derive(Debug)]
struct FixedDates {
    /// The type of date, or publication status.
    kind: char,
    first: String,
    second: String,
}

impl MarcDates {
    /// Sets the dates from the content of field 008.
    pub(super) fn set_fixed_length_data(&mut self, text: &str) {
        let slice = |range| text.get::<std::ops::Range<usize>>(range).map(str::trim);
        let Some(kind) = text.chars().nth(6) else { return };
        let first = slice(7..11).or(text.get(7..)).unwrap_or("").to_owned();
        let second = slice(11..15).or(text.get(11..)).unwrap_or("").to_owned();
        self.fixed = Some(FixedDates { kind, first, second });
    }

    /// Adds the dates of any other field.
    pub(super) fn add_field(&mut self, tag: &str, subfields: &[Subfield]) {
        if tag == "046" {
            return self.add_special_codes(subfields);
        }
        let is_copyright = subfields.iter().any(|it| it.code == "ind2" && it.text == "copyright");
        for Subfield { code, text } in subfields.iter().filter(|it| is_date_text(tag, &it.code)) {
            let text = text.trim_end_matches([',', '.', ';', ' ']);
            if tag == "264" && is_copyright {
                self.copyright.push(text.to_owned());
            } else {
                let is_bulk = (tag, code.as_str()) == ("245", "g");
                let coverage = if is_bulk { Coverage::Bulk } else { Coverage::Inclusive };
                self.sources.add_text_of(coverage, text);
            }
        }
    }

    /// Adds field 046, the special coded dates: of creation, of the collection, or of publication.
    fn add_special_codes(&mut self, subfields: &[Subfield]) {
        let get = |code: &str| {
            let found = subfields.iter().find(|it| it.code == code);
            found.map(|it| it.text.trim()).filter(|text| !text.is_empty())
        };
        let is_edtf = get("2") == Some("edtf");
        let kind = get("a").unwrap_or("");
        for (start, end) in [("k", "l"), ("o", "p")] {
            if get(start).is_some() || get(end).is_some() {
                return self.add_ends(get(start), get(end), is_edtf, kind);
            }
        }
        // Years before Christ have subfields of their own; EDTF can express all of them.
        let before_christ = |code: &str| get(code).and_then(years_before_christ);
        let (start_bc, end_bc) = (before_christ("b"), before_christ("d"));
        // EDTF needs four digits.
        let after_christ = |code: &str| Some(format!("{:0>4}", get(code)?));
        let (start_ad, end_ad) = (after_christ("c"), after_christ("e"));
        let start = start_bc.as_deref().or(start_ad.as_deref());
        let end = end_bc.as_deref().or(end_ad.as_deref());
        if let (Some(reprint), Some(original), "r") = (start, end, kind) {
            self.sources.add_code(Coverage::Unrelated, CodeKind::default(), reprint);
            return self.add_ends(Some(original), None, end_bc.is_some(), kind);
        }
        if start.is_some() || end.is_some() {
            let is_edtf = is_edtf || start_bc.is_some() || end_bc.is_some();
            self.add_ends(start, end, is_edtf, kind);
        }
    }

    /// Adds one date or a range.
    fn add_ends(&mut self, start: Option<&str>, end: Option<&str>, is_edtf: bool, kind: &str) {
        self.has_special_codes = true;
        let is_open = end.is_none() && matches!(kind, "c" | "u");
        if kind == "q" {
            self.sources.add_qualifier("questionable");
        }
        let mut add = |point, code: &str| {
            let kind = CodeKind { point, is_edtf: is_edtf && code != UNKNOWN };
            self.sources.add_code(Coverage::Inclusive, kind, code);
        };
        match (start, end) {
            (Some(start), None) if !is_open => add(Point::Whole, start),
            (start, end) => {
                add(Point::Start, start.unwrap_or(UNKNOWN));
                add(Point::End, end.unwrap_or(UNKNOWN));
            }
        }
    }

    /// Sets the date of the record. A record that got a date elsewhere keeps it, unless MARC has one.
    pub(super) fn apply_to(mut self, record: &mut Record) {
        for text in std::mem::take(&mut self.copyright) {
            self.sources.add_structured_text(Coverage::Inclusive, &text);
        }
        if let Some(fixed) = self.fixed.take().filter(|_| !self.has_special_codes) {
            fixed.add_to(&mut self.sources);
        }
        if !self.sources.is_empty() || record.date.text.is_empty() {
            self.sources.apply_to(record, "date.normal");
        }
    }
}

impl FixedDates {
    /// Adds the dates to those of the texts.
    fn add_to(&self, sources: &mut DateSources) {
        let known = |code: &str| {
            let is_code = !code.is_empty() && machine::parse(code).is_some();
            if is_code { code.to_owned() } else { UNKNOWN.to_owned() }
        };
        let (first, second) = (known(&self.first), known(&self.second));
        let mut add_range = |coverage, end: &str| {
            let kind = |point| CodeKind { point, is_edtf: false };
            sources.add_code(coverage, kind(Point::Start), &first);
            sources.add_code(coverage, kind(Point::End), end);
        };
        match self.kind {
            'm' | 'i' | 'd' => add_range(Coverage::Inclusive, &second),
            'k' => add_range(Coverage::Bulk, &second),
            // Still published, or not known whether it is.
            'c' | 'u' => add_range(Coverage::Inclusive, UNKNOWN),
            'q' => {
                let end = if second == UNKNOWN { &first } else { &second };
                add_range(Coverage::Inclusive, end);
                sources.add_qualifier("questionable");
            }
            'e' => self.add_detailed_date(sources),
            's' => sources.add_normalized(&first),
            'r' => self.add_original(sources, &first, &second),
            't' | 'p' => self.add_one_of_two(sources, &first),
            // No date, a date before Christ (which field 046 has), or nothing coded.
            _ => {}
        }
    }

    /// Adds a year with month and day, as far as they are coded.
    fn add_detailed_date(&self, sources: &mut DateSources) {
        let code = format!("{}{}", self.first, self.second);
        let is_code = machine::parse(&code).is_some();
        sources.add_normalized(if is_code { &code } else { &self.first });
    }

    /// Adds the date of the original of a reprint or reissue, which is the date of the document. That of
    /// the reprint counts only if the other is not known.
    fn add_original(&self, sources: &mut DateSources, reprint: &str, original: &str) {
        if original.contains(['u', '|', '-', '.']) {
            return self.add_with_doubt(sources, reprint);
        }
        sources.add_normalized(original);
        let kind = CodeKind::default();
        sources.add_code(Coverage::Unrelated, kind, reprint);
        let text = sources.text();
        if text.contains(self.second.as_str()) && text.contains(self.first.as_str()) {
            sources.allow_other_dates();
        }
    }

    /// Adds the date of a copy whose original may be of another year. The code is the text where there is
    /// no other, so that the doubt is told.
    fn add_with_doubt(&self, sources: &mut DateSources, copy: &str) {
        let code = format!("{}{}{}", self.kind, self.first, self.second);
        let is_code = text::parse(&code).is_doubtful();
        if sources.text().is_empty() && is_code {
            sources.add_structured_text(Coverage::Inclusive, &code);
        } else {
            sources.add_normalized(copy);
        }
    }

    /// Adds the date of this edition; the other is that of the original, copyright or production.
    fn add_one_of_two(&self, sources: &mut DateSources, first: &str) {
        let text = sources.text();
        let names = |year: &String| !year.is_empty() && text.contains(year.as_str());
        match (names(&self.first), names(&self.second)) {
            (false, true) => sources.add_normalized(&self.second),
            (true, true) => {
                sources.add_normalized(first);
                sources.allow_other_dates();
            }
            (false, false) if self.kind == 'p' && self.first != self.second => {
                self.add_with_doubt(sources, first);
            }
            _ => sources.add_normalized(first),
        }
    }
}

/// Returns a year before Christ, or a day of it, as EDTF: `44` gives `-0043`.
fn years_before_christ(code: &str) -> Option<String> {
    let (year, day) = if code.len() == 8 { code.split_at_checked(4)? } else { (code, "") };
    let year: i64 = year.parse().ok().filter(|year| (1..=9999).contains(year))?;
    let sign = if year == 1 { "" } else { "-" };
    let rest = day.split_at_checked(2).filter(|(month, _)| !month.is_empty());
    let rest = rest.map(|(month, day)| format!("-{month}-{day}")).unwrap_or_default();
    Some(format!("{sign}{:04}{rest}", year - 1))
}
