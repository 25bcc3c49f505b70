//! Names: what they are taken apart into, and the forms in which they are cited, as tables.

use fonds::formats::cite::Style;
use fonds::record::{Field, Name, NameKind, NameParts, Record};
use proptest::prelude::*;

/// A name as written, then in running order, as in an index, and with initials.
#[rustfmt::skip]
const FORMS: &[[&str; 4]] = &[
    ["T.V. Soong", "T.V. Soong", "Soong, T.V.", "Soong, T. V."],
    ["T. V. Soong", "T. V. Soong", "Soong, T. V.", "Soong, T. V."],
    ["Soong, T.V.", "T.V. Soong", "Soong, T.V.", "Soong, T. V."],
    ["Sartre, Jean-Paul", "Jean-Paul Sartre", "Sartre, Jean-Paul", "Sartre, J.-P."],
    ["J.-P. Meyer", "J.-P. Meyer", "Meyer, J.-P.", "Meyer, J.-P."],
    ["Yu. V. Orlov", "Yu. V. Orlov", "Orlov, Yu. V.", "Orlov, Yu. V."],
    ["Орлов Ю.В.", "Ю.В. Орлов", "Орлов, Ю.В.", "Орлов, Ю. В."],
    ["Ю.В.Орлов", "Ю.В. Орлов", "Орлов, Ю.В.", "Орлов, Ю. В."],
    // Initials that are a title's too.
    ["Van Aalst-Maas, O.P. bin, Jr.", "O.P. bin Van Aalst-Maas Jr.", "Van Aalst-Maas, O.P. bin, Jr.", "Van Aalst-Maas, O. P. bin, Jr."],
    ["Keller, S.J. von", "S.J. von Keller", "Keller, S.J. von", "Keller, S. J. von"],
    // Life dates.
    ["Keller, Anna, 1900-1970", "Anna Keller", "Keller, Anna", "Keller, A."],
    ["Keller, Anna, active approximately 1783-1790", "Anna Keller", "Keller, Anna", "Keller, A."],
    ["Keller, Anna, gest. um 1880", "Anna Keller", "Keller, Anna", "Keller, A."],
    ["Keller, Anna, 106 B.C.-43 B.C.", "Anna Keller", "Keller, Anna", "Keller, A."],
    ["Keller, Anna, XIXe siècle", "Anna Keller", "Keller, Anna", "Keller, A."],
    ["Keller, Anna (1900-1970)", "Anna Keller", "Keller, Anna", "Keller, A."],
    ["Smith, J. (ca. 1850-1900)", "J. Smith", "Smith, J.", "Smith, J."],
    ["Smith, B. 1850-1900", "B. Smith", "Smith, B.", "Smith, B."],
    ["Smith, J. C. (d. 1900)", "J. C. Smith", "Smith, J. C.", "Smith, J. C."],
    ["Smith, D. 1900", "Smith", "Smith", "Smith"],
    ["Smith, Yu. (1850)", "Yu. Smith", "Smith, Yu.", "Smith, Yu."],
    ["Keller, Anna May 1900-1970", "Anna May Keller", "Keller, Anna May", "Keller, A. M."],
    ["Naipaul, V. S.", "V. S. Naipaul", "Naipaul, V. S.", "Naipaul, V. S."],
    // Fuller forms and other brackets.
    ["Keller, A. M. (Anna Maria), 1900-", "A. M. Keller", "Keller, A. M.", "Keller, A. M."],
    ["H. K. (Hilda Keller), 1886-1961", "H. K.", "H. K.", "H. K."],
    ["Keller, Anna (Springfield)", "Anna Keller (Springfield)", "Keller, Anna (Springfield)", "Keller, A."],
    // Titles.
    ["Halifax, Edward Wood, Earl of, 1881-1959", "Edward Wood, Earl of Halifax", "Halifax, Edward Wood, Earl of", "Halifax, E. W."],
    ["Keller, Louis, duc d'", "Louis, duc d'Keller", "Keller, Louis, duc d'", "Keller, L."],
    ["Meyer, Alfred Meyer, Baron", "Alfred Meyer, Baron Meyer", "Meyer, Alfred Meyer, Baron", "Meyer, A. M."],
    ["Keller, Anna, Prof. Dr.", "Anna Keller", "Keller, Anna", "Keller, A."],
    ["Keller, John, Lieutenant-General", "John Keller", "Keller, John", "Keller, J."],
    ["Smith, Sir John", "Sir John Smith", "Smith, Sir John", "Smith, J."],
    ["Smith, John, Mrs.", "Mrs. John Smith", "Smith, John, Mrs.", "Smith, J."],
    ["Keller, Frau", "Frau Keller", "Keller, Frau", "Keller, Frau"],
    ["Acheson, Dean", "Dean Acheson", "Acheson, Dean", "Acheson, D."],
    ["Major, John", "John Major", "Major, John", "Major, J."],
    ["Olga, Queen of Norland, 1819-1901", "Olga, Queen of Norland", "Olga, Queen of Norland", "Olga, Queen of Norland"],
    ["Otto IV, German Emperor", "Otto IV, German Emperor", "Otto IV, German Emperor", "Otto IV, German Emperor"],
    ["Hilda, of Whitby, Saint", "Hilda of Whitby", "Hilda of Whitby", "Hilda of Whitby"],
    // Suffixes.
    ["King, Martin Luther, Jr., 1929-1968", "Martin Luther King Jr.", "King, Martin Luther, Jr.", "King, M. L., Jr."],
    ["Keller III, John", "John Keller III", "Keller, John, III", "Keller, J., III"],
    ["A. Keller, Jr.", "A. Keller Jr.", "Keller, A., Jr.", "Keller, A., Jr."],
    ["Anna Keller, Jr.", "Anna Keller Jr.", "Anna Keller Jr.", "Anna Keller Jr."],
    // Particles.
    ["Gaulle, Charles de", "Charles de Gaulle", "Gaulle, Charles de", "Gaulle, C. de"],
    ["J. de la Huerta", "J. de la Huerta", "de la Huerta, J.", "de la Huerta, J."],
    ["J. Ortega y Gasset", "J. Ortega y Gasset", "Ortega y Gasset, J.", "Ortega y Gasset, J."],
    ["M. Van Buren", "M. Van Buren", "Van Buren, M.", "Van Buren, M."],
    ["Estaing, Valéry Giscard d'", "Valéry Giscard d'Estaing", "Estaing, Valéry Giscard d'", "Estaing, V. G. d'"],
    ["Medici, Lorenzo de'", "Lorenzo de' Medici", "Medici, Lorenzo de'", "Medici, L. de'"],
    ["Bakri, Hasan al-", "Hasan al-Bakri", "Bakri, Hasan al-", "Bakri, H. al-"],
    ["Keller, Max von und zu", "Max von und zu Keller", "Keller, Max von und zu", "Keller, M. von und zu"],
    // Letters behind a name, which may be initials too.
    ["J. Keller, S.J.", "J. Keller", "Keller, J.", "Keller, J."],
    ["Capt. J. Keller, R.N.", "J. Keller", "Keller, J.", "Keller, J."],
    ["Keller, John, C.SS.R.", "John Keller", "Keller, John", "Keller, J."],
    ["Keller, John, SJ", "John Keller", "Keller, John", "Keller, J."],
    ["Rev. John Keller, S.J.", "Rev. John Keller", "Rev. John Keller", "Rev. John Keller"],
    ["John Keller, Jr., M.D.", "John Keller Jr.", "John Keller Jr.", "John Keller Jr."],
    ["John Keller, M.D., Ph.D."; 4],
    ["Keller Meyer, S.J."; 4],
    ["Keller, S.J.", "S.J. Keller", "Keller, S.J.", "Keller, S. J."],
    ["Keller, John, Capt., U.S.A.", "John Keller", "Keller, John", "Keller, J."],
    // Titles before the given names.
    ["Keller, Sister Anna, O.S.B.", "Sister Anna Keller", "Keller, Sister Anna", "Keller, A."],
    ["Keller, Miss Anna", "Miss Anna Keller", "Keller, Miss Anna", "Keller, A."],
    ["Keller, Dr. phil. Anna", "Dr. phil. Anna Keller", "Keller, Dr. phil. Anna", "Keller, A."],
    ["Keller, Dipl.-Ing. Max", "Dipl.-Ing. Max Keller", "Keller, Dipl.-Ing. Max", "Keller, M."],
    ["Maj.-Gen. J. Keller", "J. Keller", "Keller, J.", "Keller, J."],
    ["Oberst a. D. Keller"; 4],
    ["Keller, Sgt.", "Sgt. Keller", "Keller, Sgt.", "Keller, Sgt."],
    // Titles of nobility.
    ["Keller, Max Graf von", "Max Graf von Keller", "Keller, Max Graf von", "Keller, M. Graf von"],
    ["Keller, Max Frhr. v.", "Max Frhr. v. Keller", "Keller, Max Frhr. v.", "Keller, M. Frhr. v."],
    ["Keller, Max, Freiherr von und zu", "Max, Freiherr von und zu Keller", "Keller, Max, Freiherr von und zu", "Keller, M."],
    ["Anna, Herzogin von Norland"; 4],
    ["Keller, Bishop of Norland"; 4],
    // Rulers, popes and saints.
    ["Pius, XII, Pope, 1876-1958", "Pius XII, Pope", "Pius XII, Pope", "Pius XII, Pope"],
    ["Anna II, Queen of Norland, 1533-1603", "Anna II, Queen of Norland", "Anna II, Queen of Norland", "Anna II, Queen of Norland"],
    ["Otto III Keller, król Norlandii"; 4],
    ["Otto II., Deutscher Kaiser"; 4],
    ["Augusta Anna, Deutsche Kaiserin"; 4],
    ["Otto I, Ecumenical Patriarch of Norland"; 4],
    ["Keller, Anna, Saint, 1225?-1274", "Keller, Anna, Saint", "Keller, Anna, Saint", "Keller, Anna, Saint"],
    ["Anna, Princess Royal"; 4],
    ["Otto, Prince, consort of Anna II, Queen of Norland"; 4],
    ["Anna, Mother, Saint"; 4],
    ["Francesco, d'Ancona, santo", "Francesco d'Ancona", "Francesco d'Ancona", "Francesco d'Ancona"],
    ["Louis XIV (roi ; 1638-1715)", "Louis XIV (roi)", "Louis XIV (roi)", "Louis XIV (roi)"],
    ["Keller, Otto King", "Otto King Keller", "Keller, Otto King", "Keller, O. K."],
    // Particles.
    ["v. Keller, M.", "M. v. Keller", "v. Keller, M.", "v. Keller, M."],
    ["in 't Veld, Jan", "Jan in 't Veld", "in 't Veld, Jan", "in 't Veld, J."],
    ["Keller (de), Louis", "Louis de Keller", "Keller, Louis de", "Keller, L. de"],
    ["Keller, Louis (de)", "Louis de Keller", "Keller, Louis de", "Keller, L. de"],
    ["Келлер фон, А.", "А. фон Келлер", "Келлер, А. фон", "Келлер, А. фон"],
    ["Keller, Anna geb. Meyer", "Anna Keller", "Keller, Anna", "Keller, A."],
    ["Keller, Max Meyer, 1st Baron", "Max Meyer, 1st Baron Keller", "Keller, Max Meyer, 1st Baron", "Keller, M. M."],
    ["Keller of Norland, Max Keller, Viscount", "Max Keller, Viscount Keller of Norland", "Keller of Norland, Max Keller, Viscount", "Keller of Norland, M. K."],
    // Titles that are names, and titles that are not.
    ["Ní Bhriain, Máire", "Máire Ní Bhriain", "Ní Bhriain, Máire", "Ní Bhriain, M."],
    ["Anna Keller, Captain"; 4],
    ["Keller, Prof. Dr.", "Prof. Dr. Keller", "Keller, Prof. Dr.", "Keller, Prof. Dr."],
    ["The Rev. A. Keller", "A. Keller", "Keller, A.", "Keller, A."],
    ["Baron A. von Keller", "Baron A. von Keller", "von Keller, Baron A.", "von Keller, A."],
    ["Keller, Baron A. von", "Baron A. von Keller", "Keller, Baron A. von", "Keller, A. von"],
    ["P. Keller SJ", "P. Keller", "Keller, P.", "Keller, P."],
    ["Keller, Anton OSB", "Anton Keller", "Keller, Anton", "Keller, A."],
    ["Keller, Joh. Seb.", "Joh. Seb. Keller", "Keller, Joh. Seb.", "Keller, J. S."],
    ["Keller, Jane (Mrs. John)", "Jane Keller (Mrs. John)", "Keller, Jane (Mrs. John)", "Keller, J."],
    // Signs and remarks.
    ["\"Keller, John\"", "John Keller", "Keller, John", "Keller, J."],
    ["?Keller, John", "John Keller?", "Keller, John?", "Keller, J.?"],
    ["Keller, J(ohn)", "J(ohn) Keller", "Keller, J(ohn)", "Keller, J."],
    ["Keller, John [attributed]", "John Keller (attributed)", "Keller, John (attributed)", "Keller, J."],
    ["Keller, J. A. et al."; 4],
    // More than one person, and what is no person.
    ["Keller, John, and Anna Meyer"; 4],
    ["Keller, John u. Anna"; 4],
    ["A. Keller, B. Meyer"; 4],
    ["Keller A, Meyer B"; 4],
    ["Consul General, Springfield"; 4],
    ["Anna Keller, pastor", "Anna Keller", "Anna Keller", "Anna Keller"],
    ["Anna Keller, skald"; 4],
    // Two family names, or a second given name.
    ["J. L. Keller Meyer"; 4],
    ["Алиев Г. А. оглы"; 4],
    // What stays whole.
    ["Mao Zedong"; 4],
    ["Harry S Truman"; 4],
    ["Anna K."; 4],
    ["Keller, John and Mary"; 4],
    ["Keller, Anna; Meyer, Ida"; 4],
    ["Keller, Anna, Boston"; 4],
    ["probably Keller, Anna"; 4],
    ["毛泽东"; 4],
    ["毛, 泽东", "毛泽东", "毛, 泽东", "毛, 泽东"],
    // Words of roles.
    ["Keller, Anna, 1900-1970, former owner.", "Anna Keller", "Keller, Anna", "Keller, A."],
    ["Keller, Anna (editor and translator)", "Anna Keller", "Keller, Anna", "Keller, A."],
    ["Keller, Anna, 1900-1970. crp", "Anna Keller", "Keller, Anna", "Keller, A."],
    ["Keller, Anna, Empfängerin", "Anna Keller", "Keller, Anna", "Keller, A."],
    // Uncertain names.
    ["[Keller, Anna?]", "[Anna Keller?]", "[Keller, Anna?]", "[Keller, A.?]"],
    ["Keller [?], Anna", "Anna Keller [?]", "Keller, Anna [?]", "Keller, A. [?]"],
    ["[Keller, Anna?, 1900-1970], author", "[Anna Keller?]", "[Keller, Anna?]", "[Keller, A.?]"],
    ["Keller, Anna, d. 1701?", "Anna Keller", "Keller, Anna", "Keller, A."],
    ["Keller, [Anna]", "[Anna] Keller", "Keller, [Anna]", "Keller, [A.]"],
    // Letters of TeX.
    [r"M{\'\i}nez, Jos{\'e}", "José Mínez", "Mínez, José", "Mínez, J."],
    [r"Stra{\ss}er, {\v C}en\v{e}k", "Čeněk Straßer", "Straßer, Čeněk", "Straßer, Č."],
];

