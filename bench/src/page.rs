//! Lighthouse figures of the page, beside plain HTML of the same notebook and beside
//! what other programs make of it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::browser;
use super::figures::{Figures, number};
use super::server::{BenchServer, Content};
use super::tables::Results;
use xtask::install::Package;
use xtask::root;
use xtask::serve;
use xtask::steps;
use xtask::tools::{Toolbox, cache};

const LIGHTHOUSE: Package =
    Package { name: "lighthouse", title: "Lighthouse", npm_name: "lighthouse", version: "13.5.0" };
const VITEPRESS: Package =
    Package { name: "vitepress", title: "VitePress", npm_name: "vitepress", version: "1.6.4" };
const MATERIAL: &str = "9.6.14";

/// Repetitions for each page, of which the median counts.
const TURNS: usize = 5;
/// Papers of a notebook that is large for a page.
const LARGE: usize = 2_000;

/// Builds the pages, and looks at them in turns.
pub(crate) fn measure(toolbox: &Toolbox, dist: &Path, figures: &mut Figures) -> Result<(), String> {
    let folder = super::folder()?.join("pages");
    let large = folder.join("large");
    let mut trunk = serve::trunk(toolbox)?;
    trunk.env("NOTEBOOK_FILE", super::generated(toolbox, LARGE)?);
    steps::run(trunk.args(["build", "--release", "--dist"]).arg(&large))?;
    let plain = folder.join("plain");
    write_plain(dist, &plain)?;
    let vitepress = vitepress(&folder.join("vitepress"))?;
    let material = material(&folder.join("material"))?;

    let sources = [
        ("/notebook/", dist.to_owned()),
        ("/notebook-large/", large),
        ("/plain/", plain),
        ("/vitepress/", vitepress),
        ("/material/", material),
    ];
    let names: Vec<&str> = sources.iter().map(|(path, _)| path.trim_matches('/')).collect();
    let sources = sources.iter().map(|(path, folder)| (*path, Content::Compressed(folder.clone()))).collect();
    let server = BenchServer::start(sources).map_err(|why| format!("no port could be opened: {why}."))?;
    let mut command =
        lighthouse_command(toolbox, "lighthouse.mjs", include_str!("../scripts/lighthouse.mjs"))?;
    command.arg(TURNS.to_string());
    for name in &names {
        command.arg(format!("{name}={}/{name}/index.html", server.address));
    }
    println!("      Lighthouse {}, {TURNS} turns over {}", LIGHTHOUSE.version, names.join(", "));
    // Warnings of Lighthouse.
    command.stderr(Stdio::inherit());
    let report = steps::output(&mut command)?;
    let results = Results::read(&report);
    print(&results);
    check_limits(&results, figures);
    Ok(())
}

/// Returns a Node command with a script that drives Chromium by Lighthouse's packages. Its arguments are their folder,
/// Chromium, and flags.
pub(crate) fn lighthouse_command(toolbox: &Toolbox, name: &str, text: &str) -> Result<Command, String> {
    LIGHTHOUSE.folder()?;
    let script = super::folder()?.join(name);
    fs::write(&script, text).map_err(|why| format!("{} cannot be written: {why}.", script.display()))?;
    let mut command = Command::new("node");
    command.arg(&script).arg(cache()?.join(format!("lighthouse-{}", LIGHTHOUSE.version)));
    command.arg(toolbox.find_program(&browser::program(toolbox)?).unwrap_or_default()).arg(browser::FLAGS);
    Ok(command)
}

const PAGES: [(&str, &str); 5] = [
    ("notebook", "Notebook"),
    ("plain", "plain HTML"),
    ("vitepress", "VitePress"),
    ("material", "Material"),
    ("notebook-large", "2,000 papers"),
];

const ROWS: [(&str, &str); 10] = [
    ("performance", "performance"),
    ("accessibility", "accessibility"),
    ("best practices", "best-practices"),
    ("SEO", "seo"),
    ("first paint, ms", "fcp"),
    ("largest paint, ms", "lcp"),
    ("blocking, ms", "tbt"),
    ("shift", "cls"),
    ("bytes", "bytes"),
    ("elements", "nodes"),
];

fn print(results: &Results) {
    for form in ["mobile", "desktop"] {
        println!("\nLighthouse, {form}:\n");
        let line = |label: &str, cells: Vec<String>| {
            let cells: String = cells
                .iter()
                .flat_map(|cell| [" ".repeat(15_usize.saturating_sub(cell.len())), cell.clone()])
                .collect();
            println!("{label:<20}{cells}");
        };
        line("", PAGES.iter().map(|(_, title)| (*title).to_owned()).collect());
        for (label, figure) in ROWS {
            let cell = |page: &str| {
                results.of(page, &format!("{form}.{figure}")).map_or_else(|| "-".to_owned(), number)
            };
            line(label, PAGES.iter().map(|(page, _)| cell(page)).collect());
        }
    }
    println!();
}

