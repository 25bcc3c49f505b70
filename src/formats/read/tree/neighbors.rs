//! Decides on names again by those beside them: a language among languages, a begin that is another thing's.

use std::collections::{HashMap, HashSet};

use super::leaves::{Leaf, Owner};
use super::mapping::{Meaning, NameStats, OTHER_THING_RANK};
use super::words;
use crate::formats::field_names::fold::fold_name;
use crate::formats::field_names::languages::{self, other_side};
use crate::formats::field_names::{
    DateInData, DateKind, FieldTarget, are_one_body, date_kind, is_creation_date, is_document_date,
    is_earlier_date, is_known, is_like_name, is_recent, is_recent_day, is_recent_moment,
    is_unsure_date, known_names, signer_in, which_give_way,
};
use crate::formats::read::date_codes::{DateName, MAX_NAMES, find_pair, is_date_text};
use crate::formats::read::other_spans::are_mostly_of_others;
use crate::record::Field;

/// Gives names of ids their second meaning where another name is that of the id: the `unitid` beside an `id`
/// is a reference code.
pub(super) fn give_second_meanings(stats: &[NameStats<'_>], decided: &mut [Option<Meaning>]) {
    let id = FieldTarget::Field(Field::Id);
    let reference = FieldTarget::Field(Field::ReferenceCode);
    let is_id = |it: &Meaning| it.target == id;
    let ranks = decided.iter().flatten().filter(|it| is_id(it));
    let Some(best) = ranks.map(|meaning| meaning.rank).min() else { return };
    let seconds: Vec<Option<Meaning>> = stats
        .iter()
        .zip(decided.iter())
        .map(|(stats, meaning)| {
            let second = stats.meaning(Some(id)).filter(|second| second.target != id);
            second.filter(|_| meaning.is_some_and(|it| is_id(&it)))
        })
        .collect();
    // The key of a system is the id, and the number that the archive gave is the reference code.
    let keys = decided.iter().zip(&seconds).zip(stats);
    let has_key = keys.into_iter().any(|((meaning, second), stats)| {
        meaning.is_some_and(|it| is_id(&it)) && second.is_none() && stats.is_of_keys()
    });
    for (meaning, second) in decided.iter_mut().zip(seconds) {
        let gives_way = meaning.is_some_and(|it| it.rank > best);
        let is_reference = second.is_some_and(|it| it.target == reference);
        if gives_way || (has_key && is_reference) {
            *meaning = second.or(*meaning);
        }
    }
}

/// The names that stand in one object.
#[derive(Default)]
struct Siblings<'l> {
    /// Those that are languages and nothing else.
    languages: Vec<&'l str>,
    /// What the names mean.
    targets: HashSet<FieldTarget>,
    /// What those mean that are names of a side of a letter.
    sides: HashSet<FieldTarget>,
}

