//! The filter language: filters, and the terms they are parsed to.

use fonds::query::{
    Alternative, Clause, Group, GuessPolicy, LongerNumbers, Phrase, Query, Scope, Term, parse,
};
use fonds::record::OwnName;
use proptest::prelude::*;

/// A query as one line. A word that may be a prefix has a star. Brackets show what else may match:
/// `i`nside words, `g`uesses if needed, `G`uesses always.
fn render_query(query: &Query) -> String {
    render_groups(&query.groups)
}

/// Groups in the same notation, those inside of others in square brackets.
fn render_groups(groups: &[Group]) -> String {
    let groups = groups.iter().map(|group| {
        let alternatives = group.iter().map(|alternative| match alternative {
            Alternative::Term(term) => render_term(term),
            Alternative::All(groups) => format!("[{}]", render_groups(groups)),
        });
        alternatives.collect::<Vec<_>>().join(" | ")
    });
    groups.collect::<Vec<_>>().join(" & ")
}

/// A term in the same notation.
fn render_term(term: &Term) -> String {
    let no = if term.negated { "!" } else { "" };
    match &term.clause {
        Clause::Words(words) => format!("{no}{}", render_phrase(words)),
        Clause::Note(words) => format!("{no}note:{}", render_phrase(words)),
        Clause::File(words) => format!("{no}from:{}", render_phrase(words)),
        Clause::Marked => format!("{no}is:marked"),
        Clause::Like(named) => format!("{no}like:{named}"),
        Clause::HasNote => format!("{no}is:noted"),
        Clause::DoubtfulDate => format!("{no}is:doubtful"),
        Clause::Date(_) => format!("{no}<{}>", term.text.trim_start_matches(['!', '-'])),
    }
}

/// The phrase of a term in the same notation.
fn render_phrase(words: &Phrase) -> String {
    let name = match &words.scope {
        Scope::DefaultFields => String::new(),
        Scope::Names => "name:".to_owned(),
        Scope::Known(field) => format!("{}:", field.key()),
        Scope::Own(names) => format!("[{}]:", names.join(", ")),
    };
    let letters = words.words.iter().map(|word| {
        let more = match (word.allow_prefix, words.longer_numbers) {
            (true, LongerNumbers::Match) => "*",
            (true, LongerNumbers::IfNeeded) => "#",
            (false, _) => "",
        };
        format!("{}{more}", word.letters)
    });
    let looser = [
        (words.allow_inside, 'i'),
        (words.guess_policy == GuessPolicy::IfNeeded, 'g'),
        (words.guess_policy == GuessPolicy::Always, 'G'),
    ];
    let looser: String = looser.iter().filter(|(is, _)| *is).map(|(_, letter)| letter).collect();
    let start = if words.at_start { "^" } else { "" };
    let end = if words.at_end { "$" } else { "" };
    let gap = words.max_between.map_or("+".to_owned(), |most| format!("~{most}~"));
    format!("{name}{start}{}{end}({looser})", letters.collect::<Vec<_>>().join(&gap))
}

/// The names of own fields.
fn own_field_names() -> Vec<OwnName> {
    let names = ["boxnumber", "Box", "folder number", "subtitle", "x.y", "sub"];
    let shelves = ["Shelf", "loc.shelf", "a:SHELF", "shelfmark"];
    names.into_iter().chain(shelves).map(OwnName::from).collect()
}

