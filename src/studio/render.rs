//! Renders the text in the editor: data files for its page, problems, and the place of each entry in the text.

use std::collections::{BTreeMap, HashMap};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use notebook_core::Diagnostic;
use notebook_core::Notebook;
use notebook_core::diagnostic::Severity;
use notebook_core::links::LinkedNotebook;
use notebook_core::markdown::{Parsed, read_bytes};
use notebook_core::notebook::language::text_direction;
use notebook_core::search::{Corpus, index_bytes};
use serde::{Deserialize, Serialize};

use super::names::{Name, names};
use super::pasted_papers::{Pasted, pasted_papers};
use crate::pipeline::bibliography::{self, BibliographyFile, FoundFile};
use crate::pipeline::source_problem::{CheckedSource, SourceProblem, problems_of};
use crate::pipeline::summary::summarize;
use crate::pipeline::theme_styles::theme_styles;
use crate::pipeline::{Failure, data_files, typeset};

/// A text to be rendered, with the files beside it.
#[derive(Debug, Default, Deserialize)]
pub struct RenderRequest {
    /// The text in the editor.
    text: String,
    /// The name of its file.
    name: String,
    /// Files that the front matter may name as its bibliography.
    #[serde(default)]
    bibliography: Vec<TextFile>,
}

/// A file that was opened in the studio.
#[derive(Debug, Deserialize)]
struct TextFile {
    name: String,
    text: String,
}

/// A rendered text.
#[derive(Debug, Default, Serialize)]
pub struct Rendered {
    /// Attributes of the page's root, which name its data files.
    attributes: BTreeMap<&'static str, String>,
    /// The part of the page outside its content.
    page: PageShell,
    problems: Vec<EditorProblem>,
    /// The places of headings and entries, in the order of the text.
    places: Vec<EntryPlace>,
    /// One line about what was understood.
    summary: String,
    /// The data files with their names, except for the full-text index.
    #[serde(skip)]
    pub files: Vec<(String, Vec<u8>)>,
    /// The last build, from which later questions about the text are answered.
    #[serde(skip)]
    pub build: LastBuild,
}

/// The text that was rendered last, for what is made of it only on demand.
#[derive(Debug, Default)]
pub struct LastBuild {
    /// The name of the file with its full-text index.
    index_name: String,
    notebook: Notebook,
    /// The texts of its bibliography.
    bibliography: Vec<String>,
}

impl LastBuild {
    /// Builds the full-text index of this name; `None` if it is that of another version.
    pub fn index(&self, name: &str) -> Option<Vec<u8>> {
        let build = || index_bytes(&self.notebook, &Corpus::build(&self.notebook), &mut |_| ());
        (name == self.index_name).then(build)
    }

    /// Returns the papers of a text in BibTeX, and the bibliography that their entries belong into. O(bytes).
    pub fn pasted(&self, bibtex: &str) -> Pasted {
        let bibliography = bibliography::bibliography_names(&self.notebook).into_iter().next();
        Pasted { bibliography: bibliography.unwrap_or_default(), papers: pasted_papers(bibtex) }
    }

    /// Returns the names that can be written in the text. O(entries + bytes of the bibliography).
    pub fn names(&self) -> Vec<Name> {
        names(&self.notebook, &self.bibliography)
    }
}

/// A page without its content. If it changes, the page is loaded again.
#[derive(Debug, Default, Serialize)]
struct PageShell {
    title: String,
    language: String,
    direction: &'static str,
    /// The styles of the author's theme.
    theme: String,
}

/// A problem with its place in the editor.
#[derive(Debug, Serialize)]
struct EditorProblem {
    #[serde(flatten)]
    problem: SourceProblem,
    from: usize,
    to: usize,
}

/// The place of a heading or entry in the editor.
#[derive(Debug, Serialize)]
struct EntryPlace {
    id: String,
    from: usize,
    to: usize,
}

