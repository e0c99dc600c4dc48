//! Ranking of related papers by shared features: terms, authors, category, labels, and mentions of one another.
//!
//! A feature is weighted by its inverse document frequency, as in search: a feature of few papers says more than one of
//! many.

use std::collections::HashMap;

use super::linker::MentionEdge;
use super::name_index::EntryNumber;
use crate::convert::{to_u32, to_usize};
use crate::notebook::{Entry, EntryRef, Notebook, PersonName, Reference, RelatedPaper, SharedFeature, plain};
use crate::search::labels;

/// Number of related papers of a paper. More would be a list to search instead of a hint what to read next.
const MAX_RELATED_PAPERS: usize = 5;

/// Largest document frequency at which a feature proposes candidates. The papers of a more frequent feature have little
/// in common, and comparing all pairs of them takes quadratic time.
const MAX_CANDIDATE_FREQUENCY: usize = 200;

/// Number of candidates, about, that each paper is compared with. Bounds the time per paper.
const MAX_CANDIDATES: usize = 2_000;

/// Weight of a term, to which the others are relative.
const TERM_WEIGHT: f32 = 1.0;

/// Weight of an author: papers of one author are more often about the same subject than papers that mention a term.
const AUTHOR_WEIGHT: f32 = 1.5;

/// Weight of a category. The page already shows the papers of a category side by side.
const CATEGORY_WEIGHT: f32 = 0.3;

/// Weight of a label such as `Purpose`: it describes the form of the notes, not the subject, and only breaks ties.
const LABEL_WEIGHT: f32 = 0.05;

/// Score of a mention in either direction: about that of a term that one paper in 20 has. The author states the relation,
/// whereas a common term may be a coincidence.
const MENTION_SCORE: f32 = 3.0;

/// Inverse document frequency of a feature that all papers have. Without it, such features would not count at all, which
/// would leave small notebooks without a ranking.
const MIN_RARITY: f32 = 0.1;

/// A feature of a paper. The order of the variants is the order on the page.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum PaperFeature {
    Term(EntryNumber),
    Author(String),
    Category(String),
    Label(String),
}

impl PaperFeature {
    fn weight(&self) -> f32 {
        match self {
            Self::Term(_) => TERM_WEIGHT,
            Self::Author(_) => AUTHOR_WEIGHT,
            Self::Category(_) => CATEGORY_WEIGHT,
            Self::Label(_) => LABEL_WEIGHT,
        }
    }

    /// Returns true if the feature alone makes papers candidates.
    fn proposes_candidates(&self) -> bool {
        matches!(self, Self::Term(_) | Self::Author(_))
    }
}

/// Returns the related papers of each entry, the highest score first; none for entries that are not papers.
///
/// `mentioned_terms` are those of each entry. O(papers · candidates), of which each paper has at most about 2,000.
pub(super) fn related_papers(
    notebook: &Notebook,
    entries: &[EntryRef],
    mentions: &[MentionEdge],
    mentioned_terms: &[Vec<EntryNumber>],
) -> Vec<Vec<RelatedPaper>> {
    let index = FeatureIndex::new(notebook, entries, mentions, mentioned_terms);
    (0..to_u32(entries.len())).map(|entry| index.related_to(entry)).collect()
}

/// Features of all papers. Features are numbered in the order in which they occur.
struct FeatureIndex<'a> {
    entries: &'a [EntryRef],
    features: Vec<PaperFeature>,
    /// Weights times inverse document frequency, by feature.
    weights: Vec<f32>,
    /// Papers by feature.
    papers: Vec<Vec<EntryNumber>>,
    /// Features by entry.
    features_of: Vec<Vec<u32>>,
    /// Papers by entry that mention it or that it mentions; none if it is not a paper.
    mentions_of: Vec<Vec<EntryNumber>>,
}

