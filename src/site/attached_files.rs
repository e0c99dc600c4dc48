//! Pictures and files beside the notebook that it links: found, reported if missing, and copied to the site.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

use notebook_core::diagnostic::{Diagnostic, DiagnosticCode};
use notebook_core::markdown::{LocatedUrl, Parsed};
use notebook_core::notebook::{Notebook, Url, UrlKind, UrlUse};
use percent_encoding::percent_decode_str;
use unicode_normalization::UnicodeNormalization as _;

use super::image_size;

/// Files beside the notebook that its page needs.
#[derive(Debug, Default)]
pub(crate) struct AttachedFiles {
    /// Each file by its path on the page.
    by_path: BTreeMap<String, PathBuf>,
    /// Paths of files that were looked for and do not exist.
    missing: Vec<PathBuf>,
}

/// Returns true if the link has a diagnostic already, as a relative link that was meant from the root.
fn is_reported(diagnostics: &[Diagnostic], link: &LocatedUrl) -> bool {
    diagnostics.iter().any(|d| d.code == DiagnosticCode::RelativeLink && d.range == link.range)
}

/// Returns the path beside the notebook that a URL names. A picture is looked for there even if its URL begins with `/`;
/// a link that begins with `/` leads to the author's own site instead.
fn local_path(url: &Url, used_as: UrlUse) -> Option<String> {
    let path = match (url.kind(), used_as) {
        (UrlKind::RootRelative(path), UrlUse::Image) => path.trim_start_matches('/'),
        (UrlKind::Relative(path), _) => path.strip_prefix("./").unwrap_or(path),
        _ => return None,
    };
    let path = path.split(['?', '#']).next().unwrap_or_default();
    // A query or anchor of the page itself.
    if path.is_empty() {
        return None;
    }
    Some(percent_decode_str(path).decode_utf8_lossy().into_owned())
}

/// Returns true if a path stays inside the notebook's folder: nothing outside it is published.
fn stays_inside(path: &str) -> bool {
    Path::new(path).components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir))
}

/// Returns what to do about a missing file: use the name that a file has on the disk, if it differs only in case or in the
/// composition of its letters, which some file systems ignore and web hosts do not.
fn remedy(folder: &Path, path: &str) -> String {
    match similar_path(folder, path) {
        _ if !stays_inside(path) => {
            "only files in the folder of the notebook are published: copy it there".into()
        }
        Some(similar) => {
            format!("the file is called `{similar}`: write its name exactly like that, or rename the file")
        }
        None => format!("put the file at {}", folder.join(path).display()),
    }
}

/// Returns true for an address that another program completes: `{{ site.baseurl }}/plot.png`, `{% link … %}`, `<%= … %>`. A finding
/// for each would say nothing that an author can act on.
fn has_placeholder(path: &str) -> bool {
    ["{{", "{%", "<%", "${"].iter().any(|mark| path.contains(mark))
}

/// Finds a file below a folder whose path is the same except for case and Unicode normalization.
fn similar_path(folder: &Path, path: &str) -> Option<String> {
    let normalize = |name: &str| name.nfc().collect::<String>().to_lowercase().nfc().collect::<String>();
    let (mut on_disk, mut found) = (folder.to_owned(), Vec::new());
    if on_disk.as_os_str().is_empty() {
        on_disk.push(".");
    }
    for wanted in path.split('/').filter(|part| !matches!(*part, "" | ".")) {
        let entries = std::fs::read_dir(&on_disk).ok()?.flatten();
        let mut names: Vec<String> =
            entries.filter_map(|entry| entry.file_name().into_string().ok()).collect();
        // The exact name first; the others in an order that does not depend on the file system.
        names.sort_by_key(|name| (name != wanted, name.clone()));
        let name = names.into_iter().find(|name| normalize(name) == normalize(wanted))?;
        on_disk.push(&name);
        found.push(name);
    }
    (on_disk.is_file() && !found.is_empty()).then(|| found.join("/"))
}

impl AttachedFiles {
    /// Finds the files that a notebook links, and adds a diagnostic for each that is missing.
    pub(crate) fn find(notebook_file: &Path, parsed: &mut Parsed) -> Self {
        let folder = notebook_file.parent().unwrap_or(Path::new(""));
        let mut files = Self::default();
        let mut missing = Vec::new();
        for link in &parsed.addresses {
            let Some(path) = local_path(&link.url, link.used_as) else { continue };
            if has_placeholder(&path) {
                continue;
            }
            let on_disk = folder.join(&path);
            if on_disk.is_file() && stays_inside(&path) {
                files.by_path.insert(path, on_disk);
                continue;
            }
            if stays_inside(&path) {
                files.missing.push(on_disk);
            }
            if !is_reported(&parsed.diagnostics, link) {
                missing.push(Diagnostic {
                    code: DiagnosticCode::MissingFile,
                    range: link.range.clone(),
                    message: format!("the file `{}` does not exist", link.url),
                    help: remedy(folder, &path),
                });
            }
        }
        parsed.diagnostics.append(&mut missing);
        parsed.diagnostics.sort_by_key(|found| (found.range.start, found.range.end, found.code));
        files
    }

