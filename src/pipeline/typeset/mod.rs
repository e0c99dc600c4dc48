//! Typesetting at build time: formulas as `MathML`, code as highlighted tokens. The client only displays the result.
//!
//! 1. `tex_tokens` splits TeX into tokens, `tex_macros` expands the author's macros and common ones, and `tex_rewrite`, with
//!    `chemistry`, rewrites what the converter does not read;
//! 2. `math` converts TeX to `MathML`, or explains why it cannot;
//! 3. `mathml` parses that into a formula, which allows only known elements and attributes;
//! 4. `code` splits code into tokens.

#[cfg(test)]
mod against_katex;
mod chemistry;
#[cfg(not(target_arch = "wasm32"))]
mod code;
mod math;
mod mathml;
mod tex_macros;
mod tex_rewrite;
mod tex_tokens;

use std::collections::HashMap;

use notebook_core::Diagnostic;
use notebook_core::diagnostic::DiagnosticCode;
use notebook_core::markdown::{Parsed, macros};
#[cfg(not(target_arch = "wasm32"))]
use notebook_core::notebook::Block;
use notebook_core::notebook::Formula;

use math::FormulaContext;

/// Typesets the formulas and the code of a notebook. A formula that cannot be typeset gets a diagnostic.
///
/// Macros and labels count in all formulas, wherever they are defined.
pub fn typeset(parsed: &mut Parsed) {
    let mut context = FormulaContext::default();
    for (name, text) in macros(&parsed.notebook.other) {
        context.macros.define(&name, &text);
    }
    for written in &parsed.formulas {
        context.add(&written.tex);
    }
    // Many formulas occur several times.
    let mut typeset: HashMap<(String, bool), Result<Formula, String>> = HashMap::new();
    parsed.notebook.set_formulas(&mut |tex, display| {
        let formula = typeset
            .entry((tex.to_owned(), display))
            .or_insert_with(|| math::typeset_formula(tex, display, &context));
        formula.clone().unwrap_or_default()
    });
    for written in &parsed.formulas {
        // Not found if it was changed since, as in a heading, where a line end becomes a space.
        let Some(Err(reason)) = typeset.get(&(written.tex.clone(), written.display)) else { continue };
        parsed.diagnostics.push(Diagnostic {
            code: DiagnosticCode::MathInvalid,
            range: written.range.clone(),
            message: format!("this formula cannot be typeset: {reason}; its source is shown"),
            help: "check its braces and commands; in text, write `\\$` for a dollar sign".into(),
        });
    }
    parsed.diagnostics.sort_by_key(|d| (d.range.start, d.range.end, d.code));
    // Grammars are larger than the rest of the studio.
    #[cfg(not(target_arch = "wasm32"))]
    parsed.notebook.for_each_block_mut(&mut |block| {
        if let Block::Code { lang, text, tokens } = block {
            *tokens = code::tokenize(lang, text);
        }
    });
}

#[cfg(test)]
mod tests {
    use notebook_core::markdown::read;

    use super::*;

    #[test]
    fn invalid_formula_is_reported_at_every_place() {
        let source = "# A $x^2$ and $\\oops$\n\n| \\(\\oops\\) |\n|---|\n| $$\\oops$$ |\n";
        let mut parsed = read(source);
        typeset(&mut parsed);
        let found = parsed.diagnostics.iter().filter(|found| found.code == DiagnosticCode::MathInvalid);
        let found: Vec<_> = found.map(|found| &source[found.range.clone()]).collect();
        assert_eq!(found, ["$\\oops$", "\\(\\oops\\)", "$$\\oops$$"]);
    }

    #[test]
    fn export_as_markdown_ignores_typesetting() {
        let source = "$x^2$\n\n```rust\nfn x() {}\n```\n";
        let (mut parsed, plain) = (read(source), read(source));
        typeset(&mut parsed);
        assert_ne!(parsed.notebook, plain.notebook);
        let write = notebook_core::markdown::write;
        assert_eq!(write(&parsed.notebook), write(&plain.notebook));
    }
}
