//! Answers of OAI-PMH and SRU, METS and `EndNote`: descriptions inside of other XML, and answers without records.

use crate::program::TestFolder;

/// Runs `fonds list` on one file.
fn list(text: &str) -> (String, String) {
    let folder = TestFolder::with_files(&[("a.xml", text.as_bytes())]);
    let result = folder.run(&["list", "a.xml"]);
    (result.stdout, result.stderr)
}

/// A description of a document with this title in MARCXML, MODS and Dublin Core.
fn descriptions(title: &str) -> [String; 3] {
    [
        format!(
            "<record xmlns='http://www.loc.gov/MARC21/slim'><leader>00000nam a2200000 a 4500</leader>\
             <datafield tag='245'><subfield code='a'>{title}</subfield></datafield><datafield tag='264'>\
             <subfield code='c'>1901</subfield></datafield></record>"
        ),
        format!(
            "<mods><titleInfo><title>{title}</title></titleInfo><originInfo><dateCreated>1901</dateCreated></originInfo></mods>"
        ),
        format!("<oai_dc:dc><dc:title>{title}</dc:title><dc:date>1901</dc:date></oai_dc:dc>"),
    ]
}

#[test]
fn descriptions_in_sru_answers_are_read() {
    for (at, _) in descriptions("").iter().enumerate() {
        for (packing, is_text) in [("xml", false), ("string", true), ("xml", true)] {
            let record = |title: &str| {
                let data = descriptions(title)[at].clone();
                let data =
                    if is_text { data.replace('<', "&lt;").replace('>', "&gt;") } else { data };
                format!(
                    "<zs:record><zs:recordPacking>{packing}</zs:recordPacking><zs:recordData>{data}</zs:recordData></zs:record>"
                )
            };
            let (stdout, stderr) = list(&format!(
                "<zs:searchRetrieveResponse xmlns:zs='http://www.loc.gov/zing/srw/'><zs:numberOfRecords>2\
                 </zs:numberOfRecords><zs:records>{}{}</zs:records></zs:searchRetrieveResponse>",
                record("Alpha"),
                record("Beta")
            ));
            assert_eq!(stdout, "\t1901\tAlpha\n\t1901\tBeta\n", "{at} {packing}: {stderr}");
        }
    }
}

#[test]
fn descriptions_in_mets_are_read() {
    let mets = |part: &str| {
        format!(
            "<mets:mets xmlns:mets='http://www.loc.gov/METS/'><mets:metsHdr><mets:agent><mets:name>Lib</mets:name>\
             </mets:agent></mets:metsHdr>{part}<mets:fileSec><mets:file/></mets:fileSec></mets:mets>"
        )
    };
    let section = |data: &str| {
        format!(
            "<mets:dmdSec><mets:mdWrap><mets:xmlData>{data}</mets:xmlData></mets:mdWrap></mets:dmdSec>"
        )
    };
    let [_, mods, dc] = descriptions("Alpha");
    let bare = "<dc:title>Alpha</dc:title><dc:date>1901</dc:date>".to_owned();
    for data in [mods.clone(), dc, bare] {
        let (stdout, stderr) = list(&mets(&section(&data)));
        assert_eq!(stdout, "\t1901\tAlpha\n", "{stderr}");
        assert!(stderr.contains("metsHdr, fileSec"), "{stderr}");
    }
    // A package without descriptions is reported once.
    let (stdout, stderr) = list(&mets("<mets:amdSec/>"));
    assert_eq!(stdout, "");
    assert!(stderr.contains("describes no document"), "{stderr}");
    assert!(!stderr.contains("expected Dublin Core"), "{stderr}");
    let two = [section(&mods), section(&descriptions("Beta")[1])].concat();
    assert_eq!(list(&mets(&two)).0, "\t1901\tAlpha\n\t1901\tBeta\n");
    let ead = "<ead><archdesc level='collection'><did><unittitle>Papers</unittitle></did><dsc><c01><did><unittitle>A\
               </unittitle></did></c01></dsc></archdesc></ead>";
    assert_eq!(list(&mets(&section(ead))).0.lines().count(), 2);
    let record = |title: &str| {
        let mets = mets(&section(&descriptions(title)[1]));
        format!(
            "<record><header><identifier>oai:{title}</identifier></header><metadata>{mets}</metadata></record>"
        )
    };
    let harvest = format!(
        "<OAI-PMH><ListRecords>{}{}</ListRecords></OAI-PMH>",
        record("Alpha"),
        record("Beta")
    );
    assert_eq!(list(&harvest).0, "\t1901\tAlpha\n\t1901\tBeta\n");
}

