//! The data model: [`Notebook`] > [`Section`] > [`Entry`] > [`Block`] > [`Span`]. It is also the JSON format.
//!
//! All modules exchange these types; formats are converted to and from them at the edge. JSON leaves out empty fields, and
//! decoding ignores unknown ones.

mod citation;
mod code;
mod entry;
mod entry_links;
mod formula;
mod id;
mod json;
pub mod language;
mod names;
mod paper;
mod root;
mod source;
mod text;
mod url;

#[cfg(feature = "bibliography")]
pub(crate) use citation::OTHER_AUTHORS;
pub use citation::{BylinePart, Citation, PersonName, WorkType};
pub use code::{Token, TokenKind, split_tokens};
pub use entry::{Entry, Goal, Property, Prose, Reference, Term};
pub use entry_links::{
    EntryLinks, EntryRef, GoalProgress, LinkedEntry, Mention, RelatedPaper, SharedFeature,
};
pub use formula::{Formula, MathAttribute, MathContent, MathElement, MathEvent, MathNode};
pub(crate) use id::slug;
pub use id::{Id, IdAllocator};
pub use json::{
    CitationFile, CitationRecord, ExportFormat, JsonError, entries_from_json, entry_to_json, from_json,
    spans_from_json, to_json,
};
pub use paper::{LinkKind, PaperDate, PaperLink, Placement, TitleForm};
pub use root::{FORMAT_VERSION, INTRO, Notebook, Section, SectionKind};
#[cfg(feature = "bibliography")]
pub(crate) use source::{ARXIV_DOI_PREFIX, find_doi, is_registered};
pub use source::{Access, HostKind, PaperSource, SourceKind};
pub(crate) use text::push_plain_text;
pub(crate) use text::strip_number;
pub use text::{
    Alert, Align, Block, Definition, ImageDisplay, ImageSize, Length, ListItem, Span, TextDirection,
    column_name, plain,
};
pub use url::{Url, UrlKind, UrlUse};
