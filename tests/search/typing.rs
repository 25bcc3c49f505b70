//! Words while they are typed: unfinished and misspelt ones, near spellings beside what is found, and what stands near
//! each other.

use std::sync::Arc;

use fonds::query::{Highlighter, SearchResponse};
use fonds::record::{ArchiveId, Date, Field, Record, SourcedRecord};
use fonds::store::{Segment, Store};

use super::{highlighter, messages, search};

/// A store of records with these titles and names, in two segments.
fn store_of(records: &[(&str, &[&str])]) -> Store {
    let sourced = |(title, people): &(&str, &[&str])| {
        let mut record = Record { date: Date::parse("1951"), ..Record::default() };
        record.push(Field::Title, title);
        people.iter().for_each(|name| record.push(Field::People, name));
        SourcedRecord { archive: ArchiveId::default(), record }
    };
    let records: Vec<SourcedRecord> = records.iter().map(sourced).collect();
    let mut store = Store::default();
    for batch in records.chunks(records.len().div_ceil(2)) {
        store.append(Arc::new(Segment::build(batch)));
    }
    store
}

/// The numbers of the records of a response.
fn numbers(response: &SearchResponse) -> Vec<u32> {
    response.rows.iter().map(|row| row.handle.0).collect()
}

/// A text with what is highlighted in brackets.
fn highlighted(highlighter: &Highlighter, text: &str) -> String {
    let mut marked = text.to_owned();
    for range in highlighter.field_ranges(Field::Title, text).into_iter().rev() {
        marked.insert(range.end, ']');
        marked.insert(range.start, '[');
    }
    marked
}

#[test]
fn misspelt_word_finds_what_was_meant_at_each_letter() {
    const TYPED: &[(&str, usize)] = &[
        ("eizenhower", 3),
        ("eisennhower", 3),
        ("esienhower", 3),
        ("eisenhwer", 3),
        ("xisenhower", 3),
        ("iesenhower", 3),
        ("isenhower", 3),
        ("eissenhouwer", 3),
    ];
    let store = store_of(&[
        ("Report on the Eisenhowers", &[]),
        ("Letter of the harbour office", &[]),
        ("Eisenhower in Kassel", &[]),
        ("Map of the islands", &[]),
    ]);
    for (typed, first) in TYPED {
        for end in *first..=typed.len() {
            let response = search(&store, &typed[..end], None);
            assert!(numbers(&response).contains(&2), "{}", &typed[..end]);
            let is_honest = "eisenhower".contains(&typed[..end]);
            let told = messages(&response).concat();
            assert_eq!(told.contains("Eisenhower"), !is_honest, "{}: {told}", &typed[..end]);
        }
    }
    let response = search(&store, "eizenh kassel", None);
    assert_eq!(numbers(&response), [2]);
    assert_eq!(messages(&response), ["no “eizenh”: showing Eisenhower"]);
    assert_eq!(
        highlighted(&highlighter(&store, "eizenh kassel"), "Eisenhower in Kassel"),
        "[Eisenh]ower in [Kassel]"
    );
    // A quoted word, a whole word and a number are never guessed.
    for typed in ["\"eizenh\"", "'eizenh", "1961"] {
        assert_eq!(numbers(&search(&store, typed, None)), [0; 0], "{typed}");
    }
}

#[test]
fn words_as_typed_come_before_guesses_which_come_in_order_of_likeness() {
    let store = store_of(&[
        ("Brinkmeyer", &[]),
        ("Brynkman", &[]),
        ("Brinkman and sons", &[]),
        ("Brinkmann", &[]),
    ]);
    // Whole words, beginnings; then, where nothing begins so, one wrong letter, and a misspelt beginning.
    assert_eq!(numbers(&search(&store, "brinkman", None)), [2, 3]);
    assert_eq!(numbers(&search(&store, "brimkman", None)), [2, 3, 1]);
    assert_eq!(numbers(&search(&store, "brimkm", None)), [0, 2, 3]);
}

