//! Marks of other programs that have no meaning here, or lose a part of it: each kind is reported once, with its number.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::diagnostic::{Diagnostic, DiagnosticCode, times};

/// Marks that are shown as plain text: their first characters, and a description.
const MARKS: [(&str, &str); 7] = [
    ("{{<", "`{{< ... >}}`, a shortcode of Hugo or Quarto"),
    ("{{%", "`{{% ... %}}`, a shortcode of Hugo"),
    ("{% ", "`{% ... %}`, a tag of Jekyll"),
    ("{{embed", "`{{embed ...}}`, a block of Logseq"),
    ("{{query", "`{{query ...}}`, a query of Logseq"),
    ("{{cloze", "`{{cloze ...}}`, a card of Logseq"),
    (":::", "`:::`, a fenced div of Pandoc, Quarto or MyST"),
];

/// A mark that was read, but not with all that it means to its program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::markdown) enum ReducedMark {
    /// A link of a wiki to a page that is not in this notebook.
    WikiLink,
    /// An address that only the author's computer knows.
    LocalAddress,
    /// A role of `MyST`.
    Role,
    /// A fenced div.
    Fence,
    /// A property that Logseq keeps.
    Property,
    /// Attributes of Pandoc after a picture or piece of code.
    Attributes,
}

impl ReducedMark {
    fn message(self) -> &'static str {
        match self {
            Self::WikiLink => {
                "`[[...]]` links to a page of a wiki that is not in this notebook; its text is shown"
            }
            Self::LocalAddress => "this address works on one computer only; the text of the link is shown",
            Self::Fence => "fences of Pandoc, Quarto or MyST are not shown; what is between them is",
            Self::Property => "properties that Logseq keeps for itself are not shown",
            Self::Role => "this role of MyST has no meaning here; its text is shown",
            Self::Attributes => "these attributes of Pandoc have no meaning here; they are not shown",
        }
    }

    /// Returns the text that the mark begins with, where it is always the same.
    fn opening(self) -> Option<&'static str> {
        match self {
            Self::WikiLink => Some("[["),
            Self::Role | Self::Attributes => Some("{"),
            Self::LocalAddress | Self::Fence | Self::Property => None,
        }
    }

    /// Returns the place of the mark in the entry that it was read in.
    fn place(self, source: &str, entry: Range<usize>) -> Range<usize> {
        let text = source.get(entry.clone()).unwrap_or_default();
        let found =
            self.opening().and_then(|opening| Some((entry.start + text.find(opening)?, opening.len())));
        found.map_or(entry, |(at, length)| at..at + length)
    }

    fn help(self) -> &'static str {
        match self {
            Self::WikiLink => "add a heading or an entry of that name, or leave it: your file is not changed",
            Self::LocalAddress => "link to the paper on the web, or leave it: your file is not changed",
            Self::Role | Self::Attributes | Self::Fence | Self::Property => {
                "write it in Markdown, or leave it: your file is not changed"
            }
        }
    }
}

/// The first place and the number of each mark.
#[derive(Debug, Default)]
pub(in crate::markdown) struct UnknownMarks {
    shown: BTreeMap<usize, (Range<usize>, usize)>,
    reduced: BTreeMap<ReducedMark, (Range<usize>, usize)>,
}

impl UnknownMarks {
    /// Looks through the text of a paragraph or cell.
    pub(in crate::markdown) fn look(&mut self, text: &str, range: &Range<usize>) {
        if !text.contains("{{") && !text.contains("{%") && !text.contains(":::") {
            return;
        }
        for (kind, (mark, _)) in MARKS.iter().enumerate() {
            let count = text.matches(mark).count();
            if count > 0 {
                self.shown.entry(kind).or_insert_with(|| (range.clone(), 0)).1 += count;
            }
        }
    }

    /// Counts a mark that was read with a part of its meaning.
    pub(in crate::markdown) fn reduce(&mut self, mark: ReducedMark, range: &Range<usize>) {
        self.reduced.entry(mark).or_insert_with(|| (range.clone(), 0)).1 += 1;
    }

    /// Reports each kind once.
    pub(in crate::markdown) fn report(self, source: &str, found: &mut Vec<Diagnostic>) {
        for (kind, (range, count)) in self.shown {
            let Some((_, what)) = MARKS.get(kind) else { continue };
            found.push(Diagnostic {
                code: DiagnosticCode::ForeignMark,
                range,
                message: format!("{what}, is shown as plain text{}", times(count)),
                help: "write it in Markdown, or leave it: your file is not changed".into(),
            });
        }
        for (mark, (range, count)) in self.reduced {
            found.push(Diagnostic {
                code: DiagnosticCode::ForeignMark,
                range: mark.place(source, range),
                message: format!("{}{}", mark.message(), times(count)),
                help: mark.help().into(),
            });
        }
    }
}
