//! What is wrong with what an author wrote: where, what, and what to do about it.

use std::fmt;
use std::ops::Range;

/// One finding, with its place in the source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// What kind of finding it is.
    pub code: Code,
    /// Bytes of the source it is about.
    pub range: Range<usize>,
    /// What is wrong, in one sentence.
    pub message: String,
    /// What to do about it.
    pub help: String,
}

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Something to know: nothing is wrong, and nothing denies it.
    Hint,
    /// The page is made, and is likely not what the author meant.
    Warning,
    /// Part of the source could not be used as what it was meant to be.
    Error,
}

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $text:literal, $severity:ident;)*) => {
        /// Every kind of finding. Its name in print is stable.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $($(#[$doc])* $name,)* }

        impl Code {
            /// The name in print.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }

            /// How bad it is.
            pub fn severity(self) -> Severity {
                match self { $(Self::$name => Severity::$severity,)* }
            }
        }
    };
}

codes! {
    /// The file is not UTF-8.
    InvalidUtf8 = "invalid-utf8", Error;
    /// Front matter that never ends.
    FrontMatterUnclosed = "front-matter-unclosed", Error;
    /// Front matter that is not YAML, or a value of the wrong type.
    FrontMatterInvalid = "front-matter-invalid", Error;
    /// An address in the front matter that no link may have.
    FrontMatterUrl = "front-matter-url", Error;
    /// A key that looks like one Notebook knows.
    FrontMatterKey = "front-matter-key", Warning;
    /// `[text]()`.
    LinkWithoutUrl = "link-without-url", Warning;
    /// A link or picture with a scheme that is not allowed.
    LinkScheme = "link-scheme", Warning;
    /// A picture that says nothing to those who do not see it.
    PictureWithoutText = "picture-without-text", Warning;
    /// HTML that is shown as the text it is.
    HtmlAsText = "html-as-text", Warning;
    /// A formula that cannot be set.
    MathInvalid = "math-invalid", Warning;
    /// A comment that never ends.
    CommentUnclosed = "comment-unclosed", Warning;
    /// More nesting than a page can show.
    TooDeep = "too-deep", Warning;
    /// `{...}` behind a heading that says nothing Notebook knows.
    HeadingAttribute = "heading-attribute", Warning;
    /// A heading two or more levels below the one before.
    HeadingJump = "heading-jump", Warning;
    /// Two headings that ask for one id.
    DuplicateId = "duplicate-id", Warning;
    /// A heading with nothing under it.
    EmptySection = "empty-section", Warning;
    /// A list item among papers or links that does not begin with a link.
    ItemWithoutLink = "item-without-link", Warning;
    /// A list item among terms that is not `Name: text`.
    ItemWithoutName = "item-without-name", Warning;
    /// One paper twice.
    DuplicatePaper = "duplicate-paper", Warning;
    /// One term twice.
    DuplicateTerm = "duplicate-term", Warning;
    /// `#anchor` that no heading or entry has.
    DeadAnchor = "dead-anchor", Warning;
    /// A footnote reference without its footnote.
    DeadFootnote = "dead-footnote", Warning;
    /// A relative address beside others from the root.
    RelativeLink = "relative-link", Warning;
    /// A picture or file that is not there.
    MissingFile = "missing-file", Warning;
    /// A piece of a bibliography that cannot be read.
    CitationInvalid = "citation-invalid", Error;
    /// A name in a bibliography that no `@string` or entry has.
    CitationName = "citation-name", Warning;
    /// Two entries of a bibliography of one name.
    DuplicateKey = "duplicate-key", Warning;
    /// An entry of the bibliography that no paper is.
    UnmatchedCitation = "unmatched-citation", Warning;
    /// An entry of the bibliography that several papers could be.
    AmbiguousCitation = "ambiguous-citation", Warning;
    /// An entry of the bibliography that says something else than another, or than the paper's address.
    ConflictingCitation = "conflicting-citation", Warning;
    /// An entry of the bibliography without what a reference needs.
    IncompleteCitation = "incomplete-citation", Hint;
    /// A paper that the bibliography does not have.
    PaperWithoutCitation = "paper-without-citation", Hint;
    /// A style for references that cannot be read.
    StyleInvalid = "style-invalid", Error;
    /// A name that comes back and is defined nowhere.
    UndefinedTerm = "undefined-term", Hint;
    /// A term that nothing uses.
    UnusedTerm = "unused-term", Hint;
    /// A name in a note that could be two entries.
    AmbiguousMention = "ambiguous-mention", Warning;
    /// Definitions that need each other.
    CircularTerms = "circular-terms", Warning;
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
