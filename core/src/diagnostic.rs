//! Diagnostics: problems in the source, each with location, cause and remedy.

use std::fmt;
use std::ops::Range;

/// A problem, with its location in the source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Kind of problem.
    pub code: DiagnosticCode,
    /// Byte range in the source.
    pub range: Range<usize>,
    /// Cause, as a sentence without a final period.
    pub message: String,
    /// Remedy, as a sentence without a final period.
    pub help: String,
}

/// Returns the line of a byte of a text, counted from 1. O(offset).
pub fn line_number(text: &str, offset: usize) -> usize {
    text.get(..offset).unwrap_or_default().matches('\n').count() + 1
}

/// The severity of a diagnostic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// A suggestion: the page is correct without it.
    Note,
    /// The page is built, but probably not as the author intended.
    Warning,
    /// Part of the source could not be used as intended.
    Error,
}

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $text:literal, $severity:ident;)*) => {
        /// Kind of a problem. Its printed name is stable.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum DiagnosticCode { $($(#[$doc])* $name,)* }

        impl DiagnosticCode {
            /// Returns the printed name, such as `dead-anchor`.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }

            /// Returns the severity.
            pub fn severity(self) -> Severity {
                match self { $(Self::$name => Severity::$severity,)* }
            }
        }
    };
}

codes! {
    /// A file that is not text, or in an encoding other than UTF-8 and UTF-16 with a byte order mark.
    InvalidUtf8 = "invalid-utf8", Error;
    /// A file without text.
    EmptyFile = "empty-file", Warning;
    /// Front matter without an end.
    FrontMatterUnclosed = "front-matter-unclosed", Error;
    /// Front matter that is not YAML, or a value of the wrong type.
    FrontMatterInvalid = "front-matter-invalid", Error;
    /// An address in the front matter with a scheme that is not allowed.
    FrontMatterUrl = "front-matter-url", Error;
    /// An unknown key that is similar to a known one.
    FrontMatterKey = "front-matter-key", Warning;
    /// A theme that does not exist, or an accent that cannot be read.
    ThemeInvalid = "theme-invalid", Warning;
    /// A link without an address: `[text]()`.
    LinkWithoutUrl = "link-without-url", Warning;
    /// A link or picture with a scheme that is not allowed.
    LinkScheme = "link-scheme", Warning;
    /// A picture without alternative text.
    PictureWithoutText = "picture-without-text", Warning;
    /// HTML that is shown as text.
    HtmlAsText = "html-as-text", Warning;
    /// A mark of another program, which has no meaning here.
    ForeignMark = "foreign-mark", Note;
    /// Text that looks like a formula and is not read as one.
    FormulaAsText = "formula-as-text", Warning;
    /// A formula that cannot be typeset.
    MathInvalid = "math-invalid", Warning;
    /// A comment without an end.
    CommentUnclosed = "comment-unclosed", Warning;
    /// Text nested more deeply than a page can show.
    TooDeep = "too-deep", Warning;
    /// An unknown attribute after a heading: `{...}`.
    HeadingAttribute = "heading-attribute", Warning;
    /// A line that a rule right below it makes a heading.
    RuleHeading = "rule-heading", Warning;
    /// A heading two or more levels below the previous one.
    HeadingJump = "heading-jump", Warning;
    /// Two headings with the same id.
    DuplicateId = "duplicate-id", Warning;
    /// A section without content.
    EmptySection = "empty-section", Warning;
    /// A list item among papers or links that does not begin with a link.
    ItemWithoutLink = "item-without-link", Warning;
    /// A list item among terms that is not `Name: text`.
    ItemWithoutName = "item-without-name", Warning;
    /// A paper that is listed twice.
    DuplicatePaper = "duplicate-paper", Warning;
    /// A term that is defined twice.
    DuplicateTerm = "duplicate-term", Warning;
    /// A link to an anchor that no heading or entry has.
    DeadAnchor = "dead-anchor", Warning;
    /// A reference to a footnote that does not exist.
    DeadFootnote = "dead-footnote", Warning;
    /// Two footnotes with the same label.
    DuplicateFootnote = "duplicate-footnote", Warning;
    /// A relative address in a notebook whose other addresses begin at the root.
    RelativeLink = "relative-link", Warning;
    /// A link to a page that no longer exists.
    DeadLink = "dead-link", Warning;
    /// A link to a page that is at another address now.
    MovedLink = "moved-link", Note;
    /// A paper that was retracted or withdrawn.
    RetractedPaper = "retracted-paper", Warning;
    /// A link to a version of a preprint that is not the latest.
    NewerVersion = "newer-version", Note;
    /// A picture or file that does not exist.
    MissingFile = "missing-file", Warning;
    /// A part of a bibliography that cannot be read.
    CitationInvalid = "citation-invalid", Error;
    /// An undefined `@string` or key in a bibliography.
    CitationName = "citation-name", Warning;
    /// A date in a bibliography of which only a part is kept.
    PartialDate = "partial-date", Note;
    /// Two entries of a bibliography with the same key.
    DuplicateKey = "duplicate-key", Warning;
    /// A citation in the text whose key the bibliography does not have.
    UnknownCitation = "unknown-citation", Warning;
    /// An entry of the bibliography that matches no paper.
    UnmatchedCitation = "unmatched-citation", Warning;
    /// An entry of the bibliography that matches several papers.
    AmbiguousCitation = "ambiguous-citation", Warning;
    /// An entry of the bibliography that contradicts another entry or the paper's address.
    ConflictingCitation = "conflicting-citation", Warning;
    /// An entry of the bibliography without a field that references need.
    IncompleteCitation = "incomplete-citation", Note;
    /// A paper without an entry in the bibliography.
    PaperWithoutCitation = "paper-without-citation", Note;
    /// A CSL style that cannot be read.
    StyleInvalid = "style-invalid", Error;
    /// A phrase that is used repeatedly but not defined.
    UndefinedTerm = "undefined-term", Note;
    /// A term that is not used.
    UnusedTerm = "unused-term", Note;
    /// A name in a note that several entries have.
    AmbiguousMention = "ambiguous-mention", Warning;
    /// Definitions that refer to one another in a cycle.
    CircularTerms = "circular-terms", Warning;
}

/// Returns the end of a message that stands for several findings: `, 3 times`; nothing for one.
pub(crate) fn times(count: usize) -> String {
    if count == 1 { String::new() } else { format!(", {count} times") }
}

impl fmt::Display for DiagnosticCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Returns the range of the first line of a range of the source.
pub(crate) fn first_line(source: &str, range: &Range<usize>) -> Range<usize> {
    let text = source.get(range.clone()).unwrap_or_default();
    range.start..range.start + text.find('\n').unwrap_or(text.len())
}
