//! Tokens of TeX: what a formula is expanded and rewritten as, before it is converted.

/// A token. Braces are tokens of their own, so that the text can be put together again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum TexToken {
    /// A command: letters, or a single other character, behind a backslash.
    Command(String),
    /// `{`
    Open,
    /// `}`
    Close,
    /// Any other character.
    Char(char),
}

impl TexToken {
    pub(super) fn is_command(&self, name: &str) -> bool {
        matches!(self, Self::Command(command) if command == name)
    }

    pub(super) fn is_space(&self) -> bool {
        matches!(self, Self::Char(c) if c.is_whitespace())
    }
}

/// Splits TeX into tokens. O(length).
pub(super) fn tokenize(tex: &str) -> Vec<TexToken> {
    let mut tokens = Vec::with_capacity(tex.len());
    let mut chars = tex.chars().peekable();
    while let Some(c) = chars.next() {
        tokens.push(match c {
            '{' => TexToken::Open,
            '}' => TexToken::Close,
            '\\' => {
                let mut name = String::new();
                while let Some(letter) = chars.next_if(char::is_ascii_alphabetic) {
                    name.push(letter);
                }
                if name.is_empty() {
                    name.extend(chars.next());
                }
                TexToken::Command(name)
            }
            c => TexToken::Char(c),
        });
    }
    tokens
}

/// Puts tokens together. A command gets a blank where a letter would continue its name.
pub(super) fn to_tex(tokens: &[TexToken]) -> String {
    let mut tex = String::new();
    let mut is_open_name = false;
    for token in tokens {
        match token {
            TexToken::Open => tex.push('{'),
            TexToken::Close => tex.push('}'),
            TexToken::Char(c) => {
                if is_open_name && c.is_ascii_alphabetic() {
                    tex.push(' ');
                }
                tex.push(*c);
            }
            TexToken::Command(name) => tex.extend(["\\", name]),
        }
        is_open_name =
            matches!(token, TexToken::Command(name) if name.ends_with(|c: char| c.is_ascii_alphabetic()));
    }
    tex
}

/// Reads tokens one after the other.
#[derive(Clone, Debug)]
pub(super) struct TokenReader<'a> {
    rest: &'a [TexToken],
}

impl<'a> TokenReader<'a> {
    pub(super) fn new(tokens: &'a [TexToken]) -> Self {
        Self { rest: tokens }
    }

    pub(super) fn rest(&self) -> &'a [TexToken] {
        self.rest
    }

    pub(super) fn next(&mut self) -> Option<&'a TexToken> {
        let (first, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(first)
    }

    pub(super) fn skip_space(&mut self) {
        while self.rest.first().is_some_and(TexToken::is_space) {
            self.next();
        }
    }

    pub(super) fn skip_char(&mut self, expected: char) -> bool {
        let is_next = self.rest.first() == Some(&TexToken::Char(expected));
        if is_next {
            self.next();
        }
        is_next
    }

    /// Returns an argument without its braces: a group, or a single token.
    pub(super) fn argument(&mut self) -> Option<&'a [TexToken]> {
        self.skip_space();
        if self.rest.first() != Some(&TexToken::Open) {
            let (argument, rest) = self.rest.split_at_checked(1)?;
            if argument.first() == Some(&TexToken::Close) {
                return None;
            }
            self.rest = rest;
            return Some(argument);
        }
        let mut depth = 0_usize;
        let end = self.rest.iter().position(|token| {
            match token {
                TexToken::Open => depth += 1,
                TexToken::Close => depth -= 1,
                _ => {}
            }
            depth == 0
        })?;
        let argument = self.rest.get(1..end)?;
        self.rest = self.rest.get(end + 1..)?;
        Some(argument)
    }

    /// Returns an argument in square brackets, if one is next.
    pub(super) fn optional_argument(&mut self) -> Option<&'a [TexToken]> {
        let before = self.rest;
        self.skip_space();
        let found = self.bracketed();
        if found.is_none() {
            self.rest = before;
        }
        found
    }

    fn bracketed(&mut self) -> Option<&'a [TexToken]> {
        if self.rest.first() != Some(&TexToken::Char('[')) {
            return None;
        }
        let mut depth = 0_usize;
        let end = self.rest.iter().position(|token| {
            match token {
                TexToken::Open => depth += 1,
                TexToken::Close => depth = depth.saturating_sub(1),
                _ => {}
            }
            depth == 0 && *token == TexToken::Char(']')
        })?;
        let argument = self.rest.get(1..end)?;
        self.rest = self.rest.get(end + 1..)?;
        Some(argument)
    }

    /// Returns the name in an argument such as `{aligned}`.
    pub(super) fn name(&mut self) -> Option<String> {
        Some(plain(self.argument()?))
    }
}

/// Returns the characters of tokens, without braces and commands.
pub(super) fn plain(tokens: &[TexToken]) -> String {
    let chars = tokens.iter().filter_map(|token| match token {
        TexToken::Char(c) => Some(*c),
        _ => None,
    });
    chars.collect::<String>().trim().to_owned()
}
