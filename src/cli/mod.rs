//! The `notebook` command: arguments, subcommands and exit codes.

mod add;
mod build;
mod check;
mod check_links;
mod citation_key;
mod documents;
mod export;
mod fill;
mod generate;
mod import;
mod manual;
mod merge;
mod new;
mod notebook_file;
mod output;
mod publish;
mod replace_files;
mod report;
mod search;
mod serve;

use std::fs::File;
use std::io::{BufWriter, ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{CommandFactory as _, Parser, Subcommand};
use clap_complete::Shell;
use notebook_core::diagnostic::Severity;

use self::export::OutputFormat;
use self::output::print;
use self::report::{Deny, Detail};
use crate::site::Failure;
use crate::site::open::OpenedNotebook;

const EXAMPLES: &str = "\
Examples:
  notebook new my-notes                        create an example notebook; --from uses your own files
  notebook serve my-notes/notebook.md          show it in a browser; every save updates the page
  notebook check notes.md                      report problems; write nothing
  notebook build notes.md --out dist           build the site
  notebook publish gh-pages                    build it, and publish it on GitHub Pages
  notebook add 2010.11929 --section Vision     add one paper, looked up by its identifier
  notebook fill notes.md                       look up what the bibliography lacks
  notebook search notes.md 'sparse coding'     search in the terminal";

const EXIT_CODES: &str = "\
Exit codes:
  0  success
  1  an error, which was printed; or a warning, with --deny warnings
  2  wrong arguments

Colors are used in a terminal, unless NO_COLOR is set.";

/// Turns Markdown research notes into a page that readers can fold, filter, search and cite.
#[derive(Debug, Parser)]
#[command(name = "notebook", version, before_help = EXAMPLES, after_help = EXIT_CODES)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
#[expect(clippy::doc_markdown, reason = "the terminal would show backticks around PubMed")]
enum Command {
    /// Create a notebook in a new folder, from examples or from files you already have
    #[command(before_help = "Examples:\n  notebook new my-notes\n  notebook new my-notes --from library.bib")]
    New(new::NewArguments),
    /// Show a notebook in a browser, and update it whenever one of its files changes
    #[command(before_help = "Examples:\n  notebook serve\n  notebook serve notes.md --port 9000 --no-open")]
    Serve(serve::ServeArguments),
    /// Build the site: page, data and pictures, for any static host
    ///
    /// Fails if the notebook has errors, after reporting all of them; nothing is written then. When a site is built again,
    /// the page is replaced last, and files that are no longer needed are removed; all others stay.
    #[command(
        before_help = "Examples:\n  notebook build\n  notebook build notes.md --out dist\n  notebook build notes.md --single-file"
    )]
    Build(build::BuildArguments),
    /// Check a notebook: report problems and what was understood; write nothing
    #[command(before_help = "Example:\n  notebook check notes.md --deny warnings")]
    Check {
        /// The notebook's Markdown file [default: notebook.md or content/notebook.md]
        #[arg(env = "NOTEBOOK_FILE")]
        file: Option<PathBuf>,
        /// Fail on warnings too
        #[arg(long)]
        deny: Option<Deny>,
        /// List every problem; otherwise more than three of one kind are shown as one example
        #[arg(long)]
        all: bool,
        /// Also check the network for dead and moved links, retracted papers, newer versions on arXiv
        #[arg(long)]
        links: bool,
    },
    /// Generate a large notebook of invented papers, for measurements
    #[command(before_help = "Example:\n  notebook generate --papers 2000 --out big.md")]
    Generate {
        /// Number of papers
        #[arg(long)]
        papers: u64,
        /// Number of terms [default: one for every twenty papers, at least three]
        #[arg(long)]
        terms: Option<u64>,
        /// Seed of the random generator: the same seed gives the same notebook
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// The file to write [default: print it]
        #[arg(long)]
        out: Option<PathBuf>,
    },
    /// Publish a site: on a branch for GitHub Pages, to a folder, or to a bucket of an S3-compatible store
    #[command(
        before_help = "Examples:\n  notebook publish gh-pages\n  notebook publish /var/www/notes --dry-run\n  notebook publish s3://my-bucket/notes"
    )]
    Publish(publish::PublishArguments),
    /// Import a library as a notebook: BibTeX, CSL-JSON, RIS, or a list of links in Markdown
    #[command(before_help = "Example:\n  notebook import library.bib --out new/notes.md")]
    Import {
        /// The library: a `.bib`, `.json`, `.ris` or `.md` file
        file: PathBuf,
        /// The notebook to write, with `references.bib` beside it; neither may exist [default: print the notebook]
        #[arg(long)]
        out: Option<PathBuf>,
    },
    /// Add one paper to a notebook, and its entry to the bibliography beside it
    ///
    /// Data of an identifier is looked up at arXiv, Crossref, DataCite, PubMed, OpenAlex, Open Library, or on the paper's page.
    /// Nothing else in the two files changes. If the command is interrupted, run it again: it finishes the work.
    #[command(
        before_help = "Examples:\n  notebook add 2010.11929 --section Vision\n  notebook add paper.bib --to notes.md"
    )]
    Add {
        /// An arXiv id, DOI, ISBN, PubMed id or address; or a BibTeX entry, a file with one, or `-` for standard input
        entry: String,
        /// The notebook's Markdown file [default: notebook.md or content/notebook.md]
        #[arg(long, env = "NOTEBOOK_FILE")]
        to: Option<PathBuf>,
        /// The section of papers to add it to, by title or anchor [default: the first section of papers if it has papers, otherwise the only section that has papers]
        #[arg(long)]
        section: Option<String>,
        /// Add the abstract to the notes of the paper
        #[arg(long = "abstract")]
        with_abstract: bool,
    },
    /// Look up the data that the bibliography lacks, and add it once you confirm
    ///
    /// Papers are looked up by identifiers in their bibliography entries and links, or by the paper's page. Only the bibliography
    /// changes. Answers are kept for a month. If the command is interrupted, run it again: it continues where it stopped.
    #[command(before_help = "Example:\n  notebook fill notes.md")]
    Fill {
        /// The notebook's Markdown file [default: notebook.md or content/notebook.md]
        #[arg(env = "NOTEBOOK_FILE")]
        file: Option<PathBuf>,
        /// Write without asking
        #[arg(long)]
        yes: bool,
    },
    /// Merge a change that a reader suggests: a patch from "Download changes" in the studio
    ///
    /// Places of lines that have moved are found, and all other bytes of the file stay. If a change does not fit, nothing is
    /// written, and the command says which one.
    #[command(
        before_help = "Examples:\n  notebook merge notebook.patch\n  notebook merge notebook.patch notes.md --check"
    )]
    Merge {
        /// The patch: a unified diff of the published notebook.md
        patch: PathBuf,
        /// The notebook's Markdown file [default: notebook.md or content/notebook.md]
        #[arg(env = "NOTEBOOK_FILE")]
        file: Option<PathBuf>,
        /// Only say whether it applies; write nothing
        #[arg(long)]
        check: bool,
    },
    /// Search a notebook, ranked as on its page
    #[command(
        before_help = "Examples:\n  notebook search 'sparse coding'\n  notebook search notes.md 'sparse coding' --json",
        allow_missing_positional = true
    )]
    Search {
        /// The notebook's Markdown file [default: notebook.md or content/notebook.md]
        #[arg(env = "NOTEBOOK_FILE")]
        file: Option<PathBuf>,
        /// A query as in the search box: words, "phrases", -exclusions, title:…, year:2016..2018
        #[arg(allow_hyphen_values = true)]
        words: String,
        /// Print the results as JSON, for other programs
        #[arg(long)]
        json: bool,
    },
    /// Print completions of commands and options for a shell
    #[command(
        before_help = "Example:\n  notebook completions bash > ~/.local/share/bash-completion/completions/notebook"
    )]
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Write the manual, a page for each subcommand, into a folder
    #[command(before_help = "Example:\n  notebook manual ~/.local/share/man/man1")]
    Manual {
        /// The folder, which is created
        folder: PathBuf,
    },
    /// Print a notebook in another format
    #[command(before_help = "Example:\n  notebook export json notes.md > notes.json")]
    Export {
        /// The format to print
        format: OutputFormat,
        /// The notebook's Markdown file; not read for `schema` [default: notebook.md or content/notebook.md]
        #[arg(env = "NOTEBOOK_FILE")]
        file: Option<PathBuf>,
    },
}

