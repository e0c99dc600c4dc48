//! Definitions of commands in formulas, and their expansion.

use std::collections::HashMap;

use super::tex_tokens::{TexToken, TokenReader, plain, to_tex, tokenize};

/// Expansions in one formula. A macro that contains itself would never end.
const MAX_EXPANSIONS: usize = 2_000;
/// Tokens of the longest formula after expansion.
const MAX_TOKENS: usize = 40_000;

/// Commands that the converter does not know, by commands that it knows: the number of their arguments, and their text. Those of
/// `KaTeX` are at <https://katex.org/docs/supported#macros>, those of physics in its manual: <https://ctan.org/pkg/physics>.
const BUILT_IN: &[(&str, usize, &str)] = &[
    ("bm", 1, "\\boldsymbol{#1}"),
    ("bold", 1, "\\mathbf{#1}"),
    ("mathscr", 1, "\\mathcal{#1}"),
    ("R", 0, "\\mathbb{R}"),
    ("N", 0, "\\mathbb{N}"),
    ("Z", 0, "\\mathbb{Z}"),
    ("C", 0, "\\mathbb{C}"),
    ("Q", 0, "\\mathbb{Q}"),
    ("reals", 0, "\\mathbb{R}"),
    ("Reals", 0, "\\mathbb{R}"),
    ("argmin", 0, "\\mathop{arg\\,min}"),
    ("argmax", 0, "\\mathop{arg\\,max}"),
    ("plim", 0, "\\mathop{plim}"),
    ("dotsc", 0, "\\ldots"),
    ("dotso", 0, "\\ldots"),
    ("dotsb", 0, "\\cdots"),
    ("dotsm", 0, "\\cdots"),
    ("dotsi", 0, "\\cdots"),
    ("LaTeX", 0, "\\text{LaTeX}"),
    ("TeX", 0, "\\text{TeX}"),
    ("KaTeX", 0, "\\text{KaTeX}"),
    ("boxed", 1, "\\begin{array}{|c|}\\hline\\displaystyle #1\\\\\\hline\\end{array}"),
    ("fbox", 1, "\\begin{array}{|c|}\\hline\\text{#1}\\\\\\hline\\end{array}"),
    ("ensuremath", 1, "#1"),
    ("mathstrut", 0, ""),
    ("strut", 0, ""),
    ("nonumber", 0, ""),
    ("notag", 0, ""),
    ("allowdisplaybreaks", 0, ""),
    ("allowbreak", 0, ""),
    ("nobreak", 0, ""),
    ("centering", 0, ""),
    ("xspace", 0, ""),
    ("tiny", 0, ""),
    ("scriptsize", 0, ""),
    ("footnotesize", 0, ""),
    ("small", 0, ""),
    ("normalsize", 0, ""),
    ("large", 0, ""),
    ("Large", 0, ""),
    ("LARGE", 0, ""),
    ("huge", 0, ""),
    ("vphantom", 1, ""),
    ("smash", 1, "#1"),
    ("llap", 1, "#1"),
    ("rlap", 1, "#1"),
    ("mathllap", 1, "#1"),
    ("mathrlap", 1, "#1"),
    ("mathclap", 1, "#1"),
    ("bcancel", 1, "\\cancel{#1}"),
    ("xcancel", 1, "\\cancel{#1}"),
    ("sout", 1, "\\cancel{#1}"),
    ("abs", 1, "\\left\\lvert #1\\right\\rvert"),
    ("norm", 1, "\\left\\lVert #1\\right\\rVert"),
    ("ket", 1, "\\left\\lvert #1\\right\\rangle"),
    ("bra", 1, "\\left\\langle #1\\right\\rvert"),
    ("braket", 1, "\\left\\langle #1\\right\\rangle"),
    ("expval", 1, "\\left\\langle #1\\right\\rangle"),
    ("ev", 1, "\\left\\langle #1\\right\\rangle"),
    ("dv", 2, "\\frac{\\mathrm{d}#1}{\\mathrm{d}#2}"),
    ("pdv", 2, "\\frac{\\partial #1}{\\partial #2}"),
    ("dd", 1, "\\,\\mathrm{d}#1"),
    ("vb", 1, "\\mathbf{#1}"),
    ("va", 1, "\\vec{\\mathbf{#1}}"),
    ("grad", 0, "\\nabla"),
    ("curl", 0, "\\nabla\\times"),
    ("Tr", 0, "\\operatorname{Tr}"),
    ("tr", 0, "\\operatorname{tr}"),
    ("rank", 0, "\\operatorname{rank}"),
    ("order", 1, "\\mathcal{O}\\left(#1\\right)"),
    ("comm", 2, "\\left[#1,#2\\right]"),
    ("acomm", 2, "\\left\\{#1,#2\\right\\}"),
    ("qty", 0, ""),
    ("mod", 1, "\\quad\\mathrm{mod}\\,\\,#1"),
];

