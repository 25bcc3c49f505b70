//! Decides on columns again by those beside them: a language among languages, a begin that is another thing's.

use std::collections::HashSet;

use csv::StringRecord;

use super::columns::Column;
use super::trim_cell;
use crate::formats::cell_values;
use crate::formats::field_names::languages::{self, other_side};
use crate::formats::field_names::{
    DateInData, DateKind, FieldTarget, are_logins, are_one_body, date_kind, date_left, is_address,
    is_creation_date, is_document_date, is_earlier_date, is_former, is_like_name, is_machine_key,
    is_prose, is_recent, is_recent_day, is_recent_moment, is_unsure_date, is_work_name,
    known_names, signer_in, unsure_date_taken, which_give_way,
};
use crate::formats::read::date_codes::{DateName, MAX_NAMES, find_pair};
use crate::formats::read::other_spans::are_mostly_of_others;
use crate::record::{Field, OwnName};

/// Decides which of several columns for dates is that of the records.
pub(super) fn settle_dates(columns: &mut [Column], ranks: &mut [usize], sample: &[StringRecord]) {
    pair_date_with_code(columns, ranks, sample);
    drop_sole_dates(columns, sample);
    drop_row_dates(columns, sample);
}

/// Makes a date for machines the code of the date as it is written, where a table has both for the same days.
fn pair_date_with_code(columns: &mut [Column], ranks: &mut [usize], sample: &[StringRecord]) {
    use FieldTarget::{Begin, Date, DateCode, End};
    if columns.iter().any(|it| it.target.is_some_and(|it| [Begin, End, DateCode].contains(&it))) {
        return;
    }
    let mut left = MAX_NAMES;
    let names = columns.iter().enumerate().map(|(at, column)| {
        let is_date = column.target == Some(Date);
        let texts = || sample.iter().map(|row| row.get(at).map_or("", trim_cell)).collect();
        let may_be = left > 0 && (is_date || column.target.is_none());
        let name = if may_be { DateName::new(&column.name, is_date, texts) } else { None };
        left -= usize::from(name.is_some());
        name
    });
    let names: Vec<Option<DateName<'_>>> = names.collect();
    let Some((written, code)) = find_pair(&names) else { return };
    drop(names);
    columns[code].target = Some(DateCode);
    ranks[written] = 0;
}

/// Takes the meaning of columns that are the date only where no other column is, or no surer one.
fn drop_sole_dates(columns: &mut [Column], sample: &[StringRecord]) {
    use FieldTarget::{Begin, Date, End, Year};
    drop_lesser_dates(columns, sample);
    let is_sole = |column: &Column| known_names(&column.name).is_empty();
    let is_date =
        |column: &Column| column.target.is_some_and(|it| [Begin, Date, End, Year].contains(&it));
    let is_filled = |at: usize| are_mostly(sample, at, |_| true);
    let is_certain = |column: &Column| {
        is_sole(column) && [DateKind::Made, DateKind::Published].contains(&date_kind(&column.name))
    };
    // The day of a row gives way to that of the document before it hides that.
    let mut named = columns.iter().enumerate();
    if named.any(|(at, it)| it.target == Some(Date) && is_certain(it) && is_filled(at)) {
        for (at, column) in columns.iter_mut().enumerate() {
            let is_of_row = is_creation_date(&column.name) && are_mostly(sample, at, is_recent_day);
            column.target.take_if(|target| *target == Date && is_of_row);
        }
    }
    let mut named = columns.iter().enumerate();
    if named.any(|(at, column)| is_date(column) && !is_sole(column) && is_filled(at)) {
        for column in columns.iter_mut().filter(|column| is_sole(column)) {
            column.target.take_if(|target| *target == Date);
        }
    }
    drop_later_dates(columns, sample, is_sole);
    // A day since programs write theirs is one of keeping as well, unless the name says that it is the document's.
    for (at, column) in columns.iter_mut().enumerate() {
        let may_be_other = is_unsure_date(&column.name) && are_mostly(sample, at, is_recent);
        column.target.take_if(|target| *target == Date && may_be_other);
    }
}

