//! The size of a reader's first load, in transferred bytes.

use std::fs;
use std::io;
use std::path::Path;

use crate::files::{compress, files_in, grouped};
use crate::root;

/// Permitted bytes of the first load after brotli, without images. Readers wait for these bytes, so a page that exceeds them
/// fails the tests. A new feature of the client either fits or raises this limit on purpose.
const BUDGET: usize = 212_300;

/// The parts of the first load, in the order of the report.
const KINDS: [&str; 5] = ["HTML", "CSS", "JS", "wasm", "data"];

/// Returns the kind of a file in `dist/`; `None` if the first load does not need it.
fn kind(name: &str) -> Option<&'static str> {
    match name.rsplit_once('.') {
        // The full-text search is fetched when a reader first searches, and the studio when somebody opens it.
        _ if ["search-", "studio", "chunks/"].iter().any(|begin| name.starts_with(begin)) => None,
        _ if name == "index.html" => Some("HTML"),
        _ if name.starts_with("outline-") => Some("data"),
        Some((_, "css")) => Some("CSS"),
        Some((_, "js")) => Some("JS"),
        Some((_, "wasm")) => Some("wasm"),
        _ => None,
    }
}

/// Bytes of files, raw and after brotli.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Size {
    raw: usize,
    brotli: usize,
}

/// Prints the size of `dist/` by kind. Exceeding the budget is an error.
pub fn check() -> Result<(), String> {
    let sizes =
        measure(&root().join("dist")).map_err(|error| format!("dist/ cannot be measured: {error}."))?;
    let total = sizes.iter().fold(Size::default(), |sum, (_, size)| Size {
        raw: sum.raw + size.raw,
        brotli: sum.brotli + size.brotli,
    });
    println!("      {:<12} {:>10} {:>10}", "first load", "bytes", "brotli");
    for (kind, size) in sizes.into_iter().chain([("total", total)]) {
        println!("      {kind:<12} {:>10} {:>10}", grouped(size.raw), grouped(size.brotli));
    }
    println!(
        "      {:<12} {:>10} {:>10}  {} % of it",
        "budget",
        "",
        grouped(BUDGET),
        total.brotli * 100 / BUDGET
    );
    if total.brotli > BUDGET {
        let excess = grouped(total.brotli - BUDGET);
        return Err(format!(
            "the first load is {excess} bytes over the budget that xtask/src/budget.rs sets."
        ));
    }
    Ok(())
}

fn measure(dist: &Path) -> io::Result<[(&'static str, Size); KINDS.len()]> {
    let mut sizes = KINDS.map(|kind| (kind, Size::default()));
    for file in files_in(dist)? {
        let name = file.strip_prefix(dist).unwrap_or(&file).to_string_lossy().into_owned();
        if let Some((_, size)) = sizes.iter_mut().find(|(of, _)| Some(*of) == kind(&name)) {
            let bytes = fs::read(&file)?;
            size.raw += bytes.len();
            size.brotli += compress(&bytes)?.len();
        }
    }
    Ok(sizes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_only_the_first_load() {
        assert_eq!(kind("index.html"), Some("HTML"));
        assert_eq!(kind("notebook-1a2b_bg.wasm"), Some("wasm"));
        assert_eq!(kind("snippets/inline0.js"), Some("JS"));
        assert_eq!(kind("search-1a2b_bg.wasm"), None);
        assert_eq!(kind("transformer.svg"), None);
        assert_eq!(kind("notebook.schema.json"), None);
    }
}