/// Filters, and what they are parsed to.
const FILTERS: &[(&str, &str)] = &[
    ("soong OR stalin", "soong*(ig) | stalin*(ig)"),
    ("a b OR c", "[a*(g) & b*(g)] | c*(g)"),
    ("a (b OR c)", "a*(g) & b*(g) | c*(g)"),
    ("a AND b", "a*(g) & b*(g)"),
    ("NOT aa b", "!aa*(g) & b*(g)"),
    ("NOT (aa bb)", "!aa*(g) | !bb*(g)"),
    ("NOT (aa OR bb)", "!aa*(g) & !bb*(g)"),
    ("NOT aa | bb", "!aa*(g) & !bb*(g)"),
    ("a | NOT bb", "a*(g) | !bb*(g)"),
    ("-(aa OR 1945)", "!aa*(g) & !<1945>"),
    ("NOT NOT a", "a*(g)"),
    // One letter excludes nothing yet.
    ("aa -b", "aa*(g)"),
    ("aa !b", "aa*(g)"),
    ("aa NOT b", "aa*(g)"),
    ("aa NOT (b", "aa*(g)"),
    ("aa NOT (bb OR c", "aa*(g) & !bb*(g)"),
    ("aa -title:b", "aa*(g)"),
    ("aa -\"b\"", "aa*(g) & !b()"),
    ("aa -1", "aa*(g) & !1#()"),
    ("aa -外", "aa*(g) & !外*()"),
    // Wide signs of Chinese and Japanese keyboards.
    ("title：外交", "title:外交*(g)"),
    ("aa｜bb", "aa*(g) | bb*(g)"),
    ("aa，bb", "aa*(g) & bb*(g)"),
    ("１９４５", "<1945>"),
    // A blank behind the colon.
    ("Title: cable", "title:cable*(ig)"),
    ("Re: cable", "re*(g) & cable*(ig)"),
    ("((a) OR ((b c)))", "a*(g) | [b*(g) & c*(g)]"),
    ("title:(a OR b)", "title:a*(g) | title:b*(g)"),
    ("date:(1945 OR 1950)", "<date:1945> | <date:1950>"),
    ("(1945 OR 1950)", "<1945> | <1950>"),
    ("1945 OR 1950", "<1945> | <1950>"),
    ("(July 1945 stalin)", "<July 1945> & stalin*(ig)"),
    ("a OR", "a*(g)"),
    ("OR a", "a*(g)"),
    ("NOT", ""),
    ("AND OR NOT", ""),
    ("a (b", "a*(g) & b*(g)"),
    ("a () b", "a*(g) & b*(g)"),
    ("a )", "a*(g)"),
    ("a or b", "a*(g) & or*(g) & b*(g)"),
    ("ORLA", "orla*(ig)"),
    ("", ""),
    ("soong", "soong*(ig)"),
    ("  Soong   STALIN ", "soong*(ig) & stalin*(ig)"),
    ("so", "so*(g)"),
    ("soong | stalin mao", "soong*(ig) | stalin*(ig) & mao*(ig)"),
    ("a b | c | d e", "a*(g) & b*(g) | c*(g) | d*(g) & e*(g)"),
    ("| soong |", "soong*(ig)"),
    ("a|b", "a*(g) | b*(g)"),
    ("title:a|b 1945|1946", "title:a*(g) | b*(g) & <1945> | <1946>"),
    ("\"a b\"|c", "a+b() | c*(g)"),
    // Whole values.
    ("box:=7", "box:^7$() | [Box]:^7$()"),
    ("title:=\"a b\"", "title:^a+b$()"),
    ("title:=\"a b", "title:^a+b*()"),
    ("title:(=\"a b\" | =\"c\")", "title:^a+b$() | title:^c$()"),
    ("=\"a b\"", "^a+b$()"),
    ("-title:=\"a\"", "!title:^a$()"),
    // A number is whole if it can be, and begins others with a star.
    ("12", "12#(g)"),
    ("12*", "12*(g)"),
    ("box:2* soong*", "box:2*(g) | [Box]:2*(g) & soong*(ig)"),
    ("\"cable no* 3\"", "cable+no*+3()"),
    ("\"no 3", "no+3#()"),
    // Words near each other.
    ("\"soong stalin\"~5 a", "soong~5~stalin() & a*(g)"),
    ("\"soong stalin\"~", "soong~5~stalin()"),
    ("title:\"a b\"~2$|c", "title:a~2~b$() | c*(g)"),
    // A month apart from its year may be a word or a date.
    ("1945 july", "<1945> & july*(ig) | <july 1945>"),
    ("july soong 1945", "july*(ig) | <july 1945> & soong*(ig) & <1945>"),
    ("(july | august) 1945", "<july 1945> | <august 1945> & <1945>"),
    ("july | August 1945 soong", "<july 1945> | <August 1945> & soong*(ig)"),
    ("between 1943 AND 1945 AND soong", "<between 1943 AND 1945> & soong*(ig)"),
    ("between AND 1945", "between*(ig) & <1945>"),
    ("from 1943", "<from 1943>"),
    ("letter from 1943", "letter*(ig) & from*(ig) & <1943>"),
    ("july soong", "july*(ig) & soong*(ig)"),
    ("july soong -1945", "july*(ig) & soong*(ig) & !<1945>"),
    ("july soong 1943..1945", "july*(ig) & soong*(ig) & <1943..1945>"),
    ("title:july soong 1945", "title:july*(ig) & soong*(ig) & <1945>"),
    ("file:a", "from:a*(g)"),
    ("!soong -mao", "!soong*(i) & !mao*(i)"),
    ("'soong", "soong()"),
    ("^soong", "^soong*(g)"),
    ("soong$", "soong$(g)"),
    ("^soong$", "^soong$(g)"),
    ("~soong", "soong*(iG)"),
    ("!~soong", "!soong*(i)"),
    ("\"t.v. soong\"", "t+v+soong()"),
    ("\"t.v. soo", "t+v+soo*()"),
    ("\"soong\"mao", "soong() & mao*(ig)"),
    ("\"soong\"$ mao", "soong$() & mao*(ig)"),
    ("“t.v. soong” ‘mao", "t+v+soong() & mao()"),
    ("\"a | b\"", "a+b()"),
    ("t.v.", "t+v*(g)"),
    ("rola-zymierski", "rola+zymierski*(g)"),
    ("Żymierski’s", "zymierski+s*(g)"),
    ("title:soong", "title:soong*(ig)"),
    ("t:soong s:mao p:liu n:x", "title:soong*(ig) & summary:mao*(ig) & name:liu*(ig) & name:x*(g)"),
    ("person:x people:x name:x", "name:x*(g) & name:x*(g) & name:x*(g)"),
    (
        "creator:x author:x SENDER:x cr:x au:x",
        "creator:x*(g) & creator:x*(g) & creator:x*(g) & creator:x*(g) & creator:x*(g)",
    ),
    (
        "recipient:x contributor:x con:x contributor_r:x role:x mentioned:x m:x",
        "recipient:x*(g) & contributor:x*(g) & contributor:x*(g) & contributor_role:x*(g) & \
         contributor_role:x*(g) & people:x*(g) & people:x*(g)",
    ),
    (
        "repository:x series:x ser:x reference_code:x archive_place:x pref:x",
        "repository:x*(g) & series:x*(g) & series:x*(g) & reference_code:x*(g) & \
         archive_place:x*(g) & preferred_citation:x*(g)",
    ),
    ("re:x soong se:\"a b\" rec:x", "soong*(ig) & recipient:x*(g)"),
    ("f:x fo:x from:x", "[folder number]:x*(g) & [folder number]:x*(g) & from:x*(g)"),
    ("pl:x su:x so:x subj:x", "places:x*(g) & summary:x*(g) & source:x*(g) & subjects:x*(g)"),
    (
        "i:12a c:x l:x r:x u:x",
        "id:12a*(ig) & collection:x*(g) & language:x*(g) & rights:x*(g) & url:x*(g)",
    ),
    ("box:7 FOLDER:x x.y:z", "box:7#(g) | [Box]:7#(g) & folder:x*(g) & [x.y]:z*(g)"),
    // A name is found by its last part, without case, under all names that it has.
    ("y:z SHELF:1", "[x.y]:z*(g) & [Shelf, loc.shelf, a:SHELF]:1#(g) | container:1#(g)"),
    // The beginning of several names.
    ("bo:9 boxn:9", "[boxnumber]:9#(g)"),
    // No field, and no name of one.
    ("foo:bar soong", "soong*(ig)"),
    ("title:foo:bar", "title:foo+bar*(g)"),
    ("Sofia: x Moscow: 1945", "sofia*(ig) & x*(g) & moscow*(ig) & <1945>"),
    ("year:1958", "<year:1958>"),
    ("subt:x su:x sub:x", "[subtitle]:x*(g) & summary:x*(g) & [sub]:x*(g)"),
    ("http://x.org", "http+x+org*(g)"),
    ("title:\"a phrase\"", "title:a+phrase()"),
    ("!title:soong title:!mao", "!title:soong*(i) & !title:mao*(i)"),
    ("^title:soong title:^mao$", "title:^soong*(g) & title:^mao$(g)"),
    ("title:id:x", "title:id+x*(g)"),
    ("1945", "<1945>"),
    ("soong 1945 | 1946", "soong*(ig) & <1945> | <1946>"),
    ("-1945 !1946", "!<1945> & !<1946>"),
    ("'1945 \"1945\" ^1945", "1945() & 1945() & ^1945#(g)"),
    ("!date:1945", "!<date:1945>"),
    ("-undated", "!<undated>"),
    ("July 1945 soong", "<July 1945> & soong*(ig)"),
    ("soong 1943..1945 | before 1940", "soong*(ig) & <1943..1945> | <before 1940>"),
    ("=1945-07 \u{2212}1943", "<=1945-07> & !<\u{2212}1943>"),
    ("date:12 July 1945 soong", "<date:12 July 1945> & soong*(ig)"),
    ("date:-0044", "<date:-0044>"),
    ("3355 12:30", "3355#(ig) & 12+30#(g)"),
    ("$ soong", "soong*(ig)"),
    ("- 1945", "<1945>"),
    ("soong | - mao", "soong*(ig) | mao*(ig)"),
    ("Stalin – Soong", "stalin*(ig) & soong*(ig)"),
    ("date: 1945", "<date: 1945>"),
    ("date:after soong", "soong*(ig)"),
];

