//! Which files of a folder or a package are read, and which are named in a warning.

use std::collections::{BTreeMap, HashSet};
use std::io::{self, Read};

use super::bags::Bag;
use super::mappings;
use super::named_pictures::NamedPictures;
use super::packages::PackageKind;
use super::saved_pages;
use crate::formats::read::{self, Format, ReadOptions, Recognition};
use crate::formats::read::{notes, pictures};
use crate::record::Problem;

/// The number of skipped files that a message names.
const MAX_NAMED_FILES: usize = 5;

/// The number of bytes at the beginning of a file that show what it is.
pub(super) const START_BYTES: u64 = 1 << 16;

/// Names that systems give to files of their own, in lower case.
const SYSTEM_NAMES: [&str; 5] = ["thumbs.db", "ehthumbs.db", "desktop.ini", "icon\r", "__macosx"];

/// How the names of texts about a folder begin, in lower case. They are no notes.
const ABOUT_NAMES: [&str; 8] =
    ["readme", "changelog", "license", "licence", "contributing", "liesmich", "lisezmoi", "leeme"];

/// What a file in a folder is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FileClass {
    /// It has a known format.
    Data,
    /// It is a note with fields above its text.
    Note,
    /// It is Markdown, and a note only among notes.
    PlainNote,
    /// It is a picture, or pages of one document: a record by its name.
    Picture,
    /// It says how others are read.
    Mapping,
    /// It is plain text in which no record is found, such as a text about the others.
    PlainText,
    /// It belongs to the system or is hidden.
    PassedOver,
    /// It is a link or a device.
    Special,
    /// It has no known format.
    Unknown,
}

impl FileClass {
    /// What a file is by its path alone; `None` if its content decides.
    pub(super) fn from_path(path: &str) -> Option<FileClass> {
        let names: Vec<&str> = path.split('/').collect();
        // Folders of messages have hidden names (Maildir).
        let holds_messages =
            |at: usize| names.get(at + 1).is_some_and(|next| ["cur", "new"].contains(next));
        let is_system = |(at, name): (usize, &&str)| {
            let is_hidden = name.starts_with('.') && ![".", ".."].contains(name);
            is_hidden && !holds_messages(at) || SYSTEM_NAMES.contains(&name.to_lowercase().as_str())
        };
        if names.iter().enumerate().any(is_system) {
            return Some(FileClass::PassedOver);
        }
        if mappings::is_mapping(path.as_ref()) {
            return Some(FileClass::Mapping);
        }
        if is_link_file(path) {
            return Some(FileClass::Unknown);
        }
        pictures::is_picture(path).then_some(FileClass::Picture)
    }

    /// What a file is by its first bytes and its path.
    pub(super) fn from_start(path: &str, start: &[u8], options: &ReadOptions) -> FileClass {
        if PackageKind::detect(start, options).is_some() {
            return FileClass::Data;
        }
        let (mut start, whole) = (start, start);
        match read::recognize(path, options, &mut start) {
            // The end of a larger file is not known.
            Ok(Recognition::ByContent(Format::Notes))
                if (whole.len() as u64) < START_BYTES && notes::is_no_note(whole) =>
            {
                FileClass::PlainText
            }
            Ok(Recognition::ByContent(Format::Notes)) => FileClass::Note,
            Ok(Recognition::ByName(Format::Notes)) if pictures::starts_with_date(path) => {
                FileClass::Note
            }
            Ok(Recognition::ByName(Format::Notes)) => FileClass::PlainNote,
            Ok(Recognition::ByName(Format::ResultsPage))
                if !read::results_page_may_have_records(
                    path,
                    options,
                    whole,
                    is_about_folder(path),
                ) =>
            {
                FileClass::PlainText
            }
            // A file that is damaged at its beginning is reported when it is read.
            Ok(Recognition::ByContent(_) | Recognition::ByName(_)) | Err(_) => FileClass::Data,
            Ok(Recognition::Unknown) => FileClass::Unknown,
        }
    }
}

/// Whether a file has nothing but the address of a page, by its ending.
fn is_link_file(path: &str) -> bool {
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending).to_lowercase();
    ["url", "webloc", "desktop"].contains(&ending.as_str())
}

/// Looks at a file, and reads it to its end if it has a known format, so that its checksum is compared.
///
/// # Errors
/// It cannot be read to its end.
pub(super) fn check(
    path: &str,
    bytes: &mut dyn Read,
    options: &ReadOptions,
) -> io::Result<FileClass> {
    let mut start = Vec::new();
    bytes.take(START_BYTES).read_to_end(&mut start)?;
    let class = FileClass::from_start(path, &start, options);
    if class != FileClass::Unknown {
        io::copy(bytes, &mut io::sink())?;
    }
    Ok(class)
}