#[test]
fn names_are_written_in_each_form() {
    for [text, running, index, initials] in FORMS {
        let name = Name::parse(text, None);
        let forms = [name.running(), name.index(), name.index_initials()];
        assert_eq!(forms, [*running, *index, *initials], "{text}\n{name:?}");
    }
}

#[test]
fn bodies_and_families_stay_whole() {
    use NameKind::{Body, Family, Person};
    for (text, kind) in [
        ("Ministry of Foreign Affairs", Body),
        ("United States. Department of State", Body),
        ("Korea (North). Ministry of Trade", Body),
        ("Communist Party, Central Committee", Body),
        ("U.S. Embassy", Body),
        ("Random House, Inc.", Body),
        ("Keller, Meyer & Co.", Body),
        ("Krupp, AG", Body),
        ("J. P. Keller Bank", Body),
        ("A. Keller Co.", Body),
        ("A. Keller AB", Body),
        ("A. Keller'sche Buchhandlung", Body),
        ("Keller u. Söhne", Body),
        ("H.M.S. Keller", Body),
        ("Sisters, Servants of Mary", Body),
        ("S. Keller Verlag", Body),
        ("Interior, Department of the", Body),
        ("Norland, Church of", Body),
        ("The Times, Springfield", Body),
        ("Auswärtiges Amt, Politische Abteilung", Body),
        ("Kriegsministerium", Body),
        ("Société d'histoire, Section locale", Body),
        ("Comune di Firenze", Body),
        ("Ayuntamiento de Springfield, Secretaría", Body),
        ("Ministerie van Buitenlandse Zaken", Body),
        ("Utrikesdepartementet", Body),
        ("Ministerstwo Spraw Zagranicznych", Body),
        ("Ministerstvo zahraničních věcí", Body),
        ("ЦК КПСС, Отдел пропаганды", Body),
        ("Министерство иностранных дел СССР", Body),
        ("外務省", Body),
        ("Keller family", Family),
        ("Familie Keller, Springfield", Family),
        ("Norland, House of", Family),
        ("Keller, Anna, family of", Family),
        ("Fam. Keller", Family),
        ("Семья Келлер", Family),
    ] {
        let name = Name::parse(text, None);
        assert_eq!((name.kind, name.running().as_str()), (kind, text));
        assert_eq!([name.index(), name.index_initials()], [text, text]);
    }
    for text in [
        "House, Edward",
        "Church, Frank, 1924-1984",
        "Terrell, Mary Church",
        "Pen, Marine",
        "Edward M. House",
    ] {
        let name = Name::parse(text, None);
        assert_eq!((name.kind, name.is_whole()), (Person, false), "{text}");
    }
}

