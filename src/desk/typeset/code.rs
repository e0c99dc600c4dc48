//! What pieces of code are, by the grammars of Sublime Text.

use std::sync::LazyLock;

use notebook_core::notebook::{Kind, Run};
use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxSet};

/// Bytes of the longest code that is looked at: a longer one is data that somebody pasted.
const LONGEST: usize = 100_000;

/// They take some 20 ms to load: a notebook without code does not.
static GRAMMARS: LazyLock<SyntaxSet> = LazyLock::new(two_face::syntax::extra_newlines);

/// What the pieces of some code are; none where its language is not known.
pub(super) fn runs(lang: &str, text: &str) -> Vec<Run> {
    let name = lang.split([' ', ',', '{']).next().unwrap_or_default();
    if name.is_empty() || text.len() > LONGEST {
        return Vec::new();
    }
    let grammar = GRAMMARS.find_syntax_by_token(name);
    let Some(grammar) = grammar.filter(|grammar| grammar.name != "Plain Text") else { return Vec::new() };
    let (mut state, mut scopes) = (ParseState::new(grammar), ScopeStack::new());
    let mut runs = Runs::default();
    for line in text.split_inclusive('\n') {
        // Grammars expect an end of every line; the last has none here.
        let whole = format!("{}\n", line.trim_end_matches('\n'));
        let Ok(changes) = state.parse_line(&whole, &GRAMMARS) else { return Vec::new() };
        let mut at = 0;
        for (next, change) in changes {
            let next = next.min(line.len());
            runs.push(line.get(at..next).unwrap_or_default(), &scopes);
            at = at.max(next);
            if scopes.apply(&change).is_err() {
                return Vec::new();
            }
        }
        runs.push(line.get(at..).unwrap_or_default(), &scopes);
    }
    runs.done()
}

#[derive(Default)]
struct Runs(Vec<Run>);

impl Runs {
    fn push(&mut self, piece: &str, scopes: &ScopeStack) {
        let Ok(length) = u32::try_from(piece.len()) else { return };
        if length == 0 {
            return;
        }
        let last = self.0.last_mut();
        let kind = match &last {
            // White space has no colour: it parts no run.
            Some(last) if piece.trim().is_empty() => last.kind,
            _ => kind(scopes.as_slice(), piece),
        };
        match last {
            Some(last) if last.kind == kind => last.length += length,
            _ => self.0.push(Run { length, kind }),
        }
    }

    /// Without what says nothing.
    fn done(mut self) -> Vec<Run> {
        while self.0.pop_if(|run| run.kind.is_none()).is_some() {}
        self.0
    }
}

/// Beginnings of scopes, the more special ones first, and what they say.
const SCOPES: [(&str, Option<Kind>); 28] = [
    ("comment", Some(Kind::Comment)),
    ("meta.interpolation", None),
    ("meta.template.expression", None),
    ("constant.numeric", Some(Kind::Number)),
    ("constant", Some(Kind::Constant)),
    ("support.constant", Some(Kind::Constant)),
    ("variable.language", Some(Kind::Constant)),
    ("string.unquoted", None),
    ("string", Some(Kind::Text)),
    ("keyword.operator", None),
    ("keyword", Some(Kind::Keyword)),
    ("storage", Some(Kind::Keyword)),
    ("entity.name.tag", Some(Kind::Keyword)),
    ("entity.name.section", Some(Kind::Keyword)),
    ("entity.name.function", Some(Kind::Function)),
    ("variable.function", Some(Kind::Function)),
    ("support.function", Some(Kind::Function)),
    ("entity.other.attribute-name", Some(Kind::Function)),
    ("entity.other.inherited-class", Some(Kind::Type)),
    ("entity.name.type", Some(Kind::Type)),
    ("entity.name.class", Some(Kind::Type)),
    ("entity.name.struct", Some(Kind::Type)),
    ("entity.name.enum", Some(Kind::Type)),
    ("entity.name.trait", Some(Kind::Type)),
    ("support.type", Some(Kind::Type)),
    ("support.class", Some(Kind::Type)),
    ("markup.inserted", Some(Kind::Inserted)),
    ("markup.deleted", Some(Kind::Deleted)),
];

