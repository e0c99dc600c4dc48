//! One entry: a paper, term, goal, link or piece of prose.

use std::slice::Iter;

use leptos::prelude::AnyView;
use notebook_core::notebook::language::{text_direction, valid_tag};
use notebook_core::notebook::{
    Access, Block, BylinePart, Entry, EntryLinks, Goal, GoalProgress, INTRO, Id, PaperSource, Placement,
    Property, Reference, Span, Term, plain,
};
use notebook_core::query::Facet;
use notebook_core::search::Field;

use super::action::Action;
use super::controls::{action_button, facet_link};
use super::element::{El, el};
use super::{element, related, strings, text};

/// A function that returns the links of an entry to others.
pub type LinksOf<'a> = &'a dyn Fn(&Id) -> EntryLinks;

/// State of an entry's folds when it is rendered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotesFold {
    /// Notes are open. Links to other entries are in a closed fold.
    Open,
    /// Notes and links are in closed folds.
    Closed,
    /// Folds are closed and empty, which is cheap. [`fold_contents`] renders their content later.
    Empty,
}

/// Class of the fold with a paper's notes.
const NOTES_CLASS: &str = "notes";

/// Renders an entry with headings of level `level`.
pub(super) fn entry(entry: &Entry, links: &EntryLinks, level: u8, notes: NotesFold) -> El {
    let related = || related::related(links, notes != NotesFold::Empty);
    let view = match entry {
        Entry::Paper(paper) => paper_view(paper, level, notes).children(related()),
        Entry::Term(term) => term_view(term, level).children(related()),
        Entry::Goal(goal) => goal_view(goal, &mut links.goals.iter()),
        Entry::Link(link) => link_view(link),
        Entry::Prose(prose) => {
            let class = if prose.id.as_str() == INTRO { "intro" } else { "prose" };
            el("div").class(class).child(notes_view(&prose.blocks))
        }
    };
    let lang = language(entry);
    let view = view.attr_opt("lang", lang).attr_opt("dir", lang.map(text_direction));
    view.attr("id", entry.id().as_str()).attr("tabindex", "-1")
}

/// Returns the language that the author set for an entry.
fn language(entry: &Entry) -> Option<&str> {
    let (Entry::Paper(reference) | Entry::Link(reference)) = entry else { return None };
    let lang = reference.properties.iter().find(|property| property.name == Property::LANG)?;
    valid_tag(&lang.value)
}

/// Returns the class of the list that consecutive entries of a kind share; `None` for entries outside of lists.
pub(super) fn list_class(entry: &Entry) -> Option<&'static str> {
    match entry {
        Entry::Goal(_) => Some("goals"),
        Entry::Link(_) => Some("links"),
        _ => None,
    }
}

/// Renders the content of the folds of an entry that was rendered with [`NotesFold::Empty`].
///
/// Each view goes to the end of the fold with the class before it.
pub fn fold_contents(entry: &Entry, links: &EntryLinks) -> Vec<(&'static str, AnyView)> {
    let notes = match entry {
        Entry::Paper(paper) if !paper.notes.is_empty() => {
            Some((NOTES_CLASS, notes_view(&paper.notes).into()))
        }
        _ => None,
    };
    let related = matches!(entry, Entry::Paper(_) | Entry::Term(_)).then(|| related::groups(links));
    let related = related.into_iter().flatten().map(|group| (related::CLASS, group.into()));
    notes.into_iter().chain(related).collect()
}

fn paper_view(paper: &Reference, level: u8, notes: NotesFold) -> El {
    let title = text::heading(level).child(title_link(paper));
    let header = el("header")
        .children(paper.checked.map(text::checkbox))
        .child(title)
        .child(copy_link(&paper.id, &paper.title));
    let fold = (!paper.notes.is_empty()).then(|| {
        let summary = el("summary").text(strings::NOTES);
        let fold =
            el("details").class(NOTES_CLASS).attr_opt("open", (notes == NotesFold::Open).then_some(""));
        fold.child(summary).children((notes != NotesFold::Empty).then(|| notes_view(&paper.notes)))
    });
    let meta = paper_facts(paper).child(cite_button(&paper.title));
    let class = match paper.placement {
        // The heading above, or the row of the table above, is there to be seen.
        Placement::Heading => "paper of-heading",
        Placement::Row => "paper of-row",
        Placement::Item | Placement::Paragraph => "paper",
    };
    el("article").class(class).child(header).children(byline(paper)).child(meta).children(fold)
}

/// Renders what is known of a paper: access, year, host, and the properties that the author set.
pub(super) fn paper_facts(paper: &Reference) -> El {
    let tags = source_tags(&paper.source);
    el("p").class("meta").children(tags).children(paper.properties.iter().map(property_tag))
}

fn term_view(term: &Term, level: u8) -> El {
    let name = text::heading(level).child(field("span", Field::Title).children(text::spans(&term.name)));
    let header =
        el("header").child(name).child(copy_link(&term.id, &term.name)).child(cite_button(&term.name));
    let class = match term.placement {
        Placement::Heading => "term of-heading",
        Placement::Row => "term of-row",
        Placement::Item | Placement::Paragraph => "term",
    };
    el("article").class(class).child(header).child(notes_view(&term.definition))
}

