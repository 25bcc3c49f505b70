//! Pages whose records have hundreds of lines each: the time to read them grows with the number of the lines. Where it grows
//! with its square, these pages take minutes.

use crate::limits::{read_with_values, titles};

/// The records of each page.
const RECORDS: usize = 3;

/// Lines of a record, each made of a template with `N` for its number.
fn lines(template: &str, count: usize) -> String {
    (0..count).map(|number| template.replace('N', &number.to_string())).collect()
}

/// What begins a record, the template of its lines, what ends it, and how many lines it has.
const SHAPES: &[(&str, &str, &str, usize)] = &[
    ("<li>HEAD<br>", "Mill and harbour N<br>", "</li>", 200),
    ("<li>HEAD<br>", "Extent: N boxes<br>", "</li>", 200),
    ("<li>HEAD<br>", "Notes:<br>Mill N<br>", "</li>", 200),
    ("<li>HEAD<br>", "<b>Notes</b> Mill N<br>", "</li>", 200),
    ("<li>HEAD<br>", "<a href='/place/N'>Mill N</a> ", "</li>", 200),
    ("<li>HEAD<br>", "<span>12 July 1902</span> <span>Mill N</span> ", "</li>", 200),
    ("<li>HEAD — ", "<span>1902</span> — Mill N — ", "</li>", 200),
    ("<div class=record>HEAD", "<p>Mill and harbour N</p>", "</div>", 200),
    ("<div class=record>HEAD", "<h4>Notes</h4><p>Mill N</p>", "</div>", 200),
    ("<div class=record>HEAD", "<div><span>Notes</span><span>Mill N</span></div>", "</div>", 200),
    ("<div class=record>HEAD<dl>", "<dt>Notes N</dt><dd>Mill N</dd>", "</dl></div>", 200),
    ("HEAD", "Mill and harbour N<br>", "", 200),
];

#[test]
fn records_of_hundreds_of_lines_are_read_in_linear_time() {
    for (begin, line, end, count) in SHAPES {
        let record = |number: usize| {
            let head = format!(
                "<h3><a href='/letter/{number}'>Letter {number}</a></h3><p class=date>12 July 19{number:02}</p>"
            );
            begin.replace("HEAD", &head) + &lines(line, *count) + end
        };
        let records: String = (0..RECORDS).map(record).collect();
        let page = format!("<!DOCTYPE html><h1>Papers</h1><div class=list>{records}</div>");
        let merged = read_with_values("a.html", page.as_bytes());
        let expected: Vec<String> = (0..RECORDS).map(|number| format!("Letter {number}")).collect();
        assert_eq!(titles(&merged), expected, "{line}: {:?}", merged.problems);
    }
}
