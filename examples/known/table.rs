//! What everybody found, side by side.

use std::fmt::Write;

use super::items::{Item, SHAPES, Shape};
use super::library::Library;
use super::peers::Peer;
use super::slips::Slip;
use fonds::query::{Place, Question};
use fonds::store::RecordNumber;
use fonds::store::Searcher;

/// How many rows a page has.
const PAGE: usize = 10;

/// What one finder found: for each query that it was asked the place of the record, if it has one.
struct Column {
    /// Who was asked.
    name: String,
    /// The queries by number, and the places.
    places: Vec<(usize, Option<usize>)>,
}

/// What everybody found.
pub(crate) struct Comparison {
    /// The queries.
    items: Vec<Item>,
    /// What everybody found, fonds first.
    columns: Vec<Column>,
}

/// A row of the table: which queries it counts.
#[derive(Clone, Copy)]
enum Row {
    /// Those without a slip.
    Whole,
    /// Those without a slip that are made of this.
    Of(Shape),
    /// All with a slip.
    Damaged,
    /// Those with this slip.
    With(Slip),
}

impl Row {
    /// Whether a query is counted.
    fn counts(self, item: &Item) -> bool {
        match self {
            Row::Whole => item.slip.is_none(),
            Row::Of(shape) => item.slip.is_none() && item.shape == shape,
            Row::Damaged => item.slip.is_some(),
            Row::With(slip) => item.slip == Some(slip),
        }
    }

    /// What it is called.
    fn name(self) -> String {
        match self {
            Row::Whole => "undamaged".to_owned(),
            Row::Damaged => "damaged".to_owned(),
            Row::Of(shape) => format!("· {shape:?}"),
            Row::With(slip) => format!("· {slip:?}"),
        }
    }
}

impl Comparison {
    /// Asks fonds everything, and the peers so many queries of each kind.
    pub(crate) fn new(library: &Library, items: Vec<Item>, peers: usize) -> Comparison {
        let mut desk = Searcher::default();
        let all = items.iter().enumerate();
        let places: Vec<_> = all.map(|(at, item)| (at, place(&mut desk, library, item))).collect();
        let asked = some_of_each(&items, peers);
        let same = asked.iter().filter_map(|at| places.get(*at).copied()).collect();
        let same = Column { name: "fonds, what the peers are asked".to_owned(), places: same };
        let mut columns = vec![Column { name: "fonds".to_owned(), places }];
        if !asked.is_empty() && asked.len() < items.len() {
            columns.push(same);
        }
        for peer in if asked.is_empty() { Vec::new() } else { Peer::here() } {
            let ask = |name: String, lines: &[String]| {
                let places = asked.iter().filter_map(|at| Some((*at, items.get(*at)?)));
                let typed = |item: &Item| item.text().replace('"', "");
                let places = places.map(|(at, it)| (at, peer.place(lines, it.record, &typed(it))));
                Column { name, places: places.collect() }
            };
            let titles = ask(format!("{}, titles", peer.name()), &library.titles);
            let whole = ask(format!("{}, all text", peer.name()), &library.lines);
            columns.push(if titles.successes() > whole.successes() { titles } else { whole });
        }
        Comparison { items, columns }
    }

    /// The table: how often the record is the first, how often among the first ten, and the mean
    /// of one through its place.
    pub(crate) fn table(&self) -> String {
        let mut table = String::from("| query |");
        for column in &self.columns {
            let _ = write!(table, " {}: n | @1 | @10 | MRR |", column.name);
        }
        let shapes = SHAPES.into_iter().map(Row::Of);
        let slips = Slip::ALL.into_iter().map(Row::With);
        let rows = std::iter::once(Row::Whole).chain(shapes).chain([Row::Damaged]).chain(slips);
        let _ = write!(table, "\n|---|{}", "---|".repeat(4 * self.columns.len()));
        for row in rows {
            let _ = write!(table, "\n| {} |", row.name());
            for column in &self.columns {
                let found = column.places.iter().filter_map(|(at, place)| {
                    self.items.get(*at).filter(|item| row.counts(item)).map(|_| *place)
                });
                table.push_str(&cells(&found.collect::<Vec<_>>()));
            }
        }
        table.push('\n');
        table
    }

    /// The queries whose record fonds does not show among the first ten.
    pub(crate) fn misses(&self, library: &Library) -> String {
        let mut misses = String::new();
        let places = self.columns.first().map(|column| column.places.as_slice());
        for (at, place) in places.unwrap_or_default() {
            let Some(item) = self.items.get(*at) else { continue };
            if place.is_none_or(|place| place >= PAGE) {
                let title = library.titles.get(item.record).map_or("", String::as_str);
                let (slip, text) = (item.slip, item.text());
                let _ = writeln!(misses, "{place:?} {:?} {slip:?} {text} => {title}", item.shape);
            }
        }
        misses
    }
}

impl Column {
    /// How many records are among the first ten.
    fn successes(&self) -> usize {
        self.places.iter().filter(|(_, place)| place.is_some_and(|place| place < PAGE)).count()
    }
}

/// The place of the record in what fonds shows.
fn place(desk: &mut Searcher, library: &Library, item: &Item) -> Option<usize> {
    let number = RecordNumber(u32::try_from(item.record).ok()?);
    let place = Place::Record(number);
    let question = Question::new(&item.text(), place, PAGE);
    desk.answer(&library.store, &question, &|| false)?.place
}

/// The first so many queries of each shape with each slip, by number.
fn some_of_each(items: &[Item], most: usize) -> Vec<usize> {
    let all = items.iter().enumerate();
    let mut taken: Vec<usize> = Vec::new();
    for slip in std::iter::once(None).chain(Slip::ALL.into_iter().map(Some)) {
        let alike = all.clone().filter(|(_, item)| item.slip == slip);
        taken.extend(alike.map(|(at, _)| at).take(most));
    }
    taken
}

/// The cells of one finder in one row.
fn cells(places: &[Option<usize>]) -> String {
    let count = places.len();
    if count == 0 {
        return " 0 | – | – | – |".to_owned();
    }
    let share = |sum: f64| sum / f64::from(u32::try_from(count).unwrap_or(u32::MAX));
    let within = |most: usize| -> f64 {
        places.iter().flatten().map(|place| f64::from(u8::from(*place < most))).sum()
    };
    let through = |place: &usize| 1.0 / f64::from(u32::try_from(place + 1).unwrap_or(u32::MAX));
    let reciprocal: f64 = places.iter().flatten().map(through).sum();
    let (first, ten, mean) = (share(within(1)), share(within(PAGE)), share(reciprocal));
    format!(" {count} | {first:.3} | {ten:.3} | {mean:.3} |")
}
