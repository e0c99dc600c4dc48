//! A site as a single file, which works from a disk or a mail attachment: programs, data, styles and pictures are in the page.
//!
//! Browsers load no module and fetch no file for a page from a disk. So programs are inline modules, and data are elements that
//! the page's script reads when the client asks for a file.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::write::GzEncoder;
use percent_encoding::percent_decode_str;
use serde_json::Value;

use super::Failure;
use super::files::{files_in, read_file};
use super::html_addresses::map_addresses;
use super::html_page::{HtmlPage, InlineText};
use super::loader::{COLOR_SCHEME_PLACEHOLDER, COLOR_SCHEME_SCRIPT, LoaderSettings};
use super::media_types::{content_type, is_hashed};
use super::minify::inline_script;
use crate::view::{concept_map, ids, strings};

const SCRIPT: &str = include_str!("single_file.js");
/// The icon, which a page uses as a picture too.
const ICON: &str = "icon.svg";
/// The beginning of the statement with which a program exports its functions.
const EXPORT: &str = "export";

/// Puts programs, data, deferred styles and pictures from the folder `out` into a page. `pictures` are the attached files by their
/// paths on the page.
///
/// # Errors
/// Fails if a file cannot be read, or a program has another form than that of wasm-bindgen.
pub(super) fn embed_files(
    mut page: HtmlPage,
    settings: &LoaderSettings<'_>,
    pictures: &BTreeMap<String, PathBuf>,
    out: &Path,
) -> Result<HtmlPage, Failure> {
    page.has_files = false;
    let mut style = hidden_links();
    if let Some(deferred) = settings.deferred_styles {
        let path = out.join(deferred);
        style += &fs::read_to_string(&path)
            .map_err(|error| format!("{} cannot be read: {error}", path.display()))?;
    }
    page.styles.push(InlineText::style(style)?);
    page.scripts.push(loader(settings)?);
    let mut pictures = pictures.clone();
    // A picture that is enlarged takes its place.
    pictures.entry(ICON.to_owned()).or_insert_with(|| out.join(ICON));
    let left_out = embed_pictures(&mut page, &pictures)?;
    if !left_out.is_empty() {
        eprintln!("note: files that are linked are not in the single file: {}", left_out.join(", "));
    }
    for (name, path) in files_in(out, |_| false)?.iter().filter(|(name, _)| is_hashed(name)) {
        match name.rsplit_once('.') {
            Some((program, "js")) => {
                let text = fs::read_to_string(path)
                    .map_err(|error| format!("{} cannot be read: {error}", path.display()))?;
                page.modules.push(InlineText::script(to_module(program, &text)?)?);
            }
            Some((_, "css")) => {}
            _ => page.body += &data_element(name, &read_file(path)?)?,
        }
    }
    Ok(page)
}

/// Returns a style that hides links in the body to other pages of the site. The client expects their elements to exist.
fn hidden_links() -> String {
    format!("a[href=\"{}\"]{{display:none!important}}", concept_map::FILE_NAME)
}

fn loader(settings: &LoaderSettings<'_>) -> Result<InlineText, Failure> {
    let literal = |text: &str| Value::from(text).to_string();
    let mut script = SCRIPT.to_owned();
    for (placeholder, value) in [
        (COLOR_SCHEME_PLACEHOLDER, COLOR_SCHEME_SCRIPT.to_owned()),
        ("\"RELOAD\"", literal(strings::RELOAD.text())),
        ("\"END\"", literal(ids::IMAGE)),
        ("\"LATE\"", literal(strings::CLIENT_DELAYED.text())),
        ("\"TRANSLATION\"", literal(settings.translation.unwrap_or_default())),
        ("\"PROGRAM\"", literal(settings.program)),
        ("\"NO_PROGRAM\"", literal(strings::CLIENT_FAILED.text())),
    ] {
        script = script.replacen(placeholder, &value, 1);
    }
    inline_script("single_file.js", &script)
}

