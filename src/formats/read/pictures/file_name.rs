//! Takes the name of a file apart: the day, the title and the page.

use super::name_dates::find_date;
use crate::record::Date;

/// What the name of a file tells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct FileName {
    /// The date, as the name writes it or as `1945-07-12`.
    pub(super) date: Option<String>,
    /// Whether the date stands first.
    pub(super) is_date_first: bool,
    /// The rest, without date and page; empty if there is none.
    pub(super) title: String,
    /// What pages of one document share beside the date.
    pub(super) document: String,
    /// The number of the page; for the back of a leaf half a page later.
    pub(super) page: Option<u32>,
    /// Whether a camera or a scanner made the name.
    pub(super) is_of_camera: bool,
}

impl FileName {
    /// Returns the date, if it is one day.
    pub(super) fn day(&self) -> Option<String> {
        let date = self.date.clone()?;
        let span = Date::parse(&date).span()?;
        (span.earliest == span.latest).then_some(date)
    }

    /// Returns the date, if it is within one year.
    pub(super) fn month_or_year(&self) -> Option<String> {
        let date = self.date.clone()?;
        let span = Date::parse(&date).span()?;
        let (first, last) = (span.earliest.to_ymd().0, span.latest.to_ymd().0);
        (first == last).then_some(date)
    }

    /// Returns the document and whether this is the back of a leaf of it, if the last word may say so: `Weir back`.
    pub(super) fn possible_side(&self) -> Option<(&str, bool)> {
        if let Some((is_back, _)) = side_of_name(&self.document) {
            return Some((WHOLE_SIDES, is_back));
        }
        if self.page.is_some() {
            return None;
        }
        let (rest, word) = self.document.rsplit_once([' ', '-', '_'])?;
        let word = word.to_lowercase();
        let word = word.trim_matches(['(', ')', '[', ']']);
        let (_, is_back) = SIDES_OR_WORDS.iter().find(|(known, _)| *known == word)?;
        Some((rest.trim_end_matches(SIGNS), *is_back))
    }

    /// Takes the last word for the side of a leaf.
    pub(super) fn with_side(self) -> FileName {
        let Some((document, is_back)) = self.possible_side() else { return self };
        let document = document.to_owned();
        let of_name = side_of_name(&self.document).and_then(|(_, number)| number);
        let number = of_name.or(self.page).unwrap_or(0);
        let title = match self.title.strip_prefix(&document) {
            _ if document == WHOLE_SIDES => "",
            Some(_) => &document,
            None => &self.title,
        };
        FileName {
            title: title.to_owned(),
            page: Some(2 * number + u32::from(is_back)),
            document,
            ..self
        }
    }
}

/// The document of two files whose whole names are sides of a leaf; no name of a file has a slash.
pub(super) const WHOLE_SIDES: &str = "recto/verso";

/// Whether a name that is only the word for a side of a leaf, perhaps with the number of the leaf, is that of the back:
/// `verso`, `verso 1`. Returns the number, too.
fn side_of_name(name: &str) -> Option<(bool, Option<u32>)> {
    let name = name.to_lowercase();
    let word = name.trim_end_matches(|letter: char| letter.is_ascii_digit());
    let number = name.get(word.len()..).and_then(page_number);
    let word = word.trim_end_matches(SIGNS);
    let (_, is_back) = SIDES.iter().find(|(side, _)| *side == word)?;
    Some((*is_back, number))
}

/// How names begin that cameras, scanners and programs make, in lower case.
const CAMERA_STARTS: [&str; 31] = [
    "img",
    "image",
    "dsc",
    "dscn",
    "dscf",
    "pxl",
    "mvi",
    "vid",
    "cimg",
    "sam",
    "gopr",
    "wp",
    "pict",
    "picture",
    "photo",
    "foto",
    "bild",
    "scan",
    "scanned",
    "scannable",
    "camscanner",
    "screenshot",
    "bildschirmfoto",
    "whatsapp",
    "signal",
    "fullsizerender",
    "adobe",
    "office",
    "mmexport",
    "snapchat",
    "untitled",
];

/// The year from which cameras and scanners put the day of the picture into its name.
const FIRST_CAMERA_YEAR: i32 = 1990;

