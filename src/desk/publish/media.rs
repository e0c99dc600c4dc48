//! What a host has to be told about a file: its type, how long it holds, whether it is worth compressing.

/// For a file whose name changes with its content.
const FOR_EVER: &str = "public, max-age=31536000, immutable";
/// For a file that keeps its name: browsers ask each time whether it is still the same.
const ASK: &str = "no-cache";

/// The media type of a file, by the end of its name. Browsers compile WebAssembly while it arrives
/// only when its type is right.
pub(super) fn content_type(name: &str) -> &'static str {
    match end(name) {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "wasm" => "application/wasm",
        "xml" => "application/xml",
        "atom" => "application/atom+xml",
        "md" => "text/markdown; charset=utf-8",
        "txt" | "bib" | "ris" => "text/plain; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "pdf" => "application/pdf",
        "mp4" => "video/mp4",
        "webm" => "video/webm",
        _ => "application/octet-stream",
    }
}

/// How long a browser may keep a file without asking.
pub(super) fn cache_control(name: &str) -> &'static str {
    if is_hashed(name) { FOR_EVER } else { ASK }
}

/// Whether a file becomes smaller by being compressed once more.
pub(super) fn compresses(name: &str) -> bool {
    let ends = [
        "html",
        "css",
        "js",
        "mjs",
        "json",
        "map",
        "webmanifest",
        "wasm",
        "xml",
        "atom",
        "md",
        "txt",
        "bib",
        "ris",
        "csv",
        "svg",
        "bin",
    ];
    ends.contains(&end(name))
}

/// Whether the name changes with the content. Only what the build makes is named so (`notebook-HEX_bg.wasm`,
/// `parts/HEX.json`); a picture called `scan-2024010112345678.png` only looks like it.
pub(super) fn is_hashed(name: &str) -> bool {
    let (folder, file) = name.rsplit_once('/').unwrap_or(("", name));
    let Some((stem, end)) = file.split_once('.') else { return false };
    let stem = stem.strip_suffix("_bg").unwrap_or(stem);
    match (folder, stem.rsplit_once('-')) {
        ("parts", None) => end == "json" && is_hash(stem),
        ("", Some((_, hash))) => ["css", "js", "json", "mjs", "wasm", "bin"].contains(&end) && is_hash(hash),
        _ => false,
    }
}

fn is_hash(text: &str) -> bool {
    text.len() == 16 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

fn end(name: &str) -> &str {
    name.rsplit_once('.').map_or("", |(_, end)| end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_the_build_names_for_its_content_holds_for_ever() {
        for name in ["notebook-6e71752297593961.js", "notebook-6e71752297593961_bg.wasm"] {
            assert_eq!(cache_control(name), FOR_EVER, "{name}");
        }
        assert!(is_hashed("style-a59726c9471fa7a9.css") && is_hashed("index-52539413c4135c40.bin"));
        assert!(is_hashed("parts/52539413c4135c40.json") && is_hashed("citations-52539413c4135c40.json"));
        for name in [
            "index.html",
            "notebook.json",
            "theme.js",
            "scan-2024010112345678.png",
            "notebook-6E71752297593961.js",
            "notebook-6e7175229759396.js",
            "pictures/style-a59726c9471fa7a9.css",
            "52539413c4135c40.json",
        ] {
            assert_eq!(cache_control(name), ASK, "{name}");
        }
    }

    #[test]
    fn pictures_are_compressed_already() {
        assert!(compresses("index.html") && compresses("index-52539413c4135c40.bin"));
        assert!(!compresses("transformer.png") && !compresses("CNAME"));
        assert_eq!(content_type("CNAME"), "application/octet-stream");
    }
}
