//! An archive's own search engine as a backend: OpenSearch, Elasticsearch or Solr.
//!
//! An [`EngineAddress`] names the index. Nothing is sent to a network unless the user names one.
//!
//! It uses `text`, `record`, `files` and `query`. Start reading at `address`.

mod address;
mod condition;
mod credentials;
mod document;
pub mod http;
mod mapping;
mod schema;

pub use address::{AddressError, EngineAddress, EngineKind};
pub use credentials::Credentials;
pub use mapping::{
    DateMapping, EngineMapping, FieldMapping, FieldTarget, FixedFilter, OrderMapping, Unpublished,
};
pub use schema::{FieldKind, Schema, SchemaField};