/// The files of a folder or package. `T` is how they are found again.
#[derive(Debug)]
pub(super) struct Contents<T> {
    files: Vec<(String, FileClass, T)>,
}

impl<T> Default for Contents<T> {
    fn default() -> Contents<T> {
        Contents { files: Vec::new() }
    }
}

/// What is done with the files of a folder or package.
#[derive(Debug)]
pub(super) struct ReadingPlan<T> {
    /// The paths of the files that are read.
    pub(super) read: Vec<(String, T)>,
    /// The paths of pictures, whose names become records.
    pub(super) pictures: Vec<String>,
    /// The bags.
    pub(super) bags: Vec<Bag<T>>,
    /// The number of pictures that become no records, because there is data.
    other_pictures: usize,
    /// The number of pictures that the data names.
    named_pictures: usize,
    /// The path of one of these other files.
    data_file: String,
    /// The paths of files without a known format.
    skipped: Vec<String>,
    /// The paths of texts without a record, beside data.
    texts: Vec<String>,
    /// The paths of links.
    special: Vec<String>,
}

/// Where files are.
#[derive(Clone, Copy, Debug)]
pub(super) enum Place {
    /// In a folder.
    Folder,
    /// In a package of a kind with this name.
    Package(&'static str),
}

impl<T: Clone> Contents<T> {
    /// Adds a file with its path in the folder.
    pub(super) fn add(&mut self, path: String, class: FileClass, found_by: T) {
        self.files.push((path, class, found_by));
    }

    /// Decides what is read.
    ///
    /// Markdown without fields is a note among notes, or where there is no data. Of pictures beside
    /// data, only some are records: see [`ReadingPlan::keep_dated_pictures`].
    pub(super) fn plan(mut self) -> ReadingPlan<T> {
        let bags = self.take_bags();
        self.leave_out_parts_of_pages();
        let count = |class| self.files.iter().filter(|(_, it, _)| *it == class).count();
        let has_notes = count(FileClass::Note) > 0;
        let data = self.files.iter().find(|(_, class, _)| *class == FileClass::Data);
        let data_file = data.map(|(path, ..)| path.clone());
        let has_others = has_notes || data_file.is_some() || count(FileClass::Picture) > 0;
        let is_only_file = self.files.len() == 1;
        let mut plan = ReadingPlan {
            read: Vec::new(),
            pictures: Vec::new(),
            bags: Vec::new(),
            named_pictures: 0,
            other_pictures: 0,
            data_file: data_file.clone().unwrap_or_default(),
            skipped: Vec::new(),
            texts: Vec::new(),
            special: Vec::new(),
        };
        for (path, class, found_by) in self.files {
            let is_note =
                is_only_file || (has_notes || data_file.is_none()) && !is_about_folder(&path);
            match class {
                FileClass::Data | FileClass::Note => plan.read.push((path, found_by)),
                FileClass::PlainNote if is_note => plan.read.push((path, found_by)),
                // Alone it is read, so that what it lacks is said.
                FileClass::PlainText if !has_others => plan.read.push((path, found_by)),
                FileClass::PlainText => plan.texts.push(path),
                FileClass::PlainNote | FileClass::Unknown => plan.skipped.push(path),
                FileClass::Picture => plan.pictures.push(path),
                FileClass::Special => plan.special.push(path),
                FileClass::Mapping | FileClass::PassedOver => {}
            }
        }
        plan.bags = bags;
        plan
    }

    /// Leaves out what browsers saved beside a page. Only pages are compared, since most folders have none.
    fn leave_out_parts_of_pages(&mut self) {
        let is_page = |path: &str| {
            path.rsplit_once('.').is_some_and(|(_, ending)| ending.to_lowercase().contains("htm"))
        };
        let pages = self.files.iter().map(|(path, ..)| path).filter(|path| is_page(path));
        let pages: HashSet<String> = pages.cloned().collect();
        if !pages.is_empty() {
            self.files.retain(|(path, ..)| !saved_pages::is_part_of_page(path, &pages));
        }
    }