impl<'a> FeatureIndex<'a> {
    fn new(
        notebook: &Notebook,
        entries: &'a [EntryRef],
        mentions: &[MentionEdge],
        mentioned_terms: &[Vec<EntryNumber>],
    ) -> Self {
        let mut index = Self {
            entries,
            features: Vec::new(),
            weights: Vec::new(),
            papers: Vec::new(),
            features_of: vec![Vec::new(); entries.len()],
            mentions_of: vec![Vec::new(); entries.len()],
        };
        let mut numbers: HashMap<PaperFeature, u32> = HashMap::new();
        let mut is_paper = vec![false; entries.len()];
        for (number, (section, entry)) in (0..).zip(notebook.walk()) {
            let Entry::Paper(paper) = entry else { continue };
            is_paper.get_mut(to_usize(number)).into_iter().for_each(|is_paper| *is_paper = true);
            let terms = mentioned_terms.get(to_usize(number)).into_iter().flatten();
            let terms = terms.map(|term| PaperFeature::Term(*term));
            let authors = authors(paper).into_iter().map(PaperFeature::Author);
            let labels = labels(paper).into_iter().map(PaperFeature::Label);
            let category = PaperFeature::Category(plain(&section.title).into_owned());
            for feature in terms.chain(authors).chain(labels).chain([category]) {
                index.add(number, feature, &mut numbers);
            }
        }
        let paper_count = is_paper.iter().filter(|is_paper| **is_paper).count();
        let weighted = index.features.iter().zip(&index.papers);
        index.weights =
            weighted.map(|(feature, papers)| feature.weight() * rarity(papers.len(), paper_count)).collect();
        let is_paper = |entry: EntryNumber| is_paper.get(to_usize(entry)) == Some(&true);
        for mention in mentions.iter().filter(|mention| is_paper(mention.from) && is_paper(mention.to)) {
            for (paper, other) in [(mention.from, mention.to), (mention.to, mention.from)] {
                index.mentions_of.get_mut(to_usize(paper)).into_iter().for_each(|papers| papers.push(other));
            }
        }
        index
    }

    /// Adds a feature of a paper, unless the paper has it.
    fn add(&mut self, paper: EntryNumber, feature: PaperFeature, numbers: &mut HashMap<PaperFeature, u32>) {
        let number = *numbers.entry(feature).or_insert_with_key(|feature| {
            self.features.push(feature.clone());
            self.papers.push(Vec::new());
            to_u32(self.papers.len() - 1)
        });
        let features =
            self.features_of.get_mut(to_usize(paper)).filter(|features| !features.contains(&number));
        if let Some((features, papers)) = features.zip(self.papers.get_mut(to_usize(number))) {
            features.push(number);
            papers.push(paper);
        }
    }

    fn related_to(&self, paper: EntryNumber) -> Vec<RelatedPaper> {
        let mut scored: Vec<(f32, EntryNumber)> =
            self.candidates(paper).into_iter().map(|other| (self.score(paper, other), other)).collect();
        // In the author's order at equal scores: the same notebook always has the same page.
        scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        scored.truncate(MAX_RELATED_PAPERS);
        let related = |(_, other): (f32, EntryNumber)| {
            let paper_ref = self.entries.get(to_usize(other))?.clone();
            Some(RelatedPaper { paper: paper_ref, shared: self.shared_features(paper, other) })
        };
        scored.into_iter().filter_map(related).collect()
    }

    /// Returns the papers to compare a paper with: mentions, then the papers of its rarest features.
    fn candidates(&self, paper: EntryNumber) -> Vec<EntryNumber> {
        let proposes = |feature: &u32| {
            self.features.get(to_usize(*feature)).is_some_and(PaperFeature::proposes_candidates)
        };
        let mut features: Vec<u32> = self.features_of(paper).iter().copied().filter(proposes).collect();
        features.sort_by(|a, b| self.weight(*b).total_cmp(&self.weight(*a)));
        let mut candidates = self.mentions_of(paper).to_vec();
        for papers in features.iter().filter_map(|feature| self.papers.get(to_usize(*feature))) {
            if candidates.len() < MAX_CANDIDATES && papers.len() <= MAX_CANDIDATE_FREQUENCY {
                candidates.extend(papers);
            }
        }
        candidates.sort_unstable();
        candidates.dedup();
        candidates.retain(|other| *other != paper);
        candidates
    }

