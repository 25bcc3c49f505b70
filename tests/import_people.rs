//! Who did what, and where a document lies: which fields finding aids and catalogues fill.

use fonds::formats::read;
use fonds::load::page_merger::PageMerger;
use fonds::record::{Field, Record};

/// The records of a file.
fn records(text: &str) -> Vec<Record> {
    let mut merger = PageMerger::new();
    read::read("x.xml", None, &mut text.as_bytes(), &mut merger).unwrap();
    merger.finish().records.into_iter().map(|it| it.record).collect()
}

/// The values of the fields about people and places, and the own fields named in `own`, in the order of
/// the fields. A contributor has its role in brackets.
fn render(record: &Record, own: &[&str]) -> String {
    let mut lines: Vec<String> = Vec::new();
    for field in Field::ALL.into_iter().filter(|field| SHOWN_FIELDS.contains(field)) {
        let values = record.all(field).map(|value| format!("{}={value}", field.key()));
        if field == Field::Contributor {
            let contributors = record.contributors();
            lines.extend(contributors.map(|(name, role)| format!("contributor={name} ({role})")));
        } else {
            lines.extend(values);
        }
    }
    let own = record.own.iter().filter(|(name, _)| own.contains(&name.as_str()));
    lines.extend(own.map(|(name, value)| format!("{name}={value}")));
    lines.join(" | ")
}

const SHOWN_FIELDS: [Field; 14] = [
    Field::People,
    Field::Subjects,
    Field::Collection,
    Field::Creator,
    Field::Recipient,
    Field::Contributor,
    Field::Repository,
    Field::ArchivePlace,
    Field::Series,
    Field::Box,
    Field::Folder,
    Field::ReferenceCode,
    Field::PreferredCitation,
    Field::Container,
];

/// Asserts that each text inside of a description gives the values.
fn assert_values(cases: &[(&str, &str)], own: &[&str], wrap: impl Fn(&str) -> String) {
    for (text, expected) in cases {
        let found = records(&wrap(text));
        assert_eq!(render(&found[0], own), *expected, "{text}");
    }
}