#[test]
fn europeana_descriptions_in_a_harvest_are_read() {
    let text = "<OAI-PMH xmlns='http://www.openarchives.org/OAI/2.0/'><ListRecords><record><header><identifier>oai:1\
                </identifier></header><metadata><rdf:RDF><edm:ProvidedCHO rdf:about='#1'><dc:title>Alpha</dc:title>\
                <dc:creator rdf:resource='#a'/><dcterms:created>1901</dcterms:created></edm:ProvidedCHO>\
                <edm:Agent rdf:about='#a'><skos:prefLabel>Roth, Emil</skos:prefLabel></edm:Agent>\
                <ore:Aggregation><edm:dataProvider>State Archive</edm:dataProvider>\
                <edm:isShownAt rdf:resource='http://example.org/1'/></ore:Aggregation></rdf:RDF></metadata></record>\
                </ListRecords></OAI-PMH>";
    let folder = TestFolder::with_files(&[("a.xml", text.as_bytes())]);
    let shown = folder.run(&["show", "a.xml"]).stdout;
    for line in
        ["Alpha", "Date: 1901", "Creator: Roth, Emil", "State Archive", "http://example.org/1"]
    {
        assert!(shown.contains(line), "{line}: {shown}");
    }
}

#[test]
fn lists_of_endnote_are_read() {
    let text = "<?xml version=\"1.0\"?><xml><records><record><database name=\"a.enl\">a.enl</database><source-app \
                name=\"EndNote\">EndNote</source-app><rec-number>7</rec-number><ref-type name=\"Journal Article\">17\
                </ref-type><contributors><authors><author><style face=\"normal\">Roth, Emil</style></author></authors>\
                <translated-authors><author>Ley, Ida</author></translated-authors></contributors><titles><title><style>\
                A letter </style><style face=\"italic\">to</style><style> the king</style></title><secondary-title>\
                Annals</secondary-title></titles><dates><year><style>1999</style></year></dates><urls><related-urls>\
                <url>http://example.org</url></related-urls></urls></record></records></xml>";
    let folder = TestFolder::with_files(&[("a.xml", text.as_bytes())]);
    let shown = folder.run(&["show", "a.xml"]).stdout;
    for line in [
        "A letter to the king",
        "Date: 1999",
        "Creator: Roth, Emil",
        "Ley, Ida",
        "Annals",
        "http://example.org",
    ] {
        assert!(shown.contains(line), "{line}: {shown}");
    }
}

