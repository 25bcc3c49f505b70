//! What words, numbers, letters and phrases of a filter find.

use fonds::record::{ArchiveId, Field, Record, SourcedRecord};

use super::{highlighter, messages, search, store, ten_records};

/// A store with a record for each title, and the numbers of those that a filter finds in order.
fn numbers_among(titles: &[&str], text: &str) -> (Vec<u32>, Vec<String>) {
    let record = |title: &&str| {
        let mut record = Record::default();
        record.push(Field::Title, title);
        SourcedRecord { archive: ArchiveId::default(), record }
    };
    let store = store(&titles.iter().map(record).collect::<Vec<_>>(), 2);
    let response = search(&store, text, None);
    (response.rows.iter().map(|row| row.handle.0).collect(), messages(&response))
}

#[test]
fn letters_of_scripts_without_spaces_are_found_anywhere() {
    const TITLES: &[&str] = &[
        "北京大学出版社",                            // 0
        "毛泽东 1949",                               // 1
        "大正大蔵経の保栄",                          // 2
        "หนังสือกรุงเทพ",                               // 3
        "ສະບາຍດີ",                                    // 4
        "သတင်းစာ",                                    // 5
        "កម្ពុជា",                                      // 6
        "Letter on 大学 and ガイド",                 // 7
        "كتــاب السلام",                              // 8
        "Med\u{200b}iterranean co\u{200d}operation", // 9
        "서울 대학",                                 // 10
        "大学1945年",                                // 11
    ];
    const CASES: &[(&str, &[u32])] = &[
        ("大学", &[0, 7, 11]),
        ("\"大学\"", &[0, 7, 11]),
        ("出版", &[0]),
        ("学出", &[0]),
        ("'京大学", &[0]),
        ("京学", &[]),
        ("大学出版社", &[0]),
        ("\"泽东\"", &[1]),
        ("泽东1949", &[1]),
        ("泽东 \"1949\"", &[1]),
        ("保栄", &[2]),
        ("蔵", &[2]),
        ("\"蔵\"", &[2]),
        ("栄", &[2]),
        ("^大", &[2, 11]),
        ("^北京", &[0]),
        ("^大学", &[11]),
        ("保栄$", &[2]),
        ("出版$", &[]),
        ("title:=\"北京大学出版社\"", &[0]),
        ("title:=\"北京大学\"", &[]),
        ("กรุง", &[3]),
        ("สือ", &[3]),
        ("ບາຍ", &[4]),
        ("တင်း", &[5]),
        ("ពុជ", &[6]),
        ("ガイ", &[7]),
        ("カイト", &[7]),
        ("كتاب", &[8]),
        ("mediterranean", &[9]),
        ("cooperation", &[9]),
        ("울", &[10]),
        ("学1945", &[11]),
        ("\"1945年\"", &[11]),
        ("-大学 北京 | 东", &[1]),
    ];
    for (text, expected) in CASES {
        let (mut found, messages) = numbers_among(TITLES, text);
        found.sort_unstable();
        assert_eq!(found, *expected, "{text} {messages:?}");
    }
}

#[test]
fn letters_inside_a_text_without_spaces_are_highlighted() {
    let store = store(&ten_records(), 4);
    let highlighter = highlighter(&store, "大学");
    let title = "北京大学出版社";
    let ranges = highlighter.field_ranges(Field::Title, title);
    assert_eq!(ranges.iter().map(|it| &title[it.clone()]).collect::<Vec<_>>(), ["大学"]);
}

#[test]
fn joined_and_parted_words_and_plurals_find_each_other_ranked_below() {
    const TITLES: &[&str] = &[
        "Postwar plans",        // 0
        "Post-war plans",       // 1
        "The post war years",   // 2
        "Co-operation",         // 3
        "Cooperation",          // 4
        "NATO council",         // 5
        "N.A.T.O. council",     // 6
        "TV Soong",             // 7
        "T.V. Soong",           // 8
        "T. V. Soong",          // 9
        "Meeting in June",      // 10
        "Meetings in June",     // 11
        "Treaty of friendship", // 12
        "Treaties in force",    // 13
        "O'Brien to Obrien",    // 14
        "News of the day",      // 15
        "A new day",            // 16
    ];
    const CASES: &[(&str, &[u32])] = &[
        ("postwar", &[0, 1, 2]),
        ("post-war", &[1, 2, 0]),
        ("post war", &[1, 2, 0]),
        ("post-w", &[1, 2, 0]),
        ("\"post war\"", &[1, 2]),
        ("'postwar", &[0]),
        ("-postwar plans", &[1]),
        ("cooperation", &[4, 3]),
        ("co-operation", &[3, 4]),
        ("co-op", &[3, 4]),
        ("nato", &[5, 6]),
        ("n.a.t.o.", &[6, 5]),
        ("tv soong", &[7, 8, 9]),
        ("t.v. soong", &[8, 9, 7]),
        ("title:tv", &[7, 8, 9]),
        ("meetings", &[11, 10]),
        ("meeting", &[10, 11]),
        ("treaties", &[13, 12]),
        ("treaty", &[12, 13]),
        ("news", &[15]),
        ("obrien", &[14]),
    ];
    for (text, expected) in CASES {
        let (found, messages) = numbers_among(TITLES, text);
        assert_eq!(found, *expected, "{text} {messages:?}");
        assert_eq!(messages, [""; 0], "{text}");
    }
}

