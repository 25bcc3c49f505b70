//! The comparison of all finders as a table.

use std::fmt::Write;

use super::corpus::Corpus;
use super::finders::Finder;
use super::queries::{KnownItem, QUERY_KINDS, QueryKind};
use super::ties::{Half, TieCount, summary_of_ties};
use super::typing::{Typing, summary, type_into_filter, type_query};
use super::typing_errors::TypingError;
use fonds::query::RecordHandle;
use fonds::query::{SearchRequest, Target, parse};
use fonds::store::{SearchRules, Searcher};
use rayon::prelude::*;

/// The number of rows on a page.
pub(crate) const PAGE_ROWS: usize = 10;

/// The results of one finder: for each query that it was asked, the rank of the record.
struct Column {
    /// The name of the finder.
    name: String,
    /// The indices of queries, and the ranks. A record that was not found has none.
    ranks: Vec<(usize, Option<usize>)>,
}

/// The results of all finders.
pub(crate) struct Comparison {
    /// The queries.
    items: Vec<KnownItem>,
    /// The results of all finders, fonds first.
    columns: Vec<Column>,
}

/// A row of the table: a selection of queries.
#[derive(Clone, Copy)]
enum Row {
    /// All queries.
    All,
    /// The queries without an error.
    Correct,
    /// The queries of this kind without an error.
    OfKind(QueryKind),
    /// All queries with an error.
    WithError,
    /// The queries with this error.
    With(TypingError),
}

impl Row {
    /// Whether a query belongs to the row.
    fn counts(self, item: &KnownItem) -> bool {
        match self {
            Row::All => true,
            Row::Correct => item.error.is_none(),
            Row::OfKind(kind) => item.error.is_none() && item.kind == kind,
            Row::WithError => item.error.is_some(),
            Row::With(error) => item.error == Some(error),
        }
    }

    /// The heading of the row.
    fn name(self) -> String {
        match self {
            Row::All => "all".to_owned(),
            Row::Correct => "correct".to_owned(),
            Row::WithError => "with an error".to_owned(),
            Row::OfKind(kind) => format!("· {kind:?}"),
            Row::With(error) => format!("· {error:?}"),
        }
    }
}

impl Comparison {
    /// Asks fonds all queries, each time without one of its rules. Returns a table: the share of queries with and without an
    /// error whose record is first and among the first ten, and the mean reciprocal rank.
    pub(crate) fn without_rules(corpus: &Corpus, items: &[KnownItem]) -> String {
        let all = SearchRules::default();
        let without = [
            ("nothing: all rules", all),
            ("near words first", SearchRules { nearness: false, ..all }),
            ("more mentions first", SearchRules { mentions: false, ..all }),
            ("shorter texts first", SearchRules { shortness: false, ..all }),
            ("close guesses", SearchRules { close_guesses: false, ..all }),
            ("other spellings of names", SearchRules { spellings: false, ..all }),
            ("any guess", SearchRules { guesses: false, close_guesses: false, ..all }),
        ];
        let mut table = String::from(
            "| without | correct: n | @1 | @10 | MRR | with an error: n | @1 | @10 | MRR | all: n | @1 | @10 | MRR |",
        );
        let _ = write!(table, "\n|---|{}", "---|".repeat(12));
        for (name, rules) in without {
            let rank = |item: &KnownItem| rank(&mut Searcher::with_rules(rules), corpus, item);
            let ranks: Vec<Option<usize>> = items.par_iter().map(rank).collect();
            let _ = write!(table, "\n| {name} |");
            for row in [Row::Correct, Row::WithError, Row::All] {
                let found = items.iter().zip(&ranks).filter(|(item, _)| row.counts(item));
                table.push_str(&cells(&found.map(|(_, rank)| *rank).collect::<Vec<_>>()));
            }
        }
        table.push('\n');
        table
    }