#[test]
fn answers_without_records_say_what_they_are() {
    let oai = |verb: &str, content: &str| {
        format!(
            "<OAI-PMH xmlns='http://www.openarchives.org/OAI/2.0/'><responseDate>2020-01-01</responseDate>\
             <request verb='{verb}'>http://example.org/oai</request><{verb}>{content}</{verb}></OAI-PMH>"
        )
    };
    let sru = |content: &str| {
        format!(
            "<zs:searchRetrieveResponse xmlns:zs='http://www.loc.gov/zing/srw/'>{content}</zs:searchRetrieveResponse>"
        )
    };
    let cases = [
        (oai("ListSets", "<set><setSpec>a</setSpec><setName>A</setName></set>"), "an answer to ListSets: it has no records"),
        (oai("Identify", "<repositoryName>X</repositoryName>"), "an answer to Identify: it has no records"),
        (oai("ListMetadataFormats", "<metadataFormat/>"), "an answer to ListMetadataFormats: it has no records"),
        ("<zs:explainResponse xmlns:zs='http://www.loc.gov/zing/srw/'><zs:record/></zs:explainResponse>".to_owned(),
            "an answer to explain: it has no records"),
        (sru("<zs:numberOfRecords>0</zs:numberOfRecords>"), "the archive found no record"),
        (
            sru("<zs:diagnostics><diag:diagnostic><diag:message>No such index</diag:message></diag:diagnostic></zs:diagnostics>"),
            "the archive answered “No such index”",
        ),
    ];
    for (text, message) in cases {
        let (stdout, stderr) = list(&text);
        assert_eq!(stdout, "", "{message}");
        assert!(stderr.contains(message), "{message}: {stderr}");
        assert!(!stderr.contains("no record was found: expected"), "{stderr}");
    }
}

#[test]
fn reference_lists_that_are_not_read_are_named() {
    let cases = [
        (
            "FN Clarivate Analytics Web of Science\nVR 1.0\nPT J\nAU Roth, E\nTI A\nER\n",
            "Web of Science",
        ),
        ("PMID- 123\nOWN - NLM\nTI  - A letter\nAU  - Roth E\n", "PubMed"),
        ("%0 Journal Article\n%A Roth, Emil\n%T A letter\n%D 1999\n", "EndNote"),
        ("RT Journal Article\nSR Electronic\nA1 Roth, Emil\nT1 A letter\nYR 1999\n", "RefWorks"),
    ];
    for (text, name) in cases {
        let folder = TestFolder::with_files(&[("a.txt", text.as_bytes())]);
        folder
            .run(&["list", "a.txt"])
            .assert_refused(&[&format!("a reference list of {name}"), "RIS"]);
    }
}

#[test]
fn schemas_that_are_not_read_are_named() {
    let sru = |schema: &str, data: &str| {
        let record = format!(
            "<record><recordSchema>{schema}</recordSchema><recordData>{data}</recordData></record>"
        );
        format!(
            "<searchRetrieveResponse xmlns='http://www.loc.gov/zing/srw/'><numberOfRecords>2</numberOfRecords><records>{record}{record}\
             </records></searchRetrieveResponse>"
        )
    };
    let pica =
        "<record><datafield tag='021A'><subfield code='a'>@Mills</subfield></datafield></record>";
    let packed = pica.replace('<', "&lt;").replace('>', "&gt;");
    let mab = "<datensatz typ='h'><feld nr='331'><uf code='a'>Mills</uf></feld></datensatz>";
    let oai = "<OAI-PMH xmlns='http://www.openarchives.org/OAI/2.0/'><ListRecords><record><header><identifier>oai:1</identifier></header>\
               <metadata><ppxml><global><tag id='021A'><subf id='a'>Mills</subf></tag></global></ppxml></metadata></record></ListRecords></OAI-PMH>";
    for (text, words) in [
        (sru("picaxml", pica), "2 records are in the schema “picaxml”"),
        (sru("picaxml", &packed), "2 records are in the schema “picaxml”"),
        (sru("mabxml", mab), "2 records are in the schema “mabxml”"),
        (oai.to_owned(), "1 record is in the schema “ppxml”"),
    ] {
        let folder = TestFolder::with_files(&[("a.xml", text.as_bytes())]);
        folder.run(&["list", "a.xml"]).assert_refused(&[words, "ask the archive for MARCXML"]);
    }
    // Names that are understood make a record in any schema.
    let letter = "<letter><title>Mills</title><date>1945</date><sender>Roth, Ida</sender></letter>";
    assert_eq!(list(&sru("letters", letter)).0, "\t1945\tMills\n\t1945\tMills\n");
}
