//! Conversion of TeX to `MathML`, by pulldown-latex.

use notebook_core::notebook::Formula;
use pulldown_latex::config::{DisplayMode, RenderConfig};
use pulldown_latex::{Parser, Storage, push_mathml};

use super::mathml;
use super::tex_macros::Macros;
use super::tex_rewrite::{EquationLabels, rewrite};
use super::tex_tokens::{to_tex, tokenize};

/// Bytes of the longest formula that is typeset, also after its macros are expanded. Chosen: far more than people write
/// in one formula; it bounds the time of the converter.
const MAX_BYTES: usize = 20_000;

/// Everything that formulas of a notebook define for one another.
#[derive(Clone, Debug, Default)]
pub(super) struct FormulaContext {
    pub(super) macros: Macros,
    labels: EquationLabels,
}

impl FormulaContext {
    /// Adds the macros and labels of a formula.
    pub(super) fn add(&mut self, tex: &str) {
        if tex.len() <= MAX_BYTES && tex.contains('\\') {
            let tokens = self.macros.take_definitions(&tokenize(tex));
            self.labels.add(&tokens);
        }
    }

    /// Returns a formula with its macros expanded, in commands that the converter knows. One that only defines macros is empty.
    ///
    /// # Errors
    /// Returns the reason if it cannot be expanded.
    fn prepare(&self, tex: &str) -> Result<String, String> {
        let rest = Macros::without_definitions(tex);
        let tokens = self.macros.expand(&rest)?;
        Ok(to_tex(&rewrite(&tokens, &self.labels)?))
    }
}

/// Typesets a formula.
///
/// # Errors
/// Returns the reason if it cannot be typeset.
pub(super) fn typeset_formula(tex: &str, display: bool, context: &FormulaContext) -> Result<Formula, String> {
    if tex.trim().is_empty() {
        return Err("it is empty".into());
    }
    if tex.len() > MAX_BYTES {
        return Err("it is too long".into());
    }
    let mut source = context.prepare(tex)?;
    if source.len() > MAX_BYTES {
        return Err("it is too long when its macros are expanded".into());
    }
    if source.trim().is_empty() {
        // Nothing is shown of a formula that defines macros.
        source = "\\hspace{0em}".into();
    }
    // pulldown-latex panics if a non-ASCII character follows `\char`.
    if commands(&source).any(|command| command == "char") {
        return Err("`\\char` is not known".into());
    }
    let storage = Storage::new();
    let events = Parser::new(&source, &storage).collect::<Result<Vec<_>, _>>();
    let events = events.map_err(|error| explain(&source, &error.to_string()))?;
    let display_mode = if display { DisplayMode::Block } else { DisplayMode::Inline };
    let mut written = String::new();
    let events = events.into_iter().map(Ok::<_, std::fmt::Error>);
    push_mathml(&mut written, events, RenderConfig { display_mode, ..RenderConfig::default() })
        .map_err(|error| error.to_string())?;
    let formula = mathml::parse_formula(&written)?;
    if formula.is_empty() { Err("it has no visible part".into()) } else { Ok(formula) }
}

/// Returns the names behind backslashes.
fn commands(tex: &str) -> impl Iterator<Item = &str> {
    tex.split('\\').skip(1).map(|rest| {
        let end = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
        &rest[..end]
    })
}

/// Returns the first line of the parser's message, without the picture below it. An unknown command is named.
fn explain(tex: &str, message: &str) -> String {
    let first = message.lines().next().unwrap_or_default();
    let first = first.strip_prefix("parsing error: ").unwrap_or(first);
    let unknown =
        commands(tex).filter(|name| first.contains("unknown primitive") && !name.is_empty()).find(|name| {
            let alone = format!("\\{name}");
            let storage = Storage::new();
            let error = Parser::new(&alone, &storage).find_map(Result::err).map(|error| error.to_string());
            error.is_some_and(|error| error.contains("unknown primitive"))
        });
    unknown.map_or_else(|| first.to_owned(), |name| format!("`\\{name}` is not known"))
}

#[cfg(test)]
mod tests {
    use notebook_core::notebook::{MathContent, MathEvent};

    use super::*;

    /// Typesets a formula that no other has defined anything for.
    fn typeset_alone(tex: &str, display: bool) -> Result<Formula, String> {
        let mut context = FormulaContext::default();
        context.add(tex);
        typeset_formula(tex, display, &context)
    }

