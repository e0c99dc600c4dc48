//! Marks of other programs that have no meaning here: shown as the text they are.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic};

/// What a mark looks like in a text, and what it is.
const MARKS: [(&str, &str); 10] = [
    ("{{<", "`{{< ... >}}`, a shortcode of Hugo or Quarto"),
    ("{{%", "`{{% ... %}}`, a shortcode of Hugo"),
    ("{% ", "`{% ... %}`, a tag of Jekyll"),
    ("{{embed", "`{{embed ...}}`, a block of Logseq"),
    ("{{query", "`{{query ...}}`, a query of Logseq"),
    ("{{cloze", "`{{cloze ...}}`, a card of Logseq"),
    (":::", "`:::`, a fenced div of Pandoc, Quarto or MyST"),
    ("{cite}", "`{cite}`, a role of MyST"),
    ("![[", "`![[...]]`, an embedded file of Obsidian"),
    ("[[", "`[[...]]`, a link of a wiki"),
];

/// The first place and the number of each mark.
#[derive(Debug, Default)]
pub(in crate::markdown) struct UnknownMarks(BTreeMap<usize, (Range<usize>, usize)>);

impl UnknownMarks {
    /// Looks through the text of a paragraph or cell.
    pub(in crate::markdown) fn look(&mut self, text: &str, range: &Range<usize>) {
        if !text.contains("{{")
            && !text.contains("{%")
            && !text.contains(":::")
            && !text.contains("[[")
            && !text.contains("{cite}")
        {
            return;
        }
        let last_end = text.rfind("]]").unwrap_or_default();
        for (kind, (mark, _)) in MARKS.iter().enumerate() {
            let is_whole =
                |at: usize| *mark != "[[" || !text.get(..at).is_some_and(|before| before.ends_with('!'));
            let is_closed = |at: usize| !mark.ends_with("[[") || at < last_end;
            let is_mark = |at: usize| is_whole(at) && is_closed(at);
            let count = text.match_indices(mark).filter(|&(at, _)| is_mark(at)).count();
            if count > 0 {
                self.0.entry(kind).or_insert_with(|| (range.clone(), 0)).1 += count;
            }
        }
    }

    /// Reports each kind once.
    pub(in crate::markdown) fn report(self, found: &mut Vec<Diagnostic>) {
        for (kind, (range, count)) in self.0 {
            let Some((_, what)) = MARKS.get(kind) else { continue };
            let times = if count == 1 { String::new() } else { format!(", {count} times") };
            found.push(Diagnostic {
                code: Code::ForeignMark,
                range,
                message: format!("{what}, is shown as the text it is{times}"),
                help: "write it in Markdown, or leave it: nothing is lost".into(),
            });
        }
    }
}