#[test]
fn formats_with_a_field_for_names_have_no_titles_in_it() {
    let name = Name::parse("Keller, Sir John, K.C.B.", None);
    assert_eq!(name.index_without_signs(), "Keller, John");
    assert_eq!(name.parts().map(|parts| parts.given), Some("John"));
}

#[test]
fn full_stop_of_an_abbreviation_stays() {
    for (text, whole) in [
        ("Acme Inc.", "Acme Inc."),
        ("Brandt & Co.", "Brandt & Co."),
        ("Keller Bros.", "Keller Bros."),
        ("Keller Pty.", "Keller Pty."),
        ("Norland Hist. Soc.", "Norland Hist. Soc."),
        ("Norland Hosp.", "Norland Hosp."),
        ("Camp Keller, Ill.", "Camp Keller, Ill."),
        ("Norland Library.", "Norland Library"),
        ("Norland. Army.", "Norland. Army"),
        ("Norland. Army..", "Norland. Army"),
        ("Acme Inc..", "Acme Inc."),
        ("Springfield Dept. of Health.", "Springfield Dept. of Health"),
    ] {
        let name = Name::parse(text, Some(NameKind::Body));
        assert_eq!([name.running(), name.index(), name.index_initials()], [whole; 3], "{text}");
    }
}

