//! Makes records of the names of pictures and PDFs. Nothing in the files is read.
//!
//! Photographs of documents have the day, the title and the page in their names, and box and folder in those
//! of their folders: `Box 3/Folder 2/1945-07-12 Keller to Weidl (2).jpg`. The pages of one document are one
//! record. `file_name` takes names apart, `name_dates` finds their
//! dates.

mod file_name;
mod name_dates;

use std::collections::{HashMap, HashSet};

use super::{PageStart, Sink, doubtful_dates};
use crate::formats::shelf_location;
use crate::record::{
    Date, FILE_FIELD, Field, Problem, Record, TitleForm, bare_file_name, is_container,
    split_package,
};
use crate::text::counts::count_of;
use file_name::{FileName, WHOLE_SIDES};

/// The endings of files that are pictures or pages of one document, in lower case.
const ENDINGS: [&str; 19] = [
    "jpg", "jpeg", "jpe", "png", "tif", "tiff", "gif", "webp", "heic", "heif", "bmp", "jp2", "jxl",
    "dng", "cr2", "nef", "arw", "pdf", "djvu",
];

/// Whether a file is a picture or a PDF, by its ending.
pub(crate) fn is_picture(path: &str) -> bool {
    let (_, name) = split_path(path);
    name.rsplit_once('.').is_some_and(|(stem, ending)| {
        !stem.is_empty() && ENDINGS.contains(&ending.to_lowercase().as_str())
    })
}

/// Whether the name of a file begins with a day: `1945-07-12 Keller.md`.
pub(crate) fn starts_with_date(path: &str) -> bool {
    FileName::parse(stem_of(path)).is_date_first
}

/// Whether the name of a picture, or of a folder that it is in, has the day of a document.
pub(crate) fn has_date(path: &str) -> bool {
    let (folders, _) = split_path(path);
    let file = PictureFile { path, name: FileName::parse(stem_of(path)) };
    !record_of(&file, folders, false).date.text.is_empty()
}

/// Returns the date and the title that the name of a file tells.
pub(super) fn date_and_title(path: &str) -> (Option<String>, String) {
    let name = FileName::parse(stem_of(bare_file_name(path)));
    (name.date, name.title)
}

/// Returns the paths of the pages of each document among these pictures.
pub(crate) fn documents(files: &[String]) -> Vec<Vec<&str>> {
    let groups = group(files).into_iter();
    groups.map(|files| files.into_iter().map(|file| file.path).collect()).collect()
}

/// Makes records of the files of a folder, given by their paths in it. `own_name` is the name of the folder, which may
/// have the day of the document whose pages it holds.
pub(crate) fn read_folder(folder: &str, own_name: &str, files: &[String], sink: &mut dyn Sink) {
    if files.is_empty() {
        return;
    }
    let groups = group(files);
    sink.start_page(PageStart { file: folder.to_owned(), ..PageStart::default() });
    let records = count_of(groups.len(), "record");
    let message = match files.len() {
        1 => format!(
            "{records} of 1 picture or PDF, by its name: nothing in it was read, and it is cited as the document that \
             it shows"
        ),
        many => format!(
            "{records} of {many} pictures and PDFs, by their names: nothing in them was read, and they are cited as \
             the documents that they show"
        ),
    };
    sink.report(Problem::warning(folder, None, message));
    for files in &groups {
        let Some(first) = files.first() else { continue };
        let (folders, _) = split_path(first.path);
        let mut record = record_of(first, folders, true);
        if record.date.text.is_empty() {
            let inside = format!("{own_name}/{folders}");
            let mut dated = record_of(first, &inside, true);
            dated
                .values
                .retain(|(field, value)| (*field, value.as_str()) != (Field::Series, own_name));
            record = if dated.date.text.is_empty() { record } else { dated };
        }
        for file in files {
            record.source_hash.add_text(file.path);
            record.own.push((FILE_FIELD.into(), file.path.to_owned()));
        }
        doubtful_dates::send_record(sink, folder, None, record);
    }
}

