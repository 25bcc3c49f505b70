//! Keys of the values, labels, roles and names of persons in the objects of a tree.

/// Keys whose value stands for their object, the surest first.
pub(super) const VALUE_KEYS: [&str; 27] = [
    "@value",
    "value",
    "$date",
    "$oid",
    "$numberLong",
    "#text",
    "_text",
    "text",
    "content",
    "expression",
    "displayDate",
    "inclusive",
    "when",
    "when-iso",
    "label",
    "_label",
    "name",
    "title",
    "heading",
    "caption",
    "prefLabel",
    "display_name",
    "_resolved",
    "authorized_form_of_name",
    "html",
    "rendered",
    "rdf:value",
];

/// Keys that databases use for the type of a value, which is alone in its object.
pub(super) const TYPED_VALUE_KEYS: [&str; 17] = [
    "stringValue",
    "integerValue",
    "doubleValue",
    "booleanValue",
    "timestampValue",
    "arrayValue",
    "mapValue",
    "referenceValue",
    "values",
    "S",
    "N",
    "BOOL",
    "SS",
    "NS",
    "L",
    "M",
    "$numberInt",
];

/// Keys of the label in an item of a list of labels and values.
pub(super) const LABEL_KEYS: [&str; 26] = [
    "label",
    "element",
    "property",
    "field",
    "key",
    "term",
    "name",
    "tag",
    "fieldName",
    "field_name",
    "fieldname",
    "fieldLabel",
    "field_label",
    "columnName",
    "column_name",
    "propertyName",
    "property_name",
    "attributeName",
    "attribute_name",
    "attribute",
    "elementName",
    "typeName",
    "propertyUri",
    "property_uri",
    "predicate",
    "attr",
];

/// Keys of the value beside a label.
pub(super) const LABELLED_VALUE_KEYS: [&str; 14] = [
    "value",
    "values",
    "text",
    "content",
    "val",
    "subnotes",
    "fieldValue",
    "field_value",
    "displayValue",
    "display_value",
    "textValue",
    "propertyValue",
    "attributeValue",
    "elementTextContainer",
];

/// The keys of the name of a field and of its value in a statement of RDF.
pub(super) const STATEMENT_KEYS: [&str; 2] = ["predicate", "object"];

/// Elements of XML that are a field whose name is an attribute: Solr, SPARQL, tables of databases.
pub(super) const FIELD_KEYS: [&str; 21] = [
    "field",
    "feld",
    "champ",
    "campo",
    "attribute",
    "attr",
    "property",
    "column",
    "col",
    "binding",
    "element",
    "extra",
    "custom",
    "param",
    "str",
    "int",
    "long",
    "float",
    "double",
    "bool",
    "arr",
];

/// Attributes of the name of the field that an XML element is.
pub(super) const ELEMENT_LABEL_KEYS: [&str; 9] =
    ["label", "name", "field", "key", "property", "element", "code", "tag", "column"];

/// Elements of the value in an XML element whose attribute is the name of the field: SPARQL, Solr.
pub(super) const ELEMENT_VALUE_KEYS: [&str; 8] =
    ["uri", "literal", "bnode", "str", "string", "data", "item", "li"];

/// Attributes of an XML element without a value, beside its name: `xsi:nil`.
pub(super) const NULL_KEYS: [&str; 4] = ["nil", "null", "isNull", "type"];

/// Keys of the value in an object whose key means something, behind [`VALUE_KEYS`]: the day of a date, the text of a
/// headline.
pub(super) const KNOWN_VALUE_KEYS: [&str; 19] = [
    "iso",
    "main",
    "_content",
    "display",
    "full",
    "formatted",
    "displayName",
    "normalized",
    "preferred",
    "primary",
    "default",
    "original",
    "mainTitle",
    "main_title",
    "_",
    "$t",
    "__text",
    "_value",
    "$",
];

/// Keys of the day of a date in the form of programs, beside its text.
pub(super) const DATE_CODE_KEYS: [&str; 10] = [
    "when",
    "@when",
    "when-iso",
    "@when-iso",
    "iso",
    "@iso",
    "normal",
    "@normal",
    "w3cdtf",
    "datetime",
];

/// Keys of the kind of a title.
pub(super) const TITLE_KIND_KEYS: [&str; 7] =
    ["type", "@type", "titleType", "title_type", "kind", "lang", "language"];

/// Kinds of titles that are the title of a record before others.
pub(super) const MAIN_KINDS: [&str; 7] =
    ["main", "primary", "title", "proper", "preferred", "original", "uncontrolled"];

/// Keys of an object that only wraps the value of one whose key means something: `{"data": {"attributes": …}}`.
pub(super) const INNER_KEYS: [&str; 4] = ["data", "attributes", "_source", "node"];

/// Keys of the kind of a note, which names a field: `scopecontent`.
pub(super) const NOTE_TYPE_KEYS: [&str; 3] = ["type", "noteType", "note_type"];

/// Keys of the role beside a name.
pub(super) const ROLE_KEYS: [&str; 12] = [
    "contributorType",
    "contributor_type",
    "association",
    "creatorType",
    "role",
    "roles",
    "relator",
    "roleTerm",
    "relation",
    "role_name",
    "relationship",
    "function",
];

/// Keys of the name in an object that is a person or a body, the surest first.
pub(super) const NAME_KEYS: [&str; 9] = [
    "name",
    "displayname",
    "display_name",
    "fullName",
    "full_name",
    "raw_name",
    "display",
    "lf",
    "fl",
];

/// Keys of the whole name of a person, beside those of its parts.
pub(super) const FULL_NAME_KEYS: [&str; 5] =
    ["fullName", "full_name", "displayName", "display_name", "completeName"];

/// Keys of the address in an object that is a link, the surest first.
pub(super) const ADDRESS_KEYS: [&str; 6] = ["href", "@href", "@id", "id", "url", "uri"];

/// Keys of the kind of a link.
pub(super) const LINK_KIND_KEYS: [&str; 2] = ["rel", "@rel"];
