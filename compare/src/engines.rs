//! Search engines as crates: the same records taken in, in memory, until all of them can be found.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::ensure;
use rusqlite::{Connection, params_from_iter};
use tantivy::schema::{STORED, Schema, TEXT};
use tantivy::{Index, IndexWriter, TantivyDocument};

use crate::document::{self, KEYS};

/// How many threads tantivy may index with.
const THREADS: usize = 2;
/// The memory that tantivy may fill before it writes a segment, all threads together.
const BUDGET: usize = 512 << 20;

/// Takes all records into `SQLite`'s FTS5: one table with a column a field, in one transaction. It
/// has no index of beginnings, with which it would be slower and larger. How many there are, and how
/// long it took until all could be found.
///
/// # Errors
/// The file cannot be read, or `SQLite` fails.
pub fn sqlite(file: &Path) -> anyhow::Result<(usize, Duration)> {
    let begun = Instant::now();
    let mut connection = Connection::open_in_memory()?;
    let columns = KEYS.join(", ");
    connection.execute(&format!("CREATE VIRTUAL TABLE records USING fts5({columns})"), [])?;
    let places = vec!["?"; KEYS.len()].join(", ");
    let transaction = connection.transaction()?;
    let mut insert = transaction.prepare(&format!("INSERT INTO records VALUES ({places})"))?;
    let records = document::read(file, |document| {
        insert.execute(params_from_iter(document.0.iter().map(|values| values.join("\n"))))?;
        Ok(())
    })?;
    drop(insert);
    transaction.commit()?;
    let time = begun.elapsed();
    let last: i64 = connection.query_row("SELECT max(rowid) FROM records", [], |row| row.get(0))?;
    ensure!(i64::try_from(records)? == last, "SQLite took {last} of {records} records");
    Ok((records, time))
}

/// Takes all records into a tantivy index that keeps the texts too. How many there are, and how long
/// it took until all could be found; segments that are still merged after that are not waited for.
///
/// # Errors
/// The file cannot be read, or tantivy fails.
pub fn tantivy(file: &Path) -> anyhow::Result<(usize, Duration)> {
    let begun = Instant::now();
    let mut schema = Schema::builder();
    let fields = KEYS.map(|key| schema.add_text_field(key, TEXT | STORED));
    let index = Index::create_in_ram(schema.build());
    let mut writer: IndexWriter = index.writer_with_num_threads(THREADS, BUDGET)?;
    let records = document::read(file, |document| {
        let mut taken = TantivyDocument::default();
        for (field, values) in fields.iter().zip(&document.0) {
            for value in values {
                taken.add_text(*field, value);
            }
        }
        writer.add_document(taken)?;
        Ok(())
    })?;
    writer.commit()?;
    let found = index.reader()?.searcher().num_docs();
    let time = begun.elapsed();
    ensure!(u64::try_from(records)? == found, "tantivy took {found} of {records} records");
    Ok((records, time))
}
