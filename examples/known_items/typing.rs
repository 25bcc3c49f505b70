//! Queries typed letter by letter: how many letters it takes until the record is among the first ten, and whether the
//! list is empty in between.

use fonds::query::{RecordHandle, SearchRequest, Target, parse};
use fonds::store::Searcher;

use super::corpus::Corpus;
use super::queries::KnownItem;
use super::report::PAGE_ROWS;

/// What is shown while a query is typed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Typing {
    /// The number of letters of the query, with blanks and quotes.
    pub(crate) letters: usize,
    /// After how many letters the record is among the first ten.
    pub(crate) found_after: Option<usize>,
    /// After how many letters the list is empty, although the finished query finds something.
    pub(crate) empty_after: Option<usize>,
}

impl Typing {
    /// The share of the letters after which the record is among the first ten.
    pub(crate) fn share(&self) -> Option<f64> {
        let number = |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
        Some(number(self.found_after?) / number(self.letters.max(1)))
    }
}

/// Types a query. `find` returns, for the letters so far, the rank of the record and whether anything is found.
pub(crate) fn type_query(
    text: &str,
    mut find: impl FnMut(&str) -> (Option<usize>, bool),
) -> Typing {
    let ends = text.char_indices().map(|(at, letter)| at + letter.len_utf8());
    let mut typing = Typing { letters: 0, found_after: None, empty_after: None };
    let mut finds_something = false;
    for end in ends {
        typing.letters += 1;
        let (rank, found) = find(text.get(..end).unwrap_or(text));
        if typing.found_after.is_none() && rank.is_some_and(|rank| rank < PAGE_ROWS) {
            typing.found_after = Some(typing.letters);
        }
        if typing.empty_after.is_none() && !found {
            typing.empty_after = Some(typing.letters);
        }
        finds_something = found;
    }
    typing.empty_after = typing.empty_after.filter(|_| finds_something);
    typing
}

/// Types a query into the filter bar.
pub(crate) fn type_into_filter(corpus: &Corpus, item: &KnownItem) -> Typing {
    let mut searcher = Searcher::default();
    let number = RecordHandle(u32::try_from(item.record).unwrap_or(u32::MAX));
    type_query(&item.text(), |typed| {
        let query = parse(typed, corpus.store.own_field_names());
        let request = SearchRequest::new(query, Target::Record(number), PAGE_ROWS);
        let response = searcher.search(&corpus.store, &request, &|| false).unwrap_or_default();
        (response.placement.row(), response.match_count.count() > 0)
    })
}

/// The shares of queries that are shown below a table of ranks.
pub(crate) fn summary(name: &str, typings: &[Typing]) -> String {
    let count = f64::from(u32::try_from(typings.len().max(1)).unwrap_or(u32::MAX));
    let share = |holds: &dyn Fn(&Typing) -> bool| {
        let number = typings.iter().filter(|typing| holds(typing)).count();
        100.0 * f64::from(u32::try_from(number).unwrap_or(u32::MAX)) / count
    };
    let mut shares: Vec<f64> = typings.iter().map(|it| it.share().unwrap_or(f64::MAX)).collect();
    shares.sort_by(f64::total_cmp);
    let median = shares.get(shares.len() / 2).copied().unwrap_or_default();
    format!(
        "{name}: {} queries typed; half of the records found by {:.0} % of the letters; by 45 % found {:.1} %; \
         no empty list before {:.1} %",
        typings.len(),
        100.0 * median,
        share(&|typing| typing.share().is_some_and(|share| share <= 0.45)),
        share(&|typing| typing.empty_after.is_none()),
    )
}
