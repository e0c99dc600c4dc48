//! The wasm programs that Trunk has built: minified, and renamed for their content.

use std::fs;
use std::path::Path;

use super::files::write_file;
use super::integrity::{Integrity, content_hash};
use super::minify::minify_js;
use super::{Failure, wasm_names};

/// The name of the client. Trunk appends a hash to it.
const CLIENT: &str = "notebook";

/// The name of the program that searches the full-text index.
pub(super) const SEARCH: &str = "search";

/// The suffixes of the two files of a program.
const FILE_SUFFIXES: [&str; 2] = ["_bg.wasm", ".js"];

/// Writes the client that Trunk has staged with this script. Returns its name.
///
/// # Errors
/// Fails if a file of the program does not exist, or is not a program.
pub(super) fn write_client(
    script: &str,
    folder: &Path,
    integrity: &mut Integrity,
) -> Result<Option<String>, Failure> {
    let staged = script.strip_suffix(".js").unwrap_or(script);
    // Remove Trunk's hash from the name: the content changes below.
    for suffix in FILE_SUFFIXES {
        let from = folder.join(format!("{staged}{suffix}"));
        let to = folder.join(format!("{CLIENT}{suffix}"));
        fs::rename(&from, &to).map_err(|error| format!("{} cannot be renamed: {error}", from.display()))?;
    }
    write(CLIENT, folder, integrity)
}

/// Returns the names of the files of a program as Trunk builds it.
pub(super) fn staged_files(program: &str) -> [String; 2] {
    FILE_SUFFIXES.map(|suffix| format!("{program}{suffix}"))
}

/// Returns true if Trunk has built a program.
pub(super) fn is_built(program: &str, folder: &Path) -> bool {
    folder.join(format!("{program}{}", FILE_SUFFIXES[0])).is_file()
}

/// Minifies a program and adds a hash to its name, which is returned; `None` if Trunk did not build the program.
///
/// # Errors
/// Fails if a file of the program cannot be read or written, or is not a program.
pub(super) fn write(
    program: &str,
    folder: &Path,
    integrity: &mut Integrity,
) -> Result<Option<String>, Failure> {
    let wasm = folder.join(format!("{program}_bg.wasm"));
    let Ok(bytes) = fs::read(&wasm) else { return Ok(None) };
    let script = folder.join(format!("{program}.js"));
    let text = fs::read_to_string(&script)
        .map_err(|error| format!("{} cannot be read: {error}", script.display()))?;
    let text = minify_js(&script.display(), &text)?;
    let (bytes, text) = wasm_names::minify_names(&bytes, &text)
        .map_err(|error| format!("{} is not a wasm program: {error}", wasm.display()))?;
    let named = format!("{program}-{}", content_hash(&[&bytes, text.as_bytes()].concat()));
    for (from, suffix, bytes) in [(wasm, "_bg.wasm", bytes.as_slice()), (script, ".js", text.as_bytes())] {
        let file = format!("{named}{suffix}");
        write_file(&folder.join(&file), bytes)?;
        fs::remove_file(&from).map_err(|error| format!("{} cannot be removed: {error}", from.display()))?;
        integrity.add(file, bytes);
    }
    Ok(Some(named))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write_staged(folder: &Path, name: &str) {
        fs::write(folder.join(format!("{name}_bg.wasm")), wasm_encoder::Module::new().finish()).unwrap();
        fs::write(folder.join(format!("{name}.js")), "/** A comment. */\nlet   one = 1; // one\n").unwrap();
    }

    #[test]
    fn replaces_the_hash_of_the_client() {
        let folder = tempfile::tempdir().unwrap();
        write_staged(folder.path(), "notebook-1");
        let mut integrity = Integrity::default();
        let name = write_client("notebook-1.js", folder.path(), &mut integrity).unwrap().unwrap();
        assert!(name.starts_with("notebook-") && name != "notebook-1", "{name}");
        let script = fs::read_to_string(folder.path().join(format!("{name}.js"))).unwrap();
        assert!(!script.contains("comment"), "{script}");
        assert!(folder.path().join(format!("{name}_bg.wasm")).is_file());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
        assert!(write_client("notebook-1.js", folder.path(), &mut integrity).is_err());
    }

    #[test]
    fn writes_no_program_that_is_not_built() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(write("search", folder.path(), &mut Integrity::default()), Ok(None));
    }
}