/// Elements of `archdesc` in EAD 2002 and EAD3.
const FINDING_AID_PARTS: &[(&str, &str)] = &[
    ("<did><origination>Ferry Company</origination></did>", "creator=Ferry Company"),
    (
        "<did><origination label='Creator:'><persname>Brandt, Ida</persname></origination></did>",
        "creator=Brandt, Ida",
    ),
    (
        "<did><origination label='source'><persname role='dnr'>Roth, Emil</persname></origination></did>",
        "contributor=Roth, Emil (dnr)",
    ),
    (
        "<did><origination label='Donor'>Emil Roth</origination></did>",
        "contributor=Emil Roth (Donor)",
    ),
    (
        "<did><origination><corpname role='col'>Lake Library</corpname></origination></did>",
        "contributor=Lake Library (col)",
    ),
    (
        "<controlaccess><persname>Brandt, Ida</persname><famname role='subject'>Roth family</famname></controlaccess>",
        "people=Brandt, Ida | people=Roth family",
    ),
    (
        "<controlaccess><persname role='Author (aut)'>Brandt, Ida</persname></controlaccess>",
        "creator=Brandt, Ida",
    ),
    (
        "<controlaccess><persname role='Addressee (rcp)'>Roth, Emil</persname></controlaccess>",
        "recipient=Roth, Emil",
    ),
    (
        "<controlaccess><persname role='http://id.loc.gov/vocabulary/relators/rcp'>Roth, Emil</persname></controlaccess>",
        "recipient=Roth, Emil",
    ),
    (
        "<controlaccess><persname role='Empfängerin'>Roth, Ute</persname><persname role='destinataire'>Ost, Karl</persname></controlaccess>",
        "recipient=Roth, Ute | recipient=Ost, Karl",
    ),
    (
        "<did><container type='Reel'>4</container><container type='frame'>20</container></did>",
        "container=Reel 4 | container=frame 20",
    ),
    (
        "<did><container type='shelf'>4</container><container type='Carton'>3</container><container type='folder'>2</container></did>",
        "box=Carton 3 | folder=2 | container=shelf 4",
    ),
    (
        "<did><container>Map case 4, drawer 2</container></did>",
        "container=Map case 4 | container=drawer 2",
    ),
    (
        "<controlaccess><persname role='crp'>Falk, Uwe</persname></controlaccess>",
        "contributor=Falk, Uwe (crp)",
    ),
    (
        "<controlaccess><persname>Roth, Emil, 1880-1950, addressee.</persname></controlaccess>",
        "recipient=Roth, Emil, 1880-1950, addressee.",
    ),
    (
        "<controlaccess><persname>Roth, Emil, former owner</persname></controlaccess>",
        "contributor=Roth, Emil (former owner)",
    ),
    ("<controlaccess><persname>Poe, Ed</persname></controlaccess>", "people=Poe, Ed"),
    (
        "<controlaccess><persname relator='aut'><part localtype='forename'>Ida</part><part localtype='surname'>Brandt</part><part>1890-</part></persname></controlaccess>",
        "creator=Brandt, Ida, 1890-",
    ),
    (
        "<controlaccess><corpname><part>Orla</part><part>Ferry Office</part></corpname><subject><part>Ferries</part><part>Fares</part></subject></controlaccess>",
        "people=Orla. Ferry Office | subjects=Ferries -- Fares",
    ),
    ("<did><repository>Town Archive</repository></did>", "repository=Town Archive"),
    (
        "<did><repository><corpname>Lake Library<subarea>Manuscripts</subarea></corpname><address><addressline>12 Quay Street</addressline><addressline>Orla</addressline></address></repository></did>",
        "repository=Lake Library, Manuscripts | repository.address=12 Quay Street, Orla",
    ),
    (
        "<did><repository>Town Archive<address><addressline>12 Quay Street</addressline></address></repository></did>",
        "repository=Town Archive | repository.address=12 Quay Street",
    ),
    (
        "<did><repository><address><addressline>Town Archive</addressline><addressline>12 Quay Street</addressline></address></repository></did>",
        "repository=Town Archive | repository.address=12 Quay Street",
    ),
    (
        "<did><unittitle>To <persname role='rcp'>Roth, Emil</persname> about <persname>Ost, Karl</persname></unittitle></did>",
        "recipient=Roth, Emil",
    ),
    (
        "<did><repository>Town Archive<lb/>12 Quay Street<lb/>Orla</repository></did>",
        "repository=Town Archive | repository.address=12 Quay Street, Orla",
    ),
    (
        "<did><repository><corpname>Lake Library<lb/>Manuscripts</corpname></repository></did>",
        "repository=Lake Library Manuscripts",
    ),
    (
        "<did><repository><corpname>Town Archive</corpname>, <geogname>Orla</geogname></repository></did>",
        "repository=Town Archive | archive_place=Orla",
    ),
    (
        "<did><unitid>A 3</unitid><unitid type='aspace_uri'>/r/1</unitid></did>",
        "reference_code=A 3",
    ),
    (
        "<did><unitid type='identifier'>77</unitid><unitid type='call number'>MS 7</unitid></did>",
        "reference_code=MS 7",
    ),
    (
        "<did><container type='Box'>Box 3</container><container type='folder'>12</container></did>",
        "box=3 | folder=12",
    ),
    (
        "<did><container localtype='box'>3</container><container localtype='folder'>12a</container></did>",
        "box=3 | folder=12a",
    ),
    (
        "<did><container type='Cardboard box'>Carton 3</container></did>",
        "box=Carton 3 | container.type=Carton 3: Cardboard box",
    ),
    (
        "<did><container type='Karton'>Box 4</container><container label='Mixed materials' type='box'>5</container></did>",
        "box=4 | box=5 | container.type=Box 4: Karton | container.label=5: Mixed materials",
    ),
    (
        "<did><container type='microfilm' label='Reel'>Reel 5</container></did>",
        "container=Reel 5 | container.type=Reel 5: microfilm",
    ),
    ("<did><container type='carton' label='Carton:'>Carton 5</container></did>", "box=Carton 5"),
    ("<did><container type='Box/Folder'>3/12</container></did>", "box=3 | folder=12"),
    (
        "<did><container type='Kasten'>3</container><container type='Mappe'>12</container></did>",
        "box=Kasten 3 | folder=Mappe 12",
    ),
    ("<did><container>Box 3, folder 12</container></did>", "box=3 | folder=12"),
    ("<did><container type='reel'>8</container></did>", "container=reel 8"),
    ("<did><container type='Box/Folder'>12</container></did>", "container=Box/Folder 12"),
    (
        "<prefercite><head>Preferred Citation</head><p>[Item], Ferry papers.</p></prefercite>",
        "preferred_citation=[Item], Ferry papers.",
    ),
    (
        "<prefercite><p>Cite as: Ferry papers, Orla: Town Archive.</p></prefercite>",
        "preferred_citation=Ferry papers, Orla: Town Archive.",
    ),
    (
        "<did><unittitle><title>Rivers</title>, <unitdate>1931</unitdate></unittitle></did>",
        "title_form=quoted",
    ),
    ("<did><unittitle>Letters on <title>Rivers</title></unittitle></did>", ""),
];

