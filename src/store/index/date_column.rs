//! The dates of a segment as columns: each different reading once, in the order of time.

use std::collections::HashMap;

use foldhash::fast::RandomState;

use crate::record::date::span::Reading;

/// What the dates of a segment's records were understood as.
#[derive(Debug, Default)]
pub struct Dates {
    /// The different readings, in order: see [`Dates::key`].
    readings: Vec<Reading>,
    /// For each record the place of its reading.
    codes: Vec<u16>,
}

impl Dates {
    /// What a date is ordered by: its earliest and its latest day, so that of two that begin
    /// together the narrower span comes first. What has no span has no key, and goes last.
    pub fn key(reading: Reading) -> Option<(i64, i64)> {
        reading.span().map(|span| (span.earliest.0, span.latest.0))
    }

    /// What the date of a record was understood as.
    pub fn reading(&self, record: usize) -> Option<Reading> {
        self.readings.get(usize::from(*self.codes.get(record)?)).copied()
    }

    /// The different readings.
    pub fn readings(&self) -> &[Reading] {
        &self.readings
    }

    /// For each record the place of its reading among them.
    pub fn codes(&self) -> &[u16] {
        &self.codes
    }

    /// For each record a number that is ordered as its date is, and the same for dates of one key.
    pub(crate) fn ranks(&self) -> Vec<u32> {
        let mut rank = 0;
        let mut before = None;
        let of_reading: Vec<u32> = self
            .readings
            .iter()
            .map(|reading| {
                let key = Some(Dates::key(*reading));
                rank += u32::from(before.is_some() && before != key);
                before = key;
                rank
            })
            .collect();
        let of_code = |code: &u16| of_reading.get(usize::from(*code)).copied().unwrap_or(0);
        self.codes.iter().map(of_code).collect()
    }
}

/// The dates of a segment that is being built.
#[derive(Debug, Default)]
pub(crate) struct DatesInMaking {
    /// The number of each reading that was met.
    known: HashMap<Reading, u16, RandomState>,
    /// The readings, in the order they were met.
    met: Vec<Reading>,
    /// For each record the number of its reading.
    numbers: Vec<u16>,
}

impl DatesInMaking {
    /// Adds the date of the next record.
    pub(crate) fn push(&mut self, reading: Reading) {
        let next = u16::try_from(self.met.len()).unwrap_or(u16::MAX);
        let number = *self.known.entry(reading).or_insert(next);
        if number == next {
            self.met.push(reading);
        }
        self.numbers.push(number);
    }

    /// The finished columns; what comes after is of another segment.
    pub(crate) fn finish(&mut self) -> Dates {
        self.known.clear();
        let mut sorted: Vec<(u16, Reading)> = (0..).zip(self.met.drain(..)).collect();
        sorted.sort_by_key(|(_, reading)| {
            let key = Dates::key(*reading);
            (key.is_none(), key)
        });
        let mut places = vec![0; sorted.len()];
        for (place, (number, _)) in (0..).zip(&sorted) {
            if let Some(of_number) = places.get_mut(usize::from(*number)) {
                *of_number = place;
            }
        }
        let place = |number: &u16| places.get(usize::from(*number)).copied().unwrap_or(0);
        Dates {
            codes: self.numbers.drain(..).map(|number| place(&number)).collect(),
            readings: sorted.into_iter().map(|(_, reading)| reading).collect(),
        }
    }
}
