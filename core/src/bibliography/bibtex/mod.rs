//! BibTeX and BibLaTeX.
//!
//! 1. `split` cuts a file into blocks, so that a syntax error affects one entry only;
//! 2. `read` parses the blocks with `biblatex`, expands abbreviations and resolves `crossref` and `xdata`, with the references of `xdata`;
//! 3. `fields` converts the fields of an entry into a citation;
//! 4. `write` writes a citation as an entry;
//! 5. `tex` converts between TeX and plain text, with the tables of `tex_commands`.

mod fields;
mod read;
mod split;
mod tex;
mod tex_commands;
mod write;
mod xdata;

pub use read::read;
pub(super) use read::read_joined;
pub(super) use split::first_line;
pub(super) use tex::split_plain_math;
pub use write::{bibtex_key, write};
