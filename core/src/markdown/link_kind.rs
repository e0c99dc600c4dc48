//! The kind of a link that belongs to a paper: by its label, then by its host.

use super::venue::starts_with_venue;
use crate::notebook::{HostKind, LinkKind, Span, Url, plain};

/// Words that say what a link is, and never are a title. Compared without case, brackets, emoji and numbers.
const LABELS: [(LinkKind, &[&str]); 11] = [
    (
        LinkKind::Paper,
        &[
            "paper",
            "papers",
            "arxiv",
            "abs",
            "abstract",
            "openreview",
            "acl",
            "acm",
            "ieee",
            "doi",
            "html",
            "preprint",
            "publication",
            "journal",
            "article",
            "thesis",
            "report",
            "proceedings",
            "biorxiv",
            "neurips",
            "nips",
            "cvf",
            "springer",
            "论文",
            "论文地址",
            "论文链接",
            "原文",
            "論文",
            "논문",
            "статья",
            "artículo",
            "aufsatz",
            "artigo",
            "ورقة",
        ],
    ),
    (LinkKind::Pdf, &["pdf", "ps", "fulltext"]),
    (
        LinkKind::Code,
        &[
            "code",
            "codes",
            "github",
            "gitlab",
            "official",
            "unofficial",
            "pytorch",
            "tensorflow",
            "torch",
            "jax",
            "keras",
            "caffe",
            "theano",
            "mxnet",
            "paddle",
            "matlab",
            "chainer",
            "implementation",
            "model",
            "models",
            "weights",
            "checkpoint",
            "colab",
            "repo",
            "repository",
            "software",
            "source",
            "tf",
            "huggingface",
            "代码",
            "源码",
            "コード",
            "코드",
            "код",
            "código",
            "quelltext",
            "الشيفرة",
        ],
    ),
    (
        LinkKind::Project,
        &[
            "project",
            "page",
            "website",
            "homepage",
            "demo",
            "site",
            "web",
            "webpage",
            "主页",
            "项目",
            "项目主页",
        ],
    ),
    (
        LinkKind::Video,
        &[
            "video",
            "videos",
            "talk",
            "youtube",
            "vimeo",
            "bilibili",
            "presentation video",
            "视频",
            "動画",
            "영상",
        ],
    ),
    (
        LinkKind::Slides,
        &[
            "slides",
            "slide",
            "poster",
            "presentation",
            "ppt",
            "スライド",
            "발표자료",
            "презентация",
            "diapositives",
            "folien",
        ],
    ),
    (
        LinkKind::Blog,
        &[
            "blog",
            "post",
            "blogpost",
            "tutorial",
            "explanation",
            "explained",
            "article",
            "medium",
            "解读",
            "详解",
            "解説",
        ],
    ),
    (LinkKind::Notes, &["notes", "note", "review", "reviews", "summary", "笔记", "리뷰"]),
    (LinkKind::Data, &["data", "dataset", "datasets", "benchmark", "数据集", "数据"]),
    (LinkKind::Citation, &["bibtex", "bib", "citation", "cite"]),
    (
        LinkKind::Other,
        &[
            "link",
            "links",
            "url",
            "here",
            "supp",
            "suppl",
            "supplementary",
            "supplemental",
            "appendix",
            "material",
            "twitter",
            "reddit",
            "appendices",
            "errata",
            "media",
            "news",
            "链接",
            "リンク",
            "링크",
            "ссылка",
            "ссылки",
            "enlace",
            "enlaces",
            "lien",
            "liens",
            "collegamento",
            "الرابط",
        ],
    ),
];

/// Words that may stand beside a label word in a label.
const LABEL_STOP_WORDS: [&str; 16] = [
    "the", "and", "full", "version", "official", "link", "original", "author", "authors", "by", "in", "for",
    "with", "our", "to", "of",
];

/// Returns the kind that the host and path of an address tell.
pub(super) fn kind_from_host(url: &Url) -> Option<LinkKind> {
    Some(match url.host_kind()? {
        HostKind::Paper => LinkKind::Paper,
        HostKind::Pdf => LinkKind::Pdf,
        HostKind::Code => LinkKind::Code,
        HostKind::Video => LinkKind::Video,
        HostKind::Slides => LinkKind::Slides,
        HostKind::Data => LinkKind::Data,
        HostKind::Project => LinkKind::Project,
        HostKind::Blog => LinkKind::Blog,
    })
}

