//! A site as a single file, which works from a disk or a mail attachment: programs, data, styles and pictures are in the page.
//!
//! Browsers load no module and fetch no file for a page from a disk. So programs are inline modules, and data are elements that
//! the page's script reads when the client asks for a file.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::write::GzEncoder;
use percent_encoding::percent_decode_str;
use serde_json::Value;

use super::files::{files_in, read_file};
use super::html_tags::{self, Tag};
use super::integrity::csp_source;
use super::loader::{LoaderSettings, THEME_PLACEHOLDER, THEME_SCRIPT};
use super::media_types::{content_type, is_hashed};
use super::minify::minify_js;
use super::{Failure, policy};
use crate::view::{concept_map, ids, strings};

const SCRIPT: &str = include_str!("single_file.js");
/// The icon, which a page uses as a picture too.
const ICON: &str = "icon.svg";
/// The end of the page's body, before which data are inserted. Text contains none, because `<` is escaped.
const BODY_END: &str = "</body>";
/// The beginning of the statement with which a program exports its functions.
const EXPORT: &str = "export";

/// Puts programs, data, deferred styles and pictures from the folder `out` into a page, and a policy for them. `pictures` are the
/// attached files by their paths on the page.
///
/// # Errors
/// Fails if a file cannot be read, or a program has another form than that of wasm-bindgen.
pub(super) fn finish(
    page: &str,
    settings: &LoaderSettings<'_>,
    pictures: &BTreeMap<String, PathBuf>,
    image_servers: &BTreeSet<String>,
    out: &Path,
) -> Result<String, Failure> {
    let mut page = without_links_to_files(page);
    let mut style = hidden_links();
    if let Some(deferred) = settings.deferred_styles {
        let path = out.join(deferred);
        style += &fs::read_to_string(&path)
            .map_err(|error| format!("{} cannot be read: {error}", path.display()))?;
    }
    page = html_tags::append_to_head(&page, &Tag::with_text("style", &style)?)?;
    page = html_tags::append_to_head(&page, &loader(settings)?)?;
    let mut pictures = pictures.clone();
    // A picture that is enlarged takes its place.
    pictures.entry(ICON.to_owned()).or_insert_with(|| out.join(ICON));
    let (mut page, left_out) = embed_pictures(&page, &pictures)?;
    if !left_out.is_empty() {
        eprintln!("note: files that are linked are not in the single file: {}", left_out.join(", "));
    }
    let mut modules = String::new();
    let mut data = String::new();
    for (name, path) in files_in(out, |_| false)?.iter().filter(|(name, _)| is_hashed(name)) {
        match name.rsplit_once('.') {
            Some((program, "js")) => {
                let text = fs::read_to_string(path)
                    .map_err(|error| format!("{} cannot be read: {error}", path.display()))?;
                modules += &html_tags::module(&to_module(program, &text)?)?;
            }
            Some((_, "css")) => {}
            _ => data += &data_element(name, &read_file(path)?)?,
        }
    }
    let (before, after) = page.rsplit_once(BODY_END).ok_or("index.html has no `</body>`")?;
    page = format!("{before}{data}{modules}{BODY_END}{after}");
    policy::insert(&page, &policy_of(&page, image_servers))
}

/// Removes links in the head to files that are not in the page.
fn without_links_to_files(page: &str) -> String {
    let mut page = page.to_owned();
    for having in ["rel=\"alternate\"", "rel=\"apple-touch-icon\"", "rel=\"manifest\""] {
        page = html_tags::remove_tags(&page, "link", having).0;
    }
    page
}

/// Returns a style that hides links in the body to other pages of the site. The client expects their elements to exist.
fn hidden_links() -> String {
    format!("a[href=\"{}\"]{{display:none!important}}", concept_map::FILE_NAME)
}