    /// Returns the paths of all files on the disk, those that are missing included.
    pub(super) fn paths(&self) -> impl Iterator<Item = &PathBuf> {
        self.by_path.values().chain(&self.missing)
    }

    /// Returns each file by its path on the page.
    pub(super) fn by_path(&self) -> &BTreeMap<String, PathBuf> {
        &self.by_path
    }

    /// Returns each file by its path on the page.
    pub(crate) fn into_paths(self) -> BTreeMap<String, PathBuf> {
        self.by_path
    }

    /// Rewrites URLs for the page: pictures become relative to it, so that it works under any path, and links that begin
    /// with `/` lead to the author's own site.
    pub(super) fn rewrite_urls(&self, notebook: &mut Notebook) {
        let home = notebook.home.clone();
        notebook.for_each_url_mut(&mut |url, used_as| {
            if let (UrlKind::RootRelative(path), UrlUse::Image) = (url.kind(), used_as)
                && local_path(url, used_as).is_some_and(|path| self.by_path.contains_key(&path))
                && let Some(relative) = Url::parse(path.trim_start_matches('/'))
            {
                *url = relative;
            } else if let Some(home) = &home {
                *url = url.resolve_from_home(home);
            }
        });
    }

    /// Sets the sizes of the pictures that were found.
    pub(super) fn set_image_sizes(&self, notebook: &mut Notebook) {
        notebook.set_image_sizes(&mut |url| {
            let path = local_path(url, UrlUse::Image)?;
            image_size::image_size(self.by_path.get(&path)?)
        });
    }

    /// Copies every file to its path in the folder `out`.
    pub(super) fn copy_to(&self, out: &Path) -> Result<(), super::Failure> {
        for (path, from) in &self.by_path {
            let to = out.join(path);
            let folder = to.parent().unwrap_or(out);
            std::fs::create_dir_all(folder).and_then(|()| std::fs::copy(from, &to)).map_err(|error| {
                format!("{} cannot be copied to {}: {error}", from.display(), to.display())
            })?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the help of the diagnostics of missing files.
    fn help_for(files: &[&str], markdown: &str) -> Vec<String> {
        let folder = tempfile::tempdir().unwrap();
        for file in files {
            let path = folder.path().join(file);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "x").unwrap();
        }
        let mut parsed = notebook_core::markdown::read(markdown);
        AttachedFiles::find(&folder.path().join("n.md"), &mut parsed);
        let missing =
            parsed.diagnostics.into_iter().filter(|found| found.code == DiagnosticCode::MissingFile);
        missing.map(|found| found.help).collect()
    }

    #[test]
    fn names_the_file_that_differs_in_case_or_composition() {
        for (file, link) in [
            ("plot.png", "Plot.png"),
            ("Figures/Plot.PNG", "figures/plot.png"),
            ("caf\u{e9}.png", "cafe\u{301}.png"),
            ("cafe\u{301}.png", "caf%C3%A9.png"),
            ("\u{ac00}.png", "\u{1100}\u{1161}.png"),
        ] {
            let help = help_for(&[file], &format!("![x]({link})\n"));
            assert_eq!(help.len(), 1, "{link}");
            assert!(help[0].starts_with(&format!("the file is called `{file}`")), "{}", help[0]);
        }
    }

    #[test]
    fn leaves_addresses_alone_that_another_program_completes() {
        let links = [
            "![x]({{site.baseurl}}/x.png)",
            "![x](</{{ site.url }}/x.png>)",
            "<img src=\"{{ '/x.png' | relative_url }}\">",
            "[x](<{% link x.md %}>)",
            "![x](%7B%7Bsite.baseurl%7D%7D/x.png)",
            "[x](${root}/x.md)",
        ];
        for link in links {
            assert!(help_for(&[], &format!("Text {link}\n")).is_empty(), "{link}");
        }
        assert_eq!(help_for(&[], "![x](x.png)\n").len(), 1);
    }

    #[test]
    fn says_where_to_put_a_file_that_does_not_exist() {
        assert!(help_for(&["plots.png"], "![x](plot.png)\n")[0].starts_with("put the file at "));
        assert!(help_for(&["plot.png"], "![x](plot.png) ![x](/plot.png) ![x](./plot.png)\n").is_empty());
        let outside = help_for(&[], "![x](../plot.png)\n");
        assert!(outside[0].starts_with("only files in the folder"), "{outside:?}");
    }
}