/// Makes an inline module of a program's script: its default export is stored where the loader finds it.
fn to_module(program: &str, script: &str) -> Result<String, Failure> {
    let exported = script
        .rsplit_once(EXPORT)
        .and_then(|(_, list)| list.split_once('{')?.1.split_once('}'))
        .and_then(|(list, _)| list.split(',').find_map(|name| name.trim().strip_suffix(" as default")));
    let start = exported.ok_or_else(|| format!("the script of {program} has no default export"))?.trim();
    let name = Value::from(program);
    // The address of the module, which the program would fetch its binary by.
    Ok(format!("{script}\n;globalThis.notebookPrograms[{name}]={start};"))
}

/// Returns an element with the bytes of a file.
fn data_element(name: &str, bytes: &[u8]) -> Result<String, Failure> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    let packed = encoder.write_all(bytes).and_then(|()| encoder.finish());
    let packed = packed.map_err(|error| format!("{name} cannot be compressed: {error}"))?;
    Ok(format!("<script type=\"text/plain\" data-file=\"{name}\">{}</script>\n", STANDARD.encode(packed)))
}

/// Replaces the addresses of pictures by their contents. Returns the attached files that are not in the page.
fn embed_pictures(page: &mut HtmlPage, pictures: &BTreeMap<String, PathBuf>) -> Result<Vec<String>, Failure> {
    let mut embedded: BTreeMap<&str, String> = BTreeMap::new();
    for (name, path) in pictures {
        let kind = content_type(name);
        if kind.starts_with("image/") {
            let data = STANDARD.encode(read_file(path)?);
            embedded.insert(name, format!("data:{kind};base64,{data}"));
        }
    }
    page.body = map_addresses(&page.body, &["a", "img", "source"], |address| {
        let path = percent_decode_str(address.strip_prefix("./").unwrap_or(address)).decode_utf8_lossy();
        embedded.get(path.as_ref()).map(String::as_str)
    });
    let left_out = pictures.keys().filter(|name| !embedded.contains_key(name.as_str()));
    Ok(left_out.cloned().collect())
}

#[cfg(test)]
mod tests {
    use notebook_core::notebook::Notebook;

    use super::*;

    #[test]
    fn a_module_stores_its_default_export() {
        for script in [
            "let a=1;async function __wbg_init(){}\nexport { initSync, __wbg_init as default };\n",
            "async function __wbg_init(){}export{initSync,__wbg_init as default};",
            "function initSync(){}export{__wbg_init as default}",
        ] {
            let module = to_module("search-1", script).unwrap();
            assert!(module.ends_with("globalThis.notebookPrograms[\"search-1\"]=__wbg_init;"), "{module}");
        }
        assert!(to_module("search-1", "let a=1;").unwrap_err().contains("no default export"));
    }

    #[test]
    fn pictures_are_embedded_whatever_their_names() {
        let folder = tempfile::tempdir().unwrap();
        let mut pictures = BTreeMap::new();
        for name in ["a b.png", "c.svg", "paper.pdf"] {
            fs::write(folder.path().join(name), "x").unwrap();
            pictures.insert(name.to_owned(), folder.path().join(name));
        }
        let page = "<p>text src=\"c.svg\"</p><a class=\"enlarge\" href=\"a%20b.png\"><img alt=\"a > b\" src=\"a%20b.png\"></a>\
            <img src=\"./c.svg\"><a href=\"paper.pdf\">p</a><img src=\"https://a.example/c.svg\">";
        let mut page = HtmlPage::new(&Notebook::default(), String::new(), page.to_owned());
        let left_out = embed_pictures(&mut page, &pictures).unwrap();
        assert_eq!(
            page.body,
            "<p>text src=\"c.svg\"</p><a class=\"enlarge\" href=\"data:image/png;base64,eA==\"><img alt=\"a > b\" src=\"data:image/png;base64,eA==\"></a>\
             <img src=\"data:image/svg+xml;base64,eA==\"><a href=\"paper.pdf\">p</a><img src=\"https://a.example/c.svg\">"
        );
        assert_eq!(left_out, ["paper.pdf"]);
    }
}
