//! Opens an index: finds out which engine it is, which fields it has and what they mean.

use std::sync::Arc;

use serde_json::Value;

use super::ask::{Ask, Engine, Index, Position};
use super::backend::{EngineBackend, error_of, order_keys};
use super::condition::{IdsOf, Translator};
use super::handles::Handles;
use super::http::{Client, Failure, Limits, Request};
use super::mapping::{EngineMapping, FieldTarget};
use super::opensearch::OpenSearch;
use super::schema::Schema;
use super::solr::Solr;
use super::{Credentials, EngineAddress, EngineKind};
use crate::query::{
    Abilities, Ability, CancelCheck, OrderBy, Query, SearchError, Summary, UserMarks,
};
use crate::record::{Archive, FileSet, OwnName};

/// The most names of own fields that a filter knows.
const MAX_OWN_NAMES: usize = 10_000;

impl EngineBackend {
    /// Opens an index. Three or four requests are sent, one after the other.
    ///
    /// # Errors
    /// There is no answer, or the server is no search engine, or has no such index.
    pub fn open(
        address: EngineAddress,
        credentials: Credentials,
        limits: Limits,
        is_cancelled: CancelCheck<'_>,
    ) -> Result<EngineBackend, SearchError> {
        EngineBackend::open_with(address, credentials, limits, &[], is_cancelled)
    }

    /// Opens an index like [`EngineBackend::open`]. One of the user's own mappings is taken if it fits.
    ///
    /// # Errors
    /// There is no answer, or the server is no search engine, or has no such index.
    pub fn open_with(
        address: EngineAddress,
        credentials: Credentials,
        limits: Limits,
        own_mappings: &[EngineMapping],
        is_cancelled: CancelCheck<'_>,
    ) -> Result<EngineBackend, SearchError> {
        let client = Client::new(&address, credentials, limits);
        let error = |failure| error_of(&client, failure);
        let (engine, schema) = find_engine(&client, &address, is_cancelled).map_err(error)?;
        let mapping = EngineMapping::recognise_among(own_mappings, &schema);
        let mapping = mapping.map_err(SearchError::NoAnswer)?;
        let index = Index {
            client: client.clone(),
            parent: address.parent().to_owned(),
            name: address.index().to_owned(),
            schema,
            mapping,
        };
        let marks = UserMarks::default();
        let ids: &IdsOf<'_> = &|_| Vec::new();
        let translator =
            Translator { mapping: &index.mapping, schema: &index.schema, marks: &marks, ids };
        let everything = translator.translate(&Query::default()).condition;
        let ask = Ask {
            condition: &everything,
            sort: Vec::new(),
            position: Position::Row(0),
            size: 0,
            wants_documents: false,
        };
        // Solr takes no cursor without its key among what is sorted by.
        let ask = match engine.tie_break() {
            "_id" => ask,
            key => Ask { sort: vec![key_of(key)], ..ask },
        };
        let found = engine.rows(&index, &ask, is_cancelled).map_err(error)?;
        let summary = Summary {
            record_count: found.total,
            file_count: 1,
            // The address of a server belongs into no citation, so that the archive has none.
            archives: Arc::new([Archive::default()]),
            file_sets: Arc::new([FileSet { files: vec![address.to_string()] }]),
            own_field_names: Arc::new(own_field_names(&index)),
            abilities: abilities(&index, engine.as_ref()),
            ..Summary::default()
        };
        let counted_index = Index { client: client.beside(), ..index.clone() };
        Ok(EngineBackend {
            address: Arc::new(address),
            index: Arc::new(index),
            counted_index: Arc::new(counted_index),
            engine: Arc::from(engine),
            handles: Arc::new(Handles::default()),
            summary,
        })
    }
}

/// Returns the key of documents as what is sorted by.
fn key_of(field: &str) -> super::ask::SortKey {
    super::ask::SortKey { field: field.to_owned(), is_descending: false }
}

