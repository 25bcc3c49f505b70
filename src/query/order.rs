//! The orders of records.

use serde::{Deserialize, Serialize};

use crate::record::registry::registry;

/// What an order is called.
struct OrderRow {
    /// On the command line.
    name: &'static str,
    /// On the screen.
    shown: &'static str,
    /// What it does, for the help.
    description: &'static str,
}

registry! {
    /// What records are ordered by.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    pub enum OrderBy: OrderRow;
    /// The best match first. It only makes sense while the filter has words.
    Relevance => OrderRow {
        name: "relevance",
        shown: "by relevance",
        description: "Best matches first",
    },
    /// By earliest day, then narrower span first, then archive order. Undated records come last in
    /// both directions.
    Date => OrderRow {
        name: "date",
        shown: "by date",
        description: "Earliest date first, undated records last",
    },
    /// By folded title. Untitled records come last in both directions.
    Title => OrderRow {
        name: "title",
        shown: "by title",
        description: "Title, from A to Z",
    },
    /// In the order in which the archive lists them.
    #[default]
    Archive => OrderRow {
        name: "archive",
        shown: "archive order",
        description: "As the archive lists them",
    },
}

impl OrderBy {
    /// Returns the name on the command line.
    pub const fn name(self) -> &'static str {
        self.row().name
    }

    /// Returns what it does, for the help.
    pub const fn description(self) -> &'static str {
        self.row().description
    }

    /// Returns the order with this name.
    pub fn from_name(name: &str) -> Option<OrderBy> {
        OrderBy::ALL.iter().copied().find(|order| order.name() == name)
    }

    /// Returns the next order, after the last one the first. Relevance is left out without a filter.
    #[must_use]
    pub fn next(self, has_filter: bool) -> OrderBy {
        let is_shown = |order: &OrderBy| has_filter || *order != OrderBy::Relevance;
        let from_next = OrderBy::ALL.iter().cycle().skip_while(|order| **order != self).skip(1);
        from_next.copied().find(is_shown).unwrap_or_default()
    }
}

/// A sort order and its direction.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Order {
    /// What records are ordered by.
    pub by: OrderBy,
    /// Whether the order is reversed.
    pub reversed: bool,
}

impl Order {
    /// Returns what it is called on the screen.
    pub fn shown(self) -> String {
        format!("{}{}", self.by.row().shown, if self.reversed { ", reversed" } else { "" })
    }
}
