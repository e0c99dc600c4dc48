//! What is heavy to set is set here, once: formulas as `MathML`, code with what its pieces are. A page only shows it.
//!
//! 1. `math` turns TeX into `MathML`, and says what is wrong with it;
//! 2. `mathml` takes that for a formula, of elements and attributes that are known;
//! 3. `code` finds out what pieces of code are.

mod code;
mod math;
mod mathml;

use std::collections::HashMap;

use notebook_core::Diagnostic;
use notebook_core::diagnostic::Code;
use notebook_core::markdown::Reading;
use notebook_core::notebook::{Block, Formula};

/// Sets the formulas and the code of a notebook. Formulas that cannot be set are findings.
pub fn typeset(reading: &mut Reading) {
    // Many stand in several places.
    let mut known: HashMap<(String, bool), Result<Formula, String>> = HashMap::new();
    reading.notebook.set_formulas(&mut |tex, display| {
        let set = known.entry((tex.to_owned(), display)).or_insert_with(|| math::formula(tex, display));
        set.clone().unwrap_or_default()
    });
    for written in &reading.formulas {
        // In a heading, a line end is a space.
        let Some(Err(why)) = known.get(&(written.tex.clone(), written.display)) else { continue };
        reading.diagnostics.push(Diagnostic {
            code: Code::MathInvalid,
            range: written.range.clone(),
            message: format!("this formula cannot be set: {why}; its source is shown"),
            help: "look at its braces and commands; in text, write `\\$` for a dollar".into(),
        });
    }
    reading.diagnostics.sort_by_key(|d| (d.range.start, d.range.end, d.code));
    reading.notebook.map_blocks(&mut |block| {
        if let Block::Code { lang, text, runs } = block {
            *runs = code::runs(lang, text);
        }
    });
}

#[cfg(test)]
mod tests {
    use notebook_core::markdown::read;

    use super::*;

    #[test]
    fn a_formula_that_cannot_be_set_is_told_wherever_it_stands() {
        let source = "# A $x^2$ and $\\oops$\n\n| \\(\\oops\\) |\n|---|\n| $$\\oops$$ |\n";
        let mut reading = read(source);
        typeset(&mut reading);
        let told = reading.diagnostics.iter().filter(|found| found.code == Code::MathInvalid);
        let told: Vec<_> = told.map(|found| &source[found.range.clone()]).collect();
        assert_eq!(told, ["$\\oops$", "\\(\\oops\\)", "$$\\oops$$"]);
    }

    #[test]
    fn what_is_set_is_left_out_of_an_export() {
        let source = "$x^2$\n\n```rust\nfn x() {}\n```\n";
        let (mut reading, plain) = (read(source), read(source));
        typeset(&mut reading);
        assert_ne!(reading.notebook, plain.notebook);
        let write = notebook_core::markdown::write;
        assert_eq!(write(&reading.notebook), write(&plain.notebook));
    }
}