/// Takes the meaning of names that are languages, and of words for a direction that stand in no letter.
pub(super) fn drop_languages(stats: &[NameStats<'_>], decided: &mut [Option<Meaning>]) {
    let mut siblings: HashMap<&str, Siblings<'_>> = HashMap::new();
    for (stats, meaning) in stats.iter().zip(&*decided) {
        let key = &*stats.leaf.key;
        let among = siblings.entry(outer_name(stats.leaf)).or_default();
        among.languages.extend(languages::is_language_only(key).then_some(key));
        // Only these have another side.
        let Some(target) = meaning.map(|it| it.target).filter(|it| other_side(*it).is_some())
        else {
            continue;
        };
        among.targets.insert(target);
        if languages::is_side_of_letter(key) {
            among.sides.insert(target);
        }
    }
    for (stat, meaning) in stats.iter().zip(decided) {
        let Some(target) = meaning.map(|meaning| meaning.target) else { continue };
        let key = &*stat.leaf.key;
        if !languages::is_code(key) && !languages::is_direction(key) {
            continue;
        }
        let Some(other) = other_side(target) else { continue };
        let Some(among) = siblings.get(outer_name(stat.leaf)) else { continue };
        let is_language =
            languages::is_code(key) && among.languages.iter().any(|other| *other != key);
        let needs_side = languages::needs_other_direction(key);
        let others = if needs_side { &among.sides } else { &among.targets };
        let has_other_side = others.contains(&other);
        let is_in_letter = stat.leaf.parent.as_deref().is_none_or(languages::is_letter);
        let is_astray = languages::is_direction(key) && !is_in_letter;
        let is_doubtful =
            languages::is_doubtful_role(key, has_other_side, stat.are_mostly(is_like_name));
        meaning.take_if(|_| (is_language && !has_other_side) || is_astray || is_doubtful);
    }
}

/// Takes the meaning of begins and ends that are the years of another thing than the date beside them.
pub(super) fn drop_spans_of_others(
    records: &[Vec<Leaf<'_>>],
    stats: &[NameStats<'_>],
    decided: &mut [Option<Meaning>],
) {
    let surest = |target: FieldTarget| {
        let named = stats.iter().zip(decided.iter());
        let of_target = named.filter(|(_, meaning)| meaning.is_some_and(|it| it.target == target));
        let surest = of_target.min_by_key(|(_, meaning)| meaning.map(|it| it.rank));
        surest.map(|(stats, _)| &*stats.leaf.name)
    };
    let Some(date) = surest(FieldTarget::Date) else { return };
    let [begin, end] = [FieldTarget::Begin, FieldTarget::End].map(surest);
    if begin.is_none() && end.is_none() {
        return;
    }
    let text_under = |record: &'_ [Leaf<'_>], name: Option<&str>| -> Option<String> {
        let leaf = record.iter().find(|leaf| Some(&*leaf.name) == name)?;
        Some(leaf.text.trim().to_owned())
    };
    let dates: Vec<_> = records
        .iter()
        .filter_map(|record| {
            let date = text_under(record, Some(date))?;
            Some((date, text_under(record, begin), text_under(record, end)))
        })
        .collect();
    let dates = dates.iter().map(|(date, begin, end)| (&**date, begin.as_deref(), end.as_deref()));
    if are_mostly_of_others(dates) {
        let is_span =
            |it: &mut Meaning| [FieldTarget::Begin, FieldTarget::End].contains(&it.target);
        for meaning in decided {
            meaning.take_if(is_span);
        }
    }
}

/// Makes a date for machines the code of the date as it is written, where a file has both for the same days.
pub(super) fn pair_date_with_code(
    records: &[Vec<Leaf<'_>>],
    stats: &[NameStats<'_>],
    decided: &mut [Option<Meaning>],
) {
    use FieldTarget::{Begin, Date, DateCode, End};
    if decided.iter().flatten().any(|it| [Begin, End, DateCode].contains(&it.target)) {
        return;
    }
    let text_under = |record: &'_ [Leaf<'_>], name: &str| -> Option<usize> {
        record.iter().position(|leaf| leaf.name == name)
    };
    let mut left = MAX_NAMES;
    let names = stats.iter().zip(decided.iter()).map(|(stats, meaning)| {
        let is_date = meaning.is_some_and(|it| it.target == Date);
        let may_be = left > 0 && meaning.is_none_or(|it| it.target == Date);
        let texts = || {
            let of_record = |record: &'_ Vec<Leaf<'_>>| text_under(record, &stats.leaf.name);
            let leaves =
                records.iter().map(|record| of_record(record).and_then(|at| record.get(at)));
            leaves.map(|leaf| leaf.map_or("", |leaf| leaf.text.trim())).collect()
        };
        let name = name_of_date(stats.leaf);
        let name = if may_be { DateName::new(name, is_date, texts) } else { None };
        left -= usize::from(name.is_some());
        name
    });
    let names: Vec<Option<DateName<'_>>> = names.collect();
    let Some((written, code)) = find_pair(&names) else { return };
    drop(names);
    if let Some(Some(written)) = decided.get_mut(written) {
        written.rank = 0;
    }
    if let Some(meaning) = decided.get_mut(code) {
        *meaning = Some(Meaning { target: DateCode, rank: 0, is_placed: false });
    }
}

/// Returns the name of a leaf as that of a date: with the key above it, if that is one: `date.iso`.
fn name_of_date<'l>(leaf: &'l Leaf<'_>) -> &'l str {
    let is_in_date = leaf.depth == 1
        && leaf.parent.as_deref().is_some_and(|parent| {
            known_names(parent).first().is_some_and(|it| it.target == FieldTarget::Date)
        });
    if is_in_date { &leaf.name } else { &leaf.key }
}

/// Makes the name of a span of time its date, where the begin or the end of that is one: `timespan.identified_by` beside
/// `timespan.begin_of_the_begin`, as in Linked Art.
pub(super) fn take_names_of_timespans(stats: &[NameStats<'_>], decided: &mut [Option<Meaning>]) {
    let outer = |stats: &NameStats<'_>| Some(stats.leaf.name.rsplit_once('.')?.0.to_owned());
    let spans: Vec<(String, Meaning)> = stats
        .iter()
        .zip(decided.iter())
        .filter_map(|(stats, meaning)| {
            let is_end = |it: &Meaning| [FieldTarget::Begin, FieldTarget::End].contains(&it.target);
            Some((outer(stats)?, meaning.filter(is_end)?))
        })
        .collect();
    let is_date = |it: &Meaning| it.target == FieldTarget::Date;
    let others = stats.iter().zip(decided).filter(|(_, it)| !it.as_ref().is_some_and(is_date));
    for (stats, meaning) in others {
        let is_name = TIMESPAN_NAME_KEYS.contains(&words::bare(&stats.leaf.key).as_str());
        if is_name
            && stats.are_mostly(is_date_text)
            && let Some(outer) = outer(stats)
            && let Some((_, of_span)) = spans.iter().find(|(span, _)| *span == outer)
        {
            *meaning = Some(Meaning { target: FieldTarget::Date, ..*of_span });
        }
    }
}

/// Keys of the name of a span of time.
const TIMESPAN_NAME_KEYS: [&str; 4] = ["identifiedby", "label", "name", "preflabel"];

/// Takes the meaning of days of what records were published in where the records have days of their own.
pub(super) fn drop_dates_of_hosts(stats: &[NameStats<'_>], decided: &mut [Option<Meaning>]) {
    use FieldTarget::{Begin, Date, Day, End, Month, Year};
    let is_date = |it: &Meaning| [Begin, Date, Day, End, Month, Year].contains(&it.target);
    let is_of_host = |stats: &NameStats<'_>| stats.leaf.owner == Owner::Host;
    let mut named = stats.iter().zip(decided.iter());
    if named.any(|(stats, it)| it.is_some_and(|it| is_date(&it)) && !is_of_host(stats)) {
        for (stats, meaning) in stats.iter().zip(decided) {
            meaning.take_if(|it| is_date(it) && is_of_host(stats));
        }
    }
}

/// Takes the meaning of names that are the date only where no other name of the record is.
pub(super) fn drop_sole_dates(stats: &[NameStats<'_>], decided: &mut [Option<Meaning>]) {
    use FieldTarget::{Begin, Date, End, Year};
    let is_date = |it: &Meaning| [Begin, Date, End, Year].contains(&it.target);
    let lesser = drop_lesser_dates(stats, decided);
    let is_sole = |stats: &NameStats<'_>| !is_known(&stats.leaf.key);
    // The day of a row gives way to that of the document before it hides that.
    let is_of_document = |stats: &NameStats<'_>| {
        let kind = date_kind(&stats.leaf.key);
        is_sole(stats) && [DateKind::Made, DateKind::Published].contains(&kind)
    };
    let mut named = stats.iter().zip(decided.iter());
    if named.any(|(stats, it)| it.is_some_and(|it| it.target == Date) && is_of_document(stats)) {
        for (stats, meaning) in stats.iter().zip(&mut *decided) {
            let is_of_row = is_creation_date(&stats.leaf.key) && stats.are_mostly(is_recent_day);
            meaning.take_if(|it| it.target == Date && is_of_row);
        }
    }
    let mut named = stats.iter().zip(decided.iter()).zip(lesser);
    let has_other = named.any(|((stats, meaning), is_lesser)| {
        let is_surer = |it: Meaning| is_date(&it) && it.rank < OTHER_THING_RANK && !is_lesser;
        meaning.is_some_and(is_surer) && !is_sole(stats)
    });
    if has_other {
        for (stats, meaning) in stats.iter().zip(&mut *decided) {
            meaning.take_if(|it| it.target == Date && is_sole(stats));
        }
    }
    drop_later_dates(stats, decided, is_sole);
}

/// Takes the meaning of dates since programs write theirs whose names do not say that they are the document's: they may be
/// days of keeping.
pub(super) fn drop_unsure_dates(stats: &[NameStats<'_>], decided: &mut [Option<Meaning>]) {
    for (stats, meaning) in stats.iter().zip(decided) {
        let may_be_other = is_unsure_date(&stats.leaf.key) && stats.are_mostly(is_recent);
        meaning.take_if(|it| it.target == FieldTarget::Date && may_be_other);
    }
}

/// Puts dates that give way to surer ones by what their names say of them behind those, and takes the meaning of those that may be
/// another thing's. Returns which they are.
fn drop_lesser_dates(stats: &[NameStats<'_>], decided: &mut [Option<Meaning>]) -> Vec<bool> {
    let dates: Vec<Option<DateInData>> = stats
        .iter()
        .zip(&*decided)
        .map(|(stats, meaning)| {
            let is_date = |it: &Meaning| {
                let is_target = [FieldTarget::Date, FieldTarget::Year].contains(&it.target);
                is_target && it.rank < OTHER_THING_RANK
            };
            let target = meaning.filter(is_date)?.target;
            Some(DateInData::new(&stats.leaf.key, target, stats.texts().iter().copied()))
        })
        .collect();
    let lesser = which_give_way(&dates);
    let are_parts = decided.iter().flatten().any(|it| it.target == FieldTarget::Month);
    let has_lesser = lesser.contains(&true);
    for ((meaning, date), gives_way) in decided.iter_mut().zip(dates).zip(&lesser) {
        let (Some(it), Some(date)) = (*meaning, date) else { continue };
        *meaning = match (gives_way, date.kind.is_of_document()) {
            (true, false) => None,
            // Records without the surer date have this one.
            (true, true) => Some(Meaning { rank: it.rank + LESSER_RANK, ..it }),
            // A year counts only beside no date, unless that gives way to it.
            (false, _) if date.is_year && has_lesser && !are_parts => {
                Some(Meaning { target: FieldTarget::Date, ..it })
            }
            (false, _) => Some(it),
        };
    }
    lesser
}

/// What is added to the rank of a date of the document beside a surer one.
const LESSER_RANK: usize = 300;

/// Of several names that are the date only where no other is, takes the meaning of those with recent days where another one has
/// earlier ones.
fn drop_later_dates(
    stats: &[NameStats<'_>],
    decided: &mut [Option<Meaning>],
    is_sole: impl Fn(&NameStats<'_>) -> bool,
) {
    let is_date = |it: &Option<Meaning>, stats: &NameStats<'_>| {
        is_sole(stats) && it.is_some_and(|it| it.target == FieldTarget::Date)
    };
    let is_earlier = |stats: &NameStats<'_>| stats.are_mostly(is_earlier_date);
    let mut named = stats.iter().zip(decided.iter());
    if named.any(|(stats, it)| is_date(it, stats) && is_earlier(stats)) {
        for (stats, meaning) in stats.iter().zip(decided) {
            let is_later = !is_earlier(stats) && stats.are_mostly(is_recent_day);
            if is_date(meaning, stats) && is_later {
                *meaning = None;
            }
        }
    }
}

/// Takes the meaning of places to which letters were sent: beside them stands where they were sent from, or who received
/// them.
pub(super) fn drop_sent_to(stats: &[NameStats<'_>], decided: &mut [Option<Meaning>]) {
    let recipient = FieldTarget::Field(Field::Recipient);
    let is_named = |stats: &NameStats<'_>, name: &str| fold_name(&stats.leaf.key) == name;
    let named = || stats.iter().zip(decided.iter());
    let has_place = named().any(|(stats, it)| is_named(stats, "sentfrom") && it.is_none());
    let has_other = named().any(|(stats, it)| {
        !is_named(stats, "sentto") && it.is_some_and(|it| it.target == recipient)
    });
    for (stats, meaning) in stats.iter().zip(decided) {
        let is_place = has_place && !stats.are_mostly(is_like_name);
        let is_dropped = is_named(stats, "sentto") && (is_place || has_other);
        meaning.take_if(|it| it.target == recipient && is_dropped);
    }
}

/// Takes the meaning of accounts of users, the same in all records or all in small letters, where another name has creators.
pub(super) fn drop_logins(stats: &[NameStats<'_>], decided: &mut [Option<Meaning>]) {
    let creator = FieldTarget::Field(Field::Creator);
    let is_creator = |it: &Meaning| it.target == creator;
    let mut named = stats.iter().zip(decided.iter());
    if named.any(|(stats, it)| it.is_some_and(|it| is_creator(&it)) && !stats.is_login()) {
        for (stats, meaning) in stats.iter().zip(decided) {
            meaning.take_if(|it| is_creator(it) && stats.is_login());
        }
    }
}

/// Decides on creators by others beside them: one body in all records, those who signed.
pub(super) fn settle_creators(stats: &[NameStats<'_>], decided: &mut [Option<Meaning>]) {
    drop_one_body(stats, decided);
    name_signers(stats, decided);
}

/// Takes the meaning of names with one body in all records, where another name has the creators of most.
fn drop_one_body(stats: &[NameStats<'_>], decided: &mut [Option<Meaning>]) {
    let is_creator = |it: &Meaning| it.target == FieldTarget::Field(Field::Creator);
    let is_body = |stats: &NameStats<'_>| are_one_body(stats.texts());
    let named = stats.iter().zip(decided.iter());
    let others =
        named.filter(|(stats, it)| it.is_some_and(|it| is_creator(&it)) && !is_body(stats));
    let Some(most) = others.map(|(stats, _)| stats.texts().len()).max() else { return };
    for (stats, meaning) in stats.iter().zip(decided) {
        meaning.take_if(|it| is_creator(it) && is_body(stats) && 2 * most >= stats.texts().len());
    }
}

/// Makes those who signed a document contributors with that role, where another name has its creators.
fn name_signers(stats: &[NameStats<'_>], decided: &mut [Option<Meaning>]) {
    let is_creator = |it: &Meaning| it.target == FieldTarget::Field(Field::Creator);
    let is_signer = |stats: &NameStats<'_>| signer_in(&stats.leaf.key).is_some();
    let mut named = stats.iter().zip(decided.iter());
    if named.any(|(stats, it)| it.is_some_and(|it| is_creator(&it)) && !is_signer(stats)) {
        for (stats, meaning) in stats.iter().zip(decided) {
            if let Some(it) = meaning.as_mut().filter(|it| is_creator(it) && is_signer(stats)) {
                it.target = FieldTarget::ContributorByRole;
            }
        }
    }
}

/// Takes the meaning of days at which a system created its rows where another name has the day of writing or publishing, or
/// an earlier one.
pub(super) fn drop_row_dates(stats: &[NameStats<'_>], decided: &mut [Option<Meaning>]) {
    let is_date = |it: &Meaning| it.target == FieldTarget::Date;
    let mut named = stats.iter().zip(decided.iter());
    let has_other = named.any(|(stats, meaning)| {
        let is_earlier = !is_creation_date(&stats.leaf.key) && stats.are_mostly(is_earlier_date);
        let is_of_document = is_earlier || is_document_date(&stats.leaf.key);
        meaning.is_some_and(|it| is_date(&it) && it.rank < OTHER_THING_RANK) && is_of_document
    });
    for (stats, meaning) in stats.iter().zip(decided).filter(|_| has_other) {
        let is_of_row = is_creation_date(&stats.leaf.key) && stats.are_mostly(is_recent_day);
        meaning.take_if(|it| is_date(it) && is_of_row);
    }
}

/// Takes the meaning of moments of a system where another name has the date: the day of a post beside that of the
/// letter in it.
pub(super) fn drop_moments(stats: &[NameStats<'_>], decided: &mut [Option<Meaning>]) {
    let is_date =
        |meaning: &Option<Meaning>| meaning.is_some_and(|it| it.target == FieldTarget::Date);
    let is_moment = |stats: &NameStats<'_>| stats.are_mostly(is_recent_moment);
    let mut named = stats.iter().zip(decided.iter());
    let is_earlier = |stats: &NameStats<'_>| stats.are_mostly(is_earlier_date) && !is_moment(stats);
    if named.any(|(stats, meaning)| is_date(meaning) && is_earlier(stats)) {
        for (stats, meaning) in stats.iter().zip(decided) {
            meaning.take_if(|it| it.target == FieldTarget::Date && is_moment(stats));
        }
    }
}

/// Takes the meaning of summaries that repeat the title of their record, where another name has a summary.
pub(super) fn drop_repeated_titles(
    records: &[Vec<Leaf<'_>>],
    stats: &[NameStats<'_>],
    decided: &mut [Option<Meaning>],
) {
    let [title, summary] = [Field::Title, Field::Summary].map(FieldTarget::Field);
    let names_of = |target: FieldTarget| -> Vec<&str> {
        let named = stats.iter().zip(decided.iter());
        let of_target = named.filter(|(_, it)| it.is_some_and(|it| it.target == target));
        of_target.map(|(stats, _)| &*stats.leaf.name).collect()
    };
    let (titles, summaries) = (names_of(title), names_of(summary));
    if summaries.len() < 2 {
        return;
    }
    let is_repeated = |name: &str| {
        let mut with_name = records.iter().filter(|leaves| leaves.iter().any(|it| it.name == name));
        let repeats = |leaves: &Vec<Leaf<'_>>| {
            let mut texts = leaves.iter().filter(|leaf| leaf.name == name);
            texts.all(|text| {
                let is_title =
                    |leaf: &Leaf<'_>| titles.contains(&&*leaf.name) && leaf.text == text.text;
                leaves.iter().any(is_title)
            })
        };
        with_name.all(repeats)
    };
    let repeated: Vec<&str> = summaries.into_iter().filter(|name| is_repeated(name)).collect();
    for (stats, meaning) in stats.iter().zip(decided) {
        let is_dropped = repeated.contains(&&*stats.leaf.name);
        meaning.take_if(|it| it.target == summary && is_dropped);
    }
}

/// Returns the name of the object in which a text stands.
fn outer_name<'l>(leaf: &'l Leaf<'_>) -> &'l str {
    leaf.name.strip_suffix(&*leaf.key).unwrap_or(&leaf.name)
}
