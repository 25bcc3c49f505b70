//! User journeys: key scripts run through the event loop, and the whole screen afterwards. Text and
//! styles have separate snapshots.

use fonds::tui::layout::Size;
use fonds::tui::runtime::event_loop::ExitReason;
use proptest::prelude::*;
use proptest::sample::select;

use crate::harness::Harness;

const SIZES: [(u16, u16); 3] = [(60, 20), (80, 24), (120, 40)];

/// Scripts whose final screen has a snapshot at every size.
const SNAPSHOT_SCRIPTS: &[(&str, &str)] = &[
    ("start", ""),
    ("filtered", "/soong 1945-07<enter>jj"),
    ("guess", "/harimann"),
    ("no_match", "/xyzzy stalin"),
    ("full_width", "/soong<enter>jj<enter>n"),
    ("by_date", "s"),
    ("detail", "<tab>jj"),
    ("help", "?"),
    ("help_filtered", "?order"),
    ("go_to", "g"),
    ("command_line", ":210"),
];

#[test]
fn screens_match_their_snapshots() {
    for (name, script) in SNAPSHOT_SCRIPTS {
        for (width, height) in SIZES {
            let outcome = Harness::with_ten_records(width, height).press(script);
            insta::assert_snapshot!(format!("{name}_{width}x{height}"), outcome.text());
        }
    }
}

#[test]
fn styles_match_their_snapshots() {
    for (name, script) in &SNAPSHOT_SCRIPTS[..5] {
        let outcome = Harness::with_ten_records(80, 24).press(script);
        insta::assert_snapshot!(format!("{name}_styles"), outcome.styles());
    }
}

