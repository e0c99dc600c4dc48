//! Conversion between TeX and plain text.
//!
//! `biblatex` parses the syntax of entries; the text of values is converted here, because that crate drops dotless letters
//! under accents, quotation marks and commands, and rejects a whole field for an unbalanced dollar sign.
//!
//! In plain text, a formula is TeX between dollar signs, as in Pandoc: the opening sign is not followed by white space, the
//! closing one neither follows white space nor precedes a digit. Thus `$5 to $10` has no formula. TeX has no rule about a digit
//! behind a formula, as in `$\sim$5`: before one, a formula has a command, braces or a script, which no sum of money has.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization as _;

use super::tex_commands::{
    DECLARATIONS, FORMATTING_COMMANDS, IGNORED_COMMANDS, combining_mark, is_math_command, script_form, symbol,
};
use crate::bibliography::field_values::decode_entities;
use crate::bibliography::names::MaskedChar;
use crate::latex;

/// Longest formula in characters. Titles have short ones; the limit keeps the search for the second dollar sign linear.
const MAX_FORMULA_LENGTH: usize = 2_000;

/// Longest formula of one character with its dollar sign, in characters: `\textasciitilde{}$`.
const MAX_MATH_CHARACTER: usize = 20;

/// Longest entity of HTML that is read, in characters.
const MAX_ENTITY_LENGTH: usize = 10;

/// The text of a value.
#[derive(Debug, Default)]
pub(super) struct TexText {
    /// Characters, with true for those inside braces or formulas.
    pub(super) chars: Vec<MaskedChar>,
    /// Names of unknown commands, which are kept as they are.
    pub(super) unknown_commands: Vec<String>,
}

impl TexText {
    /// Converts TeX to text. Services write entities of HTML in it, with and without TeX's escape: `\&amp;`. O(length).
    pub(super) fn parse(source: &str) -> Self {
        let source = if source.contains(';') {
            Cow::Owned(decode_entities(&source.replace("\\&", "&")))
        } else {
            Cow::Borrowed(source)
        };
        Self::convert(source.chars().collect(), 0, false)
    }

    /// Converts a URL or an identifier, in which only escapes and braces have a meaning. O(length).
    pub(super) fn parse_verbatim(source: &str) -> Self {
        Self::convert(source.chars().collect(), 0, true)
    }

    fn convert(source: Vec<char>, depth: usize, is_verbatim: bool) -> Self {
        let mut converter = Converter { source, at: 0, depth, is_verbatim, out: Self::default() };
        while let Some(c) = converter.next() {
            converter.convert_char(c);
        }
        converter.out
    }

    /// Returns the text without marks.
    pub(super) fn to_text(&self) -> String {
        self.chars.iter().map(|(c, _)| c).collect()
    }
}

/// Converts a value character by character.
struct Converter {
    source: Vec<char>,
    /// Index of the next character.
    at: usize,
    /// Number of open braces.
    depth: usize,
    is_verbatim: bool,
    out: TexText,
}

impl Converter {
    fn next(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += 1;
        Some(c)
    }

    fn peek(&self) -> Option<char> {
        self.source.get(self.at).copied()
    }

    fn next_if(&mut self, expected: char) -> bool {
        let is_expected = self.peek() == Some(expected);
        self.at += usize::from(is_expected);
        is_expected
    }

    fn skip_white_space(&mut self) {
        while self.peek().is_some_and(char::is_whitespace) {
            self.at += 1;
        }
    }

    fn push(&mut self, c: char) {
        self.out.chars.push((c, self.depth > 0));
    }

    fn push_str(&mut self, text: &str) {
        text.chars().for_each(|c| self.push(c));
    }

    fn convert_char(&mut self, c: char) {
        match c {
            '{' => self.depth += 1,
            '}' => self.depth = self.depth.saturating_sub(1),
            '\\' => self.convert_command(),
            '$' if self.is_verbatim => self.convert_math_character(),
            _ if self.is_verbatim => self.push(c),
            '$' => self.convert_math(),
            // After a slash, `~` is part of a URL.
            '~' if self.out.chars.last().is_some_and(|(last, _)| *last == '/') => self.push('~'),
            '~' => self.push(' '),
            '-' if self.next_if('-') => {
                let dash = if self.next_if('-') { '—' } else { '–' };
                self.push(dash);
            }
            '`' => {
                let quote = if self.next_if('`') { '“' } else { '‘' };
                self.push(quote);
            }
            '\'' if self.next_if('\'') => self.push('”'),
            '?' if self.next_if('`') => self.push('¿'),
            '!' if self.next_if('`') => self.push('¡'),
            _ => self.push(c),
        }
    }

