//! Links from an entry to others: the fold with related terms, mentions and papers, and the progress of goals.

use notebook_core::notebook::{EntryLinks, EntryRef, GoalProgress, Mention, RelatedPaper, SharedFeature};

use super::controls::text_link;
use super::element::{El, el};
use super::strings::{self, Message};

/// Mentions that are listed. A term can be mentioned by thousands of papers; a search for its name lists all of them.
const MAX_MENTIONS: usize = 20;

/// Class of the fold.
pub(super) const CLASS: &str = "related";

/// Renders the fold of a paper or term, with or without its content; `None` if it has no links.
pub(super) fn related(links: &EntryLinks, has_content: bool) -> Option<El> {
    let EntryLinks { builds_on, needed_for, mentions, related_papers, .. } = links;
    if builds_on.len() + needed_for.len() + mentions.len() + related_papers.len() == 0 {
        return None;
    }
    let summary = strings::related_summary(builds_on.len(), mentions.len(), related_papers.len());
    let fold = el("details").class(CLASS).attr("data-aside", "").child(el("summary").text(summary));
    Some(fold.children(if has_content { groups(links) } else { Vec::new() }))
}

/// Renders the content of the fold: a heading and a list for each kind of link.
pub(super) fn groups(links: &EntryLinks) -> Vec<El> {
    let EntryLinks { builds_on, needed_for, mentions, related_papers, .. } = links;
    let groups = [
        term_group(strings::BUILDS_ON, builds_on),
        term_group(strings::NEEDED_FOR, needed_for),
        (!mentions.is_empty()).then(|| group(strings::MENTIONED_IN, mention_list(mentions))),
        (!related_papers.is_empty()).then(|| {
            group(strings::RELATED_PAPERS, el("ul").children(related_papers.iter().map(related_paper)))
        }),
    ];
    groups.into_iter().flatten().collect()
}

/// Renders the progress of a goal as a link to the matching entries; `None` if there are none.
pub(super) fn goal_progress(progress: &GoalProgress) -> Option<El> {
    let GoalProgress { query, covered, listed } = progress;
    let link =
        || el("a").attr("href", query).attr("rel", "nofollow").class("progress").attr("data-aside", "");
    (covered + listed > 0).then(|| link().text(strings::goal_progress(*covered, *listed)))
}

fn group(title: Message, list: El) -> El {
    el("div").child(el("p").class("related-name").text(title)).child(list)
}

fn term_group(title: Message, terms: &[EntryRef]) -> Option<El> {
    let items = terms.iter().map(|term| el("li").child(entry_link(term)));
    (!terms.is_empty()).then(|| group(title, el("ul").class("inline-list").children(items)))
}

fn entry_link(entry: &EntryRef) -> El {
    text_link(format!("#{}", entry.id), &entry.name)
}

/// Renders mentions: the entry and its sentence. Those beyond [`MAX_MENTIONS`] are counted.
fn mention_list(mentions: &[Mention]) -> El {
    let items = mentions.iter().take(MAX_MENTIONS).map(|Mention { by, excerpt }| {
        let quote = excerpt.as_ref().map(|[before, name, after]| {
            let quote = el("q").text(before).child(el("b").text(name)).text(after);
            el("span").text(" ").child(quote)
        });
        el("li").child(entry_link(by)).children(quote)
    });
    let rest = mentions.len().saturating_sub(MAX_MENTIONS);
    let rest = (rest > 0).then(|| el("li").text(strings::MORE_MENTIONS.plural(rest)));
    el("ul").children(items).children(rest)
}

fn related_paper(related: &RelatedPaper) -> El {
    let shared: Vec<&str> = related.shared.iter().filter_map(shared_feature).collect();
    let shared = strings::SHARED_FEATURES.format(&[&shared.join(strings::LIST_SEPARATOR.text())]);
    el("li").child(entry_link(&related.paper)).child(el("small").text(format!(" {shared}")))
}

/// Returns a shared feature in words. Labels are left out: most papers have the same ones.
fn shared_feature(feature: &SharedFeature) -> Option<&str> {
    match feature {
        SharedFeature::Mention {} => Some(strings::SHARED_MENTION.text()),
        SharedFeature::Term(name) | SharedFeature::Author(name) | SharedFeature::Category(name) => Some(name),
        SharedFeature::Label(_) => None,
    }
}
