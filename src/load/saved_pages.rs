//! Folders that browsers save beside a page, with its pictures and scripts: `Search_files` of `Search.html`.

use std::collections::HashSet;

/// The ends of the names of these folders, in the languages of browsers.
const FOLDER_ENDS: [&str; 9] = [
    "_files",
    "-Dateien",
    "_fichiers",
    "_archivos",
    "_file",
    "_bestanden",
    "_pliki",
    "-filer",
    ".files",
];

/// The endings of pages.
const PAGE_ENDINGS: [&str; 5] = ["html", "htm", "xhtml", "HTML", "HTM"];

/// Returns the names of the pages to which a folder of this name may belong.
pub(super) fn pages_of_folder(name: &str) -> impl Iterator<Item = String> {
    FOLDER_ENDS
        .iter()
        .filter_map(|end| name.strip_suffix(end))
        .flat_map(|stem| PAGE_ENDINGS.iter().map(move |ending| format!("{stem}.{ending}")))
}

/// Whether a file stands in the folder of a page that is among `paths`.
pub(super) fn is_part_of_page(path: &str, paths: &HashSet<String>) -> bool {
    let mut folders = path.match_indices('/').filter_map(|(end, _)| path.get(..end));
    folders.any(|folder| {
        let (outer, name) = match folder.rfind('/') {
            Some(at) => folder.split_at(at + 1),
            None => ("", folder),
        };
        pages_of_folder(name).any(|page| paths.contains(&format!("{outer}{page}")))
    })
}