#[test]
fn heading_with_the_kind_in_brackets_is_a_family() {
    for text in [
        "Keller (Family)",
        "Keller (Family : 1800-1900)",
        "Keller (Family), 1800-1900",
        "Keller family (Family)",
        "Keller, (Family : Springfield)",
    ] {
        for kind in [None, Some(NameKind::Family)] {
            let name = Name::parse(text, kind);
            assert_eq!((name.kind, name.running().as_str()), (NameKind::Family, "Keller family"));
        }
    }
}

#[test]
fn file_says_what_a_name_is() {
    let parse = |text, kind| Name::parse(text, Some(kind)).running();
    assert_eq!(parse("House, Edward", NameKind::Body), "House, Edward");
    assert_eq!(parse("Keller, Anna", NameKind::Unknown), "Keller, Anna");
    assert_eq!(parse("Norland, House of.", NameKind::Family), "Norland, House of");
    assert_eq!(parse("Society, Bank", NameKind::Person), "Bank Society");
    assert_eq!(parse("Springfield Library, Ann", NameKind::Person), "Ann Springfield Library");
    assert_eq!(Name::parse("{Keller and Meyer}", None).index(), "Keller and Meyer");
}

#[test]
fn parts_of_a_name_are_kept() {
    let text = "[Keller, A. M. von (Anna Maria), Sister, 1900-1970?], author, former owner.";
    let name = Name::parse(text, None);
    assert_eq!([&name.family, &name.given, &name.particle], ["Keller", "A. M.", "von"]);
    assert_eq!([&name.title, &name.dates, &name.fuller], ["Sister", "1900-1970?", "Anna Maria"]);
    assert_eq!(
        (name.roles.as_slice(), name.bracketed),
        (&["author".into(), "former owner".into()][..], true)
    );
    assert_eq!(Name::split_roles(text).0, "[Keller, A. M. von (Anna Maria), Sister, 1900-1970?]");
    assert_eq!(name.written, text);
}

