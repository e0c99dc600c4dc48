//! Rewriting of TeX that people write into TeX that the converter reads: text, numbers of equations, line ends, infix fractions,
//! environments of other packages, chemical formulas.

use std::collections::HashMap;

use super::chemistry;
use super::tex_tokens::{TexToken, TokenReader, plain, to_tex, tokenize};

/// Nesting of the deepest group that is rewritten. Chosen: far more than people write; without a limit, a formula of nothing but
/// braces would overflow the stack.
const MAX_DEPTH: usize = 60;

/// Commands whose argument is text.
const TEXT_COMMANDS: [&str; 11] = [
    "text",
    "textrm",
    "textnormal",
    "textsf",
    "texttt",
    "textit",
    "textbf",
    "textup",
    "mbox",
    "hbox",
    "textmd",
];

/// Environments that only say that a formula is displayed.
const PLAIN_ENVIRONMENTS: [&str; 6] =
    ["equation", "equation*", "displaymath", "math", "subequations", "dmath"];

/// Numbers of equations by their labels.
#[derive(Clone, Debug, Default)]
pub(super) struct EquationLabels {
    numbers: HashMap<String, String>,
    /// Equations that were numbered here, because they have a label and no number of their own.
    counted: usize,
}

impl EquationLabels {
    /// Adds the labels of a formula. In document order, an equation with a label and without `\tag` gets the next number.
    pub(super) fn add(&mut self, tokens: &[TexToken]) {
        let mut reader = TokenReader::new(tokens);
        let (mut names, mut tag) = (Vec::new(), None);
        while let Some(token) = reader.next() {
            match token {
                TexToken::Command(name) if name == "label" => names.extend(reader.name()),
                TexToken::Command(name) if name == "tag" => {
                    reader.skip_char('*');
                    tag = reader.argument().map(to_tex);
                }
                TexToken::Command(name) if name == "\\" => self.number(&mut names, tag.take()),
                _ => {}
            }
        }
        self.number(&mut names, tag);
    }

    fn number(&mut self, names: &mut Vec<String>, tag: Option<String>) {
        let new: Vec<String> = names.drain(..).filter(|name| !self.numbers.contains_key(name)).collect();
        if new.is_empty() {
            return;
        }
        let number = tag.unwrap_or_else(|| {
            self.counted += 1;
            self.counted.to_string()
        });
        self.numbers.extend(new.into_iter().map(|name| (name, number.clone())));
    }
}

/// Rewrites a formula whose macros are expanded.
///
/// # Errors
/// Fails if a reference leads to no label, or groups are nested too deeply.
pub(super) fn rewrite(tokens: &[TexToken], labels: &EquationLabels) -> Result<Vec<TexToken>, String> {
    let mut tokens = rewrite_commands(tokens, labels, 0)?;
    remove_last_line_end(&mut tokens);
    // The converter rejects unbalanced braces.
    let tokens = if is_balanced(&tokens) { rewrite_infix(&tokens, 0)? } else { tokens };
    Ok(wrap_lines(tokens))
}

fn is_balanced(tokens: &[TexToken]) -> bool {
    let mut depth = 0_usize;
    let never_closes_too_much = tokens.iter().all(|token| match token {
        TexToken::Open => {
            depth += 1;
            true
        }
        TexToken::Close => depth.checked_sub(1).map(|outer| depth = outer).is_some(),
        _ => true,
    });
    never_closes_too_much && depth == 0
}

