//! Overlays: notes that are begun and left, the help over lists of choices, and clicks on what an overlay hides.

use fonds::tui::overlays::picker::state::PickerItem;

use crate::harness::{Harness, Outcome};

fn press(keys: &str) -> Outcome {
    Harness::with_ten_records(80, 24).press(keys)
}

#[test]
fn a_note_that_was_begun_is_offered_again() {
    let note = |keys: &str| press(keys).app.workspace.note().map(str::to_owned);
    for left in
        ["jNSee the diary<esc>", "jNSee the diary<click:5,4>kk", "jNSee the diary<click:5,1>j"]
    {
        let outcome = press(left);
        let text = outcome.text();
        assert_eq!(outcome.app.workspace.note(), None, "{left}");
        assert!(text.contains("Not saved   See the diary"), "{left}: {text}");
        let again = press(&format!("{left}N")).text();
        assert!(again.contains("N See the diary"), "{left}: {again}");
        assert!(again.contains("this is the note that you began"), "{left}: {again}");
        assert_eq!(note(&format!("{left}N!<enter>")).as_deref(), Some("See the diary!"), "{left}");
        let kept = press(&format!("{left}N<enter>")).text();
        assert!(!kept.contains("Not saved"), "{left}: {kept}");
        let other = press(&format!("{left}jN")).text();
        assert!(!other.contains("See the diary"), "{left}: {other}");
        let dropped = press(&format!("{left}N<ctrl-u><esc>")).text();
        assert!(!dropped.contains("See the diary"), "{left}: {dropped}");
    }
    let text = press("jNSee<esc>").text();
    assert!(text.contains("this note is not saved: N goes on with it"), "{text}");
    // The saved note stays beside the one that was begun.
    let text = press("jNSee<enter>N and more<esc>").text();
    assert!(
        text.contains("My note     See") && text.contains("Not saved   See and more"),
        "{text}"
    );
    for unchanged in
        ["jN<esc>", "jN  <esc>", "jNSee<enter>N<esc>", "jNSee<enter>N x<ctrl-h><ctrl-h><esc>"]
    {
        let text = press(unchanged).text();
        assert!(!text.to_lowercase().contains("not saved"), "{unchanged}: {text}");
    }
}

#[test]
fn quitting_tells_first_of_a_note_that_was_begun() {
    let outcome = press("jNSee<esc>Gq");
    assert_eq!(outcome.selected(), Some(202));
    let text = outcome.text();
    assert!(text.contains("the note you began here is not saved: N goes on   q quits"), "{text}");
    assert_eq!(press("jNSee<esc>Gqjj").selected(), Some(204));
    assert_eq!(press("jNSee<esc>qqjj").selected(), Some(202), "the second q quits");
    assert_eq!(press("jNSee<esc>N<enter>qjj").selected(), Some(202), "nothing is left to save");
}

#[test]
fn help_over_an_overlay_begins_with_its_keys() {
    for (keys, heading) in
        [("yC", "in a list of choices"), ("e", "in a list of choices"), ("!", "in a popup")]
    {
        let before = press(keys).text();
        let help = press(&format!("{keys}?")).text();
        let first = help.lines().find(|line| line.contains("in ")).unwrap_or_default();
        assert!(first.contains(heading), "{keys}: {help}");
        for back in ["<esc>", "?"] {
            assert_eq!(press(&format!("{keys}?{back}")).text(), before, "{keys}? {back}");
        }
    }
    assert_eq!(press("?").text(), press("???").text());
}

#[test]
fn keys_that_may_follow_are_all_shown_or_counted() {
    let on =
        |width, height, keys: &str| Harness::with_ten_records(width, height).press(keys).text();
    let narrow = on(40, 12, "g");
    for command in ["first record", "last record", "go to a position"] {
        assert!(narrow.contains(command), "{command}: {narrow}");
    }
    let low = on(40, 8, "y");
    assert!(low.contains("… 3 more"), "{low}");
    assert!(!on(40, 12, "y").contains(" more"), "all of them have room");
    for (width, height) in [(10, 4), (20, 3), (5, 2), (1, 1)] {
        on(width, height, "g");
        on(width, height, "y");
    }
}

#[test]
fn clicks_on_an_overlay_leave_what_it_hides() {
    let mut harness = Harness::with_ten_records(80, 24);
    harness.options.formats = vec![PickerItem { name: "ris".to_owned(), ..PickerItem::default() }];
    let press = |keys: &str| harness.press(keys);
    for keys in ["jyC", "je", "j?", "j!", "jy", "je<enter><ctrl-u>old.ris<enter>"] {
        let (before, selected) = (press(keys), Some(202));
        for (x, y) in [(5, 4), (0, 0), (5, 14), (3, 21), (79, 23)] {
            let clicked = press(&format!("{keys}<click:{x},{y}>"));
            assert_eq!(clicked.selected(), selected, "{keys} {x},{y}");
            if keys != "jy" {
                assert_eq!(clicked.text(), before.text(), "{keys} {x},{y}");
            }
            let turned = press(&format!("{keys}<wheel-down:{x},{y}>"));
            assert_eq!(turned.selected(), selected, "{keys} {x},{y}");
        }
    }
    // A prompt hides the filter bar, and nothing else.
    assert_eq!(press("jNSee<click:3,21>").text(), press("jNSee").text());
    assert_eq!(press("j:20<click:5,4>").selected(), Some(204));
}