fn loader(settings: &LoaderSettings<'_>) -> Result<Tag, Failure> {
    let literal = |text: &str| Value::from(text).to_string();
    let mut script = SCRIPT.to_owned();
    for (placeholder, value) in [
        (THEME_PLACEHOLDER, THEME_SCRIPT.to_owned()),
        ("\"RELOAD\"", literal(strings::RELOAD.text())),
        ("\"END\"", literal(ids::IMAGE)),
        ("\"LATE\"", literal(strings::CLIENT_DELAYED.text())),
        ("\"TRANSLATION\"", literal(settings.translation.unwrap_or_default())),
        ("\"PROGRAM\"", literal(settings.program)),
        ("\"NO_PROGRAM\"", literal(strings::CLIENT_FAILED.text())),
    ] {
        script = script.replacen(placeholder, &value, 1);
    }
    Tag::with_text("script", minify_js(&"single_file.js", &script)?.trim())
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

/// Replaces the addresses of pictures by their contents. Returns the page, and the attached files that are not in it.
fn embed_pictures(
    page: &str,
    pictures: &BTreeMap<String, PathBuf>,
) -> Result<(String, Vec<String>), Failure> {
    let mut embedded: BTreeMap<&str, String> = BTreeMap::new();
    for (name, path) in pictures {
        let kind = content_type(name);
        if kind.starts_with("image/") {
            let data = STANDARD.encode(read_file(path)?);
            embedded.insert(name, format!("data:{kind};base64,{data}"));
        }
    }
    let page = html_tags::map_addresses(page, &["a", "img", "source"], |address| {
        let path = percent_decode_str(address.strip_prefix("./").unwrap_or(address)).decode_utf8_lossy();
        embedded.get(path.as_ref()).map(String::as_str)
    });
    let left_out = pictures.keys().filter(|name| !embedded.contains_key(name.as_str()));
    Ok((page, left_out.cloned().collect()))
}

/// Returns the policy of a page that is a single file: it allows its own scripts and styles by their hashes, and no requests.
fn policy_of(page: &str, image_servers: &BTreeSet<String>) -> String {
    let hashes = |begin: &str, end: &str| {
        let texts = page.split(begin).skip(1).filter_map(|piece| Some(piece.split_once(end)?.0));
        texts.fold(String::new(), |all, text| format!("{all} {}", csp_source(text)))
    };
    let scripts = hashes("<script>", "</script>") + &hashes(html_tags::MODULE, "</script>");
    let servers = image_servers.iter().fold(String::new(), |all, one| format!("{all} {one}"));
    format!(
        "default-src 'none'; script-src 'wasm-unsafe-eval'{scripts}; style-src{}; img-src data:{servers}; base-uri 'none'; \
         form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
        hashes("<style>", "</style>"),
    )
}

#[cfg(test)]
mod tests {
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
        let (page, left_out) = embed_pictures(page, &pictures).unwrap();
        assert_eq!(
            page,
            "<p>text src=\"c.svg\"</p><a class=\"enlarge\" href=\"data:image/png;base64,eA==\"><img alt=\"a > b\" src=\"data:image/png;base64,eA==\"></a>\
             <img src=\"data:image/svg+xml;base64,eA==\"><a href=\"paper.pdf\">p</a><img src=\"https://a.example/c.svg\">"
        );
        assert_eq!(left_out, ["paper.pdf"]);
    }

    #[test]
    fn the_policy_allows_what_is_in_the_page_and_no_requests() {
        let page = format!("<style>a{{}}</style><script>1</script>{}2</script>", html_tags::MODULE);
        let policy = policy_of(&page, &BTreeSet::from(["https://a.example".to_owned()]));
        assert_eq!(policy.matches("'sha256-").count(), 3, "{policy}");
        assert!(
            policy.contains("img-src data: https://a.example;") && !policy.contains("'self'"),
            "{policy}"
        );
        assert!(!policy.contains("connect-src") && !policy.contains("unsafe-inline"), "{policy}");
    }
}