/// Rewrites commands and environments, one after the other.
#[allow(
    clippy::too_many_lines,
    reason = "one match over the commands that are rewritten, whose arms share the line that they are in"
)]
fn rewrite_commands(
    tokens: &[TexToken],
    labels: &EquationLabels,
    depth: usize,
) -> Result<Vec<TexToken>, String> {
    if depth > MAX_DEPTH {
        return Err("it is nested too deeply".into());
    }
    let mut reader = TokenReader::new(tokens);
    let mut out = Vec::with_capacity(tokens.len());
    // Numbers of equations that wait for the end of their line, with the number of environments around them.
    let mut waiting: Vec<(usize, Vec<TexToken>)> = Vec::new();
    let mut open = 0_usize;
    let end_line = |out: &mut Vec<TexToken>, waiting: &mut Vec<(usize, Vec<TexToken>)>, open: usize| {
        while let Some((_, number)) = waiting.pop_if(|(at, _)| *at >= open) {
            out.extend(number);
        }
    };
    while let Some(token) = reader.next() {
        let TexToken::Command(name) = token else {
            if *token == TexToken::Char('\'') && !matches!(out.last(), Some(TexToken::Char('^' | '_'))) {
                out.extend(primes(&mut reader, labels, depth)?);
            } else {
                out.push(token.clone());
            }
            continue;
        };
        let before = reader.clone();
        match name.as_str() {
            name if TEXT_COMMANDS.contains(&name) => match reader.argument() {
                Some(argument) => out.extend(text(name, argument, labels, depth)?),
                None => out.push(token.clone()),
            },
            "ce" | "cee" => match reader.argument() {
                Some(argument) => out.extend(tokenize(&chemistry::to_tex(&to_tex(argument)))),
                None => out.push(token.clone()),
            },
            "textcircled" => {
                let inside = reader.argument().map(plain).unwrap_or_default();
                out.extend(tokenize(&format!("\\text{{{}}}", circled(&inside))));
            }
            "tag" => {
                let is_bare = reader.skip_char('*');
                let number = reader.argument().map(to_tex).unwrap_or_default();
                waiting.push((open, equation_number(&number, is_bare)));
            }
            "label" => {
                let line = reader.rest();
                let label = reader.name().unwrap_or_default();
                let number = labels.numbers.get(&label);
                if let Some(number) = number
                    .filter(|_| !waiting.iter().any(|(at, _)| *at == open) && !has_tag_before_line_end(line))
                {
                    waiting.push((open, equation_number(number, false)));
                }
            }
            "eqref" | "ref" => {
                let label = reader.name().unwrap_or_default();
                let number = labels
                    .numbers
                    .get(&label)
                    .ok_or_else(|| format!("no equation has the label `{label}`"))?;
                let number = if name == "eqref" { format!("({number})") } else { number.clone() };
                out.extend(tokenize(&format!("\\text{{{number}}}")));
            }
            "cancel" => match reader.argument() {
                // A stroke through every sign, as the converter has none through a group.
                Some(argument) => {
                    for token in rewrite_commands(argument, labels, depth + 1)? {
                        let is_sign = matches!(&token, TexToken::Command(_))
                            || matches!(&token, TexToken::Char(c) if c.is_alphanumeric());
                        out.extend(is_sign.then(|| TexToken::Command("not".into())));
                        out.push(token);
                    }
                }
                None => out.push(token.clone()),
            },
            "phantom" | "hphantom" => {
                // The width of the letters is not known: half an em each comes near.
                let width = reader
                    .argument()
                    .map_or(0, |argument| argument.iter().filter(|token| !token.is_space()).count());
                out.extend(tokenize(&format!("\\hspace{{{}.{}em}}", width / 2, width % 2 * 5)));
            }
            "operatorname" | "mathop" => {
                let is_limited = reader.skip_char('*') || name == "mathop";
                let command = if is_limited { "mathop" } else { "operatorname" };
                match reader.argument() {
                    Some(argument) => out.extend(operator(command, argument, labels, depth)?),
                    None => out.push(TexToken::Command(command.to_owned())),
                }
            }
            // The converter takes it for a diameter.
            "varnothing" => out.push(TexToken::Char('∅')),
            "\\" => {
                end_line(&mut out, &mut waiting, open);
                out.push(token.clone());
            }
            "begin" => {
                let environment = reader.name().unwrap_or_default();
                if PLAIN_ENVIRONMENTS.contains(&environment.as_str()) {
                    continue;
                }
                open += 1;
                let (environment, columns) = match environment.as_str() {
                    "eqnarray" | "eqnarray*" => ("array", "{rcl}"),
                    "flalign" => ("align", ""),
                    "flalign*" | "xalignat" => ("align*", ""),
                    other => (other, ""),
                };
                let is_placed =
                    matches!(environment, "aligned" | "gathered" | "split" | "array" | "alignedat");
                let after = reader.clone();
                if is_placed
                    && !reader
                        .optional_argument()
                        .is_some_and(|place| matches!(plain(place).as_str(), "t" | "c" | "b"))
                {
                    reader = after;
                }
                out.extend(tokenize(&format!("\\begin{{{environment}}}{columns}")));
            }
            "end" => {
                remove_last_line_end(&mut out);
                let environment = reader.name().unwrap_or_default();
                if PLAIN_ENVIRONMENTS.contains(&environment.as_str()) {
                    continue;
                }
                end_line(&mut out, &mut waiting, open);
                open = open.saturating_sub(1);
                let environment = match environment.as_str() {
                    "eqnarray" | "eqnarray*" => "array",
                    "flalign" => "align",
                    "flalign*" | "xalignat" => "align*",
                    other => other,
                };
                out.extend(tokenize(&format!("\\end{{{environment}}}")));
            }
            _ => {
                reader = before;
                out.push(token.clone());
            }
        }
    }
    end_line(&mut out, &mut waiting, 0);
    Ok(out)
}

