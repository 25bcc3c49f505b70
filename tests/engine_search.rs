//! An index of OpenSearch and a collection of Solr as backends: what they are asked, and what their answers become.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use fonds::engine::http::Limits;
use fonds::engine::{Credentials, EngineAddress, EngineBackend};
use fonds::query::{
    Ability, AggregateRequest, Backend, DateUnit, FacetField, FacetRequest, HistogramRequest,
    Order, OrderBy, Placement, Query, RecordSet, RowStream, SearchError, SearchRequest,
    SearchResponse, Target, Total, UserMarks, parse,
};
use fonds::record::{Field, RecordId, RecordKey};
use serde_json::{Value, json};

use crate::engine_server::{EngineServer, Received, Reply};

const LIMITS: Limits = Limits {
    answer_time: Duration::from_secs(10),
    connect_time: Duration::from_secs(5),
    answer_bytes: 1 << 20,
};

/// The titles of the records that the servers have, in their order.
pub(crate) const TITLES: [&str; 7] =
    ["Log 0", "Log 1", "Log 2", "Log 3", "Log 4", "Log 5", "Log 6"];

fn open(url: &str) -> Result<EngineBackend, SearchError> {
    let address = EngineAddress::parse(url).unwrap();
    EngineBackend::open(address, Credentials::default(), LIMITS, &|| false)
}

/// A page of an index whose documents are sorted by `lft`.
pub(crate) fn opensearch_page(body: &Value) -> Value {
    let size = usize::try_from(body["size"].as_u64().unwrap()).unwrap();
    let is_backwards = body["sort"][0]["lft"]["order"] == "desc";
    let from = usize::try_from(body["from"].as_u64().unwrap_or(0)).unwrap();
    let after = body["search_after"][0].as_u64().and_then(|it| usize::try_from(it).ok());
    let mut rows: Vec<usize> = (0..TITLES.len()).collect();
    if is_backwards {
        rows.reverse();
    }
    rows.retain(|row| match after {
        Some(after) if is_backwards => *row < after,
        Some(after) => *row > after,
        None => true,
    });
    let wanted = body["query"].pointer("/bool/filter/0/ids/values").and_then(Value::as_array);
    let is_wanted = |row: &usize| wanted.is_none_or(|ids| ids.contains(&json!(row.to_string())));
    let hit = |row: usize| {
        let source =
            json!({"lft": row, "sourceCulture": "en", "i18n": {"en": {"title": TITLES[row]}}});
        json!({"_id": row.to_string(), "_source": source, "sort": [row]})
    };
    let page = rows.into_iter().filter(is_wanted).skip(from).take(size).map(hit);
    json!({"hits": {"hits": page.collect::<Vec<_>>(), "total": {"value": TITLES.len(), "relation": "eq"}},
           "_shards": {"total": 2, "successful": 2, "failed": 0}, "timed_out": false})
}

/// What an index of AtoM in OpenSearch answers to all but searches.
fn opensearch_setup(request: &Received) -> Option<Value> {
    if request.line == "GET /" {
        return Some(json!({"version": {"number": "2.19.6", "distribution": "opensearch"}}));
    }
    if request.line.ends_with("/_mapping") {
        let keyword = json!({"type": "keyword"});
        let text = json!({"type": "text", "fields": {"untouched": keyword, "alphasort": keyword}});
        let date = json!({"type": "date"});
        let name = json!({"properties": {"i18n": {"properties": {"en": {"properties": {"authorizedFormOfName": text}}}}}});
        return Some(json!({"letters": {"mappings": {"properties": {
            "lft": {"type": "integer"}, "levelOfDescriptionId": {"type": "integer"},
            "publicationStatusId": {"type": "integer"}, "startDateSort": date, "creators": name,
            "i18n": {"properties": {"en": {"properties": {"title": text, "scopeAndContent": {"type": "text"}}}}},
            "dates": {"type": "nested", "properties": {"startDate": date, "endDate": date}},
        }}}}));
    }
    request
        .line
        .contains("point_in_time")
        .then(|| json!({"pit_id": "p1", "_shards": {"total": 2, "successful": 2}}))
}

