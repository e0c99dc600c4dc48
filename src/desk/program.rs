//! The page's programs, as Trunk has built them: named for what they are, and no longer than they must be.

use std::fs;
use std::path::Path;

use sha2::{Digest, Sha256};

use super::folder::put;
use super::integrity::Integrity;
use super::tags;
use super::{Failure, imports};

/// Which program a page has: one that has all of a notebook, or one for a notebook that comes in parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Program {
    OnePage,
    Large,
}

/// The name under which Trunk builds the program for large notebooks.
const LARGE: &str = "large";

/// Takes Trunk's way of starting the program out of the page, and the program that the page does not have out of
/// the folder. The page, and the name of its program; none where Trunk did not build any.
///
/// # Errors
/// A program that the page names and that is not there.
pub(super) fn settle(
    page: &str,
    folder: &Path,
    program: Program,
    files: &mut Integrity,
) -> Result<(String, Option<String>), Failure> {
    let (page, scripts) = tags::take(page, "link", "rel=\"modulepreload\"");
    let (page, _) = tags::take(&page, "link", "type=\"application/wasm\"");
    let (page, _) = tags::take(&page, "script", "TrunkApplicationStarted");
    let Some(own) = scripts.iter().find_map(|script| script.file()?.strip_suffix(".js")) else {
        return Ok((page, None));
    };
    match program {
        Program::OnePage => {
            remove(LARGE, folder)?;
            // Trunk names it for its content, which changes here.
            for end in ENDS {
                let (from, to) = (folder.join(format!("{own}{end}")), folder.join(format!("{OWN}{end}")));
                fs::rename(&from, &to)
                    .map_err(|why| format!("{} cannot be renamed: {why}", from.display()))?;
            }
            Ok((page, publish(OWN, folder, files)?))
        }
        Program::Large => {
            remove(own, folder)?;
            let large = publish(LARGE, folder, files)?;
            let large = large.ok_or_else(|| format!("{LARGE}.js is not there: `trunk build` makes it"))?;
            Ok((page, Some(large)))
        }
    }
}

const OWN: &str = "notebook";

/// The two files of a program.
const ENDS: [&str; 2] = ["_bg.wasm", ".js"];

fn remove(program: &str, folder: &Path) -> Result<(), Failure> {
    for path in ENDS.map(|end| folder.join(format!("{program}{end}"))) {
        if path.is_file() {
            fs::remove_file(&path).map_err(|why| format!("{} cannot be removed: {why}", path.display()))?;
        }
    }
    Ok(())
}

/// Whether Trunk has built a program.
pub(super) fn is_there(program: &str, folder: &Path) -> bool {
    folder.join(format!("{program}{}", ENDS[0])).is_file()
}

/// Shortens a program and names it for its content. None where Trunk did not build it.
pub(super) fn publish(
    program: &str,
    folder: &Path,
    files: &mut Integrity,
) -> Result<Option<String>, Failure> {
    let wasm = folder.join(format!("{program}_bg.wasm"));
    let Ok(bytes) = fs::read(&wasm) else { return Ok(None) };
    let script = folder.join(format!("{program}.js"));
    let text =
        fs::read_to_string(&script).map_err(|why| format!("{} cannot be read: {why}", script.display()))?;
    let text = shortened(&script.display(), &text)?;
    let (bytes, text) = imports::shortened(&bytes, &text)
        .map_err(|why| format!("{} is no program: {why}", wasm.display()))?;
    let named = format!("{program}-{}", name(&[&bytes, text.as_bytes()].concat()));
    for (from, end, bytes) in [(wasm, "_bg.wasm", bytes.as_slice()), (script, ".js", text.as_bytes())] {
        let file = format!("{named}{end}");
        put(&folder.join(&file), bytes)?;
        fs::remove_file(&from).map_err(|why| format!("{} cannot be removed: {why}", from.display()))?;
        files.note(file, bytes);
    }
    Ok(Some(named))
}

/// A name for some bytes that changes when they do.
pub(super) fn name(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    let number = digest.iter().take(8).fold(0, |number: u64, byte| number << 8 | u64::from(*byte));
    format!("{number:016x}")
}

/// A script without what only people read.
pub(super) fn shortened(name: &dyn std::fmt::Display, text: &str) -> Result<String, Failure> {
    let short = minifier::js::minify(text).map_err(|why| format!("{name} cannot be shortened: {why}"))?;
    Ok(short.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<head><link rel=\"modulepreload\" href=\"/n/notebook-1.js\" integrity=\"x\">\
        <link rel=\"preload\" href=\"./notebook-1_bg.wasm\" type=\"application/wasm\">\
        <script type=\"module\">TrunkApplicationStarted</script></head>";

    fn built(folder: &Path, name: &str) {
        fs::write(folder.join(format!("{name}_bg.wasm")), wasm_encoder::Module::new().finish()).unwrap();
        fs::write(folder.join(format!("{name}.js")), "/** What it does. */\nlet   one = 1; // one\n")
            .unwrap();
    }

    #[test]
    fn a_page_has_one_program_and_its_name_says_what_it_is() {
        for (program, begins) in [(Program::OnePage, "notebook-"), (Program::Large, "large-")] {
            let folder = tempfile::tempdir().unwrap();
            built(folder.path(), "notebook-1");
            built(folder.path(), "large");
            let mut files = Integrity::default();
            let (page, name) = settle(PAGE, folder.path(), program, &mut files).unwrap();
            assert_eq!(page, "<head></head>");
            let name = name.unwrap();
            assert!(name.starts_with(begins) && name != "notebook-1", "{name}");
            let script = fs::read_to_string(folder.path().join(format!("{name}.js"))).unwrap();
            assert!(!script.contains("What"), "{script}");
            assert!(folder.path().join(format!("{name}_bg.wasm")).is_file());
            assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2, "the other program is gone");
            assert_eq!(
                settle("<head>", folder.path(), program, &mut files).unwrap(),
                ("<head>".into(), None)
            );
        }
    }

    #[test]
    fn what_is_not_built_is_not_published() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(publish("finder", folder.path(), &mut Integrity::default()), Ok(None));
    }
}
