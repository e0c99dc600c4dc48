//! Classification of sections by their heading and its attributes.

use super::attributes::{Attributes, FOLDED};
use crate::notebook::{Block, Entry, Section, SectionKind};
use crate::unicode::is_one_edit;

/// Words of a heading that tell what a section is about, first match first.
const WORDS: [(SectionKind, &[&str]); 4] = [
    (
        SectionKind::Goals,
        &["learning", "what i m learning", "want to learn", "to learn", "goals", "learning goals", "roadmap"],
    ),
    (
        SectionKind::Papers,
        &[
            "paper",
            "papers",
            "reading",
            "readings",
            "reading list",
            "literature",
            "bibliography",
            "publications",
        ],
    ),
    (
        SectionKind::Terms,
        &[
            "term",
            "terms",
            "definitions",
            "vocabulary",
            "terminology",
            "concepts",
            "key concepts",
            "abbreviation",
            "abbreviations",
            "abkürzungen",
            "abreviaturas",
            "abréviations",
            "acronym",
            "acronyms",
            "acronymes",
            "acrónimos",
            "acrônimos",
            "begriffe",
            "definiciones",
            "definitionen",
            "definições",
            "définitions",
            "glosario",
            "glossaire",
            "glossar",
            "glossario",
            "glossary",
            "glossário",
            "siglas",
            "terme",
            "termes",
            "terminologie",
            "terminología",
            "termos",
            "términos",
            "глоссарий",
            "сокращения",
            "термины",
            "مصطلحات",
            "术语",
            "术语表",
            "名词解释",
            "缩写",
            "用語集",
            "略語",
            "용어",
            "용어집",
        ],
    ),
    (
        SectionKind::Links,
        &["post", "posts", "project", "projects", "links", "resources", "blogs", "talks", "videos", "tools"],
    ),
];

/// Returns the kind of a section from its heading, if no section above it has a kind.
///
/// Papers, terms and links are found by a word anywhere in it (*Papers + Notes*, *Terms and
/// Concepts*); goals only by the whole heading, because *Machine Learning* is a subject.
pub(super) fn kind_from_title(title: &str) -> SectionKind {
    let mut whole = String::with_capacity(title.len());
    for c in title.chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            whole.push(c);
        } else if !whole.is_empty() && !whole.ends_with(' ') {
            whole.push(' ');
        }
    }
    let whole = whole.trim_end();
    let found = WORDS.iter().find(|(kind, known)| match kind {
        SectionKind::Goals => known.iter().any(|phrase| {
            whole == *phrase
                || (phrase.contains(' ') && (whole.starts_with(phrase) || whole.ends_with(phrase)))
        }),
        _ => known.iter().any(|phrase| {
            // *Long Short-Term Memory* is no list of terms; words of Chinese and Japanese are not parted.
            let is_joined = !phrase.is_ascii() && phrase.chars().all(|c| u32::from(c) >= 0x3040);
            whole == *phrase
                || *phrase != "term" && whole.split(' ').any(|word| word == *phrase)
                || is_joined && whole.contains(phrase)
        }),
    });
    found.map_or(SectionKind::Prose, |(kind, _)| *kind)
}

/// Words of a section of terms that a document of other things can have in its title.
const NO_GLOSSARY: [&str; 3] = ["concepts", "key concepts", "definitions"];

/// Returns the kind that the title of a document implies for its sections: terms for a glossary, otherwise none.
pub(super) fn kind_of_document(title: &str) -> SectionKind {
    let title = NO_GLOSSARY.iter().fold(title.to_lowercase(), |title, word| title.replace(word, ""));
    match kind_from_title(&title) {
        SectionKind::Terms => SectionKind::Terms,
        _ => SectionKind::Prose,
    }
}

/// Returns the kind of a section without attributes, from its title, the section around it, and the document.
pub(super) fn infer(around: Option<SectionKind>, document: SectionKind, title: &str) -> SectionKind {
    match (around, document) {
        (None, SectionKind::Terms) => match kind_from_title(title) {
            SectionKind::Prose if !is_non_term_heading(title) => SectionKind::Terms,
            own => own,
        },
        (None | Some(SectionKind::Prose), _) => kind_from_title(title),
        (Some(SectionKind::Terms), _) if is_non_term_heading(title) => SectionKind::Prose,
        (Some(around), _) => around,
    }
}

