//! The full-text search beside other engines, in the browser.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use super::browser;
use super::figures::Figures;
use super::other_engines;
use super::program;
use super::server::{BenchServer, Content};
use super::size_lower_bound;
use super::tables::{self, Results};
use xtask::files;
use xtask::steps;
use xtask::tools::Toolbox;

/// Papers in the notebooks that are searched.
pub(crate) const SIZES: [usize; 2] = [10_000, 100_000];
/// From here on only engines that can be ready in minutes are measured.
const LARGE: usize = 100_000;
/// Our engine with the work of the client before it renders: the program, and the prefix of its figures.
pub(crate) const FACETS: &str = "facets";
const TIME_LIMIT: Duration = Duration::from_mins(45);

/// Limits for a size.
struct Limits {
    key: f64,
    /// With the counts of all facets.
    counted: Option<f64>,
    first_answer: f64,
    memory: Option<f64>,
}

fn limits(papers: usize) -> Limits {
    if papers < LARGE {
        Limits { key: 1.0, counted: None, first_answer: 20.0, memory: None }
    } else {
        Limits { key: 4.0, counted: Some(8.0), first_answer: 100.0, memory: Some(150.0) }
    }
}

/// Measures all engines on a notebook of so many papers.
#[allow(clippy::too_many_lines, reason = "the steps of one measurement, which share their results")]
pub(crate) fn measure(
    toolbox: &Toolbox,
    dist: &Path,
    papers: usize,
    figures: &mut Figures,
) -> Result<(), String> {
    let (script, wasm) = search_program(dist)?;
    let documents = super::exported(toolbox, "documents", papers)?;
    let index = super::exported(toolbox, "index", papers)?;
    super::exported(toolbox, "outline", papers)?;
    let facets = program::built(toolbox, FACETS)?;
    let folder = super::folder()?;
    let built = folder.join(format!("minisearch-{papers}"));
    let mut engines = vec!["notebook", FACETS, "floor"];
    for peer in other_engines::ALL {
        peer.folder()?;
        let is_too_large =
            [other_engines::FLEXSEARCH.name, other_engines::FUSE.name, other_engines::PAGEFIND.name]
                .contains(&peer.name);
        if papers < LARGE || !is_too_large {
            engines.push(peer.name);
        }
    }
    let pages = folder.join(format!("pagefind-{papers}"));
    if engines.contains(&other_engines::PAGEFIND.name) {
        other_engines::pagefind(&documents, &pages)?;
    }

    let server = BenchServer::start(vec![
        ("/peers/minisearch/", Content::Folder(other_engines::MINISEARCH.folder()?)),
        ("/peers/flexsearch/", Content::Folder(other_engines::FLEXSEARCH.folder()?)),
        ("/peers/ufuzzy/", Content::Folder(other_engines::UFUZZY.folder()?)),
        ("/peers/fuse/", Content::Folder(other_engines::FUSE.folder()?)),
        ("/data/", Content::Folder(folder)),
        ("/dist/", Content::Folder(dist.to_owned())),
        ("/facets/", Content::Folder(facets)),
        ("/bench.js", Content::Script(include_str!("../scripts/bench.js"))),
        ("/worker.js", Content::Script(include_str!("../scripts/worker.js"))),
        ("/", Content::Page(include_str!("../scripts/page.html"))),
    ]);
    let server = server.map_err(|why| format!("no port could be opened: {why}."))?;
    let page = format!(
        "/?papers={papers}&engines={}&search=/dist/{script}&search_wasm=/dist/{wasm}&facets=/facets/facets.js\
         &facets_wasm=/facets/facets_bg.wasm&documents=/data/documents-{papers}&outline=/data/outline-{papers}\
         &index=/data/index-{papers}&built=/data/minisearch-{papers}&pagefind=/data/pagefind-{papers}/pagefind.js",
        engines.join(",")
    );
    let report = browser::measure(toolbox, &server, &page, TIME_LIMIT)?;
    // The whole report, which has more figures than the tables.
    let _ = fs::write(super::folder()?.join(format!("results-{papers}")), &report);
    let mut results = Results::read(&report);
    for (engine, file) in [("notebook", &index), (other_engines::MINISEARCH.name, &built)] {
        results.set(engine, "brotli", brotli_bytes(file)?);
    }
    if engines.contains(&other_engines::PAGEFIND.name) {
        results.set(other_engines::PAGEFIND.name, "index", other_engines::pagefind_bytes(&pages));
    }
    tables::print(papers, &results);
    print_lower_bound(&documents, &results)?;
    check_limits(papers, &results, figures);
    Ok(())
}