/// Rewrites an operator, whose name may be given by commands: `\mathop{\mathrm{argmax}}`, `\mathop{\arg\max}`. One that is no
/// name is what it contains.
fn operator(
    command: &str,
    argument: &[TexToken],
    labels: &EquationLabels,
    depth: usize,
) -> Result<Vec<TexToken>, String> {
    let mut out = match operator_name(argument) {
        Some(_) => vec![TexToken::Command(command.to_owned()), TexToken::Open],
        None => vec![TexToken::Open],
    };
    match operator_name(argument) {
        Some(name) => out.extend(tokenize(&name)),
        None => out.extend(rewrite_commands(argument, labels, depth + 1)?),
    }
    out.push(TexToken::Close);
    Ok(out)
}

/// Returns the letters of the name of an operator, with thin spaces as `\,`.
fn operator_name(argument: &[TexToken]) -> Option<String> {
    let mut name = String::new();
    for token in argument {
        match token {
            TexToken::Char('_' | '^' | '\'' | '&' | '$') => return None,
            TexToken::Char('~') => name.push_str("\\,"),
            TexToken::Char(c) => name.push(*c),
            TexToken::Open | TexToken::Close => {}
            TexToken::Command(command) => match command.as_str() {
                "mathrm" | "textrm" | "text" | "mathit" | "textit" | "rm" | "limits" | "nolimits" => {}
                "," | " " => name.push_str("\\,"),
                "_" => name.push('\u{ff3f}'),
                "-" => name.push('-'),
                "arg" => name.push_str("arg\\,"),
                "max" | "min" | "sup" | "inf" | "lim" | "det" | "gcd" | "log" | "exp" | "Pr" | "ker"
                | "dim" => {
                    name.push_str(command);
                }
                _ => return None,
            },
        }
    }
    let name = name.trim().trim_end_matches("\\,");
    (!name.is_empty()).then(|| name.to_owned())
}

/// Rewrites primes as the superscript that they stand for, with one that follows them: `f'^2`.
fn primes(reader: &mut TokenReader, labels: &EquationLabels, depth: usize) -> Result<Vec<TexToken>, String> {
    let mut out = tokenize("^{\\prime");
    while reader.skip_char('\'') {
        out.extend(tokenize("\\prime"));
    }
    if reader.skip_char('^')
        && let Some(script) = reader.argument()
    {
        out.extend(rewrite_commands(script, labels, depth + 1)?);
    }
    out.push(TexToken::Close);
    Ok(out)
}

