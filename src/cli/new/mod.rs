//! `notebook new`: a folder with a notebook that builds at once, from examples or from files that its author already has.

mod source;

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use notebook_core::diagnostic::Severity;

use self::source::Source;
use super::report::{self, Detail};
use crate::pipeline::summary;
use crate::site::Failure;
use crate::site::files::write_file;
use crate::site::open::OpenedNotebook;

/// The name of the notebook in its folder.
const NOTEBOOK: &str = "notebook.md";
/// Stands for the title in a template.
const TITLE: &str = "{title}";
/// Stands for the address of the release in a template.
const ARCHIVE: &str = "{archive}";

/// Files of every new notebook.
const COMMON: [(&str, &str); 3] = [
    (".gitignore", include_str!("template/gitignore")),
    ("README.md", include_str!("template/README.md")),
    (".github/workflows/publish.yml", include_str!("template/publish.yml")),
];
/// Files of a notebook of examples.
const EXAMPLES: [(&str, &str); 3] = [
    (NOTEBOOK, include_str!("template/notebook.md")),
    ("references.bib", include_str!("template/references.bib")),
    ("figure.svg", include_str!("template/figure.svg")),
];

/// The arguments of the `new` subcommand.
#[derive(Debug, Args)]
pub(super) struct NewArguments {
    /// The folder to create; it may exist, if it is empty
    folder: PathBuf,
    /// Begin with what you have: a library (.bib, .json, .ris), notes or a list of links (.md), or a folder of notes
    #[arg(long, value_name = "FILE or FOLDER")]
    from: Option<PathBuf>,
}

/// Creates a notebook, reports what was understood, and prints the next command.
///
/// # Errors
/// Fails if the folder is not empty, or what the notebook is made from cannot be read. Nothing is left then.
pub(super) fn new(arguments: &NewArguments) -> Result<(), Failure> {
    let folder = &arguments.folder;
    reject_used(folder)?;
    let source = arguments.from.as_deref().map(Source::find).transpose()?;
    let above = folder.parent().filter(|above| !above.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(above).map_err(|error| format!("{} cannot be created: {error}", above.display()))?;
    let unfinished = tempfile::Builder::new().prefix(".notebook-").tempdir_in(above);
    let unfinished =
        unfinished.map_err(|error| format!("{} cannot be written to: {error}", above.display()))?;
    let title = title_of(folder);
    match &source {
        Some(source) => source.write(unfinished.path(), NOTEBOOK, &title)?,
        None => write_templates(&EXAMPLES, unfinished.path(), &title)?,
    }
    write_templates(&COMMON, unfinished.path(), &title)?;
    move_into(unfinished.path(), folder)?;

    let file = folder.join(NOTEBOOK);
    let opened = OpenedNotebook::open(&file, Severity::Warning)?;
    opened.sources().for_each(|source| report::print(&source, Detail::Grouped));
    eprintln!("{}", summary::summarize(&opened.parsed));
    println!("Created {}. Next:\n\n  {}", file.display(), next_command(folder));
    Ok(())
}

/// Rejects a folder that has files other than hidden ones, such as `.git`, or one that would be overwritten.
fn reject_used(folder: &Path) -> Result<(), Failure> {
    let name = folder.display();
    if fs::symlink_metadata(folder).is_err() {
        return Ok(());
    }
    let entries = fs::read_dir(folder).map_err(|error| format!("{name} cannot be used: {error}"))?;
    let mut names = entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned());
    let ours = |name: &String| COMMON.iter().any(|(path, _)| path.split('/').next() == Some(name));
    match names.find(|name| !name.starts_with('.') || ours(name)) {
        Some(used) => {
            Err(format!("{name} has files already ({used}): name a new folder; nothing was written"))
        }
        None => Ok(()),
    }
}

/// Returns a title for the notebook in a folder, as in `Reading notes` for `reading-notes`.
fn title_of(folder: &Path) -> String {
    let absolute = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    let name = absolute.file_name().unwrap_or_default().to_string_lossy();
    let words: String = name.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut characters = words.chars();
    match characters.next() {
        Some(first) => first.to_uppercase().chain(characters).collect(),
        None => "My notebook".to_owned(),
    }
}

fn write_templates(templates: &[(&str, &str)], folder: &Path, title: &str) -> Result<(), Failure> {
    for (name, text) in templates {
        let text = text.replace(TITLE, title).replace(ARCHIVE, &release_archive());
        write_file(&folder.join(name), text.as_bytes())?;
    }
    Ok(())
}

/// Returns the address of this version's archive for Linux; empty if the package does not name its repository.
fn release_archive() -> String {
    let version = env!("CARGO_PKG_VERSION");
    match env!("CARGO_PKG_REPOSITORY").trim_end_matches('/') {
        "" => String::new(),
        repository => {
            format!(
                "{repository}/releases/download/v{version}/notebook-{version}-x86_64-unknown-linux-gnu.tar.gz"
            )
        }
    }
}

/// Moves finished files to their folder.
fn move_into(unfinished: &Path, folder: &Path) -> Result<(), Failure> {
    let moved = fs::create_dir_all(folder).and_then(|()| {
        for entry in fs::read_dir(unfinished)? {
            let entry = entry?;
            fs::rename(entry.path(), folder.join(entry.file_name()))?;
        }
        Ok(())
    });
    moved.map_err(|error| format!("{} cannot be written: {error}", folder.display()))
}

/// Returns the command that shows the new notebook.
fn next_command(folder: &Path) -> String {
    let file = folder.join(NOTEBOOK).display().to_string();
    let is_plain = file.chars().all(|c| c.is_alphanumeric() || "/._-".contains(c));
    if is_plain {
        format!("notebook serve {file}")
    } else {
        format!("notebook serve '{}'", file.replace('\'', "'\\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_the_name_of_the_folder_in_words() {
        for (folder, title) in
            [("a/reading-notes", "Reading notes"), ("ärzte_2024", "Ärzte 2024"), ("x/--", "My notebook")]
        {
            assert_eq!(title_of(Path::new(folder)), title);
        }
    }

    #[test]
    fn the_next_command_can_be_pasted() {
        assert_eq!(next_command(Path::new("a")), "notebook serve a/notebook.md");
        assert_eq!(next_command(Path::new("it's")), "notebook serve 'it'\\''s/notebook.md'");
    }
}
