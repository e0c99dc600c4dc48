//! One paper, term, goal, link or piece of prose.

use std::slice::Iter;

use leptos::prelude::AnyView;
use notebook_core::Query;
use notebook_core::notebook::language::{direction, language};
use notebook_core::notebook::{
    Access, Block, Credit, Entry, Goal, Id, Progress, Property, Reference, Related, Source, Span, Term, plain,
};
use notebook_core::query::Facet;
use notebook_core::search::Field;

use super::element::{El, el};
use super::{Action, element, filters, related, strings, text};

/// How the notes of a paper are there at first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notes {
    /// To be read at once.
    Open,
    /// In a fold that is closed, as what an entry has to do with others always is.
    Folded,
    /// Folds stand there empty: [`folded`] fills them.
    Later,
}

/// The class of the fold of notes.
const NOTES: &str = "notes";

/// An entry; its headings have level `depth`.
pub(super) fn entry(entry: &Entry, with: &Related, depth: u8, notes: Notes) -> El {
    let view = match entry {
        Entry::Paper(paper) => paper_view(paper, depth, notes).all(related::related(with, notes)),
        Entry::Term(term) => term_view(term, depth).all(related::related(with, notes)),
        Entry::Goal(goal) => goal_view(goal, &mut with.goals.iter()),
        Entry::Link(link) => link_view(link),
        Entry::Prose(prose) => el("div").class("prose").child(noted(&prose.blocks)),
    };
    let lang = lang(entry);
    let view = view.maybe("lang", lang).maybe("dir", lang.map(direction));
    view.attr("id", entry.id().as_str()).attr("tabindex", "-1")
}

/// The language of an entry, where its author says so.
fn lang(entry: &Entry) -> Option<&str> {
    let (Entry::Paper(link) | Entry::Link(link)) = entry else { return None };
    let said = link.properties.iter().find(|told| told.name == Property::LANG)?;
    language(&said.value)
}

/// What stands in the folds of an entry that was drawn with [`Notes::Later`], each with the class of its fold.
pub fn folded(entry: &Entry, with: &Related) -> Vec<(&'static str, AnyView)> {
    let notes = match entry {
        Entry::Paper(paper) if !paper.notes.is_empty() => Some((NOTES, noted(&paper.notes).into())),
        _ => None,
    };
    let related = matches!(entry, Entry::Paper(_) | Entry::Term(_)).then(|| related::parts(with));
    notes.into_iter().chain(related.into_iter().flatten().map(|part| (related::CLASS, part.into()))).collect()
}

/// An entry by itself, to be shown beside a link that leads to it.
pub fn alone(entry: &Entry) -> AnyView {
    self::entry(entry, &Related::default(), 6, Notes::Folded).into()
}

fn paper_view(paper: &Reference, depth: u8, open: Notes) -> El {
    let title = text::heading(depth).child(anchor(paper));
    let header =
        el("header").all(paper.checked.map(text::check)).child(title).child(share(&paper.id, &paper.title));
    let fold = (!paper.notes.is_empty()).then(|| {
        let summary = el("summary").text(strings::NOTES);
        let fold = el("details").class(NOTES).maybe("open", (open == Notes::Open).then_some(""));
        fold.child(summary).all((open != Notes::Later).then(|| noted(&paper.notes)))
    });
    let meta = el("p").class("meta").all(meta(&paper.source)).all(paper.properties.iter().map(told));
    let meta = meta.child(cite(&paper.title));
    el("article").class("paper").child(header).all(byline(paper)).child(meta).all(fold)
}

fn term_view(term: &Term, depth: u8) -> El {
    let name = text::heading(depth).child(field("span", Field::Title).all(text::spans(&term.name)));
    let header = el("header").child(name).child(share(&term.id, &term.name)).child(cite(&term.name));
    el("article").class("term").child(header).child(noted(&term.definition))
}

fn link_view(link: &Reference) -> El {
    let below = (!link.notes.is_empty()).then(|| noted(&link.notes));
    let head =
        el("li").all(link.checked.map(text::check)).child(anchor(link)).child(share(&link.id, &link.title));
    head.all(byline(link)).all(link.properties.iter().map(told)).all(below)
}

