//! A paper for a notebook, made of its entry in a bibliography.

use notebook_core::bibliography::{BibliographyEntry, identifier_url, title_spans};
use notebook_core::markdown;
use notebook_core::notebook::{
    Block, Entry, Notebook, PaperSource, PersonName, Reference, Section, SectionKind, Span, Url,
};

/// Returns the address of a work: its own, or that of its identifier.
pub fn address(entry: &BibliographyEntry) -> Option<Url> {
    entry.citation.url.clone().or_else(|| identifier_url(&entry.citation))
}

/// Makes a paper of a bibliography entry, with its abstract and keywords as notes, and with authors, venue and year in its
/// byline if `with_credit`.
pub fn paper(entry: &BibliographyEntry, url: Url, with_credit: bool) -> Reference {
    let citation = &entry.citation;
    let title = citation.title.clone().unwrap_or_else(|| url.to_string());
    let mut byline = Vec::new();
    if with_credit {
        let names: Vec<_> = citation.authors.iter().map(PersonName::display_name).collect();
        let mut parts: Vec<String> = if names.is_empty() { Vec::new() } else { vec![names.join(", ")] };
        parts.extend(citation.venue.clone());
        parts.extend(citation.year.map(|year| year.to_string()));
        byline.extend((!parts.is_empty()).then(|| Span::Text(parts.join(" · "))));
    }
    Reference {
        title: title_spans(&title),
        id: "".into(),
        source: PaperSource::from_url(&url),
        url: Some(url),
        byline,
        notes: notes(entry),
        ..Reference::default()
    }
}

/// Returns the abstract, note and keywords of an entry as labeled notes.
pub fn notes(entry: &BibliographyEntry) -> Vec<Block> {
    let keywords = (!entry.keywords.is_empty()).then(|| entry.keywords.join(", "));
    let fields =
        [("Abstract", &entry.abstract_text), ("Note", &entry.citation.note), ("Keywords", &keywords)];
    let fields = fields.into_iter().filter_map(|(label, text)| {
        let text = vec![Span::Text(text.clone()?)];
        Some(Block::Field { label: label.into(), column: None, text })
    });
    fields.collect()
}

/// Returns the list item of a paper, as Markdown.
pub fn list_item(paper: &Reference) -> String {
    let section = Section {
        title: vec![Span::Text("Papers".into())],
        id: "papers".into(),
        kind: SectionKind::Papers,
        folded: false,
        level: 2,
        entries: vec![Entry::Paper(paper.clone())],
        sections: Vec::new(),
    };
    let text = markdown::write(&Notebook { sections: vec![section], ..Notebook::default() });
    text.split_once("\n- ").map_or_else(String::new, |(_, item)| format!("- {}", item.trim_end()))
}
