//! The filter language: what is typed, and what it is read as.

use fonds::query::{Clause, Guessing, Phrase, Query, Scope, parse};
use proptest::prelude::*;

/// A filter in one line: terms with their words, those that may go on marked by a star, and what
/// else may be looser in brackets: `i`nside, `g`uess, `G`uess always.
fn shown(query: &Query) -> String {
    let groups = query.groups.iter().map(|group| {
        let terms = group.iter().map(|term| {
            let no = if term.negated { "!" } else { "" };
            match &term.wish {
                Clause::Words(words) => format!("{no}{}", words_shown(words)),
                Clause::Note(words) => format!("{no}note:{}", words_shown(words)),
                Clause::From(words) => format!("{no}from:{}", words_shown(words)),
                Clause::Marked => format!("{no}is:marked"),
                Clause::Noted => format!("{no}is:noted"),
                Clause::Date(_) => format!("{no}<{}>", term.text.trim_start_matches(['!', '-'])),
            }
        });
        terms.collect::<Vec<_>>().join(" | ")
    });
    groups.collect::<Vec<_>>().join(" & ")
}

/// The words of a term.
fn words_shown(words: &Phrase) -> String {
    let name = match &words.scope {
        Scope::Bare => String::new(),
        Scope::Known(field) => format!("{}:", field.key()),
        Scope::Own(name) => format!("[{name}]:"),
    };
    let letters = words.words.iter().map(|word| {
        let more = if word.beginning { "*" } else { "" };
        format!("{}{more}", word.letters)
    });
    let looser = [
        (words.inside, 'i'),
        (words.guessing == Guessing::WhereNeeded, 'g'),
        (words.guessing == Guessing::Always, 'G'),
    ];
    let looser: String = looser.iter().filter(|(is, _)| *is).map(|(_, letter)| letter).collect();
    let start = if words.at_start { "^" } else { "" };
    let end = if words.at_end { "$" } else { "" };
    format!("{name}{start}{}{end}({looser})", letters.collect::<Vec<_>>().join("+"))
}

/// The names of fields of a file.
fn own() -> Vec<String> {
    ["boxnumber", "Box", "folder number", "subtitle", "x.y", "sub"].map(str::to_owned).to_vec()
}

/// What is typed, and what it is read as.
const FILTERS: &[(&str, &str)] = &[
    ("", ""),
    ("soong", "soong*(ig)"),
    ("  Soong   STALIN ", "soong*(ig) & stalin*(ig)"),
    ("so", "so*(g)"),
    ("soong | stalin mao", "soong*(ig) | stalin*(ig) & mao*(ig)"),
    ("a b | c | d e", "a*(g) & b*(g) | c*(g) | d*(g) & e*(g)"),
    ("| soong |", "soong*(ig)"),
    ("a|b", "a+b*(g)"),
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
    (
        "t:soong s:mao p:liu n:x",
        "title:soong*(ig) & summary:mao*(ig) & people:liu*(ig) & people:x*(g)",
    ),
    ("person:x people:x name:x", "people:x*(g) & people:x*(g) & people:x*(g)"),
    ("pl:x su:x so:x subj:x", "places:x*(g) & summary:x*(g) & source:x*(g) & subjects:x*(g)"),
    (
        "i:12a c:x l:x r:x u:x",
        "id:12a*(ig) & collection:x*(g) & language:x*(g) & rights:x*(g) & url:x*(g)",
    ),
    ("box:7 FOLDER:x x.y:z", "[Box]:7*(g) & [folder number]:x*(g) & [x.y]:z*(g)"),
    ("bo:9 boxn:9", "[boxnumber]:9*(g) & [boxnumber]:9*(g)"),
    ("subt:x su:x sub:x", "[subtitle]:x*(g) & summary:x*(g) & [sub]:x*(g)"),
    ("http://x.org", "http+x+org*(g)"),
    ("title:\"a phrase\"", "title:a+phrase()"),
    ("!title:soong title:!mao", "!title:soong*(i) & !title:mao*(i)"),
    ("^title:soong title:^mao$", "title:^soong*(g) & title:^mao$(g)"),
    ("title:id:x", "title:id+x*(g)"),
    ("1945", "<1945>"),
    ("soong 1945 | 1946", "soong*(ig) & <1945> | <1946>"),
    ("-1945 !1946", "!<1945> & !<1946>"),
    ("'1945 \"1945\" ^1945", "1945() & 1945() & ^1945*(g)"),
    ("!date:1945", "!<date:1945>"),
    ("-undated", "!<undated>"),
    ("July 1945 soong", "<July 1945> & soong*(ig)"),
    ("soong 1943..1945 | before 1940", "soong*(ig) & <1943..1945> | <before 1940>"),
    ("=1945-07 \u{2212}1943", "<=1945-07> & !<\u{2212}1943>"),
    ("date:12 July 1945 soong", "<date:12 July 1945> & soong*(ig)"),
    ("date:-0044", "<date:-0044>"),
    ("3355 12:30", "3355*(ig) & 12+30*(g)"),
    ("$ soong", "soong*(ig)"),
    ("- 1945", "<1945>"),
    ("soong | - mao", "soong*(ig) | mao*(ig)"),
    ("Stalin – Soong", "stalin*(ig) & soong*(ig)"),
    ("date: 1945", "<1945>"),
    ("date:after soong", "soong*(ig)"),
];

#[test]
fn terms_are_read_as_they_are_typed() {
    for (text, expected) in FILTERS {
        assert_eq!(shown(&parse(text, &own())), *expected, "{text:?}");
    }
}

#[test]
fn what_has_no_letter_is_passed_over_with_a_hint() {
    for text in ["-", "!", "\"", "^", "'", "~", "☭", "...", "title:", "box:\"\"", "date:", "$"] {
        let query = parse(text, &own());
        assert_eq!((query.groups.len(), query.hints.len()), (0, 1), "{text:?} {:?}", query.hints);
        assert!(query.hints[0].contains(text), "{text:?} {:?}", query.hints);
    }
}

proptest! {
    #[test]
    fn reading_never_fails_and_loses_no_word(text in "[a-c!'^~\"$:|. -]{0,24}|.{0,30}") {
        let query = parse(&text, &own());
        for term in query.terms() {
            prop_assert!(text.contains(&term.text));
            if let Clause::Words(words) = &term.wish {
                prop_assert!(!words.words.is_empty());
            }
        }
    }

    #[test]
    fn each_plain_word_is_a_term(words in prop::collection::vec("[b-z]{1,8}", 0..6)) {
        let query = parse(&words.join(" "), &[]);
        let dates = query.terms().filter(|term| matches!(term.wish, Clause::Date(_))).count();
        prop_assume!(dates == 0);
        let texts: Vec<&str> = query.terms().map(|term| term.text.as_str()).collect();
        prop_assert_eq!(texts, words);
        prop_assert!(query.hints.is_empty());
    }
}
