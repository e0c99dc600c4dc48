//! Comparison with `KaTeX` by structure: the same letters and signs, and as many fractions, roots, scripts, rows and cells. All formulas
//! are invented.
//!
//! `NOTEBOOK_KATEX` names the folder of `KaTeX`'s package; `cargo xtask test` installs it. Without it, the test prints that it is skipped.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::process::{Command, Stdio};

use notebook_core::notebook::{MathContent, MathElement, MathEvent};
use unicode_normalization::UnicodeNormalization as _;

use super::math::{FormulaContext, typeset_formula};

/// A file of formulas of every kind, one on a line; those that are set otherwise on purpose are below their reason.
const FORMULAS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/formulas.txt");

/// Separates a formula from one that `KaTeX` must set alike, because it lacks a command of the first.
const SAME_AS: &str = " %= ";

/// Begins the reason in the list of formulas that are set otherwise.
const OTHERWISE: &str = "%% otherwise: ";

/// Converts a list of formulas in JSON to `MathML`, or to null if `KaTeX` cannot read one.
const SCRIPT: &str = "
const katex = require(process.env.NOTEBOOK_KATEX);
const formulas = JSON.parse(require('fs').readFileSync(0, 'utf8'));
const convert = tex => {
    try {
        return katex.renderToString(tex, { displayMode: true, output: 'mathml', strict: false });
    } catch {
        return null;
    }
};
console.log(JSON.stringify(formulas.map(convert)));
";

/// Letters and signs of a formula with their numbers, and the number of each kind of structure: two programs must agree on them.
type FormulaOutline = BTreeMap<String, usize>;

fn count(outline: &mut FormulaOutline, name: &str, number: usize) {
    if number > 0 {
        *outline.entry(name.to_owned()).or_default() += number;
    }
}

/// Adds an element. A sign above or below is a script, as `\bar x` and `x^2` are.
fn count_element(outline: &mut FormulaOutline, name: &str) {
    let (kind, number) = match name {
        "mfrac" => ("fraction", 1),
        "msqrt" | "mroot" => ("root", 1),
        "msub" | "msup" | "munder" | "mover" => ("script", 1),
        "msubsup" | "munderover" => ("script", 2),
        "mtr" | "mlabeledtr" => ("row", 1),
        "mtd" => ("cell", 1),
        _ => return,
    };
    count(outline, kind, number);
}

/// Adds the letters and signs of a text, in one form of each.
fn count_signs(outline: &mut FormulaOutline, text: &str) {
    for c in text.nfkc() {
        let c = match c {
            '-' => '−',
            '∣' | '∥' | '‖' | '❘' => '|',
            '⟮' => '(',
            '⟯' => ')',
            '*' => '∗',
            '\'' => '′',
            '∖' => '\\',
            '~' | '\u{303}' | '\u{2dc}' => '∼',
            '\u{302}' | '\u{2c6}' => '^',
            '―' | '\u{304}' | '\u{305}' | '\u{2c9}' | '_' | '‾' | '⎯' => '¯',
            '\u{307}' => '˙',
            '\u{301}' => 'ˊ',
            '`' | '\u{300}' => 'ˋ',
            '⟂' => '⊥',
            '\u{20d7}' => '→',
            other => other,
        };
        let is_seen = !c.is_whitespace() && !c.is_control() && !('\u{200b}'..='\u{200f}').contains(&c);
        if is_seen && !('\u{2061}'..='\u{2064}').contains(&c) {
            count(outline, &c.to_string(), 1);
        }
    }
}

fn outline_of_notebook(tex: &str) -> Result<FormulaOutline, String> {
    let mut context = FormulaContext::default();
    context.add(tex);
    let formula = typeset_formula(tex, true, &context)?;
    let mut outline = FormulaOutline::new();
    formula.walk(&mut |step| {
        if let MathEvent::Open(node) = step {
            count_element(&mut outline, node.element.name());
            if let MathContent::Text(text) = &node.content
                && node.element != MathElement::Space
            {
                count_signs(&mut outline, text);
            }
        }
    });
    Ok(outline)
}