fn link_view(link: &Reference) -> El {
    el("li")
        .children(link.checked.map(text::checkbox))
        .child(title_link(link))
        .child(copy_link(&link.id, &link.title))
        .children(byline(link))
        .children(link.properties.iter().map(property_tag))
        .children((!link.notes.is_empty()).then(|| notes_view(&link.notes)))
}

/// Renders a goal and its subgoals; `progress` has an item for each, in document order.
fn goal_view(goal: &Goal, progress: &mut Iter<GoalProgress>) -> El {
    let name = field("span", Field::Title).children(text::spans(&goal.text));
    let view = el("li")
        .children(goal.checked.map(text::checkbox))
        .child(name)
        .children(progress.next().and_then(related::goal_progress))
        .child(copy_link(&goal.id, &goal.text));
    let has_details = !goal.notes.is_empty() || !goal.goals.is_empty();
    view.children(has_details.then(|| notes_view(&goal.notes).children(subgoals(goal, progress))))
}

/// Renders the subgoals of a goal. For search, their text belongs to the notes of the whole goal.
fn subgoals(goal: &Goal, progress: &mut Iter<GoalProgress>) -> Option<El> {
    let mut subgoal = |goal: &Goal| {
        el("li")
            .attr("id", goal.id.as_str())
            .children(goal.checked.map(text::checkbox))
            .child(el("span").children(text::spans(&goal.text)))
            .children(progress.next().and_then(related::goal_progress))
            .children(text::blocks(&goal.notes))
            .children(subgoals(goal, progress))
    };
    (!goal.goals.is_empty())
        .then(|| el("ul").children(goal.goals.iter().map(&mut subgoal).collect::<Vec<_>>()))
}

/// Returns an element whose text is exactly that of a search field, so that matches can be highlighted by position.
fn field(name: &'static str, field: Field) -> El {
    el(name).attr("data-field", field.key())
}

fn notes_view(blocks: &[Block]) -> El {
    field("div", Field::Notes).children(text::blocks(blocks))
}

fn title_link(reference: &Reference) -> El {
    let title = match reference.title_url.as_ref().or(reference.url.as_ref()) {
        Some(url) => text::link(url.as_str(), reference.hint.as_deref()),
        None => el("span"),
    };
    title.attr("data-field", Field::Title.key()).children(text::spans(&reference.title))
}

/// Renders the author's text after the title and, on a line below, authors and venue of the bibliography as links.
pub(super) fn byline(reference: &Reference) -> Option<El> {
    let citation = reference.citation_byline();
    if citation.is_empty() && reference.byline.is_empty() {
        return None;
    }
    let has_both = !citation.is_empty() && !reference.byline.is_empty();
    let citation = citation.iter().map(|part| match part {
        BylinePart::Author(name) => facet_link(Facet::Author, name).text(name).into(),
        BylinePart::Venue(name) => facet_link(Facet::Venue, name).text(name).into(),
        BylinePart::Separator(separator) => element::text(*separator),
    });
    let view = field("p", Field::Byline).class("byline").children(text::spans(&reference.byline));
    Some(view.children(has_both.then(|| el("br"))).children::<AnyView>(citation))
}

/// Renders the properties that were recognized in a paper's URL: access, year and host as links, and an identifier.
fn source_tags(source: &PaperSource) -> Vec<El> {
    let tag = |facet: Facet, value: &str, class: &'static str| {
        facet_link(facet, value).class(class).text(strings::facet_value(facet, value, value))
    };
    let access = match source.access {
        Access::Open => Some(tag(Facet::Access, "open", "open")),
        Access::Paywalled => Some(tag(Facet::Access, "paywalled", "paywalled")),
        Access::Unknown => None,
    };
    let year = source.year.map(|year| tag(Facet::Year, &year.to_string(), "year"));
    let host = (!source.host.is_empty()).then(|| tag(Facet::Host, &source.host, "host"));
    let identifier = source.cited_id().map(|label| {
        let version = source.version.map_or(String::new(), |version| format!(" v{version}"));
        el("span").class("id").text(label + version.as_str())
    });
    [access, year, host, identifier].into_iter().flatten().collect()
}

/// Renders a property that the author set; a status is a link to the papers with the same status.
fn property_tag(property: &Property) -> El {
    let Property { name, value } = property;
    let view = if name == Property::STATUS { facet_link(Facet::Status, &property.key()) } else { el("span") };
    view.class("property").text(strings::NAME_AND_VALUE.format(&[name, value]))
}

/// Renders a link to the entry itself; with the client it also copies the URL.
fn copy_link(id: &Id, title: &[Span]) -> El {
    el("a")
        .class("share")
        .attr("href", format!("#{id}"))
        .attr(Action::ATTRIBUTE, Action::CopyLink.name())
        .attr("aria-label", strings::COPY_LINK_TO.format(&[&plain(title)]))
        .attr("title", strings::COPY_LINK)
}

fn cite_button(title: &[Span]) -> El {
    action_button(Action::ShowCitation)
        .class("cite")
        .attr("aria-label", strings::CITE_TITLE.format(&[&plain(title)]))
        .text(strings::CITE)
}