/// Scripts, the positions on the page afterwards, and the selected position.
const JOURNEYS: &[(&str, &[u64], u64)] = &[
    ("", &[201, 202, 203, 204, 205, 206, 207, 208, 209, 210], 201),
    ("jj<down>", &[201, 202, 203, 204, 205, 206, 207, 208, 209, 210], 204),
    ("jjjk", &[201, 202, 203, 204, 205, 206, 207, 208, 209, 210], 203),
    ("k", &[201, 202, 203, 204, 205, 206, 207, 208, 209, 210], 201),
    ("G", &[201, 202, 203, 204, 205, 206, 207, 208, 209, 210], 210),
    ("Ggg", &[201, 202, 203, 204, 205, 206, 207, 208, 209, 210], 201),
    ("7G", &[201, 202, 203, 204, 205, 206, 207, 208, 209, 210], 207),
    ("12G", &[201, 202, 203, 204, 205, 206, 207, 208, 209, 210], 210),
    ("3j", &[201, 202, 203, 204, 205, 206, 207, 208, 209, 210], 204),
    (":208<enter>", &[201, 202, 203, 204, 205, 206, 207, 208, 209, 210], 208),
    ("/soong 1945-07", &[201, 208, 209, 210], 201),
    ("/t.v.", &[201, 208, 209, 210], 201),
    ("/t. v. soong", &[201, 210, 208, 209], 201),
    ("/zymierski", &[207], 207),
    ("/harimann", &[208, 209], 208),
    ("/1943", &[203], 203),
    ("/name:soong", &[], 0),
    ("/soong<down><down>", &[201, 208, 209, 210], 209),
    ("/soong<enter><esc>", &[201, 202, 203, 204, 205, 206, 207, 208, 209, 210], 201),
    ("/soong<enter>jj<esc>", &[201, 202, 203, 204, 205, 206, 207, 208, 209, 210], 209),
    ("/soong<esc><esc>", &[201, 202, 203, 204, 205, 206, 207, 208, 209, 210], 201),
    ("ss", &[202, 208, 209, 204, 203, 207, 201, 210, 206, 205], 201),
    ("s", &[203, 207, 210, 209, 208, 201, 206, 205, 204, 202], 201),
    ("sS", &[202, 204, 205, 206, 201, 208, 209, 210, 207, 203], 201),
    ("S", &[210, 209, 208, 207, 206, 205, 204, 203, 202, 201], 201),
    ("jj<enter><right><right>q", &[201, 202, 203, 204, 205, 206, 207, 208, 209, 210], 205),
    ("<paste:soong\n>", &[201, 208, 209, 210], 201),
    ("<click:5,4>", &[201, 202, 203, 204, 205, 206, 207, 208, 209, 210], 204),
    ("y<click:5,4>", &[201, 202, 203, 204, 205, 206, 207, 208, 209, 210], 201),
    ("y<click:5,4>j", &[201, 202, 203, 204, 205, 206, 207, 208, 209, 210], 202),
    ("g<click:5,4>j", &[201, 202, 203, 204, 205, 206, 207, 208, 209, 210], 205),
    ("12gg", &[201, 202, 203, 204, 205, 206, 207, 208, 209, 210], 210),
    ("3gg", &[201, 202, 203, 204, 205, 206, 207, 208, 209, 210], 203),
    ("<wheel-down:5,3>", &[201, 202, 203, 204, 205, 206, 207, 208, 209, 210], 204),
    ("G<wheel-up:5,3>", &[201, 202, 203, 204, 205, 206, 207, 208, 209, 210], 207),
    ("/soong<enter>12<esc>jj", &[201, 208, 209, 210], 209),
    (":<esc>jj", &[201, 202, 203, 204, 205, 206, 207, 208, 209, 210], 203),
    ("<tab>:<esc>jj", &[201, 202, 203, 204, 205, 206, 207, 208, 209, 210], 201),
    ("/soong<enter>/<ctrl-u>korea<enter>/<ctrl-p><ctrl-n>", &[203, 202], 203),
    ("SS/soong", &[201, 208, 209, 210], 201),
    ("/letter | soong", &[201, 203, 208, 209, 210], 201),
    ("j<ctrl-l>j", &[201, 202, 203, 204, 205, 206, 207, 208, 209, 210], 203),
    ("/korea<ctrl-u>", &[201, 202, 203, 204, 205, 206, 207, 208, 209, 210], 203),
    ("/soong<enter>/<ctrl-u>korea<enter>/<ctrl-p>", &[201, 208, 209, 210], 201),
    ("/soong<enter>jL<esc>", &[201, 208, 209, 210], 208),
    ("/soong<enter>jLL<esc><esc>", &[201, 208, 209, 210], 208),
    ("/soong<enter>jLu", &[201, 208, 209, 210], 208),
    ("jL<esc>", &[201, 202, 203, 204, 205, 206, 207, 208, 209, 210], 202),
    ("sjL<esc>", &[203, 207, 210, 209, 208, 201, 206, 205, 204, 202], 206),
];

#[test]
fn scripts_end_on_the_expected_page_and_record() {
    for (script, positions, selected) in JOURNEYS {
        let outcome = Harness::with_ten_records(80, 24).press(script);
        assert_eq!(outcome.positions(), *positions, "page after {script:?}\n{}", outcome.text());
        assert_eq!(outcome.selected().unwrap_or(0), *selected, "selected after {script:?}");
    }
}

#[test]
fn records_like_one_are_shown_until_its_filter_is_left() {
    let harness = Harness::with_ten_records(80, 24);
    for script in ["GkL", "8GL"] {
        let outcome = harness.press(script);
        let filter = outcome.app.workspace.panes.filter_bar.text();
        assert!(filter.starts_with("like:"), "{script}: {filter}");
        assert!(!outcome.positions().is_empty(), "{script}");
        assert!(outcome.text().contains("like “"), "{}", outcome.text());
    }
    // From the full width the list is shown again.
    let outcome = harness.press("8G<enter>L");
    assert_eq!(outcome.positions(), harness.press("8GL").positions());
    // A filter that was changed meanwhile is cleared as any other one.
    let outcome = harness.press("/soong<enter>L/ 1945<enter><esc>");
    assert_eq!(outcome.app.workspace.panes.filter_bar.text(), "");
}

