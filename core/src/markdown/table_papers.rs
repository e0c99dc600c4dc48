//! Tables whose rows are papers. The table stays a table; each row with a link to a paper is also an entry.

use super::detail_label::{DetailLabel, detail_label};
use super::leading_link::as_link;
use super::link_kind::{is_label, kind_from_host, kind_from_label, kind_of};
use super::paper_line::{Evidence, PaperLine, split_line};
use super::reading_status;
use super::venue::{date_in, month_of, names_in};
use crate::notebook::{LinkKind, PaperLink, Placement, Reference, Span, TitleForm, plain};
use crate::unicode::lowercase;

/// The content of a column, recognized by a word in its header.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum ColumnRole {
    Title,
    Authors,
    Venue,
    Date,
    Link,
    Status,
    Notes,
    Other,
}

/// Words in the heads of columns, in the order in which they are looked for.
const COLUMN_HEADERS: [(ColumnRole, &[&str]); 7] = [
    (
        ColumnRole::Notes,
        &["note", "notes", "comment", "comments", "remark", "remarks", "related", "备注", "说明"],
    ),
    (
        ColumnRole::Title,
        &[
            "title",
            "paper",
            "papers",
            "name",
            "method",
            "work",
            "article",
            "publication",
            "论文",
            "标题",
            "论文标题",
            "名称",
            "タイトル",
            "論文",
            "제목",
            "논문",
            "título",
            "titre",
            "titel",
            "название",
            "статья",
            "artigo",
        ],
    ),
    (
        ColumnRole::Authors,
        &["author", "authors", "作者", "著者", "저자", "autores", "auteurs", "autoren", "авторы"],
    ),
    (
        ColumnRole::Venue,
        &["venue", "conference", "journal", "conf", "publisher", "published", "会议", "期刊", "学会", "발표"],
    ),
    (
        ColumnRole::Date,
        &["date", "year", "时间", "日期", "年份", "날짜", "fecha", "jahr", "année", "ano", "年"],
    ),
    (
        ColumnRole::Status,
        &[
            "status",
            "state",
            "read",
            "done",
            "状态",
            "已读",
            "是否阅读",
            "읽음",
            "статус",
            "estado",
            "statut",
        ],
    ),
    (ColumnRole::Link, &["link", "links", "pdf", "url", "code", "arxiv", "链接", "代码"]),
];

fn column_of(head: &[Span]) -> ColumnRole {
    let head = lowercase(&plain(head));
    let head = head.trim_matches(|c: char| !c.is_alphanumeric());
    let found = COLUMN_HEADERS.iter().find(|(_, words)| {
        words.contains(&head) || head.split(|c: char| !c.is_alphanumeric()).any(|word| words.contains(&word))
    });
    found.map(|(column, _)| *column).or_else(|| role_of_label(head)).unwrap_or(ColumnRole::Other)
}

/// Returns the role of a column whose head is the label of a detail in any language.
fn role_of_label(head: &str) -> Option<ColumnRole> {
    let by_detail = detail_label(head).and_then(|detail| match detail {
        DetailLabel::Title => Some(ColumnRole::Title),
        DetailLabel::Authors => Some(ColumnRole::Authors),
        DetailLabel::Date => Some(ColumnRole::Date),
        DetailLabel::Venue | DetailLabel::Published => Some(ColumnRole::Venue),
        DetailLabel::Keywords => None,
    });
    by_detail
        .or_else(|| reading_status::is_name(head).then_some(ColumnRole::Status))
        .or_else(|| kind_from_label(head).map(|_| ColumnRole::Link))
}

/// Returns the papers of a table, one for each address, in the order of the rows. O(cells).
pub(super) fn papers_in(rows: &[Vec<Vec<Span>>]) -> Vec<Reference> {
    let Some((head, body)) = rows.split_first() else { return Vec::new() };
    let columns: Vec<ColumnRole> = head.iter().map(|cell| column_of(cell)).collect();
    let mut papers: Vec<Reference> = Vec::new();
    let mut seen = std::collections::HashSet::new();
    for row in body {
        let Some(paper) = paper_in(row, &columns) else { continue };
        if paper.url.as_ref().is_none_or(|url| seen.insert(url.as_str().to_owned())) {
            papers.push(paper);
        }
    }
    papers
}