    /// Asks fonds all queries, and the other finders `queries_each` queries with each
    /// error.
    pub(crate) fn new(corpus: &Corpus, items: Vec<KnownItem>, queries_each: usize) -> Comparison {
        let mut searcher = Searcher::default();
        let all = items.iter().enumerate();
        let ranks: Vec<_> = all.map(|(at, item)| (at, rank(&mut searcher, corpus, item))).collect();
        let asked = some_of_each(&items, queries_each);
        let same_queries = asked.iter().filter_map(|at| ranks.get(*at).copied()).collect();
        let same_queries = Column {
            name: "fonds, only the queries of the other finders".to_owned(),
            ranks: same_queries,
        };
        let mut columns = vec![Column { name: "fonds".to_owned(), ranks }];
        if !asked.is_empty() && asked.len() < items.len() {
            columns.push(same_queries);
        }
        for finder in if asked.is_empty() { Vec::new() } else { Finder::available() } {
            let ask = |name: String, lines: &[String]| {
                let ranks = asked.iter().filter_map(|at| Some((*at, items.get(*at)?)));
                let typed = |item: &KnownItem| item.text().replace('"', "");
                let ranks =
                    ranks.map(|(at, it)| (at, finder.find(lines, it.record, &typed(it)).rank));
                Column { name, ranks: ranks.collect() }
            };
            let titles = ask(format!("{}, titles", finder.name()), &corpus.titles);
            let all_text = ask(format!("{}, all text", finder.name()), &corpus.lines);
            columns.push(if titles.found_in_top_ten() > all_text.found_in_top_ten() {
                titles
            } else {
                all_text
            });
        }
        Comparison { items, columns }
    }

    /// The table: the share of queries whose record is first (@1) or among the first ten (@10), and the
    /// mean reciprocal rank.
    pub(crate) fn table(&self) -> String {
        let mut table = String::from("| query |");
        for column in &self.columns {
            let _ = write!(table, " {}: n | @1 | @10 | MRR |", column.name);
        }
        let kinds = QUERY_KINDS.into_iter().map(Row::OfKind);
        let errors = TypingError::ALL.into_iter().map(Row::With);
        let rows = std::iter::once(Row::Correct)
            .chain(kinds)
            .chain([Row::WithError])
            .chain(errors)
            .chain([Row::All]);
        let _ = write!(table, "\n|---|{}", "---|".repeat(4 * self.columns.len()));
        for row in rows {
            let _ = write!(table, "\n| {} |", row.name());
            for column in &self.columns {
                let found = column.ranks.iter().filter_map(|(at, rank)| {
                    self.items.get(*at).filter(|item| row.counts(item)).map(|_| *rank)
                });
                table.push_str(&cells(&found.collect::<Vec<_>>()));
            }
        }
        table.push('\n');
        table
    }

    /// What fonds shows while the queries are typed letter by letter: one line for correct queries, one for those with an
    /// error, one for all. With `misses` the queries with an empty list in between are listed, too.
    pub(crate) fn typing(&self, corpus: &Corpus, misses: bool) -> Vec<String> {
        let typed: Vec<(&KnownItem, Typing)> =
            self.items.par_iter().map(|item| (item, type_into_filter(corpus, item))).collect();
        let of = |row: Option<Row>| -> Vec<Typing> {
            let typed = typed.iter().filter(|(item, _)| row.is_none_or(|row| row.counts(item)));
            typed.map(|(_, typing)| *typing).collect()
        };
        let mut lines = Vec::new();
        for (item, typing) in typed.iter().filter(|_| misses) {
            if let Some(after) = typing.empty_after {
                let text = item.text();
                let typed: String = text.chars().take(after).collect();
                lines.push(format!("empty: {typed} of {text}"));
            }
        }
        let rows = [
            ("correct", Some(Row::Correct)),
            ("with an error", Some(Row::WithError)),
            ("all", None),
        ];
        lines.extend(rows.map(|(name, row)| summary(&format!("fonds, {name}"), &of(row))));
        lines
    }

    /// The same for the other finders, with `queries_each` queries of each error; all text of a record is searched.
    pub(crate) fn typing_in_finders(&self, corpus: &Corpus, queries_each: usize) -> Vec<String> {
        let asked = some_of_each(&self.items, queries_each);
        let items: Vec<&KnownItem> = asked.iter().filter_map(|at| self.items.get(*at)).collect();
        if items.is_empty() {
            return Vec::new();
        }
        let typings = items.par_iter().map(|item| type_into_filter(corpus, item));
        let mut lines = vec![summary("fonds, the same queries", &typings.collect::<Vec<_>>())];
        for finder in Finder::available() {
            let typings = items.iter().map(|item| {
                type_query(&item.text().replace('"', ""), |typed| {
                    let answer = finder.find(&corpus.lines, item.record, typed);
                    (answer.rank, answer.finds_something)
                })
            });
            lines.push(summary(finder.name(), &typings.collect::<Vec<_>>()));
        }
        lines
    }

