//! BibTeX that other programs accept: undefined names, parentheses, entries without a key, unbalanced braces.

use crate::program::TestFolder;

#[test]
fn entries_that_other_programs_accept_are_read() {
    let cases = [
        (
            "@article{a, title = {Alpha}, journal = or, month = mar, year = 1901}",
            "1901-03",
            "“or” stands without braces",
        ),
        ("@string(or = {Annals})\n@book(a, title = {Alpha}, series = or, year = 1901)", "1901", ""),
        ("@book( a,\n title = \"Alpha (new)\",\n year = {1901}\n)", "1901", ""),
        (
            "@book{author = {Roth, Emil}, title = {Alpha}, year = 1901}",
            "1901",
            "this entry has no key",
        ),
        ("@book{, title = {Alpha}, year = 1901}", "1901", "this entry has no key"),
        (
            "@article{\n   author = {Roth, Emil},\n   title = {Alpha},\n   year = {1901}\n}",
            "1901",
            "this entry has no key",
        ),
        ("@book{Roth 1901, title = {Alpha}, year = 1901}", "1901", ""),
        ("@book{a, title = {Alpha } # x, year = 1901}", "1901", "“x” stands without braces"),
    ];
    for (text, date, warning) in cases {
        let text = format!("{text}\n\n@book{{z, title = {{Omega}}, year = 1950}}\n");
        let folder = TestFolder::with_files(&[("a.bib", text.as_bytes())]);
        let result = folder.run(&["list", "a.bib"]);
        let lines: Vec<&str> = result.stdout.lines().collect();
        assert_eq!(lines.len(), 2, "{text}: {}{}", result.stdout, result.stderr);
        assert!(lines[0].starts_with(&format!("\t{date}")), "{text}: {}", result.stdout);
        assert!(
            lines[0].contains("Alpha") && lines[1].contains("Omega"),
            "{text}: {}",
            result.stdout
        );
        assert!(result.stderr.contains(warning), "{text}: {}", result.stderr);
        assert!(!warning.is_empty() || result.stderr.is_empty(), "{text}: {}", result.stderr);
    }
}

#[test]
fn undefined_names_give_one_warning_for_a_list() {
    let entry = |at: usize| format!("@book{{k{at}, title = {{T{at}}}, publisher = p{}}}\n", at % 3);
    let text: String = (0..9).map(entry).collect();
    let folder = TestFolder::with_files(&[("a.bib", text.as_bytes())]);
    let result = folder.run(&["list", "a.bib"]);
    assert_eq!(result.stdout.lines().count(), 9);
    assert_eq!(result.stderr.lines().count(), 1, "{}", result.stderr);
    assert!(result.stderr.contains("“p0” and 2 more stand"), "{}", result.stderr);
}

#[test]
fn unbalanced_braces_in_one_entry_leave_the_others() {
    let text = "@book{a, title = {Alpha}, year = 1901}\n@book{b, title = {Be{ta}, year = 1902}\n\
                @book{c, title = {Gamma}, year = 1903}\n";
    let folder = TestFolder::with_files(&[("a.bib", text.as_bytes())]);
    let result = folder.run(&["list", "a.bib"]);
    assert!(
        result.stdout.contains("Alpha") && result.stdout.contains("Gamma"),
        "{}",
        result.stdout
    );
    assert!(
        result.stderr.contains("a.bib:2") || result.stderr.contains("a.bib:3"),
        "{}",
        result.stderr
    );
}