#[test]
fn finding_aids_say_who_did_what_and_where_it_lies() {
    let own = [
        "repository.address",
        "container.Box/Folder",
        "container.Kasten",
        "container.Mappe",
        "container.reel",
        "container.type",
        "container.label",
        "title_form",
    ];
    assert_values(FINDING_AID_PARTS, &own, |text| {
        format!("<ead><archdesc>{text}</archdesc></ead>")
    });
}

#[test]
fn components_inherit_repository_and_series_but_no_creator() {
    let text = "<ead><archdesc><did><unittitle>Ferry papers</unittitle><repository>Town Archive<geogname>Orla</geogname></repository>\
        <origination>Ferry Company</origination></did><prefercite><p>Ferry papers, Town Archive.</p></prefercite><dsc>\
        <c level='series'><did><unittitle>Letters</unittitle></did><c level='subseries'><did><unittitle>1951</unittitle></did>\
        <c><did><unittitle>Reply</unittitle></did></c></c></c></dsc></archdesc></ead>";
    let found = records(text);
    assert_eq!(
        render(&found[3], &[]),
        "collection=Ferry papers | repository=Town Archive | archive_place=Orla | series=Letters"
    );
    assert_eq!(found[1].first(Field::Series), None);
    let mut merger = PageMerger::new();
    read::read("x.xml", None, &mut text.as_bytes(), &mut merger).unwrap();
    let archive = &merger.finish().archives[0];
    let citation = ("preferred_citation".into(), "Ferry papers, Town Archive.".to_owned());
    assert!(archive.own.contains(&citation), "{:?}", archive.own);
}

/// MARC fields: tag, first indicator, subfields.
const MARC_FIELDS: &[(&str, &str)] = &[
    ("100 1 $aBrandt, Ida,$d1890-1960,$eauthor.", "creator=Brandt, Ida, 1890-1960"),
    ("100 1 $aBrandt, I. M.$q(Ida Maria),$d1890-", "creator=Brandt, I. M. (Ida Maria), 1890-"),
    (
        "110 2 $aFerry Office.$bHarbour Board",
        "creator=Ferry Office. Harbour Board | name_kind.body=Ferry Office. Harbour Board",
    ),
    (
        "100 0 $aAlfred, Lord Tennyson,$d1809-1892.",
        "creator=Alfred, Lord Tennyson, 1809-1892 | name_kind.forename=Alfred, Lord Tennyson, 1809-1892",
    ),
    (
        "852 8 $aTown Archive.$jMap case 4, drawer 2",
        "repository=Town Archive | container=Map case 4 | container=drawer 2",
    ),
    (
        "773 0 $tFerry papers.$gReel 4, frame 20",
        "collection=Ferry papers | container=Reel 4 | container=frame 20",
    ),
    ("100 3 $aRoth family", "creator=Roth family | name_kind.family=Roth family"),
    ("100 1 $aFalk, Uwe,$ephotographer.", "contributor=Falk, Uwe (photographer)"),
    ("700 1 $aRoth, Emil,$erecipient$4rcp", "recipient=Roth, Emil"),
    ("700 1 $aRoth, Emil,$eeditor,$etranslator.", "contributor=Roth, Emil (editor; translator)"),
    ("700 1 $aRoth, Emil$eHerausgeber$4edt", "contributor=Roth, Emil (Herausgeber (edt))"),
    (
        "700 1 $aRoth, Emil$4http://id.loc.gov/vocabulary/relators/dnr",
        "contributor=Roth, Emil (dnr)",
    ),
    ("700 1 $aRoth, Emil", "contributor=Roth, Emil ()"),
    ("700 1 $aOst, Karl.$tRivers.", "people=Ost, Karl | 700=Ost, Karl. Rivers"),
    (
        "711 2 $aLake Conference$n(2nd :$d1945)$jissuing body",
        "contributor=Lake Conference (2nd : 1945) (issuing body) | name_kind.body=Lake Conference (2nd : 1945)",
    ),
    ("600 1 $aRoth, Emil,$d1880-1950.", "people=Roth, Emil, 1880-1950"),
    (
        "600 1 $aRoth, Emil,$d1880-1950$xTravels$zOrla.",
        "people=Roth, Emil, 1880-1950 | subjects=Roth, Emil, 1880-1950 -- Travels -- Orla.",
    ),
    (
        "610 1 $aOrla.$bFerry Office$vMaps",
        "people=Orla. Ferry Office | subjects=Orla. Ferry Office -- Maps",
    ),
    (
        "852 8 $aTown Archive.$jMS 12, box 3.",
        "repository=Town Archive | reference_code=MS 12, box 3",
    ),
    (
        "852 8 $aTown Archive$eOrla.$hBox 3, folder 2",
        "repository=Town Archive | archive_place=Orla | box=3 | folder=2",
    ),
    (
        "852 8 $aNyOrL$bLake Library$e12 Quay Street",
        "repository=Lake Library | 852.a=NyOrL | 852.e=12 Quay Street",
    ),
    ("535 1 $aTown Archive", "repository=Town Archive"),
    ("535 2 $aTown Archive", ""),
    ("099 9 $aMS$a7", "reference_code=MS 7"),
    ("090 9 $ab", ""),
    (
        "524 9 $aCite as: Ferry papers, Town Archive.",
        "preferred_citation=Ferry papers, Town Archive.",
    ),
    ("773 0 $tFerry papers.$gBox 3, folder 2", "collection=Ferry papers | box=3 | folder=2"),
    ("245 0 $a[Ferry album] /", "title_form=description"),
];