/// Removes a `\\` with nothing behind it, which ends no further line.
fn remove_last_line_end(out: &mut Vec<TexToken>) {
    let end = out.iter().rposition(|token| !token.is_space());
    if let Some(end) = end.filter(|end| out.get(*end).is_some_and(|token| token.is_command("\\"))) {
        out.truncate(end);
    }
}

/// Returns the number of an equation, at a distance.
fn equation_number(number: &str, is_bare: bool) -> Vec<TexToken> {
    let number = number.trim().replace('$', "");
    let number = if is_bare { number } else { format!("({number})") };
    tokenize(&format!("\\qquad\\text{{{number}}}"))
}

/// Returns true if the line that begins with these tokens has a `\tag`.
fn has_tag_before_line_end(tokens: &[TexToken]) -> bool {
    let line = tokens.iter().take_while(|token| !token.is_command("\\") && !token.is_command("end"));
    line.into_iter().any(|token| token.is_command("tag"))
}

/// Rewrites the argument of a text command: escapes become characters, and commands and formulas move out of it.
#[allow(clippy::too_many_lines, reason = "one match over the tokens of a text")]
fn text(
    command: &str,
    argument: &[TexToken],
    labels: &EquationLabels,
    depth: usize,
) -> Result<Vec<TexToken>, String> {
    let command = if matches!(command, "mbox" | "hbox" | "textmd") { "text" } else { command };
    let mut out = Vec::new();
    let mut words = String::new();
    let flush = |words: &mut String, out: &mut Vec<TexToken>| {
        if !words.is_empty() {
            out.extend([TexToken::Command(command.to_owned()), TexToken::Open]);
            out.extend(words.chars().map(TexToken::Char));
            out.push(TexToken::Close);
            words.clear();
        }
    };
    let mut reader = TokenReader::new(argument);
    while let Some(token) = reader.next() {
        match token {
            TexToken::Open | TexToken::Close => {}
            TexToken::Char('$') => {
                let rest = reader.rest();
                let length =
                    rest.iter().position(|token| *token == TexToken::Char('$')).unwrap_or(rest.len());
                let (math, after) = rest.split_at_checked(length).unwrap_or((rest, &[]));
                flush(&mut words, &mut out);
                out.extend(rewrite_commands(math, labels, depth + 1)?);
                reader = TokenReader::new(after.get(1..).unwrap_or_default());
            }
            TexToken::Char('~') => words.push('\u{a0}'),
            TexToken::Char('`') => words.push(if reader.skip_char('`') { '“' } else { '‘' }),
            TexToken::Char('\'') => words.push(if reader.skip_char('\'') { '”' } else { '’' }),
            TexToken::Char('%') => {
                flush(&mut words, &mut out);
                out.push(TexToken::Command("%".into()));
            }
            TexToken::Char(c) => words.push(*c),
            TexToken::Command(name) => match name.as_str() {
                "_" => words.push('_'),
                // The converter would take these for a comment, a column or a parameter.
                "%" | "&" | "#" | "$" => {
                    flush(&mut words, &mut out);
                    out.push(token.clone());
                }
                " " | "~" => words.push('\u{a0}'),
                "," | "thinspace" => words.push('\u{2009}'),
                "quad" => words.push('\u{2003}'),
                "qquad" => words.push_str("\u{2003}\u{2003}"),
                "dots" | "ldots" | "textellipsis" => words.push('…'),
                "textendash" => words.push('–'),
                "textemdash" => words.push('—'),
                "-" | "/" | "!" | "rm" | "bf" | "it" | "sf" | "tt" | "em" | "sl" | "sc" | "emph"
                | "textrm" | "textbf" | "textit" | "textsf" | "texttt" | "text" | "mbox" | "mathrm"
                | "mathbf" | "boldmath" => {}
                _ => {
                    flush(&mut words, &mut out);
                    out.push(token.clone());
                    if reader.rest().first() == Some(&TexToken::Open)
                        && let Some(argument) = reader.argument()
                    {
                        out.push(TexToken::Open);
                        out.extend(argument.iter().cloned());
                        out.push(TexToken::Close);
                    }
                }
            },
        }
    }
    flush(&mut words, &mut out);
    // Several pieces may be the argument of another command.
    let pieces = out.iter().filter(|token| **token == TexToken::Close).count();
    if pieces != 1
        || out.last() != Some(&TexToken::Close)
        || !out.first().is_some_and(|first| first.is_command(command))
    {
        out.insert(0, TexToken::Open);
        out.push(TexToken::Close);
    }
    Ok(out)
}

