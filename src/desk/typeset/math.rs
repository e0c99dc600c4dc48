//! TeX as `MathML`, by pulldown-latex.

use notebook_core::notebook::Formula;
use pulldown_latex::config::{DisplayMode, RenderConfig};
use pulldown_latex::{Parser, Storage, push_mathml};

use super::mathml;

/// Bytes of the longest formula that is set.
const LONGEST: usize = 20_000;

/// What people write for commands that are known, and the commands.
const MACROS: [(&str, &str); 6] = [
    ("bm", "\\def\\bm#1{\\boldsymbol{#1}}"),
    ("mathscr", "\\def\\mathscr#1{\\mathcal{#1}}"),
    ("mbox", "\\def\\mbox#1{\\text{#1}}"),
    ("label", "\\def\\label#1{}"),
    ("nonumber", "\\def\\nonumber{}"),
    ("notag", "\\def\\notag{}"),
];

/// Sets a formula.
///
/// # Errors
/// Why it cannot be set.
pub(super) fn formula(tex: &str, display: bool) -> Result<Formula, String> {
    if tex.trim().is_empty() {
        return Err("it is empty".into());
    }
    if tex.len() > LONGEST {
        return Err("it is too long".into());
    }
    // It panics where a letter of another script follows.
    if commands(tex).any(|command| command == "char") {
        return Err("`\\char` is not known".into());
    }
    // As in a line of a display, where limits stand below.
    let mut source = tex.replace("\\operatorname*", "\\mathop");
    for (name, definition) in MACROS {
        if commands(tex).any(|command| command == name) {
            source.insert_str(0, definition);
        }
    }
    let storage = Storage::new();
    let events = Parser::new(&source, &storage).collect::<Result<Vec<_>, _>>();
    let events = events.map_err(|error| why(tex, &error.to_string()))?;
    let display_mode = if display { DisplayMode::Block } else { DisplayMode::Inline };
    let mut written = String::new();
    let events = events.into_iter().map(Ok::<_, std::fmt::Error>);
    push_mathml(&mut written, events, RenderConfig { display_mode, ..RenderConfig::default() })
        .map_err(|error| error.to_string())?;
    let formula = mathml::formula(&written)?;
    if formula.is_empty() { Err("nothing of it can be seen".into()) } else { Ok(formula) }
}

/// Names behind backslashes.
fn commands(tex: &str) -> impl Iterator<Item = &str> {
    tex.split('\\').skip(1).map(|rest| {
        let end = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
        &rest[..end]
    })
}

/// The first line of what the parser says, which draws a picture below it; a command that it does not know is named.
fn why(tex: &str, said: &str) -> String {
    let first = said.lines().next().unwrap_or_default();
    let first = first.strip_prefix("parsing error: ").unwrap_or(first);
    let unknown =
        commands(tex).filter(|name| first.contains("unknown primitive") && !name.is_empty()).find(|name| {
            let alone = format!("\\{name}");
            let storage = Storage::new();
            let said = Parser::new(&alone, &storage).find_map(Result::err).map(|error| error.to_string());
            said.is_some_and(|said| said.contains("unknown primitive"))
        });
    unknown.map_or_else(|| first.to_owned(), |name| format!("`\\{name}` is not known"))
}

#[cfg(test)]
mod tests {
    use notebook_core::notebook::{Content, Step};

    use super::*;

    /// A formula in brackets: its elements without their `m`, and what they say.
    fn set(tex: &str) -> String {
        let mut said = String::new();
        match formula(tex, true) {
            Err(why) => return why,
            Ok(formula) => formula.walk(&mut |step| match step {
                Step::Open(node) => {
                    said.push('(');
                    said.push_str(&node.element.name()[1..]);
                    if let Content::Text(text) = &node.content {
                        said.extend([" ", text]);
                    }
                }
                Step::Close(_) => said.push(')'),
            }),
        }
        said
    }

    #[test]
    fn tex_is_set() {
        assert_eq!(set("x^2"), "(sup(i x)(n 2))");
        assert_eq!(set("a < b > c"), "(i a)(o <)(i b)(o >)(i c)");
        assert_eq!(set("\\text{a < b & c }"), "(text a < b & c\u{a0})");
        assert_eq!(set("a \\lim_x y"), "(i a)(space)(under(i lim)(i x))(o \u{2061})(space)(i y)");
        assert_eq!(set("\\mathrm{softmax}_x"), "(sub(row(i softmax))(i x))");
        assert_eq!(set("\\hat{x}"), "(over(row(i x))(o ^))");
    }

    #[test]
    fn what_people_write_can_be_set() {
        for tex in [
            "\\frac{a}{b} + \\sqrt[3]{x^2_i} \\le \\infty",
            "\\sum_{i=1}^n \\hat{x}_i \\cdot \\bar y",
            "\\begin{pmatrix} 1 & 2 \\\\ 3 & 4 \\end{pmatrix}",
            "\\begin{aligned} a &= b \\\\[1em] c &= d \\end{aligned}",
            "\\begin{cases} 1 & x>0 \\\\ 0 & \\text{else} \\end{cases}",
            "\\begin{array}{c|c} a & b \\\\ \\hline c & d \\end{array}",
            "\\begin{align} a &= b \\nonumber \\\\ c &= d \\label{eq:a} \\end{align}",
            "\\left( \\frac12 \\right] \\big( x \\Big| y \\bigg)",
            "\\mathrm{KL}(p \\| q) = \\mathbb{E}_{x\\sim p}\\left[\\log\\frac{p(x)}{q(x)}\\right]",
            "\\mathrm{softmax}\\!\\left(\\frac{QK^\\top}{\\sqrt{d_k}}\\right)V",
            "\\operatorname*{arg\\,min}_\\theta \\mathcal{L}(\\theta)",
            "\\lim_{x \\to 0} \\sin x, \\quad \\max_{a \\in A} Q(s, a)",
            "\\underbrace{a+b}_{n} \\overline{AB} \\tilde{x} \\vec{v} \\bm{\\theta} \\mathscr{L}",
            "100\\% \\$ \\# \\& \\_ \\{ x \\}",
            "\\textcolor{red}{x} \\binom{n}{k} \\dots f'(x)",
            "p_\\theta(x \\mid z) \\propto \\exp(-\\lVert x - \\mu \\rVert^2)",
        ] {
            assert!(formula(tex, false).is_ok(), "{tex}: {:?}", formula(tex, false));
            assert!(formula(tex, true).is_ok(), "{tex}: {:?}", formula(tex, true));
        }
    }

    #[test]
    fn what_cannot_be_set_says_why() {
        for (tex, why) in [
            ("\\frac{a}{", "unbalanced group found, expected it to be closed with `}`"),
            ("x + \\ce{H2O}", "`\\ce` is not known"),
            ("\\href{javascript:alert(1)}{x}", "`\\href` is not known"),
            ("x^^2", "subscript and/or superscript found as argument to a command"),
            (" ", "it is empty"),
        ] {
            assert_eq!(formula(tex, false), Err(why.to_owned()), "{tex}");
        }
        assert!(formula("\\operatorname{</mi><script>}", false).is_err());
        assert!(formula(&"{".repeat(30_000), false).is_err());
        assert!(formula(&format!("{}x{}", "{".repeat(9_000), "}".repeat(9_000)), false).is_err());
        assert!(formula("\\charé", false).is_err());
        assert!(formula(&format!("{}x{}", "{".repeat(200), "}".repeat(200)), false).is_err());
    }
}