/// Headings in a glossary of what is no term, in lower case.
const NON_TERM_HEADINGS: [&str; 32] = [
    "about",
    "introduction",
    "overview",
    "preface",
    "purpose",
    "notes",
    "note",
    "references",
    "reference",
    "sources",
    "bibliography",
    "further reading",
    "see also",
    "credits",
    "contents",
    "toc",
    "index",
    "introducción",
    "referencias",
    "fuentes",
    "introdução",
    "referências",
    "fontes",
    "références",
    "sources et références",
    "einleitung",
    "quellen",
    "literatur",
    "введение",
    "источники",
    "参考文献",
    "参考资料",
];

fn is_non_term_heading(title: &str) -> bool {
    let lower = title.to_lowercase();
    let bare = lower.trim_matches(|c: char| !c.is_alphanumeric());
    NON_TERM_HEADINGS.contains(&bare)
        || is_about_the_list(title)
        || ["about ", "how to ", "purpose and ", "how we "].iter().any(|begin| bare.starts_with(begin))
}

/// Returns the kind that a class such as `{.papers}` sets; `Err` if an attribute has no meaning.
pub(super) fn kind_from_attributes(attributes: &Attributes) -> Result<Option<SectionKind>, ()> {
    if attributes.other {
        return Err(());
    }
    let is_typo = |class: &String| {
        KIND_CLASSES.iter().any(|(known, _)| is_typo_of(class, known)) || is_typo_of(class, FOLDED)
    };
    let mut kind = None;
    for class in &attributes.classes {
        if let Some((_, set)) = KIND_CLASSES.iter().find(|(known, _)| known == class) {
            kind = Some(*set);
        } else if class != FOLDED && is_typo(class) {
            return Err(());
        }
    }
    Ok(kind)
}

/// Returns the first class that has no meaning here, except for those that Pandoc and Quarto define.
pub(super) fn other_class(attributes: &Attributes) -> Option<&str> {
    let is_known = |class: &str| {
        class == FOLDED
            || PANDOC_CLASSES.contains(&class)
            || KIND_CLASSES.iter().any(|(known, _)| *known == class)
    };
    attributes.classes.iter().map(String::as_str).find(|class| !is_known(class))
}

/// Classes of headings that Pandoc and Quarto know.
const PANDOC_CLASSES: [&str; 4] = ["unnumbered", "unlisted", "allowframebreaks", "toc-ignore"];

/// Classes that set the kind of a section. Any other class is one of Pandoc, Quarto or an author's style, and has no meaning here.
const KIND_CLASSES: [(&str, SectionKind); 6] = [
    ("papers", SectionKind::Papers),
    ("terms", SectionKind::Terms),
    ("goals", SectionKind::Goals),
    ("links", SectionKind::Links),
    ("log", SectionKind::Log),
    ("prose", SectionKind::Prose),
];

/// Returns true if a class is a typo of a known one. Short ones have too many neighbors.
fn is_typo_of(class: &str, known: &str) -> bool {
    known.len() > 3 && is_one_edit(&class.to_lowercase(), known)
}

/// Headings of what is about the list itself, in which nothing is a paper.
const ABOUT_THE_LIST: [&str; 18] = [
    "news",
    "updates",
    "update",
    "changelog",
    "contributing",
    "contribute",
    "contributors",
    "how to contribute",
    "license",
    "licence",
    "citation",
    "citing",
    "acknowledgements",
    "acknowledgments",
    "acknowledgement",
    "contact",
    "star history",
    "table of contents",
];

/// Returns true if a heading says that its section is about the list itself: news, license, contributing.
pub(super) fn is_about_the_list(title: &str) -> bool {
    let title = title.to_lowercase();
    let title = title.trim_matches(|c: char| !c.is_alphanumeric());
    ABOUT_THE_LIST.contains(&title)
}

