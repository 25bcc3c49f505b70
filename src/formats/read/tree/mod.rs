//! Finds records in a tree of a shape that is not known by name, and what its names mean.
//!
//! The beginning of a file decides: [`lists`] finds the list whose objects say most about a document each,
//! [`leaves`] takes their texts out of all wrappings, [`mapping`] decides what the names mean. Then the
//! file is streamed, and [`convert`] makes a record of each item. Nothing becomes a record that is none:
//! a file without such a list is refused, with its longest lists.

mod accounts;
mod archive;
mod bulk_actions;
mod convert;
mod date_of_tree;
mod dated_events;
mod element_names;
mod element_paths;
mod entities;
mod excluded_lists;
mod first_record;
mod groups;
mod headers;
mod hierarchy;
mod joined_days;
mod joined_persons;
mod json;
mod json_part;
mod json_walk;
mod key_uses;
mod keyed;
mod kinds;
mod known_values;
mod labelled;
mod leaves;
mod lifting;
mod linked;
mod list_keys;
mod lists;
mod mapping;
mod marc_json;
mod members;
mod mentioned;
mod missing_lists;
mod named_addresses;
mod neighbors;
mod nesting;
mod objects;
mod own_keys;
mod own_meanings;
mod path;
mod plan;
mod recordless_keys;
mod rows;
mod sample;
mod scope;
mod single;
mod texts;
mod toml;
mod totals;
mod uneven_lists;
mod value_words;
mod values;
mod vocabularies;
mod vocabulary_file;
mod words;
mod worth;
mod xml;
mod yaml;

pub(super) use first_record::ends_behind_record;
pub(super) use json::{read as read_json, read_lines as read_json_lines};
pub(super) use objects::{Objects, PlacedObject, send as send_objects};
pub(super) use sample::parse as parse_beginning;
pub(super) use single::record_of_object;
pub(super) use toml::{object_of as object_of_toml, read as read_toml};
pub(super) use worth::{are_of_places, is_about_weather, is_document_title};
pub(super) use xml::{
    looks_like as looks_like_xml, read as read_xml, read_dublin_core, record_of_element,
};
pub(super) use yaml::{looks_like as looks_like_yaml, read as read_yaml};
