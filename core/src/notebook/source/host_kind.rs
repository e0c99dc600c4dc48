//! The kind of page behind an address, as far as its host and ending tell.

use serde::Serialize;

use super::{Address, Pages, Url, identify};

/// The kind of page or file that an address leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum HostKind {
    /// The paper: its page at a publisher, a preprint server or an index, or its text there.
    Paper,
    /// A PDF at some other place.
    Pdf,
    /// Source code, or a trained model.
    Code,
    /// A recorded talk or lecture.
    Video,
    /// Slides or a poster.
    Slides,
    /// A data set.
    Data,
    /// A page about the work.
    Project,
    /// An article in a blog.
    Blog,
}

/// Kinds of files, by the ending of an address.
const ENDINGS: [(&str, HostKind); 11] = [
    (".pdf", HostKind::Pdf),
    (".ps", HostKind::Pdf),
    (".ps.gz", HostKind::Pdf),
    (".ppt", HostKind::Slides),
    (".pptx", HostKind::Slides),
    (".odp", HostKind::Slides),
    (".key", HostKind::Slides),
    (".mp4", HostKind::Video),
    (".webm", HostKind::Video),
    (".mov", HostKind::Video),
    (".ipynb", HostKind::Code),
];

impl HostKind {
    /// Returns the kind of a link by its host, and where the host tells nothing by the ending of its path. `None` means
    /// unknown. O(length).
    pub(crate) fn of_url(url: &Url) -> Option<Self> {
        let Some(address) = Address::new(url) else {
            return Self::of_ending(url.as_str());
        };
        let identity = identify(&address);
        if identity.is_paper {
            return Some(Self::Paper);
        }
        let ending = Self::of_ending(&address.path);
        match identity.row.map(|row| row.pages) {
            // A file in a repository or on the pages of a project is the file.
            Some(Pages::All(Self::Code | Self::Project | Self::Blog | Self::Data)) if ending.is_some() => {
                ending
            }
            Some(Pages::All(kind)) if kind != Self::Paper && !address.path.is_empty() => Some(kind),
            _ => ending,
        }
    }

    /// Returns true if the host decides although the label of a link says otherwise: a paper is a paper, a video a video.
    pub fn overrides_label(self) -> bool {
        matches!(self, Self::Paper | Self::Video)
    }

    fn of_ending(path: &str) -> Option<Self> {
        let path = path.split(['?', '#']).next()?;
        let has = |ending: &str| {
            path.len()
                .checked_sub(ending.len())
                .and_then(|at| path.get(at..))
                .is_some_and(|end| end.eq_ignore_ascii_case(ending))
        };
        ENDINGS.iter().find(|(ending, _)| has(ending)).map(|(_, kind)| *kind)
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
