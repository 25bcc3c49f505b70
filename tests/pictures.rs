//! The pictures of the README are what the program draws; `FONDS_PICTURES=write` makes them anew.

use std::path::Path;

use fonds::tui::view::svg;

use crate::stage::Stage;

/// The file below `assets`, the size, the keys, and what the picture shows.
const PICTURES: &[(&str, u16, u16, &str, &str)] = &[
    (
        "filtering.svg",
        100,
        22,
        "/soong 1945-07<enter>j",
        "fonds: four records of July 1945 that speak of Soong, the second one open beside the list",
    ),
    (
        "guess.svg",
        80,
        24,
        "/harimann",
        "fonds: a misspelled name finds two cables of Harriman, and says that it is a guess",
    ),
];

#[test]
fn pictures_are_what_the_program_draws() {
    for (name, width, height, script, says) in PICTURES {
        let drawn = svg::svg(&Stage::of_ten(*width, *height).play(script).buffer, says);
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets").join(name);
        if std::env::var_os("FONDS_PICTURES").is_some_and(|value| value == "write") {
            std::fs::write(&path, &drawn).expect("the picture is written");
        }
        let kept = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(kept == drawn, "{name} is out of date: FONDS_PICTURES=write cargo test pictures");
    }
}