/// Takes the meaning of dates that give way to surer ones by what their names say of them.
fn drop_lesser_dates(columns: &mut [Column], sample: &[StringRecord]) {
    let dates: Vec<Option<DateInData>> = columns
        .iter()
        .enumerate()
        .map(|(at, column)| {
            let is_date = |it: &FieldTarget| [FieldTarget::Date, FieldTarget::Year].contains(it);
            let cells = sample.iter().filter_map(|row| row.get(at)).map(trim_cell);
            Some(DateInData::new(&column.name, column.target.filter(is_date)?, cells))
        })
        .collect();
    for (column, gives_way) in columns.iter_mut().zip(which_give_way(&dates)) {
        column.target.take_if(|_| gives_way);
    }
}

/// Returns the warning about a column whose date may be another thing's (`Flood date`): the date is taken from it, or its
/// recent days are not taken.
pub(super) fn unsure_dates(columns: &[Column], sample: &[StringRecord]) -> Option<String> {
    use FieldTarget::{Begin, Date, End, Year};
    let is_date = |it: FieldTarget| [Begin, Date, End, Year].contains(&it);
    let is_unsure = |column: &Column| is_unsure_date(&column.name);
    if let Some(taken) = columns.iter().find(|column| column.target.is_some_and(is_date)) {
        return is_unsure(taken).then(|| unsure_date_taken(&taken.name));
    }
    let left = |(at, column): (usize, &Column)| {
        let cells = sample.iter().filter_map(|row| row.get(at)).map(trim_cell);
        cells.filter(|cell| !cell.is_empty()).find_map(|cell| date_left(&column.name, cell))
    };
    columns.iter().enumerate().find_map(left)
}

/// Of several columns that are the date only where no other is, takes the meaning of those with recent days where another one
/// has earlier ones.
fn drop_later_dates(
    columns: &mut [Column],
    sample: &[StringRecord],
    is_sole: impl Fn(&Column) -> bool,
) {
    let is_date = |column: &Column| column.target == Some(FieldTarget::Date) && is_sole(column);
    let is_earlier = |at: usize| are_mostly(sample, at, is_earlier_date);
    let mut named = columns.iter().enumerate();
    if named.any(|(at, column)| is_date(column) && is_earlier(at)) {
        for (at, column) in columns.iter_mut().enumerate() {
            let is_later = !is_earlier(at) && are_mostly(sample, at, is_recent_day);
            if is_date(column) && is_later {
                column.target = None;
            }
        }
    }
}

/// A column of years is the date, unless there is one of months beside it. Beside a text of the date the parts count only in
/// rows without that.
pub(super) fn settle_years(columns: &mut [Column]) {
    let has = |target| columns.iter().any(|column| column.target == Some(target));
    let (has_date, has_year) = (has(FieldTarget::Date), has(FieldTarget::Year));
    let are_parts = has_year && has(FieldTarget::Month);
    for column in columns.iter_mut().filter(|_| !are_parts) {
        match column.target {
            Some(FieldTarget::Year) if !has_date => column.target = Some(FieldTarget::Date),
            Some(FieldTarget::Month | FieldTarget::Day) => column.target = None,
            _ => {}
        }
    }
}

/// Takes the meaning of columns that are languages, and of words for a direction without a letter.
pub(super) fn drop_languages(columns: &mut [Column], sample: &[StringRecord]) {
    // The first two are enough: one of them is another name.
    let mut only_languages: Vec<OwnName> = Vec::new();
    let (mut targets, mut sides) = (HashSet::new(), HashSet::new());
    for Column { name, target, .. } in &*columns {
        let is_new = only_languages.len() < 2 && !only_languages.contains(name);
        if is_new && languages::is_language_only(name) {
            only_languages.push(name.clone());
        }
        // Only these have another side.
        let Some(target) = target.filter(|it| other_side(*it).is_some()) else { continue };
        targets.insert(target);
        if languages::is_side_of_letter(name) {
            sides.insert(target);
        }
    }
    for (at, column) in columns.iter_mut().enumerate() {
        let is_word = languages::is_code(&column.name) || languages::is_direction(&column.name);
        let Some(target) = column.target.filter(|_| is_word && column.group == 0) else { continue };
        let is_language = languages::is_code(&column.name)
            && only_languages.iter().any(|other| *other != column.name);
        let Some(other) = other_side(target) else { continue };
        let needs_side = languages::needs_other_direction(&column.name);
        let has_other_side = if needs_side { &sides } else { &targets }.contains(&other);
        let are_names = are_mostly(sample, at, is_like_name);
        let is_doubtful = languages::is_doubtful_role(&column.name, has_other_side, are_names);
        column.target.take_if(|_| (is_language && !has_other_side) || is_doubtful);
    }
}