/// A macro: a command and its replacement.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Macro {
    parameters: usize,
    /// The value of the first argument if it is left out.
    default: Option<Vec<TexToken>>,
    body: Vec<TexToken>,
}

/// The commands that the author defined.
#[derive(Clone, Debug, Default)]
pub(super) struct Macros {
    by_name: HashMap<String, Macro>,
}

impl Macros {
    /// Adds a definition from the front matter: `\RR` or `RR`, and its text, with as many arguments as it names.
    pub(super) fn define(&mut self, name: &str, text: &str) {
        let parameters = (1..=9).rev().find(|number| text.contains(&format!("#{number}"))).unwrap_or(0);
        let body = tokenize(text);
        self.by_name
            .insert(name.trim_start_matches('\\').to_owned(), Macro { parameters, default: None, body });
    }

    /// Removes the definitions from a formula, and adds them: `\newcommand`, `\renewcommand`, `\providecommand`, `\def`, `\let`,
    /// `\DeclareMathOperator`. What is none stays in the formula. O(length).
    pub(super) fn take_definitions(&mut self, tokens: &[TexToken]) -> Vec<TexToken> {
        let mut reader = TokenReader::new(tokens);
        let mut rest = Vec::with_capacity(tokens.len());
        while let Some(token) = reader.next() {
            let before = reader.clone();
            let found = match token {
                TexToken::Command(name) => definition(name, &mut reader),
                _ => None,
            };
            if let Some((name, definition)) = found {
                self.by_name.insert(name, definition);
            } else {
                reader = before;
                rest.push(token.clone());
            }
        }
        rest
    }

    /// Splits a formula into tokens without the definitions in it.
    pub(super) fn without_definitions(tex: &str) -> Vec<TexToken> {
        Self::default().take_definitions(&tokenize(tex))
    }

    /// Expands the macros in a formula.
    ///
    /// # Errors
    /// Fails if a macro lacks an argument, or expansion does not end.
    pub(super) fn expand(&self, tokens: &[TexToken]) -> Result<Vec<TexToken>, String> {
        // The tokens that are still to be read, the next one last.
        let mut pending: Vec<TexToken> = tokens.iter().rev().cloned().collect();
        let (mut out, mut expansions) = (Vec::with_capacity(tokens.len()), 0);
        while let Some(token) = pending.pop() {
            let found = match &token {
                TexToken::Command(name) => self.find(name).map(|definition| (name, definition)),
                _ => None,
            };
            let Some((name, definition)) = found else {
                out.push(token);
                continue;
            };
            expansions += 1;
            if expansions > MAX_EXPANSIONS || out.len() + pending.len() > MAX_TOKENS {
                return Err(format!("the macro `\\{name}` does not end"));
            }
            let arguments = arguments(&definition, &mut pending)
                .ok_or_else(|| format!("the macro `\\{name}` lacks an argument"))?;
            pending.extend(substitute(&definition.body, &arguments).into_iter().rev());
        }
        Ok(out)
    }

    fn find(&self, name: &str) -> Option<Macro> {
        self.by_name.get(name).cloned().or_else(|| {
            let (_, parameters, text) = BUILT_IN.iter().find(|(known, ..)| *known == name)?;
            Some(Macro { parameters: *parameters, default: None, body: tokenize(text) })
        })
    }
}

