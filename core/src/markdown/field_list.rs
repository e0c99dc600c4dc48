//! Lists of fields that describe one paper: `- Title: …`, `- Authors: …`, `- Link: https://…`.

use super::inline_text::trim_and_link;
use super::label::label_paragraph;
use super::leading_link::as_link;
use super::paper_line::{PaperLine, add_details};
use crate::notebook::{Block, LinkKind, ListItem, Placement, Reference, TitleForm};
use crate::unicode::lowercase;

/// Names of the field with the title, in lower case.
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

/// Most fields of one paper. Chosen: a longer list is not the description of one paper.
const MAX_FIELDS: usize = 20;

/// Returns the paper that a list describes, if it has a field for the title, and one for the address, or for the authors and the
/// year or venue. The list itself stays in its place.
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
            title = Some(trim_and_link(text.clone(), false));
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