/// Starts an index that answers searches so.
pub(crate) fn opensearch(answer: impl Fn(&Value) -> Reply + Send + Sync + 'static) -> EngineServer {
    EngineServer::start(move |request| match opensearch_setup(request) {
        Some(value) => Reply::Json(value),
        None => answer(&request.json()),
    })
}

pub(crate) fn pages() -> EngineServer {
    opensearch(|body| Reply::Json(opensearch_page(body)))
}

/// A page of a collection.
pub(crate) fn solr_page(request: &Received) -> Value {
    let number = |name: &str| request.form(name).and_then(|it| it.parse::<usize>().ok());
    let start = match request.form("cursorMark").as_deref() {
        Some("*") | None => number("start").unwrap_or(0),
        Some(mark) => mark.trim_start_matches('m').parse().unwrap(),
    };
    let rows = number("rows").unwrap();
    let docs: Vec<Value> = (start..TITLES.len().min(start + rows))
        .map(|row| json!({"id": format!("c{row}"), "title_ssm": [TITLES[row]], "date_range_isim": [1943]}))
        .collect();
    json!({"responseHeader": {"status": 0}, "response": {"numFound": TITLES.len(), "numFoundExact": true, "docs": docs},
           "nextCursorMark": format!("m{}", start + docs.len()),
           "shards.info": {"a": {"numFound": 4}, "b": {"numFound": 3}}})
}

pub(crate) fn solr(answer: impl Fn(&Received) -> Reply + Send + Sync + 'static) -> EngineServer {
    EngineServer::start(move |request| {
        if request.line.contains("/admin/luke") {
            let field = |kind: &str, schema: &str| json!({"type": kind, "schema": schema});
            return Reply::Json(json!({"fields": {
                "id": field("string", "I-SD-----"), "normalized_title_ssm": field("string", "--SDM----"),
                "component_level_isim": field("pint", "I-SDM----"), "title_tesim": field("text_en", "ITS-M----"),
                "creator_ssim": field("string", "I-SDM----"), "date_range_isim": field("pint", "I-SDM----"),
                "title_sort": field("alphaNumSort", "IT------"), "sort_isi": field("pint", "I-SD-----"),
            }}));
        }
        if request.line.contains("/select") {
            return answer(request);
        }
        Reply::Status(404, "Content-Type: text/html", "<html>Not here".to_owned())
    })
}

fn search(backend: &EngineBackend, filter: &str, target: Target, size: usize) -> SearchResponse {
    let query = parse(filter, &backend.summary().own_field_names);
    backend.search(&SearchRequest::new(query, target, size), &|| false).unwrap()
}

fn titles(response: &SearchResponse) -> Vec<&str> {
    response.rows.iter().map(|row| row.record.title().unwrap()).collect()
}

#[test]
fn engines_are_found_by_asking() {
    let server = pages();
    let backend = open(&server.url("/letters")).unwrap();
    assert_eq!(backend.system(), "AtoM");
    let summary = backend.summary();
    assert_eq!(summary.record_count, Total::Exact(7));
    assert_eq!(summary.file_sets[0].files, [server.url("/letters")]);
    assert!(!summary.abilities.has(Ability::GoToRow));
    assert!(summary.abilities.orders.contains(&OrderBy::Title));

    let server = solr(|request| Reply::Json(solr_page(request)));
    let backend = open(&server.url("/solr/papers")).unwrap();
    assert_eq!(backend.system(), "ArcLight");
    assert!(backend.summary().abilities.has(Ability::GoToRow));
    assert!(open(&server.url("/solr/papers").replace("http:", "solr+http:")).is_ok());

    let other = EngineServer::start(|_| Reply::Json(json!({"hello": "world"})));
    let message = open(&other.url("/a")).unwrap_err().to_string();
    assert!(message.contains("is no index of OpenSearch"), "{message}");
    let closed = EngineServer::start(|_| Reply::Status(401, "X: y", String::new()));
    let message = open(&closed.url("/a")).unwrap_err().to_string();
    assert!(message.contains("asks who you are"), "{message}");
}

