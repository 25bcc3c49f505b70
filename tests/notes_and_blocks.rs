//! Files of a few typed fields: one record with labels, several notes in one file, and fields that do not end.

use serde_json::json;

use crate::field_meanings::{check, read_text};
use crate::program::TestFolder;

/// The messages about a file.
fn messages(name: &str, text: &str) -> String {
    let problems = read_text(name, text).problems;
    problems.into_iter().map(|problem| problem.message).collect::<Vec<_>>().join("\n")
}

#[test]
fn text_of_labels_alone_is_one_record() {
    let letter = json!({"title": "On the mill", "date": "3 May 1931", "creator": "Keller, Anna"});
    for text in [
        "Title: On the mill\nDate: 3 May 1931\nFrom: Keller, Anna\n",
        "Title: On the mill\n\nDate: 3 May 1931\n\nFrom: Keller, Anna\n",
        "Date: 3 May 1931\nFrom: Keller, Anna\nTitle: On the mill\nNotes: It burned down.\n",
        "Titel: On the mill\nDatum: 3 May 1931\nVerfasser: Keller, Anna\nLänge: 3\n",
    ] {
        check("a.txt", text, std::slice::from_ref(&letter));
        assert_eq!(read_text("a.txt", text).records.len(), 1, "{text}");
    }
    // A page has more on it, and settings have no title.
    for text in [
        "Menu\nTitle: On the mill\nDate: 3 May 1931\nThis page is about the mill, which burned down.\nLog in\n",
        "host: a.example\nport: 80\n",
    ] {
        assert_eq!(read_text("a.txt", text).records.len(), 0, "{text}");
    }
}

#[test]
fn notes_under_headings_with_fields_are_records() {
    let text = "# Mill letters\n\n## Letter of Keller\ndate:: 1931-05-03\nfrom:: Keller, Anna\n\nOn rye.\n\n### More\nOn oats.\n\n\
                ## Letter of Weidl\ndate:: 1932-06-04\n\nOn mills.\n";
    let expected = [
        json!({"title": "Letter of Keller", "date": "1931-05-03", "summary": "On rye.\n\n### More\nOn oats."}),
        json!({"title": "Letter of Weidl", "date": "1932-06-04", "summary": "On mills."}),
    ];
    check("a.md", text, &expected);
    assert!(messages("a.md", text).contains("“Mill letters” above the notes"));
    for one in [
        // Of one note are the headings without fields, and those in code.
        "# Mill\n\n## First\ndate:: 1931\n\n## Second\nText.\n",
        "date:: 1931\n\n## First\nText.\n\n## Second\ndate:: 1932\n",
        "# Mill\n\n```\n## First\ndate:: 1931\n## Second\ndate:: 1932\n```\n",
        "## First\ndate:: 1931\n\nText.\n",
    ] {
        assert_eq!(read_text("a.md", one).records.len(), 1, "{one}");
    }
}

#[test]
fn fields_of_a_note_that_do_not_end_are_read_and_named() {
    let text = "---\ntitle: A note\ndate: 1931-05-03\ntags: [mill, rye]\nText without an end.\n";
    check(
        "a.md",
        text,
        &[json!({"title": "A note", "date": "1931-05-03", "summary": "Text without an end."})],
    );
    assert!(messages("a.md", text).contains("do not end with a line “---”"));
    // A line across the page is no beginning of fields.
    let line = "---\nOnly a text below a line.\n";
    check("a.md", line, &[json!({"title": "a"})]);
    assert_eq!(messages("a.md", line), "");
}

#[test]
fn outlines_and_empty_bags_are_named() {
    for text in
        ["#+TITLE: Mill\n\n* Letter\n", "* Letter\n:PROPERTIES:\n:DATE: 1931-05-03\n:END:\nText.\n"]
    {
        assert!(messages("a.org", text).contains("outline of Org mode"), "{text}");
    }
    let folder = TestFolder::with_files(&[]);
    std::fs::create_dir(folder.path().join("bag")).expect("a folder");
    for (name, text) in [("bagit.txt", "BagIt-Version: 1.0\n"), ("manifest-md5.txt", "")] {
        std::fs::write(folder.path().join("bag").join(name), text).expect("a file");
    }
    let result = folder.run(&["list", "bag"]);
    assert_eq!(result.exit_code, Some(2), "{}", result.stderr);
    assert_eq!(result.stderr, "bag: there is no file in this folder\n");
}

#[test]
fn labels_in_bold_below_the_heading_are_fields() {
    let expected = json!({"title": "Letter to Weidl", "date": "12 July 1945", "creator": "Anna Keller", "summary": "On rye."});
    for text in [
        "# Letter to Weidl\n\n**Date:** 12 July 1945  \n**From:** Anna Keller\n\nOn rye.\n",
        "# Letter to Weidl\n\n- **Date**: 12 July 1945\n- **From**: Anna Keller\n\nOn rye.\n",
        "**Title:** Letter to Weidl\n**Date:** 12 July 1945\n**From:** Anna Keller\nOn rye.\n",
    ] {
        check("a.md", text, std::slice::from_ref(&expected));
    }
    let two = "# Letter\n\n**Date:** 1931\n**To:** Keller, Anna\n**To:** Weidl, Jonas\n";
    check("a.md", two, &[json!({"recipient": ["Keller, Anna", "Weidl, Jonas"]})]);
    // One word in bold is a text.
    let one = "# Mill\n\n**Note:** the mill burned.\n\nMore.\n";
    check(
        "a.md",
        one,
        &[json!({"title": "Mill", "summary": "**Note:** the mill burned.\n\nMore."})],
    );
}

#[test]
fn outlines_of_feeds_and_folders_of_bookmarks_are_no_records() {
    let opml = "<?xml version='1.0'?><opml version='2.0'><head><title>Mine</title></head><body><outline text='A'/></body></opml>";
    assert_eq!(read_text("a.opml", opml).records.len(), 0);
    assert!(messages("a.opml", opml).contains("(OPML)"));
    let bookmark = |title: &str| json!({"title": title, "type": "text/x-moz-place", "uri": format!("https://a.example/{title}")});
    let folder = "text/x-moz-place-container";
    let bookmarks = json!({"guid": "root", "title": "", "type": folder, "children": [
        {"guid": "menu", "title": "menu", "type": folder, "children": [bookmark("Mill"), bookmark("Rye")]},
    ]});
    let text = bookmarks.to_string();
    check("a.json", &text, &[json!({"title": "Mill"}), json!({"title": "Rye"})]);
    // Those of an archive describe something.
    for kind in ["Folder", "Container"] {
        let inner =
            json!({"type": "Item", "title": "Mill", "date": "1931-02-03", "creator": "Keller"});
        let folder = json!({"type": kind, "title": "Letters", "date": "1931", "creator": "Keller", "children": [inner]});
        let text = folder.to_string();
        check("a.json", &text, &[json!({"title": "Letters"}), json!({"title": "Mill"})]);
    }
}
