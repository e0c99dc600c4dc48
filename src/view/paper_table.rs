//! The table of papers: its container, which is prerendered, and its content, which the client mounts into the container.

use leptos::prelude::{AnyView, IntoAny};
use notebook_core::notebook::Block;
use notebook_core::paper_table::{PaperTable, TablePaper};
use notebook_core::query::{Layout, Query, toggle};
use notebook_core::search::PlainText;

use super::action::Action;
use super::controls::{action_button, query_link, text_link};
use super::element::{El, el};
use super::{element, ids, strings, text};

/// Bytes of a cell from which it is cut off at first: about six lines of a column.
const MAX_CELL_LENGTH: usize = 280;

/// Renders the container of an empty table. This is only prerendered: the client finds it on the page.
pub(super) fn table_shell() -> El {
    let status = el("p").class("remark").attr("role", "status");
    let scrollable = el("div")
        .class("table")
        .attr("role", "region")
        .attr("aria-label", strings::PAPER_TABLE)
        .attr("tabindex", "0")
        .child(el("table"));
    let more = action_button(Action::ShowMoreRows).attr("hidden", "");
    let container =
        el("div").class("paper-table").attr("hidden", "").child(tools()).child(scrollable).child(more);
    el("div").attr("id", ids::TABLE).child(status).child(container)
}

/// Renders the way to the comparison, the hidden columns, and the formats in which the table can be copied.
fn tools() -> El {
    let hidden_columns = el("ul").class("chips").attr("aria-label", strings::HIDDEN_COLUMNS);
    let formats = strings::TABLE_FORMATS.iter().map(|format| {
        action_button(Action::CopyTable)
            .attr("value", *format)
            .attr("aria-label", strings::COPY_FORMAT.format(&[format]))
            .text(*format)
    });
    let copy = el("p").class("copy-formats").text(strings::COPY_AS).text(" ").children(formats);
    el("div").class("table-tools").child(el("p").class("compare-hint")).child(hidden_columns).child(copy)
}

/// Renders head and body of the table: a paper in each row, or in each column of a comparison.
pub fn table_content(query: &Query, table: &PaperTable) -> AnyView {
    let content = if query.layout.is_compare() { comparison(table) } else { all_papers(query, table) };
    content.into_iter().map(Into::into).collect::<Vec<AnyView>>().into_any()
}

/// Renders the way from the table to a comparison, and back.
pub fn compare_hint(query: &Query, table: &PaperTable) -> AnyView {
    let link =
        |query: &Query, class, text: &str| query_link(query).attr_opt("class", class).text(text).into();
    let hint: Vec<AnyView> = match &query.layout {
        Layout::Notes => Vec::new(),
        Layout::Compare(_) => {
            let all = Query::default().laid_out(Layout::table());
            let none =
                table.papers().is_empty().then(|| element::text(format!("{} ", strings::NO_SUCH_PAPERS)));
            none.into_iter().chain([link(&all, None, strings::ALL_PAPERS_TABLE.text())]).collect()
        }
        Layout::Table { picked, .. } => match picked.len() {
            0 => Vec::new(),
            1 => vec![element::text(strings::SELECT_ANOTHER_PAPER)],
            count => {
                let compare = Query::default().laid_out(Layout::Compare(picked.clone()));
                vec![link(&compare, Some("compare-link"), &strings::COMPARE_SELECTED.plural(count))]
            }
        },
    };
    hint.into_any()
}

/// Renders the hidden columns as links that show them again.
pub fn hidden_columns(query: &Query) -> AnyView {
    let hidden = match &query.layout {
        Layout::Table { without, .. } => without.as_slice(),
        _ => &[],
    };
    let items = hidden.iter().map(|column| {
        let show = query_link(&with_column_toggled(query, column))
            .class("show-column")
            .attr("aria-label", strings::SHOW_COLUMN.format(&[column]))
            .text(["+ ", column].concat());
        el("li").child(show).into()
    });
    items.collect::<Vec<AnyView>>().into_any()
}

/// Renders all papers, one in a row.
fn all_papers(query: &Query, table: &PaperTable) -> [El; 2] {
    let header = |name: &str| el("th").attr("scope", "col").text(name);
    let columns = table.columns().iter().map(|column| {
        let hide = query_link(&with_column_toggled(query, column))
            .class("hide-column")
            .attr("aria-label", strings::HIDE_COLUMN.format(&[column]))
            .text("×");
        header(column).child(hide)
    });
    let head = el("tr").child(header(strings::PAPER_COLUMN.text())).children(columns);
    let rows = table.papers().iter().map(|paper| {
        let cells = table.columns().iter().map(|column| cell(&paper.blocks(column)));
        el("tr").child(paper_header("row", paper).children(pick(query, paper))).children(cells)
    });
    [el("thead").child(head), el("tbody").children(rows)]
}