#[test]
fn pages_of_opensearch_take_one_request_in_both_directions() {
    let server = pages();
    let backend = open(&server.url("/letters")).unwrap();
    let first = search(&backend, "", Target::Row(0), 3);
    assert_eq!(titles(&first), ["Log 0", "Log 1", "Log 2"]);
    assert_eq!((first.match_count, first.placement), (Total::Exact(7), Placement::Row(0)));
    let before = server.received().len();
    let next = search(&backend, "", Target::Page(first.page_tokens.next.clone().unwrap()), 3);
    assert_eq!((titles(&next), next.first_row), (vec!["Log 3", "Log 4", "Log 5"], 3));
    let last = search(&backend, "", Target::Page(next.page_tokens.last.clone().unwrap()), 3);
    assert_eq!((titles(&last), last.first_row), (vec!["Log 6"], 6));
    assert_eq!(last.page_tokens.next, None);
    let back = search(&backend, "", Target::Page(last.page_tokens.previous.clone().unwrap()), 3);
    assert_eq!((titles(&back), back.first_row), (titles(&next), 3));
    assert_eq!(server.received().len() - before, 3);
    let body = server.last("/_search").json();
    assert_eq!(body["pit"]["id"], "p1");
    assert_eq!(body["sort"][0]["lft"]["missing"], "_first");
}

#[test]
fn a_forgotten_point_in_time_does_not_lose_the_place() {
    let opened = AtomicUsize::new(0);
    let server = EngineServer::start(move |request| {
        let body = request.json();
        match opensearch_setup(request) {
            Some(mut value) if request.line.contains("point_in_time") => {
                value["pit_id"] = json!(format!("p{}", opened.fetch_add(1, Ordering::Relaxed)));
                Reply::Json(value)
            }
            Some(value) => Reply::Json(value),
            None if body["search_after"].is_array() && body["pit"]["id"] == "p0" => {
                let error = json!({"error": {"root_cause": [{"type": "search_context_missing_exception"}]}});
                Reply::Status(404, "Content-Type: application/json", error.to_string())
            }
            None => Reply::Json(opensearch_page(&body)),
        }
    });
    let backend = open(&server.url("/letters")).unwrap();
    let first = search(&backend, "", Target::Row(0), 3);
    let next = search(&backend, "", Target::Page(first.page_tokens.next.unwrap()), 3);
    assert_eq!(titles(&next), ["Log 3", "Log 4", "Log 5"]);
    let points = server
        .received()
        .iter()
        .filter(|it| it.line.starts_with("POST /letters/_search/point"))
        .count();
    assert_eq!(points, 2);
}

/// An index that opens points in time of one of two parts, or whose points in time lose a part.
fn half_open(opened: usize, searched: usize) -> EngineServer {
    EngineServer::start(move |request| match opensearch_setup(request) {
        Some(mut value) if request.line.starts_with("POST /letters/_search/point") => {
            value["_shards"] = json!({"total": 2, "successful": opened, "failed": 0});
            Reply::Json(value)
        }
        Some(value) => Reply::Json(value),
        None => {
            let mut page = opensearch_page(&request.json());
            let has_point = request.json()["pit"].is_object();
            let total = if has_point { opened } else { 2 };
            page["_shards"] = json!({"total": total, "successful": searched, "failed": 0});
            Reply::Json(page)
        }
    })
}

#[test]
fn a_point_in_time_hides_no_missing_part() {
    for (opened, searched) in [(1, 1), (2, 1)] {
        let server = half_open(opened, searched);
        let backend = open(&server.url("/letters")).unwrap();
        let response = search(&backend, "", Target::Row(0), 3);
        assert_eq!((response.coverage.answered, response.coverage.parts), (1, 2), "{opened}");
        assert!(response.match_count.is_lower_bound());
    }
    let server = half_open(2, 2);
    let backend = open(&server.url("/letters")).unwrap();
    assert!(search(&backend, "", Target::Row(0), 3).coverage.is_complete());
    assert!(server.last("/_search").json()["pit"].is_object());
}