/// What is wrong with a filter, as sentences.
fn errors(query: &Query) -> Vec<String> {
    query.errors.iter().map(ToString::to_string).collect()
}

#[test]
fn filters_parse_to_the_expected_terms() {
    for (text, expected) in FILTERS {
        assert_eq!(render_query(&parse(text, &own_field_names())), *expected, "{text:?}");
    }
}

#[test]
fn term_without_letters_is_ignored_with_a_message() {
    for text in ["-", "!", "\"", "^", "'", "~", "☭", "...", "title:", "box:\"\"", "date:", "$"] {
        let query = parse(text, &own_field_names());
        let messages: Vec<String> =
            query.errors.iter().chain(&query.ignored).map(ToString::to_string).collect();
        assert_eq!((query.groups.len(), messages.len()), (0, 1), "{text:?} {messages:?}");
        assert!(messages[0].contains(text), "{text:?} {messages:?}");
    }
}

#[test]
fn operators_need_their_operands() {
    for (text, operator, side) in [
        ("NOT", "NOT", "behind it"),
        ("mill NOT", "NOT", "behind it"),
        ("NOT OR mill", "NOT", "behind it"),
        ("(mill NOT) river", "NOT", "behind it"),
        ("mill OR", "OR", "on both sides"),
        ("OR mill", "OR", "on both sides"),
        ("mill OR OR river", "OR", "on both sides"),
        ("(mill OR ) river", "OR", "on both sides"),
        ("mill AND", "AND", "on both sides"),
        ("AND mill", "AND", "on both sides"),
        ("mill OR AND river", "AND", "on both sides"),
        ("|", "|", "on both sides"),
        ("mill |", "|", "on both sides"),
        ("mill | OR river", "|", "on both sides"),
        ("(", "(", "behind it"),
        ("mill ()", "(", "behind it"),
        ("title:(", "(", "behind it"),
    ] {
        let expected = format!("“{operator}” needs a word {side}");
        assert_eq!(errors(&parse(text, &[])), [expected], "{text}");
    }
    for text in
        ["mill || river", "| mill", "mill | NOT river", "NOT (mill OR NOT river)", "a AND b AND c"]
    {
        assert_eq!(errors(&parse(text, &[])), [""; 0], "{text}");
    }
}

