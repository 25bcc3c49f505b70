//! What a page or a table does not say for certain is not taken: the name of its archive, the date of a record, its title.

use crate::field_meanings::read_text;

/// The titles of the archives that a file names.
fn titles_of_archives(name: &str, text: &str) -> Vec<String> {
    read_text(name, text).archives.into_iter().filter_map(|archive| archive.title).collect()
}

const RECORDS: &str =
    "12 July 1945\n\nLetter to Weidl\n\nOn rye.\n\n4 March 1902\n\nHarbour dues\n\nReturns.\n";

#[test]
fn only_a_line_that_names_an_institution_is_the_name_of_the_archive() {
    for line in [
        "Menu",
        "Log in",
        "Accept all cookies",
        "Advanced search",
        "Filter by",
        "Suche",
        "Trefferliste",
        "Collections",
        "Your basket (0)",
        "Search the archive",
        "Digital Library",
        "Letters of Anna Keller",
        "Plan of the Orla Museum",
        "Our Archive",
    ] {
        for text in [
            format!("{line}\n\n{RECORDS}"),
            format!("{line}\n\n1 - 2 of 2\n\n{RECORDS}"),
            format!("{line}\n\nDate: 1902\nTitle: Rye\n\nDate: 1903\nTitle: Quay\n"),
            format!("{line}\n\n12 July 1945 - Letter (MS 41/7)\n13 July 1945 - Plan (MS 41/8)\n"),
        ] {
            assert_eq!(titles_of_archives("a.txt", &text), [""; 0], "{text}");
            assert_eq!(read_text("a.txt", &text).records.len(), 2, "{text}");
        }
    }
    for name in
        ["Orla State Archive", "Museum of Orla", "Stadtarchiv Orla", "Archivo General de Orla"]
    {
        for text in
            [format!("{name}\n\n{RECORDS}"), format!("Menu\n\n{name}\n\n1 - 2 of 2\n\n{RECORDS}")]
        {
            assert_eq!(titles_of_archives("a.txt", &text), [name], "{text}");
        }
        // Below the count it may be a record, and of several names none is certain.
        for text in [
            format!("1 - 3 of 3\n\n{name}\n\n{RECORDS}"),
            format!("{name}\n\nLake Library\n\n1 - 2 of 2\n\n{RECORDS}"),
        ] {
            assert_eq!(titles_of_archives("a.txt", &text), [""; 0], "{text}");
        }
    }
}