/// Makes a record of one file that the user named. Of its folders, only boxes and the like count.
pub(super) fn read_file(file_name: &str, sink: &mut dyn Sink) {
    let path = file_name;
    sink.start_page(PageStart {
        file: path.to_owned(),
        is_one_of_many: true,
        ..PageStart::default()
    });
    // Of a picture in a package, the folders are those in it.
    let path = split_package(path).map_or(path, |(_, path)| path);
    let (folders, name) = split_path(path);
    let file = PictureFile { path, name: FileName::parse(stem_of(path)) };
    let mut record = record_of(&file, folders, false);
    record.source_hash.add_text(name);
    record.own.push((FILE_FIELD.into(), name.to_owned()));
    let message = "this is a picture: its record is made of its name, nothing in it was read, and it is cited as the \
                   document that it shows";
    sink.report(Problem::warning(file_name, None, message));
    doubtful_dates::send_record(sink, file_name, None, record);
}

/// A file with what its name tells.
struct PictureFile<'p> {
    path: &'p str,
    name: FileName,
}

/// Returns the files of each document in the order of its pages, and the documents in the order of the paths.
fn group(files: &[String]) -> Vec<Vec<PictureFile<'_>>> {
    let mut indices: HashMap<(String, Option<String>, String), usize> = HashMap::new();
    let mut groups: Vec<Vec<PictureFile<'_>>> = Vec::new();
    for (path, name) in named(files) {
        let folders = split_path(path).0.to_owned();
        let key = (folders, name.date.clone(), name.document.to_lowercase());
        let index = *indices.entry(key).or_insert_with(|| {
            groups.push(Vec::new());
            groups.len() - 1
        });
        if let Some(group) = groups.get_mut(index) {
            group.push(PictureFile { path, name });
        }
    }
    for group in &mut groups {
        group.sort_by(|one, other| (one.name.page, one.path).cmp(&(other.name.page, other.path)));
    }
    groups
}

/// Takes the names of files apart. A last word that may name the side of a leaf does so if the other side is there,
/// or the document without a side: `Weir front.jpg` and `Weir back.jpg`.
fn named(files: &[String]) -> Vec<(&str, FileName)> {
    let names: Vec<(&str, FileName)> =
        files.iter().map(|path| (path.as_str(), FileName::parse(stem_of(path)))).collect();
    let key = |path: &str, name: &FileName, document: &str, side: Option<bool>| {
        (split_path(path).0.to_owned(), name.date.clone(), document.to_lowercase(), side)
    };
    let keys: HashSet<_> = names
        .iter()
        .map(|(path, name)| match name.possible_side() {
            Some((document, is_back)) => key(path, name, document, Some(is_back)),
            None => key(path, name, &name.document, None),
        })
        .collect();
    let has_partner = |path: &str, name: &FileName| {
        name.possible_side().is_some_and(|(document, is_back)| {
            let has_whole =
                || document != WHOLE_SIDES && keys.contains(&key(path, name, document, None));
            keys.contains(&key(path, name, document, Some(!is_back))) || has_whole()
        })
    };
    let with_side = |(path, name): (_, FileName)| {
        if has_partner(path, &name) { (path, name.with_side()) } else { (path, name) }
    };
    names.into_iter().map(with_side).collect()
}

