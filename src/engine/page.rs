//! Where the pages beside a page begin, as tokens.

use serde_json::{Value, json};

use super::ask::{Answer, Position};
use crate::query::{PageToken, PageTokens, SearchError};

/// Where a page begins.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct PageStart {
    /// The number of its first row, counted from 0.
    pub(super) first_row: usize,
    /// Where the engine finds it.
    pub(super) position: Position,
    /// The number of its rows.
    pub(super) size: usize,
}

impl PageStart {
    /// Returns the page that a token leads to.
    ///
    /// # Errors
    /// Nobody gave out this token.
    pub(super) fn from_token(token: &PageToken) -> Result<PageStart, SearchError> {
        let value: Value = serde_json::from_str(&token.0).map_err(|_| SearchError::Expired)?;
        let number = |name: &str| {
            value.get(name).and_then(Value::as_u64).and_then(|it| usize::try_from(it).ok())
        };
        let values = |name: &str| value.get(name).and_then(Value::as_array).cloned();
        let cursor = value.get("cursor").and_then(Value::as_str).map(str::to_owned);
        let position = values("after")
            .map(Position::After)
            .or_else(|| values("before").map(Position::Before))
            .or_else(|| cursor.map(Position::Cursor))
            .or_else(|| value.get("end").map(|_| Position::End));
        let first_row = number("row").ok_or(SearchError::Expired)?;
        Ok(PageStart {
            first_row,
            position: position.unwrap_or(Position::Row(first_row)),
            size: number("size").ok_or(SearchError::Expired)?,
        })
    }

    /// Returns the token that leads to this page.
    fn token(&self) -> PageToken {
        let PageStart { first_row, position, size } = self;
        let mut value = json!({"row": first_row, "size": size});
        let (name, place) = match position {
            Position::Row(_) => return PageToken(value.to_string().into()),
            Position::After(values) => ("after", values.clone().into()),
            Position::Before(values) => ("before", values.clone().into()),
            Position::Cursor(mark) => ("cursor", mark.as_str().into()),
            Position::End => ("end", true.into()),
        };
        if let Some(object) = value.as_object_mut() {
            object.insert(name.to_owned(), place);
        }
        PageToken(value.to_string().into())
    }

    /// Returns the tokens of the pages beside this one.
    pub(super) fn tokens(&self, answer: &Answer, page_size: usize) -> PageTokens {
        let rows = answer.documents.len();
        let end = self.first_row.saturating_add(rows);
        let count = answer.total.count();
        let first = answer.documents.first();
        let sort_of_last = answer.documents.last().map(|document| document.sort.clone());
        let next_position = match (&answer.next, sort_of_last) {
            (Some(mark), _) => Position::Cursor(mark.clone()),
            (None, Some(sort)) if !sort.is_empty() => Position::After(sort),
            _ => Position::Row(end),
        };
        let next = PageStart { first_row: end, position: next_position, size: page_size };
        let before = self.first_row.saturating_sub(page_size);
        let before_position = match first {
            Some(document) if !document.sort.is_empty() && before > 0 => {
                Position::Before(document.sort.clone())
            }
            _ => Position::Row(before),
        };
        let previous = PageStart { first_row: before, position: before_position, size: page_size };
        // The last page begins where it would if all pages were turned.
        let last_row = count.saturating_sub(1) / page_size * page_size;
        let has_sort = first.is_some_and(|document| !document.sort.is_empty());
        let last_position = if has_sort { Position::End } else { Position::Row(last_row) };
        let last = PageStart {
            first_row: last_row,
            position: last_position,
            size: count - last_row.min(count),
        };
        PageTokens {
            next: (rows > 0 && end < count).then(|| next.token()),
            previous: (self.first_row > 0).then(|| previous.token()),
            last: (count > 0).then(|| last.token()),
        }
    }
}
