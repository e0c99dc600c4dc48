//! Diagnostics about names and terms: undefined, unused and circular terms, ambiguous names.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::cross_references::CrossReferences;
use super::name_index::EntryNumber;
use super::term_cycles::find_cycles;
use super::undefined_terms::UndefinedTerm;
use crate::convert::to_usize;
use crate::diagnostic::{Diagnostic, DiagnosticCode, first_line};
use crate::notebook::{EntryRef, Id};

impl CrossReferences {
    /// Returns the diagnostics about names and terms, in the order of the source.
    ///
    /// `entry_ranges` are the byte ranges of the entries in `source`, as the Markdown parser returns them.
    pub fn diagnostics(&self, source: &str, entry_ranges: &[(Id, Range<usize>)]) -> Vec<Diagnostic> {
        let locations = EntryLocations::new(self, source, entry_ranges);
        let mut diagnostics = self.undefined_terms(&locations);
        diagnostics.extend(self.unused_terms(&locations));
        diagnostics.extend(self.ambiguous_mentions(&locations));
        diagnostics.extend(self.circular_terms(&locations));
        diagnostics.sort_by_key(|diagnostic| (diagnostic.range.start, diagnostic.range.end, diagnostic.code));
        diagnostics
    }

    fn undefined_terms(&self, locations: &EntryLocations) -> Vec<Diagnostic> {
        let to_diagnostic = |term: &UndefinedTerm| Diagnostic {
            code: DiagnosticCode::UndefinedTerm,
            range: locations.name_in(term.entry, &term.name),
            message: format!("`{}` is used {} times but not defined", term.name, term.count),
            help: format!("add `- {}: definition` to the terms", term.name),
        };
        self.undefined.iter().map(to_diagnostic).collect()
    }

    fn unused_terms(&self, locations: &EntryLocations) -> Vec<Diagnostic> {
        let used: HashSet<EntryNumber> = self.mentions.iter().map(|mention| mention.to).collect();
        let terms =
            (0..).zip(&self.entries).filter(|(number, _)| self.is_term.get(to_usize(*number)) == Some(&true));
        let unused = terms.filter(|(number, _)| !used.contains(number));
        let to_diagnostic = |(number, term): (EntryNumber, &EntryRef)| Diagnostic {
            code: DiagnosticCode::UnusedTerm,
            range: locations.first_line(number),
            message: format!("the term `{}` is not used", term.name),
            help: "mention it in a note by its name, its plural or its abbreviation, or remove it".into(),
        };
        unused.map(to_diagnostic).collect()
    }

    /// Reports each ambiguous name once.
    fn ambiguous_mentions(&self, locations: &EntryLocations) -> Vec<Diagnostic> {
        let mut reported = HashSet::new();
        let mut diagnostics = Vec::new();
        for mention in self.ambiguous.iter().filter(|mention| reported.insert(mention.name.as_str())) {
            let mut candidates: Vec<_> =
                self.names_of(&mention.candidates).map(|name| format!("`{name}`")).collect();
            candidates.dedup();
            // Entries with the same title, as in a table of results: no other wording would distinguish them.
            if candidates.len() < 2 {
                continue;
            }
            diagnostics.push(Diagnostic {
                code: DiagnosticCode::AmbiguousMention,
                range: locations.name_in(mention.from, &mention.name),
                message: format!("`{}` is ambiguous: it can mean {}", mention.name, candidates.join(" or ")),
                help: "write more of the title, or make it a link".into(),
            });
        }
        diagnostics
    }

    fn circular_terms(&self, locations: &EntryLocations) -> Vec<Diagnostic> {
        let to_diagnostic = |cycle: Vec<EntryNumber>| {
            let names: Vec<_> = self.names_of(&cycle).collect();
            let first = names.first().copied().unwrap_or_default();
            Diagnostic {
                code: DiagnosticCode::CircularTerms,
                range: cycle.first().map_or(0..0, |term| locations.first_line(*term)),
                message: format!("circular definitions: {} → {first}", names.join(" → ")),
                help: "define one of these terms without the others, so that a reader can start there".into(),
            }
        };
        find_cycles(&self.mentioned_terms, &self.is_term).into_iter().map(to_diagnostic).collect()
    }

    fn names_of(&self, entries: &[EntryNumber]) -> impl Iterator<Item = &str> {
        entries.iter().filter_map(|entry| self.entries.get(to_usize(*entry))).map(|entry| entry.name.as_str())
    }
}

/// Locations of the entries in the source.
struct EntryLocations<'a> {
    source: &'a str,
    /// Byte range of each entry, up to the start of the next: notes need not be indented.
    ranges: Vec<Range<usize>>,
}

impl<'a> EntryLocations<'a> {
    fn new(references: &CrossReferences, source: &'a str, entry_ranges: &[(Id, Range<usize>)]) -> Self {
        let next_starts = entry_ranges.iter().skip(1).map(|(_, next)| next.start).chain([source.len()]);
        let by_id: HashMap<&Id, Range<usize>> = entry_ranges
            .iter()
            .zip(next_starts)
            .map(|((id, range), next_start)| (id, range.start..next_start.max(range.end)))
            .collect();
        let ranges = references.entries.iter().map(|entry| by_id.get(&entry.id).cloned().unwrap_or_default());
        Self { source, ranges: ranges.collect() }
    }

    fn range(&self, entry: EntryNumber) -> Range<usize> {
        self.ranges.get(to_usize(entry)).cloned().unwrap_or_default()
    }

    fn first_line(&self, entry: EntryNumber) -> Range<usize> {
        first_line(self.source, &self.range(entry))
    }

    /// Returns the range of a name in an entry; of the first line if markup splits the name.
    fn name_in(&self, entry: EntryNumber, name: &str) -> Range<usize> {
        let range = self.range(entry);
        let offset = self.source.get(range.clone()).and_then(|text| text.find(name));
        offset.map_or_else(
            || self.first_line(entry),
            |offset| range.start + offset..range.start + offset + name.len(),
        )
    }
}
