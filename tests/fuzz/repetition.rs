//! Files that repeat the same fragment: they are parsed in linear time, and a value that the file has
//! once is not copied into every record.

use fonds::formats::read::Format;

use super::{MAX_FILE_BYTES, max_output_bytes, output_bytes, valid_file};

/// Fragments that make a file of repetitions. A parser that searches for the end of each of them through
/// the rest of the file takes minutes.
const REPEATED_FRAGMENTS: &[(Format, &str)] = &[
    (Format::Html, "<nav>"),
    (Format::Html, "<script>"),
    (Format::Html, "<a href=\""),
    (Format::Html, "<!--"),
    (Format::Html, "<a b='>"),
    (Format::Html, "<b "),
    (Format::Html, "&"),
    (Format::Html, "<li><h3>a"),
    (Format::Html, "<p>July 12, 1945<h3><a href=x>a</a></h3>"),
    (Format::BibTex, "@string{a = \"b\"}\n"),
    (Format::BibTex, "@book{a,\n"),
    (Format::BibTex, "@book{a, title = b}\n"),
    (Format::Ead, "<c>"),
    (Format::Ead, "<c></c>"),
    (Format::Ead, "<!DOCTYPE a ["),
    (Format::Ead, "&x;"),
    (Format::Mods, "<mods>"),
    (Format::MarcXml, "<record>"),
    (Format::Marc, "\u{1d}"),
    (Format::Marc, "00026"),
    (Format::Ris, "TY  - BOOK\n"),
    (Format::Ris, "ER  - \n"),
    (Format::Ris, "AB  - a\n"),
    (Format::Csv, "\"a\"\"\n"),
    (Format::Csv, "title\n"),
    (Format::Csv, ",title"),
    (Format::Json, "["),
    (Format::Json, "{\"a\":"),
    (Format::JsonLines, "{\"a\":"),
    (Format::JsonLines, "{}\n"),
    (Format::Dpla, "[{},"),
    (Format::CslJson, "{} "),
    (Format::Toml, "[[record]]\n"),
    (Format::Toml, "a = ["),
    (Format::Toml, "[a.b]\n"),
    (Format::ResultsPage, "1945\n"),
    (Format::ResultsPage, "July 12, 1945\n\nA\n\n\n"),
    (Format::ResultsPage, "Skip to content\n"),
    (Format::ResultsPage, "1 - 2 of 3\n"),
    (Format::ResultsPage, "a\n\n\n"),
    (Format::ResultsPage, "-\n"),
    (Format::ResultsPage, "Mill no. 7\n"),
    (Format::ResultsPage, "Related news\n"),
    (Format::ResultsPage, "Orla Gazette Sat 12 Jul 1902 Page 3\n"),
    (Format::ResultsPage, "Letter to the mill, 1902\nby Anna Keller\n"),
    (Format::Html, "<b<p>1945</p><ul><li><h3><a href=x>a</a></h3><p>1945</p></li></ul>"),
    (Format::Html, "<div><h3><a href=x>a</a></h3><h3><a href=y>b</a></h3>"),
    (Format::Html, "<dl><dt>Title<dd>a<dt>Date<dd>1945"),
];

/// Each element has a name of its own, so that nothing is known of it from the one before.
#[test]
fn elements_with_other_names_each_are_read_in_linear_time() {
    let element = |number| format!("<r{number}><title>A</title><date>1950</date></r{number}>");
    let elements: String = (0..6_000).map(element).collect();
    assert!(output_bytes(format!("<records>{elements}</records>").as_bytes(), None) > 0);
    let objects: Vec<_> =
        (0..6_000).map(|number| format!("\"r{number}\":{{\"title\":\"A\"}}")).collect();
    assert!(output_bytes(format!("{{{}}}", objects.join(",")).as_bytes(), None) > 0);
}

