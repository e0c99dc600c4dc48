//! Round trip: an exported notebook parses as the same notebook.
#![no_main]

use libfuzzer_sys::fuzz_target;
use notebook_core::diagnostic::DiagnosticCode;
use notebook_core::markdown::{read, write};

/// From so many braces in one another on, pulldown-cmark only counts them: which of them a dollar stands in then depends
/// on what is text before it, as an export writes it.
const BRACES: usize = 24;

/// The most braces that are open at once in a paragraph.
fn braces(text: &str) -> usize {
    let deepest = |text: &str| {
        let depths = text.chars().scan(0_usize, |depth, letter| {
            match letter {
                '{' => *depth += 1,
                '}' => *depth = depth.saturating_sub(1),
                _ => {}
            }
            Some(*depth)
        });
        depths.max().unwrap_or_default()
    };
    text.split("\n\n").map(deepest).max().unwrap_or_default()
}

fuzz_target!(|text: &str| {
    if braces(text) >= BRACES {
        return;
    }
    let reading = read(text);
    // What is nested too deep is shown at another level, and notes may stand in an item afterwards: two levels deeper.
    if reading.diagnostics.iter().any(|found| found.code == DiagnosticCode::TooDeep) {
        return;
    }
    let exported = write(&reading.notebook);
    let again = read(&exported);
    if again.diagnostics.iter().any(|found| found.code == DiagnosticCode::TooDeep) {
        return;
    }
    assert_eq!(again.notebook, reading.notebook, "exported as {exported:?}");
});