    /// The queries whose record is not among the first ten results of fonds.
    pub(crate) fn misses(&self, corpus: &Corpus) -> String {
        let mut misses = String::new();
        let ranks = self.columns.first().map(|column| column.ranks.as_slice());
        for (at, rank) in ranks.unwrap_or_default() {
            let Some(item) = self.items.get(*at) else { continue };
            if rank.is_none_or(|rank| rank >= PAGE_ROWS) {
                let title = corpus.titles.get(item.record).map_or("", String::as_str);
                let (error, text) = (item.error, item.text());
                let _ = writeln!(misses, "{rank:?} {:?} {error:?} {text} => {title}", item.kind);
            }
        }
        misses
    }
}

impl Comparison {
    /// Counts in one line how often records that answer a query as well stand above the one that is looked for.
    pub(crate) fn ties(&self, corpus: &Corpus, half: Half) -> String {
        let ranks = self.columns.first().map(|column| column.ranks.as_slice()).unwrap_or_default();
        let asked = ranks.iter().filter_map(|(at, rank)| Some((self.items.get(*at)?, *rank)));
        let asked: Vec<_> = asked.filter(|(item, _)| half.has(item.record)).collect();
        let counted = asked.par_iter().map(|(item, rank)| {
            let rows = first_rows(corpus, item);
            TieCount::new(corpus, item, *rank, &rows)
        });
        summary_of_ties(half, &counted.collect::<Vec<_>>())
    }
}

impl Column {
    /// The number of queries whose record is among the first ten.
    fn found_in_top_ten(&self) -> usize {
        self.ranks.iter().filter(|(_, rank)| rank.is_some_and(|rank| rank < PAGE_ROWS)).count()
    }
}

/// The rank of the record in the results of fonds.
fn rank(searcher: &mut Searcher, corpus: &Corpus, item: &KnownItem) -> Option<usize> {
    let number = RecordHandle(u32::try_from(item.record).ok()?);
    let target = Target::Record(number);
    let query = parse(&item.text(), corpus.store.own_field_names());
    let request = SearchRequest::new(query, target, PAGE_ROWS);
    searcher.search(&corpus.store, &request, &|| false).ok()?.placement.row()
}

/// The records of the first page of the results of fonds.
fn first_rows(corpus: &Corpus, item: &KnownItem) -> Vec<usize> {
    let query = parse(&item.text(), corpus.store.own_field_names());
    let request = SearchRequest::new(query, Target::Row(0), PAGE_ROWS);
    let response = Searcher::default().search(&corpus.store, &request, &|| false);
    response.unwrap_or_default().rows.iter().map(|row| row.handle.0 as usize).collect()
}

/// The indices of at most `most` queries without and with each error.
fn some_of_each(items: &[KnownItem], most: usize) -> Vec<usize> {
    let all = items.iter().enumerate();
    let mut indices: Vec<usize> = Vec::new();
    for error in std::iter::once(None).chain(TypingError::ALL.into_iter().map(Some)) {
        let same_error = all.clone().filter(|(_, item)| item.error == error);
        indices.extend(same_error.map(|(at, _)| at).take(most));
    }
    indices
}

/// The cells of a finder in a row.
fn cells(ranks: &[Option<usize>]) -> String {
    let count = ranks.len();
    if count == 0 {
        return " 0 | – | – | – |".to_owned();
    }
    let share = |sum: f64| sum / f64::from(u32::try_from(count).unwrap_or(u32::MAX));
    let within = |most: usize| -> f64 {
        ranks.iter().flatten().map(|rank| f64::from(u8::from(*rank < most))).sum()
    };
    let reciprocal_rank =
        |rank: &usize| 1.0 / f64::from(u32::try_from(rank + 1).unwrap_or(u32::MAX));
    let reciprocal: f64 = ranks.iter().flatten().map(reciprocal_rank).sum();
    let (first, ten, mean) = (share(within(1)), share(within(PAGE_ROWS)), share(reciprocal));
    format!(" {count} | {first:.3} | {ten:.3} | {mean:.3} |")
}