/// An engine, and the fields of the index.
type Found = (Box<dyn Engine>, Schema);

/// Finds out which engine it is, unless the address says so, and asks for the fields of the index.
fn find_engine(
    client: &Client,
    address: &EngineAddress,
    is_cancelled: CancelCheck<'_>,
) -> Result<Found, Failure> {
    match address.kind {
        Some(EngineKind::OpenSearch) => find_opensearch(client, address, is_cancelled),
        Some(EngineKind::Solr) => find_solr(client, address, is_cancelled),
        None => match find_opensearch(client, address, is_cancelled) {
            Ok(found) => Ok(found),
            Err(failure) if says_who_answered(&failure) => Err(failure),
            // A Solr server answers the path above its collections with a page or an error.
            Err(failure) => find_solr(client, address, is_cancelled).map_err(|other| match other {
                Failure::Cancelled => other,
                _ => failure,
            }),
        },
    }
}

/// Whether another kind of engine need not be asked for.
fn says_who_answered(failure: &Failure) -> bool {
    match failure {
        Failure::Cancelled => true,
        Failure::Refused(refusal) => {
            matches!(refusal.status, 401 | 403 | 429) || refusal.kind == "index_not_found_exception"
        }
        Failure::Failed(_) => false,
    }
}

/// Asks whether it is OpenSearch or Elasticsearch.
fn find_opensearch(
    client: &Client,
    address: &EngineAddress,
    is_cancelled: CancelCheck<'_>,
) -> Result<Found, Failure> {
    let greeting = client.send(Request::get(format!("{}/", address.parent())), is_cancelled)?;
    let Some(engine) = OpenSearch::from_greeting(&greeting) else {
        return Err(Failure::Failed(format!(
            "{address} is no index of OpenSearch or Elasticsearch"
        )));
    };
    let path = format!("{}/{}/_mapping", address.parent(), address.index());
    let mapping = client.send(Request::get(path), is_cancelled)?;
    Ok((Box::new(engine), Schema::from_opensearch(&mapping)))
}

/// Asks whether it is Solr.
fn find_solr(
    client: &Client,
    address: &EngineAddress,
    is_cancelled: CancelCheck<'_>,
) -> Result<Found, Failure> {
    let path = format!("{}/{}/admin/luke?numTerms=0&wt=json", address.parent(), address.index());
    let answer = client.send(Request::get(path), is_cancelled)?;
    if answer.get("fields").and_then(Value::as_object).is_none() {
        return Err(Failure::Failed(format!("{address} is no collection of Solr")));
    }
    Ok((Box::new(Solr), Schema::from_luke(&answer)))
}

/// Returns the names of own fields: those of the mapping, then whole fields without a place.
fn own_field_names(index: &Index) -> Vec<OwnName> {
    let mapping = &index.mapping;
    let mapped = mapping.fields.iter().filter_map(|field| match field.target()? {
        FieldTarget::Own(name) => Some(name),
        FieldTarget::Known(_) => None,
    });
    let others = index.schema.names().filter(|name| mapping.is_own_field(name));
    let mut names: Vec<OwnName> = Vec::new();
    for name in mapped.chain(others.map(OwnName::from)).take(MAX_OWN_NAMES) {
        if names.last() != Some(&name) {
            names.push(name);
        }
    }
    names
}

/// Returns what can be done with an index.
fn abilities(index: &Index, engine: &dyn Engine) -> Abilities {
    let orders = OrderBy::ALL.iter().copied();
    let orders = orders.filter(|by| order_keys(index, *by).is_some()).collect();
    let go_to_row = (engine.last_numbered_row() < usize::MAX).then_some(Ability::GoToRow);
    let missing = [Some(Ability::Duplicates), Some(Ability::MoreLikeThis), go_to_row];
    Abilities { orders, missing: missing.into_iter().flatten().collect() }
}