/// A goal and its parts, each with how far it is, in the same order.
fn goal_view(goal: &Goal, progress: &mut Iter<Progress>) -> El {
    let name = field("span", Field::Title).all(text::spans(&goal.text));
    let line = el("li").all(goal.checked.map(text::check)).child(name).child(share(&goal.id, &goal.text));
    let line = line.all(progress.next().map(related::progress));
    let below = !goal.notes.is_empty() || !goal.goals.is_empty();
    line.all(below.then(|| noted(&goal.notes).all(parts(goal, progress))))
}

/// The parts of a goal; their text counts as notes of the whole.
fn parts(goal: &Goal, progress: &mut Iter<Progress>) -> Option<El> {
    let mut part = |part: &Goal| {
        let line = el("li").attr("id", part.id.as_str()).all(part.checked.map(text::check));
        let line = line.child(el("span").all(text::spans(&part.text)));
        let line = line.all(progress.next().map(related::progress));
        line.all(text::blocks(&part.notes)).all(parts(part, progress))
    };
    (!goal.goals.is_empty()).then(|| el("ul").all(goal.goals.iter().map(&mut part).collect::<Vec<_>>()))
}

/// An element that shows a field, letter for letter.
fn field(name: &'static str, field: Field) -> El {
    el(name).attr("data-field", field.key())
}

fn noted(blocks: &[Block]) -> El {
    field("div", Field::Notes).all(text::blocks(blocks))
}

fn anchor(link: &Reference) -> El {
    let hint = link.hint.as_deref();
    text::link(link.url.as_str(), hint).attr("data-field", Field::Title.key()).all(text::spans(&link.title))
}

/// What the author wrote behind the title, and below it what the bibliography says, each a filter.
fn byline(link: &Reference) -> Option<El> {
    let credit = link.credit();
    let parted = !credit.is_empty() && !link.byline.is_empty();
    let shown = field("p", Field::Byline).class("byline").all(text::spans(&link.byline));
    let shown = shown.all(parted.then(|| el("br")));
    let credited = credit.iter().map(|piece| match piece {
        Credit::Author(name) => ask(Facet::Author, name).text(name).into(),
        Credit::Venue(name) => ask(Facet::Venue, name).text(name).into(),
        Credit::Between(between) => element::text(*between),
    });
    let any = !credit.is_empty() || !link.byline.is_empty();
    any.then(|| shown.all::<AnyView>(credited))
}

/// A link that asks for the papers of one value.
fn ask(facet: Facet, value: &str) -> El {
    filters::ask(&Query::default().toggled(facet, value))
}

/// What the address tells, each a filter.
fn meta(source: &Source) -> Vec<El> {
    let filter = |facet: Facet, value: &str, class: &'static str| {
        ask(facet, value).class(class).text(strings::value(facet, value, value))
    };
    let access = match source.access {
        Access::Open => Some(filter(Facet::Access, "open", "open")),
        Access::Paywalled => Some(filter(Facet::Access, "paywalled", "paywalled")),
        Access::Unknown => None,
    };
    let year = source.year.map(|year| filter(Facet::Year, &year.to_string(), "year"));
    let host = (!source.host.is_empty()).then(|| filter(Facet::Host, &source.host, "host"));
    let label = source.label().map(|label| {
        let version = source.version.map_or(String::new(), |version| format!(" v{version}"));
        el("span").class("id").text(label + version.as_str())
    });
    [access, year, host, label].into_iter().flatten().collect()
}

/// What the author says of a paper in a word; its status is a filter.
fn told(property: &Property) -> El {
    let Property { name, value } = property;
    let says = strings::TOLD.with(&[name, value]);
    if name == Property::STATUS {
        return ask(Facet::Status, &property.key()).class("told").text(says);
    }
    el("span").class("told").text(says)
}

/// The entry's own link; the reader makes it copy the whole address.
fn share(id: &Id, title: &[Span]) -> El {
    let link =
        el("a").class("share").attr("href", format!("#{id}")).attr(Action::ATTRIBUTE, Action::Share.name());
    link.attr("aria-label", strings::SHARE_ENTRY.with(&[&plain(title)])).attr("title", strings::SHARE)
}

/// Shows how to cite an entry.
fn cite(title: &[Span]) -> El {
    let button =
        el("button").class("cite").attr("type", "button").attr(Action::ATTRIBUTE, Action::Cite.name());
    button.attr("aria-label", strings::CITE_PAPER.with(&[&plain(title)])).text(strings::CITE)
}
