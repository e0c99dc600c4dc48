//! Recognition of an address: the facts about a paper, or the kind of its page, that it tells.

use super::address::Address;
use super::host_kind::HostKind;
use super::hosts::{self, Host, Pages};
use super::paper_source::{Access, PaperSource, SourceKind};
use super::{arxiv, doi, pattern};
use crate::notebook::{Url, UrlKind};

/// Result of recognizing an address.
struct Identity {
    /// The row of its host.
    row: Option<&'static Host>,
    /// Returns true if it is the address of a paper.
    is_paper: bool,
    /// The facts, without the host.
    source: PaperSource,
}

/// Recognizes an address. O(length).
fn identify(address: &Address) -> Identity {
    if let Some(inner) = address.inner()
        && let Some(inner) = Address::new(&inner)
        && inner.inner().is_none()
    {
        return identify(&inner);
    }
    let path = address.path();
    let row = Host::find(&address.host, &path);
    let facts = row.map(|row| row.read(&path)).unwrap_or_default();
    let source = match address.doi() {
        Some(doi) => from_doi(doi),
        None => facts.id.and_then(|id| from_template(&id, facts.version)),
    };
    let is_paper = row.is_some_and(|row| row.has_paper(&path, source.is_some())) || source.is_some();
    let mut source = source.unwrap_or_default();
    if is_paper {
        let access = row.map_or(Access::Unknown, |row| row.access);
        source.access = source.access.or(access);
        source.year = source.year.or(facts.year);
        if source.kind == SourceKind::Web {
            source.kind = SourceKind::Publisher;
        }
    } else if let Some(row) = row.filter(|row| matches!(row.pages, Pages::All(_))) {
        source.access = row.access;
    }
    Identity { row, is_paper, source }
}

/// Returns the facts that a DOI tells; `None` if it is not registered.
fn from_doi(doi: doi::Doi) -> Option<PaperSource> {
    if let Some(id) = strip_prefix_ignoring_case(&doi.name, arxiv::ARXIV_DOI_PREFIX) {
        return arxiv::from_id(id);
    }
    let path = pattern::Path { path: &doi.name, query: "" };
    let form = hosts::DOIS
        .iter()
        .find_map(|(form, access, _)| pattern::find(form, &path).map(|found| (found.year, *access)));
    let (year, access) = form.unwrap_or_default();
    doi::is_registered(&doi.name).then(|| PaperSource {
        kind: SourceKind::Doi,
        version: doi.version,
        year: year.or_else(|| doi::sici_year(&doi.name)),
        id: Some(doi.name),
        access,
        ..PaperSource::default()
    })
}

/// Returns the facts that an id tells, which is written as the table of hosts says.
fn from_template(id: &str, version: Option<u16>) -> Option<PaperSource> {
    if id.starts_with("10.") {
        return from_doi(doi::without_view(doi::find_doi(id)?, false));
    }
    let (scheme, name) = id.split_once(':').unwrap_or(("", id));
    let (kind, id) = match scheme {
        "arXiv" => return arxiv::from_id(name),
        "index" => return arxiv::from_index_name(name),
        "Nature" => return from_doi(doi::of_nature(name)?),
        "Lancet" => return from_doi(doi::of_lancet(name)?),
        "OpenReview" => (SourceKind::Openreview, name),
        "ACL" | "HAL" => (SourceKind::Publisher, name),
        _ => (SourceKind::Publisher, id),
    };
    // PubMed Central holds texts, PubMed abstracts.
    let access = if id.starts_with("PMC") { Access::Open } else { Access::Unknown };
    Some(PaperSource { kind, id: Some(id.to_owned()), version, access, ..PaperSource::default() })
}

fn strip_prefix_ignoring_case<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let (start, rest) = text.split_at_checked(prefix.len())?;
    start.eq_ignore_ascii_case(prefix).then_some(rest)
}

impl PaperSource {
    /// Returns the facts that an address tells. O(length).
    pub fn from_url(url: &Url) -> Self {
        let UrlKind::Web(host, _) = url.kind() else {
            return Self::default();
        };
        let source = Address::new(url).map(|address| identify(&address).source).unwrap_or_default();
        Self { host: host.to_lowercase(), ..source }
    }
}

impl Url {
    /// Returns the kind of page that the address leads to by its host, and where the host tells nothing by the ending of its
    /// path. `None` means unknown. O(length) the first time, O(1) later.
    pub fn host_kind(&self) -> Option<HostKind> {
        self.cached_host_kind(host_kind)
    }
}

fn host_kind(url: &Url) -> Option<HostKind> {
    let Some(address) = Address::new(url) else {
        return HostKind::of_ending(url.as_str());
    };
    let identity = identify(&address);
    if identity.is_paper {
        return Some(HostKind::Paper);
    }
    let ending = HostKind::of_ending(&address.path);
    match identity.row.map(|row| row.pages) {
        // A file in a repository or on the pages of a project is the file.
        Some(Pages::All(HostKind::Code | HostKind::Project | HostKind::Blog | HostKind::Data))
            if ending.is_some() =>
        {
            ending
        }
        Some(Pages::All(kind)) if kind != HostKind::Paper && !address.path.is_empty() => Some(kind),
        _ => ending,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_tells_the_kind_of_a_link() {
        use HostKind::{Blog, Code, Data, Paper, Pdf, Project, Slides, Video};
        let cases = [
            ("https://arxiv.org/abs/2010.11929", Some(Paper)),
            ("https://arxiv.org/pdf/2010.11929.pdf", Some(Paper)),
            ("https://arxiv.org/list/cs.LG/recent", None),
            ("https://huggingface.co/papers/2005.14165", Some(Paper)),
            ("https://huggingface.co/papers", None),
            ("https://huggingface.co/datasets/made/up", Some(Data)),
            ("https://huggingface.co/made/up", Some(Code)),
            ("https://openreview.net/forum?id=abc", Some(Paper)),
            ("https://openreview.net/pdf/0123456789abcdef.pdf", Some(Paper)),
            ("https://openreview.net/group?id=ICLR.cc/2020/Conference", None),
            ("https://doi.org/10.1000/182", Some(Paper)),
            ("https://example.org/10.1000/182", Some(Paper)),
            ("https://aclanthology.org/P18-1001.pdf", Some(Paper)),
            ("https://www.nature.com/", None),
            ("https://www.nature.com/articles/nature14539", Some(Paper)),
            ("https://example.org/night.pdf", Some(Pdf)),
            ("https://example.org/NIGHT.PDF?download=1#page=3", Some(Pdf)),
            ("papers/night.pdf", Some(Pdf)),
            ("https://github.com/example/quiet", Some(Code)),
            ("https://github.com/example/quiet/blob/main/paper.pdf", Some(Pdf)),
            ("https://www.youtube.com/watch?v=zzzz", Some(Video)),
            ("https://youtu.be/zzzz", Some(Video)),
            ("https://docs.google.com/presentation/d/1", Some(Slides)),
            ("https://docs.google.com/document/d/1", None),
            ("https://example.org/talk.pptx", Some(Slides)),
            ("https://someone.github.io/quiet/", Some(Project)),
            ("https://medium.com/@someone/quiet", Some(Blog)),
            ("https://www.lesswrong.com/posts/abc/def", Some(Blog)),
            ("https://example.org/quiet", None),
            ("./notes/quiet.md", None),
            ("#quiet", None),
            ("mailto:a@example.org", None),
        ];
        for (url, expected) in cases {
            assert_eq!(Url::parse(url).unwrap().host_kind(), expected, "{url}");
        }
    }
}