/// Returns the kind that the text of a link tells, if it is a label and no title.
pub(super) fn kind_from_label(text: &str) -> Option<LinkKind> {
    // What is longer is a title; most are.
    if text.len() > 60 {
        return None;
    }
    let without_addition = text.split(['(', '（']).next().unwrap_or_default();
    let text = if without_addition.chars().any(char::is_alphanumeric) { without_addition } else { text };
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower
        .split(|c: char| !c.is_alphanumeric())
        .map(|word| word.trim_matches(|c: char| c.is_ascii_digit()))
        .filter(|word| !word.is_empty())
        .collect();
    if words.is_empty() || words.len() > 4 {
        return None;
    }
    let kind = |word: &str| {
        let known = LABELS.iter().find(|(_, known)| known.contains(&word)).map(|(kind, _)| *kind);
        known.or_else(|| joined_kind(word))
    };
    let known: Vec<Option<LinkKind>> = words.iter().map(|word| kind(word)).collect();
    let all = known.iter().zip(&words).all(|(kind, word)| kind.is_some() || LABEL_STOP_WORDS.contains(word));
    let first = known
        .iter()
        .flatten()
        .find(|kind| **kind != LinkKind::Other)
        .or_else(|| known.iter().flatten().next());
    first.copied().filter(|_| all || (known.first().is_some_and(Option::is_some) && words.len() <= 2))
}

/// Words joined to label words in languages without blanks between words: 论文地址, 公式実装.
const JOINED_FILLERS: [&str; 23] = [
    "地址",
    "链接",
    "下载",
    "官方",
    "开源",
    "模型",
    "相关",
    "项目",
    "原始",
    "阅读",
    "复现",
    "讲解",
    "中文",
    "英文",
    "リンク",
    "公式",
    "実装",
    "記事",
    "資料",
    "링크",
    "공식",
    "자료",
    "原",
];

/// Returns the kind of a label of several words without blanks: that of the last word with a kind.
fn joined_kind(word: &str) -> Option<LinkKind> {
    if word.is_ascii() {
        return None;
    }
    let (mut rest, mut found) = (word, None);
    while !rest.is_empty() {
        let longest = |known: &'static str, best: usize| {
            if known.len() > best && !known.is_ascii() && rest.starts_with(known) {
                known.len()
            } else {
                best
            }
        };
        let mut taken = JOINED_FILLERS.iter().fold(0, |best, known| longest(known, best));
        for (kind, known) in &LABELS {
            let length = known.iter().fold(taken, |best, known| longest(known, best));
            if length > taken {
                (taken, found) = (length, Some(*kind));
            }
        }
        rest = rest.get(taken..).filter(|_| taken > 0)?;
    }
    found
}

/// Returns true if the text of a link is no title: a label word, a venue with a year, a picture, or the address itself.
pub(super) fn is_label(text: &[Span], url: &Url) -> bool {
    let words = plain(text);
    let words = words.trim();
    let bare = words.trim_matches(|c: char| !c.is_alphanumeric());
    // `:scroll:`
    let is_emoji_code = || {
        words.len() == bare.len() + 2
            && words.starts_with(':')
            && words.ends_with(':')
            && bare.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')
    };
    bare.is_empty()
        || is_emoji_code()
        || bare.bytes().all(|b| b.is_ascii_digit())
        || is_address(words, url)
        || kind_from_label(words).is_some()
        || (starts_with_venue(bare) && bare.split_whitespace().count() <= 4 && bare.len() <= 30)
}

/// Returns true if text only repeats an address.
pub(super) fn is_address(text: &str, url: &Url) -> bool {
    text.contains("://") || (text.contains('/') && !text.contains(' ') && url.as_str().contains(text))
}

/// Returns the kind of a link with this label: a host of papers or videos decides, then the label, then any other host.
pub(super) fn kind_of(label: &str, url: &Url) -> LinkKind {
    let (by_label, by_host) = (kind_from_label(label), kind_from_host(url));
    match (by_label, by_host) {
        (Some(LinkKind::Data), _) => LinkKind::Data,
        (_, Some(kind @ (LinkKind::Paper | LinkKind::Video))) => kind,
        (Some(kind), _) if kind != LinkKind::Other => kind,
        (_, host) => host.unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_and_hosts_tell_the_kind() {
        let cases = [
            ("Paper", "https://example.org/x", LinkKind::Paper),
            ("pdf", "https://arxiv.org/abs/2101.99001", LinkKind::Paper),
            ("pdf", "https://example.org/x", LinkKind::Pdf),
            ("Paper", "https://www.youtube.com/watch?v=zzz", LinkKind::Video),
            ("PyTorch (someone)", "https://example.org/x", LinkKind::Code),
            ("code-2", "https://example.org/x", LinkKind::Code),
            ("📄 Paper", "https://example.org/x", LinkKind::Paper),
            ("Quiet Gradients", "https://github.com/example/quiet", LinkKind::Code),
            ("Dataset", "https://arxiv.org/abs/2101.99001", LinkKind::Data),
            ("论文地址", "https://example.org/x", LinkKind::Paper),
            ("Quiet Gradients", "https://example.org/quiet.pdf", LinkKind::Pdf),
            ("Quiet Gradients", "https://example.org/quiet", LinkKind::Other),
        ];
        for (label, url, expected) in cases {
            assert_eq!(kind_of(label, &Url::parse(url).unwrap()), expected, "{label} {url}");
        }
    }
}
