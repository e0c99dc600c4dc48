//! Syntax highlighting with the grammars of Sublime Text.

use std::sync::LazyLock;

use notebook_core::notebook::{Token, TokenKind};
use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxSet};

/// Bytes of the longest code that is highlighted; longer blocks are usually pasted data.
const MAX_BYTES: usize = 100_000;

/// The grammars, loaded when first needed because that takes about 20 ms.
static GRAMMARS: LazyLock<SyntaxSet> = LazyLock::new(two_face::syntax::extra_newlines);

/// Tokenizes code; returns no tokens for an unknown language.
pub(super) fn tokenize(lang: &str, text: &str) -> Vec<Token> {
    let name = lang.split([' ', ',', '{']).next().unwrap_or_default();
    if name.is_empty() || text.len() > MAX_BYTES {
        return Vec::new();
    }
    let grammar = GRAMMARS.find_syntax_by_token(name);
    let Some(grammar) = grammar.filter(|grammar| grammar.name != "Plain Text") else { return Vec::new() };
    let (mut state, mut scopes) = (ParseState::new(grammar), ScopeStack::new());
    let mut tokens = TokenList::default();
    for line in text.split_inclusive('\n') {
        // Grammars expect every line to end with a line feed; the last one may have none.
        let terminated = format!("{}\n", line.trim_end_matches('\n'));
        let Ok(changes) = state.parse_line(&terminated, &GRAMMARS) else { return Vec::new() };
        let mut at = 0;
        for (next, change) in changes {
            let next = next.min(line.len());
            tokens.push(line.get(at..next).unwrap_or_default(), &scopes);
            at = at.max(next);
            if scopes.apply(&change).is_err() {
                return Vec::new();
            }
        }
        tokens.push(line.get(at..).unwrap_or_default(), &scopes);
    }
    tokens.finish()
}

#[derive(Default)]
struct TokenList(Vec<Token>);

impl TokenList {
    fn push(&mut self, piece: &str, scopes: &ScopeStack) {
        let Ok(length) = u32::try_from(piece.len()) else { return };
        if length == 0 {
            return;
        }
        let last = self.0.last_mut();
        let kind = match &last {
            // White space is not colored, so it continues the token before it.
            Some(last) if piece.trim().is_empty() => last.kind,
            _ => kind(scopes.as_slice(), piece),
        };
        match last {
            Some(last) if last.kind == kind => last.length += length,
            _ => self.0.push(Token { length, kind }),
        }
    }

    /// Returns the tokens without trailing ones that have no kind.
    fn finish(mut self) -> Vec<Token> {
        while self.0.pop_if(|token| token.kind.is_none()).is_some() {}
        self.0
    }
}

/// Prefixes of scopes with the kind of their tokens, the more specific ones first.
const SCOPE_KINDS: [(&str, Option<TokenKind>); 28] = [
    ("comment", Some(TokenKind::Comment)),
    ("meta.interpolation", None),
    ("meta.template.expression", None),
    ("constant.numeric", Some(TokenKind::Number)),
    ("constant", Some(TokenKind::Constant)),
    ("support.constant", Some(TokenKind::Constant)),
    ("variable.language", Some(TokenKind::Constant)),
    ("string.unquoted", None),
    ("string", Some(TokenKind::Text)),
    ("keyword.operator", None),
    ("keyword", Some(TokenKind::Keyword)),
    ("storage", Some(TokenKind::Keyword)),
    ("entity.name.tag", Some(TokenKind::Keyword)),
    ("entity.name.section", Some(TokenKind::Keyword)),
    ("entity.name.function", Some(TokenKind::Function)),
    ("variable.function", Some(TokenKind::Function)),
    ("support.function", Some(TokenKind::Function)),
    ("entity.other.attribute-name", Some(TokenKind::Function)),
    ("entity.other.inherited-class", Some(TokenKind::Type)),
    ("entity.name.type", Some(TokenKind::Type)),
    ("entity.name.class", Some(TokenKind::Type)),
    ("entity.name.struct", Some(TokenKind::Type)),
    ("entity.name.enum", Some(TokenKind::Type)),
    ("entity.name.trait", Some(TokenKind::Type)),
    ("support.type", Some(TokenKind::Type)),
    ("support.class", Some(TokenKind::Type)),
    ("markup.inserted", Some(TokenKind::Inserted)),
    ("markup.deleted", Some(TokenKind::Deleted)),
];

static KNOWN: LazyLock<Vec<(Scope, Option<TokenKind>)>> = LazyLock::new(|| {
    let known = SCOPE_KINDS.iter().map(|(name, kind)| Some((Scope::new(name).ok()?, *kind)));
    known.flatten().collect()
});

/// Returns the kind of a token: that of the innermost scope that has one.
fn kind(scopes: &[Scope], piece: &str) -> Option<TokenKind> {
    let innermost =
        scopes.iter().rev().find_map(|scope| KNOWN.iter().find(|(known, _)| known.is_prefix_of(*scope)));
    let (known, kind) = innermost?;
    // Operators have no kind, except for words such as `and` and `in`.
    let is_word = piece.starts_with(char::is_alphabetic) && known.build_string() == "keyword.operator";
    if is_word { Some(TokenKind::Keyword) } else { *kind }
}

#[cfg(test)]
mod tests {
    use notebook_core::notebook::split_tokens;

    use super::*;

    /// Tokens with a kind, each with the name of the kind.
    fn highlighted(lang: &str, text: &str) -> Vec<(&'static str, String)> {
        let tokens = tokenize(lang, text);
        let pieces = split_tokens(text, &tokens)
            .filter_map(|(kind, piece)| Some((kind?.name(), piece.trim().to_owned())));
        pieces.collect()
    }

    #[test]
    fn tokens_have_kinds() {
        let tokens =
            highlighted("python", "def f(x):  # why\n    return 'é' + 1 if x is not None else g(x)\n");
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
            assert!(tokens.contains(&(part.0, part.1.to_owned())), "{part:?} in {tokens:?}");
        }
    }

    #[test]
    fn knows_common_languages() {
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
            assert!(text.is_empty() || !highlighted(lang, text).is_empty(), "{lang}");
        }
    }

    #[test]
    fn unknown_and_long_code_has_no_tokens() {
        assert_eq!(tokenize("", "let x = 1"), []);
        assert_eq!(tokenize("nonsense", "let x = 1"), []);
        assert_eq!(tokenize("text", "let x = 1"), []);
        assert_eq!(tokenize("rust", &"fn f() {}\n".repeat(20_000)), []);
    }

    #[test]
    fn tokens_end_at_character_boundaries_inside_the_text() {
        let text = "// é日本\nlet é = \"日本\"; /* and no end";
        let tokens = tokenize("rust", text);
        let total: u32 = tokens.iter().map(|token| token.length).sum();
        assert!(usize::try_from(total).unwrap() <= text.len());
        let mut at = 0;
        for token in &tokens {
            at += usize::try_from(token.length).unwrap();
            assert!(text.is_char_boundary(at), "{at}");
        }
    }
}