fn outline_of_mathml(mathml: &str) -> FormulaOutline {
    let mut outline = FormulaOutline::new();
    let body = mathml.split("<annotation").next().unwrap_or_default();
    for part in body.split('<').skip(1) {
        let (tag, text) = part.split_once('>').unwrap_or((part, ""));
        count_element(&mut outline, tag.split([' ', '/']).next().unwrap_or_default());
        let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
        count_signs(&mut outline, &text.replace("&#x27;", "'").replace("&amp;", "&"));
    }
    outline
}

/// Returns the formulas as `KaTeX` sets them.
fn set_by_katex(formulas: &[String]) -> Vec<Option<String>> {
    let mut node = Command::new("node");
    let mut node = node
        .args(["-e", SCRIPT])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("node, which runs KaTeX");
    let list = serde_json::to_vec(formulas).expect("JSON");
    node.stdin.take().expect("a pipe").write_all(&list).expect("node reads");
    let output = node.wait_with_output().expect("node ends");
    assert!(output.status.success(), "KaTeX cannot be run");
    serde_json::from_slice(&output.stdout).expect("JSON")
}

/// Returns the parts of two outlines that differ: what, how many in ours, how many in `KaTeX`'s.
fn differences(ours: &FormulaOutline, theirs: &FormulaOutline) -> Vec<String> {
    let names = ours.keys().chain(theirs.keys().filter(|name| !ours.contains_key(*name)));
    let number = |outline: &FormulaOutline, name: &String| outline.get(name).copied().unwrap_or_default();
    names
        .filter(|name| number(ours, name) != number(theirs, name))
        .map(|name| format!("{name} {} not {}", number(ours, name), number(theirs, name)))
        .collect()
}

/// Returns the formulas with the reason for setting them otherwise, if they are. A line with `@` is repeated with each of the
/// parts that begin the file, in its place.
fn formulas() -> Vec<(String, Option<String>)> {
    let (mut formulas, mut reason, mut parts) = (Vec::new(), None, Vec::new());
    for line in std::fs::read_to_string(FORMULAS)
        .expect("the list of formulas")
        .lines()
        .filter(|line| !line.trim().is_empty())
    {
        if let Some(text) = line.strip_prefix(OTHERWISE) {
            reason = Some(text.to_owned());
        } else if let Some(part) = line.strip_prefix("%% part: ") {
            parts.push(part.to_owned());
        } else if line.starts_with("%%") {
            reason = None;
        } else if line.contains('@') {
            formulas.extend(parts.iter().map(|part| (line.replace('@', part), reason.clone())));
        } else {
            formulas.push((line.to_owned(), reason.clone()));
        }
    }
    formulas
}

#[test]
fn formulas_have_the_structure_that_katex_gives_them() {
    if std::env::var_os("NOTEBOOK_KATEX").is_none() {
        eprintln!(
            "skipped: NOTEBOOK_KATEX does not name the folder of KaTeX, which `cargo xtask test` installs"
        );
        return;
    }
    let formulas = formulas();
    let source = |tex: &String| tex.split_once(SAME_AS).map_or(tex.as_str(), |(_, same)| same).to_owned();
    let sources: Vec<String> = formulas.iter().map(|(tex, _)| source(tex)).collect();
    let (mut same, mut otherwise, mut wrong) = (0, 0, Vec::new());
    for ((tex, reason), theirs) in formulas.iter().zip(set_by_katex(&sources)) {
        let ours = tex.split_once(SAME_AS).map_or(tex.as_str(), |(ours, _)| ours);
        let found = match (outline_of_notebook(ours), theirs) {
            (Ok(ours), Some(theirs)) => differences(&ours, &outline_of_mathml(&theirs)),
            (Ok(_), None) => vec!["KaTeX cannot read it".to_owned()],
            (Err(reason), _) => vec![reason],
        };
        match (found.is_empty(), reason) {
            (true, None) => same += 1,
            (true, Some(_)) => wrong.push(format!("{tex}: is set as by KaTeX, so it needs no reason")),
            (false, Some(_)) => otherwise += 1,
            (false, None) => wrong.push(format!("{tex}: {}", found.join(", "))),
        }
    }
    println!("{same} of {} formulas as by KaTeX, {otherwise} otherwise on purpose", formulas.len());
    assert!(wrong.is_empty(), "{} are wrong:\n{}", wrong.len(), wrong.join("\n"));
}