/// Headings of the works that a text refers to.
const REFERENCES: [&str; 22] = [
    "references",
    "reference",
    "references and notes",
    "works cited",
    "literature cited",
    "bibliography",
    "bibliografia",
    "bibliografía",
    "bibliographie",
    "literatur",
    "literaturverzeichnis",
    "quellen",
    "referencias",
    "referências",
    "références",
    "riferimenti",
    "список литературы",
    "литература",
    "参考文献",
    "参考资料",
    "참고문헌",
    "المراجع",
];

/// Returns true if a heading says that its section lists the works that a text refers to, perhaps after a number.
pub(super) fn lists_references(title: &str) -> bool {
    let title = title.to_lowercase();
    REFERENCES.contains(&title.trim_matches(|c: char| !c.is_alphabetic()))
}

/// Words in headings of things that are not papers, although many of them are PDFs.
const NON_PAPER_WORDS: [&str; 42] = [
    "book",
    "books",
    "textbooks",
    "course",
    "courses",
    "lecture",
    "lectures",
    "talk",
    "talks",
    "slides",
    "video",
    "videos",
    "tutorial",
    "tutorials",
    "tools",
    "libraries",
    "software",
    "datasets",
    "libros",
    "cursos",
    "livres",
    "cours",
    "bücher",
    "kurse",
    "vorlesungen",
    "livros",
    "libri",
    "corsi",
    "книги",
    "курсы",
    "лекции",
    "书籍",
    "教材",
    "图书",
    "课程",
    "書籍",
    "教科書",
    "講義",
    "도서",
    "강의",
    "كتب",
    "دورات",
];

/// Returns true if the title of a section names books, courses, talks or the like, among which a lone PDF is no paper.
pub(super) fn names_non_papers(title: &str) -> bool {
    let title = title.to_lowercase();
    let mut words = title.split(|c: char| !c.is_alphanumeric());
    words.any(|word| NON_PAPER_WORDS.contains(&word)) && kind_from_title(&title) != SectionKind::Papers
}

/// Returns true if most of what stands directly under a heading are papers that say so themselves.
pub(super) fn holds_papers(section: &Section) -> bool {
    let papers = section.entries.iter().filter(|entry| matches!(entry, Entry::Paper(_))).count();
    let others: usize = section
        .entries
        .iter()
        .map(|entry| match entry {
            Entry::Prose(prose) => prose
                .blocks
                .iter()
                .map(|block| match block {
                    Block::List { items, .. } => items.len(),
                    _ => 0,
                })
                .sum(),
            Entry::Paper(_) => 0,
            _ => 1,
        })
        .sum();
    papers > 0 && papers >= others
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_tell_what_they_are_about() {
        let cases = [
            ("Papers + Notes (if open access)", SectionKind::Papers),
            ("Terms and Concepts", SectionKind::Terms),
            ("Learning", SectionKind::Goals),
            ("What I'm Learning Currently", SectionKind::Goals),
            ("Things I want to learn", SectionKind::Goals),
            ("Related Projects and Posts", SectionKind::Links),
            ("Machine Learning", SectionKind::Prose),
            ("Introduction", SectionKind::Prose),
            ("Long Short-Term Memory", SectionKind::Prose),
            ("Term", SectionKind::Terms),
            ("机器学习术语表", SectionKind::Terms),
        ];
        for (title, expected) in cases {
            assert_eq!(kind_from_title(title), expected, "{title}");
        }
    }

    #[test]
    fn a_glossary_has_terms_in_all_sections_but_those_beside_them() {
        use SectionKind::{Papers, Prose, Terms};
        assert_eq!(kind_of_document("A Glossary of Maps"), Terms);
        assert_eq!(kind_of_document("Concepts of Maps"), Prose);
        assert_eq!(kind_of_document("Glossário"), Terms);
        for (around, document, title, expected) in [
            (None, Terms, "Folding", Terms),
            (None, Terms, "About this page", Prose),
            (None, Terms, "Papers", Papers),
            (None, Prose, "Folding", Prose),
            (Some(Prose), Terms, "Folding", Prose),
            (Some(Terms), Prose, "Folding", Terms),
            (Some(Terms), Prose, "References", Prose),
            (Some(Papers), Prose, "References", Papers),
        ] {
            assert_eq!(infer(around, document, title), expected, "{title}");
        }
    }
}