#[test]
fn ranges_that_end_before_they_begin_are_errors_with_the_other_way_round() {
    for (text, typed, turned) in [
        ("1990..1945", "1990..1945", "1945..1990"),
        ("date:1990..1945", "1990..1945", "1945..1990"),
        ("date:=1990..1945", "=1990..1945", "1945..1990"),
        ("date:\"1990..1945\"", "1990..1945", "1945..1990"),
        ("1945-1943", "1945-1943", "1943-1945"),
        ("1945–1943", "1945–1943", "1943–1945"),
        ("1945 - 1943", "1945 - 1943", "1943 - 1945"),
        ("date:1945/1943", "1945/1943", "1943/1945"),
        ("from 1945 to 1943", "from 1945 to 1943", "from 1943 to 1945"),
        ("between 1945 and 1943", "between 1945 and 1943", "between 1943 and 1945"),
        ("von 1945 bis 1943", "von 1945 bis 1943", "von 1943 bis 1945"),
        ("July 1950 to May 1949", "July 1950 to May 1949", "May 1949 to July 1950"),
        ("1945-07-12..1945-07-01", "1945-07-12..1945-07-01", "1945-07-01..1945-07-12"),
        ("mill | 1990..1945", "1990..1945", "1945..1990"),
        ("-1990..1945", "1990..1945", "1945..1990"),
    ] {
        let expected = format!("“{typed}” ends before it begins: try {turned}");
        assert_eq!(errors(&parse(text, &[])), [expected], "{text}");
    }
    // Each may still become a range that ends behind its beginning, or is no range.
    for text in [
        "1943..1",
        "1943..194",
        "1943..45",
        "1943-4",
        "1943-07",
        "1945-07-12",
        "12.07.1945",
        "1990..",
        "..1945",
        "1958-9",
        "1945..1945",
        "1945-07..1945",
        "July 1945 to",
        "from 1945 to 19",
    ] {
        assert_eq!(errors(&parse(text, &[])), [""; 0], "{text}");
    }
}

