//! Our search beside others, in the browser.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use super::browser;
use super::figures::Figures;
use super::least;
use super::peers;
use super::program;
use super::server::{Server, Source};
use super::tables::{self, Results};
use crate::budget;
use crate::steps;
use crate::tools::Toolbox;

/// Papers in the notebooks that are searched.
pub(super) const SIZES: [usize; 2] = [10_000, 100_000];
/// From here on only engines that can be ready in minutes are measured.
const LARGE: usize = 100_000;
/// Ours with what the page does before it draws: the program, and how its figures are called.
pub(super) const FACETS: &str = "facets";
const PATIENCE: Duration = Duration::from_secs(45 * 60);

/// What is promised for a size.
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

/// Measures all engines over a notebook of so many papers.
pub(super) fn measure(
    toolbox: &Toolbox,
    dist: &Path,
    papers: usize,
    figures: &mut Figures,
) -> Result<(), String> {
    let (script, wasm) = finder(dist)?;
    let documents = super::exported(toolbox, "documents", papers)?;
    let index = super::exported(toolbox, "index", papers)?;
    super::exported(toolbox, "outline", papers)?;
    let facets = program::built(toolbox, FACETS)?;
    let folder = super::folder()?;
    let built = folder.join(format!("minisearch-{papers}"));
    let mut engines = vec!["notebook", FACETS, "floor"];
    for peer in peers::ALL {
        peer.folder()?;
        let is_too_large =
            [peers::FLEXSEARCH.name, peers::FUSE.name, peers::PAGEFIND.name].contains(&peer.name);
        if papers < LARGE || !is_too_large {
            engines.push(peer.name);
        }
    }
    let pages = folder.join(format!("pagefind-{papers}"));
    if engines.contains(&peers::PAGEFIND.name) {
        peers::pagefind(&documents, &pages)?;
    }

    let server = Server::start(vec![
        ("/peers/minisearch/", Source::Folder(peers::MINISEARCH.folder()?)),
        ("/peers/flexsearch/", Source::Folder(peers::FLEXSEARCH.folder()?)),
        ("/peers/ufuzzy/", Source::Folder(peers::UFUZZY.folder()?)),
        ("/peers/fuse/", Source::Folder(peers::FUSE.folder()?)),
        ("/data/", Source::Folder(folder)),
        ("/dist/", Source::Folder(dist.to_owned())),
        ("/facets/", Source::Folder(facets)),
        ("/bench.js", Source::Text(include_str!("bench.js"))),
        ("/worker.js", Source::Text(include_str!("worker.js"))),
        ("/", Source::Text(include_str!("page.html"))),
    ]);
    let server = server.map_err(|why| format!("no port could be opened: {why}."))?;
    let page = format!(
        "/?papers={papers}&engines={}&finder=/dist/{script}&finder_wasm=/dist/{wasm}&facets=/facets/facets.js\
         &facets_wasm=/facets/facets_bg.wasm&documents=/data/documents-{papers}&outline=/data/outline-{papers}\
         &index=/data/index-{papers}&built=/data/minisearch-{papers}&pagefind=/data/pagefind-{papers}/pagefind.js",
        engines.join(",")
    );
    let told = browser::measure(toolbox, &server, &page, PATIENCE)?;
    // All that the page told, for those who want to know more than the tables say.
    let _ = fs::write(super::folder()?.join(format!("results-{papers}")), &told);
    let mut results = Results::read(&told);
    for (engine, file) in [("notebook", &index), (peers::MINISEARCH.name, &built)] {
        results.set(engine, "brotli", packed(file)?);
    }
    if engines.contains(&peers::PAGEFIND.name) {
        results.set(peers::PAGEFIND.name, "index", peers::pagefind_bytes(&pages));
    }
    tables::print(papers, &results);
    tell_least(&documents, &results)?;
    judge(papers, &results, figures);
    Ok(())
}

/// Says how small an exact index of the documents can be, beside the other one.
fn tell_least(documents: &Path, results: &Results) -> Result<(), String> {
    let text = fs::read_to_string(documents);
    let text = text.map_err(|why| format!("{} cannot be read: {why}.", documents.display()))?;
    let least = least::least_bytes(&text);
    let ratio = results.of(peers::MINISEARCH.name, "brotli").map_or(f64::NAN, |theirs| least / theirs);
    println!(
        "No index that tells of every word which of these documents have it is smaller than {:.0} kB, {ratio:.2} of \
         MiniSearch's.",
        least / 1e3
    );
    Ok(())
}

/// Holds what came out against what was promised.
fn judge(papers: usize, results: &Results, figures: &mut Figures) {
    let limits = limits(papers);
    let size = budget::grouped(papers);
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
    let ratio =
        ours("brotli").zip(results.of(peers::MINISEARCH.name, "brotli")).map(|(ours, theirs)| ours / theirs);
    figures.at_most(&format!("{size}: index after brotli, beside MiniSearch's"), 0.5, "", ratio);
    for (how, said, recall, mrr) in [("exact", "as it is", 0.99, 0.95), ("typo", "with a typo", 0.95, 0.9)] {
        figures.at_least(
            &format!("{size}: known paper {said}, recall@10"),
            recall,
            ours(&format!("recall.{how}")),
        );
        figures.at_least(&format!("{size}: known paper {said}, MRR"), mrr, ours(&format!("mrr.{how}")));
    }
}

/// Weighs the program that searches.
pub(super) fn weigh(dist: &Path, figures: &mut Figures) -> Result<(), String> {
    let (_, wasm) = finder(dist)?;
    let bytes = fs::read(dist.join(&wasm)).and_then(|bytes| budget::compressed(&bytes));
    let bytes = bytes.map_err(|why| format!("{wasm} cannot be read: {why}."))?;
    figures.at_most("search program after brotli", 45.0, "kB", Some(tables::float(bytes) / 1e3));
    Ok(())
}

/// The names of the search program's two files.
fn finder(dist: &Path) -> Result<(String, String), String> {
    let names = fs::read_dir(dist).into_iter().flatten().flatten();
    let names: Vec<String> = names.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    let wasm = names.iter().find(|name| name.starts_with("finder-") && name.ends_with("_bg.wasm"));
    wasm.map(|wasm| (wasm.replace("_bg.wasm", ".js"), wasm.clone()))
        .filter(|(script, _)| names.contains(script))
        .ok_or_else(|| format!("{} has no finder-….js and finder-…_bg.wasm: build it first.", dist.display()))
}

/// Bytes of a file after brotli, as [`budget::compressed`] but by Node: xtask is not optimised, and some files are large.
/// That takes minutes even so, so what came out is kept beside the file.
fn packed(file: &Path) -> Result<u32, String> {
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
    let size = steps::answer(Command::new("node").args(["-e", script]).arg(file))?;
    let size = size.trim().parse().map_err(|why| format!("node does not tell a size: {why}."))?;
    // Without it the next run takes longer.
    let _ = fs::write(&kept, format!("{digest} {size}"));
    Ok(size)
}