    /// Returns a typeset formula as an S-expression: its elements without their `m`, and their texts.
    fn outline(tex: &str) -> String {
        let mut text = String::new();
        match typeset_alone(tex, true) {
            Err(reason) => return reason,
            Ok(formula) => formula.walk(&mut |step| match step {
                MathEvent::Open(node) => {
                    text.push('(');
                    text.push_str(&node.element.name()[1..]);
                    if let MathContent::Text(content) = &node.content {
                        text.extend([" ", content]);
                    }
                }
                MathEvent::Close(_) => text.push(')'),
            }),
        }
        text
    }

    #[test]
    fn typesets_tex() {
        assert_eq!(outline("x^2"), "(sup(i x)(n 2))");
        assert_eq!(outline("a < b > c"), "(i a)(o <)(i b)(o >)(i c)");
        assert_eq!(outline("\\text{a < b & c }"), "(text a < b & c\u{a0})");
        assert_eq!(outline("a \\lim_x y"), "(i a)(space)(under(i lim)(i x))(o \u{2061})(space)(i y)");
        assert_eq!(outline("\\mathrm{softmax}_x"), "(sub(row(i softmax))(i x))");
        assert_eq!(outline("\\hat{x}"), "(over(row(i x))(o ^))");
        assert_eq!(outline("x\\ y"), "(i x)(text \u{a0})(i y)");
        assert_eq!(outline("f'_a"), "(subsup(i f)(i a)(row(i ′)))");
    }

    #[test]
    fn typesets_common_formulas() {
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
            "\\mathop{\\mathrm{minimize}}_x f'(x)^2 \\mathop{\\arg\\max}_y \\mathop{\\inf}\\limits_z \\operatorname{gini\\_index}(D)",
            "x_i'^2 + f''(x') + {x'}^2 + \\left(a\\right)'",
            "\\lim_{x \\to 0} \\sin x, \\quad \\max_{a \\in A} Q(s, a)",
            "\\underbrace{a+b}_{n} \\overline{AB} \\tilde{x} \\vec{v} \\bm{\\theta} \\mathscr{L}",
            "100\\% \\$ \\# \\& \\_ \\{ x \\}",
            "\\textcolor{red}{x} \\binom{n}{k} \\dots f'(x)",
            "x \\tag{3} \\boxed{\\frac{a}{b}} \\argmin_x \\phantom{x} \\mbox{so} \\cancel{x} \\R \\ce{SO4^2-}",
            "\\begin{eqnarray} a &=& b \\label{eq:a} \\\\ c &=& d \\end{eqnarray} \\eqref{eq:a}",
            "\\text{max\\_pool 50\\% if $x$} {n \\choose k} {a \\over b} \\abs{x} \\pdv{f}{x} \\ket{0}",
            "\\newcommand{\\E}[1]{\\mathbb{E}\\left[#1\\right]} \\E{x}",
            "\\def\\only{x}",
            "a &= b \\\\ &= c",
            "p_\\theta(x \\mid z) \\propto \\exp(-\\lVert x - \\mu \\rVert^2)",
        ] {
            assert!(typeset_alone(tex, false).is_ok(), "{tex}: {:?}", typeset_alone(tex, false));
            assert!(typeset_alone(tex, true).is_ok(), "{tex}: {:?}", typeset_alone(tex, true));
        }
    }

    #[test]
    fn explains_what_cannot_be_typeset() {
        for (tex, reason) in [
            ("\\frac{a}{", "unbalanced group found, expected it to be closed with `}`"),
            ("x + \\oops{H2O}", "`\\oops` is not known"),
            ("\\eqref{none}", "no equation has the label `none`"),
            ("\\newcommand{\\a}{\\a}\\a", "the macro `\\a` does not end"),
            ("\\href{javascript:alert(1)}{x}", "`\\href` is not known"),
            ("x^^2", "subscript and/or superscript found as argument to a command"),
            (" ", "it is empty"),
        ] {
            assert_eq!(typeset_alone(tex, false), Err(reason.to_owned()), "{tex}");
        }
        assert!(typeset_alone("\\operatorname{</mi><script>}", false).is_err());
        assert!(typeset_alone(&"{".repeat(30_000), false).is_err());
        assert!(typeset_alone(&format!("{}x{}", "{".repeat(9_000), "}".repeat(9_000)), false).is_err());
        assert!(typeset_alone("\\charé", false).is_err());
        assert!(typeset_alone(&format!("{}x{}", "{".repeat(200), "}".repeat(200)), false).is_err());
    }
}
