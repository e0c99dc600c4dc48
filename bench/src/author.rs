//! Times of an author's first minutes: a new notebook, a change on the screen, a build, and sizes.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Stdio};
use std::time::Instant;

use super::command::watch;
use super::figures::Figures;
use super::page;
use super::tables::{Results, float};
use xtask::tools::Toolbox;
use xtask::{root, sites, steps};

/// Papers of the notebooks that are changed, each with the limit of a change in ms, and the number of changes.
const CHANGED: [(usize, f64, u32); 3] = [(0, 100.0, 25), (2_000, 300.0, 15), (20_000, 1_500.0, 5)];
/// Papers of the single file.
const SINGLE: usize = 100;

/// A server that ends with this value.
struct Served {
    child: Child,
    address: String,
}

impl Drop for Served {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Measures with the command that carries its page.
pub(crate) fn measure(toolbox: &Toolbox, figures: &mut Figures) -> Result<(), String> {
    let folder = super::folder()?.join("author");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).map_err(|why| format!("{} cannot be made: {why}.", folder.display()))?;
    measure_start(toolbox, &folder, figures)?;
    for (papers, limit, turns) in CHANGED {
        measure_change(toolbox, &folder, papers, (limit, turns), figures)?;
    }
    let mut build = super::notebook(toolbox);
    build.arg("build").arg(root().join(sites::SEED)).arg("--out").arg(folder.join("site"));
    let run = watch(build.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()))?;
    figures.at_most("the seed: notebook build", 0.3, "s", Some(run.time.as_secs_f64()));
    figures.at_most("the seed: notebook build, memory", 100.0, "MB", run.peak.map(|peak| peak / 1e3));
    let single = folder.join("single.html");
    let notebook = super::generated(toolbox, SINGLE)?;
    steps::run(
        super::notebook(toolbox).arg("build").arg(notebook).args(["--single-file", "--out"]).arg(&single),
    )?;
    figures.at_most("100 papers in a single file", 350.0, "kB", size(&single).map(|size| size / 1e3));
    figures.at_most("the command", 30.0, "MB", size(&super::program()).map(|size| size / 1e6));
    Ok(())
}

fn size(file: &Path) -> Option<f64> {
    fs::metadata(file).ok().and_then(|data| usize::try_from(data.len()).ok()).map(float)
}

/// Measures from an empty folder to a page that a browser can fetch.
fn measure_start(toolbox: &Toolbox, folder: &Path, figures: &mut Figures) -> Result<(), String> {
    let start = Instant::now();
    steps::output(super::notebook(toolbox).current_dir(folder).args(["new", "first"]))?;
    let served = serve(toolbox, &folder.join("first/notebook.md"))?;
    let time = start.elapsed();
    drop(served);
    figures.at_most("from an empty folder to a page", 2.0, "s", Some(time.as_secs_f64()));
    Ok(())
}

/// Measures from a saved file to the painted change, so many times.
fn measure_change(
    toolbox: &Toolbox,
    folder: &Path,
    papers: usize,
    (limit, turns): (f64, u32),
    figures: &mut Figures,
) -> Result<(), String> {
    let file = folder.join(format!("notebook-{papers}.md"));
    let from = if papers == 0 { root().join(sites::SEED) } else { super::generated(toolbox, papers)? };
    fs::copy(from, &file).map_err(|why| format!("{} cannot be written: {why}.", file.display()))?;
    let served = serve(toolbox, &file)?;
    let mut command = page::lighthouse_command(toolbox, "author.mjs", include_str!("../scripts/author.mjs"))?;
    command.arg(&served.address).arg(&file).args(["change", &turns.to_string()]);
    let results = Results::read(&steps::output(&mut command)?);
    let name = if papers == 0 { "the seed".to_owned() } else { format!("{papers} papers") };
    let median = results.of("change", "p50").unwrap_or(f64::NAN);
    println!("      {name}: a change is painted after {median:.0} ms, median");
    figures.at_most(&format!("{name}: saved to painted, p95"), limit, "ms", results.of("change", "p95"));
    Ok(())
}

/// Starts a server and waits for its address.
fn serve(toolbox: &Toolbox, file: &Path) -> Result<Served, String> {
    let mut command = super::notebook(toolbox);
    command.arg("serve").arg(file).args(["--no-open", "--port", "18400"]);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().map_err(|why| format!("notebook could not be started: {why}."))?;
    let output = child.stdout.take().ok_or("notebook serve has no output.")?;
    let mut lines = BufReader::new(output).lines().map_while(Result::ok);
    let address = lines.find_map(|line| {
        let (_, address) = line.split_once("http://")?;
        Some(format!("http://{}", address.split_whitespace().next()?))
    });
    let served = Served { child, address: address.unwrap_or_default() };
    if served.address.is_empty() {
        return Err("notebook serve has ended before it had a page.".to_owned());
    }
    // Later output is read too: a full pipe would block the program.
    std::thread::spawn(move || lines.for_each(drop));
    Ok(served)
}