    /// Returns the text after the current position, as far as a formula may extend.
    fn rest(&self) -> String {
        self.source.iter().skip(self.at).take(MAX_FORMULA_LENGTH + 1).collect()
    }

    /// Copies a formula. A dollar sign without a second one is text.
    fn convert_math(&mut self) {
        let rest = self.rest();
        let Some((math, after)) = split_math(&rest) else { return self.push('$') };
        self.at += math.chars().count() + 1;
        let is_before_digit = after.starts_with(|c: char| c.is_ascii_digit());
        if !is_before_digit || latex::has_markup(math) {
            self.push_math(math.trim());
        } else if math.starts_with(|c: char| c.is_ascii_digit()) || math.ends_with(char::is_whitespace) {
            // `$5 and $10`, where someone forgot to escape.
            self.push_math(math);
        } else {
            self.push_math(&format!("{{{}}}", math.trim()));
        }
    }

    /// Converts a formula that stands for a character of an address. Any other dollar sign is part of the address.
    fn convert_math_character(&mut self) {
        let rest: String = self.source.iter().skip(self.at).take(MAX_MATH_CHARACTER).collect();
        match rest.split_once('$').and_then(|(math, _)| Some((math, math_character(math)?))) {
            Some((math, character)) => {
                self.at += math.chars().count() + 1;
                self.push(character);
            }
            None => self.push('$'),
        }
    }

    fn push_math(&mut self, math: &str) {
        self.depth += 1;
        self.push('$');
        self.push_str(math);
        self.push('$');
        self.depth -= 1;
    }

    /// Converts a command after its backslash.
    fn convert_command(&mut self) {
        let Some(c) = self.next() else { return self.push('\\') };
        if c.is_ascii_alphabetic() {
            let mut name = String::from(c);
            while let Some(c) = self.peek().filter(char::is_ascii_alphabetic) {
                name.push(c);
                self.at += 1;
            }
            return if self.is_verbatim { self.convert_verbatim(&name) } else { self.convert_named(&name) };
        }
        match c {
            '{' | '}' | '&' | '%' | '$' | '#' | '_' => self.push(c),
            '(' if !self.is_verbatim => {
                let rest = self.rest();
                match rest.split_once("\\)") {
                    Some((math, _)) => {
                        self.at += math.chars().count() + 2;
                        self.push_math(math.trim());
                    }
                    None => self.push_str("\\("),
                }
            }
            // A verbatim field has no accents: this is the tilde of a home page, escaped.
            '~' | '^' if self.is_verbatim => self.push(c),
            // An optional break prints nothing, and the slashes of JSON are written like this.
            '-' if self.is_verbatim => {}
            '/' if self.is_verbatim => self.push('/'),
            ',' | ';' | ':' | '>' | '\\' if !self.is_verbatim => self.push(' '),
            '!' | '/' | '-' | '@' | '+' if !self.is_verbatim => {}
            _ if c.is_whitespace() => self.push(' '),
            _ if combining_mark(c).is_some() => self.convert_accent(c),
            _ => {
                self.push('\\');
                self.push(c);
            }
        }
    }

    /// Converts a named command in a URL or an identifier. The space behind it ends its name.
    fn convert_verbatim(&mut self, name: &str) {
        if let Some(text) = symbol(name) {
            self.push_str(text);
            return self.skip_white_space();
        }
        match name {
            "href" => {
                self.skip_white_space();
                if self.peek() == Some('{') {
                    self.push_argument();
                    // The words of a link are not a part of its address.
                    self.push(' ');
                }
            }
            "sim" => {
                self.push('~');
                self.skip_white_space();
            }
            // Breaks print nothing.
            "discretionary" => (0..3).for_each(|_| drop(self.argument())),
            "string" | "break" => self.skip_white_space(),
            _ if DECLARATIONS.contains(&name) || FORMATTING_COMMANDS.contains(&name) => {
                self.skip_white_space();
            }
            _ if IGNORED_COMMANDS.contains(&name) => drop(self.argument()),
            _ => {
                self.out.unknown_commands.push(name.to_owned());
                self.push('\\');
                self.push_str(name);
            }
        }
    }

