//! The page's programs, as Trunk has built them: named for what they are, and no longer than they must be.

use std::fs;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256, Sha384};

use super::Failure;

/// How Trunk's link to the script of the page's own program begins; then comes the path of the page.
const LINK: &str = "<link rel=\"modulepreload\" href=\"";

/// Which program a page has: one that has all of a notebook, or one for a notebook that comes in parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Program {
    OnePage,
    Large,
}

/// The name under which Trunk builds the program for large notebooks.
const LARGE: &str = "large";
/// How the name of the page's own program begins.
const OWN: &str = "notebook";

/// Gives the page its program, shortens that program's script, and takes the other program away.
///
/// # Errors
/// A script that the page names and that is not there.
pub(super) fn settle(page: &str, folder: &Path, program: Program) -> Result<String, Failure> {
    let Some(link) = page.split_once(LINK).and_then(|(_, rest)| Some(rest.split_once(".js\"")?.0)) else {
        return Ok(page.to_owned());
    };
    let (base, built) = link.split_at(link.rfind('/').map_or(0, |at| at + 1));
    let large = publish(LARGE, folder)?;
    // Trunk names it for what it was before it was made smaller, and browsers keep a file by its name.
    let own = rename(built, OWN, folder)?.unwrap_or_else(|| built.to_owned());
    let (name, other) = match (program, large) {
        (Program::OnePage, large) => (own, large),
        (Program::Large, Some(large)) => (large, Some(own)),
        (Program::Large, None) => return Err(format!("{LARGE}.js is not there: `trunk build` makes it")),
    };
    for end in [".js", "_bg.wasm"] {
        if let Some(other) = &other {
            let path = folder.join(format!("{other}{end}"));
            fs::remove_file(&path).map_err(|why| format!("{} cannot be removed: {why}", path.display()))?;
        }
    }
    let script = shorten(&folder.join(format!("{name}.js")))?;
    let wasm = folder.join(format!("{name}_bg.wasm"));
    let mut page = page.replace(built, &name);
    page = with_integrity(&page, &format!("{base}{name}.js"), script.as_bytes());
    if let Ok(bytes) = fs::read(wasm) {
        page = with_integrity(&page, &format!("{base}{name}_bg.wasm"), &bytes);
    }
    Ok(page)
}

/// Names a program that is fetched later for its content. None where Trunk did not build it.
pub(super) fn publish(program: &str, folder: &Path) -> Result<Option<String>, Failure> {
    rename(program, program, folder)
}

fn rename(built: &str, program: &str, folder: &Path) -> Result<Option<String>, Failure> {
    let wasm = folder.join(format!("{built}_bg.wasm"));
    let Ok(bytes) = fs::read(&wasm) else { return Ok(None) };
    let script = folder.join(format!("{built}.js"));
    let glue = shorten(&script)?;
    let named = format!("{program}-{}", name(&[&bytes, glue.as_bytes()].concat()));
    for (from, end) in [(wasm, "_bg.wasm"), (script, ".js")] {
        let to = folder.join(format!("{named}{end}"));
        fs::rename(&from, &to).map_err(|why| format!("{} cannot be renamed: {why}", from.display()))?;
    }
    Ok(Some(named))
}

/// A name for some bytes that changes when they do.
pub(super) fn name(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    let number = digest.iter().take(8).fold(0, |number: u64, byte| number << 8 | u64::from(*byte));
    format!("{number:016x}")
}

fn shorten(script: &Path) -> Result<String, Failure> {
    let text =
        fs::read_to_string(script).map_err(|why| format!("{} cannot be read: {why}", script.display()))?;
    let short = minifier::js::minify(&text)
        .map_err(|why| format!("{} cannot be shortened: {why}", script.display()))?
        .to_string();
    fs::write(script, &short).map_err(|why| format!("{} cannot be written: {why}", script.display()))?;
    Ok(short)
}

/// The page with the integrity of a file in the link to it.
fn with_integrity(page: &str, address: &str, bytes: &[u8]) -> String {
    const BEGIN: &str = "integrity=\"";
    let Some((before, link)) = page.split_once(&format!("href=\"{address}\"")) else {
        return page.to_owned();
    };
    let Some((to, rest)) = link.split_once(BEGIN) else { return page.to_owned() };
    let Some((_, after)) = rest.split_once('"') else { return page.to_owned() };
    let digest = STANDARD.encode(Sha384::digest(bytes));
    format!("{before}href=\"{address}\"{to}{BEGIN}sha384-{digest}\"{after}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_of_the_page_is_shorter_and_the_page_knows() {
        let folder = tempfile::tempdir().unwrap();
        let script = folder.path().join("notebook-1.js");
        fs::write(&script, "/** What it does. */\nexport function   one() {\n    return 1; // one\n}\n")
            .unwrap();
        let page = format!("<head>{LINK}./notebook-1.js\" crossorigin integrity=\"sha384-old\"><body>");
        let settled = settle(&page, folder.path(), Program::OnePage).unwrap();
        let short = fs::read_to_string(&script).unwrap();
        assert!(short.len() < 40 && !short.contains("What"), "{short}");
        let digest = STANDARD.encode(Sha384::digest(short.as_bytes()));
        assert!(
            settled.contains(&format!("integrity=\"sha384-{digest}\"")) && !settled.contains("old"),
            "{settled}"
        );
        assert_eq!(settle("<head>", folder.path(), Program::OnePage).unwrap(), "<head>");
    }

    #[test]
    fn the_pages_own_program_is_named_for_what_it_became_under_any_path() {
        for base in ["./", "/", "/under/a-path/", ""] {
            let folder = tempfile::tempdir().unwrap();
            fs::write(folder.path().join("notebook-1.js"), "let  x;").unwrap();
            fs::write(folder.path().join("notebook-1_bg.wasm"), "x").unwrap();
            let page = format!(
                "<script>'{base}notebook-1_bg.wasm'</script>{LINK}{base}notebook-1.js\" integrity=\"old\">"
            );
            let settled = settle(&page, folder.path(), Program::OnePage).unwrap();
            let name = format!("notebook-{}", name(b"xlet x;"));
            assert!(folder.path().join(format!("{name}.js")).is_file(), "{settled}");
            assert!(settled.contains(&format!("{LINK}{base}{name}.js\" integrity=\"sha384-")), "{settled}");
            assert!(settled.contains(&format!("'{base}{name}_bg.wasm'")), "{settled}");
        }
    }

    #[test]
    fn a_program_is_named_for_its_content() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(publish("finder", folder.path()), Ok(None));
        fs::write(folder.path().join("finder_bg.wasm"), "x").unwrap();
        fs::write(folder.path().join("finder.js"), "let x;").unwrap();
        let named = publish("finder", folder.path()).unwrap().unwrap();
        assert!(folder.path().join(format!("{named}.js")).is_file());
        assert!(folder.path().join(format!("{named}_bg.wasm")).is_file());
    }
}
