//! The vocabulary of the generated archive.

/// Words of running text, the most frequent ones first.
#[rustfmt::skip]
pub(super) const COMMON_WORDS: &[&str] = &[
    "the", "of", "and", "to", "in", "that", "for", "with", "on", "by", "is", "was", "be", "as",
    "from", "his", "has", "have", "this", "will", "not", "are", "which", "at", "government",
    "Soviet", "it", "an", "had", "would", "United", "States", "he", "were", "their", "been", "they",
    "but", "its", "also", "should", "more", "party", "political", "President", "Minister",
    "Foreign", "discussed", "relations", "about", "military", "between", "than", "other", "policy",
    "situation", "after", "all", "report", "Chinese", "states", "new", "one", "could", "if", "when",
    "said", "Ambassador", "two", "there", "meeting", "against", "no", "may", "question", "economic",
    "countries", "or", "time", "our", "we", "over", "support", "forces", "nuclear", "position",
    "country", "visit", "agreement", "made", "during", "only", "up", "embassy", "people",
    "national", "war", "security", "such", "any", "out", "some", "present", "under", "Department",
    "treaty", "Committee", "possible", "continue", "future", "issue", "aid", "into", "who", "most",
    "troops", "border", "peace", "central", "delegation", "these", "very", "discusses", "describes",
    "talks", "American", "first", "Korean", "North", "South", "problem", "conference",
    "negotiations", "trade", "weapons", "regarding", "leaders", "officials", "including", "part",
    "being", "his", "note", "secretary", "asks", "informs", "reports", "view", "views", "believes",
    "concerning", "general", "conversation", "development", "union", "assistance", "ministry",
    "affairs", "council", "leadership", "communist", "crisis", "influence", "cooperation",
    "independence", "revolution", "alliance", "interests", "statement", "response", "proposed",
    "efforts", "plans", "military", "withdrawal", "recognition", "territory", "sovereignty",
    "exchange", "information", "press", "army", "navy", "frontier", "consul", "dispatch",
    "instructions", "correspondence", "memorandum", "telegram", "cable", "letter", "draft",
    "minutes", "protocol", "resolution", "speech", "summary", "intelligence", "armistice",
    "blockade", "boundary", "candidate", "ceasefire", "charter", "claims", "coalition", "colonial",
    "commerce", "commission", "compromise", "concessions", "conflict", "congress", "consultations",
    "control", "convention", "coup", "credits", "debt", "declaration", "defence", "delegates",
    "demands", "democracy", "deployment", "diplomatic", "disarmament", "dispute", "doctrine",
    "elections", "embargo", "envoy", "equipment", "evacuation", "exports", "faction", "famine",
    "fishery", "fleet", "garrison", "grain", "guarantee", "guerrilla", "harbour", "hostilities",
    "imports", "inspection", "intervention", "invasion", "inquiry", "journalists", "junta",
    "kingdom", "labour", "legation", "liberation", "loan", "mandate", "mediation", "merchant",
    "missile", "mission", "mobilization", "monarchy", "movement", "neutrality", "occupation",
    "offensive", "oil", "opposition", "parliament", "partition", "passports", "patriarch",
    "peasants", "plebiscite", "prisoners", "propaganda", "provinces", "railway", "rebellion",
    "reconstruction", "refugees", "regime", "reparations", "republic", "reunification", "sanctions",
    "satellite", "secession", "settlement", "shipping", "socialist", "strait", "strategy", "strike",
    "succession", "summit", "surrender", "tariff", "testimony", "trusteeship", "truce", "ultimatum",
    "unification", "uprising", "vessel", "veto", "warships", "workers", "zone",
];