/// Words for a page before its number, in lower case.
const PAGE_WORDS: [&str; 16] = [
    "p", "pp", "pg", "page", "s", "seite", "f", "fol", "folio", "ff", "blatt", "bl", "teil",
    "part", "img", "str",
];

/// Words for the sides of a leaf, in lower case, and whether it is the back.
const SIDES: [(&str, bool); 11] = [
    ("r", false),
    ("recto", false),
    ("front", false),
    ("v", true),
    ("verso", true),
    ("back", true),
    ("vorderseite", false),
    ("rückseite", true),
    ("rueckseite", true),
    ("vs", false),
    ("rs", true),
];

/// Those of these words that titles end with, too: `Way back`, `Henry V`.
const SIDES_OR_WORDS: [(&str, bool); 4] =
    [("front", false), ("back", true), ("r", false), ("v", true)];

/// Signs around the parts of a name.
const SIGNS: &[char] = &[' ', '-', '–', '—', '_', ',', ';', ':', '.', '~'];

impl FileName {
    /// Takes a name without its ending apart.
    pub(super) fn parse(stem: &str) -> FileName {
        FileName::parse_with(stem, is_of_camera)
    }

    /// Takes the name of a folder apart. One with several words was not made by a camera: `Photo album 1911`.
    pub(super) fn parse_folder(name: &str) -> FileName {
        let is_word =
            |word: &&str| word.chars().filter(|letter| letter.is_alphabetic()).count() > 2;
        FileName::parse_with(name, |text| {
            is_of_camera(text) && text.split_whitespace().filter(is_word).count() < 2
        })
    }

    fn parse_with(stem: &str, is_of_camera: impl Fn(&str) -> bool) -> FileName {
        let text = join_month(stem).replace("%20", " ").replace('_', " ");
        let text = text.split_whitespace().map(bare_side).collect::<Vec<_>>().join(" ");
        let is_of_camera = is_of_camera(&text);
        let found = find_date(&text).filter(|found| {
            let is_alone = found.text.len() == text.len();
            let is_year = found.text.len() == 4;
            let is_recent = machine_year(&found.text).is_none_or(|it| it >= FIRST_CAMERA_YEAR);
            !is_of_camera || (!is_recent && !is_year) || (is_alone && !is_recent)
        });
        let Some(found) = found else {
            let (document, page) =
                if is_of_camera { (stem.to_owned(), None) } else { split_page(&text) };
            let title = document.clone();
            return FileName { title, document, page, is_of_camera, ..FileName::default() };
        };
        let before = text.get(..found.start).unwrap_or_default().trim_matches(SIGNS);
        let before = before.trim_end_matches(['(', '[']).trim_matches(SIGNS);
        let after = text.get(found.end..).unwrap_or_default();
        let after = after.trim_start_matches([')', ']']).trim_matches(SIGNS);
        let is_letter = ["r", "v"].contains(&after.to_lowercase().as_str());
        let after = match side_alone(after) {
            Some(side) if is_letter || !before.is_empty() => side,
            _ => after,
        };
        let rest = [before, after].into_iter().filter(|part| !part.is_empty());
        let rest = rest.collect::<Vec<_>>().join(" ");
        let (document, page) = split_page(&rest);
        let is_generic = CAMERA_STARTS.contains(&document.to_lowercase().as_str());
        let title = if is_generic { "" } else { without_camera_word(&document) }.to_owned();
        let is_date_first = found.start == 0;
        FileName { date: Some(found.text), is_date_first, title, document, page, is_of_camera }
    }
}

/// Joins the year and the month with which a name begins: `1902-07_Harbour` of `1902_07_Harbour`. A number behind which
/// no word stands counts pages.
fn join_month(stem: &str) -> String {
    let split = || {
        let (year, rest) = stem.split_once('_')?;
        let (month, title) = rest.split_once('_')?;
        let has_digits = |text: &str, length: usize| {
            text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit())
        };
        let is_month =
            has_digits(month, 2) && month.parse().is_ok_and(|it: u8| (1..=12).contains(&it));
        let is_year =
            has_digits(year, 4) && year.parse().is_ok_and(|it: u16| (1000..2100).contains(&it));
        let is_titled = title.chars().next().is_some_and(char::is_alphabetic);
        (is_year && is_month && is_titled).then(|| format!("{year}-{month}_{title}"))
    };
    split().unwrap_or_else(|| stem.to_owned())
}