fn check_limits(results: &Results, figures: &mut Figures) {
    let of = |page: &str, figure: &str| results.of(page, figure);
    for form in ["mobile", "desktop"] {
        for category in ["performance", "accessibility", "best-practices", "seo"] {
            let score = of("notebook", &format!("{form}.{category}"));
            figures.at_least(&format!("{form}: Lighthouse {category}"), 100.0, score);
        }
        for (figure, label) in [("fcp", "first paint"), ("lcp", "largest paint")] {
            let ours = of("notebook", &format!("{form}.{figure}"));
            let ratio = ours.zip(of("plain", &format!("{form}.{figure}"))).map(|(ours, plain)| ours / plain);
            figures.at_most(&format!("{form}: {label}, beside plain HTML's"), 1.1, "", ratio);
        }
        figures.at_most(&format!("{form}: blocking"), 50.0, "ms", of("notebook", &format!("{form}.tbt")));
        figures.at_most(&format!("{form}: layout shift"), 0.0, "", of("notebook", &format!("{form}.cls")));
    }
    figures.at_most("slow phone: first paint to ready", 1_000.0, "ms", of("notebook", "slow.ready"));
    figures.at_least(
        "2,000 papers: Lighthouse performance",
        95.0,
        of("notebook-large", "mobile.performance"),
    );
    let ratio = of("notebook-large", "mobile.fcp").zip(of("notebook", "mobile.fcp"));
    let ratio = ratio.map(|(large, small)| large / small);
    figures.at_most("2,000 papers: first paint, beside the first notebook's", 1.1, "", ratio);
    figures.at_most("2,000 papers: elements", 5_000.0, "", of("notebook-large", "mobile.nodes"));
    figures.at_most("2,000 papers: blocking", 100.0, "ms", of("notebook-large", "mobile.tbt"));
}

/// Writes the content of the built page as plain HTML: no style, no script, the same pictures.
fn write_plain(dist: &Path, folder: &Path) -> Result<(), String> {
    let failure = |why: std::io::Error| format!("{} cannot be written: {why}.", folder.display());
    let page = fs::read_to_string(dist.join("index.html"))
        .map_err(|why| format!("dist/index.html cannot be read: {why}."))?;
    let content =
        page.split_once("<div id=\"_content\">").and_then(|(_, rest)| Some(rest.split_once("</main>")?.0));
    let content = content.ok_or("dist/index.html has no content to compare with.")?;
    fs::create_dir_all(folder).map_err(failure)?;
    let plain = format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>Notebook</title>\
         <meta name=\"description\" content=\"The same in plain HTML\"><link rel=\"icon\" href=\"icon.svg\"></head><body><main><h1>Notebook</h1>\
         <div>{content}</main></body></html>\n"
    );
    fs::write(folder.join("index.html"), plain).map_err(failure)?;
    // Without one, browsers report a missing icon.
    fs::copy(dist.join("icon.svg"), folder.join("icon.svg")).map_err(failure)?;
    pictures(folder)
}

/// The pictures of the first notebook.
fn pictures(folder: &Path) -> Result<(), String> {
    for file in fs::read_dir(root().join("tests/fixtures/seed")).into_iter().flatten().flatten() {
        if file.path().extension().is_some_and(|end| end != "md") {
            fs::copy(file.path(), folder.join(file.file_name()))
                .map_err(|why| format!("{} cannot be copied: {why}.", file.path().display()))?;
        }
    }
    Ok(())
}

/// Puts the first notebook where another program expects its page.
fn source(folder: &Path, pictures_in: &Path) -> Result<(), String> {
    let made = fs::create_dir_all(folder)
        .and_then(|()| fs::create_dir_all(pictures_in))
        .and_then(|()| fs::copy(root().join(xtask::sites::SEED), folder.join("index.md")));
    made.map_err(|why| format!("{} cannot be filled: {why}.", folder.display()))?;
    pictures(pictures_in)
}

fn vitepress(folder: &Path) -> Result<PathBuf, String> {
    let package = VITEPRESS.folder()?;
    source(folder, &folder.join("public"))?;
    let settings = "export default { base: '/vitepress/', ignoreDeadLinks: true, title: 'Notebook', themeConfig: { search: { provider: 'local' } } }\n";
    fs::create_dir_all(folder.join(".vitepress"))
        .and_then(|()| fs::write(folder.join(".vitepress/config.mjs"), settings))
        .map_err(|why| format!("VitePress cannot be set up: {why}."))?;
    // It looks for what it is made of beside the page.
    let modules = package.parent().map(Path::to_owned).unwrap_or_default();
    let beside = folder.join("node_modules");
    if !beside.exists() {
        std::os::unix::fs::symlink(modules, beside)
            .map_err(|why| format!("VitePress cannot be set up: {why}."))?;
    }
    let mut command = Command::new("node");
    command.arg(package.join("bin/vitepress.js")).args(["build"]).arg(folder);
    steps::output(command.env("CI", "true"))?;
    Ok(folder.join(".vitepress/dist"))
}

fn material(folder: &Path) -> Result<PathBuf, String> {
    let tools = cache()?.join(format!("material-{MATERIAL}"));
    let python = tools.join("bin/python");
    if !tools.join("bin/mkdocs").is_file() {
        steps::run(Command::new("python3").args(["-m", "venv"]).arg(&tools))?;
        let package = format!("mkdocs-material=={MATERIAL}");
        steps::run(Command::new(&python).args(["-m", "pip", "install", "--quiet", &package]))?;
    }
    let docs = folder.join("docs");
    source(&docs, &docs)?;
    let settings = "site_name: Notebook\ntheme:\n  name: material\n  font: false\nplugins: [search]\n";
    fs::write(folder.join("mkdocs.yml"), settings)
        .map_err(|why| format!("MkDocs cannot be set up: {why}."))?;
    let mut command = Command::new(tools.join("bin/mkdocs"));
    steps::output(command.args(["build", "--quiet"]).current_dir(folder))?;
    Ok(folder.join("site"))
}