/// Scripts in which a key depends on a search that an earlier key has started.
const SEARCH_DEPENDENT_SCRIPTS: &[&str] = &[
    "ss",
    "/soong<enter>s",
    "/soong<enter>jj<esc>",
    ":208<enter>s",
    ":999<enter>jj",
    "<right><enter>",
    "/soong<enter>n",
    "/soong<enter><enter>n",
    "<right><left>",
    "jjjjk",
    "djj",
    "G<100x30>kk<60x12>k",
    "/soong<enter>/<ctrl-u>kor<enter>j",
    ":p3<enter>k",
];

#[test]
fn slow_searches_do_not_change_where_keys_lead() {
    let all = JOURNEYS.iter().map(|(script, ..)| script).chain(SEARCH_DEPENDENT_SCRIPTS);
    for page_size in [None, Some(4)] {
        let mut harness = Harness::with_ten_records(80, 24);
        harness.options.page_size = page_size;
        for script in all.clone() {
            let (immediate, delayed) =
                (harness.press(script), harness.press_before_responses(script));
            if script.contains("<ctrl-u>") {
                // The filter was erased before its search was done, so its selection was never used.
                assert_eq!(immediate.positions().len(), delayed.positions().len(), "{script:?}");
            } else {
                assert_eq!(immediate.text(), delayed.text(), "{script:?}, pages of {page_size:?}");
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn loading_does_not_change_filter_order_and_match_count(
        script in select(JOURNEYS.iter().map(|(script, ..)| *script).chain(SEARCH_DEPENDENT_SCRIPTS.iter().copied()).collect::<Vec<_>>()),
        size in 1_usize..6,
        arrivals in prop::collection::vec(0_usize..20, 0..10),
        resizes in prop::collection::vec((0_usize..20, 1_u16..140, 1_u16..50), 0..6),
    ) {
        // Without a record under the cursor, nothing is like it.
        prop_assume!(!script.contains(['q', 'L']));
        let resizes = resizes.into_iter().map(|(at, width, height)| (at, Size { width, height }));
        // After a resize another record is under the mouse.
        let resizes: Vec<_> = resizes.filter(|_| !script.contains("<click") && !script.contains("<wheel")).collect();
        let harness = Harness::with_ten_records(80, 24);
        let (loaded, loading) = (harness.press(script), harness.press_while_loading(script, size, &arrivals, &resizes));
        prop_assert!(loading.app.workspace.records.is_loaded());
        prop_assert_eq!(loaded.app.workspace.panes.filter_bar.text(), loading.app.workspace.panes.filter_bar.text());
        prop_assert_eq!(loaded.app.workspace.panes.list.order, loading.app.workspace.panes.list.order);
        prop_assert_eq!(loaded.app.workspace.panes.list.match_count, loading.app.workspace.panes.list.match_count);
        prop_assert_eq!(loading.app.workspace.panes.list.match_count.count() > 0, loading.selected().is_some(), "{}", loading.text());
    }
}

#[test]
fn turning_pages_keeps_the_row() {
    let mut harness = Harness::with_ten_records(80, 24);
    harness.options.page_size = Some(4);
    let cases: &[(&str, &[u64], u64)] = &[
        ("", &[201, 202, 203, 204], 201),
        ("jjjj", &[205, 206, 207, 208], 205),
        ("j<right>", &[205, 206, 207, 208], 206),
        ("<page-down><page-down>", &[209, 210], 209),
        ("jjj<right><right>", &[209, 210], 210),
        ("<right><right><right>", &[209, 210], 209),
        ("<end><left>", &[205, 206, 207, 208], 206),
        ("<right>k", &[201, 202, 203, 204], 204),
        (":p3<enter>", &[209, 210], 209),
        (":p4<enter>", &[201, 202, 203, 204], 201),
        (":206<enter>", &[205, 206, 207, 208], 206),
        ("/stalin<enter>:204<enter>", &[], 0),
        ("<ctrl-d><ctrl-d><ctrl-d>", &[205, 206, 207, 208], 207),
    ];
    for (script, positions, selected) in cases {
        let outcome = harness.press(script);
        if positions.is_empty() {
            let message = outcome.message().unwrap_or_default();
            assert!(message.contains("position 204"), "{script:?} says {message:?}");
            continue;
        }
        assert_eq!(outcome.positions(), *positions, "page after {script:?}");
        assert_eq!(outcome.selected(), Some(*selected), "selected after {script:?}");
    }
}

#[test]
fn escape_steps_back_and_never_quits() {
    let outcome =
        Harness::with_ten_records(80, 24).press("/soong<enter><enter>?<esc><esc><esc><esc><esc>j");
    assert_eq!(outcome.exit_reason, ExitReason::Quit, "the script ended before the program did");
    assert_eq!(outcome.positions().len(), 10, "the filter is gone");
    assert_eq!(outcome.selected(), Some(202), "the list still reacts to keys");
    assert!(outcome.app.modes.popup().is_none(), "no popup is left");
}

#[test]
fn filtered_out_position_differs_from_missing_position() {
    let message = |script: &str| {
        Harness::with_ten_records(80, 24).press(script).message().unwrap_or_default()
    };
    let hidden = "position 204 is not among the 4 shown: Esc clears the filter";
    assert_eq!(message("/soong<enter>:204<enter>"), hidden);
    let missing = "there is no position 999 here: 12G goes to the twelfth row";
    assert_eq!(message("/soong<enter>:999<enter>"), missing);
    assert_eq!(
        message("/soong<enter>:999<enter>j"),
        "",
        "the message disappears with the next key"
    );
}

#[test]
fn panes_are_arranged_by_width() {
    let rule_and_detail = |width: u16, script: &str| {
        let layout = Harness::with_ten_records(width, 24).press(script).app.workspace.panes.layout;
        (layout.rule.width, layout.rule.height, !layout.list.is_empty(), !layout.detail.is_empty())
    };
    assert_eq!(rule_and_detail(85, ""), (1, 20, true, true), "side by side");
    assert_eq!(rule_and_detail(84, ""), (84, 1, true, true), "below each other");
    assert_eq!(rule_and_detail(61, ""), (61, 1, true, true), "below each other");
    assert_eq!(rule_and_detail(60, ""), (0, 0, true, false), "the list alone");
    assert_eq!(rule_and_detail(60, "<tab>"), (0, 0, false, true), "the detail alone");
    assert_eq!(rule_and_detail(60, "<tab>:"), (0, 0, false, true), "also while a prompt is open");
    assert_eq!(rule_and_detail(84, "d"), (0, 0, true, false), "the detail is hidden");
    assert_eq!(rule_and_detail(84, "dd"), (84, 1, true, true), "and shown");
    assert_eq!(rule_and_detail(120, "<enter>"), (0, 0, false, true), "full-width view");
}

#[test]
fn page_size_follows_the_screen_height() {
    let harness = Harness::with_ten_records(80, 24);
    for (script, rows) in [("", 10), ("<80x14>", 5), ("<60x8>", 4), ("<80x14><80x24>", 10)] {
        assert_eq!(harness.press(script).app.workspace.panes.list.rows.len(), rows, "{script:?}");
    }
    assert_eq!(
        harness.press("jjjjjjj<80x14>").selected(),
        Some(208),
        "a new size keeps the record"
    );
}

#[test]
fn n_moves_between_matches_in_a_record() {
    let harness = Harness::with_ten_records(60, 12);
    let line = |script: &str| harness.press(script).app.workspace.panes.detail.hit;
    let all: Vec<_> = ["n", "nn", "nnn"].map(|n| line(&format!("/soong<enter>j<enter>{n}"))).into();
    assert!(all[0] < all[1] && all[1] != all[2], "{all:?}");
    assert_eq!(line("/soong<enter>j<enter>nnN"), all[0]);
    assert_eq!(line("/soong<enter>j<enter>nn<esc><esc>"), None, "without a filter there is no hit");
    assert_eq!(
        harness.press("/soong<enter>:q<enter>jjj").selected(),
        Some(201),
        ":q quits at once"
    );
}

#[test]
fn truncated_results_page_opens_with_a_warning() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("cut.txt");
    let page = include_str!("import/results-page.txt");
    let cut: Vec<&str> = page.lines().take(41).collect();
    std::fs::write(&file, cut.join("\n")).expect("written");
    let harness = Harness::open(&[fonds::load::Input::Path(file)], 80, 24);
    let text = harness.press("").text();
    assert!(text.contains("6 of 10 records: the page says 201 - 210 of 552"), "{text}");
    assert!(text.contains("201–206 of 552") && text.contains("1 warning (!)"), "{text}");
    assert!(harness.press("!").text().contains("cut.txt:4: 6 of 10 records"), "with its location");
}

#[test]
fn largest_possible_position_is_accepted() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("far.toml");
    let record = format!("[[record]]\nposition = \"{}\"\ntitle = \"far\"\n", u64::MAX);
    let two = format!("[archive]\ntotal = 2\n{record}{}", record.replace("far", "farther"));
    std::fs::write(&file, two).expect("written");
    let outcome = Harness::open(&[fonds::load::Input::Path(file)], 80, 24).press("j");
    assert!(outcome.text().contains("2 of 2"), "{}", outcome.text());
}

#[test]
fn undated_and_problem_counts_are_shown_on_narrow_screens() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("some.toml");
    let dated = "[[record]]\ntitle = \"a\"\ndate = \"1945\"\n";
    let undated = "[[record]]\ntitle = \"b\"\ndate = \"sometime\"\n";
    std::fs::write(&file, format!("{dated}{undated}")).expect("written");
    let harness = Harness::open(&[fonds::load::Input::Path(file)], 60, 20);
    let text = harness.press("/1945").text();
    assert!(text.contains("+1 undated") && text.contains("1 warning (!)"), "{text}");
}

