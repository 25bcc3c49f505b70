//! evaluate.

mod expand;
mod match_set;
mod membership;
mod page;
mod phrase_prefilter;
mod rank;
mod rank_select;
mod result_set;
pub(crate) mod score;
mod score_column;
mod score_phrase;
mod search;
pub(crate) mod searcher;
mod sort;
mod suggestions;