    fn convert_named(&mut self, name: &str) {
        let accent = name.chars().next().filter(|c| name.len() == 1 && combining_mark(*c).is_some());
        if let Some(accent) = accent {
            return self.convert_accent(accent);
        }
        if let Some(text) = symbol(name) {
            self.push_str(text);
            return self.skip_white_space();
        }
        if DECLARATIONS.contains(&name) || FORMATTING_COMMANDS.contains(&name) {
            return self.skip_white_space();
        }
        if IGNORED_COMMANDS.contains(&name) {
            return drop(self.argument());
        }
        match name {
            "enquote" | "mkbibquote" => {
                self.push('“');
                self.push_argument();
                self.push('”');
            }
            "textsubscript" | "textsuperscript" => {
                let text = self.converted_argument().to_text();
                let script: Option<String> =
                    text.chars().map(|c| script_form(c, name == "textsuperscript")).collect();
                self.push_str(script.as_ref().unwrap_or(&text));
            }
            "href" => {
                let url = Self::verbatim(self.argument());
                self.push_argument();
                self.push_str(&format!(" ({url})"));
            }
            "ensuremath" => {
                let math: String = self.argument().into_iter().collect();
                self.push_math(math.trim());
            }
            _ if is_math_command(name) => {
                self.push_math(&format!("\\{name}"));
                self.skip_white_space();
            }
            _ => {
                self.out.unknown_commands.push(name.to_owned());
                self.push('\\');
                self.push_str(name);
                if self.peek() == Some('{') {
                    self.push('{');
                    self.push_argument();
                    self.push('}');
                }
            }
        }
    }

    fn verbatim(source: Vec<char>) -> String {
        TexText::convert(source, 0, true).to_text()
    }

    /// Converts an accent with its letter, which may be a dotless one.
    fn convert_accent(&mut self, accent: char) {
        let argument = self.converted_argument();
        let mut letters = argument.to_text().chars().collect::<Vec<_>>().into_iter();
        self.out.unknown_commands.extend(argument.unknown_commands);
        let Some(letter) = letters.next().filter(|c| !c.is_whitespace()) else {
            // `\~{}` is the accent alone.
            return self.push(accent);
        };
        let letter = match letter {
            'ı' => 'i',
            'ȷ' => 'j',
            letter => letter,
        };
        let composed: String = [letter].into_iter().chain(combining_mark(accent)).nfc().collect();
        self.push_str(&composed);
        letters.for_each(|c| self.push(c));
    }

    /// Returns the source of the next argument: a group, a command, or a character.
    fn argument(&mut self) -> Vec<char> {
        self.skip_white_space();
        let start = self.at;
        match self.next() {
            Some('{') => {
                let mut depth = 1;
                while depth > 0 {
                    match self.next() {
                        Some('{') => depth += 1,
                        Some('}') => depth -= 1,
                        Some('\\') => drop(self.next()),
                        Some(_) => {}
                        None => return self.source.get(start + 1..).unwrap_or_default().to_vec(),
                    }
                }
                return self.source.get(start + 1..self.at - 1).unwrap_or_default().to_vec();
            }
            // The closing brace of the group around is no argument.
            Some('}') => self.at = start,
            Some('\\') => {
                let is_named = self.next().is_some_and(|c| c.is_ascii_alphabetic());
                while is_named && self.peek().is_some_and(|c| c.is_ascii_alphabetic()) {
                    self.at += 1;
                }
                let name: String = self.source.get(start + 1..self.at).unwrap_or_default().iter().collect();
                if symbol(&name).is_none() && name.starts_with(['i', 'j']) {
                    // Many files have `\'\ia` instead of `\'\i a`.
                    self.at = start + 2;
                }
                let end = self.at;
                if is_named {
                    self.skip_white_space();
                }
                return self.source.get(start..end).unwrap_or_default().to_vec();
            }
            _ => {}
        }
        self.source.get(start..self.at).unwrap_or_default().to_vec()
    }

    fn converted_argument(&mut self) -> TexText {
        let argument = self.argument();
        TexText::convert(argument, self.depth + 1, self.is_verbatim)
    }

    fn push_argument(&mut self) {
        let argument = self.converted_argument();
        self.out.chars.extend(argument.chars);
        self.out.unknown_commands.extend(argument.unknown_commands);
    }
}

/// Splits a formula from the text after a dollar sign, at the next dollar sign outside braces. Also returns the text
/// after it.
fn split_math(text: &str) -> Option<(&str, &str)> {
    // Braces are balanced with and without escaped ones: programs disagree on whether those count.
    let (mut depth, mut unescaped_depth, mut is_escaped) = (0_i32, 0_i32, false);
    for (index, c) in text.char_indices().take(MAX_FORMULA_LENGTH) {
        let change = i32::from(c == '{') - i32::from(c == '}');
        depth += change;
        unescaped_depth += if is_escaped { 0 } else { change };
        if depth < 0 || unescaped_depth < 0 {
            return None;
        }
        if c == '$' && !is_escaped && depth == 0 && unescaped_depth == 0 {
            return (index > 0).then_some((text.get(..index)?, text.get(index + 1..)?));
        }
        is_escaped = c == '\\' && !is_escaped;
    }
    None
}

