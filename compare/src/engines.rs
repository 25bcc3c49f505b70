//! Search engines as crates: they index the same records in memory, until all can be found.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::ensure;
use rusqlite::{Connection, params_from_iter};
use tantivy::schema::{STORED, Schema, TEXT};
use tantivy::{Index, IndexWriter, TantivyDocument};

use crate::document::{self, KEYS};

/// The number of indexing threads of tantivy.
const TANTIVY_THREADS: usize = 2;
/// The memory that all threads of tantivy together may fill before they write segments.
const TANTIVY_MEMORY_BYTES: usize = 512 << 20;

/// Indexes all records with `SQLite` FTS5: one table with a column for each field, in one transaction. It
/// has no prefix index, which would make it slower and larger. Returns the number of records, and the
/// time until all could be found.
///
/// # Errors
/// The file cannot be read, or `SQLite` fails.
pub fn sqlite(file: &Path) -> anyhow::Result<(usize, Duration)> {
    let start = Instant::now();
    let mut connection = Connection::open_in_memory()?;
    let columns = KEYS.join(", ");
    connection.execute(&format!("CREATE VIRTUAL TABLE records USING fts5({columns})"), [])?;
    let placeholders = vec!["?"; KEYS.len()].join(", ");
    let transaction = connection.transaction()?;
    let mut insert =
        transaction.prepare(&format!("INSERT INTO records VALUES ({placeholders})"))?;
    let records = document::read(file, |document| {
        insert.execute(params_from_iter(document.0.iter().map(|values| values.join("\n"))))?;
        Ok(())
    })?;
    drop(insert);
    transaction.commit()?;
    let time = start.elapsed();
    let last: i64 = connection.query_row("SELECT max(rowid) FROM records", [], |row| row.get(0))?;
    ensure!(i64::try_from(records)? == last, "SQLite indexed {last} of {records} records");
    Ok((records, time))
}

/// Indexes all records with tantivy, including the stored texts. Returns the number of records, and the
/// time until all could be found, without the merging of segments after that.
///
/// # Errors
/// The file cannot be read, or tantivy fails.
pub fn tantivy(file: &Path) -> anyhow::Result<(usize, Duration)> {
    let start = Instant::now();
    let mut schema = Schema::builder();
    let fields = KEYS.map(|key| schema.add_text_field(key, TEXT | STORED));
    let index = Index::create_in_ram(schema.build());
    let mut writer: IndexWriter =
        index.writer_with_num_threads(TANTIVY_THREADS, TANTIVY_MEMORY_BYTES)?;
    let records = document::read(file, |document| {
        let mut indexed = TantivyDocument::default();
        for (field, values) in fields.iter().zip(&document.0) {
            for value in values {
                indexed.add_text(*field, value);
            }
        }
        writer.add_document(indexed)?;
        Ok(())
    })?;
    writer.commit()?;
    let found = index.reader()?.searcher().num_docs();
    let time = start.elapsed();
    ensure!(u64::try_from(records)? == found, "tantivy indexed {found} of {records} records");
    Ok((records, time))
}
