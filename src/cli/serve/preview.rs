//! Builds of the page for its author: each in a folder of its own, so that the last one without errors stays.

use std::collections::{BTreeMap, VecDeque};
use std::fs;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::time::Instant;

use notebook_core::notebook::Notebook;
use notebook_core::search::{Corpus, index_bytes};
use serde::Serialize;

use crate::cli::report::{self, Detail};
use crate::pipeline::data_files::INDEX_ATTRIBUTE;
use crate::pipeline::source_problem::{SourceProblem, problems_of};
use crate::site::Failure;
use crate::site::build::{Purpose, SiteBuild, WrittenPage};
use crate::site::frame::Frame;
use crate::site::open::OpenedNotebook;

/// Builds that are kept, so that a page finds its files while the next one is built. Chosen: two would do for one save; a
/// third covers a second save while a page is loading.
const KEPT_BUILDS: usize = 3;
/// Problems that are sent to the page; more are only counted. Chosen: nobody reads more in a panel, and a file in another format
/// has thousands at every save.
const MAX_PROBLEMS: usize = 100;

/// The last good build, and the problems since.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct BuildState {
    /// The version of the page, which changes when the page does; 0 before the first build.
    pub(super) version: u64,
    /// Attributes of the page's root, which name its data files.
    files: BTreeMap<&'static str, String>,
    /// A hash of all else that a reader could see: a page with the same needs no reload, only the new data files.
    pub(super) shell: String,
    /// True if the page is older than the files, because they cannot be built.
    is_outdated: bool,
    problems: Vec<SourceProblem>,
    /// The number of problems that are not in the list.
    more: usize,
    /// The full-text index of the newest build.
    #[serde(skip)]
    pub(super) index: Arc<IndexOnDemand>,
    /// Folders of the builds that are kept, the newest first.
    #[serde(skip)]
    pub(super) folders: VecDeque<PathBuf>,
}

impl BuildState {
    /// Returns the name of the full-text index.
    pub(super) fn index_name(&self) -> Option<&str> {
        self.files.get(INDEX_ATTRIBUTE).map(String::as_str)
    }
}

/// The full-text index of a notebook, which is built with the first search: it takes half the time of a build, and most changes
/// are made while nobody searches.
#[derive(Debug, Default)]
pub(super) struct IndexOnDemand {
    notebook: Notebook,
    bytes: OnceLock<Vec<u8>>,
}

impl IndexOnDemand {
    /// Returns its bytes. O(text) the first time.
    pub(super) fn bytes(&self) -> &[u8] {
        self.bytes.get_or_init(|| index_bytes(&self.notebook, &Corpus::build(&self.notebook), &mut |_| ()))
    }
}

/// The notebook that is previewed.
#[derive(Debug)]
pub(super) struct LivePreview {
    file: PathBuf,
    frame: Frame,
    /// The folder above those of the builds.
    base: PathBuf,
    /// The number of builds that were started.
    builds: u64,
    state: BuildState,
    /// Source files of the page other than the notebook.
    attached: Vec<PathBuf>,
    /// The problems that were printed last.
    printed: Vec<SourceProblem>,
}

impl LivePreview {
    /// Creates a preview without a build.
    pub(super) fn new(file: PathBuf, frame: Frame, base: PathBuf) -> Self {
        let (state, attached, printed) = Default::default();
        Self { file, frame, base, builds: 0, state, attached, printed }
    }

    /// Returns all files that the page is made from.
    pub(super) fn files(&self) -> Vec<PathBuf> {
        std::iter::once(&self.file).chain(&self.attached).cloned().collect()
    }

    /// Builds the page, unless the notebook has errors and there is an older page. Returns the new state.
    pub(super) fn rebuild(&mut self) -> BuildState {
        let start = Instant::now();
        self.builds += 1;
        let folder = self.base.join(self.builds.to_string());
        match self.build(&folder) {
            Ok(Some(WrittenPage { attributes, shell, notebook })) => {
                let shell = self.shell_hash(&shell);
                let is_same = attributes == self.state.files && shell == self.state.shell;
                if is_same && self.state.version > 0 {
                    let _ = fs::remove_dir_all(&folder);
                } else {
                    self.state.index = Arc::new(IndexOnDemand { notebook, bytes: OnceLock::new() });
                    (self.state.files, self.state.shell) = (attributes, shell);
                    self.state.version = self.builds;
                    self.state.folders.push_front(folder);
                    println!("built in {} ms", start.elapsed().as_millis());
                }
                self.state.is_outdated = false;
            }
            Ok(None) => {
                let _ = fs::remove_dir_all(&folder);
                self.state.is_outdated = true;
            }
            Err(failure) => {
                let _ = fs::remove_dir_all(&folder);
                self.state.is_outdated = true;
                self.state.problems = vec![self.unreadable(failure)];
                self.state.more = 0;
            }
        }
        // A browser may still read these files: the page is then loaded again.
        for old in self.state.folders.iter().skip(KEPT_BUILDS) {
            let _ = fs::remove_dir_all(old);
        }
        self.state.folders.truncate(KEPT_BUILDS);
        self.state.clone()
    }

    /// Builds the page into a new folder. Returns none if the notebook has errors and there is an older page.
    fn build(&mut self, folder: &Path) -> Result<Option<WrittenPage>, Failure> {
        if self.file.is_dir() {
            return Err(format!("{} is a folder now", self.file.display()));
        }
        self.frame.write_to(folder)?;
        let file = self.file.clone();
        let site = SiteBuild::open(&file, folder, Purpose::Preview)?;
        let opened = site.opened();
        self.attached = opened.attached_paths();
        self.collect_problems(opened);
        if !opened.passes(false) && self.state.version > 0 {
            return Ok(None);
        }
        site.write(None).map(Some)
    }

    /// Collects the problems of a notebook, and prints them if they have changed.
    fn collect_problems(&mut self, opened: &OpenedNotebook) {
        let mut problems: Vec<SourceProblem> =
            opened.sources().flat_map(|source| problems_of(&source)).collect();
        if problems != self.printed {
            opened.sources().for_each(|source| report::print(&source, Detail::Grouped));
            if problems.is_empty() {
                println!("all problems are fixed");
            }
            self.printed.clone_from(&problems);
        }
        problems.sort_by_key(|problem| problem.severity);
        self.state.more = problems.len().saturating_sub(MAX_PROBLEMS);
        problems.truncate(MAX_PROBLEMS);
        self.state.problems = problems;
    }

    /// Returns the problem of a notebook that cannot be read at all, and prints it if it is new.
    fn unreadable(&mut self, message: Failure) -> SourceProblem {
        let problem = SourceProblem {
            severity: "error",
            file: self.file.display().to_string(),
            line: None,
            message,
            help: "the page appears as soon as the file can be read again".to_owned(),
        };
        if self.printed.first() != Some(&problem) {
            eprintln!("error: {}; {}", problem.message, problem.help);
            self.printed = vec![problem.clone()];
        }
        problem
    }

    /// Returns a hash of the page without its data files, and of its pictures.
    fn shell_hash(&self, shell: &str) -> String {
        let mut hasher = DefaultHasher::new();
        shell.hash(&mut hasher);
        for file in &self.attached {
            let metadata = fs::metadata(file);
            metadata.map(|metadata| (metadata.len(), metadata.modified().ok())).ok().hash(&mut hasher);
        }
        format!("{:016x}", hasher.finish())
    }
}