/// Reads the definition that follows a command, if the command defines another.
fn definition(command: &str, reader: &mut TokenReader<'_>) -> Option<(String, Macro)> {
    let name_in = |argument: &[TexToken]| match argument.iter().find(|token| !token.is_space()) {
        Some(TexToken::Command(name)) => Some(name.clone()),
        _ => None,
    };
    match command {
        "newcommand" | "renewcommand" | "providecommand" => {
            reader.skip_char('*');
            let name = name_in(reader.argument()?)?;
            let parameters = match reader.optional_argument() {
                Some(number) => plain(number).parse().ok().filter(|number| *number <= 9)?,
                None => 0,
            };
            let default = reader.optional_argument().map(<[TexToken]>::to_vec);
            Some((name, Macro { parameters, default, body: reader.argument()?.to_vec() }))
        }
        "DeclareMathOperator" => {
            let star = if reader.skip_char('*') { "*" } else { "" };
            let name = name_in(reader.argument()?)?;
            let text = format!("\\operatorname{star}{{{}}}", to_tex(reader.argument()?));
            Some((name, Macro { body: tokenize(&text), ..Macro::default() }))
        }
        "def" | "gdef" | "edef" => {
            reader.skip_space();
            let Some(TexToken::Command(name)) = reader.next() else { return None };
            let mut parameters = 0;
            while reader.skip_char('#') {
                let number = reader.next();
                parameters += 1;
                let expected = char::from_digit(u32::try_from(parameters).ok()?, 10)?;
                if number != Some(&TexToken::Char(expected)) {
                    return None;
                }
            }
            // Text between parameters would have to be matched, which is rare in notes.
            if reader.rest().first() != Some(&TexToken::Open) {
                return None;
            }
            Some((name.clone(), Macro { parameters, default: None, body: reader.argument()?.to_vec() }))
        }
        "let" => {
            reader.skip_space();
            let Some(TexToken::Command(name)) = reader.next() else { return None };
            reader.skip_space();
            reader.skip_char('=');
            reader.skip_space();
            let body = vec![
                reader.next().filter(|token| !matches!(token, TexToken::Open | TexToken::Close))?.clone(),
            ];
            // `\let\x\x` would be a macro of itself.
            let is_same = body.iter().any(|token| token.is_command(name));
            (!is_same).then(|| (name.clone(), Macro { body, ..Macro::default() }))
        }
        _ => None,
    }
}

/// Removes the arguments of a macro from the tokens that are still to be read.
fn arguments(definition: &Macro, pending: &mut Vec<TexToken>) -> Option<Vec<Vec<TexToken>>> {
    let mut arguments = Vec::new();
    if let Some(default) = &definition.default {
        let is_given = pending.iter().rev().find(|token| !token.is_space()) == Some(&TexToken::Char('['));
        arguments.push(if is_given { bracketed(pending)? } else { default.clone() });
    }
    while arguments.len() < definition.parameters {
        arguments.push(next_argument(pending)?);
    }
    Some(arguments)
}

fn bracketed(pending: &mut Vec<TexToken>) -> Option<Vec<TexToken>> {
    while pending.pop()? != TexToken::Char('[') {}
    let (mut argument, mut depth) = (Vec::new(), 0_usize);
    loop {
        match pending.pop()? {
            TexToken::Char(']') if depth == 0 => return Some(argument),
            token => {
                match token {
                    TexToken::Open => depth += 1,
                    TexToken::Close => depth = depth.checked_sub(1)?,
                    _ => {}
                }
                argument.push(token);
            }
        }
    }
}

fn next_argument(pending: &mut Vec<TexToken>) -> Option<Vec<TexToken>> {
    while pending.last().is_some_and(TexToken::is_space) {
        pending.pop();
    }
    match pending.pop()? {
        TexToken::Close => None,
        TexToken::Open => {
            let (mut argument, mut depth) = (Vec::new(), 1_usize);
            loop {
                let token = pending.pop()?;
                match token {
                    TexToken::Open => depth += 1,
                    TexToken::Close => depth -= 1,
                    _ => {}
                }
                if depth == 0 {
                    return Some(argument);
                }
                argument.push(token);
            }
        }
        token => Some(vec![token]),
    }
}

