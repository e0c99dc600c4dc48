//! Names of terms: items written `Name (abbreviation): definition`.

use crate::notebook::{Span, plain};
use crate::unicode::split_at_boundary;

/// Longest name of a term, in characters: anything longer is a sentence.
const MAX_NAME_LENGTH: usize = 80;

/// Splits the first paragraph of an item written `Name: text`. `None` where it is not.
pub(super) fn split_term_name(spans: &[Span]) -> Option<(Vec<Span>, Vec<Span>)> {
    let mut name = Vec::new();
    for (at, span) in spans.iter().enumerate() {
        let after = || spans.get(at + 1..).unwrap_or_default().to_vec();
        match span {
            Span::Text(text) => {
                if let Some((before, text)) = split_at_colon(text) {
                    let before = before.trim_end();
                    if !may_be_in_name(before) {
                        return None;
                    }
                    if !before.is_empty() {
                        name.push(Span::Text(before.to_owned()));
                    }
                    let mut rest = after();
                    if !text.is_empty() {
                        rest.insert(0, Span::Text(text.to_owned()));
                    }
                    return is_name(&name, MAX_NAME_LENGTH).then_some((name, rest));
                }
                // Most paragraphs end here, before they are copied.
                if !may_be_in_name(text) {
                    return None;
                }
                name.push(span.clone());
            }
            Span::Strong(inner) | Span::Em(inner) => {
                // `**Name:** text`, the colon inside the dress.
                if let Some((Span::Text(last), front)) = inner.split_last()
                    && let Some(last) = last.trim_end().strip_suffix([':', '：'])
                {
                    let mut inner = front.to_vec();
                    inner.push(Span::Text(last.to_owned()));
                    name.push(if matches!(span, Span::Em(_)) {
                        Span::Em(inner)
                    } else {
                        Span::Strong(inner)
                    });
                    let mut rest = after();
                    if let Some(Span::Text(text)) = rest.first_mut() {
                        *text = text.trim_start().to_owned();
                    }
                    rest.retain(|span| !matches!(span, Span::Text(text) if text.is_empty()));
                    return is_name(&name, MAX_NAME_LENGTH).then_some((name, rest));
                }
                name.push(span.clone());
            }
            Span::Image { .. } | Span::Break {} => return None,
            _ => name.push(span.clone()),
        }
    }
    None
}

/// Marks between a name and its definition, with the blanks around them.
const SEPARATORS: [&str; 5] = [" :: ", " — ", " – ", " - ", " ― "];

/// Splits the first paragraph of an item into the name of a term and its definition: `Name: text`, `Name - text`, `Name :: text`,
/// or a name in bold on a line of its own. The first of these marks counts. `None` where there is none.
pub(super) fn split_term(spans: &[Span]) -> Option<(Vec<Span>, Vec<Span>)> {
    let colon = split_term_name(spans);
    let before_colon = colon.as_ref().map_or(usize::MAX, |(name, _)| plain(name).len());
    let mut length = 0;
    for (at, span) in spans.iter().enumerate() {
        let Span::Text(text) = span else {
            // `**Name**` and a line end.
            let next = spans.get(at + 1);
            let ends_line = match next {
                Some(Span::Break {}) => true,
                Some(Span::Text(text)) => text.starts_with('\n'),
                _ => false,
            };
            if at == 0
                && ends_line
                && matches!(span, Span::Strong(_))
                && before_colon > plain(spans.get(..1)?).len()
            {
                let name = vec![span.clone()];
                let mut rest = spans.get(at + 1..)?.to_vec();
                trim_start(&mut rest);
                return (is_name(&name, MAX_NAME_LENGTH) && !rest.is_empty()).then_some((name, rest));
            }
            if matches!(span, Span::Image { .. } | Span::Break {}) {
                break;
            }
            length += plain(std::slice::from_ref(span)).len();
            continue;
        };
        let line = text.split('\n').next().unwrap_or(text);
        let found = SEPARATORS.iter().filter_map(|mark| Some((line.find(mark)?, *mark))).min();
        let Some((cut, mark)) = found.filter(|(cut, _)| length + cut < before_colon) else {
            if line.len() < text.len() {
                break;
            }
            length += text.len();
            continue;
        };
        let mut name = spans.get(..at)?.to_vec();
        let before = text.get(..cut)?.trim_end();
        if !before.is_empty() {
            name.push(Span::Text(before.to_owned()));
        }
        let mut rest = vec![Span::Text(text.get(cut + mark.len()..)?.to_owned())];
        rest.extend(spans.get(at + 1..)?.iter().cloned());
        trim_start(&mut rest);
        let is_linked = name.iter().any(|span| matches!(span, Span::Link { .. }));
        let is_term = is_name(&name, MAX_NAME_LENGTH) && !is_linked && has_words(&rest);
        return if is_term { Some((name, rest)) } else { colon };
    }
    colon
}

