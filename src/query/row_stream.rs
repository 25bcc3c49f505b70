//! The rows of a selection in order, page by page, from any backend.

use std::collections::VecDeque;

use super::backend::{Backend, Coverage, PageToken, SearchError};
use super::search::{Row, SearchRequest, SearchResponse, Target};
use super::selection::Selection;

/// The rows of a selection. It asks for a page at a time.
pub struct RowStream<'b> {
    backend: &'b dyn Backend,
    request: SearchRequest,
    /// The response to the first request, without its rows.
    first: SearchResponse,
    /// The rows that are not returned yet.
    rows: VecDeque<Row>,
    /// The number of the next row, counted from 0.
    next_row: usize,
    /// The row after the last one that is wanted.
    end_row: usize,
    /// Leads to the page after the last one, where rows cannot be asked for by their number.
    next_page: Option<PageToken>,
    /// The coverage of the last page that had no answer from some part, if there was one.
    coverage: Coverage,
    /// Why there are no more rows before the end.
    error: Option<SearchError>,
}

impl<'b> RowStream<'b> {
    /// Asks for the first page.
    ///
    /// # Errors
    /// There is no answer.
    pub fn new(
        backend: &'b dyn Backend,
        selection: impl Into<Selection>,
    ) -> Result<RowStream<'b>, SearchError> {
        let (request, limit) = selection.into().into_request();
        let mut first = backend.search(&request, &|| false)?;
        let next_row = first.placement.row().unwrap_or(first.first_row);
        let skipped = next_row.saturating_sub(first.first_row);
        let rows = first.rows.drain(..).skip(skipped).collect();
        let (next_page, coverage) = (first.page_tokens.next.clone(), first.coverage.clone());
        let end_row = limit.map_or(usize::MAX, |limit| next_row.saturating_add(limit));
        let error = None;
        let stream = RowStream {
            backend,
            request,
            first,
            rows,
            next_row,
            end_row,
            next_page,
            coverage,
            error,
        };
        Ok(stream)
    }

    /// Returns the response to the first request. Its rows are in the stream.
    pub const fn first_response(&self) -> &SearchResponse {
        &self.first
    }

    /// Returns the number of rows that are not returned yet, as far as it is known.
    pub fn remaining(&self) -> usize {
        self.end_row.min(self.first.match_count.count()).saturating_sub(self.next_row)
    }

    /// Returns the coverage of the last page that had no answer from some part, if there was one.
    pub const fn coverage(&self) -> &Coverage {
        &self.coverage
    }

    /// Returns why the rows ended before the last one, if they did.
    pub const fn error(&self) -> Option<&SearchError> {
        self.error.as_ref()
    }

    /// Asks for the page of the next row. Leaves no rows at the end, or if there is no answer.
    fn fill(&mut self) {
        let is_at_end = self.next_row >= self.first.match_count.count();
        self.request.target = match self.next_page.take() {
            Some(token) => Target::Page(token),
            None if is_at_end => return,
            None => Target::Row(self.next_row),
        };
        match self.backend.search(&self.request, &|| false) {
            Ok(response) => {
                let skipped = self.next_row.saturating_sub(response.first_row);
                self.rows = response.rows.into_iter().skip(skipped).collect();
                self.next_page = response.page_tokens.next;
                if !response.coverage.is_complete() {
                    self.coverage = response.coverage;
                }
            }
            Err(error) => self.error = Some(error),
        }
    }
}

impl Iterator for RowStream<'_> {
    type Item = Row;

    fn next(&mut self) -> Option<Row> {
        if self.next_row >= self.end_row {
            return None;
        }
        if self.rows.is_empty() && self.error.is_none() {
            self.fill();
        }
        let row = self.rows.pop_front()?;
        self.next_row += 1;
        Some(row)
    }
}