#[test]
fn known_parts_make_a_name() {
    let parts = NameParts {
        family: "Gogh",
        given: "Vincent",
        leading_particle: "van",
        ..NameParts::default()
    };
    let name = Name::from_parts(parts);
    assert_eq!([name.running(), name.index()], ["Vincent van Gogh", "van Gogh, Vincent"]);
    let parts = NameParts {
        family: "Keller",
        given: "Max",
        dropping_particle: "von",
        suffix: "Jr.",
        ..parts
    };
    let name = Name::from_parts(NameParts { leading_particle: "", ..parts });
    assert_eq!([name.running(), name.index()], ["Max von Keller Jr.", "Keller, Max von, Jr."]);
    let name = Name::from_parts(NameParts { given: "Plato", ..NameParts::default() });
    assert_eq!((name.is_whole(), name.index().as_str()), (true, "Plato"));
}

#[test]
fn nobody_is_no_author() {
    for text in [
        "unknown",
        "Anon.",
        "[s.n.]",
        "n/a",
        "Diverse",
        "Varios autores",
        "N. N.",
        "Author unknown",
        "[Unidentified person]",
        "Anonymous, 19th century",
        "Verfasser unbekannt",
        "Auteur inconnu",
        "Autor desconocido",
        "Autore ignoto",
        "onbekend",
        "okänd",
        "nieznany",
        "Автор неизвестен",
        "佚名",
        "?",
        "unknown (sender)",
    ] {
        assert!(Name::parse(text, None).is_nobody(), "{text}");
        let mut record = Record::default();
        record.push(Field::Title, "Minutes");
        record.push(Field::People, text);
        let cited = Style::ChicagoBibliography.cite(&record, None);
        assert!(cited.starts_with("Minutes"), "{cited}");
        // Formats with a field for names leave it empty, and a note keeps the text.
        for style in [Style::Ris, Style::CslJson, Style::BibLatex] {
            let item = style.cite(&record, None);
            assert!(
                item.contains("people: ") && !item.contains("author") && !item.contains("AU  -"),
                "{item}"
            );
        }
    }
    for text in ["Unknown, Anna", "Unknown Soldier Society", "Anonymous (Keller, Anna)", "Nunn, N."]
    {
        assert!(!Name::parse(text, None).is_nobody(), "{text}");
    }
}