#[test]
fn marc_says_who_did_what_and_where_it_lies() {
    let own = [
        "name_kind.body",
        "name_kind.family",
        "name_kind.forename",
        "700",
        "852.a",
        "852.e",
        "title_form",
    ];
    assert_values(MARC_FIELDS, &own, |text| {
        let mut parts = text.split('$');
        let head = parts.next().unwrap();
        let subfield = |it: &str| format!("<subfield code='{}'>{}</subfield>", &it[..1], &it[1..]);
        let subfields = parts.map(subfield).collect::<Vec<_>>().concat();
        format!(
            "<collection><record><leader>L</leader><datafield tag='{}' ind1='{}' ind2=' '>{subfields}</datafield></record></collection>",
            &head[..3],
            &head[4..5]
        )
    });
}

#[test]
fn marc_title_in_its_own_script_is_a_title_too() {
    let text = "<collection><record><datafield tag='880'><subfield code='6'>245-01</subfield><subfield code='a'>Письма</subfield></datafield>\
        <datafield tag='245'><subfield code='6'>880-01</subfield><subfield code='a'>Pisʹma</subfield></datafield></record></collection>";
    let titles: Vec<String> = records(text)[0].all(Field::Title).map(str::to_owned).collect();
    assert_eq!(titles, ["Pisʹma", "Письма"]);
}