/// Takes the meaning of begins and ends that are the years of another thing than the date beside them. `ranks` are
/// those of the columns' names.
pub(super) fn drop_spans_of_others(
    columns: &mut [Column],
    ranks: &[usize],
    sample: &[StringRecord],
) {
    use FieldTarget::{Begin, Date, End, Year};
    let surest = |wanted: &[FieldTarget]| {
        let named = columns.iter().zip(ranks).enumerate();
        let is_wanted = |column: &Column| {
            column.group == 0 && column.target.is_some_and(|target| wanted.contains(&target))
        };
        let of_target = named.filter(|(_, (column, _))| is_wanted(column));
        of_target.min_by_key(|(_, (_, rank))| **rank).map(|(at, _)| at)
    };
    let Some(date) = surest(&[Date]).or_else(|| surest(&[Year])) else { return };
    let [begin, end] = [surest(&[Begin]), surest(&[End])];
    let dates = sample.iter().filter_map(|row| {
        let text = |at: usize| row.get(at).map(trim_cell).filter(|cell| !cell.is_empty());
        Some((text(date)?, begin.and_then(text), end.and_then(text)))
    });
    if are_mostly_of_others(dates) {
        for column in columns.iter_mut().filter(|column| column.group == 0) {
            column.target.take_if(|target| [Begin, End].contains(target));
        }
    }
}

/// Takes the meaning of a column of places to which letters were sent: beside it stands where they were sent from, or
/// who received them.
pub(super) fn drop_sent_to(columns: &mut [Column], sample: &[StringRecord]) {
    let recipient = FieldTarget::Field(Field::Recipient);
    let is_sent_to = |column: &Column| column.normalized_name() == "sentto";
    let is_place =
        |column: &Column| column.normalized_name() == "sentfrom" && column.target.is_none();
    let has_place = columns.iter().any(is_place);
    let has_other =
        columns.iter().any(|column| column.target == Some(recipient) && !is_sent_to(column));
    for (at, column) in columns.iter_mut().enumerate().filter(|(_, column)| is_sent_to(column)) {
        let is_place = has_place && !are_mostly(sample, at, is_like_name);
        column.target.take_if(|target| *target == recipient && (is_place || has_other));
    }
}

/// Takes the meaning of columns with accounts of users, or with one body in all rows, where another column names creators.
pub(super) fn drop_lesser_creators(columns: &mut [Column], sample: &[StringRecord]) {
    drop_logins(columns, sample);
    drop_one_body(columns, sample);
}

/// Takes the meaning of columns with accounts of users, the same in all rows or all in small letters, where another column
/// names creators.
fn drop_logins(columns: &mut [Column], sample: &[StringRecord]) {
    let creator = Some(FieldTarget::Field(Field::Creator));
    let is_login = |at: usize| {
        let cells = sample.iter().filter_map(|row| row.get(at)).map(trim_cell);
        are_logins(&cells.filter(|cell| !cell.is_empty()).collect::<Vec<_>>())
    };
    let mut others = columns.iter().enumerate().filter(|(_, column)| column.target == creator);
    if others.any(|(at, _)| !is_login(at) && are_mostly(sample, at, |_| true)) {
        for (at, column) in columns.iter_mut().enumerate() {
            column.target.take_if(|target| Some(*target) == creator && is_login(at));
        }
    }
}