#[test]
fn others_end_a_list() {
    let mut record = Record::default();
    record.push(Field::Title, "Minutes");
    record.push(Field::Creator, "Doe, Jane");
    record.push(Field::Creator, "others");
    for (style, start) in [
        (Style::ChicagoNote, "Jane Doe et al., Minutes"),
        (Style::ChicagoBibliography, "Doe, Jane, et al. Minutes"),
        (Style::Mla, "Doe, Jane, et al. Minutes"),
        (Style::Apa, "Doe, J., et al. (n.d.)"),
    ] {
        let cited = style.cite(&record, None);
        assert!(cited.starts_with(start), "{cited}");
    }
    assert!(Style::BibLatex.cite(&record, None).contains("Doe, Jane and others}"));
}

/// Parts behind a title or life dates that may be another person, so that the name stays whole.
const MORE_PERSONS: &[&str] = &[
    "Keller, Max, Dr., Roth, Emil",
    "Keller, Max, M.D., Roth, Emil",
    "Keller, Max, Dr., Roth",
    "Keller, Max, Dr., E. Roth",
    "Keller, Max, Dr. Roth",
    "Keller, Max, Dr., Roth, E.",
    "Keller, Max, Jr., Dr., Roth, Emil",
    "Keller, Sir Max, Dr., Roth, Emil",
    "Smith, John, King, Anna",
    "Smith, John, Dean, Anna",
    "Smith, John, Baron, Meyer, Anna",
    "Keller, Anna, 1900-, Roth, Emil, 1920-",
    "Keller, Anna, 1900-1970, Roth, Emil",
    "Keller, Anna, Roth, Emil, 1920-",
    "J. Keller, Dr., E. Roth",
    "J. Keller, Ph.D., Roth, Emil",
    "Keller, Max, Graf von, Roth, Emil",
];