/// Renders a text. Faults in it are problems of the result. O(length of the text and its bibliography).
///
/// # Errors
/// Fails if an entry cannot be written as JSON.
pub fn render(request: &RenderRequest) -> Result<Rendered, Failure> {
    let (text, mut parsed) = read_bytes(request.text.as_bytes());
    let find = |name: &str| {
        let wanted = name.strip_prefix("./").unwrap_or(name);
        let file = request.bibliography.iter().find(|file| file.name == wanted);
        FoundFile { path: name.to_owned(), bytes: file.map(|file| Ok(file.text.clone().into_bytes())) }
    };
    let (mut bibliography, _) = bibliography::attach(&find, &text, &mut parsed);
    typeset(&mut parsed);
    if let Some(home) = parsed.notebook.home.clone() {
        parsed.notebook.for_each_url_mut(&mut |url, _| *url = url.resolve_from_home(&home));
    }
    let notebook = &parsed.notebook;
    let linked = LinkedNotebook::with_diagnostics(notebook, Severity::Warning);
    let corpus = Corpus::build_without_texts(notebook);
    let is_large = data_files::is_large(&corpus, &text);
    let mut files = Vec::new();
    let mut store = |prefix: &str, extension: &str, bytes: &[u8]| {
        let name = file_name(prefix, extension, bytes);
        files.push((name.clone(), bytes.to_vec()));
        Ok(name)
    };
    let mut data_files = data_files::write(&linked, &corpus, is_large, &mut store, &mut |_| ())?;
    // Most changes are made while nobody searches, and the index would take a third of the time.
    let index_name = data_files.set_index_on_demand();
    parsed.diagnostics.extend(linked.cross_references.diagnostics(&text, &parsed.places));
    Ok(Rendered {
        attributes: data_files.attributes(),
        page: page_settings(&parsed),
        problems: problems(request, &text, &mut parsed.diagnostics, &mut bibliography),
        places: places(&text, &parsed),
        summary: summarize(&parsed),
        files,
        build: LastBuild {
            index_name,
            notebook: parsed.notebook,
            bibliography: bibliography.into_iter().map(|file| file.text).collect(),
        },
    })
}

/// Returns the name of a data file, which is the same for the same content.
fn file_name(prefix: &str, extension: &str, bytes: &[u8]) -> String {
    let mut hasher = DefaultHasher::new();
    bytes.hash(&mut hasher);
    format!("{prefix}{:016x}.{extension}", hasher.finish())
}

fn page_settings(parsed: &Parsed) -> PageShell {
    let notebook = &parsed.notebook;
    PageShell {
        title: notebook.title.clone(),
        language: notebook.language().to_owned(),
        direction: text_direction(notebook.language()),
        theme: theme_styles(notebook),
    }
}

/// Returns the problems of the text and its bibliography, without notes, the severest first.
fn problems(
    request: &RenderRequest,
    text: &str,
    found: &mut Vec<Diagnostic>,
    bibliography: &mut [BibliographyFile],
) -> Vec<EditorProblem> {
    let mut all = problems_in(&request.name, text, found);
    for BibliographyFile { path, text, diagnostics } in bibliography {
        all.extend(problems_in(path, text, diagnostics));
    }
    // In the order of the alphabet an error is before a warning.
    all.sort_by_key(|problem| problem.problem.severity);
    all
}

fn problems_in(path: &str, text: &str, diagnostics: &mut Vec<Diagnostic>) -> Vec<EditorProblem> {
    diagnostics.retain(|found| found.code.severity() >= Severity::Warning);
    diagnostics.sort_by_key(|found| (found.range.start, found.range.end, found.code));
    let positions =
        EditorPositions::new(text, diagnostics.iter().flat_map(|found| [found.range.start, found.range.end]));
    let shown = problems_of(&CheckedSource { path, text, diagnostics });
    let ranges = diagnostics.iter().map(|found| found.range.clone());
    let problem = |(problem, range): (SourceProblem, std::ops::Range<usize>)| EditorProblem {
        problem,
        from: positions.of(range.start),
        to: positions.of(range.end),
    };
    shown.into_iter().zip(ranges).map(problem).collect()
}