/// Removes white space and line ends from the beginning.
fn trim_start(spans: &mut Vec<Span>) {
    let blank = |span: &&Span| match span {
        Span::Text(text) => text.trim_start().is_empty(),
        span => matches!(span, Span::Break {}),
    };
    let blanks = spans.iter().take_while(blank).count();
    spans.drain(..blanks);
    if let Some(Span::Text(text)) = spans.first_mut() {
        *text = text.trim_start().to_owned();
    }
}

/// Returns true if there is something else than links.
fn has_words(spans: &[Span]) -> bool {
    spans.iter().any(|span| match span {
        Span::Link { .. } | Span::Image { .. } | Span::Break {} | Span::Footnote(_) => false,
        span => plain(std::slice::from_ref(span)).chars().any(char::is_alphanumeric),
    })
}

/// Returns true if an item that begins with this name and a colon is parsed as having this name.
pub(super) fn reads_as_term_name(name: &[Span]) -> bool {
    let mut spans = name.to_vec();
    match spans.last_mut() {
        Some(Span::Text(last)) => last.push(':'),
        _ => spans.push(Span::Text(":".into())),
    }
    split_term(&spans).is_some_and(|(read, rest)| read == name && rest.is_empty())
}

/// At a colon that is followed by white space or nothing; a full-width colon needs neither.
pub(super) fn split_at_colon(text: &str) -> Option<(&str, &str)> {
    text.char_indices().find_map(|(at, c)| {
        let (before, from) = split_at_boundary(text, at);
        let after = from.get(c.len_utf8()..)?;
        let splits = match c {
            ':' => after.is_empty() || after.starts_with(char::is_whitespace),
            '：' => true,
            _ => false,
        };
        splits.then(|| (before, after.trim_start()))
    })
}

/// A name is short, of one line, and no sentence.
fn is_name(name: &[Span], longest: usize) -> bool {
    is_short(&plain(name), longest)
}

pub(super) fn is_short(text: &str, longest: usize) -> bool {
    !text.trim().is_empty()
        && text.chars().count() <= longest
        && !text.contains('\n')
        && !text.contains(". ")
        // The semicolon of one abbreviation ends no sentence.
        && (!text.contains(['?', '!', ';']) || text.trim().eq_ignore_ascii_case("tl;dr"))
}

/// Returns true if text is short and on one line, as a name must be.
fn may_be_in_name(text: &str) -> bool {
    text.len() <= MAX_NAME_LENGTH * 4 && !text.contains('\n')
}

/// Brackets around other names of a term.
const BRACKETS: [(char, char); 4] = [('(', ')'), ('（', '）'), ('[', ']'), ('【', '】')];

/// Returns the other names of a term: those in brackets after it ([`names_in_brackets`]), or each of `Cost / Loss`.
pub(super) fn aliases_of(name: &[Span]) -> Vec<String> {
    let whole = plain(name);
    let parts = || whole.split(" / ").map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned);
    match names_in_brackets(name) {
        names if names.is_empty() && parts().nth(1).is_some() => parts().collect(),
        names => names,
    }
}

/// Returns the names in brackets after a name: `VAE` in `Variational auto-encoder (VAE)`, `GNN` in `图神经网络（GNN）`. The brackets
/// of a formula or of code are part of it.
fn names_in_brackets(name: &[Span]) -> Vec<String> {
    let Some(Span::Text(last)) = last_text(name) else { return Vec::new() };
    let text = last.trim_end();
    let inside = BRACKETS.iter().find_map(|(open, close)| text.strip_suffix(*close)?.rsplit_once(*open));
    let is_behind = |before: &str| {
        !before.trim().is_empty()
            || name.len() > 1
            || matches!(name, [Span::Strong(inner) | Span::Em(inner)] if inner.len() > 1)
    };
    let Some((before, inside)) = inside.filter(|(before, _)| is_behind(before)) else { return Vec::new() };
    // `f(x)` is one name.
    let is_argument =
        |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, ',' | ' ' | '_' | '|');
    let is_call = before.ends_with(|c: char| c.is_ascii_alphanumeric())
        && text.ends_with(')')
        && (before.trim().chars().count() == 1
            || inside.chars().count() < 4 && inside.chars().all(is_argument));
    if is_call {
        return Vec::new();
    }
    let parts = inside.split([',', ';', '/', '，', '、', '；']).map(str::trim);
    parts.filter(|alias| !alias.is_empty()).map(str::to_owned).collect()
}