/// Reads a row with a link to a paper.
#[allow(clippy::too_many_lines, reason = "the steps from the cells of a row to a paper, which share them")]
fn paper_in(row: &[Vec<Span>], columns: &[ColumnRole]) -> Option<Reference> {
    let column = |at: usize| columns.get(at).copied().unwrap_or(ColumnRole::Other);
    let cells = || row.iter().enumerate().filter(|(at, _)| column(*at) != ColumnRole::Notes);
    let mut links = Vec::new();
    for (_, cell) in cells() {
        collect_links(cell, &mut links);
    }
    let is_paper = |link: &PaperLink| {
        matches!(link.kind, LinkKind::Paper | LinkKind::Pdf)
            && kind_from_host(&link.url).is_some_and(|kind| kind != LinkKind::Code)
    };
    if !links.iter().any(is_paper) {
        return None;
    }
    let titled = |cell: &[Span]| split_line(cell).or_else(|| PaperLine::plain(cell));
    let is_text =
        |cell: &&(usize, &Vec<Span>)| plain(cell.1).chars().filter(|c| c.is_alphabetic()).count() > 3;
    // The column that is called so, else the first cell whose link is a title, else the first with words.
    // Of two columns with titles, `Name` and `Paper`, the one that links to the paper.
    let is_titled =
        |(at, cell): &(usize, &Vec<Span>)| column(*at) == ColumnRole::Title && !plain(cell).trim().is_empty();
    let links_paper = |(_, cell): &(usize, &Vec<Span>)| {
        first_link(cell).is_some_and(|(link, is_label)| is_paper(&link) && !is_label)
    };
    let by_head = cells().filter(is_titled).find(links_paper).or_else(|| cells().find(is_titled));
    let by_link = cells()
        .find(|(_, cell)| first_link(cell).is_some_and(|(link, is_label)| is_paper(&link) && !is_label));
    let by_head = by_head
        .filter(|(_, cell)| first_link(cell).is_none_or(|(_, is_label)| !is_label) || by_link.is_none());
    let (_, cell) = by_head.or(by_link).or_else(|| cells().find(|cell| is_text(&cell)))?;
    let mut found = titled(cell)?;
    if found.evidence() == Evidence::None && found.link.is_none() && plain(&found.title).trim().is_empty() {
        return None;
    }
    let link = found.link.clone();
    found.before.clear();
    found.after.clear();
    let mut paper = found.into_reference(Vec::new());
    paper.placement = Placement::Row;
    paper.byline.clear();
    paper.before_title = 0;
    // The row's own links: the title's first.
    let best = link
        .map(|(url, _)| url)
        .filter(|url| matches!(kind_from_host(url), Some(LinkKind::Paper | LinkKind::Pdf)));
    let best = best.or_else(|| {
        links
            .iter()
            .find(|link| kind_from_host(&link.url) == Some(LinkKind::Paper))
            .or_else(|| links.iter().find(|link| is_paper(link)))
            .map(|link| link.url.clone())
    });
    if paper.url != best {
        paper.title_url = paper.url.take();
        paper.source = best.as_ref().map(crate::notebook::PaperSource::from_url).unwrap_or_default();
        paper.url = best;
    }
    if paper.title_form != TitleForm::Link {
        paper.title_url = None;
    }
    paper.links = links;
    for (at, cell) in row.iter().enumerate() {
        let text = plain(cell);
        let text = text.trim();
        if text.is_empty() || text == "-" {
            continue;
        }
        match column(at) {
            ColumnRole::Authors => paper.authors = names_in(text, true).unwrap_or_default(),
            ColumnRole::Venue => {
                let date = date_in(text);
                if paper.date.is_empty() {
                    paper.date = date;
                }
                let venue = super::venue::venue_in(text).unwrap_or_else(|| {
                    text.split([',', '('])
                        .next()
                        .unwrap_or_default()
                        .trim_end_matches(|c: char| !c.is_alphabetic())
                        .trim()
                        .to_owned()
                });
                // `September 2017` tells a date only.
                let is_date = month_of(&venue).is_some() || venue.is_empty();
                paper.venue = Some(venue).filter(|venue| !is_date && venue.len() < 80);
            }
            ColumnRole::Date => paper.date = date_in(text),
            ColumnRole::Status => {
                paper.properties.extend(reading_status::in_cell(text).map(reading_status::property));
            }
            _ => {}
        }
    }
    Some(paper)
}

fn first_link(cell: &[Span]) -> Option<(PaperLink, bool)> {
    cell.iter().find_map(|span| {
        let (url, _, text) = as_link(span)?;
        let label = is_label(&text, &url);
        Some((PaperLink { kind: kind_of("", &url), text: plain(&text).into_owned(), url }, label))
    })
}

fn collect_links(spans: &[Span], links: &mut Vec<PaperLink>) {
    for span in spans {
        match span {
            Span::Link { url, text, .. } => {
                let label = plain(text).trim().to_owned();
                links.push(PaperLink { kind: kind_of(&label, url), text: label, url: url.clone() });
            }
            other => collect_links(other.children(), links),
        }
    }
}
