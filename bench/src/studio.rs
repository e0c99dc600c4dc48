//! The studio: time from a key to its frame and to the changed page, and what it weighs.

use std::fs;
use std::path::Path;

use super::figures::Figures;
use super::page;
use super::server::{BenchServer, Content};
use super::tables::{Results, float};
use xtask::tools::Toolbox;
use xtask::{files, root, sites, steps};

/// Papers of the texts, 0 for the seed; the limit from a key to the changed page in ms; and the number of keys.
const TEXTS: [(usize, f64, u32); 3] = [(0, 16.0, 30), (2_000, 50.0, 15), (20_000, 150.0, 5)];

/// Types into the studio of a built page.
pub(crate) fn measure(toolbox: &Toolbox, dist: &Path, figures: &mut Figures) -> Result<(), String> {
    let folder = super::folder()?.join("studio");
    fs::create_dir_all(&folder).map_err(|why| format!("{} cannot be made: {why}.", folder.display()))?;
    let contents =
        vec![("/site/", Content::Folder(dist.to_owned())), ("/texts/", Content::Folder(folder.clone()))];
    let server = BenchServer::start(contents).map_err(|why| format!("no port could be opened: {why}."))?;
    let address = &server.address;
    let mut command = page::lighthouse_command(toolbox, "studio.mjs", include_str!("../scripts/studio.mjs"))?;
    command.arg(format!("{address}/site/studio.html"));
    for (papers, _, keys) in TEXTS {
        let from = if papers == 0 { root().join(sites::SEED) } else { super::generated(toolbox, papers)? };
        let file = folder.join(format!("{papers}.md"));
        fs::copy(from, &file).map_err(|why| format!("{} cannot be written: {why}.", file.display()))?;
        command.args([name(papers), format!("{address}/texts/{papers}.md"), keys.to_string()]);
    }
    let results = Results::read(&steps::output(&mut command)?);
    for (papers, limit, _) in TEXTS {
        let name = name(papers);
        let of = |figure| results.of(&name, figure);
        let [open, median] = [of("open"), of("page.p50")].map(|time| time.unwrap_or(f64::NAN));
        println!(
            "      {name}: usable after {open:.0} ms, a key changes the page after {median:.0} ms, median"
        );
        figures.at_most(&format!("{name}: key to changed page, p95"), limit, "ms", of("page.p95"));
        // A frame of 16 ms, which typing may delay by 8.
        figures.at_most(&format!("{name}: key to its frame, p95"), 24.0, "ms", of("frame.p95"));
    }
    figures.at_most("the studio after brotli", 900.0, "kB", size(dist).ok().map(|size| size / 1e3));
    Ok(())
}

fn name(papers: usize) -> String {
    if papers == 0 { "the seed".to_owned() } else { format!("{papers} papers") }
}

/// Returns the bytes after brotli of all files of the studio.
fn size(dist: &Path) -> std::io::Result<f64> {
    let mut total = 0;
    for file in files::files_in(dist)? {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        if name.starts_with("studio") {
            total += files::compress(&fs::read(&file)?)?.len();
        }
    }
    Ok(float(total))
}