/// Returns a character in a circle, if Unicode has one, or in brackets.
fn circled(inside: &str) -> String {
    let code = match (inside.parse::<u32>(), inside.chars().next().filter(|_| inside.chars().count() == 1)) {
        (Ok(0), _) => Some(0x24ea),
        (Ok(number @ 1..=20), _) => Some(0x245f + number),
        (_, Some(letter @ 'A'..='Z')) => Some(0x24b6 + u32::from(letter) - u32::from('A')),
        (_, Some(letter @ 'a'..='z')) => Some(0x24d0 + u32::from(letter) - u32::from('a')),
        _ => None,
    };
    code.and_then(char::from_u32).map_or_else(|| format!("({inside})"), String::from)
}

/// Rewrites `{a \over b}` and its like into commands with arguments. Braces have to be balanced. O(length × depth).
#[allow(clippy::too_many_lines, reason = "one match over the tokens that begin or end a side")]
fn rewrite_infix(tokens: &[TexToken], depth: usize) -> Result<Vec<TexToken>, String> {
    if depth > MAX_DEPTH {
        return Err("it is nested too deeply".into());
    }
    let mut reader = TokenReader::new(tokens);
    let mut out = Vec::with_capacity(tokens.len());
    // Start of the left side of an infix command.
    let mut start = 0;
    let mut infix: Option<(&str, Vec<TexToken>)> = None;
    let finish = |infix: &mut Option<(&str, Vec<TexToken>)>, out: &mut Vec<TexToken>, start: usize| {
        let Some((command, left)) = infix.take() else { return };
        let right = out.split_off(start.min(out.len()));
        let group = |side: Vec<TexToken>| [vec![TexToken::Open], side, vec![TexToken::Close]].concat();
        match command {
            "over" => out.push(TexToken::Command("frac".into())),
            "choose" => out.push(TexToken::Command("binom".into())),
            _ => {
                out.extend(tokenize("\\substack{"));
                out.extend(left);
                out.push(TexToken::Command("\\".into()));
                out.extend(right);
                out.push(TexToken::Close);
                return;
            }
        }
        out.extend(group(left));
        out.extend(group(right));
    };
    while let Some(token) = reader.next() {
        match token {
            TexToken::Open => {
                let rest = reader.rest();
                let mut level = 1_usize;
                let end = rest.iter().position(|token| {
                    match token {
                        TexToken::Open => level += 1,
                        TexToken::Close => level -= 1,
                        _ => {}
                    }
                    level == 0
                });
                let Some(end) = end else {
                    out.push(token.clone());
                    continue;
                };
                let (inside, after) = rest.split_at_checked(end).unwrap_or((rest, &[]));
                out.push(TexToken::Open);
                out.extend(rewrite_infix(inside, depth + 1)?);
                out.push(TexToken::Close);
                reader = TokenReader::new(after.get(1..).unwrap_or_default());
            }
            TexToken::Command(name)
                if matches!(name.as_str(), "over" | "choose" | "atop") && infix.is_none() =>
            {
                let left = out.split_off(start.min(out.len()));
                infix = Some((name, left));
            }
            TexToken::Char('&') => {
                finish(&mut infix, &mut out, start);
                out.push(token.clone());
                start = out.len();
            }
            TexToken::Command(name) if matches!(name.as_str(), "\\" | "end") => {
                finish(&mut infix, &mut out, start);
                out.push(token.clone());
                if name == "end" {
                    copy_argument(&mut reader, &mut out);
                }
                start = out.len();
            }
            TexToken::Command(name) if name == "begin" => {
                out.push(token.clone());
                copy_argument(&mut reader, &mut out);
                if infix.is_none() {
                    start = out.len();
                }
            }
            TexToken::Command(name) if matches!(name.as_str(), "left" | "right") => {
                if name == "right" {
                    finish(&mut infix, &mut out, start);
                }
                out.push(token.clone());
                out.extend(reader.next().cloned());
                if infix.is_none() {
                    start = out.len();
                }
            }
            _ => out.push(token.clone()),
        }
    }
    finish(&mut infix, &mut out, start);
    Ok(out)
}