static KNOWN: LazyLock<Vec<(Scope, Option<Kind>)>> = LazyLock::new(|| {
    let known = SCOPES.iter().map(|(name, kind)| Some((Scope::new(name).ok()?, *kind)));
    known.flatten().collect()
});

/// What a piece is: what the innermost scope says that says anything.
fn kind(scopes: &[Scope], piece: &str) -> Option<Kind> {
    let said =
        scopes.iter().rev().find_map(|scope| KNOWN.iter().find(|(known, _)| known.is_prefix_of(*scope)));
    let (known, kind) = said?;
    // Operators are plain, but for those that are words: `and`, `in`.
    let is_word = piece.starts_with(char::is_alphabetic) && known.build_string() == "keyword.operator";
    if is_word { Some(Kind::Keyword) } else { *kind }
}

#[cfg(test)]
mod tests {
    use notebook_core::notebook::pieces;

    use super::*;

    fn coloured(lang: &str, text: &str) -> Vec<(&'static str, String)> {
        let runs = runs(lang, text);
        let pieces =
            pieces(text, &runs).filter_map(|(kind, piece)| Some((kind?.name(), piece.trim().to_owned())));
        pieces.collect()
    }

    #[test]
    fn words_of_code_are_told_apart() {
        let told = coloured("python", "def f(x):  # why\n    return 'é' + 1 if x is not None else g(x)\n");
        for part in [
            ("keyword", "def"),
            ("function", "f"),
            ("comment", "# why"),
            ("keyword", "return"),
            ("string", "'é'"),
            ("number", "1"),
            ("constant", "None"),
            ("function", "g"),
        ] {
            assert!(told.contains(&(part.0, part.1.to_owned())), "{part:?} in {told:?}");
        }
    }

    #[test]
    fn usual_languages_are_known() {
        for (lang, text) in [
            ("rust", "fn main() {}"),
            ("rs", "fn main() {}"),
            ("Python", "import x"),
            ("js", "let x = 1"),
            ("typescript", "const x: number = 1"),
            ("json", "{\"a\": 1}"),
            ("toml", "a = 1"),
            ("yaml", "a: 1"),
            ("bash", "if true; then echo; fi"),
            ("sh", "# no"),
            ("c", "int x = 1;"),
            ("cpp", "class X {};"),
            ("julia", "function f() end"),
            ("r", "f <- function(x) 1"),
            ("latex", "\\frac{1}{2}"),
            ("diff", "+ a\n- b"),
            ("sql", "SELECT 1"),
            ("html", "<p>x</p>"),
            ("css", "p { color: red }"),
            ("go", "func main() {}"),
            ("rust,ignore", "fn main() {}"),
            ("{python}", ""),
        ] {
            assert!(text.is_empty() || !coloured(lang, text).is_empty(), "{lang}");
        }
    }

    #[test]
    fn what_is_not_known_or_too_long_is_plain() {
        assert_eq!(runs("", "let x = 1"), []);
        assert_eq!(runs("nonsense", "let x = 1"), []);
        assert_eq!(runs("text", "let x = 1"), []);
        assert_eq!(runs("rust", &"fn f() {}\n".repeat(20_000)), []);
    }

    #[test]
    fn runs_end_at_letters_and_stay_inside_the_text() {
        let text = "// é日本\nlet é = \"日本\"; /* and no end";
        let runs = runs("rust", text);
        let total: u32 = runs.iter().map(|run| run.length).sum();
        assert!(usize::try_from(total).unwrap() <= text.len());
        let mut at = 0;
        for run in &runs {
            at += usize::try_from(run.length).unwrap();
            assert!(text.is_char_boundary(at), "{at}");
        }
    }
}