fn detail(all: bool) -> Detail {
    if all { Detail::All } else { Detail::Grouped }
}

/// Runs the command line. The exit code is 1 after an error or a denied warning, and 2 for wrong arguments.
pub fn main() -> ExitCode {
    let result = match Arguments::parse().command {
        Command::New(arguments) => new::new(&arguments).map(|()| true),
        Command::Serve(arguments) => serve::serve(arguments).map(|()| true),
        Command::Build(arguments) => build::build(arguments),
        Command::Check { file, deny, all, links } => {
            notebook_file::find(file).and_then(|file| check::check(&file, deny.is_some(), detail(all), links))
        }
        Command::Generate { papers, terms, seed, out } => {
            let terms = terms.unwrap_or_else(|| (papers / 20).max(3));
            generate(generate::GeneratedSize { papers, terms, seed }, out.as_deref()).map(|()| true)
        }
        Command::Publish(arguments) => publish::publish(arguments),
        Command::Import { file, out } => import::import(&file, out.as_deref()).map(|()| true),
        Command::Add { entry, to, section, with_abstract } => notebook_file::find(to)
            .and_then(|to| add::add(&entry, &to, section.as_deref(), with_abstract))
            .map(|()| true),
        Command::Fill { file, yes } => {
            notebook_file::find(file).and_then(|file| fill::fill(&file, yes)).map(|()| true)
        }
        Command::Merge { patch, file, check } => {
            notebook_file::find(file).and_then(|file| merge::merge(&patch, &file, check)).map(|()| true)
        }
        Command::Search { file, words, json } => {
            notebook_file::find(file).and_then(|file| search(&file, &words, json)).map(|()| true)
        }
        Command::Completions { shell } => {
            print(&manual::completions(shell, Arguments::command())).map(|()| true)
        }
        Command::Manual { folder } => manual::write(&folder, Arguments::command()).map(|()| true),
        Command::Export { format, file } => export::export(format, file).map(|()| true),
    };
    match result {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(failure) => {
            eprintln!("error: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn search(file: &Path, words: &str, as_json: bool) -> Result<(), Failure> {
    let notebook = OpenedNotebook::open(file, Severity::Error)?.parsed.notebook;
    print(search::search(&notebook, words)?.print(as_json).as_bytes())
}

fn generate(size: generate::GeneratedSize, out: Option<&Path>) -> Result<(), Failure> {
    let written = match out {
        Some(path) => File::create(path).and_then(|file| {
            let mut file = BufWriter::new(file);
            generate::generate(size, &mut file)?;
            file.flush()
        }),
        None => generate::generate(size, &mut BufWriter::new(std::io::stdout().lock())),
    };
    match written {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        written => written.map_err(|error| format!("the notebook cannot be written: {error}")),
    }
}