/// Elements of `mods`.
const MODS_PARTS: &[(&str, &str)] = &[
    (
        "<name><namePart>Brandt, Ida</namePart><role><roleTerm type='code'>aut</roleTerm></role></name>",
        "creator=Brandt, Ida",
    ),
    (
        "<name><namePart>Roth, Emil</namePart><role><roleTerm type='text'>Addressee</roleTerm></role></name>",
        "recipient=Roth, Emil",
    ),
    (
        "<name><namePart>Falk, Uwe</namePart><role><roleTerm type='text'>Photographer</roleTerm><roleTerm type='code'>pht</roleTerm></role></name>",
        "contributor=Falk, Uwe (Photographer (pht))",
    ),
    (
        "<name><namePart>Falk, Uwe</namePart><role>editor</role><role>translator</role></name>",
        "contributor=Falk, Uwe (editor; translator)",
    ),
    (
        "<name><namePart>Falk, Uwe</namePart><role><roleTerm valueURI='http://id.loc.gov/vocabulary/relators/rcp'/></role></name>",
        "recipient=Falk, Uwe",
    ),
    (
        "<name><namePart>Falk, Uwe</namePart><role><roleTerm type='text' valueURI='http://id.loc.gov/vocabulary/relators/aut'>écrivain public</roleTerm></role></name>",
        "creator=Falk, Uwe",
    ),
    (
        "<name><namePart>Falk, Uwe</namePart><role><roleTerm type='text' valueURI='http://a.example/roles/77'>courier</roleTerm></role></name>",
        "contributor=Falk, Uwe (courier)",
    ),
    ("<name><namePart>Falk, Uwe</namePart></name>", "people=Falk, Uwe"),
    ("<name usage='primary'><namePart>Falk, Uwe</namePart></name>", "creator=Falk, Uwe"),
    (
        "<name type='personal'><namePart type='given'>Anna</namePart><namePart type='given'>Maria</namePart><namePart type='family'>Falk</namePart><namePart type='termsOfAddress'>Dr.</namePart><namePart type='date'>1900-</namePart></name>",
        "people=Falk, Anna Maria, Dr., 1900-",
    ),
    (
        "<name><namePart>Anna M. Falk</namePart><namePart type='family'>Falk</namePart><namePart type='given'>Anna</namePart></name>",
        "people=Falk, Anna | namePart=Anna M. Falk",
    ),
    (
        "<name type='corporate'><namePart>Norland.</namePart><namePart>Army.</namePart></name>",
        "people=Norland. Army.",
    ),
    (
        "<name type='corporate'><namePart>Acme Inc.</namePart><namePart>Sales</namePart></name>",
        "people=Acme Inc. Sales",
    ),
    (
        "<subject><name><namePart>Roth, Emil</namePart></name><topic>Travels</topic></subject>",
        "people=Roth, Emil | subjects=Travels",
    ),
    (
        "<location><physicalLocation>Town Archive</physicalLocation><shelfLocator>box 3, folder 2</shelfLocator></location>",
        "repository=Town Archive | box=3 | folder=2",
    ),
    (
        "<location><physicalLocation authority='marcorg'>NjP</physicalLocation><physicalLocation>Lake Library</physicalLocation><shelfLocator>MS 12, box 3</shelfLocator></location>",
        "repository=Lake Library | reference_code=MS 12, box 3 | physicalLocation=NjP",
    ),
    ("<location>Town Archive<url>http://a.example</url></location>", "location=Town Archive"),
    (
        "<part><detail type='Karton'><number>Box 3</number></detail><detail type='folder'><number>2</number></detail></part>",
        "box=3 | folder=2 | container.type=3: Karton",
    ),
    (
        "<relatedItem type='host'><titleInfo><title>Ferry papers</title></titleInfo><location><physicalLocation>Town Archive</physicalLocation></location><part><detail type='box'><number>4</number></detail></part></relatedItem>",
        "collection=Ferry papers | repository=Town Archive | box=4",
    ),
    (
        "<relatedItem type='host'><titleInfo><title>Letters</title></titleInfo><relatedItem type='host'><titleInfo><title>Ferry papers</title></titleInfo></relatedItem></relatedItem>",
        "collection=Ferry papers | series=Letters",
    ),
    (
        "<relatedItem type='series'><titleInfo><title>Letters</title></titleInfo></relatedItem><relatedItem type='host'><titleInfo><title>Ferry papers</title></titleInfo></relatedItem>",
        "collection=Ferry papers | series=Letters",
    ),
    (
        "<note type='Preferred Citation'>Preferred citation: Album, Town Archive.</note>",
        "preferred_citation=Album, Town Archive.",
    ),
    ("<titleInfo supplied='yes'><title>Album</title></titleInfo>", "title_form=description"),
    ("<recordInfo><recordContentSource>NjP</recordContentSource></recordInfo>", ""),
];

#[test]
fn mods_says_who_did_what_and_where_it_lies() {
    let own = ["namePart", "physicalLocation", "location", "title_form", "container.type"];
    assert_values(MODS_PARTS, &own, |text| format!("<mods>{text}</mods>"));
    let titles = records(
        "<mods><titleInfo><title>ordinary letters</title><nonSort>The</nonSort></titleInfo></mods>",
    );
    assert_eq!(titles[0].title(), Some("The ordinary letters"));
}

/// Names of a BibTeX list.
const BIBTEX_NAMES: &[(&str, &str)] = &[
    (r"Roth,~Emil and Falk,~U.~W.", "creator=Roth, Emil | creator=Falk, U. W."),
    ("Acme, Inc. and {Acme, Inc.}", "creator=Acme, Inc. | creator=Acme, Inc."),
    ("Acme Inc. and Roth Bros.", "creator=Acme Inc. | creator=Roth Bros."),
    (r"Roth \& Co. and Roth~and~Sons", "creator=Roth & Co. | creator=Roth and Sons"),
    ("Roth {and} Falk and {Brandt and Roth}", "creator=Roth and Falk | creator=Brandt and Roth"),
    ("Frank Church and others", "creator=Church, Frank | creator.others=and others"),
    (
        "von Roth, Jr., Emil and Roth, Emil, Jr.",
        "creator=von Roth, Emil, Jr. | creator=Roth, Emil, Jr.",
    ),
    ("Roth, Emil, Ph.D.", "creator=Roth, Emil, Ph.D."),
    (r"Mu{\~n}oz, Jos\'{e} and {\L}uk{\'a}{\v s}, K.", "creator=Muñoz, José | creator=Łukáš, K."),
    (r"{\textasciitilde}Roth, Emil", "creator=~Roth, Emil"),
];