fn copy_argument(reader: &mut TokenReader<'_>, out: &mut Vec<TexToken>) {
    if let Some(argument) = reader.argument() {
        out.push(TexToken::Open);
        out.extend(argument.iter().cloned());
        out.push(TexToken::Close);
    }
}

/// Puts a formula of several lines into an environment, if it is in none.
fn wrap_lines(tokens: Vec<TexToken>) -> Vec<TexToken> {
    let (mut depth, mut open, mut has_lines, mut has_columns) = (0_usize, 0_usize, false, false);
    for token in &tokens {
        let is_outside = depth == 0 && open == 0;
        match token {
            TexToken::Open => depth += 1,
            TexToken::Close => depth = depth.saturating_sub(1),
            TexToken::Command(name) if name == "begin" => open += 1,
            TexToken::Command(name) if name == "end" => open = open.saturating_sub(1),
            TexToken::Command(name) if name == "\\" => has_lines |= is_outside,
            TexToken::Char('&') => has_columns |= is_outside,
            _ => {}
        }
    }
    if !has_lines && !has_columns {
        return tokens;
    }
    let name = if has_columns { "aligned" } else { "gathered" };
    let mut out = tokenize(&format!("\\begin{{{name}}}"));
    out.extend(tokens);
    out.extend(tokenize(&format!("\\end{{{name}}}")));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rewritten(tex: &str) -> String {
        let tokens = tokenize(tex);
        let mut labels = EquationLabels::default();
        labels.add(&tokens);
        rewrite(&tokens, &labels).map_or_else(|error| error, |tokens| to_tex(&tokens))
    }

    #[test]
    fn text_is_read_as_tex_reads_it() {
        for (tex, result) in [
            ("\\text{max\\_pool}", "\\text{max_pool}"),
            ("\\text{50\\%}", "{\\text{50}\\%}"),
            ("\\text{if $n > 2$, so}", "{\\text{if }n > 2\\text{, so}}"),
            ("\\mbox{a {b} c}", "\\text{a b c}"),
            ("\\textbf{R\\&D \\#1}", "{\\textbf{R}\\&\\textbf{D }\\#\\textbf{1}}"),
            ("\\text{``a'' b~c}", "\\text{“a” b\u{a0}c}"),
            ("\\text{a \\textbf{b} \\alpha c}", "{\\text{a b }\\alpha\\text{ c}}"),
            ("x_\\text{out}", "x_\\text{out}"),
        ] {
            assert_eq!(rewritten(tex), result, "{tex}");
        }
    }

    #[test]
    fn equations_are_numbered_at_the_end_of_their_line() {
        for (tex, result) in [
            ("x \\tag{1} + y", "x  + y\\qquad\\text{(1)}"),
            ("x \\tag*{A}", "x \\qquad\\text{A}"),
            ("\\label{a} x", " x\\qquad\\text{(1)}"),
            ("x \\label{a} \\tag{7}", "x  \\qquad\\text{(7)}"),
            ("x \\tag{7} \\label{a}", "x  \\qquad\\text{(7)}"),
            ("x \\label{a} \\text{ by } \\eqref{a}", "x  \\text{ by } \\text{(1)}\\qquad\\text{(1)}"),
            ("\\eqref{b}", "no equation has the label `b`"),
            (
                "\\begin{align} \\label{a} x &= 1 \\\\ y &= 2 \\label{b} \\end{align}",
                "\\begin{align}  x &= 1 \\qquad\\text{(1)}\\\\ y &= 2  \\qquad\\text{(2)}\\end{align}",
            ),
            (
                "\\tag{1} \\begin{matrix} a \\\\ b \\end{matrix}",
                " \\begin{matrix} a \\\\ b \\end{matrix}\\qquad\\text{(1)}",
            ),
        ] {
            assert_eq!(rewritten(tex), result, "{tex}");
        }
    }

    #[test]
    fn infix_commands_get_arguments() {
        for (tex, result) in [
            ("{a \\over b}", "{\\frac{a }{ b}}"),
            ("a + {n \\choose k}^2", "a + {\\binom{n }{ k}}^2"),
            ("n + 1 \\choose k", "\\binom{n + 1 }{ k}"),
            ("\\left( a \\over b \\right)", "\\left(\\frac{ a }{ b }\\right)"),
            ("{a \\atop b}", "{\\substack{a \\\\ b}}"),
            ("{ {a \\over b} \\over c}", "{\\frac{ {\\frac{a }{ b}} }{ c}}"),
        ] {
            assert_eq!(rewritten(tex), result, "{tex}");
        }
    }

    #[test]
    fn lines_and_environments_are_those_that_the_converter_knows() {
        for (tex, result) in [
            ("a \\\\ b", "\\begin{gathered}a \\\\ b\\end{gathered}"),
            ("a \\\\ ", "a "),
            ("a &= b \\\\ &= c", "\\begin{aligned}a &= b \\\\ &= c\\end{aligned}"),
            ("\\begin{aligned}[t] a \\end{aligned}", "\\begin{aligned} a \\end{aligned}"),
            ("\\begin{eqnarray*} a &=& b \\end{eqnarray*}", "\\begin{array}{rcl} a &=& b \\end{array}"),
            ("\\begin{equation} a \\end{equation}", " a "),
            ("\\begin{array}{cc} [t] & a \\end{array}", "\\begin{array}{cc} [t] & a \\end{array}"),
            ("\\operatorname*{arg\\,min}_x", "\\mathop{arg\\,min}_x"),
            ("\\mathop{\\mathrm{argmax}}_x f", "\\mathop{argmax}_x f"),
            ("\\mathop{\\arg\\max}_x", "\\mathop{arg\\,max}_x"),
            ("\\mathop{\\inf}\\limits_x", "\\mathop{inf}\\limits_x"),
            ("\\mathop{x^2}", "{x^2}"),
            ("\\operatorname{loss\\_fn}(x)", "\\operatorname{loss\u{ff3f}fn}(x)"),
            ("f'_a + g''^2", "f^{\\prime}_a + g^{\\prime\\prime2}"),
            ("\\begin{aligned} a &= b \\\\ \\end{aligned}", "\\begin{aligned} a &= b \\end{aligned}"),
            ("\\varnothing", "∅"),
            ("\\phantom{abc}x", "\\hspace{1.5em}x"),
            ("\\cancel{2x}", "\\not2\\not x"),
            ("\\textcircled{1}", "\\text{①}"),
        ] {
            assert_eq!(rewritten(tex), result, "{tex}");
        }
    }

    #[test]
    fn deep_and_long_formulas_end() {
        let deep = format!("{}x{}", "{".repeat(5_000), "}".repeat(5_000));
        assert_eq!(rewritten(&deep), "it is nested too deeply");
        for piece in [
            "\\text{$",
            "{a \\over",
            "\\begin{aligned}[",
            "\\tag",
            "\\label{",
            "\\left",
            "}",
            "\\ce{",
            "\\\\&",
        ] {
            rewritten(&piece.repeat(3_000));
        }
    }
}