/// Returns the character that a formula in an address stands for. BibTeX has no `~`, `<`, `>` and `_` in text, so that older programs
/// write formulas for them, as in the DOIs that contain a SICI.
fn math_character(math: &str) -> Option<char> {
    Some(match math.trim() {
        "<" | "\\lt" | "\\textless" => '<',
        ">" | "\\gt" | "\\textgreater" => '>',
        "_" | "\\_" | "\\textunderscore" => '_',
        "~" | "\\sim" | "\\tilde{}" | "\\tilde{ }" | "\\tilde{\\ }" | "\\textasciitilde"
        | "\\textasciitilde{}" => '~',
        "\\&" => '&',
        "\\%" => '%',
        "\\#" => '#',
        "|" => '|',
        "-" => '-',
        _ => return None,
    })
}

/// Splits a formula of plain text from the text after a dollar sign.
pub(in crate::bibliography) fn split_plain_math(text: &str) -> Option<(&str, &str)> {
    let (math, after) = split_math(text)?;
    let is_math = !math.starts_with(char::is_whitespace)
        && !math.ends_with(char::is_whitespace)
        && !math.contains(['%', '#', '&', '~'])
        && (latex::has_markup(math) || !after.starts_with(|c: char| c.is_ascii_digit()));
    is_math.then_some((math, after))
}

/// Returns escaped text in braces.
pub(super) fn braced(text: &str) -> String {
    format!("{{{}}}", escape(text))
}

/// Returns an escaped title in braces. Words with capitals after their first letter get braces of their own, because
/// styles change titles to lower case.
pub(super) fn braced_title(title: &str) -> String {
    let words = split_words(title).into_iter().map(|word| {
        let letters = word.trim_start_matches(|c: char| !c.is_alphanumeric());
        let is_mixed_case = letters.chars().skip(1).any(char::is_uppercase);
        if is_mixed_case { braced(word) } else { escape(word) }
    });
    format!("{{{}}}", words.collect::<Vec<_>>().join(" "))
}

/// Splits text at spaces outside formulas.
fn split_words(text: &str) -> Vec<&str> {
    let (mut words, mut start, mut skip_to) = (Vec::new(), 0, 0);
    for (index, c) in text.char_indices() {
        if index < skip_to {
            continue;
        }
        if c == ' ' {
            words.push(text.get(start..index).unwrap_or_default());
            start = index + 1;
        } else if c == '$'
            && let Some((math, _)) = text.get(index + 1..).and_then(split_plain_math)
        {
            skip_to = index + math.len() + 2;
        }
    }
    words.push(text.get(start..).unwrap_or_default());
    words
}

/// Returns true if text begins with an entity of HTML.
fn is_entity(text: &str) -> bool {
    let end = text.char_indices().take(MAX_ENTITY_LENGTH).find(|(_, c)| *c == ';');
    let entity = end.and_then(|(at, _)| text.get(..=at)).unwrap_or_default();
    decode_entities(entity) != entity
}

/// Escapes the special characters of TeX, except in formulas.
pub(super) fn escape(text: &str) -> String {
    escape_text(text, true)
}

/// Escapes a name, which cannot contain formulas.
pub(super) fn escape_name(name: &str) -> String {
    escape_text(name, false)
}

fn escape_text(text: &str, allows_math: bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let after = rest.get(c.len_utf8()..).unwrap_or_default();
        if c == '$'
            && allows_math
            && let Some((math, after_math)) = split_plain_math(after)
        {
            out.extend(["$", math, "$"]);
            rest = after_math;
            continue;
        }
        match c {
            '`' => out.push_str("\\textasciigrave{}"),
            // BibTeX counts escaped braces too, so that a single one would end the value.
            '{' => out.push_str("\\textbraceleft{}"),
            '}' => out.push_str("\\textbraceright{}"),
            // Two hyphens would become a dash, two apostrophes a quotation mark.
            '-' | '\'' if out.ends_with(c) => {
                out.push_str("{}");
                out.push(c);
            }
            c => match latex::command_for(c) {
                Some(command) => out.push_str(command),
                None => out.push(c),
            },
        }
        if c == '&' && is_entity(rest) {
            // So that it is not read as that of a character.
            out.push_str("{}");
        }
        rest = after;
    }
    out
}

/// Returns a URL or an id in braces, with percent escapes for the characters that TeX cannot read verbatim.
pub(super) fn braced_verbatim(text: &str) -> String {
    format!("{{{}}}", text.replace('\\', "%5C").replace('{', "%7B").replace('}', "%7D"))
}