fn places(text: &str, parsed: &Parsed) -> Vec<EntryPlace> {
    let positions =
        EditorPositions::new(text, parsed.places.iter().flat_map(|(_, range)| [range.start, range.end]));
    let place = |(id, range): &(_, std::ops::Range<usize>)| EntryPlace {
        id: notebook_core::notebook::Id::to_string(id),
        from: positions.of(range.start),
        to: positions.of(range.end),
    };
    parsed.places.iter().map(place).collect()
}

/// Positions in the editor, which counts UTF-16 code units, of positions in a text, which are bytes.
struct EditorPositions(HashMap<usize, usize>);

impl EditorPositions {
    /// Finds the positions of some bytes. O(length of the text).
    fn new(text: &str, bytes: impl Iterator<Item = usize>) -> Self {
        let mut bytes: Vec<usize> = bytes.map(|byte| byte.min(text.len())).collect();
        bytes.sort_unstable();
        let mut positions = HashMap::with_capacity(bytes.len());
        let (mut passed, mut units) = (0, 0);
        for byte in bytes {
            units += text.get(passed..byte).unwrap_or_default().encode_utf16().count();
            passed = byte;
            positions.insert(byte, units);
        }
        Self(positions)
    }

    fn of(&self, byte: usize) -> usize {
        self.0.get(&byte).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rendered(text: &str, bibliography: &str) -> Rendered {
        let bibliography =
            vec![TextFile { name: "references.bib".to_owned(), text: bibliography.to_owned() }];
        render(&RenderRequest { text: text.to_owned(), name: "n.md".to_owned(), bibliography }).unwrap()
    }

    #[test]
    fn every_file_that_an_attribute_names_is_there() {
        let page = rendered("# Notes\n\n## Papers\n\n- [A](https://arxiv.org/abs/2006.11239): $x^2$\n", "");
        let names: Vec<&str> = page.files.iter().map(|(name, _)| name.as_str()).collect();
        assert!(names.contains(&page.attributes["data-outline"].as_str()), "{names:?}");
        assert!(page.build.index(&page.attributes["data-index"]).is_some_and(|bytes| !bytes.is_empty()));
        assert_eq!(page.build.index("index-0.bin"), None);
        assert!(names.iter().any(|name| name.starts_with("entries-")), "{names:?}");
        assert_eq!((page.page.title.as_str(), page.page.direction), ("Notes", "ltr"));
        assert_eq!(page.summary, "understood: 1 paper, 0 terms, 1 section");
    }

    #[test]
    fn places_count_as_the_editor_does() {
        let text = "## 🧠 Papers\n\n- [Ünïcode](https://a.example)\n";
        let page = rendered(text, "");
        let units: Vec<u16> = text.encode_utf16().collect();
        let written: Vec<String> = page
            .places
            .iter()
            .map(|place| String::from_utf16(&units[place.from..place.to]).unwrap())
            .collect();
        assert!(
            written.iter().any(|text| text.starts_with("- [Ünïcode]") || text.starts_with("[Ünïcode]")),
            "{written:?}"
        );
    }

    #[test]
    fn problems_of_text_and_bibliography_have_their_files() {
        let text = "---\nbibliography: other.bib\n---\n# N\n\n## Papers\n\n- [A](#nowhere)\n";
        let page = rendered(text, "");
        let found: Vec<(&str, &str)> = page
            .problems
            .iter()
            .map(|found| (found.problem.file.as_str(), found.problem.message.as_str()))
            .collect();
        assert!(
            found
                .iter()
                .any(|(file, message)| *file == "n.md" && message.contains("other.bib does not exist")),
            "{found:?}"
        );
    }
}