    /// Takes the bags out of the files. Only the files in their `data/` stay.
    fn take_bags(&mut self) -> Vec<Bag<T>> {
        let roots = self.files.iter().filter_map(|(path, ..)| path.strip_suffix("bagit.txt"));
        let is_folder = |root: &&str| root.is_empty() || root.ends_with('/');
        let roots: Vec<String> = roots.filter(is_folder).map(str::to_owned).collect();
        let mut bags: Vec<Bag<T>> = Vec::new();
        for root in roots {
            let mut bag = Bag { root, tags: Vec::new(), payload: BTreeMap::new() };
            let data = format!("{}data/", bag.root);
            let mut inside =
                self.files.iter().filter_map(|(path, ..)| path.strip_prefix(&bag.root));
            let is_of_bag = |name: &str| name.starts_with("data/");
            if !inside.clone().any(is_of_bag) && !inside.all(is_tag_file) {
                continue;
            }
            self.files.retain(|(path, _, found_by)| {
                let Some(name) = path.strip_prefix(&bag.root) else { return true };
                if path.starts_with(&data) {
                    bag.payload.insert(name.to_owned(), found_by.clone());
                    return true;
                }
                bag.tags.push((name.to_owned(), found_by.clone()));
                false
            });
            bags.push(bag);
        }
        bags
    }
}

/// Whether a file beside the data of a bag says what is in it, by its name (RFC 8493, section 2).
fn is_tag_file(name: &str) -> bool {
    let is_list = name.starts_with("manifest-") || name.starts_with("tagmanifest-");
    ["bagit.txt", "bag-info.txt", "fetch.txt"].contains(&name) || is_list
}

impl<T> ReadingPlan<T> {
    /// Whether there are pictures that data or notes may name.
    pub(super) fn has_pictures_beside_data(&self) -> bool {
        !self.pictures.is_empty() && !self.read.is_empty()
    }

    /// Keeps those pictures that no record names. Beside data they also have a date in their names. The pages of a document
    /// stay together: a record that names one of them does not show the others.
    pub(super) fn keep_dated_pictures(&mut self, named: &NamedPictures) {
        let before = self.pictures.len();
        let documents = pictures::documents(&self.pictures).into_iter();
        let left = documents.filter(|pages| !pages.iter().all(|path| named.contains(path)));
        let left: HashSet<String> = left.flatten().map(str::to_owned).collect();
        self.pictures.retain(|path| left.contains(path));
        self.named_pictures = before - self.pictures.len();
        if !self.data_file.is_empty() {
            let others = self.pictures.len();
            self.pictures.retain(|path| pictures::has_date(path));
            self.other_pictures = others - self.pictures.len();
        }
    }
}

impl<T> ReadingPlan<T> {
    /// Returns what is said about the files that are not read. It is an error if nothing is read.
    /// `has_problems` tells whether something else was said.
    pub(super) fn problem(&self, name: &str, place: Place, has_problems: bool) -> Option<Problem> {
        let place = match place {
            Place::Folder => "folder",
            Place::Package(name) => name,
        };
        let mut parts = Vec::new();
        match self.skipped.as_slice() {
            [] => {}
            [one] => parts.push(format!("1 file in this {place} is not read: {one}")),
            many => parts.push(format!(
                "{} files in this {place} are not read: {}",
                many.len(),
                named(many)
            )),
        }
        match self.texts.as_slice() {
            [] => {}
            [one] => parts.push(format!("1 text in this {place} has no record: {one}")),
            many => parts.push(format!(
                "{} texts in this {place} have no record: {}",
                many.len(),
                named(many)
            )),
        }
        match self.special.as_slice() {
            [] => {}
            [one] => parts.push(format!("1 link in this {place} was not followed: {one}")),
            many => parts.push(format!(
                "{} links in this {place} were not followed: {}",
                many.len(),
                named(many)
            )),
        }
        match self.named_pictures {
            0 => {}
            1 => parts.push(format!(
                "1 picture or PDF in this {place} belongs to a record that names it"
            )),
            many => parts.push(format!(
                "{} in this {place} belong to records that name them",
                pictures(many)
            )),
        }
        if self.other_pictures > 0 {
            parts.push(format!(
                "{} in this {place} without a date in the name, beside {}, became no records: open their folder alone \
                 to see them",
                pictures(self.other_pictures),
                self.data_file
            ));
        }
        let is_empty = self.read.is_empty() && self.pictures.is_empty();
        if parts.is_empty() && is_empty && !has_problems {
            parts.push(format!("there is no file in this {place}"));
        }
        if parts.is_empty() {
            return None;
        }
        let problem = if is_empty { Problem::error } else { Problem::warning };
        Some(problem(name, None, parts.join("; ")))
    }
}

/// Returns a number of pictures and PDFs in words.
fn pictures(count: usize) -> String {
    match count {
        1 => "1 picture or PDF".to_owned(),
        many => format!("{many} pictures and PDFs"),
    }
}

/// Returns the first paths of a list.
fn named(paths: &[String]) -> String {
    let first: Vec<&str> = paths.iter().take(MAX_NAMED_FILES).map(String::as_str).collect();
    match paths.len().saturating_sub(MAX_NAMED_FILES) {
        0 => first.join(", "),
        more => format!("{} and {more} more", first.join(", ")),
    }
}

/// Whether a text is about the folder that it is in.
fn is_about_folder(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path).to_lowercase();
    ABOUT_NAMES.iter().any(|start| name.starts_with(start))
}
