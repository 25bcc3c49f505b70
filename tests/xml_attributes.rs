//! XML attributes: those with content are kept as own fields, those that are only markup are dropped.

use fonds::formats::read;
use fonds::load::page_merger::PageMerger;
use fonds::record::Record;

/// The first record of a file.
fn record(name: &str, text: &str) -> Record {
    let mut merger = PageMerger::new();
    read::read(name, None, &mut text.as_bytes(), &mut merger).unwrap();
    merger.finish().records.remove(0).record
}

/// A description, and the own fields that it gives.
const EXPECTED_FIELDS: &[(&str, &[(&str, &str)])] = &[
    ("<mods><titleInfo ID='a'><title>A</title></titleInfo></mods>", &[]),
    (
        "<mods><titleInfo type='translated' xml:lang='fr' script='Latn' transliteration='ALA'><title>A</title></titleInfo></mods>",
        &[
            ("titleInfo.type", "A: translated"),
            ("titleInfo.lang", "A: fr"),
            ("titleInfo.script", "A: Latn"),
            ("titleInfo.transliteration", "A: ALA"),
        ],
    ),
    (
        "<mods><name type='personal' authority='naf' valueURI='http://a.example/1' ID='n'><namePart>Soong</namePart><role><roleTerm type='code' authority='marcrelator'>cre</roleTerm></role></name></mods>",
        &[
            ("name_kind.person", "Soong"),
            ("name.type", "Soong: personal"),
            ("name.authority", "Soong: naf"),
            ("name.valueURI", "Soong: http://a.example/1"),
            ("name.role", "Soong: cre"),
            ("roleTerm.authority", "cre: marcrelator"),
        ],
    ),
    (
        "<mods><name><namePart>Soong</namePart><role>author</role></name></mods>",
        &[("name.role", "Soong: author")],
    ),
    (
        "<mods><subject authority='lcsh' authorityURI='http://b.example'><topic valueURI='http://b.example/2'>War</topic><geographic>China</geographic></subject></mods>",
        &[
            ("topic.valueURI", "War: http://b.example/2"),
            ("subject.authority", "War, China: lcsh"),
            ("subject.authorityURI", "War, China: http://b.example"),
        ],
    ),
    (
        "<mods><abstract type='review' xml:lang='en'>Of it.</abstract></mods>",
        &[("abstract.type", "Of it.: review"), ("abstract.lang", "Of it.: en")],
    ),
    (
        "<mods><classification authority='lcc'>DS1</classification></mods>",
        &[("classification.authority", "lcc"), ("classification", "DS1")],
    ),
    (
        "<mods><originInfo><dateCreated encoding='iso8601'>long ago</dateCreated></originInfo></mods>",
        &[],
    ),
    (
        "<mods><originInfo><dateCreated>May 1945</dateCreated><dateCreated encoding='iso8601'>1950</dateCreated></originInfo></mods>",
        &[("date.normal", "1950")],
    ),
    (
        "<ead><archdesc><did><unittitle>A</unittitle><unitdate normal='at noon' certainty='hearsay'>1945</unitdate></did></archdesc></ead>",
        &[("unitdate.normal", "at noon"), ("unitdate.normal", "hearsay")],
    ),
    (
        "<ead><archdesc><did><unittitle>A</unittitle></did><controlaccess><persname source='naf' normal='Soong, T. V.' encodinganalog='600' id='x'>T.V. Soong</persname></controlaccess></archdesc></ead>",
        &[("persname.source", "T.V. Soong: naf"), ("persname.normal", "T.V. Soong: Soong, T. V.")],
    ),
    (
        "<dc xmlns:xsi='x'><title xml:lang='de'>Brief</title><subject xsi:type='dcterms:LCSH'>War</subject><date xsi:type='dcterms:W3CDTF'>1945</date></dc>",
        &[("title.lang", "Brief: de"), ("subject.type", "War: dcterms:LCSH")],
    ),
    (
        "<record><datafield tag='245' ind1='1' ind2='0'><subfield code='a'>A</subfield></datafield><datafield tag='856' ind1='4' ind2='2'><subfield code='u'>http://a.example</subfield></datafield><datafield tag='856' ind1='4' ind2='0'><subfield code='u'>http://b.example</subfield></datafield></record>",
        &[("856.ind2", "related to this")],
    ),
];

#[test]
fn attribute_content_is_kept() {
    for (text, expected) in EXPECTED_FIELDS {
        let own = record("x.xml", text).own;
        let own: Vec<_> = own.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        assert_eq!(own, *expected, "{text}");
    }
}

#[test]
fn date_attributes_qualify_the_date() {
    for (text, date, days) in [
        ("<dateCreated encoding='iso8601'>long ago</dateCreated>", "long ago", ""),
        ("<dateCreated qualifier='approximate'>1945</dateCreated>", "1945", "1945~"),
        ("<dateCreated qualifier='questionable'>1945</dateCreated>", "1945", "1945?"),
        ("<dateCreated qualifier='inferred'>1945</dateCreated>", "1945", "1945"),
        ("<dateCreated>1945</dateCreated>", "1945", "1945"),
        (
            "<dateCreated encoding='w3cdtf'>1945-07</dateCreated><dateCreated>1945</dateCreated>",
            "1945",
            "1945-07",
        ),
    ] {
        let found = record("x.xml", &format!("<mods><originInfo>{text}</originInfo></mods>"));
        let edtf = found.date.span().map(|span| span.to_edtf()).unwrap_or_default();
        assert_eq!((found.date.text.as_str(), edtf.as_str()), (date, days), "{text}");
    }
}