/// Puts arguments in the places of `#1` to `#9`.
fn substitute(body: &[TexToken], arguments: &[Vec<TexToken>]) -> Vec<TexToken> {
    let mut out = Vec::with_capacity(body.len());
    let mut reader = TokenReader::new(body);
    while let Some(token) = reader.next() {
        let argument = match (token, reader.rest().first()) {
            (TexToken::Char('#'), Some(TexToken::Char(digit))) => digit
                .to_digit(10)
                .and_then(|number| usize::try_from(number).ok()?.checked_sub(1))
                .and_then(|at| arguments.get(at)),
            _ => None,
        };
        if let Some(argument) = argument {
            out.extend(argument.iter().cloned());
            reader.next();
        } else {
            out.push(token.clone());
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn expanded(definitions: &str, tex: &str) -> Result<String, String> {
        let mut macros = Macros::default();
        assert_eq!(to_tex(&macros.take_definitions(&tokenize(definitions))).trim(), "");
        macros.expand(&tokenize(tex)).map(|tokens| to_tex(&tokens))
    }

    #[test]
    fn definitions_of_every_form_are_expanded() {
        for (definitions, tex, result) in [
            ("\\newcommand{\\E}{\\mathbb{E}}", "\\E[x]", "\\mathbb{E}[x]"),
            ("\\newcommand\\E{\\mathbb E}", "\\E x", "\\mathbb E x"),
            ("\\newcommand{\\v}[1]{\\mathbf{#1}}", "\\v x+\\v{yz}", "\\mathbf{x}+\\mathbf{yz}"),
            ("\\newcommand{\\p}[2][x]{#2_{#1}}", "\\p{a}\\p[y]{b}", "a_{x}b_{y}"),
            ("\\renewcommand*{\\vec}[1]{\\boldsymbol{#1}}", "\\vec a", "\\boldsymbol{a}"),
            ("\\def\\f#1#2{\\frac{#1}{#2}}", "\\f12", "\\frac{1}{2}"),
            ("\\DeclareMathOperator{\\KL}{KL}", "\\KL(p)", "\\operatorname{KL}(p)"),
            ("\\DeclareMathOperator*{\\Max}{max}", "\\Max_x", "\\operatorname*{max}_x"),
            ("\\let\\eps=\\varepsilon", "\\eps", "\\varepsilon"),
            ("\\newcommand{\\a}{\\b\\b}\\newcommand{\\b}{x}", "\\a y", "xx y"),
            (
                "",
                "\\R^n \\argmin_x \\abs{x}",
                "\\mathbb{R}^n \\mathop{arg\\,min}_x \\left\\lvert x\\right\\rvert",
            ),
        ] {
            assert_eq!(expanded(definitions, tex).as_deref(), Ok(result), "{definitions} {tex}");
        }
    }

    #[test]
    fn front_matter_defines_macros_with_arguments() {
        let mut macros = Macros::default();
        macros.define("\\RR", "\\mathbb{R}");
        macros.define("inner", "\\langle #1, #2 \\rangle");
        let tokens = macros.expand(&tokenize("\\RR \\inner{a}b")).unwrap();
        assert_eq!(to_tex(&tokens), "\\mathbb{R} \\langle a, b \\rangle");
    }

    #[test]
    fn a_macro_without_end_or_argument_is_an_error() {
        for (definitions, tex) in [
            ("\\newcommand{\\a}{\\a}", "\\a"),
            ("\\newcommand{\\a}{\\b\\b}\\newcommand{\\b}{\\a\\a}", "x\\a"),
            ("\\newcommand{\\f}[2]{#1#2}", "\\f x"),
            ("\\newcommand{\\f}[1]{#1}", "{\\f}"),
            ("\\newcommand{\\f}[1]{#1}", "\\f{x"),
        ] {
            assert!(expanded(definitions, tex).is_err(), "{definitions} {tex}");
        }
    }

    #[test]
    fn leaves_other_commands_alone() {
        for tex in [
            "\\newcommand{x}{y}",
            "\\newcommand",
            "\\def x",
            "\\let\\x\\x",
            "a \\def\\x(#1){y}",
            "\\newcommand{\\x}[a]{y}",
        ] {
            assert_eq!(to_tex(&Macros::default().take_definitions(&tokenize(tex))), tex);
        }
    }
}