#[test]
fn no_person_is_lost_behind_a_title() {
    for text in MORE_PERSONS {
        let name = Name::parse(text, None);
        let last = text.split([',', ' ']).rfind(|word| {
            word.chars().all(char::is_alphabetic) && word.starts_with(char::is_uppercase)
        });
        assert!(name.running().contains(last.unwrap()), "{text}: {name:?}");
    }
}

#[test]
fn a_long_text_is_kept_as_a_whole_name() {
    let units = "a |de |Keller |Keller, |de la, |J. |J.|(a) |[a] |, |(|)|[|?|Dr. |Dr., |author, |King of |\
        1900-1970, |und |. a|\\'e|geb. |Jr., |&|{|N. N. |Ю.В.|毛";
    for unit in units.split('|') {
        let long = unit.repeat(100_000 / unit.len());
        for text in [&long, &format!("Keller, {long}"), &format!("{long}, Anna")] {
            let name = Name::parse(text, None);
            let _ = (name.running(), name.index(), name.index_initials());
        }
    }
    let name = Name::parse(&"Keller, Anna, ".repeat(100), None);
    assert!(name.is_whole(), "{name:?}");
    assert_eq!(name.running().matches("Keller").count(), 100);
}

/// The letters of a text in order of the alphabet.
fn sorted_letters(text: &str) -> Vec<char> {
    let mut letters: Vec<char> = text.chars().filter(|letter| letter.is_alphanumeric()).collect();
    letters.sort_unstable();
    letters
}

/// Words, signs and spaces of which names are made.
fn name_tokens() -> impl Strategy<Value = String> {
    let token = prop_oneof![
        4 => "[A-ZÄŽ][a-zéß]{1,8}",
        1 => "[A-Z][a-z]{1,4}[-'][A-Z]?[a-z]{1,5}",
        2 => "([A-Z]\\.){1,3}",
        2 => "(M\\.P\\.|S\\.J\\.|O\\.P\\.|D\\.D\\.|M\\. D\\.|Ph\\.D\\.|O\\.S\\.B\\.|Q\\.C\\.|Jr\\.|Jr|Sr|III|IV|II|V|fils|sen)",
        2 => "(de|von|Van|De|la|bin|al-|d'|of|the|y|und|and|&|van der|de'|'t|ibn|zu|os|ó|Mac)",
        2 => "(Sir|Dr\\.|Mrs\\.|Duke|Earl|Freiherr|Graf|Saint|King|Pope|Prof\\.|Major|Dean|Father|Bishop|Khan|Queen|Prince)",
        1 => "(of Siena|Queen of Norland|German Emperor|Duke of|Baron|Lord|Freiherr von|comte de)",
        1 => "(family|Company|House|Church|Inc\\.|Co\\.|Bros\\.|Department|Bank|Society|Ltd\\.)",
        1 => "(author|editor|ed\\.|former owner|addressee|trl)",
        1 => "(1900-1970|b\\. 1900|1850\\?|active 1783|\\(1900-1970\\)|d\\. 1701\\?|19th century|1900-)",
        1 => "(\\(Anna Maria\\)|\\(Springfield\\)|\\(B\\.\\)|\\[Anna\\]|\\(bin\\)|\\(ed\\.\\)|\\(Dr\\.\\)|\\(III\\))",
        1 => "(\\(roi ; 1638-1715\\)|1900-1970 \\(Springfield\\)|\\(de\\)|phil\\.|a\\. D\\.|SJ|R\\.N\\.|geb\\. Aa|H\\.M\\.S\\.)",
        1 => "[a-zé]{1,7}",
        1 => "[\\[\\](){}?.;:'\"/*=|~-]",
        1 => "(毛泽东|毛|Ю\\.В\\.|Орлов|фон|Кызы)",
        1 => "(anon\\.|unknown|others|et al\\.|N\\. N\\.)",
    ];
    let gap = prop_oneof![5 => Just(" "), 4 => Just(", "), 1 => Just(""), 1 => Just(". ")];
    prop::collection::vec((token, gap), 1..9).prop_map(|tokens| {
        tokens.into_iter().flat_map(|(token, gap)| [token, gap.to_owned()]).collect()
    })
}