#[test]
fn unknown_fields_are_errors_with_the_nearest_names() {
    const ERRORS: &[(&str, &str)] = &[
        ("foo:bar", "there is no field “foo:”: put the words in quotes"),
        ("tilte:x", "there is no field “tilte:”: try “title:”, or put the words in quotes"),
        (
            "orla.title:x",
            "there is no field “orla.title:”: try “title:”, or put the words in quotes",
        ),
        ("-Auhtor:x", "there is no field “Auhtor:”: try “author:”, or put the words in quotes"),
        (
            "shelfmrak:3",
            "there is no field “shelfmrak:”: try “shelfmark:”, or put the words in quotes",
        ),
        ("bo:9", "“bo:” begins box and boxnumber: type more of the name"),
        ("is:markd", "“is:markd” is ignored: try is:marked, is:noted or is:doubtful"),
        ("title:", "“title:” needs a word"),
    ];
    for (text, expected) in ERRORS {
        assert_eq!(errors(&parse(text, &own_field_names())), [*expected], "{text}");
    }
    for text in ["12:30", "https://x.org/a", "\"foo:bar\"", "Moscow: letters", "3:16", "::", "foo:"]
    {
        assert_eq!(errors(&parse(text, &own_field_names())), [""; 0], "{text}");
    }
}

/// In quadratic time this would take minutes.
#[test]
fn long_filters_are_parsed_in_linear_time() {
    assert_eq!(parse(&"\"".repeat(200_000), &[]).terms().count(), 0);
    assert_eq!(parse(&"word ".repeat(20_000), &[]).terms().count(), 20_000);
    assert_eq!(parse(&"a|".repeat(50_000), &[]).terms().count(), 50_000);
    assert_eq!(parse(&"a=".repeat(50_000), &[]).terms().count(), 1);
    assert_eq!(parse(&"july ".repeat(500), &[]).terms().count(), 500);
}

#[test]
fn terms_of_a_filter_are_bounded_by_the_memory_that_they_take() {
    let limited = |terms: usize, records: usize| {
        let words: Vec<String> = (0..terms).map(|number| format!("w{number}x")).collect();
        let mut query = parse(&words.join(" "), &[]);
        query.limit_terms(records);
        (query.terms().count(), errors(&query))
    };
    assert_eq!(limited(20_000, 6_000), (20_000, Vec::new()));
    assert_eq!(limited(134, 1_000_000), (134, Vec::new()));
    let message = "over 1000000 records a filter has at most 134 terms: the others are ignored";
    assert_eq!(limited(135, 1_000_000), (134, vec![message.to_owned()]));
    assert_eq!(limited(20_000, 1_000_000), (134, vec![message.to_owned()]));
    // A filter that a person types is never cut.
    assert_eq!(limited(64, usize::MAX), (64, Vec::new()));
}

