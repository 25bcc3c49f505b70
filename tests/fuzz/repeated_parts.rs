//! One record, line or row in which the same part stands very often: it is read in a time that grows with the number of parts.
//!
//! Each number of parts is so large that reading would take minutes if each part were compared with all others.

use fonds::formats::read::Format;

use super::{max_output_bytes, output_bytes};

/// A format, the text before and behind the parts, the part, and how many there are. `#` in a part is its number.
type RepeatedPart = (Format, &'static str, &'static str, &'static str, usize);

const REPEATED_PARTS: &[RepeatedPart] = &[
    (Format::Csv, "name,x,note\nA,1,\"", "A; ", "\"\n", 20_000),
    (Format::Csv, "title,date\n", "A|", ",1945\n", 30_000),
    (Format::Csv, "title,subjects\nA,\"", "mill #; ", "\"\n", 100_000),
    (Format::Csv, "title,date", ",date", "\nA,1945\n", 100_000),
    (Format::Csv, "title", ",k#x,k#xrole", "\nA,b,author\n", 20_000),
    (Format::Mods, MODS, "<role><roleTerm>role #</roleTerm></role>", "</name></mods>", 6_000),
    (
        Format::Mods,
        MODS,
        "<namePart>A</namePart><role><roleTerm>author</roleTerm></role>",
        "</name></mods>",
        6_000,
    ),
    (
        Format::Mods,
        "<mods><titleInfo><title>A</title></titleInfo>",
        "<relatedItem type=\"host\"><titleInfo><title>B</title></titleInfo></relatedItem>",
        "</mods>",
        30_000,
    ),
    (
        Format::Mods,
        "<mods><titleInfo><title>A</title></titleInfo><relatedItem type=\"host\">",
        "<titleInfo><title>B #</title></titleInfo>",
        "</relatedItem></mods>",
        30_000,
    ),
    (
        Format::Mods,
        "<mods><titleInfo><title>A</title></titleInfo><location>Mill",
        "<a#>b</a#>",
        "</location></mods>",
        30_000,
    ),
    (
        Format::Mods,
        "<mods><titleInfo><title>A</title></titleInfo>",
        "<originInfo><dateCreated>1912, no. #</dateCreated></originInfo>",
        "</mods>",
        40_000,
    ),
    (Format::Xml, XML, "<!--", "</note></record></records>", 100_000),
    (Format::Xml, XML, "<?", "</note></record></records>", 100_000),
    (Format::Xml, XML, "<b><![CDATA[</b>", "]]></note></record></records>", 50_000),
    (
        Format::DublinCore,
        "<oai_dc:dc xmlns:oai_dc=\"o\" xmlns:dc=\"d\"><dc:title>A</dc:title>",
        "<dc:date>1912, no. #</dc:date>",
        "</oai_dc:dc>",
        30_000,
    ),
    (
        Format::Tei,
        TEI,
        "<placeName>Orla #<settlement>Orla</settlement></placeName>",
        "</correspAction></correspDesc></profileDesc></teiHeader></TEI>",
        20_000,
    ),
];

const MODS: &str = "<mods><titleInfo><title>A</title></titleInfo><name><namePart>Keller</namePart>";

const XML: &str = "<records><record><title>A</title><note>";

const TEI: &str = "<TEI xmlns=\"http://www.tei-c.org/ns/1.0\"><teiHeader><fileDesc><titleStmt><title>A</title></titleStmt>\
                   </fileDesc><profileDesc><correspDesc><correspAction type=\"sent\">";

#[test]
fn parts_of_one_record_are_read_in_linear_time() {
    for (format, before, part, behind, count) in REPEATED_PARTS {
        let parts: String = (0..*count).map(|at| part.replace('#', &at.to_string())).collect();
        let text = [before, parts.as_str(), behind].concat();
        let size = output_bytes(text.as_bytes(), Some(*format));
        assert!(
            size > 0 && size <= max_output_bytes(text.as_bytes()),
            "{format:?} {part:?}: {size} of {}",
            text.len()
        );
    }
}