#[test]
fn other_spellings_are_offered_and_latin_letters_guessed() {
    const TITLES: &[&str] = &[
        "Labour party",
        "Labor unions",
        "Harbours",
        "The organisation of peace",
        "Organization",
        "Programme",
        "Беседа с товарищем Сталиным",
        "Хрущёв и Жуковский",
        "Αθήνα, Ελευθέριος Βενιζέλος",
        "Щербаков",
    ];
    const CASES: &[(&str, &[u32], &[&str])] = &[
        ("labor", &[1], &["1 record has “labour” for “labor”"]),
        ("labour", &[0], &["1 record has “labor” for “labour”"]),
        ("harbours", &[2], &[]),
        ("organisation", &[3], &["1 record has “organization” for “organisation”"]),
        ("\"labor\"", &[1], &[]),
        ("besed", &[6], &["no “besed”: showing Беседа"]),
        ("tovarishch", &[6], &["no “tovarishch”: showing товарищем"]),
        ("zhukovsk", &[7], &["no “zhukovsk”: showing Жуковский"]),
        ("athina", &[8], &["no “athina”: showing Αθήνα"]),
        ("venizelos", &[8], &["no “venizelos”: showing Βενιζέλος"]),
        ("shcherbakov", &[9], &["no “shcherbakov”: showing Щербаков"]),
    ];
    for (text, expected, said) in CASES {
        let (found, messages) = numbers_among(TITLES, text);
        assert_eq!(
            (found.as_slice(), messages),
            (*expected, said.iter().map(|it| (*it).to_owned()).collect()),
            "{text}"
        );
    }
}

#[test]
fn numbers_are_whole_first() {
    const TITLES: &[&str] = &["2 reports", "20 reports", "Box 21", "Report 194", "1945 report"];
    const CASES: &[(&str, &[u32])] = &[
        ("2", &[0]),
        ("2*", &[0, 1, 2]),
        ("20", &[1]),
        ("21 box", &[2]),
        ("194", &[3]),
        ("19", &[3, 4]),
        ("box-2", &[2]),
        ("-2 reports", &[1, 3, 4]),
        ("title:2", &[0]),
        ("title:(2 | 21)", &[0, 2]),
        ("1945", &[]),
        ("report 19*", &[3, 4]),
    ];
    for (text, expected) in CASES {
        let (found, messages) = numbers_among(TITLES, text);
        assert_eq!(found, *expected, "{text} {messages:?}");
    }
}

#[test]
fn words_near_each_other_stand_in_any_order() {
    const TITLES: &[&str] = &[
        "Soong to Stalin",
        "Stalin, Molotov and T. V. Soong",
        "Stalin on the wars of the north, and then Soong",
        "Stalin",
    ];
    const CASES: &[(&str, &[u32])] = &[
        ("\"soong stalin\"", &[]),
        ("\"soong stalin\"~0", &[]),
        ("\"soong stalin\"~1", &[0]),
        ("\"soong stalin\"~4", &[0, 1]),
        ("\"soong stalin\"~", &[0, 1]),
        ("\"stalin soong\"~20", &[0, 1, 2]),
        ("title:\"stalin soong\"~4 molotov", &[1]),
        ("\"stalin stalin\"~9", &[]),
        ("^\"stalin soong\"~9", &[0, 1, 2]),
        ("-\"stalin soong\"~4 stalin", &[2, 3]),
    ];
    for (text, expected) in CASES {
        let (found, messages) = numbers_among(TITLES, text);
        assert_eq!(found, *expected, "{text} {messages:?}");
    }
}

#[test]
fn short_parts_of_words_are_found_joined_and_parted() {
    const TITLES: &[&str] = &[
        "O'Connor on X-ray and U-boat, by D'Arcy",  // 0
        "Oconnor, xray, uboat and Darcy",           // 1
        "The co-op sells a T-shirt to L'Enfant",    // 2
        "A coop sells a tshirt to Lenfant",         // 3
        "A part of the tables. W. H. and J. Welin", // 4
        "Apart from that, by hand",                 // 5
        "Journal d'une ville",                      // 6
        "Dune",                                     // 7
        "Wasn't able to sit at the table",          // 8
        "McNamara and Mc Donald",                   // 9
    ];
    const CASES: &[(&str, &[u32])] = &[
        ("oconnor", &[1, 0]),
        ("o'connor", &[0, 1]),
        ("xray", &[1, 0]),
        ("x-ray", &[0, 1]),
        ("uboat", &[1, 0]),
        ("darcy", &[1, 0]),
        ("d'arcy", &[0, 1]),
        ("coop", &[3, 2]),
        ("co-op", &[2, 3]),
        ("lenfant", &[3, 2]),
        ("mcdonald", &[9]),
        ("apart", &[5]),
        ("hand", &[5]),
        ("dune", &[7]),
        ("table", &[8, 4]),
    ];
    for (text, expected) in CASES {
        let (found, messages) = numbers_among(TITLES, text);
        assert_eq!(found, *expected, "{text} {messages:?}");
    }
    // A letter before a word that no record has joined.
    for (text, expected) in [("tshirt", 0), ("abomb", 1)] {
        let (found, messages) = numbers_among(&["The T-shirt", "An A-bomb"], text);
        assert_eq!((found, messages.len()), (vec![expected], 0), "{text}");
    }
}
