//! Media type, cache lifetime and compressibility of a file, by its name.

/// Cache-Control of a file with a digest in its name: it never changes.
const IMMUTABLE: &str = "public, max-age=31536000, immutable";
/// Cache-Control of a file that keeps its name: browsers revalidate it at every use.
const REVALIDATE: &str = "no-cache";

/// Returns the media type for a file name extension. Browsers compile WebAssembly while it arrives only if its type is right.
pub(crate) fn content_type(name: &str) -> &'static str {
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

/// Returns the Cache-Control header of a file.
pub(crate) fn cache_control(name: &str) -> &'static str {
    if is_hashed(name) { IMMUTABLE } else { REVALIDATE }
}

/// Returns true if compression makes a file of this type smaller.
pub(crate) fn is_compressible(name: &str) -> bool {
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

/// Returns true if the name contains a digest of the content. Only generated files are named so (`notebook-HEX_bg.wasm`,
/// `chunks/HEX.json`); a picture called `scan-2024010112345678.png` only looks like it.
pub(crate) fn is_hashed(name: &str) -> bool {
    let (folder, file) = name.rsplit_once('/').unwrap_or(("", name));
    let Some((stem, end)) = file.split_once('.') else { return false };
    let stem = stem.strip_suffix("_bg").unwrap_or(stem);
    match (folder, stem.rsplit_once('-')) {
        ("chunks", None) => end == "json" && is_hash(stem),
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
    fn only_generated_digest_names_are_immutable() {
        for name in ["notebook-6e71752297593961.js", "notebook-6e71752297593961_bg.wasm"] {
            assert_eq!(cache_control(name), IMMUTABLE, "{name}");
        }
        assert!(is_hashed("style-a59726c9471fa7a9.css") && is_hashed("index-52539413c4135c40.bin"));
        assert!(is_hashed("chunks/52539413c4135c40.json") && is_hashed("citations-52539413c4135c40.json"));
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
            assert_eq!(cache_control(name), REVALIDATE, "{name}");
        }
    }

    #[test]
    fn does_not_compress_pictures() {
        assert!(is_compressible("index.html") && is_compressible("index-52539413c4135c40.bin"));
        assert!(!is_compressible("transformer.png") && !is_compressible("CNAME"));
        assert_eq!(content_type("CNAME"), "application/octet-stream");
    }
}
