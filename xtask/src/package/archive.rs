//! The plain archive: the command, its manual, completions and licenses. The same files give the same bytes.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::PathBuf;
use std::process::Command;

use flate2::{Compression, GzBuilder};

use super::{PACKAGES, WORK, command, limit_size, version, without_settings};
use crate::files::files_in;
use crate::{root, steps};

/// Bytes of the largest archive.
const MAX_BYTES: u64 = 15_000_000;
/// Completions, each with the name under which its shell looks for it.
const COMPLETIONS: [(&str, &str); 4] = [
    ("bash", "notebook.bash"),
    ("zsh", "_notebook"),
    ("fish", "notebook.fish"),
    ("powershell", "notebook.ps1"),
];

pub(super) fn pack() -> Result<(), String> {
    let name = format!("notebook-{}-{}", version(), target_triple()?);
    let archive = root().join(PACKAGES).join(format!("{name}.tar.gz"));
    let mut files: BTreeMap<String, PathBuf> = BTreeMap::new();
    for file in ["README.md", "CHANGELOG.md", "LICENSE-APACHE", "LICENSE-MIT"] {
        files.insert(file.to_owned(), root().join(file));
    }
    let manual = root().join(WORK).join("man");
    let mut notebook = Command::new(command());
    without_settings(&mut notebook);
    steps::run(notebook.arg("manual").arg(&manual))?;
    for page in files_in(&manual).map_err(|why| format!("the manual cannot be read: {why}."))? {
        files.insert(format!("man/{}", page.file_name().unwrap_or_default().to_string_lossy()), page);
    }
    for (shell, file) in COMPLETIONS {
        let path = root().join(WORK).join(file);
        let mut notebook = Command::new(command());
        without_settings(&mut notebook);
        let completions = steps::bytes(notebook.args(["completions", shell]))?;
        fs::write(&path, completions)
            .map_err(|why| format!("{} cannot be written: {why}.", path.display()))?;
        files.insert(format!("completions/{file}"), path);
    }
    let program = command();
    files.insert(program.file_name().unwrap_or_default().to_string_lossy().into_owned(), program);
    write(&archive, &name, &files)
        .map_err(|why| format!("{} cannot be written: {why}.", archive.display()))?;
    limit_size(&archive, MAX_BYTES)
}

/// Writes an archive with a folder of this name. Times, owners and order do not depend on this machine.
fn write(archive: &PathBuf, folder: &str, files: &BTreeMap<String, PathBuf>) -> std::io::Result<()> {
    let gzip = GzBuilder::new().mtime(0).write(File::create(archive)?, Compression::best());
    let mut tar = tar::Builder::new(gzip);
    for (name, path) in files {
        let bytes = fs::read(path)?;
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len().try_into().unwrap_or(u64::MAX));
        header.set_mode(if name.starts_with("notebook") { 0o755 } else { 0o644 });
        // The first day that zip files know, for those who pack it again.
        header.set_mtime(315_532_800);
        tar.append_data(&mut header, format!("{folder}/{name}"), bytes.as_slice())?;
    }
    tar.into_inner()?.finish()?.sync_all()
}

/// Returns the triple of this machine, as `x86_64-unknown-linux-gnu`.
pub(super) fn target_triple() -> Result<String, String> {
    let version = steps::output(Command::new("rustc").arg("-vV"))?;
    let host = version.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned).ok_or_else(|| "`rustc -vV` does not name its host.".to_owned())
}