/// Takes the meaning of columns that name one body in all rows, where another column names the creators of most.
fn drop_one_body(columns: &mut [Column], sample: &[StringRecord]) {
    let creator = Some(FieldTarget::Field(Field::Creator));
    let cells = |at: usize| -> Vec<&str> {
        let cells = sample.iter().filter_map(|row| row.get(at)).map(trim_cell);
        cells.filter(|cell| !cell.is_empty() && !cell_values::is_missing(cell)).collect()
    };
    let bodies: Vec<Option<usize>> = columns
        .iter()
        .enumerate()
        .map(|(at, column)| {
            let cells = (column.target == creator).then(|| cells(at))?;
            are_one_body(&cells).then_some(cells.len())
        })
        .collect();
    let named = columns.iter().zip(&bodies).enumerate();
    let others = named.filter(|(_, (it, body))| it.target == creator && body.is_none());
    let most = others.map(|(at, _)| cells(at).len()).max().unwrap_or(0);
    for (column, body) in columns.iter_mut().zip(bodies) {
        column.target.take_if(|_| body.is_some_and(|count| 2 * most >= count));
    }
}

/// Makes those who signed a document contributors with that role, where another column has its creators. `joined` are the columns of
/// family's names, whose own names are no roles.
pub(super) fn name_signers(columns: &mut [Column], joined: impl Fn(usize) -> bool) {
    let creator = Some(FieldTarget::Field(Field::Creator));
    let is_creator = |it: &Column| it.target == creator && it.splits_names;
    if !columns.iter().any(|it| is_creator(it) && signer_in(&it.name).is_none()) {
        return;
    }
    for (at, column) in columns.iter_mut().enumerate() {
        let Some(role) = signer_in(&column.name).filter(|_| is_creator(column)) else { continue };
        column.target = Some(FieldTarget::ContributorByRole);
        if joined(at) {
            column.name = role.as_str().into();
        }
    }
}

/// Takes the meaning of days at which rows were created where another column has the day of writing or publishing,
/// or an earlier one.
fn drop_row_dates(columns: &mut [Column], sample: &[StringRecord]) {
    let date = Some(FieldTarget::Date);
    let is_full = |at: usize| {
        sample.iter().all(|row| row.get(at).is_some_and(|it| !trim_cell(it).is_empty()))
    };
    let is_of_row = |at: usize, column: &Column| {
        is_creation_date(&column.name) && are_mostly(sample, at, is_recent_day)
    };
    let mut dates = columns.iter().enumerate().filter(|(_, column)| column.target == date);
    let is_of_document = |at: usize, column: &Column| {
        let is_earlier = !is_creation_date(&column.name) && are_mostly(sample, at, is_earlier_date);
        is_earlier || is_document_date(&column.name)
    };
    if dates.any(|(at, column)| is_of_document(at, column) && is_full(at)) {
        for (at, column) in columns.iter_mut().enumerate() {
            if column.target == date && is_of_row(at, column) {
                column.target = None;
            }
        }
    }
}

/// Names of numbers by which a thing is ordered or counted, and short ones that may be for a signature by hand, folded.
/// They are its reference code if nothing else is.
const SECOND_CODES: [&str; 7] =
    ["bestellnummer", "bestellnr", "inventarnummer", "invnr", "inventorynumber", "sig", "sign"];

/// Takes the meaning of columns of numbers for ordering a thing, and of codes that it had once, where another column has its
/// reference code.
pub(super) fn drop_second_codes(columns: &mut [Column]) {
    let [reference, id] = [Field::ReferenceCode, Field::Id].map(FieldTarget::Field);
    let is_numbered = |column: &Column| SECOND_CODES.contains(&&*column.normalized_name());
    let was_once = |column: &Column| is_former(&column.name);
    drop_beside_others(columns, &[reference, id], was_once);
    drop_beside_others(columns, &[reference], is_numbered);
}

/// Takes the meaning of lesser columns with one of these targets where a column that is not lesser has one of them, too.
fn drop_beside_others(
    columns: &mut [Column],
    targets: &[FieldTarget],
    is_lesser: impl Fn(&Column) -> bool,
) {
    let is_one = |column: &Column| column.target.is_some_and(|target| targets.contains(&target));
    if columns.iter().any(|column| is_one(column) && !is_lesser(column)) {
        for column in columns.iter_mut().filter(|column| is_one(column) && is_lesser(column)) {
            column.target = None;
        }
    }
}