/// Well-known people, each with its frequency per million people.
pub(super) const FAMOUS_PEOPLE: &[(&str, usize)] = &[
    ("Joseph Stalin", 4500),
    ("Mao Zedong", 7000),
    ("Nikita Khrushchev", 6000),
    ("Zhou Enlai", 5500),
    ("Kim Il Sung", 9000),
    ("John Foster Dulles", 5000),
    ("Harry Truman", 4000),
    ("Dean Acheson", 3500),
    ("Vyacheslav Molotov", 3500),
    ("Winston Churchill", 3000),
    ("Chiang Kai-shek", 2500),
    ("Ho Chi Minh", 2500),
    ("Josip Broz Tito", 2200),
    ("Konrad Adenauer", 2000),
    ("Walter Ulbricht", 1800),
    ("Władysław Gomułka", 1700),
    ("Fidel Castro", 1600),
    ("János Kádár", 1500),
    ("Enver Hoxha", 1400),
    ("Nicolae Ceaușescu", 1300),
    ("William Seward", 1200),
    ("Charles Francis Adams", 1100),
    ("Averell Harriman", 1000),
    ("Georgi Dimitrov", 900),
    ("Andrei Gromyko", 850),
    ("Anastas Mikoyan", 800),
    ("Liu Shaoqi", 750),
    ("Otto von Bismarck", 700),
    ("Gamal Abdel Nasser", 650),
    ("Jawaharlal Nehru", 600),
    ("Leonid Brezhnev", 550),
    ("Todor Zhivkov", 500),
    ("Deng Xiaoping", 450),
    ("Pak Hon-yong", 400),
    ("T. V. Soong", 330),
    ("Michał Rola-Żymierski", 300),
    ("Klement Gottwald", 250),
    ("Mátyás Rákosi", 220),
    ("Süleyman Demirel", 200),
    ("Émile Ollivier", 150),
    ("Søren Ødegård", 100),
    ("Đặng Văn Việt", 80),
];

/// Places, the most frequent ones first.
#[rustfmt::skip]
pub(super) const PLACES: &[&str] = &[
    "Washington", "Moscow", "Beijing", "London", "Paris", "Berlin", "Seoul", "Pyongyang", "Korea",
    "Vietnam", "Hanoi", "Cuba", "Havana", "Warsaw", "Budapest", "Prague", "Belgrade", "Bucharest",
    "Sofia", "Tirana", "Tokyo", "Taiwan", "Hong Kong", "Manchuria", "Outer Mongolia", "Xinjiang",
    "Port Arthur", "Dalian", "Tehran", "Ankara", "Cairo", "New Delhi", "Karachi", "Jakarta",
    "Rangoon", "Bangkok", "Geneva", "Vienna", "Rome", "Madrid", "Lisbon", "Łódź", "Kraków",
    "Gdańsk", "Reykjavík", "København", "Göteborg", "Zürich", "São Paulo", "Brasília", "México",
    "Panamá", "Vladivostok", "Khabarovsk", "Yalta", "Potsdam", "Trieste", "Suez", "Congo", "Angola",
];

/// The subjects of documents.
pub(super) const SUBJECTS: [&str; 16] = [
    "Sino-Soviet Relations",
    "Nuclear Weapons",
    "Foreign Trade",
    "Prisoners of War",
    "Border Disputes",
    "Economic Aid",
    "Korean War, 1950-1953",
    "Berlin Crisis",
    "Arms Control",
    "Decolonization",
    "Fisheries",
    "Extradition",
    "Civil War",
    "Railways",
    "Refugees",
    "Public Opinion",
];

/// Phrases at the end of a sentence.
pub(super) const CLOSING_PHRASES: [&str; 8] = [
    "in light of the proposed treaty of alliance",
    "at the Ministry of Foreign Affairs",
    "on behalf of the Central Committee",
    "as reported on 7 January 1947",
    "despite “serious objections”",
    "in the presence of the Ambassador",
    "for the time being",
    "since the end of the war",
];

/// The syllables of generated words.
#[rustfmt::skip]
pub(super) const SYLLABLES: [&str; 72] = [
    "ka", "ro", "vin", "sta", "mel", "tor", "li", "gra", "po", "sen", "dur", "ha", "mi", "zel",
    "bo", "ran", "ti", "ver", "ol", "kum", "da", "nis", "fe", "lar", "ko", "shi", "mar", "ul", "pe",
    "gon", "ba", "rik", "su", "ten", "vo", "ja", "lem", "ni", "char", "wo", "rin", "ge", "mos",
    "tal", "ei", "dro", "hu", "pan", "ći", "łu", "sö", "né", "rü", "šta", "ber", "ki", "lo", "wen",
    "ar", "to", "gis", "fra", "qui", "nor", "el", "zu", "mun", "dy", "sko", "ev", "ian", "ow",
];
