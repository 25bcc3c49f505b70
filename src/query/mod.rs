//! The filter language, and the request and response of a search.
//!
//! [`parse`] turns the text of the filter bar into a [`Query`] of terms. A [`SearchRequest`] is
//! answered by the store with a [`SearchResponse`], an [`AggregateRequest`] for facets and a timeline with an
//! [`AggregateResponse`]. This folder also decides how a word or phrase
//! matches a text, for searching and for highlighting. It knows no index.
//!
//! It uses `text` and `record`, and record numbers of `store` in `search`. Start reading at `parse`
//! and `clause`.

mod aggregate;
mod clause;
pub mod date_filter;
mod date_words;
mod field_name;
pub(crate) mod fuzzy;
mod highlight;
mod name_variants;
pub(crate) mod parse;
pub(crate) mod phrase_matcher;
mod search;
mod word_pattern;

pub use aggregate::{
    AggregateRequest, AggregateResponse, Bar, DateUnit, Facet, FacetField, FacetRequest,
    FacetValue, Histogram, MAX_SHARED_YEARS,
};
pub use clause::{Clause, GuessLevel, GuessPolicy, Phrase, Query, Scope, Term};
pub use field_name::FIELD_HELP;
pub use fuzzy::GuessMatcher;
pub use highlight::Highlighter;
pub use name_variants::NameVariants;
pub use parse::parse;
pub use search::{Order, OrderBy, Row, SearchRequest, SearchResponse, Target, TermCount};
pub use word_pattern::{MatchQuality, WordPattern};