/// Returns the text at the end of a name, in whatever it is dressed.
fn last_text(name: &[Span]) -> Option<&Span> {
    match name.last()? {
        text @ Span::Text(_) => Some(text),
        Span::Strong(inner) | Span::Em(inner) => last_text(inner),
        Span::Link { text, .. } => last_text(text),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn abbreviations_in_brackets_are_aliases() {
        let aliases = |name: &str| aliases_of(&text(name));
        assert_eq!(aliases("Variational auto-encoder (VAE)"), ["VAE"]);
        assert_eq!(aliases("KL divergence (KL, relative entropy)"), ["KL", "relative entropy"]);
        assert_eq!(aliases("图神经网络（GNN，图网络）"), ["GNN", "图网络"]);
        assert_eq!(aliases("自己注意（self-attention、SA）"), ["self-attention", "SA"]);
        assert_eq!(aliases("Backbone [Rückgrat]"), ["Rückgrat"]);
        assert_eq!(aliases("Cost / Loss / Objective"), ["Cost", "Loss", "Objective"]);
        assert_eq!(aliases_of(&[Span::Strong(text("LSTM（長・短期記憶）"))]), ["長・短期記憶"]);
        for name in ["(VAE)", "（VAE）", "f(x) maps", "f(x)", "图神经网络"] {
            assert!(aliases(name).is_empty(), "{name}");
        }
        let formula =
            Span::Math { tex: "f(x)".into(), display: false, mathml: crate::notebook::Formula::default() };
        assert!(aliases_of(&[formula]).is_empty());
        assert!(aliases_of(&[Span::Code("f(x)".into())]).is_empty());
    }

    #[test]
    fn a_term_is_split_at_the_first_mark() {
        let split = |line: &str| {
            split_term(&text(line)).map(|(name, rest)| (plain(&name).into_owned(), plain(&rest).into_owned()))
        };
        let cases = [
            ("WER: word error rate", Some(("WER", "word error rate"))),
            ("CNN - Convolutional Neural Network", Some(("CNN", "Convolutional Neural Network"))),
            ("t-SNE - t-Distributed: made up", Some(("t-SNE", "t-Distributed: made up"))),
            ("Backbone :: the part", Some(("Backbone", "the part"))),
            ("Biais : une valeur", Some(("Biais", "une valeur"))),
            ("骨干网络：提取特征", Some(("骨干网络", "提取特征"))),
            ("A -> B -> C", None),
            ("Fold-net", None),
            ("a sentence. It has - a dash", None),
            ("Name - ", None),
        ];
        for (line, expected) in cases {
            let expected = expected.map(|(name, rest): (&str, &str)| (name.to_owned(), rest.to_owned()));
            assert_eq!(split(line), expected, "{line}");
        }
        let bold = [Span::Strong(text("Backbone (Rückgrat)")), Span::Break {}, Span::Text("the part".into())];
        assert_eq!(split_term(&bold), Some((vec![bold[0].clone()], text("the part"))));
        let dashed = [Span::Strong(text("Backbone")), Span::Text(" - the part: big".into())];
        assert_eq!(split_term(&dashed), Some((vec![dashed[0].clone()], text("the part: big"))));
    }

    fn text(text: &str) -> Vec<Span> {
        vec![Span::Text(text.into())]
    }

    #[test]
    fn a_name_may_be_dressed() {
        let strong = vec![Span::Strong(text("Sparse coding:")), Span::Text(" a way".into())];
        assert_eq!(
            split_term_name(&strong),
            Some((vec![Span::Strong(text("Sparse coding"))], text("a way")))
        );
        let outside = vec![Span::Strong(text("Sparse coding")), Span::Text(": a way".into())];
        assert_eq!(
            split_term_name(&outside),
            Some((vec![Span::Strong(text("Sparse coding"))], text("a way")))
        );
    }
}