#[test]
fn every_screen_size_is_drawn_without_a_panic() {
    let harness = Harness::with_ten_records(80, 24);
    let mut sizes = String::new();
    for width in [1, 2, 3, 5, 10, 20, 28, 44, 60, 61, 84, 85, 120, 250] {
        for height in [1, 2, 3, 4, 5, 6, 7, 8, 12, 24, 60] {
            sizes.extend([format!("<{width}x{height}>"), "<down><up>".to_owned()]);
        }
    }
    for script in ["", "/soong", "<tab>", "<enter>", "?", "g", ":2", "!"] {
        let outcome = harness.press(&format!("{script}{sizes}"));
        assert_eq!(outcome.buffer.area.width, 250, "all sizes were drawn after {script:?}");
    }
}

#[test]
fn control_characters_are_kept_in_records_but_not_drawn() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("nasty.toml");
    let title = "red\\u001b[31mred\\ttab \\u202Eoverride";
    std::fs::write(&file, format!("[[record]]\ntitle = \"{title}\"\n")).expect("written");
    let harness = Harness::open(&[fonds::load::Input::Path(file)], 80, 24);
    let outcome = harness.press("");
    assert!(outcome.text().contains("redred tab override"), "{}", outcome.text());
    let title = outcome
        .app
        .workspace
        .panes
        .list
        .selected()
        .and_then(|row| row.record.title().map(str::to_owned));
    assert_eq!(title.as_deref(), Some("red\u{1b}[31mred\ttab \u{202e}override"));
}