/// Prints the least size of an exact index of the documents, beside ours.
fn print_lower_bound(documents: &Path, results: &Results) -> Result<(), String> {
    let text = fs::read_to_string(documents);
    let text = text.map_err(|why| format!("{} cannot be read: {why}.", documents.display()))?;
    let least = size_lower_bound::lower_bound_bytes(&text);
    let ratio =
        results.of(other_engines::MINISEARCH.name, "brotli").map_or(f64::NAN, |theirs| least / theirs);
    println!(
        "No exact index of these documents is smaller than {:.0} kB, {ratio:.2} of \
         MiniSearch's.",
        least / 1e3
    );
    Ok(())
}

/// Compares results with their limits.
fn check_limits(papers: usize, results: &Results, figures: &mut Figures) {
    let limits = limits(papers);
    let size = files::grouped(papers);
    let ours = |figure: &str| results.of("notebook", figure);
    let worst = |engine: &str| {
        let times: Option<Vec<f64>> =
            tables::cells().map(|cell| results.of(engine, &format!("p95.{cell}"))).collect();
        times.map(|times| times.into_iter().fold(0.0, f64::max))
    };
    figures.at_most(
        &format!("{size}: a key, 95th percentile, worst length"),
        limits.key,
        "ms",
        worst("notebook"),
    );
    if let Some(limit) = limits.counted {
        figures.at_most(&format!("{size}: the same with all facet counts"), limit, "ms", worst(FACETS));
    }
    figures.at_most(&format!("{size}: bytes to first answer"), limits.first_answer, "ms", ours("ready"));
    if let Some(limit) = limits.memory {
        let reached = ours("memory").map(|bytes| bytes / 1e6);
        figures.at_most(&format!("{size}: memory of search in the page"), limit, "MB", reached);
    }
    let ratio = ours("brotli")
        .zip(results.of(other_engines::MINISEARCH.name, "brotli"))
        .map(|(ours, theirs)| ours / theirs);
    figures.at_most(&format!("{size}: index after brotli, beside MiniSearch's"), 0.5, "", ratio);
    for (how, label, recall, mrr) in [("exact", "as it is", 0.99, 0.95), ("typo", "with a typo", 0.95, 0.9)] {
        figures.at_least(
            &format!("{size}: known paper {label}, recall@10"),
            recall,
            ours(&format!("recall.{how}")),
        );
        figures.at_least(&format!("{size}: known paper {label}, MRR"), mrr, ours(&format!("mrr.{how}")));
    }
}

/// Measures the size of the search program.
pub(crate) fn measure_size(dist: &Path, figures: &mut Figures) -> Result<(), String> {
    let (_, wasm) = search_program(dist)?;
    let bytes = fs::read(dist.join(&wasm)).and_then(|bytes| Ok(files::compress(&bytes)?.len()));
    let bytes = bytes.map_err(|why| format!("{wasm} cannot be read: {why}."))?;
    figures.at_most("search program after brotli", 45.0, "kB", Some(tables::float(bytes) / 1e3));
    Ok(())
}

/// The names of the search program's two files.
fn search_program(dist: &Path) -> Result<(String, String), String> {
    let names = fs::read_dir(dist).into_iter().flatten().flatten();
    let names: Vec<String> = names.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    let wasm = names.iter().find(|name| name.starts_with("search-") && name.ends_with("_bg.wasm"));
    wasm.map(|wasm| (wasm.replace("_bg.wasm", ".js"), wasm.clone()))
        .filter(|(script, _)| names.contains(script))
        .ok_or_else(|| format!("{} has no search-….js and search-…_bg.wasm: build it first.", dist.display()))
}

/// Bytes of a file after brotli, as [`files::compress`] but by Node: xtask is not optimized, and some files are large.
/// That takes minutes even so, so what came out is kept beside the file.
fn brotli_bytes(file: &Path) -> Result<u32, String> {
    let bytes = fs::read(file).map_err(|why| format!("{} cannot be read: {why}.", file.display()))?;
    let digest = bytes.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3)
    });
    let kept = file.with_extension("brotli");
    let known = fs::read_to_string(&kept).unwrap_or_default();
    let known = known.split_once(' ').filter(|(of, _)| *of == digest.to_string());
    if let Some(size) = known.and_then(|(_, size)| size.parse().ok()) {
        return Ok(size);
    }
    println!("      brotli {}", file.display());
    let script = "const { brotliCompressSync, constants: { BROTLI_PARAM_QUALITY, BROTLI_PARAM_LGWIN } } = require('zlib'); \
        const params = { [BROTLI_PARAM_QUALITY]: 11, [BROTLI_PARAM_LGWIN]: 22 }; \
        console.log(brotliCompressSync(require('fs').readFileSync(process.argv[1]), { params }).length);";
    let size = steps::output(Command::new("node").args(["-e", script]).arg(file))?;
    let size = size.trim().parse().map_err(|why| format!("node printed no size: {why}."))?;
    // Only the next run would be slower.
    let _ = fs::write(&kept, format!("{digest} {size}"));
    Ok(size)
}