#[test]
fn repeated_terms_of_a_long_filter_are_searched_for_once() {
    for (filter, expected) in [
        ("a b a c ".repeat(40), 3),
        ("mill -mill title:mill ".repeat(40), 3),
        ("a|b|a ".repeat(40), 80),
        ("a ".repeat(64), 64),
    ] {
        let mut query = parse(&filter, &[]);
        query.limit_terms(1_000);
        assert_eq!((query.terms().count(), errors(&query).len()), (expected, 0), "{filter}");
    }
}

#[test]
fn name_of_another_program_is_that_of_its_last_part() {
    for (other, known) in [
        ("container.box:12", "box:12"),
        ("dc.title:cable", "title:cable"),
        ("dcterms.date:1945", "date:1945"),
    ] {
        let render = |text: &str| render_query(&parse(text, &[])).replace(other, known);
        assert_eq!(render(other), render(known));
    }
    // A field of the files counts more.
    let own = [OwnName::from("container.box")];
    assert!(render_query(&parse("container.box:12", &own)).starts_with("[container.box]:"));
}

/// Filters of words, dates, names of fields, operators and brackets in any order.
fn filter_text() -> impl Strategy<Value = String> {
    const PARTS: [&str; 32] = [
        "july",
        "a|b",
        "title:=\"a b\"",
        "\"a b\"~3",
        "7*",
        "from 1943 to 194",
        "soong",
        "a",
        "may",
        "1945",
        "July 1945",
        "12",
        "12.7.1945",
        "undated",
        "before 1950",
        "\"outer mongolia\"",
        "title:a",
        "note:b",
        "Box:7",
        "date:194",
        "is:marked",
        "-c",
        "!1945",
        "^d",
        "|",
        "OR",
        "AND",
        "NOT",
        "(",
        ")",
        "title:(",
        "-(",
    ];
    prop::collection::vec(prop::sample::select(&PARTS[..]), 0..9).prop_map(|parts| parts.join(" "))
}

proptest! {
    #[test]
    fn parsing_never_fails_and_keeps_every_word(text in "[a-c!'^~\"$:|. -]{0,24}|.{0,30}") {
        let query = parse(&text, &own_field_names());
        for term in query.terms() {
            prop_assert!(text.contains(&term.text) || text.contains('('));
            if let Clause::Words(words) = &term.clause {
                prop_assert!(!words.words.is_empty());
            }
        }
    }

    #[test]
    fn filter_is_printed_as_text_with_the_same_tree(text in filter_text()) {
        let query = parse(&text, &own_field_names());
        let printed = query.to_string();
        let again = parse(&printed, &own_field_names());
        prop_assert_eq!(render_query(&again), render_query(&query), "{:?} is {:?}", text, printed);
    }

    #[test]
    fn each_plain_word_is_a_term(words in prop::collection::vec("[b-z]{1,8}", 0..6)) {
        let query = parse(&words.join(" "), &[]);
        let dates = query.terms().filter(|term| matches!(term.clause, Clause::Date(_))).count();
        prop_assume!(dates == 0);
        let texts: Vec<&str> = query.terms().map(|term| term.text.as_str()).collect();
        prop_assert_eq!(texts, words);
        prop_assert!(query.ignored.is_empty());
    }
}

#[test]
fn words_too_long_for_a_date_and_brackets_too_many_end() {
    let long = "x".repeat(70);
    for filter in [
        format!("date:({long})"),
        format!("date:({long}"),
        format!("date:(O919{}50)", "-".repeat(90)),
        format!("date:({long} 1945)"),
        format!("date:{}1945", "(".repeat(50)),
        format!("date:(1945 {}", "(".repeat(50)),
        format!("date:(1945 | {long} | {long})"),
        format!("year:(-{long} OR {long})"),
    ] {
        let query = parse(&filter, &[]);
        assert!(!query.errors.is_empty() || !query.ignored.is_empty(), "{filter}");
    }
    let year = parse(&format!("date:({long} 1945)"), &[]);
    assert_eq!(year.groups, parse("date:(1945)", &[]).groups, "the year counts");
}