/// Takes the meaning of columns of moments of a system where another column has the date.
pub(super) fn drop_moments(columns: &mut [Column], sample: &[StringRecord]) {
    let is_date = |column: &Column| column.target == Some(FieldTarget::Date) && column.group == 0;
    let is_moment = |at: usize| are_mostly(sample, at, is_recent_moment);
    // A column with gaps would leave records without a date.
    let is_always_earlier = |at: usize| {
        sample.iter().all(|row| row.get(at).is_some_and(|cell| is_earlier_date(trim_cell(cell))))
    };
    let mut dates = columns.iter().enumerate().filter(|(_, column)| is_date(column));
    if dates.any(|(at, _)| is_always_earlier(at)) {
        for (at, column) in columns.iter_mut().enumerate() {
            column.target.take_if(|target| *target == FieldTarget::Date && is_moment(at));
        }
    }
}

/// Gives a name of ids its second meaning, reference code, where the ids are keys of a system in another column.
pub(super) fn give_second_meanings(
    columns: &mut [Column],
    ranks: &mut [usize],
    sample: &[StringRecord],
) {
    let [id, reference] = [Field::Id, Field::ReferenceCode].map(FieldTarget::Field);
    let has = |target| columns.iter().any(|column| column.target == Some(target));
    let may_be_reference = |column: &Column| {
        let rank_of = |target| {
            known_names(&column.name).iter().find(|it| it.target == target).map(|it| it.rank)
        };
        rank_of(reference)
    };
    let is_key = |(at, column): (usize, &Column)| {
        column.target == Some(id) && are_mostly(sample, at, is_machine_key)
    };
    if has(reference) || !columns.iter().enumerate().any(is_key) {
        return;
    }
    for (at, (column, rank)) in columns.iter_mut().zip(ranks).enumerate() {
        let second = may_be_reference(column).filter(|_| column.target == Some(id));
        let second = second.filter(|_| !are_mostly(sample, at, is_machine_key));
        if let Some(second) = second {
            (column.target, *rank) = (Some(reference), second + 1);
        }
    }
}

/// The end of the name of a column with the labels of what another column has the addresses of.
const LABEL_END: &str = "Label";

/// Gives addresses and their labels (`work`, `workLabel`) the meaning of what the rows are about, if nothing has a title.
pub(super) fn take_thing(columns: &mut [Column], ranks: &mut [usize], sample: &[StringRecord]) {
    let [title, url] = [Field::Title, Field::Url].map(FieldTarget::Field);
    let has = |target| columns.iter().any(|column| column.target == Some(target));
    if has(title) {
        return;
    }
    // A person and a place have a label too.
    let is_thing = |name: &str| known_names(name).is_empty() || is_work_name(name);
    let pair = columns.iter().enumerate().find_map(|(at, label)| {
        let name = label.name.strip_suffix(LABEL_END).filter(|name| is_thing(name))?;
        let of_address = |it: &Column| it.name == *name;
        let address = columns.iter().position(of_address)?;
        let fits = are_mostly(sample, address, is_address) && are_mostly(sample, at, is_prose);
        fits.then_some((at, address))
    });
    let Some((label, address)) = pair else { return };
    let mut set = |at: usize, target| {
        if let Some((column, rank)) = columns.get_mut(at).zip(ranks.get_mut(at)) {
            (column.target, *rank) = (Some(target), 1);
        }
    };
    set(label, title);
    set(address, url);
}

/// Whether something holds for at least half of the filled cells of a column.
pub(super) fn are_mostly(sample: &[StringRecord], at: usize, holds: impl Fn(&str) -> bool) -> bool {
    let cells = sample.iter().filter_map(|row| row.get(at)).map(trim_cell);
    let (all, held) = cells
        .filter(|cell| !cell.is_empty() && !cell_values::is_missing(cell))
        .fold((0_usize, 0_usize), |(all, held), cell| (all + 1, held + usize::from(holds(cell))));
    all > 0 && 2 * held >= all
}
