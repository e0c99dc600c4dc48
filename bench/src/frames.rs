//! Input and frame latency with 100,000 papers in Chromium.

use std::path::Path;

use super::figures::Figures;
use super::page;
use super::server::{BenchServer, Content};
use super::tables::Results;
use xtask::serve;
use xtask::steps;
use xtask::tools::Toolbox;

const LARGE: usize = 100_000;
const MAPPED: usize = 2_000;

/// Builds the page, types in it and scrolls it.
pub(crate) fn measure(toolbox: &Toolbox, first: &Path, figures: &mut Figures) -> Result<(), String> {
    let dist = super::folder()?.join("frames");
    let mut trunk = serve::trunk(toolbox)?;
    trunk.env("NOTEBOOK_FILE", super::generated(toolbox, LARGE)?);
    // Trunk runs the command in the dev profile, which takes minutes for so many papers.
    trunk.env("CARGO_PROFILE_DEV_OPT_LEVEL", "3");
    steps::run(trunk.args(["build", "--release", "--dist"]).arg(&dist))?;
    let map = super::folder()?.join("map");
    let mut trunk = serve::trunk(toolbox)?;
    trunk.env("NOTEBOOK_FILE", super::generated(toolbox, MAPPED)?);
    steps::run(trunk.args(["build", "--release", "--dist"]).arg(&map))?;
    let sources = vec![
        ("/notebook/", Content::Folder(dist)),
        ("/first/", Content::Folder(first.to_owned())),
        ("/map/", Content::Folder(map)),
    ];
    let server = BenchServer::start(sources).map_err(|why| format!("no port could be opened: {why}."))?;
    let mut command = page::lighthouse_command(toolbox, "frames.mjs", include_str!("../scripts/frames.mjs"))?;
    let pages = ["notebook/index.html", "first/index.html", "map/map.html"];
    command.args(pages.map(|page| format!("{}/{page}", server.address)));
    let results = Results::read(&steps::output(&mut command)?);
    for (label, figure, limit, unit) in [
        ("100,000: key to painted results, p50", "key.p50", 16.0, "ms"),
        ("100,000: key to painted results, p95", "key.p95", 16.0, "ms"),
        ("100,000: the longest frame while scrolling", "scroll.most", 50.0, "ms"),
        ("100,000: elements", "elements", 5_000.0, ""),
    ] {
        figures.at_most(label, limit, unit, results.of("large", figure));
    }
    // A frame that is missed is one of 33 ms.
    figures.at_most("a map of 2,000 papers: a frame, p95", 17.0, "ms", results.of("map", "frame.p95"));
    figures.at_most("a tap on a name to its preview, p50", 16.0, "ms", results.of("first", "preview.p50"));
    Ok(())
}
