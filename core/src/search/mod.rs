//! Search: the corpus that queries are answered from, answers, facets, full text and highlighting.
//!
//! [`Corpus::build`] reads a notebook once; [`Corpus::answer`] is then a function of the corpus and a query. An
//! [`Answer`] is complete: a view neither counts nor matches. Words are searched by the full-text index
//! ([`FullTextIndex`]) and, until that has been fetched, in the texts in memory.
//!
//! Each of these uses only those above it:
//!
//! 1. `binary`, `ordering`, `entry_set`: files, sorting and sets
//! 2. `fields`, `plain_text`, `characters`, `normalize`, `tags`: the text of an entry, and its form for comparison
//! 3. `inverted_index`: words to entries, with its own order of files
//! 4. `query_parser`: what is typed into the search box
//! 5. `catalog`, `titles`, `heading_forms`, `text_store`: the parts of a `corpus`; `outline`: files with all but the last
//! 6. `word_breaks`, `full_text`, `result_summary`: the index of a corpus, and its results as text
//! 7. `facet_selection`, `highlight`, `answer`: the answer to a query
//! 8. `facets`, `rows`, `snippets`: what a page shows of an answer; `palette_ranking`

mod answer;
mod binary;
mod catalog;
mod characters;
mod corpus;
mod entry_set;
mod facet_selection;
mod facets;
mod fields;
mod full_text;
mod heading_forms;
mod highlight;
mod inverted_index;
mod normalize;
mod ordering;
mod outline;
mod palette_ranking;
mod plain_text;
mod query_parser;
mod result_summary;
mod rows;
mod snippets;
mod tags;
mod text_store;
mod titles;
mod word_breaks;

pub use answer::{Answer, Correction, Count, Filter, FilterKind};
pub use binary::DataFileError;
pub use catalog::{Catalog, UNKNOWN};
pub use corpus::Corpus;
pub use facets::{FacetCounts, FacetValue};
pub use fields::{EntryKind, Field};
pub use full_text::{FullTextIndex, build_from_texts, export_texts, index_bytes};
pub use heading_forms::HeadingForms;
pub use highlight::{Fragment, Match};
pub use inverted_index::{
    AcceptedWord, Alternatives, FieldSet, InvertedIndex, InvertedIndexBuilder, MatchQuality, QueryTerm,
    SearchResult, SpellingSuggestion,
};
pub use ordering::{best, ordered};
pub use outline::{ChunkList, Outline};
pub use palette_ranking::fuzzy_rank;
pub use plain_text::{PlainText, field_text};
pub use result_summary::{decode_summary, encode_summary};
pub use rows::{PackedRow, Row};
pub use snippets::Snippet;
pub use text_store::TextStore;
pub use titles::Titles;

pub(crate) use characters::is_cjk;
pub(crate) use inverted_index::stem;
pub(crate) use normalize::{normalize_word, push_normalized_word};
pub(crate) use tags::labels;
