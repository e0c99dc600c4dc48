//! Native benchmarks by Criterion (`benches`), and their limits.

use std::fs;
use std::path::Path;

use serde_json::Value;
use xtask::steps;
use xtask::tools::Toolbox;

use crate::figures::Figures;

/// Parsing may take this many times as long as pulldown-cmark alone, at 5 MB.
const MAX_RATIO: f64 = 5.0;

/// Ten times the input may take this many times as long: nothing grows faster than n log n.
const MAX_GROWTH: f64 = 16.0;

/// The same for the map: the large one no longer fits into the processor's cache.
const MAX_MAP_GROWTH: f64 = 60.0;

/// Runs the benchmarks, and reads the medians that Criterion leaves as JSON.
pub(crate) fn measure(toolbox: &Toolbox, figures: &mut Figures) -> Result<(), String> {
    steps::run(toolbox.command("cargo").args(["bench", "-p", "notebook-bench", "--benches"]))?;
    let folder = super::target().join("criterion");
    let median = |name: &str| median(&folder.join(name).join("new/estimates.json"));
    let ratio = |of: &str, to: &str| Some(median(of)? / median(to)?);
    let parsing = ratio("parse/notebook/5", "parse/pulldown-cmark/5");
    figures.at_most("5 MB: parsing, beside pulldown-cmark alone", MAX_RATIO, "x", parsing);
    let growth = ratio("parse/notebook/50", "parse/notebook/5");
    figures.at_most("50 MB: parsing, beside 5 MB", MAX_GROWTH, "x", growth);
    let map = ratio("map/100000", "map/10000");
    figures.at_most("100,000: concept map, beside 10,000", MAX_MAP_GROWTH, "x", map);
    Ok(())
}

/// Returns a median in nanoseconds; none if it was not measured.
fn median(file: &Path) -> Option<f64> {
    let estimates: Value = serde_json::from_str(&fs::read_to_string(file).ok()?).ok()?;
    estimates.pointer("/median/point_estimate")?.as_f64()
}