/// Renders a few papers, one in a column, and a row of the entries that they mention.
fn comparison(table: &PaperTable) -> [El; 2] {
    let headers = table.papers().iter().map(|paper| paper_header("col", paper));
    let row = |label: &str| el("tr").child(el("th").attr("scope", "row").text(label));
    let rows = table
        .columns()
        .iter()
        .map(|column| row(column).children(table.papers().iter().map(|paper| cell(&paper.blocks(column)))));
    let mentions: Vec<_> = table.papers().iter().map(TablePaper::mentions).collect();
    let has_mentions = mentions.iter().any(|of_paper| !of_paper.is_empty());
    let mentions = has_mentions.then(|| {
        row(strings::MENTIONS.text()).children(mentions.iter().map(|of_paper| {
            let (shared, own): (Vec<_>, Vec<_>) =
                of_paper.iter().partition(|(href, _)| table.is_shared(href));
            let shared = mention_list(strings::IN_COMMON, &shared, Some("shared"));
            el("td").children(shared).children(mention_list(strings::ONLY_HERE, &own, None))
        }))
    });
    let head = el("thead").child(el("tr").child(el("td")).children(headers));
    [head, el("tbody").children(rows).children(mentions)]
}

/// Renders links with a label; nothing, if there are none.
fn mention_list(
    label: strings::Message,
    mentions: &[&(&str, String)],
    class: Option<&'static str>,
) -> Vec<El> {
    if mentions.is_empty() {
        return Vec::new();
    }
    let links =
        mentions.iter().map(|(href, name)| el("li").child(text_link(*href, name).attr_opt("class", class)));
    vec![el("p").class("label").text(label), el("ul").children(links)]
}

/// Returns the query with a column hidden, or shown again.
fn with_column_toggled(query: &Query, column: &str) -> Query {
    let mut query = query.clone();
    if let Layout::Table { without, .. } = &mut query.layout {
        toggle(without, column);
    }
    query
}

/// Renders the link that picks a paper for comparison; none, if as many are picked as can be compared.
fn pick(query: &Query, paper: &TablePaper) -> Option<El> {
    let Layout::Table { picked, .. } = &query.layout else { return None };
    let id = paper.id.as_str();
    let is_picked = picked.iter().any(|other| other == id);
    if !is_picked && picked.len() >= Layout::MAX_COMPARED {
        return None;
    }
    let mut toggled = query.clone();
    if let Layout::Table { picked, .. } = &mut toggled.layout {
        toggle(picked, id);
    }
    let name = if is_picked { strings::COMPARING } else { strings::COMPARE }.text();
    let link = query_link(&toggled)
        .class("pick")
        .attr("aria-label", strings::COMPARE_PAPER.format(&[name, &paper.title]))
        .attr_opt("aria-current", is_picked.then_some("true"));
    Some(link.text(name))
}

/// Renders a header cell with a paper's title, which links to its notes, and its year and host.
fn paper_header(scope: &'static str, paper: &TablePaper) -> El {
    let year = paper.year.map(|year| year.to_string());
    let host = (!paper.host.is_empty()).then(|| paper.host.clone());
    let source: Vec<String> = year.into_iter().chain(host).collect();
    let title = text_link(format!("#{}", paper.id), &paper.title);
    el("th").attr("scope", scope).child(title).child(el("small").text(source.join(" · ")))
}

/// Renders a cell with blocks of notes. A long one is cut off, with a button to show all of it.
fn cell(blocks: &[&Block]) -> El {
    let cell = el("td");
    if blocks.is_empty() {
        let none = el("span").class("none").attr("role", "img").attr("aria-label", strings::NO_NOTES);
        return cell.child(none.text("–"));
    }
    let mut length = PlainText::default();
    for block in blocks {
        length.blocks(std::slice::from_ref(*block));
    }
    let views = blocks.iter().flat_map(|block| text::blocks(std::slice::from_ref(*block)));
    if length.as_str().len() <= MAX_CELL_LENGTH {
        return cell.children(views);
    }
    let button = action_button(Action::ToggleCell).attr("aria-expanded", "false").text(strings::SHOW_ALL);
    cell.child(el("div").class("truncated").children(views)).child(button)
}
