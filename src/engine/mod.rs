//! An archive's own search engine as a backend: OpenSearch, Elasticsearch or Solr.
//!
//! An [`EngineAddress`] names the index. Nothing is sent to a network unless the user names one.
//!
//! | file | what it does |
//! |---|---|
//! | `address`, `credentials` | which index, and who asks |
//! | `http` | one request after the other, bounded in time, size and depth |
//! | `open` | finds out which engine it is and which fields the index has (`schema`) |
//! | `mapping` | what the fields mean: data in `assets/engines`; `document` makes records with it |
//! | `condition`, `value_pattern` | a filter in the terms of the index; `opensearch` and `solr` write it in their languages |
//! | `backend` | asks for pages (`page`), and gives handles to documents (`handles`) |
//!
//! It uses `text`, `record`, `files` and `query`. Start reading at `open`, then `backend`.

mod address;
mod ask;
mod backend;
mod condition;
mod credentials;
mod document;
mod facets;
mod handles;
pub mod http;
mod mapping;
mod open;
mod opensearch;
mod page;
mod schema;
mod solr;
mod value_pattern;

pub use address::{AddressError, EngineAddress, EngineKind};
pub use backend::EngineBackend;
pub use credentials::Credentials;
pub use mapping::{
    DateMapping, EngineMapping, FieldMapping, FieldTarget, FixedFilter, OrderMapping, Unpublished,
};
pub use schema::{FieldKind, Schema, SchemaField};