/// Returns the record of a document, by the name of its first file and the names of its folders.
/// `with_series` says whether folders that are no containers are series.
fn record_of(file: &PictureFile<'_>, folders: &str, with_series: bool) -> Record {
    let mut record = Record::default();
    let mut date = file.name.date.clone();
    let mut places: Vec<&str> = Vec::new();
    let mut folder_title = String::new();
    let mut has_date_of_series = false;
    for folder in folders.split('/').map(str::trim).filter(|folder| !folder.is_empty()) {
        let of_folder = FileName::parse_folder(folder);
        let container = shelf_location::parse(&folder.replace('_', " "), Field::Series);
        if container.iter().all(|(field, _)| is_container(*field)) {
            places.push(folder);
            for (field, value) in &container {
                record.push(*field, value);
            }
        } else if of_folder.title.is_empty() && of_folder.date.is_some() {
            let is_of_camera = file.name.is_of_camera && file_name::is_recent(&of_folder);
            let of_folder = of_folder.date.filter(|_| !is_of_camera);
            // A day counts before the year of the series that it is in.
            date = if has_date_of_series { of_folder.or(date) } else { date.or(of_folder) };
        } else if file.name.date.is_none()
            && file.name.title.is_empty()
            && let Some(day) = of_folder.day().filter(|_| date.is_none() || has_date_of_series)
        {
            // The folder holds the pages of one document.
            (date, has_date_of_series) = (Some(day), false);
            folder_title = of_folder.title;
        } else if with_series && folder != "." && folder != ".." {
            // A camera names its pictures by their number.
            // Without a title, a picture is of the day, the month or the year of its folder: the innermost one counts.
            let is_untitled = file.name.is_of_camera || file.name.title.is_empty();
            let may_be_dated = !file_name::is_recent(&of_folder) && !is_shelfmark(folder);
            let may_count = is_untitled && may_be_dated && (date.is_none() || has_date_of_series);
            let dated = of_folder.month_or_year().filter(|_| may_count);
            if let Some(dated) = dated.filter(|dated| !contains(dated, date.as_deref())) {
                (date, has_date_of_series) = (Some(dated), true);
            }
            places.push(folder);
            record.push(Field::Series, folder);
        }
    }
    // `Box 3 Folder 2 p. 14` says where the document lies.
    if let Some(containers) = containers_in(&file.name.title) {
        for (field, value) in &containers {
            record.push(*field, value);
        }
    }
    let title = match (file.name.title.as_str(), &date) {
        ("", Some(_)) if !has_date_of_series => folder_title,
        ("", _) if places.is_empty() => stem_of(file.path).to_owned(),
        ("", _) => places.join(", "),
        (title, _) => title.to_owned(),
    };
    record.values.insert(0, (Field::Title, title));
    record.values.retain(|(_, value)| !value.is_empty());
    record.date = date.map(|text| Date::parse(&text)).unwrap_or_default();
    record.set_title_form(TitleForm::Description);
    record
}

/// Whether a date contains another one, so that it says less.
fn contains(date: &str, other: Option<&str>) -> bool {
    let span = |text: &str| Date::parse(text).span();
    let spans = || Some((span(date)?, span(other?)?));
    spans().is_some_and(|(date, other)| other.is_within(&date))
}

/// Words before a number that is no year, in lower case.
const SHELFMARK_WORDS: [&str; 23] = [
    "ms",
    "mss",
    "cod",
    "codex",
    "acc",
    "accession",
    "faszikel",
    "fonds",
    "collection",
    "coll",
    "akte",
    "akten",
    "bestand",
    "nachlass",
    "inv",
    "inventar",
    "signatur",
    "sign",
    "rep",
    "cote",
    "dossier",
    "group",
    "no",
];

/// Whether the name of a folder is a shelfmark, whose number is no year: `MS 1902`, `Bestand 1902`.
fn is_shelfmark(folder: &str) -> bool {
    let mut words = folder.split([' ', '_', '-', '.']).filter(|word| !word.is_empty());
    words.any(|word| {
        let is_code = word.len() <= 4 && word.chars().all(char::is_uppercase);
        is_code || SHELFMARK_WORDS.contains(&word.to_lowercase().as_str())
    })
}

/// Returns the containers that a title names and nothing else: `Box 3 Folder 2`.
fn containers_in(title: &str) -> Option<Vec<(Field, String)>> {
    let words: Vec<&str> = title.split([' ', ',']).filter(|word| !word.is_empty()).collect();
    let pairs: Vec<String> = words.chunks(2).map(|pair| pair.join(" ")).collect();
    let found = shelf_location::parse(&pairs.join(", "), Field::Series);
    let are_containers = !found.is_empty() && found.iter().all(|(field, _)| is_container(*field));
    (words.len().is_multiple_of(2) && are_containers).then_some(found)
}

/// Returns the folders and the name of a path.
fn split_path(path: &str) -> (&str, &str) {
    path.rsplit_once('/').unwrap_or(("", path))
}

/// Returns the name of a file without folders and ending.
fn stem_of(path: &str) -> &str {
    let (_, name) = split_path(path);
    name.rsplit_once('.').filter(|(stem, _)| !stem.is_empty()).map_or(name, |(stem, _)| stem)
}