#[test]
fn pages_of_solr_lead_on_by_cursors() {
    let server = solr(|request| Reply::Json(solr_page(request)));
    let backend = open(&server.url("/solr/papers")).unwrap();
    let first = search(&backend, "", Target::Row(0), 3);
    assert_eq!(titles(&first), ["Log 0", "Log 1", "Log 2"]);
    assert_eq!(server.last("/select").form("cursorMark").as_deref(), Some("*"));
    let next = search(&backend, "", Target::Page(first.page_tokens.next.unwrap()), 3);
    assert_eq!((titles(&next), next.first_row), (vec!["Log 3", "Log 4", "Log 5"], 3));
    let back = search(&backend, "", Target::Page(next.page_tokens.previous.unwrap()), 3);
    assert_eq!(back.first_row, 0);
    let last = search(&backend, "", Target::Page(next.page_tokens.last.unwrap()), 3);
    assert_eq!(titles(&last), ["Log 6"]);
    let far = search(&backend, "", Target::Row(500), 3);
    assert_eq!((titles(&far), far.placement), (vec!["Log 6"], Placement::Row(6)));
    assert_eq!(last.rows[0].record.date.span().unwrap().to_edtf(), "1943");
    let sort = server.last("/select").form("sort").unwrap();
    assert_eq!(sort, "sort_isi asc,id asc");
}

#[test]
fn streams_return_every_row_of_both_engines() {
    let servers = [pages(), solr(|request| Reply::Json(solr_page(request)))];
    for (server, path) in servers.iter().zip(["/letters", "/solr/papers"]) {
        let backend = open(&server.url(path)).unwrap();
        let request = SearchRequest::new(Query::default(), Target::Row(0), 2);
        let rows = RowStream::new(&backend, request).unwrap();
        let all: Vec<String> = rows.map(|row| row.record.title().unwrap().to_owned()).collect();
        assert_eq!(all, TITLES);
    }
}

#[test]
fn incomplete_answers_say_which_parts_are_missing() {
    let failed = json!({"total": 2, "successful": 1, "failed": 1, "failures": [{"reason": {"reason": "node left"}}]});
    for (shards, late, message) in [
        (failed, false, Some("answer incomplete: 1 of 2 parts: node left")),
        (
            json!({"total": 2, "successful": 1, "failed": 0}),
            false,
            Some("answer incomplete: 1 of 2 parts"),
        ),
        (
            json!({"total": 2, "successful": 2, "failed": 0}),
            true,
            Some("answer incomplete: 1 of 2 parts: the engine stopped before its end"),
        ),
        (json!({"total": 2, "successful": 2, "failed": 0}), false, None),
    ] {
        let kept = shards.clone();
        let server = opensearch(move |body| {
            let mut page = opensearch_page(body);
            page["_shards"] = kept.clone();
            page["timed_out"] = json!(late);
            Reply::Json(page)
        });
        let backend = open(&server.url("/letters")).unwrap();
        let response = search(&backend, "", Target::Row(0), 3);
        assert_eq!(response.coverage.message().as_deref(), message, "{shards}");
        assert_eq!(response.match_count.is_lower_bound(), message.is_some());
    }
    let server = solr(|request| {
        let mut page = solr_page(request);
        page["responseHeader"]["partialResults"] = json!(true);
        page["shards.info"]["b"] = json!({"error": "java.net.ConnectException: refused\n\tat x"});
        Reply::Json(page)
    });
    let backend = open(&server.url("/solr/papers")).unwrap();
    let response = search(&backend, "", Target::Row(0), 3);
    assert_eq!(
        response.coverage.message().unwrap(),
        "answer incomplete: 1 of 2 parts: java.net.ConnectException: refused"
    );
}

/// What an index of OpenSearch is asked for a filter, without what is the same for all.
fn opensearch_query(filter: &str) -> (Value, Vec<String>) {
    let server = pages();
    let backend = open(&server.url("/letters")).unwrap();
    let response = search(&backend, filter, Target::Row(0), 3);
    let messages = response.suggestions.iter().map(ToString::to_string).collect();
    (server.last("/_search").json()["query"].clone(), messages)
}

