//! Pictures and files that a notebook names: which are there, and which lead nowhere.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

use notebook_core::diagnostic::{Code, Diagnostic};
use notebook_core::markdown::{Address, Reading};
use notebook_core::notebook::{Notebook, Place, Url, UrlUse};
use percent_encoding::percent_decode_str;

use super::pictures;

/// Files beside the notebook that its page needs, by their path on the page.
#[derive(Debug, Default)]
pub(super) struct Files {
    found: BTreeMap<String, PathBuf>,
}

/// Looks for every picture, and every file that is linked beside the notebook.
pub(super) fn find(file: &Path, reading: &mut Reading) -> Files {
    let folder = file.parent().unwrap_or(Path::new(""));
    let mut files = Files::default();
    let mut missing = Vec::new();
    for address in &reading.addresses {
        let Some(path) = path_of(&address.url, address.used_as) else { continue };
        let here = folder.join(&path);
        if here.is_file() && is_inside(&path) {
            files.found.insert(path, here);
        } else if !told(&reading.diagnostics, address) {
            missing.push(Diagnostic {
                code: Code::MissingFile,
                range: address.range.clone(),
                message: format!("`{}` leads nowhere", address.url),
                help: format!("put the file at {}", here.display()),
            });
        }
    }
    reading.diagnostics.append(&mut missing);
    reading.diagnostics.sort_by_key(|d| (d.range.start, d.range.end, d.code));
    files
}

/// A relative link that was meant from the root has been told already.
fn told(diagnostics: &[Diagnostic], address: &Address) -> bool {
    diagnostics.iter().any(|d| d.code == Code::RelativeLink && d.range == address.range)
}

/// The path beside the notebook that an address names, if it names one. A picture from the root is
/// looked for beside the notebook too; a link from the root is the author's own site.
fn path_of(url: &Url, used_as: UrlUse) -> Option<String> {
    let path = match (url.place(), used_as) {
        (Place::Root(path), UrlUse::Image) => path.trim_start_matches('/'),
        (Place::Beside(path), _) => path.strip_prefix("./").unwrap_or(path),
        _ => return None,
    };
    let path = path.split(['?', '#']).next().unwrap_or_default();
    // The page itself, asked something.
    if path.is_empty() {
        return None;
    }
    Some(percent_decode_str(path).decode_utf8_lossy().into_owned())
}

/// Whether a path stays in the notebook's folder: a page takes nothing else with it.
fn is_inside(path: &str) -> bool {
    Path::new(path).components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir))
}

impl Files {
    /// Makes addresses those the page needs: pictures relative to it, so that it works under any
    /// path, and links from the root those of the author's own site.
    pub(super) fn settle(&self, notebook: &mut Notebook) {
        let home = notebook.home.clone();
        notebook.map_urls(&mut |url, used_as| {
            if let (Place::Root(path), UrlUse::Image) = (url.place(), used_as)
                && path_of(url, used_as).is_some_and(|path| self.found.contains_key(&path))
                && let Some(relative) = Url::parse(path.trim_start_matches('/'))
            {
                *url = relative;
            } else if let Some(home) = &home {
                *url = url.from_home(home);
            }
        });
    }

    /// Takes down how large pictures are, for those that are there.
    pub(super) fn measure(&self, notebook: &mut Notebook) {
        notebook.measure_pictures(&mut |url| {
            let path = path_of(url, UrlUse::Image)?;
            pictures::size(self.found.get(&path)?)
        });
    }

    /// Copies every file to its place under `out`.
    pub(super) fn copy(&self, out: &Path) -> Result<(), super::Failure> {
        for (path, from) in &self.found {
            let to = out.join(path);
            let folder = to.parent().unwrap_or(out);
            std::fs::create_dir_all(folder)
                .and_then(|()| std::fs::copy(from, &to))
                .map_err(|why| format!("{} cannot be copied to {}: {why}", from.display(), to.display()))?;
        }
        Ok(())
    }
}
