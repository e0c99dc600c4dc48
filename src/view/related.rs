//! What an entry has to do with others, behind a fold of its own: none of it is in the way of reading.

use notebook_core::notebook::{Mention, Named, Near, Progress, Related, Shared};

use super::element::{El, el};
use super::entry::Notes;
use super::strings::{self, Word};

/// Sentences that are shown at first; the others are found by a search.
const SENTENCES: usize = 20;

/// The class of the fold.
pub(super) const CLASS: &str = "related";

/// The fold of a paper or term; none where it has nothing to do with others.
pub(super) fn related(related: &Related, notes: Notes) -> Option<El> {
    let Related { builds_on, needed_for, uses, near, .. } = related;
    let any = builds_on.len() + needed_for.len() + uses.len() + near.len() > 0;
    let summary = || el("summary").text(strings::related(builds_on.len(), uses.len(), near.len()));
    let fold = || el("details").class(CLASS).attr("data-aside", "").child(summary());
    any.then(|| fold().all(if notes == Notes::Later { Vec::new() } else { parts(related) }))
}

/// What stands in the fold.
pub(super) fn parts(related: &Related) -> Vec<El> {
    let Related { builds_on, needed_for, uses, near, .. } = related;
    let parts = [
        named(strings::BUILDS_ON, builds_on),
        named(strings::NEEDED_FOR, needed_for),
        (!uses.is_empty()).then(|| titled(strings::USED_IN, sentences(uses))),
        (!near.is_empty()).then(|| titled(strings::NEAR, el("ul").all(near.iter().map(near_by)))),
    ];
    parts.into_iter().flatten().collect()
}

/// How far a goal is, as a link to what is there.
pub(super) fn progress(progress: &Progress) -> El {
    let Progress { query, noted, listed } = progress;
    let told = strings::progress(*noted, *listed);
    // What leads to nothing is no link.
    let link =
        if noted + listed == 0 { el("span") } else { el("a").attr("href", query).attr("rel", "nofollow") };
    link.class("progress").attr("data-aside", "").text(told)
}

fn titled(title: Word, list: El) -> El {
    el("div").child(el("p").class("related-name").text(title)).child(list)
}

fn named(title: Word, all: &[Named]) -> Option<El> {
    (!all.is_empty())
        .then(|| titled(title, el("ul").class("in-line").all(all.iter().map(|to| el("li").child(link(to))))))
}

fn link(to: &Named) -> El {
    el("a").attr("href", format!("#{}", to.id)).text(&to.name)
}

/// Sentences in a list, each with the entry that it stands in; what is too much is counted.
fn sentences(uses: &[Mention]) -> El {
    let lines = uses.iter().take(SENTENCES).map(|Mention { by, text }| {
        let quote = text
            .as_ref()
            .map(|[before, name, after]| el("q").text(before).child(el("b").text(name)).text(after));
        el("li").child(link(by)).all(quote.map(|quote| el("span").text(" ").child(quote)))
    });
    let more = uses.len().saturating_sub(SENTENCES);
    el("ul").all(lines).all((more > 0).then(|| el("li").text(strings::MORE_USES.count(more))))
}

fn near_by(near: &Near) -> El {
    let shares: Vec<&str> = near.shares.iter().filter_map(shared).collect();
    let why = format!(" {}", strings::SHARES.with(&[&shares.join(strings::BETWEEN.text())]));
    el("li").child(link(&near.paper)).child(el("small").text(why))
}

/// What is shared, in words. Labels are common: that papers have them says little.
fn shared(shared: &Shared) -> Option<&str> {
    match shared {
        Shared::Mention {} => Some(strings::MENTIONS.text()),
        Shared::Term(name) | Shared::Author(name) | Shared::Category(name) => Some(name),
        Shared::Label(_) => None,
    }
}
