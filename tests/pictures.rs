//! The pictures in the README show what the program draws. `FONDS_PICTURES=write` draws them again.

use std::path::Path;

use fonds::tui::runtime::svg;

use crate::harness::Harness;

/// The file below `assets`, the width and height in cells, the keys, and the alternative text.
const PICTURES: &[(&str, u16, u16, &str, &str)] = &[
    (
        "filtering.svg",
        100,
        22,
        "/soong 1945-07<enter>j",
        "fonds: four records of July 1945 that mention Soong, the second one open next to the list",
    ),
    (
        "guess.svg",
        80,
        24,
        "/harimann",
        "fonds: a misspelled name finds two cables of Harriman, and the guess is shown",
    ),
];

#[test]
fn readme_pictures_are_up_to_date() {
    for (name, width, height, script, description) in PICTURES {
        let drawn =
            svg::svg(&Harness::with_ten_records(*width, *height).press(script).buffer, description);
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets").join(name);
        if std::env::var_os("FONDS_PICTURES").is_some_and(|value| value == "write") {
            std::fs::write(&path, &drawn).expect("the picture is written");
        }
        let saved = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(saved == drawn, "{name} is out of date: FONDS_PICTURES=write cargo test pictures");
    }
}
