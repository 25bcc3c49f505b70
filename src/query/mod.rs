//! The filter language, and the request and response of a search.
//!
//! [`parse`] turns the text of the filter bar into a [`Query`] of terms. A [`Backend`] answers a [`SearchRequest`] with
//! a [`SearchResponse`], and an [`AggregateRequest`] for facets and a timeline with an [`AggregateResponse`]. This folder
//! also decides how a word or phrase matches a text, for searching and for highlighting. It knows no index.
//!
//! It uses `text` and `record`. Start reading at `parse`, `clause` and `backend`.

mod aggregate;
mod backend;
mod cancel;
mod clause;
mod columns;
pub mod date_filter;
mod date_phrases;
mod date_words;
mod edit_distance;
mod field_name;
pub(crate) mod fuzzy;
mod handle;
mod highlight;
mod like;
mod month_words;
mod name_variants;
mod near;
mod opened_range;
mod operator;
pub(crate) mod order;
mod parse;
mod phrase;
pub(crate) mod phrase_matcher;
mod record_set;
mod reversed_range;
mod romanization;
mod row_stream;
mod search;
mod selection;
mod suggestion;
mod summary;
mod tree;
mod unfinished_date;
mod user_marks;
mod word_forms;
mod word_pattern;

pub use aggregate::{
    AggregateRequest, AggregateResponse, Bar, DateUnit, Facet, FacetField, FacetOrder,
    FacetRequest, FacetValue, Histogram, HistogramRequest, MAX_SHARED_YEARS,
};
pub use backend::{
    Backend, Coverage, NoRecords, PageToken, PageTokens, SearchError, SharedBackend,
};
pub use cancel::{CancelCheck, Cancelled, check_cancelled};
pub use clause::{
    Clause, GuessLevel, GuessPolicy, LongerNumbers, Phrase, PhraseOrigin, Query, Scope, Term,
};
pub use columns::{Cell, CellKind, Column, ColumnWidth};
pub use field_name::FIELD_HELP;
pub use fuzzy::GuessMatcher;
pub use handle::{RecordHandle, RemappedRecords};
pub use highlight::Highlighter;
pub use like::like_filter;
pub use name_variants::NameVariants;
pub use order::{Order, OrderBy};
pub use parse::parse;
pub(crate) use phrase::quoted_phrase;
pub use record_set::RecordSet;
pub use row_stream::RowStream;
pub use search::{
    Placement, PossibleDuplicate, Row, RowDetail, SearchRequest, SearchResponse, Target, TermResult,
};
pub use selection::Selection;
pub use suggestion::{EngineLimit, Suggestion};
pub use summary::{Abilities, Ability, LoadProgress, Summary, Total};
pub use tree::{Alternative, Group};
pub use user_marks::{MarksChange, UserMarks};
pub use word_forms::HasWord;
pub(crate) use word_forms::other_spelling;
pub use word_pattern::{MatchQuality, WordPattern};