#[test]
fn filters_become_queries_of_opensearch() {
    let (query, messages) = opensearch_query("title:\"harbour master\" -log*");
    assert!(messages.is_empty(), "{messages:?}");
    let must = &query["bool"]["must"];
    assert_eq!(must[0]["multi_match"]["type"], "phrase");
    assert_eq!(must[0]["multi_match"]["fields"], json!(["i18n.en.title"]));
    assert_eq!(must[0]["multi_match"]["query"], "harbour master");
    let excluded = &query["bool"]["filter"][0]["bool"]["must_not"][0];
    assert_eq!(excluded["query_string"]["query"], "log^4 OR log*");

    let (query, _) = opensearch_query("date:1943..1945");
    let nested = &query["bool"]["filter"][0]["nested"];
    assert_eq!(nested["path"], "dates");
    let text = nested["query"].to_string();
    for part in
        [r#"{"dates.startDate":{"lte":"1945-12-31"}}"#, r#"{"dates.endDate":{"gte":"1943-01-01"}}"#]
    {
        assert!(text.contains(part), "{text}");
    }
    let (query, _) = opensearch_query("undated");
    assert!(query["bool"]["filter"][0]["bool"]["must_not"][0]["nested"].is_object(), "{query}");

    let (query, messages) = opensearch_query("is:doubtful box:3 orla");
    assert_eq!(messages.len(), 2, "{messages:?}");
    assert!(messages.iter().all(|it| it.contains("is ignored")), "{messages:?}");
    assert_eq!(query["bool"]["must"].as_array().unwrap().len(), 1);

    let (query, _) = opensearch_query("(orla OR vellmar) strait");
    let text = query["bool"]["must"][0].to_string();
    assert!(text.contains("orla") && text.contains("vellmar") && text.contains("should"), "{text}");
}

/// What a collection of Solr is asked for a filter.
fn solr_query(filter: &str) -> (String, Vec<String>) {
    let server = solr(|request| Reply::Json(solr_page(request)));
    let backend = open(&server.url("/solr/papers")).unwrap();
    let response = search(&backend, filter, Target::Row(0), 3);
    let messages = response.suggestions.iter().map(ToString::to_string).collect();
    (server.last("/select").form("q").unwrap(), messages)
}

#[test]
fn filters_become_queries_of_solr() {
    for (filter, query) in [
        ("", "*:*"),
        ("title:log", "((((title_tesim:log^4 OR title_tesim:log*))))"),
        ("title:\"harbour master\"", "((title_tesim:\"harbour master\"))"),
        ("date:1943..1945", "(date_range_isim:[\"1943\" TO \"1945\"])"),
        ("creator:tarn", r#"creator_ssim:/.*[ ,.;:\-\/'"]?[tT][aA][rR][nN].*/"#),
        ("undated", "((*:* AND -date_range_isim:[* TO *]))"),
    ] {
        let (asked, messages) = solr_query(filter);
        let bare = |text: &str| text.replace(['(', ')'], "");
        assert_eq!(bare(&asked), bare(query), "{filter}");
        assert!(messages.is_empty(), "{messages:?}");
    }
    let (asked, messages) = solr_query("date:\"July 1943\"");
    assert!(asked.contains("date_range_isim:[\"1943\" TO \"1943\"]"), "{asked}");
    assert_eq!(messages, ["“date:\"July 1943\"”: this engine compares years, not months and days"]);
    // Signs of the query language in words stay words.
    let (asked, _) = solr_query("title:\"a\\\" OR *:*\"");
    assert!(!asked.contains("OR *:*"), "{asked}");
}

#[test]
fn marks_are_asked_for_by_their_ids() {
    let server = pages();
    let backend = open(&server.url("/letters")).unwrap();
    let first = search(&backend, "", Target::Row(0), 7);
    let marked: RecordSet = [first.rows[2].handle, first.rows[5].handle].into_iter().collect();
    let marks = UserMarks { marked: marked.clone(), ..UserMarks::default() };
    let request = SearchRequest {
        user_marks: marks.into(),
        selection: marked,
        ..SearchRequest::new(parse("is:marked", &[]), Target::Row(0), 7)
    };
    let response = backend.search(&request, &|| false).unwrap();
    assert_eq!(titles(&response), ["Log 2", "Log 5"]);
    assert_eq!(response.selection_matches.len(), 2);
    let identity = backend.identities_of(&[first.rows[2].handle])[0].clone().unwrap();
    assert_eq!(identity.archive, server.url("/letters"));
    assert_eq!(identity.key.to_string(), "2");
    assert_eq!(backend.find(&[identity]), [Some(first.rows[2].handle)]);
}

#[test]
fn more_marks_than_can_be_asked_for_are_refused() {
    let server = pages();
    let backend = open(&server.url("/letters")).unwrap();
    let archive = server.url("/letters");
    let identity = |number: u32| RecordId {
        archive: archive.clone(),
        key: RecordKey::Id(number.to_string()),
        repetition: 0,
    };
    let identities: Vec<RecordId> = (0..10_001).map(identity).collect();
    let marked: RecordSet = backend.find(&identities).into_iter().flatten().collect();
    let marks = UserMarks { marked, ..UserMarks::default() };
    let request = SearchRequest {
        user_marks: marks.into(),
        ..SearchRequest::new(parse("is:marked", &[]), Target::Row(0), 7)
    };
    let message = backend.search(&request, &|| false).unwrap_err().to_string();
    assert!(message.contains("more than 10,000"), "{message}");
}

#[test]
fn facets_and_timelines_are_counted_by_the_engine() {
    let server = opensearch(|body| {
        let mut page = opensearch_page(body);
        page["aggregations"] = json!({
            "facet0": {"doc_count_error_upper_bound": 2, "buckets": [{"key": "Tarn, Hilde", "doc_count": 5}, {"key": "Vey, Luc", "doc_count": 1}]},
            "all0": {"value": 9}, "without0": {"doc_count": 1},
            "bars": {"buckets": [{"key_as_string": "1943-01", "doc_count": 4}, {"key_as_string": "1951-01", "doc_count": 2}]},
            "undated": {"doc_count": 1},
        });
        Reply::Json(page)
    });
    let backend = open(&server.url("/letters")).unwrap();
    let creators = FacetField::Values { fields: vec![Field::Creator], own_names: Vec::new() };
    let wanted = AggregateRequest {
        facets: vec![FacetRequest::new(creators.clone(), 2)],
        histogram: Some(HistogramRequest::new(DateUnit::Decade)),
    };
    let request = SearchRequest::new(Query::default(), Target::Row(0), 1);
    let counts = backend.aggregate(&request, &wanted, &|| false).unwrap();
    let facet = &counts.facets[0];
    assert_eq!((facet.values[0].text.as_str(), facet.values[0].count), ("Tarn, Hilde", 5));
    assert_eq!((facet.other_values, facet.records_without, facet.is_approximate), (7, 1, true));
    let histogram = counts.histogram.unwrap();
    let bars: Vec<i64> = histogram.bars.iter().map(|bar| bar.year).collect();
    assert_eq!((bars, histogram.undated), (vec![1940, 1950], 1));
    let asked = server.last("/_search").json();
    assert_eq!(
        asked["aggs"]["facet0"]["terms"]["field"],
        "creators.i18n.en.authorizedFormOfName.untouched"
    );

    let server = solr(|request| {
        let mut page = solr_page(request);
        page["facets"] = json!({
            "facet0": {"numBuckets": 2, "missing": {"count": 3}, "buckets": [{"val": "Tarn, Hilde", "count": 4}]},
            "bars": {"missing": {"count": 2}, "buckets": [{"val": 1943, "count": 7}]},
        });
        Reply::Json(page)
    });
    let backend = open(&server.url("/solr/papers")).unwrap();
    let counts = backend.aggregate(&request, &wanted, &|| false).unwrap();
    assert_eq!((counts.facets[0].other_values, counts.facets[0].records_without), (1, 3));
    assert_eq!(counts.histogram.unwrap().undated, 2);
}

#[test]
fn orders_that_an_index_does_not_have_are_not_offered() {
    let server = pages();
    let backend = open(&server.url("/letters")).unwrap();
    let by = |by, reversed| SearchRequest {
        order: Some(Order { by, reversed }),
        ..SearchRequest::new(Query::default(), Target::Row(0), 3)
    };
    backend.search(&by(OrderBy::Date, true), &|| false).unwrap();
    let sort = server.last("/_search").json()["sort"].clone();
    assert_eq!(
        sort[0]["startDateSort"],
        json!({"order": "desc", "missing": "_last", "unmapped_type": "keyword"})
    );
    assert_eq!(sort[1]["lft"]["order"], "desc");
}