const KINDS: [Option<NameKind>; 5] = [
    None,
    Some(NameKind::Person),
    Some(NameKind::Body),
    Some(NameKind::Family),
    Some(NameKind::Unknown),
];

proptest! {
    #[test]
    fn no_text_panics(text in "(\\PC|[,.?()\\[\\]{}\\\\' -]|de|Sir|Jr\\.|1900|of|J\\.){0,12}") {
        for kind in [None, Some(NameKind::Person), Some(NameKind::Body), Some(NameKind::Family)] {
            let name = Name::parse(&text, kind);
            let _ = (name.running(), name.index(), name.index_initials(), name.parts());
        }
    }

    #[test]
    fn every_letter_is_in_a_part(text in name_tokens()) {
        for kind in KINDS {
            let name = Name::parse(&text, kind);
            let in_forms = [&name.family, &name.given, &name.particle, &name.suffix, &name.whole].map(String::as_str).concat();
            let beside = [&name.title, &name.title_before, &name.dates, &name.fuller, &name.qualifier].map(String::as_str).concat();
            let all = [in_forms.as_str(), &beside, &name.roles.concat()].concat();
            prop_assert_eq!(sorted_letters(&all), sorted_letters(&text), "{:?}", &name);
            for (which, form) in [("running", name.running()), ("index", name.index())] {
                let mut found = sorted_letters(&form);
                for letter in sorted_letters(&in_forms) {
                    let at = found.iter().position(|other| *other == letter);
                    prop_assert!(at.is_some(), "{} {:?} {:?}", which, form, &name);
                    found.swap_remove(at.unwrap());
                }
            }
            if text.chars().any(char::is_alphabetic) && !name.is_nobody() && !name.is_others() {
                for form in [name.running(), name.index(), name.index_initials(), name.running_without_signs(), name.index_without_signs()] {
                    prop_assert!(form.chars().any(char::is_alphanumeric), "{:?} {:?}", form, &name);
                    prop_assert_eq!(form.trim(), &form);
                    prop_assert!(!form.contains("  ") , "{:?} {:?}", form, &name);
                }
                if let Some(parts) = name.parts() {
                    prop_assert!(!parts.family.is_empty(), "{:?}", &name);
                }
            }
        }
    }
    #[test]
    fn another_person_stays_in_every_form(
        title in "(Dr\\.|Prof\\. Dr\\.|King|Baron|M\\.D\\.|Jr\\., Dr\\.|1900-1970|1900-|Bishop of Norland|Earl)",
        family in "Zq[a-z]{3,8}",
        given in "(, Zx[a-z]{3,8}|, E\\.|)",
        end in "(|, 1920-|, Dr\\.|, Baron)",
    ) {
        let text = format!("Keller, Max, {title}, {family}{given}{end}");
        for kind in [None, Some(NameKind::Person)] {
            let name = Name::parse(&text, kind);
            for form in [name.running(), name.index(), name.index_initials()] {
                prop_assert!(form.contains(&family), "{} {:?}", form, &name);
            }
        }
    }
    #[test]
    fn no_form_loses_a_letter(
        family in "(de |von |Van |al-|O'|Mc|)[A-ZÄŽ][a-zé]{2,8}(-[A-Z][a-z]{2,5}| y [A-Z][a-z]{3,6}|)",
        given in "([A-Z]\\. ?|(M\\.P|S\\.J|O\\.P|D\\.D|K\\.G)\\. |[A-Z][a-z]{3,8} ){1,3}(de la|von|d'|bin|of|the|und|)",
        suffix in "(, Jr\\.|, III|)",
        signs in "(\\?|)",
    ) {
        let text = format!("{family}, {}{suffix}{signs}", given.trim());
        let name = Name::parse(&text, Some(NameKind::Person));
        let kept = [&name.family, &name.given, &name.particle, &name.suffix, &name.whole, &name.title, &name.title_before].map(String::as_str);
        prop_assert_eq!(sorted_letters(&kept.concat()), sorted_letters(&text), "{:?}", name);
        if name.title.is_empty() {
            prop_assert_eq!(sorted_letters(&name.running()), sorted_letters(&text));
            prop_assert_eq!(sorted_letters(&name.index()), sorted_letters(&text));
        }
        let unstated = Name::parse(&text, None);
        if unstated.is_whole() {
            prop_assert_eq!(sorted_letters(&unstated.running()), sorted_letters(&text));
        }
    }
}