    fn score(&self, paper: EntryNumber, other: EntryNumber) -> f32 {
        let shared: f32 = self.shared(paper, other).map(|feature| self.weight(feature)).sum();
        shared + if self.mentions_of(paper).contains(&other) { MENTION_SCORE } else { 0.0 }
    }

    /// Returns the features that both papers have.
    fn shared(&self, paper: EntryNumber, other: EntryNumber) -> impl Iterator<Item = u32> {
        let others = self.features_of(other);
        self.features_of(paper).iter().copied().filter(|feature| others.contains(feature))
    }

    fn shared_features(&self, paper: EntryNumber, other: EntryNumber) -> Vec<SharedFeature> {
        let mut features: Vec<&PaperFeature> =
            self.shared(paper, other).filter_map(|feature| self.features.get(to_usize(feature))).collect();
        features.sort();
        let mention = self.mentions_of(paper).contains(&other).then_some(SharedFeature::Mention {});
        let features = features.into_iter().filter_map(|feature| {
            Some(match feature {
                PaperFeature::Term(term) => {
                    SharedFeature::Term(self.entries.get(to_usize(*term))?.name.clone())
                }
                PaperFeature::Author(author) => SharedFeature::Author(author.clone()),
                PaperFeature::Category(category) => SharedFeature::Category(category.clone()),
                PaperFeature::Label(label) => SharedFeature::Label(label.clone()),
            })
        });
        mention.into_iter().chain(features).collect()
    }

    fn weight(&self, feature: u32) -> f32 {
        self.weights.get(to_usize(feature)).copied().unwrap_or_default()
    }

    fn features_of(&self, entry: EntryNumber) -> &[u32] {
        self.features_of.get(to_usize(entry)).map(Vec::as_slice).unwrap_or_default()
    }

    fn mentions_of(&self, entry: EntryNumber) -> &[EntryNumber] {
        self.mentions_of.get(to_usize(entry)).map(Vec::as_slice).unwrap_or_default()
    }
}

/// Returns the inverse document frequency, ln(total / frequency), plus [`MIN_RARITY`].
fn rarity(frequency: usize, total: usize) -> f32 {
    let to_float = |number: usize| f32::from(u16::try_from(number).unwrap_or(u16::MAX));
    // Both are scaled down to fit into 16 bits, which convert to `f32` without loss.
    let scale = total / usize::from(u16::MAX) + 1;
    (to_float(total / scale) / to_float(frequency / scale).max(1.0)).max(1.0).ln() + MIN_RARITY
}

/// Returns the authors of a paper: those of its citation, else the parts of the byline between commas and "and" that
/// look like names.
fn authors(paper: &Reference) -> Vec<String> {
    if let Some(citation) = paper.citation.as_ref().filter(|citation| !citation.authors.is_empty()) {
        return citation.displayed_authors().map(PersonName::display_name).collect();
    }
    let byline = plain(&paper.byline);
    let parts = byline.split([',', ';', '&', '·', '\n']).flat_map(|part| part.split(" and "));
    let parts = parts.map(|part| part.trim().trim_start_matches("and ").trim_start_matches("by "));
    let is_name = |part: &&str| {
        let mut words = part.split_whitespace();
        (2..=5).contains(&words.clone().count())
            && words.all(|word| {
                word.starts_with(|c: char| c.is_uppercase()) && !word.contains(|c: char| c.is_ascii_digit())
            })
    };
    parts.filter(is_name).map(str::to_owned).collect()
}