/// Names beside each other, lists beside each other and objects with labels are looked up, and not compared with each
/// other: their numbers are so large that this would take minutes.
#[test]
fn objects_and_lists_of_thousands_of_names_are_read_in_linear_time() {
    let all = |count: usize, part: &dyn Fn(usize) -> String, between: &str| -> String {
        (0..count).map(part).collect::<Vec<_>>().join(between)
    };
    let attributes = all(6_000, &|number| format!("from{number}=\"v\" de{number}=\"w\""), " ");
    let item = format!("<item {attributes}><title>A</title><date>1950</date></item>");
    let fields = "<field name=\"title\">A</field><field name=\"date\">1950</field>";
    let record = format!("<record>{fields}</record>");
    let records = |number| format!("<list{number}>{record}{record}</list{number}>");
    let labels = "[{\"label\":\"Title\",\"value\":\"A\"},{\"label\":\"Date\",\"value\":\"1950\"}]";
    let labelled = |number| format!("\"f{number}\":{{\"x\":1,\"items\":{labels}}}");
    let items = "[{\"title\":\"A\",\"date\":\"1950\"},{\"title\":\"B\",\"date\":\"1951\"}]";
    let feed = |number| format!("\"f{number}\":{{\"total\":2,\"items\":{items}}}");
    let texts = [
        format!("<items>{item}{item}</items>"),
        format!("<lists>{}</lists>", all(4_000, &records, "")),
        format!("{{{}}}", all(4_000, &labelled, ",")),
        format!("{{{}}}", all(4_000, &feed, ",")),
    ];
    for text in texts {
        assert!(output_bytes(text.as_bytes(), None) > 0, "{}", &text[..60]);
    }
}

#[test]
fn repeated_fragments_are_parsed_in_linear_time() {
    for (format, fragment) in REPEATED_FRAGMENTS {
        let valid = String::from_utf8(valid_file(*format)).unwrap();
        let repeated = fragment.repeat(MAX_FILE_BYTES / fragment.len());
        for text in [repeated.clone(), format!("{valid}{repeated}"), format!("{repeated}{valid}")] {
            let size = output_bytes(text.as_bytes(), Some(*format));
            assert!(
                size <= max_output_bytes(text.as_bytes()),
                "{format:?} {fragment:?}: {size} of {}",
                text.len()
            );
        }
    }
}