#[test]
fn bibtex_names_are_those_of_the_list() {
    assert_values(BIBTEX_NAMES, &["creator.others"], |names| {
        format!("@misc{{a, author = {{{names}}}, title = {{Minutes}}}}")
    });
    let text = r"@misc{a, title = {Minutes~of the \textasciitilde{}board, a\~{}b}, note = {at~home},
        url = {http://a.example/\textasciitilde{}roth/~falk}, date = {1945~}, urldate = {2020~}}";
    let record = &records(text)[0];
    assert_eq!(record.title(), Some("Minutes of the ~board, a~b"));
    assert_eq!(record.first(Field::Url), Some("http://a.example/~roth/~falk"));
    assert_eq!(record.date.text, "1945~");
    assert!(record.own.contains(&("note".into(), "at home".to_owned())), "{record:?}");
    assert!(record.own.contains(&("urldate".into(), "2020~".to_owned())), "{record:?}");
}

/// Elements of Dublin Core.
const DUBLIN_CORE_PARTS: &[(&str, &str)] = &[
    ("<creator>Brandt, Ida (author)</creator>", "creator=Brandt, Ida (author)"),
    ("<creator>Smith, John, judge</creator>", "creator=Smith, John, judge"),
    ("<contributor>Roth, Emil, addressee</contributor>", "recipient=Roth, Emil, addressee"),
    ("<contributor>Roth, Emil</contributor>", "contributor=Roth, Emil ()"),
    ("<contributor role='trl'>Roth, Emil</contributor>", "contributor=Roth, Emil (trl)"),
    ("<contributor>Garfunkel, Art</contributor>", "contributor=Garfunkel, Art ()"),
    ("<m:rcp xmlns:m='m'>Roth, Emil</m:rcp>", "recipient=Roth, Emil"),
    ("<m:fmo xmlns:m='m'>Roth, Emil</m:fmo>", "contributor=Roth, Emil (fmo)"),
    ("<sub>Roth, Emil</sub>", "sub=Roth, Emil"),
    ("<eds>Roth, Emil</eds>", "eds=Roth, Emil"),
    ("<RCP>Roth, Emil</RCP>", "RCP=Roth, Emil"),
    ("<subject>Roth, Emil</subject>", "subjects=Roth, Emil"),
    (
        "<isPartOf>Ferry papers</isPartOf><isPartOf>http://a.example/1</isPartOf>",
        "collection=Ferry papers | isPartOf=http://a.example/1",
    ),
    (
        "<bibliographicCitation>Letter, Ferry papers.</bibliographicCitation>",
        "preferred_citation=Letter, Ferry papers.",
    ),
    ("<provenance>Gift</provenance>", "provenance=Gift"),
    ("<date>1931-07-12</date><date>2014-03-05T09:12:33Z</date>", "date.other=2014-03-05T09:12:33Z"),
];

#[test]
fn dublin_core_says_who_did_what() {
    let own = ["isPartOf", "provenance", "date.other", "sub", "eds", "RCP"];
    assert_values(DUBLIN_CORE_PARTS, &own, |text| format!("<dc>{text}</dc>"));
}

#[test]
fn semicolons_separate_names_in_tables_of_others() {
    let table = "title,date,creator,recipient\nLetter,1945,\"Lund, Per; Lund, Ada\",\"Roth, Emil ; ; Weidl\"\n";
    let expected = "creator=Lund, Per | creator=Lund, Ada | recipient=Roth, Emil | recipient=Weidl";
    let read_table = |text: &str| {
        let mut merger = PageMerger::new();
        read::read("x.csv", None, &mut text.as_bytes(), &mut merger).unwrap();
        merger.finish().records.remove(0).record
    };
    assert_eq!(render(&read_table(table), &[]), expected);
    let own = format!("position,{}", table.replace('\n', "\n,").trim_end_matches(','));
    let written = read_table(&own.replacen("\n,", "\n1,", 1));
    assert_eq!(
        render(&written, &[]),
        "creator=Lund, Per; Lund, Ada | recipient=Roth, Emil ; ; Weidl"
    );
}
