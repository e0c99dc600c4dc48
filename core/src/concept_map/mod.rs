//! The concept map: terms in learning order, papers by category and year, and mentions between them.
//!
//! 1. `content`: [`ConceptMap`] is the content of the map; `learning_order` sorts the terms;
//! 2. `layout`: [`MapLayout`] is the position of every node, and aggregates papers if there are many.
//!
//! Both axes have a meaning, so that the positions follow from the content in one pass, without a force simulation.
//! O(entries + mentions).

mod content;
mod layout;
mod learning_order;

pub use content::{ConceptMap, MapCell, MapLane, PaperNode, TermNode};
pub use layout::{MAX_TERMS, MapHeading, MapHeadingKind, MapLayout, MapNode, MapNodeKind};