/// Returns a title without the word with which cameras and scanners begin names: `IMG Harbour`.
fn without_camera_word(title: &str) -> &str {
    const WORDS: [&str; 7] = ["img", "dsc", "dscn", "dscf", "pxl", "cimg", "scan"];
    let split = title.split_once(' ');
    split.filter(|(word, _)| WORDS.contains(&word.to_lowercase().as_str())).map_or(title, |it| it.1)
}

/// Whether the date of a name is of a time when cameras wrote names.
pub(super) fn is_recent(name: &FileName) -> bool {
    let year = name.date.as_deref().and_then(machine_year);
    year.is_some_and(|year| year >= FIRST_CAMERA_YEAR)
}

/// Whether a camera, a scanner or a program made a name: `IMG 2031`, `P1020304`, `20190412 101112`.
fn is_of_camera(text: &str) -> bool {
    let lower = text.to_lowercase();
    let word: String = lower.chars().take_while(|letter| letter.is_alphabetic()).collect();
    let rest = lower.get(word.len()..).unwrap_or_default();
    let is_known = CAMERA_STARTS.contains(&word.as_str())
        && rest.chars().next().is_none_or(|letter| !letter.is_alphabetic())
        && rest.chars().any(|letter| letter.is_ascii_digit());
    let digits: Vec<&str> = lower.split(|letter: char| !letter.is_ascii_digit()).collect();
    let is_time_stamp = matches!(digits.as_slice(), [day, time, ..]
        if day.len() == 8 && time.len() >= 6 && day.as_bytes().first().is_some_and(|it| *it == b'2'));
    let is_numbered = word.len() <= 1 && {
        let number = rest.trim();
        number.len() >= 6 && number.bytes().all(|byte| byte.is_ascii_digit()) && word == "p"
    };
    is_known || is_time_stamp || is_numbered
}

/// Whether a word names a side of a leaf.
pub(super) fn is_side(word: &str) -> bool {
    let word = word.to_lowercase();
    word.len() > 1 && SIDES.iter().any(|(side, _)| *side == word)
}

/// Whether a word is the number of a leaf with its side: `1v`, `12r`. A year with a letter is no leaf.
pub(super) fn is_leaf(word: &str) -> bool {
    let number = word.strip_suffix(['r', 'v', 'R', 'V']).unwrap_or("");
    (1..=3).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether the last of several words is the letter of a side: `1902 v`. Before a year it is a month.
pub(super) fn ends_with_side(text: &str) -> bool {
    text.rsplit_once(' ')
        .is_some_and(|(_, word)| ["r", "v"].contains(&word.to_lowercase().as_str()))
}

/// Returns a text that is only the side of a leaf, as a word that means nothing else.
fn side_alone(text: &str) -> Option<&'static str> {
    let word = text.to_lowercase();
    let is_back = SIDES.iter().find(|(side, _)| *side == word)?.1;
    Some(if is_back { "verso" } else { "recto" })
}

/// The year in which a date begins, if its text is understood.
fn machine_year(text: &str) -> Option<i32> {
    let digits = text.split(|letter: char| !letter.is_ascii_digit());
    digits.filter(|run| run.len() == 4).find_map(|run| run.parse().ok())
}

