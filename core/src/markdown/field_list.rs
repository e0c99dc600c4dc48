//! Lists of fields that describe one paper: `- Title: …`, `- Authors: …`, `- Link: https://…`.

use super::label::label_paragraph;
use super::leading_link::as_link;
use super::paper_line::{PaperLine, add_details};
use crate::notebook::{Block, LinkKind, ListItem, Placement, Reference, Span, TitleForm, plain};
use crate::unicode::lowercase;

/// Names of the field with the title, in small letters.
const TITLE_FIELDS: [&str; 18] = [
    "title",
    "paper title",
    "full title",
    "titel",
    "titre",
    "título",
    "titulo",
    "titolo",
    "название",
    "标题",
    "题目",
    "论文标题",
    "论文名称",
    "タイトル",
    "論文名",
    "論文タイトル",
    "제목",
    "논문 제목",
];

/// Longest list that is looked at.
const MAX_FIELDS: usize = 20;

/// Returns the paper that a list describes, if one item is its title and others tell where it is, or who wrote it and when. The
/// list itself stays where it is.
pub(super) fn paper_in<'a>(items: impl Iterator<Item = &'a ListItem>) -> Option<Reference> {
    let mut title = None;
    let mut fields = Vec::new();
    for item in items {
        let Some(Block::Para(spans)) = item.blocks.first() else { continue };
        let field = label_paragraph(spans.clone());
        if let Block::Field { label, text, .. } = &field
            && title.is_none()
            && TITLE_FIELDS.contains(&lowercase(label.trim()).as_str())
        {
            title = Some(trimmed(text));
        }
        fields.push(ListItem { checked: None, blocks: vec![Block::Para(spans.clone())] });
        if fields.len() > MAX_FIELDS {
            return None;
        }
    }
    let title = title.filter(|_| fields.len() > 1)?;
    let line = match title.as_slice() {
        [one] => as_link(one).map(|(url, hint, title)| PaperLine {
            before: Vec::new(),
            title,
            form: TitleForm::Link,
            link: Some((url, hint)),
            after: Vec::new(),
        }),
        _ => None,
    };
    let mut paper = line
        .or_else(|| PaperLine::plain(&title))?
        .into_reference(vec![Block::List { start: None, items: fields }]);
    add_details(&mut paper);
    let is_paper = paper.links.iter().any(|link| matches!(link.kind, LinkKind::Paper | LinkKind::Pdf));
    let is_described = !paper.authors.is_empty() && (paper.date.year.is_some() || paper.venue.is_some());
    paper.notes.clear();
    paper.byline.clear();
    paper.before_title = 0;
    paper.placement = Placement::Row;
    (is_paper || is_described || paper.url.is_some()).then_some(paper)
}

/// Returns spans without blanks around them.
fn trimmed(text: &[Span]) -> Vec<Span> {
    let mut text = text.to_vec();
    if let Some(Span::Text(first)) = text.first_mut() {
        *first = first.trim_start().to_owned();
    }
    if let Some(Span::Text(last)) = text.last_mut() {
        last.truncate(last.trim_end().len());
    }
    text.retain(|span| !plain(std::slice::from_ref(span)).is_empty());
    text
}
