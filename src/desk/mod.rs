//! The desk: the `notebook` command, for the author.

mod beside;
mod build;
mod citations;
mod documents;
mod files;
mod folder;
mod generate;
mod icon;
mod imports;
mod integrity;
mod languages;
mod limits;
mod machines;
mod map;
mod offline;
mod pages;
mod parallel;
mod pictures;
mod policy;
mod prerender;
mod program;
mod progress;
mod publish;
mod report;
mod start;
mod styles;
mod tags;
mod typeset;

use std::fs::File;
use std::io::{BufWriter, ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};
use notebook_core::Diagnostic;
use notebook_core::diagnostic::Severity;
use notebook_core::markdown;
use notebook_core::notebook::{Notebook, Place, Url};
use notebook_core::relations::Linked;

use citations::Bibliography;
use parallel::both;

pub use beside::Beside;
pub use machines::Site;
pub use map::map_html;
pub use prerender::{page_html, prerender};
pub use typeset::typeset;

/// A research notebook: one Markdown file in, a page anyone can read out.
#[derive(Debug, Parser)]
#[command(name = "notebook", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Write notebook.json, its pictures, and the page into a folder that holds the page's frame
    Build {
        /// The notebook's Markdown file
        #[arg(env = "NOTEBOOK_FILE", default_value = "content/notebook.md")]
        file: PathBuf,
        /// The folder to write to [default: the one Trunk is building, else dist]
        #[arg(long)]
        out: Option<PathBuf>,
        /// Where it will be published, for feeds, cards and lists of pages [default: `url` in the front matter]
        #[arg(long, env = "NOTEBOOK_URL", value_parser = address)]
        url: Option<Url>,
        /// Fail on findings that do not stop a build by themselves
        #[arg(long)]
        deny: Option<Deny>,
    },
    /// Say what is wrong with a notebook, and write nothing
    Check {
        /// The notebook's Markdown file
        file: PathBuf,
        /// Fail on findings that are not errors
        #[arg(long)]
        deny: Option<Deny>,
    },
    /// Make a large notebook of made-up papers, to measure with
    Generate {
        /// How many papers
        #[arg(long)]
        papers: u64,
        /// How many terms [default: one for twenty papers, at least three]
        #[arg(long)]
        terms: Option<u64>,
        /// Another seed makes another notebook; the same one the same, on every machine
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// The file to write [default: print it]
        #[arg(long)]
        out: Option<PathBuf>,
    },
    /// Put a built notebook into a folder, or a bucket of an S3-compatible store
    Publish {
        /// A folder, or `s3://bucket/prefix`; the `AWS_*` variables say who you are and where the store is
        target: String,
        /// The folder with the built notebook
        #[arg(long, default_value = "dist")]
        from: PathBuf,
        /// Only say what would be added, changed and removed
        #[arg(long)]
        dry_run: bool,
        /// Replace files of the same names that something else has put there
        #[arg(long)]
        replace: bool,
        /// Where compressed files are wanted [default: beside in a folder, none in a bucket]
        #[arg(long)]
        compress: Option<publish::Compress>,
    },
    /// Make a notebook of a library: BibTeX, CSL-JSON, RIS, or a list of links in Markdown
    Import {
        /// The library: `.bib`, `.json`, `.ris` or `.md`
        file: PathBuf,
        /// The notebook to write, with its bibliography beside it [default: print it]
        #[arg(long)]
        out: Option<PathBuf>,
    },
    /// Add one paper to a notebook, and its entry to the bibliography beside it
    Add {
        /// A BibTeX entry, the name of a file that holds it, or `-` for standard input
        entry: String,
        /// The notebook's Markdown file
        #[arg(long, env = "NOTEBOOK_FILE", default_value = "content/notebook.md")]
        to: PathBuf,
        /// The section to add it to, by its title or anchor [default: the only one about papers]
        #[arg(long)]
        section: Option<String>,
    },
    /// Print a notebook in another form
    Export {
        /// Which form
        form: Form,
        /// The notebook's Markdown file
        file: PathBuf,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Deny {
    Warnings,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Form {
    /// Markdown, laid out anew
    Markdown,
    /// The data that the page fetches
    Json,
    /// The JSON schema of that data
    Schema,
    /// The text of every entry, one JSON object a line, for other search engines
    Documents,
    /// The index of the full-text search, in bytes
    Index,
    /// What entries are filtered and counted by, in bytes
    Outline,
}

/// An address that others can reach.
fn address(text: &str) -> Result<Url, Failure> {
    let url = Url::parse(text).filter(|url| matches!(url.place(), Place::Web(..)));
    url.ok_or_else(|| "write an address that begins with https://".to_owned())
}

/// Something the desk could not do, in a sentence.
type Failure = String;

/// Runs the command line. The exit code is 1 after an error or a denied warning.
pub fn main() -> ExitCode {
    let done = match Arguments::parse().command {
        Command::Build { file, out, url, deny } => {
            build::build(&file, &build::out(out), url.as_ref(), deny.is_some())
        }
        Command::Check { file, deny } => {
            open(&file, Severity::Hint).map(|opened| opened.passes(deny.is_some()))
        }
        Command::Generate { papers, terms, seed, out } => {
            let terms = terms.unwrap_or_else(|| (papers / 20).max(3));
            generate(generate::Size { papers, terms, seed }, out.as_deref()).map(|()| true)
        }
        Command::Publish { target, from, dry_run, replace, compress } => {
            let options = publish::Options { from, dry_run, replace, compress };
            publish::publish(&target, &options).map(|()| true)
        }
        Command::Import { file, out } => citations::import(&file, out.as_deref()).map(|()| true),
        Command::Add { entry, to, section } => citations::add(&entry, &to, section.as_deref()).map(|()| true),
        Command::Export { form, file } => export(form, &file).map(|()| true),
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(failure) => {
            eprintln!("error: {failure}");
            ExitCode::FAILURE
        }
    }
}

/// A notebook's file, read, with everything that is wrong with it said already.
struct Opened {
    text: String,
    reading: markdown::Reading,
    /// The same with links between its entries.
    linked: Linked,
    files: files::Files,
    cited: citations::Cited,
    errors: usize,
    warnings: usize,
}

impl Opened {
    /// Errors never pass; warnings do unless they are denied.
    fn passes(&self, deny_warnings: bool) -> bool {
        self.errors == 0 && !(deny_warnings && self.warnings > 0)
    }
}

/// Findings that are less than `least` are not told.
fn open(file: &Path, least: Severity) -> Result<Opened, Failure> {
    open_while(file, least, |_| ()).map(|(opened, ())| opened)
}

/// The same, with work that needs no links done beside.
fn open_while<T>(
    file: &Path,
    least: Severity,
    work: impl FnOnce(&Notebook) -> T,
) -> Result<(Opened, T), Failure> {
    let bytes = folder::read(file)?;
    let (text, mut reading) = markdown::read_bytes(&bytes);
    limits::notebook(file, &text, &reading)?;
    let files = files::find(file, &mut reading);
    let mut cited = citations::attach(file, &text, &mut reading);
    typeset(&mut reading);
    let notebook = &reading.notebook;
    let (linked, done) = both(|| Linked::with_findings(notebook, least), || work(notebook));
    reading.diagnostics.extend(linked.relations.findings(&text, &reading.places));
    let (mut errors, mut warnings) = (0, 0);
    let mut tell = |path: &str, text: &str, diagnostics: &mut Vec<Diagnostic>| {
        diagnostics.retain(|found| found.code.severity() >= least);
        diagnostics.sort_by_key(|found| (found.range.start, found.range.end, found.code));
        let count = |severity| diagnostics.iter().filter(|d| d.code.severity() == severity).count();
        errors += count(Severity::Error);
        warnings += count(Severity::Warning);
        report::print(path, text, diagnostics);
    };
    tell(&file.display().to_string(), &text, &mut reading.diagnostics);
    if let Some(Bibliography { path, text, diagnostics }) = &mut cited.bibliography {
        tell(path, text, diagnostics);
    }
    Ok((Opened { text, reading, linked, files, cited, errors, warnings }, done))
}

fn export(form: Form, file: &Path) -> Result<(), Failure> {
    let notebook = || open(file, Severity::Warning).map(|opened| opened.reading.notebook);
    let text = match form {
        Form::Schema => build::schema()?,
        Form::Markdown => markdown::write(&notebook()?),
        Form::Json => build::json(&notebook()?)?,
        Form::Documents => documents::documents(&notebook()?)?,
        Form::Index => return print(&build::index(&notebook()?)),
        Form::Outline => return print(&build::outline(&notebook()?)),
    };
    print(text.as_bytes())
}

fn print(bytes: &[u8]) -> Result<(), Failure> {
    match std::io::stdout().lock().write_all(bytes) {
        // Whoever reads it has seen enough.
        Err(why) if why.kind() == ErrorKind::BrokenPipe => Ok(()),
        printed => printed.map_err(|why| format!("it cannot be printed: {why}")),
    }
}

fn generate(size: generate::Size, out: Option<&Path>) -> Result<(), Failure> {
    let made = match out {
        Some(path) => File::create(path).and_then(|file| {
            let mut file = BufWriter::new(file);
            generate::generate(size, &mut file)?;
            file.flush()
        }),
        None => generate::generate(size, &mut BufWriter::new(std::io::stdout().lock())),
    };
    match made {
        // Whoever reads it has seen enough.
        Err(why) if why.kind() == ErrorKind::BrokenPipe => Ok(()),
        made => made.map_err(|why| format!("the notebook cannot be written: {why}")),
    }
}
