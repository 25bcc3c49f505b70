//! Evaluates search requests on a snapshot of the store.
//!
//! The steps, each in its file: `expand` finds the words of the index that each term matches;
//! `guess_levels` decides which of them are guesses;
//! `longer_numbers` lets numbers begin longer ones;
//! `score` and `score_phrase` give each record a score for each term; `search` combines the scores
//! into matches and ranks (`match_set`, `rank`); `nearness` and `refine` order the best ones more finely;
//! `similar` finds records that are like one; `suggestions` and `see_also` write messages; `result_set` holds the outcome; `page`, with `sort` and `rank_select`, cuts out the requested rows.
//!
//! Start reading at [`searcher::Searcher::search`]. This folder uses `text`, `record`, `query` and
//! the rest of `store`.

mod expand;
mod guess_levels;
mod longer_numbers;
pub(super) mod match_set;
mod membership;
mod nearness;
mod page;
mod phrase_prefilter;
mod rank;
mod rank_select;
mod refine;
mod result_set;
pub(crate) mod rules;
pub(crate) mod score;
mod score_column;
mod score_phrase;
mod search;
pub(crate) mod searcher;
mod see_also;
pub(super) mod similar;
mod sort;
mod suggestions;