#[test]
fn alternatives_are_guessed_only_where_none_is_found_as_typed() {
    let store = store_of(&[
        ("Stalin in Moscow", &[]),
        ("The peninsula", &[]),
        ("A leaning tower", &[]),
        ("Harriman to the board", &[]),
        ("Harbour of Moscow", &[]),
        ("Map of Korea", &[]),
    ]);
    let cases: &[(&str, &[u32], &[&str])] = &[
        ("lenin", &[1, 2], &["no “lenin”: showing leaning, peninsula"]),
        ("stalin | lenin", &[0], &[]),
        ("lenin | stalin", &[0], &[]),
        ("stalin OR lenin", &[0], &[]),
        ("(stalin | lenin) moscow", &[0], &[]),
        ("stalin OR (lenin tower)", &[0], &[]),
        ("(korea OR (stalin | lenin))", &[0, 5], &[]),
        ("title:(stalin | lenin)", &[0], &[]),
        ("stalin | \"lenin\"", &[0], &[]),
        ("stalin | NOT harriman", &[0, 1, 2, 4, 5], &[]),
        ("-lenin moscow", &[0, 4], &[]),
        // Where no alternative is found, or not together with the rest, guesses help.
        (
            "harimann | lenin",
            &[1, 2, 3],
            &["no “harimann”: showing Harriman", "no “lenin”: showing leaning, peninsula"],
        ),
        ("(stalin | lenin) tower", &[2], &["no “lenin”: showing leaning"]),
        ("(stalin | lenin) harimann", &[], &[]),
        // What was typed with `~` is always guessed.
        ("stalin | ~lenin", &[0, 1, 2], &["no “lenin”: showing leaning, peninsula"]),
    ];
    for (typed, found, told) in cases {
        let response = search(&store, typed, None);
        assert_eq!(numbers(&response), *found, "{typed}");
        if !found.is_empty() {
            assert_eq!(messages(&response), *told, "{typed}");
        }
    }
}

#[test]
fn list_is_not_empty_before_a_filter_that_finds_something_is_typed_to_the_end() {
    let store = store_of(&[
        ("Note verbale on the pike fisheries", &["Dayton"]),
        ("Telegram No. 701 at the ministry", &["Seward", "Dayton"]),
        ("Telegram 70 on ferries, 7 pages", &["Aya"]),
        ("Conversation on plans in Beijing", &["Chiang", "Adams"]),
        ("Peking duck, and wool and wood", &[]),
        ("Working groups on anecdotes", &["Lane"]),
    ]);
    let cases: &[(&str, u32)] = &[
        ("telegram 701", 1),
        ("seward 701", 1),
        ("seward ayton", 1),
        ("seward dyaton", 1),
        ("seward daayton", 1),
        ("chiang aadms", 3),
        ("noe verbale", 0),
        ("ane groups", 5),
        ("groups woorking", 5),
        ("groups wrking", 5),
        ("conversation peking", 3),
        ("verbale ppike", 0),
        ("verbale 1951", 0),
    ];
    for (text, wanted) in cases {
        for end in 1..=text.len() {
            assert!(!numbers(&search(&store, &text[..end], None)).is_empty(), "{}", &text[..end]);
        }
        assert_eq!(numbers(&search(&store, text, None)).first(), Some(wanted), "{text}");
    }
    // It is said what is shown instead.
    assert_eq!(
        messages(&search(&store, "seward 70", None)),
        ["no “70” beside the rest: showing longer numbers"]
    );
    assert_eq!(numbers(&search(&store, "telegram 70", None)), [2]);
    assert_eq!(messages(&search(&store, "noe verbale", None)), ["no “noe”: showing Note"]);
    // A word of two letters, one that records have whole, and alternatives are guessed only at the end, if at all.
    for text in ["ay seward", "and seward", "seward pike | wood", "\"seward\" \"dayto\""] {
        assert_eq!(numbers(&search(&store, text, None)), [0; 0], "{text}");
    }
}

#[test]
fn near_spelling_is_offered_and_never_mixed_in() {
    let store = store_of(&[
        ("Hoffmann to the board", &[]),
        ("Hoffman on ferries", &[]),
        ("Hoffman again", &[]),
        ("Hofman, a merchant", &[]),
        ("A better letter", &[]),
        ("The latter letters of Hoffmann", &[]),
    ]);
    let cases: &[(&str, &[u32], &[&str])] = &[
        ("hoffmann", &[0, 5], &["see also Hoffman 2 · Hofman 1"]),
        ("hoffman", &[1, 2, 0, 5], &["see also Hofman 1"]),
        ("hoffmann letters", &[5], &[]),
        ("hoffmann | xyzzy", &[0, 5], &[]),
        ("\"hoffmann\"", &[0, 5], &[]),
        ("letter", &[4, 5], &[]),
        ("-hoffmann ferries", &[1], &[]),
    ];
    for (typed, found, told) in cases {
        let response = search(&store, typed, None);
        assert_eq!(numbers(&response), *found, "{typed}");
        assert_eq!(messages(&response), *told, "{typed}");
    }
}

