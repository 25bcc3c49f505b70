//! What answers of OAI-PMH and SRU say besides their records.

use crate::formats::read::xml::Element;

/// The requests of OAI-PMH and SRU whose answers have no records: the element of the answer and the request.
const REQUESTS_WITHOUT_RECORDS: [(&str, &str); 5] = [
    ("ListIdentifiers", "ListIdentifiers"),
    ("ListSets", "ListSets"),
    ("Identify", "Identify"),
    ("ListMetadataFormats", "ListMetadataFormats"),
    ("explainResponse", "explain"),
];

/// The message about an answer without records; `None` for any other element.
pub(super) fn without_records(element_name: &str) -> Option<String> {
    let (_, request) = REQUESTS_WITHOUT_RECORDS.iter().find(|(name, _)| *name == element_name)?;
    let how = if *request == "explain" {
        "operation=searchRetrieve"
    } else {
        "verb=ListRecords and a metadataPrefix"
    };
    Some(format!(
        "this is an answer to {request}: it has no records; ask the archive with {how} for them"
    ))
}

/// The warning for a resumption token.
pub(super) fn resumption_message(element: Element<'_>) -> String {
    let token = element.text();
    let size = element.attribute("completeListSize").map(|size| format!(" of {size} records"));
    let size = size.unwrap_or_default();
    if token.is_empty() {
        format!("this is the last part of a listing{size}")
    } else {
        format!(
            "this is a part of a listing{size}: ask the archive for the next with resumptionToken={token}"
        )
    }
}

/// The warning where an answer of SRU states more records than the file has.
pub(super) fn count_message(stated: Option<usize>, read: usize) -> Option<String> {
    let stated = stated.filter(|stated| *stated > read && read > 0)?;
    let records = if read == 1 { "1 record".to_owned() } else { format!("{read} records") };
    Some(format!(
        "this answer has {records} of {stated}: ask the archive for the others with startRecord and maximumRecords"
    ))
}

/// The error message for an OAI-PMH `error` element.
pub(super) fn archive_error_message(element: Element<'_>) -> String {
    let code = element.attribute("code").unwrap_or("error");
    let text = element.text();
    let reason = if text.is_empty() { String::new() } else { format!(" ({text})") };
    format!(
        "the archive answered {code}{reason}: there are no records in this file, request it again"
    )
}

/// The error message for the `diagnostics` of an SRU answer.
pub(super) fn diagnostics_message(element: Element<'_>) -> String {
    let parts = element.descendants().filter(|it| ["message", "details"].contains(&it.name()));
    let texts: Vec<String> = parts.map(Element::text).filter(|text| !text.is_empty()).collect();
    let reason = if texts.is_empty() { element.text() } else { texts.join(": ") };
    format!("the archive answered “{reason}”: correct the request and send it again")
}