/// A beginning with a long or deeply nested value, and a fragment that is repeated after it.
/// [`expand_placeholders`] replaces `LONG`, `DEEP` and the like.
const SHARED_VALUES: &[(Format, &str, &str)] = &[
    (Format::Ead, "<ead><archdesc><did><unittitle>LONG</unittitle></did><dsc>", "<c id=\"a\"/>"),
    (Format::Ead, "<ead><archdesc><did><repository>LONG</repository></did><dsc>", "<c id=\"a\"/>"),
    (
        Format::Ead,
        "<ead><archdesc><did><unittitle>A</unittitle></did><dsc><c><did><unittitle>LONG</unittitle></did>",
        "<c id=\"a\"/>",
    ),
    (
        Format::Ead,
        "<ead><archdesc><did><unittitle>A</unittitle></did><dsc><c><did><unittitle>LONG</unittitle></did>",
        "<c id=\"a\"/>x",
    ),
    (Format::Ead, "<ead><archdesc><did><unittitle>A</unittitle></did><dsc>DEEPC", "<c id=\"a\"/>"),
    (Format::Ead, "<ead><archdesc><did><unittitle>A</unittitle></did><dsc>", "<c/>"),
    (Format::DublinCore, "<oai_dc:dc>DEEP", "<i>x</i>"),
    (Format::DublinCore, "<oai_dc:dc><LONG>", "<i>x</i>"),
    (Format::DublinCore, "<oai_dc:dc><a type=\"LONG\">", "<i>x</i>"),
    (Format::Mods, "<mods><relatedItem type=\"LONG\">", "<i>x</i>"),
    (Format::MarcXml, "<record><datafield tag=\"LONG\">", "<subfield code=\"a\">x</subfield>"),
    (Format::Html, "<base href=\"https://e.org/LONG/\">", "<li><h3><a href=\"b\">a</a></h3>"),
    (Format::Csv, "title,LONG\n", "a,b\n"),
    (Format::Json, "{\"records\":[{\"title\":\"A\",\"LONG\":[", "1,"),
    (Format::JsonLines, "{\"title\":\"A\",\"LONG\":[1", ",1"),
    (Format::JsonLines, "{\"title\":\"A\",\"LONG\":{\"a\":1", ",\"a\":1"),
    (Format::Dpla, "{\"docs\":[{\"sourceResource\":{\"LONG\":[1", ",1"),
    (Format::CslJson, "[{\"type\":\"book\",\"LONG\":[1", ",1"),
    (Format::Toml, "[[record]]\nLONG = [1", ",1"),
    (Format::BibTex, "@string{a = \"LONG\"}\n", "@book{b, title = a}\n"),
    (Format::BibTex, "@string{a = \"LONG\"}\n", "@string{a = a # a}\n"),
    (Format::BibTex, "@string{a = a # \"x\"}\n", "@book{b, title = a}\n"),
    (Format::BibTex, "@string{a = b}\n@string{b = a}\n", "@book{b, title = a}\n"),
    (Format::BibTex, "@book{b, title = \"LONG\"}\n", "@inbook{c, crossref = {b}}\n"),
    (Format::BibTex, "@book{b, title = \"A\", crossref = {b}}\n", "@book{c, crossref = {b}}\n"),
    (
        Format::BibTex,
        "@book{c, title = {T}, crossref = {x}, crossref = {c}}\n",
        "@book{d, xdata = {{c}}}\n",
    ),
    (
        Format::BibTex,
        "@book{c, title = {T}, crossref = {{c}}}\n",
        "@book{January, crossref = jan}\n",
    ),
    (
        Format::BibTex,
        "@xdata{z, a = {1}}\n@xdata{p, ids = {z}, xdata = {z}}\n",
        "@book{k, xdata = {z, p}}\n",
    ),
    (Format::BibTex, "@xdata{p, FIELDS}\n", "@xdata{c, xdata = {p}}\n"),
    (Format::BibTex, "@xdata{p, xdata = {a,a,a,LONG}}\n", "@misc{c, xdata = {p}}\n"),
    (Format::Csv, "title,DATES\n", "a\n"),
    (
        Format::BibTex,
        "@book{b, crossref = {c}}\n@book{c, crossref = {b}}\n",
        "@book{d, xdata = {b}}\n",
    ),
];

/// Replaces the placeholders by long texts and deep nesting.
fn expand_placeholders(text: &str) -> String {
    text.replace("DEEPC", &"<c><did><unittitle>Of the embassy</unittitle></did>".repeat(300))
        .replace("DEEP", &"<temporal>".repeat(390))
        .replace("DATES", &(0..2_000).map(|at| format!("date_{at},")).collect::<Vec<_>>().concat())
        .replace(
            "FIELDS",
            &(0..2_000).map(|at| format!("a{at} = {{}},")).collect::<Vec<_>>().concat(),
        )
        .replace("LONG", &"long".repeat(5_000))
}

#[test]
fn shared_values_are_not_copied_into_every_record() {
    for (format, shared, fragment) in SHARED_VALUES {
        let begins = expand_placeholders(shared);
        let rest = (MAX_FILE_BYTES - begins.len()) / fragment.len();
        let text = begins + &fragment.repeat(rest);
        let size = output_bytes(text.as_bytes(), Some(*format));
        assert!(
            size <= max_output_bytes(text.as_bytes()),
            "{format:?} {shared:?} {fragment:?}: {size}"
        );
    }
}

#[test]
fn bibtex_inheritance_does_not_grow_exponentially() {
    let entry =
        |at: usize| format!("@xdata{{a{at}, title = {{A}}, xdata = {{a{0},a{0}}}}}\n", at + 1);
    let string = |at: usize| format!("@string{{s{at} = s{0} # s{0}}}\n", at - 1);
    let entries: String = (0..300).map(entry).collect();
    let strings: String = (1..300).map(string).collect();
    let strings = format!("@string{{s0 = \"x\"}}\n{strings}@book{{b, title = s299}}\n");
    for text in [entries, strings] {
        assert!(
            output_bytes(text.as_bytes(), Some(Format::BibTex))
                <= max_output_bytes(text.as_bytes())
        );
    }
}