/// Splits the page from the end of a name: `Keller (2)`, `Keller p1`, `Keller-001`, `Keller fol. 3v`.
fn split_page(text: &str) -> (String, Option<u32>) {
    let text = text.trim_matches(SIGNS);
    let (rest, is_back) = split_side(text);
    let with_side = |page: u32| 2 * page + u32::from(is_back == Some(true));
    if let Some((name, page)) = split_page_of_all(rest).filter(|(name, _)| !name.is_empty()) {
        return (name.to_owned(), Some(with_side(page)));
    }
    if let Some(inner) = rest.strip_suffix([')', ']']) {
        let open = inner.rfind(['(', '[']);
        let number = open.and_then(|at| page_number(inner.get(at + 1..)?));
        if let (Some(at), Some(page)) = (open, number) {
            let before = inner.get(..at).unwrap_or_default().trim_end_matches(SIGNS);
            return (before.to_owned(), Some(with_side(page)));
        }
    }
    let digits = rest.bytes().rev().take_while(u8::is_ascii_digit).count();
    let (before, number) = rest.split_at(rest.len() - digits);
    if let Some(page) = page_number(number) {
        let bare = before.trim_end_matches(['.', ' ', '-']);
        let word_start = bare.rfind(|letter: char| !letter.is_alphabetic()).map_or(0, |at| {
            at + bare.get(at..).and_then(|it| it.chars().next()).map_or(1, char::len_utf8)
        });
        let (start, word) = bare.split_at(word_start);
        if PAGE_WORDS.contains(&word.to_lowercase().as_str()) {
            return (start.trim_end_matches(SIGNS).to_owned(), Some(with_side(page)));
        }
        let is_counter = number.starts_with('0') && number.len() > 1
            || before.ends_with('-') && number.len() < 4
            || before.is_empty();
        let is_parted = before.is_empty() || before.ends_with([' ', '-', '.']);
        if is_counter && is_parted {
            return (bare.trim_end_matches(SIGNS).to_owned(), Some(with_side(page)));
        }
    }
    match is_back {
        Some(_) if !rest.is_empty() => (rest.to_owned(), Some(with_side(0))),
        _ => (text.to_owned(), None),
    }
}

/// Returns the name of the side of a leaf without brackets round it: `[back]` is `verso`.
fn bare_side(word: &str) -> &str {
    let bare = word.trim_matches(['(', ')', '[', ']']);
    if !is_side(bare) || bare.len() == word.len() {
        return word;
    }
    side_alone(bare).unwrap_or(bare)
}

/// Splits the page and the number of all pages from the end of a name: `Keller 1 of 2`, `Keller S1v2`.
fn split_page_of_all(text: &str) -> Option<(&str, u32)> {
    const OF: [&str; 7] = ["von", "of", "de", "di", "van", "sur", "v"];
    let digits = |text: &str| text.bytes().rev().take_while(u8::is_ascii_digit).count();
    let (rest, all) = text.split_at_checked(text.len() - digits(text))?;
    let bare = rest.trim_end();
    let is_parted = bare.len() < rest.len();
    let mut splits = OF.iter().filter_map(|word| bare.strip_suffix(word));
    let before = splits.find(|before| before.ends_with(' ') == is_parted)?.trim_end();
    let (rest, page) = before.split_at_checked(before.len() - digits(before))?;
    let name = rest.strip_suffix(['S', 's', 'p']).unwrap_or(rest);
    let name = if name.ends_with(' ') { name } else { rest };
    let (page, all) = (page_number(page)?, page_number(all)?);
    let is_page = name.ends_with([' ', '-']) && (1..=all).contains(&page);
    is_page.then(|| (name.trim_end_matches(SIGNS), page))
}

/// Splits the side of a leaf from the end of a name. Returns whether it is the back.
fn split_side(text: &str) -> (&str, Option<bool>) {
    let lower = text.to_lowercase();
    for (word, is_back) in SIDES {
        let Some(rest) = lower.strip_suffix(word).and_then(|rest| text.get(..rest.len())) else {
            continue;
        };
        let is_parted = rest.ends_with([' ', '-', '_', '.'])
            || word.len() == 1 && rest.ends_with(|letter: char| letter.is_ascii_digit());
        let is_word = word.len() == 1 || SIDES_OR_WORDS.iter().any(|(side, _)| *side == word);
        let is_sure = !is_word || rest.trim_end_matches(SIGNS).ends_with(char::is_numeric);
        if is_parted && is_sure {
            return (rest.trim_end_matches(SIGNS), Some(is_back));
        }
    }
    (text, None)
}

/// Returns the number of a page: up to five digits.
fn page_number(text: &str) -> Option<u32> {
    (1..=5).contains(&text.len()).then(|| text.parse().ok())?
}