#[test]
fn records_in_which_words_stand_near_each_other_come_first() {
    let store = store_of(&[
        ("Harbour dues, with a long list of ships that came to the ferry", &[]),
        ("Ferry harbour", &[]),
        ("The harbour ferry of the northern islands", &[]),
        ("Harbour ferry", &[]),
        ("Harbour and the old ferry", &[]),
        ("Ferry", &["Harbour"]),
    ]);
    assert_eq!(numbers(&search(&store, "harbour ferry", None)), [3, 2, 1, 4, 0, 5]);
}

#[test]
fn records_like_one_share_its_rarest_words_and_people() {
    let mut records = vec![
        ("Welin to Korsakov on the salvage of the barge", &["Welin", "Korsakov"][..]),
        ("Korsakov, Welin", &["Korsakov", "Welin"]),
        ("Welin on pilots", &["Welin"]),
        ("Salvage of a barge", &["Board"]),
    ];
    let others: Vec<String> = (0..60).map(|number| format!("Letter on case {number}")).collect();
    records.extend(others.iter().map(|title| (title.as_str(), &["Board"][..])));
    let store = store_of(&records);
    let named = "like:\"Welin to Korsakov on the salvage of the barge\"";
    let response = search(&store, named, None);
    assert_eq!(numbers(&response)[..3], [1, 2, 3]);
    assert!(!numbers(&response).contains(&0));
    let told = messages(&response).concat();
    assert!(told.starts_with("like “Welin to Korsakov on the salvage of the barge”, sharing"));
    assert!(told.contains("Korsakov"), "{told}");
    assert_eq!(highlighted(&highlighter(&store, named), "Korsakov, Welin"), "[Korsakov], [Welin]");
    assert_eq!(numbers(&search(&store, &format!("{named} pilots"), None)), [2]);
    assert_eq!(
        messages(&search(&store, "like:nothing", None)),
        ["no record has the id, number or title “nothing”"]
    );
}

#[test]
fn record_that_shares_nothing_is_like_no_other() {
    let store = store_of(&[
        ("Despatch on pilots", &["Welin"]),
        ("Bericht", &[]),
        ("Pilots again", &["Board"]),
    ]);
    let shares_nothing = "“Bericht” shares no rare word, name or place with another record";
    let cases: [(&str, &[u32], &str); 4] = [
        ("like:Bericht", &[], shares_nothing),
        ("like:\"Pilots again\"", &[0], "like “Pilots again”, sharing Pilots"),
        ("NOT like:nothing", &[0, 1, 2], "no record has the id, number or title “nothing”"),
        ("NOT like:Bericht", &[0, 1, 2], ""),
    ];
    for (text, expected, told) in cases {
        let response = search(&store, text, None);
        assert_eq!(
            (numbers(&response).as_slice(), messages(&response).concat().as_str()),
            (expected, told),
            "{text}"
        );
    }
}

#[test]
fn short_words_have_near_spellings_that_sound_alike() {
    let store = store_of(&[
        ("Meyer to the Board", &[]),
        ("Meier in Korea", &[]),
        ("Korem and Smyth", &[]),
        ("Smith from Natl", &[]),
        ("Frol on Nato", &[]),
    ]);
    for (text, offered) in [
        ("meyer", "see also Meier 1"),
        ("smith", "see also Smyth 1"),
        ("korea", ""),
        ("from", ""),
        ("nato", ""),
    ] {
        assert_eq!(messages(&search(&store, text, None)).concat(), offered, "{text}");
    }
}

#[test]
fn other_spellings_of_a_name_are_found_at_each_letter() {
    let store = store_of(&[("Khrushchev speaks", &[]), ("Church records", &[])]);
    for typed in ["chrusc", "chruscht", "chruschtscho", "chruschtschow"] {
        assert_eq!(numbers(&search(&store, typed, None)), [0], "{typed}");
    }
}
